"""What a run has read and not yet ended with, in a file beside the store: who ends it while it reads loses little.

Only what is dear to read is kept so. The file is a help: where it cannot be used, files are read.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from rahdari.records import Document

_MOST_PAGES = 1 << 20  # of 4 KB each
_TABLE = "CREATE TABLE IF NOT EXISTS readings (place BLOB PRIMARY KEY, read_as TEXT NOT NULL, made BLOB NOT NULL)"


class Readings:
    """Documents, and what is to be known of each, by where their files lie. No method raises.

    Args:
        path: of the file, which is made with the first one that is put; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        if path is not None and path.exists():
            self._open()

    def get(self, place: str, read_as: str) -> tuple[Document, str | None, str] | None:
        """The document of a file that was put with the same `read_as`, which tesseract was there, and a note."""
        if self._connection is None:
            return None
        try:
            query = "SELECT made FROM readings WHERE place = ? AND read_as = ?"
            row = self._connection.execute(query, [_key(place), read_as]).fetchone()
            if row is None:
                return None
            document, tesseract, note = json.loads(zlib.decompress(row[0]))
            return Document(**document), tesseract, note
        except (sqlite3.Error, zlib.error, ValueError, TypeError):
            return None

    def put(self, place: str, read_as: str, document: Document, tesseract: str | None, note: str) -> None:
        """Keeps what was made of a file; what a full disk or file cannot take is not kept."""
        if self._connection is None:
            self._open()
        if self._connection is not None:
            made = zlib.compress(json.dumps([asdict(document), tesseract, note]).encode())
            row = [_key(place), read_as, made]
            with suppress(sqlite3.Error, OverflowError):
                self._connection.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", row)

    def discard(self) -> None:
        """Takes the file away: what it holds is in the store, or is not wanted."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._path is not None:
            for end in ("-journal", ""):
                with suppress(OSError):
                    self._path.with_name(f"{self._path.name}{end}").unlink()

    def _open(self) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=1, isolation_level=None)
            self._connection.execute("PRAGMA synchronous = OFF")  # a kill loses nothing, a power cut what it may
            self._connection.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")
            self._connection.execute(_TABLE)
        except (sqlite3.Error, OSError):
            self.discard()
            self._path = None


def _key(place: str) -> bytes:
    """A place as SQLite takes it: a folder's name need not be UTF-8."""
    return place.encode("utf-8", "surrogatepass")
