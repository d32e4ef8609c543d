"""Small databases of their own beside the store, which may fail without anything else failing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path

from rahdari.errors import StoreError

_PATIENCE = 0.2  # seconds that a turn or a request may wait for another writer


@contextmanager
def opened(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is made where it is missing.

    Raises:
        StoreError: it cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(schema)
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be used: {error}") from error


def moment(now: datetime | None = None) -> str:
    """A time, this one unless told otherwise, as ISO 8601 in UTC with seconds."""
    return (now or datetime.now(timezone.utc)).astimezone(timezone.utc).isoformat(timespec="seconds")
