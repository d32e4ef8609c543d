"""Where a passage stands in a canonical text, in words: its page, its section, its table and row. Pure functions.

They read what rahdari.reading.canonical writes, and Markdown that people wrote alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rahdari.reading.canonical import PAGE_BREAK

_HEADING = re.compile(r"^[\f ]{0,3}(#{1,6})[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
_RULE = re.compile(r"[\f ]{0,3}\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_LONGEST = 240  # characters of a header that may give a unit
_NUMBERING = re.compile(r"(?:no|nr|s\.? ?no|sr\.? ?no|#|item|serial)\.?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_BARE = re.compile(r"\W*\d[\d\W]*")
NOTE = re.compile(r"\s*\[\d{1,3}\]")  # its mark, as in `Cost[1]`
_UNIT = re.compile(r"^(.*?)\s*[(\[]\s*(?:in\s+)?([^()\[\]]{1,30})[)\]]\s*$|^(.*?),?\s+in\s+([\w$€£. ]{1,30})$")
_UNIT_INSIDE = re.compile(
    r"^([^()\[\]]+?)\s*[(\[]\s*(?:in\s+)?([^()\[\]]{1,30})[)\]]\s+([^()\[\]]+)$"
)  # of two header rows


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `start` and `end` are those of its text in the document, white space left out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Row:
    """A row; `start` and `end` are those of its line. Its cells may be fewer or more than the header's."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A pipe table: a header row, a rule under it, rows.

    Attributes:
        number: in the document, from 1.
        subject: the column that names what a row is about: the first one with letters that is no numbering.
    """

    number: int
    header: Row
    rows: tuple[Row, ...]
    subject: int = 0

    def name(self, row: Row) -> str:
        """What a row is about."""
        return row.cells[self.subject].text if self.subject < len(row.cells) else ""


@dataclass(frozen=True)
class Place:
    """Where a passage stands.

    Attributes:
        page: from 1; None where the text has no pages.
        section: the headings above it, from the outermost; without one that is the passage itself.
        table: its number in the document, from 1; None outside of tables.
        row: what its row is about; None outside of tables and in a header.
        units: the headers that give the row's bare figures their units: `Cost (US$ million)`.
    """

    page: int | None = None
    section: tuple[str, ...] = ()
    table: int | None = None
    row: str | None = None
    units: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`page 3, Costs › Second phase, table 2, row Halden tunnel: Length (km)`, or as much of it as there is."""
        parts = [f"page {self.page}"] if self.page is not None else []
        parts += [" › ".join(self.section)] if self.section else []
        parts += [f"table {self.table}"] if self.table is not None else []
        parts += [f"row {self.row}" + (f": {', '.join(self.units)}" if self.units else "")] if self.row else []
        return ", ".join(parts)

    def brief(self, limit: int = 80) -> str:
        """As much of it as so many characters hold: headings go first, outer ones ahead, then units, then row's end."""
        shorter = [replace(self, section=self.section[gone:]) for gone in range(len(self.section) + 1)]
        for less in (*shorter, replace(shorter[-1], units=())):
            words = str(less)
            if len(words) <= limit:
                return words
        return words[: limit - 1].rstrip() + "…"

    def beneath(self, title: str | None) -> Place:
        """The same without a heading that only says the document's title again."""
        said = " ".join((title or "").split()).casefold()
        return replace(self, section=tuple(h for h in self.section if " ".join(h.split()).casefold() != said))


def place(text: str, start: int) -> Place:
    """The place of the passage that begins at `start`."""
    section: dict[int, str] = {}
    for match in _HEADING.finditer(text, 0, start):
        if match.end() >= start:
            break  # it is the passage
        level = len(match.group(1))
        section = {above: heading for above, heading in section.items() if above < level}
        section[level] = match.group(2)
    end = text.find("\n", start)
    found = None
    if "|" in text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else len(text)]:  # else no table need be looked for
        above = takewhile(lambda table: table.header.start <= start, tables(text))
        found = next((table for table in above if start < table.rows[-1].end), None)
    row = next((row for row in found.rows if row.start <= start < row.end), None) if found else None
    return Place(
        1 + text.count(PAGE_BREAK, 0, start) if PAGE_BREAK in text else None,
        tuple(section.values()),
        found.number if found else None,
        (found.name(row) or None) if found and row else None,
        tuple(_units(found.header, row)) if found and row else (),
    )


def _units(header: Row, row: Row) -> Iterator[str]:
    for above, cell in zip(header.cells, row.cells):
        if _BARE.fullmatch(cell.text) and parted(above.text)[1]:
            yield above.text


def parted(header: str) -> tuple[str, str]:
    """A header, and the unit that it gives, "" for none: `Cost (US$ million)`, `Length, in km`, `Cost ($ m) Actual`."""
    if len(header) > _LONGEST:  # of many blanks it would take very long
        return header, ""
    header = NOTE.sub("", header)
    if inside := _UNIT_INSIDE.match(header):
        return f"{inside.group(1)} {inside.group(3)}".strip(), inside.group(2).strip()
    match = _UNIT.match(header)
    if match is None:
        return header, ""
    return match.group(1) or match.group(3) or "", (match.group(2) or match.group(4) or "").strip()


def tables(text: str) -> Iterator[Table]:
    """The pipe tables of a text that have rows, in order."""
    header: Row | None = None
    body: list[Row] | None = None
    number = 0
    for start, line in _lines(text):
        row = _row(start, line) if "|" in line else None
        if row is None:
            if header and body:
                number += 1
                yield _table(number, header, body)
            header, body = None, None
        elif body is not None:
            body.append(row)
        elif header is not None and _RULE.fullmatch(line):
            body = []
        else:
            header = row
    if header and body:
        yield _table(number + 1, header, body)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _row(start: int, line: str) -> Row:
    stripped = line.strip()
    opening = start + line.index(stripped[0])
    inner = stripped.removeprefix("|")
    offset = opening + len(stripped) - len(inner)
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells = []
    for piece in _BAR.split(inner):
        blank = len(piece) - len(piece.lstrip())
        text = piece.strip()
        cells.append(Cell(offset + blank, offset + blank + len(text), text))
        offset += len(piece) + 1
    return Row(opening, opening + len(stripped), tuple(cells))


def _table(number: int, header: Row, rows: Sequence[Row]) -> Table:
    for column, cell in enumerate(header.cells):
        below = [row.cells[column].text for row in rows if column < len(row.cells)]
        lettered = sum(bool(_LETTER.search(text)) for text in below)
        if not _NUMBERING.fullmatch(cell.text) and below and lettered >= 0.5 * len(below):
            return Table(number, header, tuple(rows), column)
    return Table(number, header, tuple(rows))
