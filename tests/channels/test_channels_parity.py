"""One bot on every channel: the same conversations get the same status and the same sources on each.

A channel is added by a line in CREDENTIALS, an Adapter, and a line in ADAPTERS.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import httpx
import pytest
from slack_fakes import BOT_TOKEN, SECRET, Slack, deliver, event, texts_of

from rahdari.channels.replies import answer_of

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
SECONDS = 10

CREDENTIALS = """
rahdari.channels.rest.RestChannel:
rahdari.channels.slack.channel.SlackChannel:
"""


@dataclass(frozen=True)
class Heard:
    """What reached a person of one reply. `sources` are (document, start, end), in the order shown."""

    status: str
    sources: tuple[tuple[str, int, int], ...]


class Running:
    """The bot on all channels, what Slack is for it, and what adapters find out with."""

    def __init__(self, process: subprocess.Popen[str], address: str, slack: Slack, log: Path, store: Store) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.stdin: IO[str] = process.stdin
        self.stdout: IO[str] = process.stdout
        self.address = address
        self.slack = slack
        self._log = log
        self._sentences = [(" ".join(each.text.split()), each) for each in store.sentences()]

    def statuses(self, channel: str) -> list[str]:
        """The status of each turn of a channel so far: what a channel for people doesn't show in one word."""
        return re.findall(rf"turn: channel={channel} status=(\w+)", self._log.read_text(encoding="utf-8"))

    def source_of(self, quote: str) -> tuple[str, int, int]:
        """Where a quote stands, for channels that show no offsets."""
        whole = " ".join(quote.split()).strip("… ")
        found = [(each.document, each.start, each.end) for text, each in self._sentences if whole in text]
        assert len(found) == 1, f"{quote!r} stands in {len(found)} sentences"
        return found[0]


def of_messages(replies: list[dict[str, Any]]) -> Heard:
    """What stands in Rasa's message format."""
    answer = answer_of(replies)
    assert answer is not None
    sources = tuple((each["document"], each["start"], each["end"]) for each in answer["citations"])
    return Heard(answer["status"], sources)


class Adapter:
    """A person on one channel.

    `begin` starts a conversation with somebody new, `ask` sends a text and waits for the reply.
    """

    def __init__(self, running: Running) -> None:
        self.running = running
        self.person = ""

    def begin(self, person: str) -> None:
        self.person = person

    def ask(self, text: str) -> Heard:
        raise NotImplementedError


class Rest(Adapter):
    def ask(self, text: str) -> Heard:
        message = {"sender": self.person, "message": text}
        url = f"{self.running.address}/webhooks/rest/webhook"
        return of_messages(httpx.post(url, json=message, timeout=SECONDS).json())


class TerminalJson(Adapter):
    def begin(self, person: str) -> None:
        self._write("/new")

    def ask(self, text: str) -> Heard:
        self._write(text)
        return of_messages(json.loads(self.running.stdout.readline()))

    def _write(self, line: str) -> None:
        self.running.stdin.write(line + "\n")
        self.running.stdin.flush()


class SlackDirect(Adapter):
    def begin(self, person: str) -> None:
        self.person = "U" + "".join(filter(str.isalnum, person)).upper()

    def ask(self, text: str) -> Heard:
        slack = self.running.slack
        slack.messages.clear()
        before = len(self.running.statuses("slack"))
        asked = event("message", text, user=self.person, channel=f"D{self.person}", channel_type="im")
        assert deliver(f"{self.running.address}/webhooks/slack", asked) == 1
        (message,) = slack.wait_for(slack.messages)
        (status,) = self.running.statuses("slack")[before:]
        small = [block for block in message["blocks"] if block["type"] == "context"]
        quotes = [text["text"] for text in texts_of(small) if re.fullmatch("“.*”", text["text"])]
        return Heard(status, tuple(self.running.source_of(unescaped(quote)[1:-1]) for quote in quotes))


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


ADAPTERS: dict[str, Callable[[Running], Adapter]] = {"slack": SlackDirect, "terminal": TerminalJson}


@pytest.fixture(scope="module")
def running(store: Store, home: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    slack = Slack()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    credentials = tmp_path_factory.mktemp("parity") / "credentials.yml"
    credentials.write_text(CREDENTIALS, encoding="utf-8")
    script = Path(__file__).with_name("parity_serve.py")
    variables = {
        "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")]),
        "RAHDARI_SLACK_BOT_TOKEN": BOT_TOKEN,
        "RAHDARI_SLACK_SIGNING_SECRET": SECRET,
        "RAHDARI_SLACK_API": slack.api,
    }
    process = subprocess.Popen(
        [sys.executable, str(script), str(port), str(credentials)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | variables,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/health", process)
        yield Running(process, address, slack, home / "logs" / "parity.log", store)
        process.stdin.close()  # type: ignore[union-attr]  # as Ctrl-D does
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
        process.communicate() if not process.stdin.closed else process.wait()  # type: ignore[union-attr]
        process.stdout.close()  # type: ignore[union-attr]
        slack.stop()


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(400):
        try:
            if httpx.get(address, timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            assert process.poll() is None, "the bot has ended"
        time.sleep(0.05)
    raise AssertionError("the bot did not start")


def held(adapter: Adapter, name: str) -> list[Heard]:
    adapter.begin(name)
    return [adapter.ask(text) for text in CONVERSATIONS[name]]


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
