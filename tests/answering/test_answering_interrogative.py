"""Which words of a question say what is asked for, and what follows for the type of answer."""

from __future__ import annotations

import pytest
from answering_fakes import query

from rahdari.answering.interrogative import asking


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("which two firms won the contract at that price?", "which two firms won"),
        ("what happens when the deadline is missed?", "what happens"),
        ("when the fair opened, which minister spoke?", "which minister spoke?"),
        ("by whom was the price set?", "by whom was"),
        ("when did it open after the delay?", "when did"),
        ("what is the cost of the dam?", "what is the cost of the dam?"),
        (
            "how much did it cost to build the line that was closed",
            "how much did it cost to build the line that was closed",
        ),
        ("cost of the dam?", "cost of the dam?"),
        ("it was opened in what year?", "it was opened in what year?"),
    ],
)
def test_what_is_asked_for_stands_by_the_question_word(text: str, words: str) -> None:
    assert asking(text) == words


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Which two firms won the contract at that price?", "who", ("organisation", "person")),
        ("Who set the price?", "who", ("person", "organisation")),
        ("What is it called when a ship enters the port?", "describe", ()),
        ("What was the name of the count of Halden?", "who", ("person", "organisation")),
        ("How long is one term of the president?", "how_much", ("length", "duration")),
        ("How long has the port been closed?", "how_much", ("duration",)),
        ("What portion of the cost is paid?", "how_much", ("percentage",)),
        ("what does the dam cost", "how_much", ("amount",)),
    ],
)
def test_a_word_further_on_does_not_say_what_is_asked_for(text: str, kind: str, wanted: tuple[str, ...]) -> None:
    found = query(text)
    assert found.kind == kind
    assert set(wanted) <= set(found.wanted) and bool(found.wanted) == bool(wanted)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("How many fishing licences are left?", "licences"),
        ("How many original treaties were signed?", "treaties"),
        ("How many agreements were signed?", "agreements"),
        ("how many staff work there", "staff"),
    ],
)
def test_what_is_counted_is_the_noun_and_not_what_describes_it(text: str, noun: str) -> None:
    assert query(text).counted == noun


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("do you know when the port opens?", "when the"),
        ("was the port open when they met?", "was the port open"),
        ("does it say who paid for the line?", "who paid for"),
    ],
)
def test_a_yes_or_no_question_asks_for_what_it_wants_to_know(text: str, words: str) -> None:
    assert asking(text).startswith(words)
