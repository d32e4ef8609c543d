"""A store copied from one database into another: rows as they are, the index of words made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from rahdari.errors import StoreError, StoreMissing
from rahdari.store import address, fulltext, schema, views
from rahdari.store.database import Database, SqliteFile, cause, database_at
from rahdari.store.snapshot import Snapshot, noted

_AT_ONCE = 1000  # rows in memory


def copy(source: str, target: str, replace: bool = False) -> dict[str, int]:
    """Copies the store at one address to another, whatever databases they are in; the first stays as it is.

    Args:
        replace: a store that is there already goes, with all that was in it.

    Returns:
        How many rows of each table were copied; each table was counted there before anybody could see it.

    Raises:
        StoreMissing, StoreOutdated: as of Store.open, of the first.
        StoreBusy: somebody is writing to the second.
        StoreError: there is a store already, or one of them cannot be used; what was there then stays.
    """
    snapshot, to = Snapshot(database_at(source)), database_at(target)
    if to.name == snapshot.database.name:
        raise StoreError(f"{to.name} cannot be copied to itself; give another address")
    if not replace:
        _check_free(target, to)
    if isinstance(to, SqliteFile):
        from rahdari.store import safekeeping

        counts: dict[str, int] = {}
        if to.path.exists():
            aside = to.path.with_name(f"{to.path.name}.copy")
            safekeeping.put(aside, lambda path: counts.update(into_file(snapshot, path)))
            try:
                safekeeping.replace(to.path, aside)
            finally:
                address.remove(aside)
        else:
            address.remove_logs(to.path)
            safekeeping.put(to.path, lambda path: counts.update(into_file(snapshot, path)))
        return counts
    return into(snapshot, to)


def into_file(snapshot: Snapshot, path: Path) -> dict[str, int]:
    """Copies a store into a file that is empty or not there, and that nobody else knows. Returns as `copy`."""
    try:
        return into(snapshot, SqliteFile(path))
    finally:
        path.with_name(f"{path.name}.lock").unlink(missing_ok=True)


def into(snapshot: Snapshot, to: Database) -> dict[str, int]:
    """Copies a store in the place of whatever lies in another database, in one transaction. Returns as `copy`.

    Raises:
        StoreBusy, StoreError: as of `copy`.
    """
    try:
        with to.writing(anew=True) as engine:
            with engine.begin() as connection:
                to.create(connection)
                fulltext.of(connection).create(connection)
                views.renew(connection)
                counts = _fill(snapshot, connection)
                to.numbered(connection)
                to.settle(connection)
                to.changed(connection)
            to.tidy(engine)
            return counts
    except SQLAlchemyError as error:
        raise StoreError(f"{snapshot.database.name} cannot be copied to {to.name}: {cause(error)}") from error


def _check_free(url: str, to: Database) -> None:
    try:
        noted(url)
    except StoreMissing:
        return
    raise StoreError(f"there is a store already in {to.name}; give --replace to put this one in its place")


def _fill(snapshot: Snapshot, connection: Connection) -> dict[str, int]:
    counts: dict[str, int] = {}
    for table in schema.metadata.sorted_tables:
        if table is schema.steps:  # which has its one row already
            continue
        read = 0
        for part in _parts(snapshot, select(table).order_by(*table.primary_key.columns)):
            try:
                schema.fill(connection, table, part)
            except (SQLAlchemyError, ValueError) as error:
                raise StoreError(
                    f"{table.name} do not fit there: {cause(error)}; ingest the documents there instead: what cannot "
                    "be kept is left out and named"
                ) from error
            read += len(part)
        counts[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if counts[table.name] != read:
            raise StoreError(f"of {read} rows of {table.name} {counts[table.name]} came to be; nothing was copied")
    index, sentences = fulltext.of(connection), schema.sentences.c
    columns = select(sentences.row, sentences.text, func.coalesce(sentences.heading, "").label("heading"))
    wanted = columns.add_columns(sentences.context).where(sentences.echo_document.is_(None)).order_by(sentences.row)
    for part in _parts(snapshot, wanted):
        index.add(connection, [(row["row"], row["text"], row["heading"], row["context"]) for row in part])
    index.settle(connection)
    return counts


def _parts(snapshot: Snapshot, statement: Any) -> Iterator[list[Mapping[str, Any]]]:
    held = snapshot.held
    try:
        rows = held.connection.execute(statement, execution_options={"stream_results": True})
        for part in rows.mappings().partitions(_AT_ONCE):
            yield [dict(row) for row in part]
    except SQLAlchemyError as error:
        raise held.database.unreadable(error) from error
