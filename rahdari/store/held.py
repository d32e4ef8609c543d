"""One state of a store, held by an open connection, and the questions that can be put to it."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.expression import Select

from rahdari.errors import StoreError
from rahdari.records import Sentence
from rahdari.store import address, schema
from rahdari.store.fulltext import SqliteFullText
from rahdari.store.keys import Key


def _close(connection: Connection, engine: Engine) -> None:
    connection.close()
    engine.dispose()


class Held:
    """A connection, shared by threads. It closes with the last reference to it, so nothing it holds may refer to it.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = RLock()
        self._text = SqliteFullText()
        engine = address.reading_engine(path)
        try:
            self.connection = engine.connect()
        except BaseException:
            engine.dispose()
            raise
        # to hold on to a state that nobody asks for any more would keep the log from being emptied
        weakref.finalize(self, _close, self.connection, engine)

    def rows(self, statement: Select) -> list[dict[str, Any]]:
        """The rows of a query, each by column name.

        Raises:
            StoreError: the database cannot be read.
        """
        names = [column.name for column in statement.selected_columns]
        return [dict(zip(names, row)) for row in self.values(statement)]

    def values(self, statement: Select) -> list[tuple[Any, ...]]:
        """The rows of a query, each a tuple, which is quicker where there are a great many. Raises as `rows`."""
        with self.lock:
            try:
                return [tuple(row) for row in self.connection.execute(statement)]
            except SQLAlchemyError as error:
                raise StoreError(f"{self.path} cannot be read: {error}") from error

    def sentences_in(self, document: str) -> tuple[Sentence, ...]:
        """The sentences of a document, in order."""
        table = schema.sentences
        statement = select(*schema.columns(table)).where(table.c.document == document).order_by(table.c.index)
        return tuple(schema.sentence(row) for row in self.rows(statement))

    def search(self, terms: Sequence[str], limit: int, documents: Sequence[str] | None) -> list[tuple[Key, float]]:
        """As Store.search."""
        with self.lock:
            return self._text.search(self.connection, terms, limit, documents)

    def frequency(self, word: str) -> int:
        """As Store.frequency."""
        with self.lock:
            return self._text.frequency(self.connection, word)
