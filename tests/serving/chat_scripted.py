"""A bot that says what its questions want, for the terminal: `chat_scripted.py HOME [--json]` talks with it.

`slow` takes a second, `hang` a minute; `bare` has no sources, `two` has two, `differ` two that differ, `evil` and
`persian` quote what a terminal may have trouble with.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from rahdari.channels.replies import messages
from rahdari.channels.sources import Whereabouts
from rahdari.channels.terminal.passages import Place
from rahdari.records import Answer, Citation, Fact
from rahdari.serving.chat import talk

CITATION = Citation(1, "evidence", "dam-report", "The dam", None, "2021", "It holds 12 km3.", 0, 16)
OTHER = Citation(2, "evidence", "dams", "Dams", "The Post", "2019", "It holds 14 km3.", 0, 16)
PERSIAN = "سد در سال ۱۳۹۸ ساخته شد و آب شهر را می\u200cرساند و برق آن را هم تأمین می\u200cکند و از آن پس سیلی نیامد."
PLACE = Place(
    "It holds 12 km3.", "The dam was built in 2019. ", " It feeds the town.", "Water", "https://example.org/dam"
)
CITATIONS = {
    "bare": (),
    "two": (CITATION, OTHER),
    "differ": (CITATION, OTHER),
    "evil": (replace(CITATION, quote="\x9b31mred\x1b[2J\u202eback"),),
    "persian": (replace(CITATION, quote=PERSIAN, title="گزارش سد"),),
}
TEXTS = {"differ": "The documents differ: 12 km3; 14 km3.", "persian": PERSIAN, "long": "A long tale of it. " * 12}
FACTS = {"labelled": (Fact("dam-report", 0, "the dam", "hold", "12 km3", "planned", "Ana Ruiz"),)}
WAITS = {"slow": 1.0, "hang": 60.0}


class Scripted:
    """Tells what it was asked and suggests two questions."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.closed = False

    async def handle(self, text: str, sender: str, channel: str) -> list[dict[str, Any]]:
        self.asked.append((text, sender))
        await asyncio.sleep(WAITS.get(text, 0))
        answer = Answer(
            "a",
            "answered",
            TEXTS.get(text, f"About {text}."),
            CITATIONS.get(text, (CITATION,)),
            FACTS.get(text, ()),
            ("How big is it?", "Who paid?"),
        )
        return messages(answer, sender)

    async def close(self) -> None:
        self.closed = True


class Kept:
    """Keeps opinions in a list, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.opinions: list[tuple[str, str, str | None, str]] = []
        self.people: set[str] = set()
        self._error = error

    def keep(self, answer_id: str, verdict: str, words: str | None, channel: str, person: str) -> bool:
        if self._error is not None:
            raise self._error
        self.opinions.append((answer_id, verdict, words, channel))
        self.people.add(person)
        return True


if __name__ == "__main__":
    talk(
        Scripted(),  # type: ignore[arg-type]
        sys.stdin,
        sys.stdout,
        Path(sys.argv[1]) / "chat_history",
        as_json="--json" in sys.argv,
        feedback=Kept(),
        places=lambda _: PLACE,
        find=lambda _: Whereabouts(),
    )
