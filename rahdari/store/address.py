"""The address of a store, and how connections to it are opened."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from rahdari.errors import StoreError, StoreMissing

Signature = tuple[int, int, int]
"""What tells one file from the one that replaced it: inode, time of change in ns, size in bytes."""


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
            f"the store cannot be kept in {address.get_backend_name()}; write sqlite:///folder/store.sqlite"
        )
    if not address.database or address.database == ":memory:":
        raise StoreError(f"{url!r} names no file; the store is built aside and renamed, so it needs one")
    return Path(address.database).absolute()


def signature(path: Path) -> Signature:
    """What the file is like now.

    Raises:
        StoreMissing: there is none.
    """
    try:
        stat = os.stat(path)
    except OSError as error:
        raise StoreMissing(f"there is no store at {path}; run `rahdari ingest`") from error
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def reading_engine(path: Path) -> Engine:
    """One read-only connection, kept: it goes on reading this file after another took its name."""

    def connect() -> sqlite3.Connection:
        # a finished store is never written again, so SQLite need not look for changes or locks
        address = f"file:{quote(str(path))}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool, future=True)


def writing_engine(path: Path) -> Engine:
    """A connection for building a new file: no journal, no syncing; who reads it finds it finished or not at all."""
    engine = create_engine(f"sqlite:///{path}", future=True)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = OFF")
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
    return engine
