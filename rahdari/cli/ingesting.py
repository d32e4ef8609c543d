"""`rahdari ingest`, and the ingest that other commands begin with when there is no store yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rahdari.channels.text import visible
from rahdari.settings import Settings, own_store

if TYPE_CHECKING:
    from rahdari.ingestion import Report


@click.command(
    epilog="""\b
Examples:
  rahdari ingest
  rahdari ingest reports/ minutes/2024-05-02.md"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def ingest(paths: tuple[Path, ...]) -> None:
    """Make the store hold exactly the documents at PATH.

    A PATH is a file or a folder; without one, the folder that RAHDARI_DOCUMENTS names is taken. Only new and
    changed documents are read by the extractor. What is left out is listed with its reason, and the exit status
    is then 1.
    """
    report = _ingest(Settings.from_environment(), paths)
    _show(report)
    if report.left_out:
        raise click.exceptions.Exit(1)


def ensure_store(settings: Settings) -> None:
    """Brings the store up to date with the documents of the settings, and makes it when there is none.

    A store that was made of paths somebody named stays as it is: they alone know what belongs in it. One that is
    damaged is made anew where it still tells that it was not, or tells nothing and lies where only a store lies.
    """
    from rahdari.errors import StoreDamaged, StoreError, StoreMissing
    from rahdari.store import noted, origin_left

    exists = True
    try:
        if noted(settings.database_url).get("origin") != "settings":
            return
    except StoreMissing:
        exists = False
        click.echo(f"Reading {settings.documents} first.", err=True)
    except StoreDamaged as error:
        origin = origin_left(settings.database_url)
        if origin == "paths":
            raise StoreDamaged(f"{error} with the paths that it was made of") from error
        if origin is None and settings.database_url != own_store(settings.home):
            raise  # it may be a file of somebody's
        exists = False
        click.echo(f"The store is damaged; it is made anew of {settings.documents}.", err=True)
    try:
        report = _ingest(settings, ())
        for entry in report.left_out:
            click.echo(visible(f"left out: {entry.path}: {entry.reason}"), err=True)
        if report.removed:
            gone = f"{len(report.removed)} taken out that are not there"
            click.echo(visible(f"The store now holds what is in {settings.documents}: {gone}."), err=True)
    except StoreError as error:
        if not exists:
            raise
        click.echo(f"The store stays as it is: {error}", err=True)


def _ingest(settings: Settings, paths: tuple[Path, ...]) -> Report:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from rahdari import bootstrap

    columns = TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("loading the models", total=None)

        def show(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, description=visible(name))

        return bootstrap.ingest(settings, paths, show)


def _show(report: Report) -> None:
    parts = {"new": report.new, "changed": report.changed, "removed": report.removed, "unchanged": report.unchanged}
    for word in ("new", "changed", "removed"):
        for name in parts[word]:
            click.echo(visible(f"{word}: {name}"))
    for entry in report.left_out:
        click.echo(visible(f"left out: {entry.path}: {entry.reason}"))
    counts = ", ".join(f"{len(names)} {word}" for word, names in parts.items() if names)
    tail = f", {len(report.left_out)} left out" if report.left_out else ""
    if report.built:
        click.echo(f"The store is built: {counts}{tail}.")
    else:
        click.echo(f"Nothing to do, the store already holds exactly this: {counts}{tail}.")
