"""A document as a reader sees it: a passage with the text around it, and the rest in pieces. Pure functions.

Offsets are counted in Unicode code points, as in a citation; what goes out is text, so that no browser has to count.
"""

from __future__ import annotations

from typing import Any

from rahdari.channels.text import followable
from rahdari.reading.places import place
from rahdari.records import Document

AROUND = 1500  # characters shown before and after a passage
PIECE = 6000  # characters of a piece at most
_SLACK = 200  # characters within which a break is looked for


def passage(document: Document, start: int, end: int) -> dict[str, Any]:
    """The passage text[start:end] between its surroundings, with what is known of the document.

    Raises:
        ValueError: it does not lie in the document.
    """
    text = document.text
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no passage of {len(text)} characters")
    where = place(text, start).beneath(document.title)
    first, last = _before(text, start - AROUND), _after(text, end + AROUND)
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "source": followable(document.source),
        "place": str(where) or None,
        "length": len(text),
        "start": first,
        "end": last,
        "before": text[first:start],
        "passage": text[start:end],
        "after": text[end:last],
    }


def piece(document: Document, start: int, end: int) -> dict[str, Any]:
    """The text from `start` to `end`, 6,000 characters at most; what lies beyond the document is left out."""
    start = max(0, min(start, len(document.text)))
    end = max(start, min(end, start + PIECE, len(document.text)))
    return {
        "id": document.id,
        "length": len(document.text),
        "start": start,
        "end": end,
        "text": document.text[start:end],
    }


def _before(text: str, place: int) -> int:
    """A place to begin at, near this one: after a line's end, else after a blank."""
    if place <= 0:
        return 0
    for mark in ("\n", " "):
        found = text.find(mark, place, place + _SLACK)
        if found >= 0:
            return found + 1
    return place


def _after(text: str, place: int) -> int:
    """A place to end at, near this one: at a line's end, else at a blank."""
    if place >= len(text):
        return len(text)
    for mark in ("\n", " "):
        found = text.rfind(mark, place - _SLACK, place)
        if found >= 0:
            return found
    return place
