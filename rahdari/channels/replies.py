"""What goes back to a person in Rasa's message format, whatever happened behind it.

A reply to a question is a text message followed by a custom message with the whole Answer. Where something
failed the reply has the same form, in one plain sentence from wording.tsv and with the status `unknown`.
"""

from __future__ import annotations

import csv
import functools
import uuid
from collections.abc import Sequence
from importlib import resources
from typing import Any

from rahdari.channels.text import marked
from rahdari.records import Answer

FAILURES = ("failed", "slow", "silent")  # names in wording.tsv of what is said where there is no answer
Message = dict[str, Any]


def messages(answer: Answer, recipient: str) -> list[Message]:
    """An Answer as the two messages of the REST format."""
    return [
        {"recipient_id": recipient, "text": marked(answer)},
        {"recipient_id": recipient, "custom": {"answer": answer.as_dict()}},
    ]


def failure(name: str, recipient: str) -> list[Message]:
    """A reply that says in one sentence that there is none. `name`: one of FAILURES."""
    return messages(Answer(id=uuid.uuid4().hex, status="unknown", text=sentence(name)), recipient)


def never_silent(replies: Sequence[Message], recipient: str, reason: str = "silent") -> list[Message]:
    """The replies as they are, or one plain sentence where a person would see nothing.

    What was said before something failed is kept: an answer is worth more than an apology.
    """
    said = list(replies)
    return said if any(_shows_something(reply) for reply in said) else failure(reason, recipient)


def answer_of(replies: Sequence[Message]) -> dict[str, Any] | None:
    """The Answer that a reply carries, in its JSON form; None where it carries none."""
    for reply in reversed(replies):
        custom = reply.get("custom")
        if isinstance(custom, dict) and isinstance(custom.get("answer"), dict):
            return dict(custom["answer"])
    return None


def sentence(name: str) -> str:
    """One fixed sentence. Raises KeyError where wording.tsv has no such name."""
    return _wording()[name]


@functools.lru_cache(maxsize=1)
def _wording() -> dict[str, str]:
    text = resources.files("rahdari.channels").joinpath("wording.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["name"]: row["sentence"] for row in rows}


def _shows_something(reply: Message) -> bool:
    return bool(str(reply.get("text") or "").strip() or reply.get("image") or reply.get("attachment"))
