"""Buttons under an answer, and what a pressed one means.

Telegram gives a button 64 bytes to remember things by. A suggestion that fits stands there itself; of a longer one
only its place does, and its words are read off the button, which comes back with the message. So a button outlives
restarts without anything being kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.channels.feedback import Opinion, rateable
from rahdari.channels.text import visible

DATA_BYTES = 64
UP, DOWN = "\U0001f44d", "\U0001f44e"
_WORDS, _PLACE = "q:", "q#"
_FEEDBACK = re.compile(r"f:(up|down):([\w-]{1,56})", re.ASCII)

Markup = dict[str, Any]


@dataclass(frozen=True)
class Suggestion:
    """A button that asks this."""

    text: str


@dataclass(frozen=True)
class Judgement:
    """A button that tells what an answer was worth."""

    answer_id: str
    verdict: Opinion


def keyboard(form: Mapping[str, Any]) -> Markup | None:
    """An InlineKeyboardMarkup: a row for each suggestion, one for what the answer was worth; None for no button.

    Args:
        form: the Answer's JSON form.
    """
    suggestions = [text for text in (visible(str(each)).strip() for each in form.get("suggestions") or ()) if text]
    rows = [[_button(text, _data(text, place))] for place, text in enumerate(suggestions)]
    up, down = f"f:up:{form.get('id')}", f"f:down:{form.get('id')}"
    if rateable(form) and _FEEDBACK.fullmatch(up):
        rows.append([_button(UP, up), _button(DOWN, down)])
    return {"inline_keyboard": rows} if rows else None


def pressed(data: str, markup: object) -> Suggestion | Judgement | None:
    """What a button means by what came back of it; None where that cannot be told any more.

    Args:
        data: the callback data, which may be anything: it comes from a person's device.
        markup: the keyboard of the message that the button is under, where Telegram still has it.
    """
    feedback = _FEEDBACK.fullmatch(data)
    if feedback:
        return Judgement(feedback[2], "up" if feedback[1] == "up" else "down")
    if data.startswith(_WORDS) and data[len(_WORDS) :].strip():
        return Suggestion(data[len(_WORDS) :])
    if data.startswith(_PLACE):
        for row in markup.get("inline_keyboard") or () if isinstance(markup, Mapping) else ():
            for button in row if isinstance(row, list) else ():
                if isinstance(button, Mapping) and button.get("callback_data") == data and button.get("text"):
                    return Suggestion(str(button["text"]))
    return None


def _data(text: str, place: int) -> str:
    data = _WORDS + text
    return data if len(data.encode()) <= DATA_BYTES else f"{_PLACE}{place}"


def _button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "callback_data": data}
