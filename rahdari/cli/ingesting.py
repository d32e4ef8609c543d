"""`rahdari ingest`, and the ingest that other commands begin with when there is no store yet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rahdari.channels.text import visible
from rahdari.cli.bars import progress_bar
from rahdari.cli.paths import FilePath
from rahdari.settings import Settings, own_store

if TYPE_CHECKING:
    from rahdari.ingestion import Report
    from rahdari.reading import Metadata

_PARTS = ("new", "changed", "removed", "unchanged")
_NAMED = 20  # documents of each part, in a report for people
_AGAIN = 10.0  # seconds, after which a store is tried again that another ingest writes to
POLITE = 15  # added to the niceness of an ingest: who is asked answers first


@click.command(
    epilog="""\b
Examples:
  rahdari ingest
  rahdari ingest reports/ minutes/2024-05-02.md
  rahdari ingest --jobs 2 --watch archive/
  rahdari ingest --publisher "Ministry of Transport" --language en minutes/
  rahdari ingest --title "Annual report" --published 2024-05-02 report.pdf"""
)
@click.argument("paths", nargs=-1, type=FilePath(), metavar="[PATH]...")
@click.option("--dry-run", is_flag=True, help="Write nothing: tell what would be taken in and out.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read documents.")
@click.option("--watch", is_flag=True, help="Go on, and ingest again whenever a file changes; Ctrl-C ends it.")
@click.option("--title", help="Of the document, where there is but one.")
@click.option("--publisher", help="Of all documents.")
@click.option("--author", help="Of all documents.")
@click.option("--published", metavar="DATE", help="Of all documents: 2018-10-15, 2018-10 or 2018.")
@click.option("--language", metavar="CODE", help="Of all documents: en, ur, zh.")
@click.option("--address", metavar="URL", help="Where the document came from, where there is but one.")
@click.option("--allow-empty", is_flag=True, help="Let all leave that the store has of a folder which is empty now.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, with --watch one line for each.")
def ingest(
    paths: tuple[Path, ...], dry_run: bool, jobs: int, watch: bool, allow_empty: bool, as_json: bool, **said: str | None
) -> None:
    """Make the store hold exactly the documents at PATH.

    A PATH is a file or a folder; without one, the folder that RAHDARI_DOCUMENTS names is taken. Only new and
    changed documents are read by the extractor, and files that are gone leave the store. A bot that is running
    answers from all of it as soon as this has ended. It can be ended at any moment: the store stays as it was,
    and the next ingest goes on with what is left.

    What options say of the documents wins over tables beside them and over what they say themselves, and holds until
    the next ingest.

    What is left out is listed with its reason, and the exit status is then 1.
    """
    if dry_run and watch:
        raise click.UsageError("--dry-run looks once; leave --watch out.")
    told = _told(**said)
    os.nice(POLITE)
    settings = Settings.from_environment()
    run = partial(_ingest, settings, paths, jobs, dry_run, told=told, allow_empty=allow_empty)
    if watch:
        _watch(run, list(paths) or [settings.documents], as_json)
        return
    report = run()
    _show(report, dry_run, as_json)
    if report.left_out:
        raise click.exceptions.Exit(1)


def _told(
    title: str | None,
    publisher: str | None,
    author: str | None,
    published: str | None,
    language: str | None,
    address: str | None,
) -> Metadata:
    from rahdari.errors import UnreadableDocument
    from rahdari.reading.metadata import Metadata, iso_date, known, language_code

    try:
        day, code = iso_date(published, "--published"), language_code(language, "--language")
    except UnreadableDocument as error:
        raise click.UsageError(str(error)) from error
    return Metadata(known(title), known(publisher), known(author), day, code, known(address))


def ensure_store(settings: Settings) -> None:
    """Brings the store up to date with the documents of the settings, and makes it when there is none.

    A store that was made of paths somebody named keeps what it holds: they alone know what belongs in it. One that is
    damaged is made anew where it still tells that it was not, or tells nothing and lies where only a store lies.

    Raises:
        StoreElsewhere: the store was made of another folder than the settings name.
    """
    from rahdari.errors import StoreDamaged, StoreError, StoreMissing
    from rahdari.ingestion import told_before
    from rahdari.store import SCHEMA, noted, open_writer, origin_left

    exists, damaged, meta = True, False, {}
    try:
        meta = noted(settings.database_url)
        if meta.get("origin") != "settings":
            if meta.get("schema") != SCHEMA:
                with open_writer(settings.database_url):  # which brings it up to this version
                    pass
            return
        _check_folder(settings, meta)
    except StoreMissing:
        exists = False
        click.echo(f"Reading {settings.documents} first.", err=True)
    except StoreDamaged as error:
        origin = origin_left(settings.database_url)
        if origin == "paths":
            raise StoreDamaged(f"{error} with the paths that it was made of") from error
        if origin is None and settings.database_url != own_store(settings.home):
            raise  # it may be a file of somebody's
        exists, damaged = False, True
        advice = "`rahdari restore` brings a copy back with its history and what was taken out by hand"
        click.echo(visible(f"The store is damaged; it is made anew of {settings.documents}; {advice}."), err=True)
    try:
        report = _ingest(settings, (), anew=damaged, told=told_before(meta))
        for entry in report.left_out:
            click.echo(visible(f"left out: {entry.path}: {entry.reason}"), err=True)
        for note in report.notes:
            click.echo(visible(f"note: {note.path}: {note.text}"), err=True)
        if report.removed:
            gone = f"{len(report.removed)} taken out that are not there"
            click.echo(visible(f"The store now holds what is in {settings.documents}: {gone}."), err=True)
    except StoreError as error:
        if not exists:
            raise
        click.echo(f"The store stays as it is: {error}", err=True)


def _check_folder(settings: Settings, meta: dict[str, str]) -> None:
    """Whether the store was made of the folder that the settings name; a clone may have been moved as a whole."""
    import json

    from rahdari.errors import StoreElsewhere
    from rahdari.ingestion import where
    from rahdari.store import name_of

    before = json.loads(meta.get("paths", "[]"))
    now = json.loads(where([settings.documents], settings.database_url))
    if before and before[0][0] != now[0][0] and before[0][1] != now[0][1]:
        raise StoreElsewhere(
            f"the store {name_of(settings.database_url)} was made of the documents in {before[0][0]}, but "
            f"RAHDARI_DOCUMENTS is {now[0][0]}; name another folder in RAHDARI_HOME for a second bot, or run "
            "`rahdari ingest` to put these documents in the place of those"
        )


def _ingest(
    settings: Settings,
    paths: tuple[Path, ...],
    jobs: int = 1,
    dry_run: bool = False,
    anew: bool = False,
    told: Metadata | None = None,
    allow_empty: bool = False,
) -> Report:
    from rahdari import bootstrap

    with progress_bar("looking for documents") as show:
        return bootstrap.ingest(settings, paths, show, jobs, dry_run, anew, told, allow_empty)


def _watch(run: Callable[[], Report], paths: Sequence[Path], as_json: bool) -> None:
    from rahdari.errors import NothingToIngest, StoreError
    from rahdari.ingestion import changes

    for first in changes(paths):
        try:
            report = run() if first else _when_free(run)
            if first or report.built or report.left_out:
                _show(report, False, as_json, lines=True)
        except StoreError as error:
            if first and not isinstance(error, NothingToIngest):
                raise
            click.echo(visible(f"The store stays as it is: {error}"), err=True)


def _when_free(run: Callable[[], Report]) -> Report:
    """Ingests what has changed, though it be later: no other change need come."""
    from rahdari.errors import StoreBusy

    waiting = False
    while True:
        try:
            return run()
        except StoreBusy as error:
            if not waiting:
                click.echo(visible(f"What has changed waits: {error}"), err=True)
            waiting = True
            time.sleep(_AGAIN)


def as_values(report: Report) -> dict[str, Any]:
    """A report as JSON values."""
    left_out = [{"path": str(entry.path), "reason": entry.reason} for entry in report.left_out]
    ids: dict[str, Any] = {name: list(getattr(report, name)) for name in (*_PARTS, "withheld")}
    return {
        **ids,
        "superseded": dict(report.superseded),
        "left_out": left_out,
        "notes": [{"path": str(note.path), "note": note.text} for note in report.notes],
        "built": report.built,
        "version": report.version,
    }


def _show(report: Report, dry_run: bool, as_json: bool, lines: bool = False) -> None:
    if as_json:
        import json

        from rahdari.cli.output import show_json

        values = as_values(report)
        click.echo(json.dumps(values, ensure_ascii=False)) if lines else show_json(values)
        return
    for word in ("new", "changed", "removed", "withheld"):
        names = getattr(report, word)
        for name in names[:_NAMED]:
            click.echo(visible(f"{word}: {name}"))
        if len(names) > _NAMED:
            click.echo(f"{word}: {len(names) - _NAMED} more, which --json names")
    for old, new in report.superseded:
        click.echo(visible(f"superseded: {old}, by {new} from the same address"))
    for note in report.notes:
        click.echo(visible(f"note: {note.path}: {note.text}"))
    for entry in report.left_out:
        click.echo(visible(f"left out: {entry.path}: {entry.reason}"))
    parts = (f"{len(names)} {word}" for word in (*_PARTS, "withheld") if (names := getattr(report, word)))
    counts = ", ".join(parts) or "no document"
    tail = f", {len(report.left_out)} left out" if report.left_out else ""
    if not report.built:
        click.echo(f"Nothing to do, the store already holds exactly this: {counts}{tail}.")
    elif dry_run:
        click.echo(f"The store would be: {counts}{tail}.")
    else:
        click.echo(f"The store is built: {counts}{tail}.")
