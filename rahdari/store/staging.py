"""What an ingest has found and not yet published, in a file of its own beside the store: who ends a run loses nothing.

A store's readers never look at it. Each document is safe from whoever ends the process as soon as it is added; it does
not wait for the disk, so a power cut may lose some.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from rahdari.errors import StoreError
from rahdari.records import Document
from rahdari.store import address, schema
from rahdari.store.codec import pack_extraction, pack_vector, unpack_extraction, unpack_vectors
from rahdari.store.writer import Piece

_TABLE = (
    "CREATE TABLE IF NOT EXISTS found (document TEXT PRIMARY KEY, sha256 TEXT NOT NULL, code TEXT NOT NULL, "
    "extraction BLOB NOT NULL, vectors BLOB NOT NULL)"
)


class Staging:
    """Pieces of the documents that one version of the code has found. Open it with `staging`."""

    def __init__(self, path: Path, code: str) -> None:
        self._code = code
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(_TABLE)
        self._connection.execute("DELETE FROM found WHERE code != ?", [code])

    def lacks(self, documents: Iterable[Document]) -> list[Document]:
        """Those that nothing is here of, as they are now."""
        here = dict(self._connection.execute("SELECT document, sha256 FROM found"))
        return [document for document in documents if here.get(document.id) != document.sha256]

    def add(self, piece: Piece) -> None:
        """Keeps a piece."""
        vectors = b"".join(pack_vector(vector) for vector in piece.vectors)
        self._connection.execute(
            "INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)",
            [piece.document.id, piece.document.sha256, self._code, pack_extraction(piece.extraction), vectors],
        )

    def pieces(self, documents: Sequence[Document]) -> Iterator[Piece]:
        """What is here of these documents, in their order; one that nothing is here of is passed over."""
        for document in documents:
            row = self._connection.execute(
                "SELECT extraction, vectors FROM found WHERE document = ? AND sha256 = ?",
                [document.id, document.sha256],
            ).fetchone()
            if row is not None:
                size = 2 * schema.DIMENSIONS
                blobs = [row[1][first : first + size] for first in range(0, len(row[1]), size)]
                vectors = unpack_vectors(blobs, schema.DIMENSIONS) if blobs else np.zeros((0, schema.DIMENSIONS), "f4")
                yield Piece(document, unpack_extraction(row[0]), vectors)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()


@contextmanager
def staging(url: str, code: str) -> Iterator[Staging]:
    """What was found and not published at this address; nothing is left of it when the block ends without an error.

    Only whoever holds the store open for writing may call this.

    Raises:
        StoreError: the file cannot be used.
    """
    store = address.file_of(url)
    path = store.with_name(f"{store.name}.staging")
    try:
        try:
            found = Staging(path, code)
        except sqlite3.DatabaseError:  # damaged by a power cut, say: what was in it is found again
            address.remove(path)
            found = Staging(path, code)
        try:
            yield found
        finally:
            found.close()
        address.remove(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be used: {error}") from error
