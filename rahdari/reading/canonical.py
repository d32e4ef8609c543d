"""The canonical text: plain text with the few conventions of Markdown that rahdari.extraction.blocks reads.

Blocks stand apart by a blank line: paragraphs; headings, `## Costs`; items, `- ` or `1. ` one a line, two blanks a
level; tables, `| a | b |` a row with a rule under the header, or two blanks between the cells where no row is known to
be a header. Pages are parted by a form feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

PAGE_BREAK = "\f"
_BAR = "\\|"  # in a cell
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_MONEY = re.compile(r"[A-Z]{0,3}[$€£¥₹] ?\d[\d.,]*(?: \w+)?")
_FIGURE_FIRST = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹] ?|[A-Z]{3} )?\d[\d.,]*(?![\d.,–-]) ?[^\W\d]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def clean(text: str) -> str:
    """One line: white space made single blanks, what cannot be seen taken out, ligatures of print taken apart."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text).translate(_LIGATURES)).strip()


def heading(level: int, text: str) -> str:
    """A heading of level 1 to 6; "" for no text."""
    line = clean(text)
    return f"{'#' * max(1, min(level, 6))} {line}" if line else ""


def item(text: str, level: int = 0, number: int | None = None) -> str:
    """A list's item at a level from 0, numbered or not; "" for no text."""
    line = clean(text)
    mark = "-" if number is None else f"{number}."
    return f"{'  ' * level}{mark} {line}" if line else ""


def table(rows: Iterable[Sequence[str]], headed: bool | None = None) -> str:
    """A pipe table; rows made equally long, empty rows left out. "" for no rows.

    A table of one column is no table: its cells become paragraphs. So does a first row that is one cell over all.

    Args:
        headed: whether the first row is the header; None where that is not known: it is, unless its figures are of the
            kind of those below, or it has labels as those below. A table without one gets an empty one.
    """
    kept = [cells for row in rows if any(cells := [*map(clean, row)])]
    width = max((len(cells) for cells in kept), default=0)
    if width < 2:
        return blocks(cells[0] for cells in kept)
    even = [[*cells, *[""] * (width - len(cells))] for cells in kept]
    if _is_title(even):
        return blocks([even[0][0], table(even[1:])])
    if not (_is_headed(even) if headed is None else headed):
        even.insert(0, [""] * width)
    lines = [f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |" for cells in even]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def rows(cells: Iterable[Sequence[str]]) -> str:
    """Rows of which none is known to be a header: a line each, two blanks between cells, empty ones left out."""
    return "\n".join(line for row in cells if (line := "  ".join(filter(None, map(clean, row)))))


def heads(rows: Sequence[Sequence[str]]) -> tuple[bool, bool]:
    """Whether a table's first row is its title, and whether the first one, or the one under the title, is a header."""
    even = [[*map(clean, row)] for row in rows]
    titled = _is_title(even)
    return titled, _is_headed(even[titled:])


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is unlike the others: `Cost` over `$5 million`, and not `$6 million` over it."""
    first = rows[0]
    if [*first] == [str(number) for number in range(1, len(first) + 1)]:
        return True
    for number, (cell, *below) in enumerate(zip(*rows)):
        filled = [_shape(other) for other in below if other]
        alike = filled.count(_shape(cell))
        if cell.endswith(":") and 2 * sum(other.endswith(":") for other in filled) > len(filled):
            return False
        measured = number == 1 and len(first) == 2 and _measure(cell)  # beside its name: `Capacity`, `62 MW`
        if measured and 2 * sum(map(_measure, filter(None, below))) > len(filled):
            return False
        if _MONEY.fullmatch(cell) or (_NUMBER.search(cell) and 2 * alike > len(filled)):
            return False
    return True


def _is_title(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is one cell over all columns, which is told in each or in the first of three or more."""
    first, *others = rows
    over = len({*first}) == 1 or (len(first) > 2 and not any(first[1:]))
    return bool(first[0]) and over and len(others) > 1 and len({*others[0]} - {""}) > 1


def _measure(cell: str) -> bool:
    """Whether a cell opens with a figure that is no year, and has words behind it: `48 km`, `$430 million`."""
    return bool(_FIGURE_FIRST.match(cell)) and not _YEAR.match(cell)


def _shape(cell: str) -> str:
    """A cell with its figures made alike; those that are years stay apart, since they stand over columns as well."""
    return "year" if _YEAR.fullmatch(cell) else _NUMBER.sub("0", cell)


def blocks(parts: Iterable[str]) -> str:
    """Blocks with a blank line between them; empty ones left out."""
    return "\n\n".join(part for part in parts if part.strip())
