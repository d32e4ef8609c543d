"""One state of a store: what was read of it is kept, for it never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from rahdari.errors import StoreOutdated
from rahdari.records import Document, Entity, Sentence
from rahdari.store import schema
from rahdari.store.database import Database, SqliteFile, database_at
from rahdari.store.held import Held
from rahdari.store.nearest import SEARCHED_WHOLE, Passages, Whole
from rahdari.store.recent import Recent

_KEPT_DOCUMENTS = 512  # whose sentences stay in memory
_KEPT_WORDS = 4096


def noted(url: str) -> dict[str, str]:
    """What is recorded of how the store at an address was built, by whatever version of the code.

    Raises:
        StoreMissing: there is none.
        StoreDamaged: the file is not whole; all of it is looked at.
        StoreError: the address or the file cannot be used.
    """
    database = database_at(url)
    with _reading(database) as connection:
        if database.damage(connection, quick=True):
            raise database.unreadable(None)
        return _noted(connection, database)


@contextmanager
def _reading(database: Database) -> Iterator[Connection]:
    database.signature()
    engine = database.reading_engine()
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise database.unreadable(error) from error
    finally:
        engine.dispose()


def _noted(connection: Connection, database: Database) -> dict[str, str]:
    if not database.tables(connection):  # an ingest has just begun, or was ended before its first store was finished
        raise database.missing()
    return schema.noted(connection)


def origin_left(url: str) -> str | None:
    """What a damaged file still tells of the `origin` that was noted in it, if anything."""
    database = database_at(url)
    try:
        content = database.path.read_bytes() if isinstance(database, SqliteFile) else b""
    except OSError:
        return None
    match = re.search(rb"origin(settings|paths)", content)  # as SQLite writes a row: one value after the other
    return match.group(1).decode() if match else None


class Snapshot:
    """A store as it was when it was opened.

    Raises:
        StoreMissing: nothing was ingested there yet.
        StoreOutdated: another version of the code wrote it.
        StoreError: it is no store.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.signature = database.signature()
        try:
            held = Held(database)
            self.meta = _noted(held.connection, database)
        except SQLAlchemyError as error:
            raise database.unreadable(error) from error
        if self.meta.get("schema") != schema.SCHEMA:
            raise StoreOutdated(
                f"{database.name} has the schema {self.meta.get('schema')}, not {schema.SCHEMA}; `rahdari migrate` "
                "brings up a store of an earlier version and loses nothing"
            )
        # what is kept refers to `held` and not to this object, so that both go when nobody uses them any more
        self.held = held
        self.rows = held.rows
        self.search = held.search
        self.sentences_in: Recent[tuple[Sentence, ...]] = Recent(held.sentences_in, (), _KEPT_DOCUMENTS)
        self.document: Recent[Document | None] = Recent(held.documents_of, None, _KEPT_DOCUMENTS)
        self.entity: Callable[[str], Entity | None] = lru_cache(_KEPT_WORDS)(held.entity)
        self.mentioned: Callable[[str], int] = lru_cache(_KEPT_WORDS)(held.mentioned)
        self.frequency: Callable[[str], int] = lru_cache(_KEPT_WORDS)(held.frequency)

    def lost(self) -> bool:
        """Whether nothing more can be read of it."""
        if not self.held.lock.acquire(blocking=False):
            return False  # somebody is just reading of it
        try:
            return self.database.lost(self.held.connection)
        finally:
            self.held.lock.release()

    def keep(self, before: Snapshot) -> None:
        """Takes over what was read of an earlier opening of the same state."""
        known = vars(before)
        kept = ["sentence_count", "document_count", "form_count"]
        if isinstance(known.get("nearest"), Whole):  # Passages reads on over the old connection, by old row numbers
            kept.append("nearest")
        vars(self).update({name: known[name] for name in kept if name in known})

    @cached_property
    def sentence_count(self) -> int:
        """The number of sentences."""
        return int(self.held.values(select(func.count()).select_from(schema.sentences))[0][0])

    @cached_property
    def document_count(self) -> int:
        """The number of documents."""
        return int(self.held.values(select(func.count()).select_from(schema.documents))[0][0])

    @cached_property
    def form_count(self) -> int:
        """The number of forms of all entities."""
        return int(self.held.values(select(func.count()).select_from(schema.forms))[0][0])

    @property
    def is_large(self) -> bool:
        """Whether a search does not look at all sentences."""
        return self.sentence_count > SEARCHED_WHOLE

    @cached_property
    def nearest(self) -> Whole | Passages:
        """What finds the sentences nearest to a vector."""
        return (Passages if self.is_large else Whole)(self.held)
