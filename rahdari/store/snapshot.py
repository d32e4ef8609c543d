"""One state of a store: what was read of it is kept, for it never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from rahdari.errors import StoreDamaged, StoreError, StoreOutdated
from rahdari.records import Document, Entity, Sentence
from rahdari.store import address, schema
from rahdari.store.codec import Vectors, unpack_vectors
from rahdari.store.held import Held
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
    with _reading(path) as connection:
        if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
            raise _unreadable(path, StoreDamaged)
        return _noted(connection, path)


@contextmanager
def _reading(path: Path) -> Iterator[Connection]:
    address.signature(path)
    engine = address.reading_engine(path)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        # SQLite reports damage as an error of the plainest kind; what has a kind of its own is another matter
        raise _unreadable(path, StoreDamaged if type(error) is DatabaseError else StoreError) from error
    finally:
        engine.dispose()


def _noted(connection: Connection, path: Path) -> dict[str, str]:
    if not schema.exists(connection):  # an ingest has just begun, or was ended before its first store was finished
        raise address.missing(path)
    return schema.noted(connection)


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
    """A store as it was when it was opened.

    Raises:
        StoreMissing: nothing was ingested there yet.
        StoreOutdated: another version of the code wrote it.
        StoreError: it is no store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.signature = address.signature(path)
        try:
            held = Held(path)
            self.meta = _noted(held.connection, path)
        except SQLAlchemyError as error:
            raise _unreadable(path) from error
        if self.meta.get("schema") != schema.SCHEMA:
            raise StoreOutdated(
                f"{path} has the schema {self.meta.get('schema')}, not {schema.SCHEMA}; run `rahdari ingest`"
            )
        # what is kept refers to `held` and not to this object, so that both go when nobody uses them any more
        self.held = held
        self.rows = held.rows
        self.search = held.search
        self.sentences_in: Callable[[str], tuple[Sentence, ...]] = lru_cache(_KEPT_DOCUMENTS)(held.sentences_in)
        self.frequency: Callable[[str], int] = lru_cache(_KEPT_WORDS)(held.frequency)

    def keep(self, before: Snapshot) -> None:
        """Takes over what was read of an earlier opening of the same state."""
        kept = ("documents", "echoing", "entities", "keys", "vectors")
        vars(self).update({name: value for name, value in vars(before).items() if name in kept})

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
        return tuple((document, index) for document, index in self.held.values(statement))

    @cached_property
    def echoing(self) -> frozenset[Key]:
        """The keys of sentences that only repeat one of another document."""
        table = schema.sentences.c
        rows = self.rows(select(table.document, table.index).where(table.echo_document.is_not(None)))
        return frozenset((row["document"], row["index"]) for row in rows)

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of all sentences, in the order of keys; read only."""
        table = schema.sentences
        statement = select(table.c.vector, table.c.echo_document).order_by(table.c.document, table.c.index)
        rows = self.held.values(statement)
        array = unpack_vectors([vector for vector, _ in rows], schema.DIMENSIONS)
        array[[echo is not None for _, echo in rows]] = 0  # echoes are near to nothing
        array.flags.writeable = False
        return array
