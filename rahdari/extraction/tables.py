"""A table's rows -> what each is about, and a fact for each of its other cells: cost, length, status by row.

The header names the predicate: under `Cost (US$ million)` the cell `312` says that the thing of this row has the cost
`US$312 million`. A status tells how real the row's thing is. A row that sums up others, such as `Total`, is about no
thing of its own; a turned table, with `Cost`, `Length`, `Status` down its first column, is about those in its header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from rahdari import knowledge
from rahdari.extraction.values import values
from rahdari.reading.places import NOTE, Cell, Row, Table, parted, tables
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
    """What one cell says.

    Attributes:
        subject: the cell that names what it is said of: in its row, or in the header of a turned table.
        cell: in the document.
        predicate: the header above it, or beside it; STATUS for what says how far the thing is.
        object: the cell's text, with the unit in the header where it is a bare figure: `US$312 million`.
        modality: of the subject's status; None where it has none that is known.
        value: its kind and normalised value, where that needs the unit in the header; else None.
    """

    subject: Cell
    cell: Cell
    predicate: str
    object: str
    modality: Modality | None = None
    value: tuple[ValueType, str] | None = None


@dataclass(frozen=True)
class Told:
    """A row as it is told.

    Attributes:
        named: the cells that name something whose kind the header says.
        said: what its cells say, empty ones left out.
        modality: of the status of all that it is about; None where that is not known, or not one.
        label: the cell that names nothing itself, but says what is told of others: `Total`, `Cost` in a turned table.
        whole: its label says that it is of all that the table has.
    """

    start: int
    end: int
    named: tuple[tuple[Cell, EntityType], ...] = ()
    said: tuple[Said, ...] = ()
    modality: Modality | None = None
    label: Cell | None = None
    whole: bool = False


def told(text: str) -> list[Told]:
    """The rows of all tables of a document's text that tell something, in order, the header of a turned one too."""
    return [row for table in tables(text) for row in (_across(table) or _rows(table))]


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
            yield Told(row.start, row.end, (), said, _modality(row, columns), sum, sum is whole)
        elif table.subject < len(row.cells) and not _NOTHING.fullmatch(table.name(row)):
            named, said = tuple(_named(row, columns)), tuple(_said(row, columns, row.cells[table.subject]))
            yield Told(row.start, row.end, named, said, _modality(row, columns))


def _across(table: Table) -> list[Told]:
    """The rows of a turned table: `Cost`, `Length`, `Status` down its first column, things in its header."""
    first, *others = table.header.cells
    measures = [_column(row.cells[0].text) for row in table.rows]
    if table.subject or sum(_is_measure(name) for name, _ in measures) < max(2, 0.5 * len(measures)):
        return []
    if any(_is_measure(_column(cell.text)[0]) for cell in others):
        return []
    things = {number: (cell, kind) for number, cell in enumerate(others, 1) if (kind := _kind(first, cell))}
    status = next((row for row, (name, _) in zip(table.rows, measures) if _is_status(name)), None)
    real = {number: _reality(status.cells[number].text) for number in things if status and number < len(status.cells)}
    rows = [Told(table.header.start, table.header.end, tuple(things.values()))] if things else []
    for row, (name, unit) in zip(table.rows, measures if things else ()):
        said = tuple(
            _saying(things[number][0], cell, name, unit, real.get(number))
            for number, cell in enumerate(row.cells)
            if number in things and name and not _NOTHING.fullmatch(cell.text)
        )
        named = tuple(_named(row, [("", ""), *[(name, "")] * len(row.cells)]))
        modalities = {one.modality for one in said}
        rows.append(
            Told(row.start, row.end, named, said, modalities.pop() if len(modalities) == 1 else None, row.cells[0])
        )
    return rows


def _kind(first: Cell, cell: Cell) -> EntityType | None:
    """The kind of thing that a turned table's header names: the header's first cell tells it, else the name's noun."""
    name = _column(cell.text)[0]
    if not _LETTER.search(name) or _SEVERAL.search(cell.text) or summed(cell.text):
        return None
    told = knowledge.lookup("columns").get(_column(first.text)[0]) or knowledge.lookup("heads").get(name.split()[-1])
    return cast(EntityType, told) if told != STATUS and name not in knowledge.lookup("statuses") else None


def _is_measure(name: str) -> bool:
    """Whether a header, or the beginning of a row, says what is told of things: `cost`, `total length`, `status`."""
    words = name.split()
    if not words or name in knowledge.lookup("columns"):
        return bool(words)
    values = knowledge.words("attributes", "value")
    return words[-1] in values or words[0] in values and words[1] in ("of", "in", "per", "to", "for", "at")


def _sum(row: Row, subject: int) -> Cell | None:
    """The cell that says that a row sums up others."""
    return next((cell for cell in row.cells[: subject + 1] if summed(cell.text)), None)


def _whole(sums: Sequence[Cell]) -> Cell | None:
    """The one that is of all rows: the last total, unless another is called the same, as where each part has one."""
    totals = [cell for cell in sums if summed(cell.text) == "whole"]
    return totals[-1] if totals and [cell.text for cell in totals].count(totals[-1].text) == 1 else None


def summed(text: str) -> str | None:
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
    modality = _modality(row, columns)
    for cell, (name, unit) in zip(row.cells, columns):
        if cell.start < subject.start and _FIGURE.fullmatch(cell.text):
            continue  # the number of the row
        if cell is not subject and name and not _NOTHING.fullmatch(cell.text):
            yield _saying(subject, cell, name, unit, modality)


def _saying(subject: Cell, cell: Cell, name: str, unit: str, modality: Modality | None) -> Said:
    wording, value = _measured(cell.text, unit) or (cell.text, None)
    return Said(subject, cell, STATUS if _is_status(name) else name, wording, modality, value)


def _column(header: str) -> tuple[str, str]:
    """A header's name in lower case, and the unit that it gives: `Cost (US$ million)`, `length, in km`."""
    name, unit = parted(header)
    return " ".join(name.lower().replace("*", "").split())[:_LONGEST], unit


def _measured(text: str, unit: str) -> tuple[str, tuple[ValueType, str]] | None:
    """A bare figure with its header's unit, worded and normalised: `312` under `US$ million` as `US$312 million`."""
    text = NOTE.sub("", text)
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
            return _reality(cell.text)
    return None


def _reality(status: str) -> Modality | None:
    for kind, phrases in knowledge.groups("statuses").items():
        if any(re.search(rf"(?:^|\W){re.escape(phrase)}(?:\W|$)", status.lower()) for phrase in phrases):
            return cast(Modality, kind)
    return None


def _is_status(name: str) -> bool:
    return knowledge.lookup("columns").get(name) == "status"
