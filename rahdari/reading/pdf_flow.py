"""Blocks of a PDF's pages put together: sentences that go on in the next column or on the next page stay one.

Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rahdari.reading import canonical

PARTED = re.compile(r"[^\W\d_]-$")
_FIGURE = re.compile(
    r"[^\w\s]?[A-Z]{0,3}[$€£¥]?(?!(?:19|20)\d\d\b)\d[\d.,]*\s?(?:%|[a-z]\w{0,9}|[A-Z]{2}\w{0,2}|[A-Z])?"
)  # "1.9 GW", "€412m"; not "2 Costs", which numbers a heading
_ENDS = ".!?:;|\f"  # of a text that does not run on
_CLOSING = "\"”’')]» "
_NOTE = re.compile(r"(?<!\])(?:\[\d{1,3}\])+$")
_PROSE = re.compile(r"^\d+\.\s(?:\S+\s+){10}|[^\W\d_][.!?]\s+[A-Z]")  # not so an item, or a label
_SMALL = 0.95  # times the size of most of the text: that of notes and captions is smaller
_LABEL = 6  # words: one line of fewer is a label, a heading or a cell


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list or table as it is written, and how it is set.

    Attributes:
        size: of its type, in points; 0 for a table.
        heading: it is set in larger type than most.
        full: its last line goes up to its column's edge.
        listed: it opens with the mark of an item.
        top: where it begins on its page, in points from above.
        bottom: where it ends.
    """

    text: str
    size: float
    heading: bool
    full: bool
    listed: bool
    top: float
    bottom: float

    @property
    def open(self) -> bool:
        """Whether its last sentence may go on elsewhere."""
        bare = _NOTE.sub("", self.text).rstrip(_CLOSING) or self.text
        return not self.heading and self.size > 0 and bare[-1] not in _ENDS and len(self.text.split()) >= _LABEL

    def goes_on_with(self, other: Block) -> bool:
        """Whether this one's last sentence goes on with the other one, which stands in another column or page."""
        alike = self.size > 0 and abs(self.size - other.size) <= 0.1 * self.size and not other.heading
        if not (alike and self.open) or other.listed:
            return False
        prose = self.full and _PROSE.search(self.text.rpartition("\n")[2]) and len(other.text.split()) >= _LABEL
        return other.text[:1].islower() or bool(prose)


def is_figure(text: str) -> bool:
    """Whether a text is a figure and its unit only, as it is set in large type over what it tells: `1.9 GW`."""
    return bool(_FIGURE.fullmatch(text))


def page_of(blocks: Sequence[Block], body: float, known: Counter[str]) -> list[Block]:
    """The blocks of a page: those that go on in another column with what follows there, notes and tables between two
    such, and notes under the last one, before it.

    Args:
        body: the size of most of the text.
        known: how often the document has each word, in small letters.
    """
    found: list[Block] = []
    at = -1  # of the last block of text among those found
    for block in blocks:
        note = not block.heading and block.size < _SMALL * body
        if note:
            found.append(block)
            continue
        if found and not block.heading and is_figure(found[-1].text) and block.text[:1].islower():
            figure = found.pop()
            found.append(replace(block, text=f"{figure.text} {block.text}", top=figure.top))
            at = len(found) - 1
            continue
        between = len(found) - at - 1
        if at >= 0 and (block.top < found[at].bottom or between) and found[at].goes_on_with(block):
            opened = found.pop(at)
            found.append(replace(block, text=flowing([opened.text, block.text], known), listed=opened.listed))
        else:
            found.append(block)
        at = len(found) - 1
    if at >= 0 and found[at].open and all(block.size for block in found[at + 1 :]):
        found.append(found.pop(at))
    return found


def joined(pages: Sequence[tuple[str, Block | None, Block | None]], known: Counter[str]) -> str:
    """Pages in a row, each with its first and its last block; a sentence that goes on over two stays one paragraph."""
    told, last = ([pages[0][0]], pages[0][2]) if pages else ([], None)
    for page, first, end in pages[1:]:
        so_far = told[-1]  # of the page before: to look through all of them for each page would take very long
        if so_far and (
            (page[:1].islower() and so_far[-1] not in _ENDS) or (first and last and last.goes_on_with(first))
        ):
            opening, blank, rest = page.partition(" ")
            if PARTED.search(so_far) and page[:1].islower():
                told[-1], page = _mended(so_far, opening, known), rest if blank else ""
            told.append(f"\n{canonical.PAGE_BREAK}{page}")
        else:
            told.append(f"\n\n{canonical.PAGE_BREAK}{page}")
        last = end
    return "".join(told)


def flowing(parts: Sequence[str], known: Counter[str]) -> str:
    """Lines as one, words that were parted at their ends put together."""
    whole = parts[0]
    for part in parts[1:]:
        whole = _mended(whole, part, known) if PARTED.search(whole) and part[:1].islower() else f"{whole} {part}"
    return whole


def _mended(before: str, after: str, known: Counter[str]) -> str:
    """`infra-` `structure` is one word; `long-` `term` keeps its hyphen where the document has it elsewhere, too."""
    head = re.search(r"[\w-]*$", before)
    tail = re.match(r"[\w-]*", after)
    first, second = (head.group() if head else "").lower(), (tail.group() if tail else "").lower()
    if known[first + second] > known[first[:-1] + second]:
        return before + after
    return before[:-1] + after
