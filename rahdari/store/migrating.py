"""Bringing a store of an earlier schema up to this one.

A file is copied and the copy renamed into place, so that nobody sees it half done; on a server one transaction does it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.engine import Connection

from rahdari.errors import StoreBusy, StoreOutdated
from rahdari.store import address, joining, safekeeping, schema, twins

_OLDEST = 1
_JOINED = 2  # the schema from which documents are joined by what is kept of each, so that it need not be done anew
_MIGRATIONS = Path(__file__).with_name("migrations")


def up(path: Path) -> None:
    """Brings the store in this file up to the schema of this code, where it has an earlier one.

    Bots of an earlier version that have it open go on reading the file as it was.

    Raises:
        StoreOutdated: a later version of the code wrote it.
        sqlite3.DatabaseError, StoreError: it is damaged, or cannot be written.
    """
    seen = _schema(path)
    if seen is None or seen == schema.SCHEMA:
        return
    check(str(path), seen)
    safekeeping.put(path, lambda aside: _upgraded(path, aside, seen))


def check(name: str, seen: str) -> None:
    """Whether steps lead to this schema from another one. Raises StoreOutdated where none do."""
    if not seen.isdigit() or not _OLDEST <= int(seen) < int(schema.SCHEMA):
        raise StoreOutdated(
            f"{name} has the schema {seen}, which this version of Rahdari does not know; run a later version, or name "
            "another store in RAHDARI_DATABASE_URL"
        )


def take_steps(connection: Connection, seen: str) -> None:
    """Takes all steps from a schema to this one, as part of a transaction."""
    _steps(connection, seen)
    connection.execute(schema.meta.delete().where(schema.meta.c.key == "schema"))
    schema.fill(connection, schema.meta, [{"key": "schema", "value": schema.SCHEMA}])
    if int(seen) >= _JOINED:
        return
    joining.rejoin(connection, list(connection.execute(select(schema.spellings.c.id)).scalars()))
    twins.settle(connection, list(connection.execute(select(schema.documents.c.id)).scalars()))


def _schema(path: Path) -> str | None:
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        if (
            connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'sentences')").fetchone()[0]
            < 2
        ):
            return None
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return str(row[0]) if row else None


def _upgraded(path: Path, aside: Path, seen: str) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(aside)) as copy:
        source.backup(copy)
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if address.log_of(path).exists() and address.log_of(path).stat().st_size:
        raise StoreBusy(f"{path} is of an earlier version, and a bot of that version reads it; end it first")
    engine = address.writing_engine(aside)
    try:
        with engine.begin() as connection:
            take_steps(connection, seen)
    finally:
        engine.dispose()  # which puts its log into the file


def _steps(connection: Connection, seen: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if not inspect(connection).has_table(schema.steps.name):
        command.stamp(config, seen)
    command.upgrade(config, "head")
