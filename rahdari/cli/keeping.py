"""`rahdari backup`, `rahdari restore` and `rahdari migrate`: copies of the store."""

from __future__ import annotations

from pathlib import Path

import click

from rahdari.channels.text import visible
from rahdari.cli.paths import FilePath
from rahdari.settings import Settings


@click.command(
    epilog="""\b
Examples:
  rahdari backup /srv/backups/store-2026-11-26.sqlite"""
)
@click.argument("file", type=FilePath(dir_okay=False))
def backup(file: Path) -> None:
    """Copy the store into FILE, while bots read it and an ingest writes to it.

    An older copy at FILE is replaced; anything else is left alone. A store in PostgreSQL is copied by its pg_dump.
    """
    from rahdari.store import backup as copy

    copy(Settings.from_environment().database_url, file)
    click.echo(visible(f"The store is copied to {file}."))


@click.command(
    epilog="""\b
Examples:
  rahdari restore /srv/backups/store-2026-11-26.sqlite"""
)
@click.argument("file", type=FilePath(dir_okay=False))
def restore(file: Path) -> None:
    """Put a copy that `rahdari backup` wrote in the place of the store.

    A bot that is running answers from it at once. What is no store, or is damaged, is refused.
    """
    from rahdari.store import restore as bring_back

    bring_back(Settings.from_environment().database_url, file)
    click.echo(visible(f"The store is what {file} holds."))


@click.command(
    epilog="""\b
Examples:
  rahdari migrate sqlite:///var/store.sqlite postgresql://rahdari@db.example/rahdari
  rahdari migrate --replace postgresql://rahdari@db.example/rahdari sqlite:////srv/store.sqlite"""
)
@click.argument("source", metavar="FROM_URL")
@click.argument("target", metavar="TO_URL")
@click.option("--replace", is_flag=True, help="Put it in the place of a store that is at TO_URL already.")
def migrate(source: str, target: str, replace: bool) -> None:
    """Copy the store at FROM_URL to TO_URL, from SQLite to PostgreSQL or back.

    All rows are counted there, and the copy is looked at as `rahdari documents verify` does; the exit status is 1
    when something is wrong with it. The store at FROM_URL stays as it is: what the bot reads is told by
    RAHDARI_DATABASE_URL.
    """
    from rahdari.store import copy, name_of, verify

    counts = copy(source, target, replace)
    problems = verify(target)
    for line in problems:
        click.echo(visible(line))
    parts = ", ".join(f"{counts[table]} {table}" for table in ("documents", "sentences", "entities", "facts"))
    click.echo(visible(f"Copied to {name_of(target)}: {parts}, {sum(counts.values())} rows in all."))
    if problems:
        raise click.exceptions.Exit(1)
    click.echo("Every table has as many rows as before, and all is in order.")
