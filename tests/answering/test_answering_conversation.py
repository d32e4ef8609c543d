"""What a message leans on, and the question that it makes with what was said before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from answering_fakes import plain_terms, query

from rahdari.answering import conversation
from rahdari.answering.conversation import Turn

_ITEMS = ("Halden Port", "Tarnok Railway", "Lake Treaty")


def turn_of(text: str, **more: Any) -> Turn:
    """The turn that a message leaves to the next one, carried as JSON as a channel carries it."""
    kept = conversation.remembered(query(text), cited=[["road", 0]], shown=[["road", 0]], items=[], status="answered")
    return conversation.before(json.loads(json.dumps({**kept, **more})))


@pytest.mark.parametrize(
    "text", ["How much does it cost?", "is it done?", "And the price?", "when?", "what about Bergen?", "who runs them?"]
)
def test_a_message_that_points_back_leans_on_the_turn_before(text: str) -> None:
    assert conversation.leans(query(text), turn_of("What is Halden Port?"))


@pytest.mark.parametrize(
    "text",
    [
        "How long is the Tarnok Railway?",
        "Who signed the Lake Treaty in Bergen?",
        "What did Ilona Varga say about fish?",
    ],
)
def test_a_message_that_says_all_does_not_lean(text: str) -> None:
    assert not conversation.leans(query(text), turn_of("What is Halden Port?"))


def test_nothing_leans_on_nothing() -> None:
    assert not conversation.leans(query("is it done?"), Turn())


def test_a_pronoun_takes_what_was_spoken_of() -> None:
    full = conversation.completed(query("How much does it cost?"), turn_of("What is Halden Port?"))
    assert [link.entity for link in full.links] == ["halden-port"]
    assert (full.kind, full.carried) == ("how_much", True)
    assert "amount" in full.wanted


def test_a_he_takes_the_person_rather_than_the_port() -> None:
    full = conversation.completed(
        query("What did he say about fish?"), turn_of("Did Peter Novak speak about Halden Port?")
    )
    assert [link.entity for link in full.links] == ["peter-novak"]


def test_a_new_thing_takes_the_place_of_the_old_one_in_the_old_question() -> None:
    full = conversation.completed(query("and the Tarnok Railway?"), turn_of("How much did Halden Port cost?"))
    assert [link.entity for link in full.links] == ["tarnok-railway"]
    assert full.kind == "how_much"
    assert not plain_terms(full) & {"halden"}


def test_a_question_with_a_verb_of_its_own_is_no_swap() -> None:
    turn = turn_of("How much did Halden Port cost?")
    assert not conversation.swaps(query("and when was it opened by the minister?"), turn)
    assert conversation.swaps(query("and Bergen?"), turn)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("the second one", 1),
        ("second", 1),
        ("tell me about the first one please", 0),
        ("number 3", 2),
        ("#2", 1),
        ("the last one", -1),
        ("2nd", 1),
        ("no, the third", 2),
        ("the second phase of the railway", None),
        ("who came second in the race", None),
        ("20", None),
        ("", None),
    ],
)
def test_a_message_that_only_points_into_a_list_tells_which_item(text: str, index: int | None) -> None:
    assert conversation.ordinal(text) == index


def test_the_item_takes_the_place_of_what_points_at_it() -> None:
    assert conversation.with_item("How much did the second one cost?", _ITEMS) == "How much did Tarnok Railway cost?"
    assert conversation.with_item("when did the last of them open", _ITEMS) == "when did Lake Treaty open"


def test_an_item_that_is_not_there_is_not_made_up() -> None:
    assert conversation.with_item("How much did the fifth one cost?", _ITEMS) is None
    assert conversation.with_item("How much did the second one cost?", ()) is None
    assert conversation.with_item("How much did it cost?", _ITEMS) is None


@pytest.mark.parametrize(
    "text",
    ["who said that?", "Who says so?", "whose words are those", "who claimed this", "and who was it that said it"],
)
def test_a_question_for_the_speaker_of_what_was_shown_is_seen(text: str) -> None:
    assert conversation.asks_who_said(text)


@pytest.mark.parametrize(
    "text", ["who said that the port was too small?", "who is Ilona Varga", "that is what he said"]
)
def test_a_question_for_the_speaker_of_something_else_is_none_of_these(text: str) -> None:
    assert not conversation.asks_who_said(text)


def test_what_a_turn_leaves_comes_back_as_it_was() -> None:
    asked = query("How much did Halden Port cost in Bergen?")
    turn = turn_of("How much did Halden Port cost in Bergen?", items=["a", "b"])
    assert (turn.question, turn.kind, turn.wanted) == (asked.text, asked.kind, asked.wanted)
    assert (turn.terms, turn.links) == (asked.terms, asked.links)
    assert (turn.cited, turn.items, turn.status) == ((("road", 0),), ("a", "b"), "answered")


@pytest.mark.parametrize(
    "memory",
    [
        {},
        None,
        [],
        "nonsense",
        7,
        {"terms": 5},
        {"terms": [[1]]},
        {"links": [["a"]]},
        {"cited": [["road"]]},
        {"cited": [["road", "one"]]},
        {"question": "x", "shown": "road"},
        {"terms": [["a", "a", None, True, None, 1.0]]},
    ],
)
def test_a_memory_that_is_not_ours_counts_as_none(memory: Any) -> None:
    assert conversation.before(memory).empty


@pytest.mark.parametrize("text", ["is that confirmed?", "is this official", "and is it true?", "but is that certain"])
def test_whether_something_is_certain_is_asked_of_what_was_said(text: str) -> None:
    assert conversation.asks_if_certain(query(text))


@pytest.mark.parametrize("text", ["is the port open?", "is it true that the lake was sold?", "who confirmed it?"])
def test_whether_a_thing_is_so_is_another_question(text: str) -> None:
    assert not conversation.asks_if_certain(query(text))


def test_one_more_item_is_asked_of_a_list_only() -> None:
    listed = turn_of("Which sectors are covered?", items=["health", "mining"], kind="list")
    assert conversation.asks_if_among(query("and health?"), listed)
    assert conversation.asks_if_among(query("is tourism among them?"), listed)
    assert not conversation.asks_if_among(query("and health?"), turn_of("When was Halden Port opened?"))
    assert not conversation.asks_if_among(query("who paid for it?"), listed)


@pytest.mark.parametrize("text", ["who decides", "how many jobs", "which countries", "why so late"])
def test_a_short_question_leans_on_the_turn_before(text: str) -> None:
    assert conversation.leans(query(text), turn_of("What is Halden Port?"))


def test_a_list_of_all_does_not_lean() -> None:
    assert not conversation.leans(query("which sectors are named"), turn_of("What is Halden Port?"))


def test_the_topic_outlives_a_question_about_a_place() -> None:
    first = turn_of("What is Halden Port?")
    asked = query("And what did Norway pay?")
    kept = conversation.remembered(asked, cited=[], shown=[], items=[], status="answered")
    then = conversation.before({**kept, "topic": [list(vars(link).values()) for link in first.topic]})
    full = conversation.completed(query("when will it open?"), then)
    assert "halden-port" in [link.entity for link in full.links]


def test_to_ask_what_they_say_then_asks_for_no_value() -> None:
    full = conversation.completed(query("what do they say then?"), turn_of("When was Halden Port opened?"))
    assert (full.kind, full.wanted) == ("describe", ())
