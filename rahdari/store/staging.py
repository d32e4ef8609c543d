"""What an ingest has found and not yet published: who ends a run loses nothing. A store's readers never look at it.

Beside a store in a file it is a file of its own; in PostgreSQL, where several machines may help, see `tasks`. Each
document is safe from whoever ends the process as soon as it is added; a file does not wait for the disk, so a power cut
may lose some.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rahdari.errors import StoreError
from rahdari.records import Document
from rahdari.store import address
from rahdari.store.database import SqliteFile, database_at
from rahdari.store.pieces import Piece

if TYPE_CHECKING:
    from rahdari.store.tasks import Tasks

_TABLE = (
    "CREATE TABLE IF NOT EXISTS found (document TEXT PRIMARY KEY, sha256 TEXT NOT NULL, code TEXT NOT NULL, "
    "extraction BLOB NOT NULL, vectors BLOB NOT NULL)"
)


class GivenUp(NamedTuple):
    """A document, as it was when nothing could be found in it, why, and whether another try before a change is vain."""

    document: str
    sha256: str
    reason: str
    lasting: bool


class Staging(Protocol):
    """Pieces of documents that one version of the code has found, and documents to be read. Open it with `staging`."""

    def lacks(self, documents: Iterable[Document]) -> list[Document]:
        """Those that nothing is here of, as they are now."""

    def offer(self, documents: Sequence[Document], seconds: int) -> None:
        """These, and no others, are to be read, and none was given up; `seconds` as of ingest."""

    def claims(self) -> Iterable[Document]:
        """Documents that are to be read and that nobody is at work on, until there are none."""

    def left(self) -> int:
        """How many are still to be read."""

    def add(self, piece: Piece) -> None:
        """Keeps what was found in a document: it is read."""

    def give_up(self, document: Document, reason: str, lasting: bool) -> None:
        """Nothing could be found in a document."""

    def given_up(self) -> list[GivenUp]:
        """All documents that were given up."""

    def pieces(self, documents: Sequence[Document]) -> Iterator[Piece]:
        """What is here of these documents, in their order; one that nothing is here of is passed over."""


class StagingFile:
    """As Staging, for one process."""

    def __init__(self, path: Path, code: str) -> None:
        self._path, self._code = path, code
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(_TABLE)
        self._connection.execute("DELETE FROM found WHERE code != ?", [code])
        self._offered: dict[str, Document] = {}
        self._given_up: list[GivenUp] = []

    def lacks(self, documents: Iterable[Document]) -> list[Document]:
        """As Staging.lacks."""
        here = dict(self._run("SELECT document, sha256 FROM found"))
        return [document for document in documents if here.get(document.id) != document.sha256]

    def offer(self, documents: Sequence[Document], seconds: int) -> None:
        """As Staging.offer."""
        self._offered = {document.id: document for document in documents}
        self._given_up = []

    def claims(self) -> Sequence[Document]:
        """As Staging.claims: all of them at once."""
        return list(self._offered.values())

    def left(self) -> int:
        """As Staging.left."""
        return len(self._offered)

    def give_up(self, document: Document, reason: str, lasting: bool) -> None:
        """As Staging.give_up."""
        self._given_up.append(GivenUp(document.id, document.sha256, reason, lasting))
        self._offered.pop(document.id, None)

    def given_up(self) -> list[GivenUp]:
        """As Staging.given_up."""
        return self._given_up

    def add(self, piece: Piece) -> None:
        """As Staging.add."""
        self._run(
            "INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)",
            [piece.document.id, piece.document.sha256, self._code, piece.extraction, piece.vectors],
        )
        self._offered.pop(piece.document.id, None)

    def pieces(self, documents: Sequence[Document]) -> Iterator[Piece]:
        """As Staging.pieces."""
        for document in documents:
            for extraction, vectors in self._run(
                "SELECT extraction, vectors FROM found WHERE document = ? AND sha256 = ?",
                [document.id, document.sha256],
            ):
                yield Piece(document, extraction, vectors)

    def _run(self, statement: str, values: Sequence[str | bytes] = ()) -> list[tuple[Any, ...]]:
        with _using(self._path):
            return self._connection.execute(statement, values).fetchall()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()


@contextmanager
def staging(url: str, code: str) -> Iterator[Staging]:
    """What was found and not published at this address; nothing is left of it when the block ends without an error.

    Only whoever holds the store open for writing may call this.

    Raises:
        StoreError: the file or the database cannot be used.
    """
    database = database_at(url)
    if isinstance(database, SqliteFile):
        with _file(database.path.with_name(f"{database.path.name}.staging"), code) as here:
            yield here
        return
    with helping(url, code) as tasks:
        yield tasks
        tasks.clear()


@contextmanager
def helping(url: str, code: str) -> Iterator[Tasks]:
    """The documents that an ingest into this store, by whatever process, still wants to be read.

    Raises:
        StoreError: the store is in a file, or the database cannot be used.
    """
    from rahdari.store.postgresql import PostgresServer
    from rahdari.store.tasks import tasks

    database = database_at(url)
    if not isinstance(database, PostgresServer):
        raise StoreError(
            f"the store is a file, {database.name}: one ingest at a time writes to it, with `rahdari ingest --jobs`; "
            "several machines need a store in PostgreSQL"
        )
    with tasks(database, code) as found:
        yield found


@contextmanager
def _file(path: Path, code: str) -> Iterator[StagingFile]:
    with _using(path):
        try:
            found = StagingFile(path, code)
        except sqlite3.DatabaseError:  # damaged by a power cut, say: what was in it is found again
            address.remove(path)
            found = StagingFile(path, code)
    try:
        yield found
    finally:
        found.close()
    with _using(path):
        address.remove(path)


@contextmanager
def _using(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be used: {error}") from error
