"""What a message quotes of earlier ones: without its marks, under a heading that says who wrote it. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from rahdari.reading import canonical

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = re.compile(r"(?:> ?)+(?!From )")  # not what some programs put before a line that opens with "From "
_HEADERS = re.compile(r"^[ *]*(From:.+)\n[ *]*((?:Sent|Date):.+)\n(?=[ *]*(?:To|Cc|Subject): )", re.MULTILINE)
_ON = re.compile(r"(?:On|Am|Le|El|Il|Op|Den)\b")  # as programs open what says who wrote it
_OPENING = 3  # lines that say who wrote what is quoted
_BLANK = 5  # the most empty lines under them
_LONGEST = 300  # characters of them

Line = tuple[int, str]


def unquoted(text: str) -> str:
    """A plain text whose quoted lines have no `>`: apart from what stands around them, each depth of its own.

    What opens a quotation, `On Monday Oda Rehn wrote:`, is a heading where all that follows is quoted; so are sender
    and day of a message that is passed on. A text that quotes nothing stays as it is.
    """
    lines = [_parted(line) for line in text.split("\n")]
    if any(depth for depth, _ in lines):
        text = "\n".join(_apart(lines))
    return headed(text)


def headed(text: str) -> str:
    """A text in which the headers of an earlier message, `From:` and `Sent:`, are a heading."""
    return _HEADERS.sub(lambda match: f"\n{canonical.heading(1, ', '.join(map(_bare, match.groups())))}\n\n", text)


def mark(body: _Element) -> None:
    """Makes what opens a quotation in a page's body a heading, where nothing but what is quoted follows."""
    for last in body.xpath("(.//text()[normalize-space()])[last()]"):
        held = last.getparent().getparent() if last.is_tail else last.getparent()
        for quote in [held, *held.iterancestors()]:
            _mark_opening(quote)


def _mark_opening(quote: _Element) -> None:
    opening = quote.getprevious() if quote.tag == "blockquote" else None
    if opening is not None:
        said = canonical.clean(opening.text_content())
        if said.endswith(":") and len(said) <= _LONGEST and opening.tag in ("div", "p"):
            opening[:] = []
            opening.tag, opening.text = "h1", said


def _bare(text: str) -> str:
    return canonical.clean(text.replace("*", ""))


def _parted(line: str) -> Line:
    marks = _MARKS.match(line)
    return (marks.group().count(">"), line[marks.end() :]) if marks else (0, line)


def _apart(lines: list[Line]) -> Iterator[str]:
    """Lines without marks, an empty one where the depth changes, and headings."""
    last = max((number for number, (depth, said) in enumerate(lines) if not depth and said.strip()), default=-1)
    told: list[str] = []
    before = 0
    for number, (depth, said) in enumerate(lines):
        if depth != before:
            if depth > before and last < number:
                _head(told, depth)
            told.append("")
        told.append(said)
        before = depth
    yield from told


def _head(told: list[str], level: int) -> None:
    """Makes the last lines a heading where they open a quotation."""
    end = len(told)
    while end and not told[end - 1].strip() and len(told) - end < _BLANK:
        end -= 1
    above = takewhile(lambda number: told[number].strip(), range(end - 1, max(-1, end - 1 - _OPENING), -1))
    start = next((number for number in above if _ON.match(told[number])), end - 1)
    opening = canonical.clean(" ".join(told[max(0, start) : end]))
    if opening.endswith(":") and len(opening) <= _LONGEST:
        told[start:] = ["", canonical.heading(level, opening)]
