"""What stands on a page: words, rules, tables. Distances are in points, 72 an inch, from its upper left corner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARK = re.compile(r"^(?:[-*•–▪●◦‣·]|\(?\d{1,2}[.)]|\(?[a-z][.)])$")  # of a list's item
_INITIAL = 2  # times as high as the words beside it: the initial of a chapter, which stands over several lines


@dataclass(frozen=True)
class Word:
    """A word and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True)
class Rule:
    """A line across the page."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True)
class Table:
    """A table and its box; rows of cells, of which the first names the columns where it is `headed`.

    Attributes:
        cut: no rule ends its last row, which may go on on the next page.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    headed: bool = True
    cut: bool = False

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in it."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Page:
    """What stands on a page; words in tables are not among its words.

    Attributes:
        turned: what is set upwards, downwards or on its head, as it stands where the page is turned.
    """

    width: float
    height: float
    words: Sequence[Word]
    tables: Sequence[Table] = ()
    turned: Sequence[Page] = ()


def in_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand on one height, from the left; rows from the top."""
    rows: list[list[Word]] = []
    top, bottom = 0.0, 0.0
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        higher = bottom - top < word.bottom - word.top < _INITIAL * (bottom - top)
        within = top <= (word.top + word.bottom) / 2 <= bottom
        if not rows or not (within or higher and word.top <= (top + bottom) / 2 <= word.bottom):
            rows.append([])
            top, bottom = word.top, word.bottom
        elif higher:
            top, bottom = word.top, word.bottom  # the first was raised: the mark of a note
        rows[-1].append(word)
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows
