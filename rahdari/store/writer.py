"""Changing a store: in its place, in one transaction, which readers see whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from sqlalchemy import select
from sqlalchemy.engine import Engine

from rahdari.errors import StoreError
from rahdari.store import fulltext, schema, views
from rahdari.store.changing import Change, Progress
from rahdari.store.database import Database, database_at, writing_to


class Writer:
    """The only one that may change a store, while it is open. Open it with `open_writer`.

    Attributes:
        meta: what is noted in the store; empty where nothing was ingested yet.
        hashes: the sha256 of each document in it, by id.
        withheld: ids of documents that were taken out by hand.
    """

    def __init__(self, database: Database, engine: Engine, anew: bool = False) -> None:
        self._database = database
        self._engine = engine
        self.meta: Mapping[str, str] = {}
        self.hashes: Mapping[str, str] = {}
        self.withheld: frozenset[str] = frozenset()
        if not anew:
            self._look()

    @contextmanager
    def change(self, progress: Progress = lambda *_: None) -> Iterator[Change]:
        """What becomes of the store: all of it when the block ends, nothing where it ends with an error.

        Raises:
            StoreError: the store cannot be written. It then stays as it is.
        """
        try:
            with self._engine.connect() as connection:
                with writing_to(self._database):
                    connection.begin()
                    if not self.meta:
                        self._database.create(connection)
                        fulltext.of(connection).create(connection)
                        views.renew(connection)
                    change = Change(connection, self._database, self.hashes)
                if not self.meta:
                    change.note({"schema": schema.SCHEMA})
                yield change
                change.settle(progress)
                with writing_to(self._database):
                    connection.commit()
        except BaseException:
            with suppress(Exception):  # what went wrong before is to be told
                self._database.tidy(self._engine)
            raise
        self._look()
        self._database.tidy(self._engine)

    def _look(self) -> None:
        with writing_to(self._database), self._engine.begin() as connection:
            tables = self._database.tables(connection)
            if not tables:
                return
            if not schema.is_store(connection, tables):
                raise StoreError(
                    f"{self._database.name} is a database, but no store; name another file in RAHDARI_DATABASE_URL"
                )
            documents = schema.documents.c
            self.meta = schema.noted(connection)
            self.hashes = {row.id: row.sha256 for row in connection.execute(select(documents.id, documents.sha256))}
            self.withheld = frozenset(connection.execute(select(schema.withheld.c.document)).scalars())
            views.renew(connection)


@contextmanager
def open_writer(url: str, anew: bool = False) -> Iterator[Writer]:
    """Opens the store at an address for writing, and makes it when it is not there.

    Args:
        anew: begin with an empty store, whatever is there.

    Raises:
        StoreBusy: another process is writing to it.
        StoreDamaged: the file is no database, or a damaged one.
        StoreError: it is a database but no store, or cannot be written.
    """
    database = database_at(url)
    with database.writing(anew) as engine:
        writer = Writer(database, engine, anew)
        database.tidy(engine)
        yield writer
