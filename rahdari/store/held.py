"""One state of a store, held by an open connection, and the questions that can be put to it."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Sequence
from contextlib import suppress
from threading import RLock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.expression import Select

from rahdari.records import Document, Entity, Sentence
from rahdari.store import fulltext, schema
from rahdari.store.database import Database
from rahdari.store.keys import Key, each


def _close(connection: Connection, engine: Engine) -> None:
    with suppress(SQLAlchemyError):  # where the server is gone there is nothing to close
        connection.close()
    engine.dispose()


class Held:
    """A connection, shared by threads. It closes with the last reference to it, so nothing it holds may refer to it.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be opened.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lock = RLock()
        engine = database.reading_engine()
        try:
            self.connection = engine.connect()
        except BaseException:
            engine.dispose()
            raise
        self._text = fulltext.of(self.connection)
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
                raise self.database.unreadable(error) from error

    def documents(self, *conditions: Any) -> tuple[Document, ...]:
        """The documents that meet conditions, in the order of ids."""
        table = schema.documents
        rows = self.values(select(*schema.columns(table)).where(*conditions).order_by(table.c.id))
        return tuple(Document(*row) for row in rows)

    def documents_of(self, ids: Collection[str]) -> dict[str, Document]:
        """The documents of these ids."""
        return {document.id: document for document in self.documents(schema.documents.c.id.in_(each(ids)))}

    def entities(self, *conditions: Any) -> tuple[Entity, ...]:
        """The entities that meet conditions, in the order of ids."""
        table, names = schema.entities.c, schema.aliases.c
        statement = select(table.id, table.name, table.type, names.alias)
        statement = statement.outerjoin(schema.aliases, names.entity == table.id)
        found: dict[str, tuple[str, Any, list[str]]] = {}
        for id, name, type, alias in self.values(statement.where(*conditions).order_by(table.id, names.position)):
            found.setdefault(id, (name, type, []))[2].extend([] if alias is None else [alias])
        return tuple(Entity(id, name, type, tuple(aliases)) for id, (name, type, aliases) in found.items())

    def entity(self, id: str) -> Entity | None:
        """The entity of this id, or None."""
        return next(iter(self.entities(schema.entities.c.id == id)), None)

    def mentioned(self, entity: str) -> int:
        """The number of sentences that mention an entity."""
        table = schema.mentions.c
        keys = select(table.document, table.sentence).where(table.entity == entity).distinct().subquery()
        return int(self.values(select(func.count()).select_from(keys))[0][0])

    def sentences_in(self, documents: Collection[str]) -> dict[str, tuple[Sentence, ...]]:
        """The sentences of documents, in order."""
        table = schema.sentences
        statement = select(*schema.columns(table)).where(table.c.document.in_(each(documents)))
        found: dict[str, list[Sentence]] = {}
        for row in self.values(statement.order_by(table.c.document, table.c.index)):
            sentence = Sentence(*row)
            found.setdefault(sentence.document, []).append(sentence)
        return {document: tuple(sentences) for document, sentences in found.items()}

    def search(self, terms: Sequence[str], limit: int, documents: Sequence[str] | None) -> list[tuple[Key, float]]:
        """As Store.search."""
        with self.lock:
            return self._text.search(self.connection, terms, limit, documents)

    def frequency(self, word: str) -> int:
        """As Store.frequency."""
        with self.lock:
            return self._text.frequency(self.connection, word)
