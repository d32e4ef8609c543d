"""Rows as a table, as JSON or as CSV: one way for all commands that list something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])
Rows = Sequence[Mapping[str, Any]]


def form_options(function: Function) -> Function:
    """Adds --json and --csv, which arrive as `form`."""
    as_json = click.option("--json", "form", flag_value="json", help="Print JSON.")
    as_csv = click.option("--csv", "form", flag_value="csv", help="Print CSV.")
    as_table = click.option("--table", "form", flag_value="table", default="table", help="Print a table (the default).")
    return as_json(as_csv(as_table(function)))


def show(rows: Rows, form: str, columns: Sequence[str], empty: str) -> None:
    """Prints rows to standard output; the table shows `columns` only, the other forms every key.

    `empty` is the sentence a table of no rows is replaced by.
    """
    if form == "json":
        show_json(list(rows))
    elif form == "csv":
        from rahdari.exchange import csv_lines

        sys.stdout.writelines(csv_lines(list(rows[0]) if rows else columns, rows))
    elif rows:
        _show_table(rows, columns)
    else:
        click.echo(empty)


def show_json(value: Any) -> None:
    """Prints a value as JSON, letters of all scripts as they are."""
    from rahdari.channels.text import json_text

    click.echo(json_text(value, indent=2))


def _show_table(rows: Rows, columns: Sequence[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from rahdari.channels.text import visible

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        right = isinstance(rows[0][column], int)
        table.add_column(column.replace("_", " "), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if row[column] is None else visible(str(row[column]), "\n\t")) for column in columns))
    console = Console()
    if not console.is_terminal:
        console.width = 160
    console.print(table)
