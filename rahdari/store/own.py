"""Which files are Rahdari's own: those of RAHDARI_HOME, those of a store, and copies of one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from rahdari.errors import StoreError
from rahdari.store import feedback, unanswered
from rahdari.store.database import SqliteFile, database_at
from rahdari.store.snapshot import origin_left

_IN_HOME = {"chat_history", "conversations", "logs", "secret"}
_BEGIN_IN_HOME = (feedback.NAME, unanswered.NAME, "store.seen", "store.reading")
_SQLITE = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html
_OF_A_STORE = {"meta", "documents", "sentences", "mentions"}  # of every schema


def is_own(path: Path, home: Path, url: str) -> bool:
    """Whether a file is one that this program writes.

    Args:
        home: RAHDARI_HOME.
        url: of the store.
    """
    place, home = Path(os.path.realpath(path)), Path(os.path.realpath(home))
    if place.is_relative_to(home) and place != home:
        name = place.relative_to(home).parts[0]
        if name in _IN_HOME or name.startswith(_BEGIN_IN_HOME):
            return True
    database = database_at(url)
    store = Path(os.path.realpath(database.path)) if isinstance(database, SqliteFile) else None
    beside = store is not None and place.parent == store.parent and place.name.startswith(store.name)
    return beside or _is_store(place)


def check_place(url: str, seen: Path | None) -> None:
    """Whether an ingest may write to an address.

    Args:
        seen: what an ingest notes beside a store in a file.

    Raises:
        StoreError: what lies there is no store and, by all that is left of it, was none.
    """
    database = database_at(url)
    if not isinstance(database, SqliteFile) or not database.path.exists() or not database.path.stat().st_size:
        return
    tables = _tables(database.path)
    if tables and not tables >= _OF_A_STORE:
        raise StoreError(f"{database.name} is a database, but no store; name another file in RAHDARI_DATABASE_URL")
    if tables is None and not (seen and seen.exists()) and origin_left(url) is None:
        raise StoreError(f"{database.name} is no store; name another file in RAHDARI_DATABASE_URL, or remove it")


def _is_store(path: Path) -> bool:
    """Whether it is a store, or a copy of one."""
    return path.is_file() and _OF_A_STORE <= (_tables(path) or set())  # a pipe would be waited for


def _tables(path: Path) -> set[str] | None:
    """The names of a database's tables; None where it is none, or damaged."""
    try:
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) != _SQLITE:
                return None
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except (OSError, sqlite3.Error):
        return None
