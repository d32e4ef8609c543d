"""Which database a store is kept in, and all that differs between them but the search for words: see `fulltext`."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, SQLAlchemyError

from rahdari.errors import StoreDamaged, StoreError, StoreMissing
from rahdari.store import address, lock, schema

_ROWS_LOOKED_AT = 1000  # of an index, by ANALYZE
_SAID_ANYWAY = ("*** in database main ***", "database disk image is malformed")  # by SQLite, with what is damaged

Signature = tuple[int, ...]
"""What changes when a store does; the second number is the time of the latest change in ns."""


class Database(Protocol):
    """A place for one store.

    Attributes:
        name: as messages tell it; no password is in it.
    """

    name: str

    def signature(self) -> Signature:
        """What the store is like now; cheap. Raises StoreMissing where there is none."""

    def missing(self) -> StoreMissing:
        """The error where nothing was ingested yet."""

    def reading_engine(self) -> Engine:
        """One connection for reading: from its first look on it reads one state, whatever is written since."""

    def lost(self, connection: Connection) -> bool:
        """Whether nothing more can be read over a connection for reading: the server has ended it, say."""

    def writing(self, anew: bool) -> AbstractContextManager[Engine]:
        """A connection for writing, for as long as nobody else has one; a store of an earlier schema is brought up.

        Args:
            anew: whatever is there does not count, and may be damaged.

        Raises:
            StoreBusy: another process is writing.
            StoreDamaged: what lies there is no database, or a damaged one.
            StoreOutdated: a later version of the code wrote it.
            StoreError: it cannot be written.
        """

    def tables(self, connection: Connection) -> Collection[str]:
        """The names of all tables that are there."""

    def create(self, connection: Connection) -> None:
        """Makes all tables, empty."""

    def changed(self, connection: Connection) -> None:
        """Part of each transaction that writes, so that readers see that there is something new."""

    def numbered(self, connection: Connection) -> None:
        """Part of a transaction that gave rows numbers of its own: later ones get higher ones."""

    def settle(self, connection: Connection) -> None:
        """Part of each transaction that changes documents: lets the database look at what it now holds."""

    def tidy(self, engine: Engine) -> None:
        """After each transaction that writes."""

    def damage(self, connection: Connection, quick: bool = False) -> list[str]:
        """What the database itself finds wrong, a line each; all of it is looked at, if quick without its indexes."""

    def unreadable(self, error: Exception | None) -> StoreError:
        """What to raise for an error while reading, None where damage was found; StoreDamaged where it is that."""

    def unwritable(self, error: Exception) -> StoreError:
        """What to raise for an error while writing; StoreDamaged where it tells of damage."""


class SqliteFile:
    """A store in a file: see rahdari.store.address. SQLite's write-ahead log keeps readers and the writer apart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        self._commits = address.Commits(path)

    def signature(self) -> Signature:
        """As Database.signature: two stats, and a question that SQLite answers from memory."""
        return self._commits.signature()

    def missing(self) -> StoreMissing:
        """As Database.missing."""
        return address.missing(self.path)

    def reading_engine(self) -> Engine:
        """As Database.reading_engine."""
        return address.reading_engine(self.path)

    def lost(self, connection: Connection) -> bool:
        """As Database.lost: nobody ends a connection to a file."""
        return False

    @contextmanager
    def writing(self, anew: bool) -> Iterator[Engine]:
        """As Database.writing."""
        from rahdari.store import migrating  # which opens stores itself

        with lock.writing(self.path):
            try:
                if anew:
                    address.remove(self.path)
                elif not self.path.exists():
                    address.remove_logs(self.path)
                migrating.up(self.path)
            except (sqlite3.DatabaseError, OSError) as error:
                raise self.unwritable(error) from error
            engine = address.writing_engine(self.path)
            try:
                yield engine
            finally:
                engine.dispose()

    def tables(self, connection: Connection) -> Collection[str]:
        """As Database.tables."""
        return set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())

    def create(self, connection: Connection) -> None:
        """As Database.create."""
        schema.create(connection)

    def changed(self, connection: Connection) -> None:
        """As Database.changed: SQLite counts commits; the time, in s, stands where it keeps a number for its users."""
        connection.exec_driver_sql(f"PRAGMA user_version = {int(time.time())}")

    def numbered(self, connection: Connection) -> None:
        """As Database.numbered: SQLite looks for itself."""

    def settle(self, connection: Connection) -> None:
        """As Database.settle."""
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")

    def tidy(self, engine: Engine) -> None:
        """Carries over into the file what the log holds, but for what a reader still needs there: the next time."""
        cursor = engine.raw_connection().cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {address.PATIENCE_MS}")
        cursor.close()

    def damage(self, connection: Connection, quick: bool = False) -> list[str]:
        """As Database.damage."""
        check = "PRAGMA quick_check" if quick else "PRAGMA integrity_check"
        rows = connection.exec_driver_sql(check).scalars()
        lines = [line for row in rows for line in row.splitlines()]  # several in the first row
        return [] if lines == ["ok"] else [line for line in lines if line not in _SAID_ANYWAY] or lines

    def unreadable(self, error: Exception | None) -> StoreError:
        """As Database.unreadable."""
        if error is not None and _kind(error) is StoreError:
            return StoreError(f"{self.name} cannot be read: {cause(error)}")
        return StoreDamaged(
            f"{self.name} is damaged, or no store that can be read; bring a copy back with `rahdari restore`, or, "
            "where there is none, remove it and run `rahdari ingest`"
        )

    def unwritable(self, error: Exception) -> StoreError:
        """As Database.unwritable."""
        advice = "; close the other program that has it open" if "is locked" in cause(error) else ""
        return _kind(error)(f"the store cannot be written to {self.name}: {cause(error)}{advice}")


def _kind(error: Exception) -> type[StoreError]:
    """SQLite reports damage as an error of the plainest kind; what has a kind of its own is another matter.

    So a disk that is full, a file that may not be written and one that another program has locked are no damage: a
    damaged store is made anew, and forgets.
    """
    return StoreDamaged if type(error) in (DatabaseError, sqlite3.DatabaseError) else StoreError


@contextmanager
def writing_to(database: Database) -> Iterator[None]:
    """Tells as StoreError what goes wrong while the block writes to a store."""
    try:
        yield
    except (SQLAlchemyError, OSError, UnicodeError) as error:  # SQLite takes no half surrogate pairs
        raise database.unwritable(error) from error


def database_at(url: str) -> Database:
    """The database at a SQLAlchemy address; nothing is opened.

    Raises:
        StoreError: the address is none, or of a database that no store can be kept in.
    """
    if not url.startswith("postgres"):
        return SqliteFile(address.file_of(url))
    from rahdari.store.postgresql import PostgresServer

    return PostgresServer(url)


def name_of(url: str) -> str:
    """The store at an address, as messages tell it. Raises as `database_at`."""
    return database_at(url).name


def on_server(url: str) -> bool:
    """Whether the store at an address is no file. Raises as `database_at`."""
    return not isinstance(database_at(url), SqliteFile)


def cause(error: Exception) -> str:
    """What the server or its driver says of an error, on one line, without the statement."""
    told = str(error.orig if isinstance(error, DBAPIError) else error)
    return " ".join(told.split())
