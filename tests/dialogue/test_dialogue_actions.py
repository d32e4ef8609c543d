"""The two actions, with an answering side that is made up: what goes in, what comes out, what happens when it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import ActionAnswer, ActionStartOver, question_of
from rahdari import bootstrap
from rahdari.channels.text import marked, render
from rahdari.errors import StoreMissing
from rahdari.records import Answer, Citation, Link, Memory, Question
from rahdari.store import GivenAnswer

ANSWER = Answer(
    id="a1",
    status="answered",
    text="The weir was finished in 1931.",
    citations=(Citation(1, "evidence", "weirs", "Weirs", None, "1931", "The weir was finished in 1931.", 0, 30),),
    suggestions=("Who built the weir?",),
    understood="when was the weir finished (what about the weir)",
    memory=Memory(focus=("weir",), last_answer={"question": "when was the weir finished", "cited": [["weirs", 0]]}),
)


class FakeAnswerer:
    """Gives one Answer, or raises, and keeps what it was asked."""

    def __init__(self, answer: Answer | Exception) -> None:
        self._answer = answer
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


Answering = Callable[[Answer | Exception], FakeAnswerer]


class Noted:
    """Stands for the file of answers that were given."""

    def __init__(self) -> None:
        self.answers: list[tuple[GivenAnswer, bool]] = []

    def note(self, answer: GivenAnswer, lasting: bool) -> None:
        self.answers.append((answer, lasting))


@pytest.fixture(autouse=True)
def noted(monkeypatch: pytest.MonkeyPatch) -> Noted:
    noted = Noted()
    monkeypatch.setattr(bootstrap, "given_answers", lambda _: noted)
    return noted


@pytest.fixture()
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    def use(answer: Answer | Exception) -> FakeAnswerer:
        fake = FakeAnswerer(answer)
        monkeypatch.setattr(bootstrap, "answerer", lambda _: fake)
        return fake

    return use


def tracker(text: str = "when was the weir finished", channel: str = "rest", **message: Any) -> Tracker:
    slots = message.pop("slots", {})
    latest = {"text": text, "intent": {"name": "when", "confidence": 0.8}, "entities": [], "linked": True, **message}
    events = [{"event": "user", "text": text, "input_channel": channel}]
    return Tracker("u1", slots, latest, events, False, None, {}, "action_listen")


def run(action: Any, asked: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(messages, events) of an action."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, asked, {})
    return dispatcher.messages, events


def slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_a_message_becomes_a_question_with_its_hint_its_links_and_what_was_left_before() -> None:
    entity = {"entity": "project", "value": "The Weir", "start": 9, "end": 17, "id": "weir", "confidence_entity": 0.9}
    left = {"focus": ["mill"], "last_answer": {"question": "what is the mill"}, "status": "answered"}
    question = question_of(tracker(entities=[entity], slots=left))
    assert question == Question(
        text="when was the weir finished",
        intent="when",
        confidence=0.8,
        links=(Link(9, 17, "the weir", "weir", "project", "The Weir", 0.9),),
        memory=Memory(("mill",), {"question": "what is the mill"}),
    )


def test_a_fallback_is_no_hint() -> None:
    question = question_of(tracker(intent={"name": "nlu_fallback", "confidence": 0.7}))
    assert (question.intent, question.confidence) == (None, 0.0)


@pytest.mark.parametrize(("linked", "links"), [(True, ()), (False, None), (None, None)])
def test_no_links_is_told_from_nobody_looked(linked: bool | None, links: tuple[()] | None) -> None:
    assert question_of(tracker(linked=linked)).links == links


def test_entities_of_other_extractors_are_left_alone() -> None:
    assert question_of(tracker(entities=[{"entity": "number", "value": 3, "start": 0, "end": 4}])).links == ()


def test_a_message_without_anything_is_still_a_question() -> None:
    question = question_of(Tracker("u1", {}, {}, [], False, None, {}, None))
    assert question == Question(text="")


def test_programs_get_the_text_first_and_the_whole_answer_after_it(answering: Answering) -> None:
    answering(ANSWER)
    messages, _ = run(ActionAnswer(), tracker())
    assert [message["text"] for message in messages] == [marked(ANSWER), None]
    assert messages[1]["custom"] == {"answer": ANSWER.as_dict()}


def test_a_terminal_gets_one_text_with_its_sources_and_no_json(answering: Answering) -> None:
    answering(ANSWER)
    messages, _ = run(ActionAnswer(), tracker(channel="cmdline"))
    assert [message["text"] for message in messages] == [render(ANSWER)]
    assert not messages[0]["custom"]
    assert "\n\n" not in messages[0]["text"]  # where Rasa would cut it in two


def test_what_the_answer_leaves_goes_into_the_slots_and_the_turn_ends(answering: Answering) -> None:
    answering(ANSWER)
    _, events = run(ActionAnswer(), tracker())
    assert slots(events) == {
        "focus": ["weir"],
        "last_answer": {"question": "when was the weir finished", "cited": [["weirs", 0]]},
        "status": "answered",
    }
    assert events[-1] == {"event": "followup", "timestamp": None, "name": "action_listen"}


@pytest.mark.parametrize(
    "failure", [RuntimeError("index out of date"), StoreMissing("there is no store"), KeyError("x")]
)
def test_a_failure_is_told_in_one_sentence_and_nothing_is_forgotten(
    answering: Answering, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    answering(failure)
    left = {"focus": ["mill"], "last_answer": {"question": "what is the mill"}}
    messages, events = run(ActionAnswer(), tracker(slots=left))
    answer = messages[1]["custom"]["answer"]
    assert answer["status"] == "unknown"
    assert messages[0]["text"] == answer["text"] != ""
    assert str(failure) not in messages[0]["text"]
    assert slots(events) == {**left, "status": "unknown"}
    assert "could not be answered" in caplog.text


@pytest.mark.parametrize("focus", [5, "mill", {"mill": 1}, [["mill"], None, 7], True])
@pytest.mark.parametrize("last_answer", [5, "what", ["what"], True])
def test_slots_of_a_wrong_type_do_not_cost_the_answer(answering: Answering, focus: Any, last_answer: Any) -> None:
    asked = answering(ANSWER)
    messages, events = run(ActionAnswer(), tracker(slots={"focus": focus, "last_answer": last_answer}))
    assert messages[0]["text"] == marked(ANSWER)
    assert slots(events)["focus"] == ["weir"]
    assert asked.asked[0].memory == Memory()


def test_a_message_that_makes_no_question_is_told_in_one_sentence(answering: Answering) -> None:
    answering(ANSWER)
    left = {"focus": ["mill"], "last_answer": {"question": "what is the mill"}}
    messages, events = run(ActionAnswer(), tracker(entities=[{"id": "mill"}], slots=left))
    assert messages[1]["custom"]["answer"]["status"] == "unknown"
    assert slots(events) == {**left, "status": "unknown"}


def test_starting_over_empties_every_slot() -> None:
    messages, events = run(ActionStartOver(), tracker(slots={"focus": ["mill"], "status": "clarify"}))
    assert messages == []
    assert [event["event"] for event in events] == ["reset_slots"]


def test_what_was_asked_and_answered_is_noted_for_whoever_rates_it(answering: Answering, noted: Noted) -> None:
    answering(ANSWER)
    for channel in ("web", "slack", "telegram", "terminal", "rest", "cmdline"):
        run(ActionAnswer(), tracker("and finished?", channel))
    understood = "when was the weir finished (what about the weir)"
    given = GivenAnswer("a1", "and finished?", understood, "answered", ANSWER.text, ("weirs",))
    assert noted.answers == [(given, True), (given, True), (given, True), (given, False)]


def test_a_failure_is_not_noted(answering: Answering, noted: Noted) -> None:
    answering(StoreMissing("no store"))
    run(ActionAnswer(), tracker(channel="web"))
    assert noted.answers == []
