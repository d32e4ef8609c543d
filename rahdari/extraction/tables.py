"""A table's rows -> what each is about, and a fact for each of its other cells: cost, length, status by row.

The header names the predicate: under `Cost (US$ million)` the cell `312` says that the thing of this row has the cost
`312`, whose value is that of `US$ 312 million`. A status tells how real the row's thing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from rahdari import knowledge
from rahdari.extraction.values import values
from rahdari.reading.places import Cell, Row, Table, tables
from rahdari.records import EntityType, Modality, ValueType

_UNIT = re.compile(r"^(.*?)\s*[(\[]\s*(?:in\s+)?([^()\[\]]{1,30})[)\]]\s*$|^(.*?),?\s+in\s+([\w$€£. ]{1,30})$")
_FIGURE = re.compile(r"[-–]?\d[\d,.\s]*")
_NOTHING = re.compile(r"[\W_]*|n/?a|nil|none|tbd|unknown", re.IGNORECASE)
_SEVERAL = re.compile(r"[;,/|:]|\band\b|\d{4}")  # more than one name, or more than a name
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 240
STATUS = "status"


@dataclass(frozen=True)
class Said:
    """What one cell says of its row's thing.

    Attributes:
        cell: in the document.
        predicate: the column's header; STATUS for what says how far the thing is.
        value: its kind and normalised value, where that needs the unit in the header; else None.
    """

    cell: Cell
    predicate: str
    value: tuple[ValueType, str] | None = None


@dataclass(frozen=True)
class Told:
    """A row as it is told.

    Attributes:
        subject: the cell that names its thing.
        named: the cells that name something whose kind the header says, the subject among them.
        said: what its other cells say, empty ones left out.
        modality: of its status; None where it has none that is known.
    """

    start: int
    end: int
    subject: Cell
    named: tuple[tuple[Cell, EntityType], ...]
    said: tuple[Said, ...]
    modality: Modality | None


def told(text: str) -> list[Told]:
    """All rows of all tables of a document's text that name what they are about, in order."""
    return [row for table in tables(text) for row in _rows(table)]


def headers(text: str) -> list[tuple[int, int]]:
    """Start and end of each table's header row."""
    return [(table.header.start, table.header.end) for table in tables(text)]


def _rows(table: Table) -> Iterator[Told]:
    columns = [_column(cell.text) for cell in table.header.cells]
    for row in table.rows:
        if table.subject >= len(row.cells) or _NOTHING.fullmatch(table.name(row)):
            continue
        modality = _modality(row, columns)
        said = tuple(_said(row, columns, table.subject))
        yield Told(row.start, row.end, row.cells[table.subject], tuple(_named(row, columns)), said, modality)


def _named(row: Row, columns: list[tuple[str, str]]) -> Iterator[tuple[Cell, EntityType]]:
    for cell, (name, _) in zip(row.cells, columns):
        kind = knowledge.lookup("columns").get(name)
        if kind and kind != STATUS and _LETTER.search(cell.text) and not _SEVERAL.search(cell.text):
            if not _NOTHING.fullmatch(cell.text):
                yield cell, cast(EntityType, kind)


def _said(row: Row, columns: list[tuple[str, str]], subject: int) -> Iterator[Said]:
    for number, (cell, (name, unit)) in enumerate(zip(row.cells, columns)):
        if number < subject and _FIGURE.fullmatch(cell.text):
            continue  # the number of the row
        if number != subject and name and not _NOTHING.fullmatch(cell.text):
            yield Said(cell, STATUS if _is_status(name) else name, _value(cell.text, unit) if unit else None)


def _column(header: str) -> tuple[str, str]:
    """A header's name in lower case, and the unit that it gives: `Cost (US$ million)`, `length, in km`."""
    match = _UNIT.match(header)
    name, unit = (
        (match.group(1) or match.group(3) or "", match.group(2) or match.group(4) or "") if match else (header, "")
    )
    return " ".join(name.lower().replace("*", "").split())[:_LONGEST], unit.strip()


def _value(text: str, unit: str) -> tuple[ValueType, str] | None:
    """A bare figure with its header's unit, normalised: `312` under `US$ million` as of `US$ 312 million`."""
    if not _FIGURE.fullmatch(text):
        return None
    first, _, rest = unit.partition(" ")
    figure = text.strip()
    for wording in (
        f"{figure} {unit}",
        f"{first}{figure} {rest}",
        f"{first} {figure} {rest}",
        f"{rest} {figure} {first}",
    ):
        found = values(wording.strip())
        if len(found) == 1 and found[0].type != "date" and found[0].end - found[0].start >= len(wording.strip()) - 1:
            return found[0].type, found[0].value
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
