"""`rahdari export`: what the store holds, for programs elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import IO

import click

from rahdari.channels.text import visible
from rahdari.cli.paths import FilePath
from rahdari.settings import Settings

_FORMS = ("csv", "jsonl", "jsonld", "turtle")
_TABLES = ("facts", "documents", "entities", "sentences")
_EVERY = 100  # rows, the progress bar moves
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\xa0]*[/#:]")


@click.command(
    epilog="""\b
Examples:
  rahdari export facts.csv
  rahdari export tables/
  rahdari export facts.ttl --base https://example.org/facts/
  rahdari export - --format jsonl --what documents | head -1"""
)
@click.argument("path", type=FilePath(allow_dash=True))
@click.option("--format", "form", type=click.Choice((*_FORMS, "ttl")), help="Default: as PATH ends, csv for a folder.")
@click.option(
    "--what",
    "tables",
    multiple=True,
    type=click.Choice(_TABLES),
    help="May be given several times. Default: facts, with their documents and entities in RDF; all for a folder.",
)
@click.option("--base", help="Begins the addresses of things in RDF. Default: one that leads nowhere.")
def export(path: Path, form: str | None, tables: tuple[str, ...], base: str | None) -> None:
    """Write what the store holds to PATH: as CSV, JSON Lines, JSON-LD or Turtle.

    PATH ends with .csv, .jsonl, .jsonld or .ttl; or it is a folder, or has no ending, and then gets a file for each
    table; or it is -, for standard output. A file that is there is replaced when all is written.

    docs/exchange.md tells what stands in each.
    """
    from rahdari import exchange

    stream = str(path) == "-"
    folder = not stream and (path.is_dir() or not path.suffix and not path.exists())
    form = "turtle" if form == "ttl" else form or ("csv" if folder else exchange.form_of(path))
    if form is None:
        raise click.UsageError(f"Nothing tells the form of {visible(str(path))}; add --format {', '.join(_FORMS)}.")
    graph = form in ("jsonld", "turtle")
    tables = tuple(dict.fromkeys(tables)) or exchange.default_tables(form, folder)
    if graph and folder:
        raise click.UsageError(f"{form} is one file; name one, such as facts{exchange.FORMS[form]}.")
    if not graph and not folder and len(tables) > 1:
        raise click.UsageError(f"A {form} file holds one table; name a folder, or give --what once.")
    if base is not None and not (graph and _BASE.fullmatch(base)):
        raise click.UsageError("--base is for jsonld and turtle, and an address that ends with / # or :")
    counts = _export(sys.stdout if stream else path, form, tables, folder, base or exchange.BASE)
    if not stream:
        told = ", ".join(f"{count} {table}" for table, count in counts)
        click.echo(visible(f"{path} holds {told}."))


def _export(
    where: Path | IO[str], form: str, tables: tuple[str, ...], folder: bool, base: str
) -> list[tuple[str, int]]:
    from rich.console import Console
    from rich.progress import Progress

    from rahdari import exchange

    console = Console(stderr=True)
    shown = console.is_terminal and (isinstance(where, Path) or not sys.stdout.isatty())
    with Progress(console=console, transient=True, disable=not shown) as bar:
        task = bar.add_task("writing", total=None)

        def show(done: int, total: int) -> None:
            if done % _EVERY == 0:
                bar.update(task, completed=done, total=total)

        url = Settings.from_environment().database_url
        return exchange.export(url, where, form, tables, folder, base, show)
