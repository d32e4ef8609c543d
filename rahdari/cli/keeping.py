"""`rahdari backup` and `rahdari restore`: copies of the store."""

from __future__ import annotations

from pathlib import Path

import click

from rahdari.channels.text import visible
from rahdari.settings import Settings


@click.command(
    epilog="""\b
Examples:
  rahdari backup /srv/backups/store-2026-11-26.sqlite"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the store into FILE, while bots read it and an ingest writes to it.

    An older copy at FILE is replaced; anything else is left alone.
    """
    from rahdari.store import backup as copy

    copy(Settings.from_environment().database_url, file)
    click.echo(visible(f"The store is copied to {file}."))


@click.command(
    epilog="""\b
Examples:
  rahdari restore /srv/backups/store-2026-11-26.sqlite"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put a copy that `rahdari backup` wrote in the place of the store.

    A bot that is running answers from it at once. What is no store, or is damaged, is refused.
    """
    from rahdari.store import restore as bring_back

    bring_back(Settings.from_environment().database_url, file)
    click.echo(visible(f"The store is what {file} holds."))
