"""Writing what the store holds into a file, a folder or a stream, as it is read: memory does not grow with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from rahdari.exchange.graph import Graph
from rahdari.exchange.rdf import jsonld, turtle
from rahdari.exchange.tables import csv_lines, json_lines
from rahdari.store import Told, put_file

Progress = Callable[[int, int], object]
"""Called with the number of rows that are written and of all that are to be."""

BASE = "https://rahdari.invalid/"  # leads nowhere, and never will: https://www.rfc-editor.org/rfc/rfc6761#section-6.4
FORMS = {"csv": ".csv", "jsonl": ".jsonl", "jsonld": ".jsonld", "turtle": ".ttl"}
"""The forms, each with the ending of its files."""

TABLES = {
    "facts": "facts_told",
    "documents": "documents_read",
    "entities": "entities_named",
    "sentences": "sentences_read",
}
"""What can be exported, each with the view that its rows are of."""

_GRAPHS = {"jsonld": jsonld, "turtle": turtle}
_MARK = "\ufeff"  # at the beginning of a CSV file it tells spreadsheets that it is UTF-8


def form_of(path: Path) -> str | None:
    """The form that a file's ending tells, or None."""
    return next((form for form, ending in FORMS.items() if path.suffix.lower() == ending), None)


def default_tables(form: str, folder: bool) -> tuple[str, ...]:
    """What is exported where nobody says: all tables into a folder, what a fact needs into a graph, else facts."""
    if folder:
        return tuple(TABLES)
    return ("documents", "entities", "facts") if form in _GRAPHS else ("facts",)


def export(
    url: str,
    where: Path | IO[str],
    form: str,
    tables: Sequence[str],
    folder: bool = False,
    base: str = BASE,
    progress: Progress = lambda *_: None,
) -> list[tuple[str, int]]:
    """Writes tables of the store, all of them as it was at one moment.

    Args:
        where: a file, which is replaced when all is written; a folder; or a stream of text.
        tables: keys of TABLES; one of them where `form` is `csv` or `jsonl` and `where` is no folder.
        folder: `where` is a folder, to get a file for each table.
        base: begins the addresses of a graph's nodes.

    Returns:
        What was written, with the number of rows of each.

    Raises:
        StoreMissing, StoreOutdated: there is no store that can be read.
        StoreError: the store cannot be read, or the file not written; what was there then stays.
    """
    told = Told(url)
    counts = [(table, told.count(TABLES[table])) for table in tables]
    rows = _Rows(told, progress, sum(count for _, count in counts))
    if folder:
        assert isinstance(where, Path)
        for table in tables:
            _write(where / f"{table}{FORMS[form]}", form, _lines(rows, form, [table], base))
    elif isinstance(where, Path):
        _write(where, form, _lines(rows, form, tables, base))
    else:
        where.writelines(_lines(rows, form, tables, base))
    return counts


def _write(path: Path, form: str, lines: Iterable[str]) -> None:
    def into(aside: Path) -> None:
        with aside.open("w", encoding="utf-8", newline="") as file:
            file.write(_MARK if form == "csv" else "")
            file.writelines(lines)

    if path.exists() and not path.is_file():  # a pipe or a device
        into(path)
    else:
        put_file(path.resolve(), into)  # a link stays one


def _lines(rows: _Rows, form: str, tables: Sequence[str], base: str) -> Iterator[str]:
    if form in _GRAPHS:
        return _GRAPHS[form](_nodes(rows, tables, base))
    (table,) = tables
    return {"csv": csv_lines, "jsonl": json_lines}[form](rows.columns(table, form), rows.of(table))


def _nodes(rows: _Rows, tables: Sequence[str], base: str) -> Iterator[Mapping[str, Any]]:
    graph = Graph(base)
    for table in tables:
        if table == "facts":
            yield from graph.facts(rows.of(table), "sentences" not in tables)
        else:
            yield from {"documents": graph.documents, "entities": graph.entities, "sentences": graph.sentences}[table](
                rows.of(table)
            )


class _Rows:
    """Rows as they are exported, counted on the way."""

    def __init__(self, told: Told, progress: Progress, total: int) -> None:
        self._told = told
        self._progress = progress
        self._total = total
        self._done = 0

    def columns(self, table: str, form: str) -> list[str]:
        names = self._told.columns(TABLES[table])
        if table == "facts":
            return ["id", *(name for name in names if name != "fact")]
        if table == "documents" and form == "csv":  # a spreadsheet's cell ends at 32,767 characters
            return [name for name in names if name != "text"]
        return list(names)

    def of(self, table: str) -> Iterator[dict[str, Any]]:
        sentence, number = "", 0
        for given in self._told.rows(TABLES[table]):
            row = dict(given)
            if table == "facts":  # the number of its row is another after the next ingest, this is not
                before, sentence = sentence, f"{row['document']}/{row['sentence_number']}"
                number = number + 1 if sentence == before else 1
                row["id"] = f"{sentence}/{number}"
            if table == "entities":
                row["other_names"] = json.loads(row["other_names"])
            yield row
            self._done += 1
            self._progress(self._done, self._total)
