"""One finished store file, opened: what was read of it is kept, for it never changes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.sql.expression import Select

from rahdari.errors import StoreDamaged, StoreError, StoreOutdated
from rahdari.records import Document, Entity, Extraction, Sentence
from rahdari.store import address, schema
from rahdari.store.codec import Vectors, unpack_extraction, unpack_vectors
from rahdari.store.fulltext import SqliteFullText
from rahdari.store.keys import Key

_KEPT_DOCUMENTS = 512  # whose sentences stay in memory
_KEPT_WORDS = 4096


def noted(url: str) -> dict[str, str]:
    """What is recorded of how the store at an address was built, by whatever version of the code.

    Raises:
        StoreMissing: there is none.
        StoreDamaged: the file is not whole; all of it is looked at.
        StoreError: the address or the file cannot be used.
    """
    path = address.file_of(url)
    size = address.signature(path)[-1]
    engine = address.reading_engine(path)
    try:
        with engine.connect() as connection:
            if not size or connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                raise _unreadable(path, StoreDamaged)
            return {row["key"]: row["value"] for row in connection.execute(select(schema.meta)).mappings()}
    except SQLAlchemyError as error:
        # SQLite reports damage as an error of the plainest kind; what has a kind of its own is another matter
        raise _unreadable(path, StoreDamaged if type(error) is DatabaseError else StoreError) from error
    finally:
        engine.dispose()


def origin_left(url: str) -> str | None:
    """What a damaged file still tells of the `origin` that was noted in it, if anything."""
    try:
        content = address.file_of(url).read_bytes()
    except OSError:
        return None
    match = re.search(rb"origin(settings|paths)", content)  # as SQLite writes a row: one value after the other
    return match.group(1).decode() if match else None


def _unreadable(path: Path, kind: type[StoreError] = StoreError) -> StoreError:
    return kind(f"{path} is no store that can be read; remove it and run `rahdari ingest`")


class Snapshot:
    """A store file as it was when it was opened.

    Raises:
        StoreMissing: there is no file.
        StoreOutdated: another version of the code wrote it.
        StoreError: it is no store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.signature = address.signature(path)
        self._lock = RLock()  # one connection, shared by threads
        self._connection = address.reading_engine(path).connect()
        self._text = SqliteFullText()
        try:
            self.meta: dict[str, str] = {row["key"]: row["value"] for row in self.rows(select(schema.meta))}
            if self.signature != address.signature(path):  # replaced between the look and the opening
                self.signature = (0, 0, 0)  # so that the next refresh opens it again
        except StoreError as error:
            self.close()
            raise _unreadable(path) from error
        if self.meta.get("schema") != schema.SCHEMA:
            self.close()
            raise StoreOutdated(
                f"{path} has the schema {self.meta.get('schema')}, not {schema.SCHEMA}; run `rahdari ingest`"
            )
        self.sentences_in: Callable[[str], tuple[Sentence, ...]] = lru_cache(_KEPT_DOCUMENTS)(self._sentences_in)
        self.frequency: Callable[[str], int] = lru_cache(_KEPT_WORDS)(self._frequency)

    def close(self) -> None:
        """Gives the file back."""
        with self._lock:
            self._connection.close()
            self._connection.engine.dispose()

    def rows(self, statement: Select) -> list[dict[str, Any]]:
        """The rows of a query, each by column name.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._lock:
            try:
                return [dict(row) for row in self._connection.execute(statement).mappings()]
            except SQLAlchemyError as error:
                raise StoreError(f"{self.path} cannot be read: {error}") from error

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in the order of ids."""
        rows = self.rows(select(*schema.columns(schema.documents)).order_by(schema.documents.c.id))
        return MappingProxyType({row["id"]: schema.document(row) for row in rows})

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """All entities by id, in the order of ids."""
        names: dict[str, list[str]] = {}
        table = schema.aliases
        for row in self.rows(select(table).order_by(table.c.entity, table.c.position)):
            names.setdefault(row["entity"], []).append(row["alias"])
        rows = self.rows(select(schema.entities).order_by(schema.entities.c.id))
        entities = (Entity(**row, aliases=tuple(names.get(row["id"], ()))) for row in rows)
        return MappingProxyType({entity.id: entity for entity in entities})

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all sentences, in order."""
        table = schema.sentences
        statement = select(table.c.document, table.c.index).order_by(table.c.document, table.c.index)
        return tuple((row["document"], row["index"]) for row in self.rows(statement))

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of all sentences, in the order of keys; read only."""
        table = schema.sentences
        statement = select(table.c.vector).order_by(table.c.document, table.c.index)
        array = unpack_vectors([row["vector"] for row in self.rows(statement)], schema.DIMENSIONS)
        array.flags.writeable = False
        return array

    def originals(self, document: str) -> tuple[Extraction, Vectors]:
        """What was extracted from a document before entities were merged, and its vectors: for the next ingest."""
        table = schema.documents
        blob = self.rows(select(table.c.extraction).where(table.c.id == document))[0]["extraction"]
        extraction = unpack_extraction(blob)
        first = bisect_left(self.keys, (document, 0))  # SQLite orders texts as Python does: by code points
        return extraction, self.vectors[first : first + len(extraction.sentences)]

    def search(self, terms: Sequence[str], limit: int, documents: Sequence[str] | None) -> list[tuple[Key, float]]:
        """As Store.search."""
        with self._lock:
            return self._text.search(self._connection, terms, limit, documents)

    def _frequency(self, word: str) -> int:
        with self._lock:
            return self._text.frequency(self._connection, word)

    def _sentences_in(self, document: str) -> tuple[Sentence, ...]:
        table = schema.sentences
        statement = select(*schema.columns(table)).where(table.c.document == document).order_by(table.c.index)
        return tuple(schema.sentence(row) for row in self.rows(statement))
