"""One bot on every channel: the same conversations get the same status and the same sources on each.

A channel is added by its line in the project's credentials.yml, an Adapter in parity_people.py, and a line in ADAPTERS.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from parity_people import Adapter, Heard, Rest, SlackDirect, TelegramPrivate, TerminalJson, WebApi, Widget
from parity_stage import Running, environment

from rahdari.channels.feedback import CHANNELS
from rahdari.channels.replies import sentence

if TYPE_CHECKING:
    from rahdari.store import Store

CONVERSATIONS = {
    "counts": ["How many agreements were signed?"],
    "asks on": ["How many agreements were signed?", "and health?", "who said that?"],
    "asks about a person": ["Who is Hasan Daud Butt?", "what did he say?"],
    "asks two things at once": ["How many agreements were signed and what about Gwadar Port?"],
    "asks two questions": ["Who is Hasan Daud Butt? What did he say about the ML-1?"],
    "names nothing": ["what about that project", "the second one"],
    "asks for what isn't said": ["How much does Gwadar Port cost?", "who paid for it?"],
    "asks for a stranger": ["Who is the president of France?"],
    "takes a closure for granted": ["why was the Khunjerab Pass closed?"],
    "greets": ["hello", "help", "thanks"],
    "asks for the weather": ["what's the weather like in Rome", "and what about Gwadar Port?"],
    "changes its mind": ["what was agreed about ML-1", "is it done?", "start over", "tell me about it"],
}
KINDS = {"answered", "unknown", "clarify", "smalltalk", "out_of_scope"}
ADAPTERS: dict[str, Callable[[Running], Adapter]] = {
    "slack": SlackDirect,
    "terminal": TerminalJson,
    "telegram": TelegramPrivate,
    "web": WebApi,
    "widget": Widget,
}
COUNT = "How many agreements were signed?"
NOT_RATED = "There is no answer to have an opinion on."
WORDS = "just what I wanted to know"


@pytest.fixture(scope="module")
def running(store: Store, home: Path) -> Iterator[Running]:
    """Of a module only: while the browser runs, nothing else can run an event loop in this thread."""
    with ExitStack() as opened:
        yield Running(opened, store, home)


def held(adapter: Adapter, name: str) -> list[Heard]:
    adapter.begin(name)
    heard = [adapter.ask(text) for text in CONVERSATIONS[name]]
    adapter.end()
    return heard


@pytest.fixture(scope="module")
def over_rest(running: Running) -> dict[str, list[Heard]]:
    """What each conversation comes to over REST, which carries the whole Answer: the others are held against it."""
    return {name: held(Rest(running), name) for name in CONVERSATIONS}


def test_the_conversations_meet_every_status_and_cite(over_rest: dict[str, list[Heard]]) -> None:
    heard = [reply for replies in over_rest.values() for reply in replies]
    assert {reply.status for reply in heard} == KINDS
    assert all(reply.sources for reply in heard if reply.status == "answered")
    assert any(len(reply.sources) > 1 for reply in heard)


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("channel", ADAPTERS)
def test_a_channel_gives_the_status_and_the_sources_that_rest_gives(
    channel: str, name: str, running: Running, over_rest: dict[str, list[Heard]]
) -> None:
    for text, there, here in zip(CONVERSATIONS[name], over_rest[name], held(ADAPTERS[channel](running), name)):
        assert here == there, text


def test_what_people_think_of_answers_is_kept_in_one_place_from_every_channel(running: Running) -> None:
    from rahdari.store import Feedback

    given = {}
    before = {each.answer for each in Feedback(running.home).latest()}
    for name, verdict in (("slack", "up"), ("telegram", "down"), ("web", "up"), ("widget", "down")):
        person = ADAPTERS[name](running)
        person.begin(f"thinks {verdict} of it")
        person.ask(COUNT)
        channel = "web" if name == "widget" else name
        given[person.rate(verdict)] = (channel, verdict, None)
        person.end()
    chat = subprocess.run(
        [sys.executable, "-m", "rahdari", "chat"],
        input=f"{COUNT}\n/up {WORDS}\n",
        capture_output=True,
        text=True,
        timeout=30,
        env=environment(),
        check=True,
    )
    assert sentence("feedback_kept") in chat.stdout
    last, *others = Feedback(running.home).latest()
    assert (last.channel, last.verdict, last.words) == ("terminal", "up", WORDS)
    kept = {each.answer: (each.channel, each.verdict, each.words) for each in others if each.answer not in before}
    assert last.answer not in kept
    assert kept == given
    assert len(given) == 4
    for each in (last, *others):
        if each.answer in given or each is last:
            assert (each.asked, each.understood, each.status) == (COUNT, COUNT, "answered")
            assert str(each.text).startswith("20 agreements")
            assert each.documents


# One of each status.
RATED = (
    "hello",
    COUNT,
    "How much does Gwadar Port cost?",
    "what about that project",
    "what's the weather like in Rome",
)


def test_the_same_answers_can_be_rated_on_every_channel(running: Running) -> None:
    met: dict[str, list[tuple[str, bool]]] = {}
    for name in ("slack", "telegram", "web", "widget"):
        met[name] = []
        for text in RATED:
            person = ADAPTERS[name](running)
            person.begin(f"asks to rate {text}")
            met[name].append((person.ask(text).status, person.rateable()))
            person.end()
    lines = "".join(f"/new\n{text}\n/up\n" for text in RATED)
    chat = subprocess.run(
        [sys.executable, "-m", "rahdari", "chat"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=30,
        env=environment(),
        check=True,
    )
    noted = [line for line in chat.stdout.splitlines() if line in (sentence("feedback_kept"), NOT_RATED)]
    assert [line == sentence("feedback_kept") for line in noted] == [can for _, can in met["web"]]
    assert {status for status, _ in met["web"]} == KINDS
    assert [(status, can) for status, can in met["web"] if can == (status == "smalltalk")] == []
    assert all(each == met["web"] for each in met.values())
    assert set(CHANNELS) == {"slack", "telegram", "terminal", "web"}


@pytest.mark.parametrize("channel", ["slack", "telegram"])
def test_two_people_who_see_an_answer_have_a_verdict_each_and_may_change_their_own(
    channel: str, running: Running
) -> None:
    from rahdari.store import Feedback

    person = ADAPTERS[channel](running)
    person.begin("asks among others")
    person.ask(COUNT)
    answer = person.rate("up")
    assert person.rate("down", other="UOTHER") == answer
    verdicts = [each.verdict for each in Feedback(running.home).latest() if each.answer == answer]
    assert sorted(verdicts) == ["down", "up"]
    person.rate("down")
    verdicts = [each.verdict for each in Feedback(running.home).latest() if each.answer == answer]
    assert verdicts == ["down", "down"]
