"""A table's rows -> what each is about, and a fact for each of its other cells: cost, length, status by row.

The header names the predicate: under `Cost (US$ million)` the cell `312` says that the thing of this row has the cost
`US$312 million`. A status tells how real the row's thing is. A row that sums up others, such as `Total`, is about no
thing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from rahdari import knowledge
from rahdari.extraction.values import values
from rahdari.reading.places import Cell, Row, Table, parted, tables
from rahdari.records import EntityType, Modality, ValueType

_GLUED = re.compile(r"(?<=[$€£¥])(?=(?:m|mn|bn)$)|(?<=^[A-Z]{3})(?=(?:m|mn|bn)$)")  # "$m", "EURbn"
_FIGURE = re.compile(r"[-–]?\d[\d,.\s]*")
_NOTHING = re.compile(r"[\W_]*|n/?a|nil|none|tbd|unknown", re.IGNORECASE)
_SEVERAL = re.compile(r"[;,/|:]|\band\b|\d{4}")  # more than one name, or more than a name
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINING = {"of", "for", "the", "all"}
_LONGEST = 240
STATUS = "status"


@dataclass(frozen=True)
class Said:
    """What one cell says of its row's thing.

    Attributes:
        cell: in the document.
        predicate: the column's header; STATUS for what says how far the thing is.
        object: the cell's text, with the unit in the header where it is a bare figure: `US$312 million`.
        value: its kind and normalised value, where that needs the unit in the header; else None.
    """

    cell: Cell
    predicate: str
    object: str
    value: tuple[ValueType, str] | None = None


@dataclass(frozen=True)
class Told:
    """A row as it is told.

    Attributes:
        subject: the cell that names its thing, or says that the row sums up others: `Total`.
        named: the cells that name something whose kind the header says, the subject among them.
        said: what its other cells say, empty ones left out.
        modality: of its status; None where it has none that is known.
        sums: the row sums up others, and names no thing; `whole`: all that the table has.
    """

    start: int
    end: int
    subject: Cell
    named: tuple[tuple[Cell, EntityType], ...]
    said: tuple[Said, ...]
    modality: Modality | None
    sums: bool = False
    whole: bool = False


def told(text: str) -> list[Told]:
    """All rows of all tables of a document's text that name what they are about, in order."""
    return [row for table in tables(text) for row in _rows(table)]


def headers(text: str) -> list[tuple[int, int]]:
    """Start and end of each table's header row."""
    return [(table.header.start, table.header.end) for table in tables(text)]


def _rows(table: Table) -> Iterator[Told]:
    columns = [_column(cell.text) for cell in table.header.cells]
    sums = [_sum(row, table.subject) for row in table.rows]
    whole = _whole([cell for cell in sums if cell])
    for row, sum in zip(table.rows, sums):
        if sum:
            said = tuple(one for one in _said(row, columns, sum) if one.cell.text != sum.text)
            yield Told(row.start, row.end, sum, (), said, _modality(row, columns), True, sum is whole)
        elif table.subject < len(row.cells) and not _NOTHING.fullmatch(table.name(row)):
            subject = row.cells[table.subject]
            named, said = tuple(_named(row, columns)), tuple(_said(row, columns, subject))
            yield Told(row.start, row.end, subject, named, said, _modality(row, columns))


def _sum(row: Row, subject: int) -> Cell | None:
    """The cell that says that a row sums up others."""
    return next((cell for cell in row.cells[: subject + 1] if _summed(cell.text)), None)


def _whole(sums: Sequence[Cell]) -> Cell | None:
    """The one that is of all rows: the last total, unless another is called the same, as where each part has one."""
    totals = [cell for cell in sums if _summed(cell.text) == "whole"]
    return totals[-1] if totals and [cell.text for cell in totals].count(totals[-1].text) == 1 else None


def _summed(text: str) -> str | None:
    """What of a table a row of this name sums up, as rows.txt has it: `Total`, `All 12 projects`, `Total cost`."""
    words = _WORD.findall(_column(text)[0])
    for count in range(len(words), 0, -1):
        kind = knowledge.lookup("rows").get(" ".join(words[:count]))
        if kind and all(word in _JOINING or word in _heading_words() for word in words[count:]):
            return kind
    return None


@cache
def _heading_words() -> frozenset[str]:
    """Words for what rows are, and for what is told of them."""
    return frozenset(knowledge.lookup("columns")) | knowledge.words("attributes", "value")


def _named(row: Row, columns: list[tuple[str, str]]) -> Iterator[tuple[Cell, EntityType]]:
    for cell, (name, _) in zip(row.cells, columns):
        kind = knowledge.lookup("columns").get(name)
        if kind and kind != STATUS and _LETTER.search(cell.text) and not _SEVERAL.search(cell.text):
            if not _NOTHING.fullmatch(cell.text):
                yield cell, cast(EntityType, kind)


def _said(row: Row, columns: list[tuple[str, str]], subject: Cell) -> Iterator[Said]:
    for cell, (name, unit) in zip(row.cells, columns):
        if cell.start < subject.start and _FIGURE.fullmatch(cell.text):
            continue  # the number of the row
        if cell is not subject and name and not _NOTHING.fullmatch(cell.text):
            wording, value = _measured(cell.text, unit) or (cell.text, None)
            yield Said(cell, STATUS if _is_status(name) else name, wording, value)


def _column(header: str) -> tuple[str, str]:
    """A header's name in lower case, and the unit that it gives: `Cost (US$ million)`, `length, in km`."""
    name, unit = parted(header)
    return " ".join(name.lower().replace("*", "").split())[:_LONGEST], unit


def _measured(text: str, unit: str) -> tuple[str, tuple[ValueType, str]] | None:
    """A bare figure with its header's unit, worded and normalised: `312` under `US$ million` as `US$312 million`."""
    if not unit or not _FIGURE.fullmatch(text):
        return None
    first, _, rest = _GLUED.sub(" ", unit).partition(" ")
    figure = text.strip()
    before = [f"{first} {figure} {rest}"]  # "EUR 312 million"
    before += [f"{first}{figure} {rest}"] if not first[-1:].isdigit() else []  # "US$312 million"; not "'000"
    for wording in (
        f"{figure} {unit}",
        *(before if first[-1:].isalpha() else reversed(before)),
        f"{rest} {figure} {first}",
    ):
        found = values(wording.strip())
        if len(found) == 1 and found[0].type != "date" and found[0].end - found[0].start >= len(wording.strip()) - 1:
            return wording.strip(), (found[0].type, found[0].value)
    return None


def _modality(row: Row, columns: list[tuple[str, str]]) -> Modality | None:
    for cell, (name, _) in zip(row.cells, columns):
        if _is_status(name):
            text = cell.text.lower()
            for kind, phrases in knowledge.groups("statuses").items():
                if any(re.search(rf"(?:^|\W){re.escape(phrase)}(?:\W|$)", text) for phrase in phrases):
                    return cast(Modality, kind)
    return None


def _is_status(name: str) -> bool:
    return knowledge.lookup("columns").get(name) == "status"
