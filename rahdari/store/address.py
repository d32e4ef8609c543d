"""The address of a store, and how connections to it are opened.

SQLite's write-ahead log keeps readers and the one writer apart: a reader holds the state that it began with, and a
writer's transaction is seen whole or not at all (https://www.sqlite.org/wal.html).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from rahdari.errors import StoreError, StoreMissing

PATIENCE_MS = 10_000  # that a writer waits for a connection that is just recovering the log
_LOOK = "SELECT count(*) FROM sqlite_master"


def file_of(url: str) -> Path:
    """The file behind a SQLite address.

    Raises:
        StoreError: the address is not of a SQLite file.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{url!r} is no database address; write sqlite:///folder/store.sqlite") from error
    if address.get_backend_name() != "sqlite":
        raise StoreError(
            f"the store cannot be kept in {address.get_backend_name()}; write sqlite:///folder/store.sqlite, or "
            "postgresql://user@host/database"
        )
    if not address.database or address.database == ":memory:":
        raise StoreError(f"{url!r} names no file; the store needs one, for several processes read it")
    return Path(address.database).absolute()


def log_of(path: Path) -> Path:
    """The write-ahead log beside a store's file."""
    return path.with_name(f"{path.name}-wal")


def remove(path: Path) -> None:
    """Removes a store's file with all that belongs to it; who reads it goes on reading."""
    path.unlink(missing_ok=True)
    remove_logs(path)


def remove_logs(path: Path) -> None:
    """Removes what belongs to a store's file that is not there any more, or is about to be replaced as a whole.

    SQLite would take it for the next file's of that name, and that one is damaged then.
    """
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


class Commits:
    """What was published to a store's file. Its log grows long before, while a writer's transaction is under way."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None  # holds no state, or it would not see that there is another
        self._opened = 0
        self._inode = 0

    def signature(self) -> tuple[int, ...]:
        """Other numbers after each commit, by whatever process; the second is the time of the latest in ns.

        Raises:
            StoreMissing: there is no file.
        """
        with self._lock:
            try:
                file = os.stat(self._path)
            except OSError as error:
                raise missing(self._path) from error
            try:
                numbers = self._numbers(file.st_ino)
            except sqlite3.Error:  # as in a folder that cannot be written to
                self._connection = None
                numbers = self._of_log()
            built, *numbers = numbers
            # the file too: what the log held may be in it now, and readers are to let go of the log
            return file.st_ino, built or file.st_mtime_ns, file.st_mtime_ns, file.st_size, *numbers

    def _numbers(self, inode: int) -> list[int]:
        """The time that was noted at the latest commit in ns, or 0, and numbers that are others after each."""
        if self._connection is None or self._inode != inode:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._inode = _opened(_address(self._path)), inode
            self._opened += 1  # each counts for itself
        look = self._connection.execute
        version = look("PRAGMA data_version").fetchone()[0]
        return [look("PRAGMA user_version").fetchone()[0] * 10**9, self._opened, version]

    def _of_log(self) -> list[int]:
        """When the log was written to in ns, or 0, and how long it is."""
        try:
            log = os.stat(log_of(self._path))
        except OSError:
            return [0, 0]
        return [log.st_mtime_ns if log.st_size else 0, log.st_size]


def missing(path: Path) -> StoreMissing:
    """The error where nothing was ingested yet."""
    return StoreMissing(f"there is no store at {path}; run `rahdari ingest`")


def reading_engine(path: Path) -> Engine:
    """One read-only connection, kept: from its beginning on it reads one state, whatever is written since."""

    def connect() -> sqlite3.Connection:
        address = _address(path)
        try:
            return _opened(address)
        except sqlite3.OperationalError:
            # Where the folder cannot be written to, SQLite has no place for its index of the log. Without a log
            # nothing is under way, and the file is all there is.
            if log_of(path).exists() and log_of(path).stat().st_size:
                raise
            return _opened(f"{address}&immutable=1")

    return _engine(connect, "BEGIN", _LOOK)  # the state is that of the first look


_PAGES = "PRAGMA cache_size = -16384"  # kB of the file in memory; SQLite's 2,048 are little for a large store
_PAGES_WRITTEN = "PRAGMA cache_size = -65536"  # pages that do not fit go to the log again and again


def _address(path: Path) -> str:
    return f"file:{quote(str(path))}?mode=ro"


def _opened(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    try:
        connection.execute(_PAGES)
        connection.execute(_LOOK).fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _engine(connect: Callable[[], sqlite3.Connection], *begins: str) -> Engine:
    """One connection, on which SQLAlchemy begins transactions, not pysqlite, and does it with these statements."""
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, future=True)

    @event.listens_for(engine, "begin")  # type: ignore[untyped-decorator]
    def begin(connection: Connection) -> None:
        for statement in begins:
            connection.exec_driver_sql(statement)

    return engine


def writing_engine(path: Path) -> Engine:
    """A connection for writing: each transaction is the only one from its beginning on, and on disk when it ends."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=PATIENCE_MS / 1000, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_PAGES_WRITTEN)
        return connection

    return _engine(connect, "BEGIN IMMEDIATE")
