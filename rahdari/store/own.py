"""Which files among documents are Rahdari's own: those of RAHDARI_HOME, those of a store, and copies of one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from rahdari.store import feedback, unanswered
from rahdari.store.database import SqliteFile, database_at

_IN_HOME = {"chat_history", "conversations", "logs", "secret"}
_BEGIN_IN_HOME = (feedback.NAME, unanswered.NAME, "store.seen", "store.reading")
_SQLITE = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html
_TABLES = "SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'documents', 'sentences', 'mentions', 'facts')"


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


def _is_store(path: Path) -> bool:
    """Whether it is a store, or a copy of one."""
    if not path.is_file():  # a pipe would be waited for
        return False
    try:
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) != _SQLITE:
                return False
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute(_TABLES).fetchone() == (5,))
    except (OSError, sqlite3.Error):
        return False
