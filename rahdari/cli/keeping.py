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
@click.option("--anyway", is_flag=True, help="Take one that `documents verify` finds something wrong with.")
def restore(file: Path, anyway: bool) -> None:
    """Put a copy that `rahdari backup` wrote in the place of the store.

    A bot that is running answers from it at once. A copy that an earlier version of Rahdari wrote is brought up to
    this one. What is no store, is damaged or is not whole is refused: the copy is looked at first, as by `rahdari
    documents verify`.
    """
    from rahdari.cli.bars import progress_bar
    from rahdari.store import restore as bring_back

    with progress_bar("verifying") as show:
        bring_back(Settings.from_environment().database_url, file, show, anyway)
    click.echo(visible(f"The store is what {file} holds."))


@click.command(
    epilog="""\b
Examples:
  rahdari migrate
  rahdari migrate sqlite:///var/store.sqlite postgresql://rahdari@db.example/rahdari
  rahdari migrate --replace postgresql://rahdari@db.example/rahdari sqlite:////srv/store.sqlite"""
)
@click.argument("addresses", nargs=-1, metavar="[FROM_URL TO_URL]")
@click.option("--replace", is_flag=True, help="Put it in the place of a store that is at TO_URL already.")
def migrate(addresses: tuple[str, ...], replace: bool) -> None:
    """Bring the store up to this version, or copy it to another database.

    Without an address the store that an earlier version of Rahdari wrote is brought up to this one, in its place:
    nothing of it is lost.

    With two the store at FROM_URL is copied to TO_URL, from SQLite to PostgreSQL or back. All rows are counted there,
    and the copy is looked at as `rahdari documents verify` does; the exit status is 1 when something is wrong with it.
    The store at FROM_URL stays as it is: what the bot reads is told by RAHDARI_DATABASE_URL.
    """
    if not addresses and not replace:
        _bring_up(Settings.from_environment().database_url)
        return
    if len(addresses) != 2:
        raise click.UsageError("Give FROM_URL and TO_URL, or neither and no option to bring the store up.")
    from rahdari.cli.bars import progress_bar
    from rahdari.store import copy, name_of, verify

    source, target = addresses
    counts = copy(source, target, replace)
    with progress_bar("verifying") as show:
        problems = verify(target, show)
    for line in problems:
        click.echo(visible(line))
    parts = ", ".join(f"{counts[table]} {table}" for table in ("documents", "sentences", "entities", "facts"))
    click.echo(visible(f"Copied to {name_of(target)}: {parts}, {sum(counts.values())} rows in all."))
    if problems:
        raise click.exceptions.Exit(1)
    click.echo("Every table has as many rows as before, and all is in order.")


def _bring_up(url: str) -> None:
    from rahdari.store import SCHEMA, name_of, noted, open_writer

    seen = noted(url).get("schema")
    with open_writer(url):  # which does it
        pass
    if seen == SCHEMA:
        click.echo(visible(f"{name_of(url)} is of this version already."))
    else:
        click.echo(visible(f"{name_of(url)} is brought up from the schema {seen} to {SCHEMA}."))
