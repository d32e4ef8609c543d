"""Rows as lines of CSV, which is for spreadsheets, and of JSON, which is exact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rahdari.channels.text import json_text, spreadsheet_cell


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line with the names of the columns, then one for each row; keys that are no column are passed over.

    Texts are made safe for spreadsheets (rahdari.channels.text.spreadsheet_cell); a list becomes its items with
    semicolons between; what is not known, an empty cell.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(columns)
    yield _taken(line)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
        yield _taken(line)


def json_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A JSON object on a line for each row; keys that are no column are passed over."""
    for row in rows:
        yield json_text({column: row[column] for column in columns}) + "\n"


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    return spreadsheet_cell(value) if isinstance(value, str) else value
