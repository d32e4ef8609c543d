"""What a person reads of a document that is written in Markdown, on every channel; what is no Markdown stays."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from rahdari.channels.markdown import one_line, readable
from rahdari.channels.slack import blocks
from rahdari.channels.sources import Whereabouts
from rahdari.channels.telegram import html
from rahdari.channels.terminal.passages import Place
from rahdari.channels.terminal.screen import Screen
from rahdari.channels.text import followable, render

CASES = json.loads((Path(__file__).parent / "markdown_cases.json").read_text(encoding="utf-8"))
QUOTE = "**Length:** 312 km, with the ferry _Haldi_\n| Halden | *3* |"
READ = "Length: 312 km, with the ferry Haldi Halden · 3"


@pytest.mark.parametrize(("text", "read"), CASES)
def test_signs_are_read_and_not_shown(text: str, read: str) -> None:
    assert readable(text) == read
    assert one_line(text) == " ".join(read.split())


def form() -> dict[str, Any]:
    known = {"title": "The dam", "publisher": None, "published": None, "start": 0, "end": len(QUOTE)}
    cited = {"id": 1, "role": "evidence", "document": "dam", "quote": QUOTE, **known}
    return {"id": "a", "status": "answered", "text": "So it is.", "citations": [cited], "facts": [], "suggestions": []}


def test_no_channel_shows_the_signs() -> None:
    target = io.StringIO()
    screen = Screen(target)
    screen.answer(form(), {})
    screen.sources(form(), Whereabouts())
    screen.source(form()["citations"][0], Place(QUOTE, "# Dams\nSome are **long**. ", " *Others* are not."))
    (slack,) = blocks.messages(form())
    (short,), (whole,) = html.reply(form()), html.sources(form())
    in_blocks = " ".join(json.dumps(block, ensure_ascii=False) for block in slack.blocks if block["type"] == "context")
    for shown in (target.getvalue(), slack.said, in_blocks, short.plain, whole.plain, render(form())):
        assert READ in " ".join(shown.split())
        assert not set("*_|#") & set(shown.replace("plain_text", ""))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("mailto:press@example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://example.org/\x1b[2J", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_shown(address: str | None, shown: bool) -> None:
    assert (followable(address) == address and bool(address)) is shown
