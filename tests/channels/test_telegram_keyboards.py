"""Buttons within 64 bytes, and what they mean when they come back."""

from __future__ import annotations

from typing import Any

import pytest
from fake_telegram import check_keyboard
from telegram_stage import form

from rahdari.channels.telegram.keyboards import DATA_BYTES, DOWN, UP, Judgement, Suggestion, keyboard, pressed

SHORT = "Which sectors are named?"
LONG = "Tell me about the Agreement on the Joint Construction of the Corridor for Agriculture"
URDU = "راہداری کے بارے میں بتائیں اور یہ کہ کیا طے ہوا"


def rows(markup: Any) -> list[list[dict[str, str]]]:
    check_keyboard(markup)
    return list(markup["inline_keyboard"])


def test_each_suggestion_has_a_row_and_what_the_answer_was_worth_the_last() -> None:
    answer = form(suggestions=[SHORT, LONG])
    assert [[button["text"] for button in row] for row in rows(keyboard(answer))] == [[SHORT], [LONG], [UP, DOWN]]


@pytest.mark.parametrize("text", [SHORT, LONG, URDU, "x" * 62, "x" * 63, "é" * 31, "é" * 32, "🚉" * 16, "q#0"])
def test_a_pressed_suggestion_asks_its_words(text: str) -> None:
    markup = keyboard(form(suggestions=["Another?", text]))
    button = rows(markup)[1][0]
    assert len(button["callback_data"].encode()) <= DATA_BYTES
    assert pressed(button["callback_data"], markup) == Suggestion(text)


def test_a_short_suggestion_is_known_without_its_message() -> None:
    assert pressed(rows(keyboard(form(suggestions=[SHORT])))[0][0]["callback_data"], None) == Suggestion(SHORT)


def test_a_long_one_is_not_known_without_it() -> None:
    data = rows(keyboard(form(suggestions=[LONG])))[0][0]["callback_data"]
    for markup in (None, {}, {"inline_keyboard": None}, {"inline_keyboard": [None, [None]]}, keyboard(form()), []):
        assert pressed(data, markup) is None


def test_a_verdict_names_the_answer() -> None:
    answer = form()
    up, down = rows(keyboard(answer))[0]
    assert pressed(up["callback_data"], None) == Judgement(answer["id"], "up")
    assert pressed(down["callback_data"], None) == Judgement(answer["id"], "down")


@pytest.mark.parametrize("data", ["", "q:", "q: ", "q#", "f:up:", "f:sideways:1", f"f:up:{'a' * 57}", "f:up:a b", "x"])
def test_what_no_button_of_ours_says_means_nothing(data: str) -> None:
    assert pressed(data, keyboard(form(suggestions=[LONG]))) is None


@pytest.mark.parametrize(("status", "judged"), [("answered", 1), ("unknown", 1), ("clarify", 1), ("smalltalk", 0)])
def test_all_but_small_talk_is_judged(status: str, judged: int) -> None:
    assert len(rows(keyboard(form(status=status)) or {"inline_keyboard": []})) == judged


def test_an_id_that_has_no_room_in_a_button_gets_none() -> None:
    assert keyboard(form(id="x" * 60)) is None
    assert keyboard(form(status="smalltalk", suggestions=[" ", ""])) is None
