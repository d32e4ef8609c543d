"""`rahdari work`: a hand for ingests that run elsewhere."""

from __future__ import annotations

import os
import signal
import sys

import click

from rahdari.channels.text import visible
from rahdari.settings import Settings


@click.command(
    epilog="""\b
Examples:
  RAHDARI_DATABASE_URL=postgresql://rahdari@db.example/rahdari rahdari work --jobs 4
  rahdari work --once"""
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read documents.")
@click.option("--once", is_flag=True, help="End when no document is left to be read.")
def work(jobs: int, once: bool) -> None:
    """Read documents for an ingest that runs on another machine, into the same store in PostgreSQL.

    `rahdari ingest` there hands the documents out; this needs no file of theirs, but the same version of Rahdari.
    It waits for the next ingest until Ctrl-C or a SIGTERM ends it. It can be ended at any moment: what it was at is
    read by others.
    """
    from rahdari import bootstrap
    from rahdari.cli.bars import progress_bar
    from rahdari.cli.ingesting import POLITE
    from rahdari.ingestion.helping import WAITING

    os.nice(POLITE)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # which lets go of what it was at
    with progress_bar(WAITING) as show:
        bootstrap.help_out(
            Settings.from_environment(), show, jobs, once, lambda line: click.echo(visible(line), err=True)
        )
