"""What an ingest has found and not yet published, where the store is in PostgreSQL; and the documents still to be read,
for all who help with it, on whatever machine.

Who takes a document claims its row (FOR UPDATE SKIP LOCKED: nobody waits, no two take the same) under the number of its
session, which holds a lock of that number: a worker that is killed, or whose machine is gone, has let go of the lock,
and what it had claimed is free again. https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from rahdari.errors import StoreError
from rahdari.records import Document
from rahdari.store.database import cause
from rahdari.store.pieces import Piece
from rahdari.store.postgresql import PostgresServer, cannot_keep
from rahdari.store.schema import Text
from rahdari.store.staging import GivenUp

SCHEMA = "rahdari_work"
_TRIES = 3  # processes that may end while they read a document, before it is given up
_WORKERS = 7236  # the first number of workers' locks

_tables = MetaData(schema=SCHEMA)
_found = Table(
    "found",
    _tables,
    Column("document", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("extraction", LargeBinary, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
)
_tasks = Table(
    "tasks",
    _tables,
    Column("document", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("code", Text, nullable=False),  # only who has the same may read it
    Column("content", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),  # as of ingest
    Column("worker", BigInteger),
    Column("claimed", BigInteger),  # the how-manieth claim of all
    Column("tries", Integer, nullable=False, server_default="0"),  # processes that ended while they were at it
    Column("reason", Text),  # why it was given up
    Column("lasting", Boolean, nullable=False, server_default="false"),
)
_T, _F = _tasks.c, _found.c
Index("tasks_by_size", _T.code, _T.size.desc(), _T.document, postgresql_where=_T.reason.is_(None))
Index("tasks_by_worker", _T.worker, _T.claimed, postgresql_where=_T.worker.is_not(None))

_ALONE = f"SELECT pg_advisory_xact_lock({_WORKERS}, 0)"  # two who begin at once make the tables one after the other
_BEGIN = (
    f"SELECT pg_advisory_lock({_WORKERS}, CAST(number AS integer)), number FROM nextval('{SCHEMA}.workers') AS number"
)
# A process reads what it claimed in that order: what it was at when it ended is the first of it that is not finished.
_BURY = text(
    f"UPDATE {SCHEMA}.tasks SET worker = NULL, tries = tries + CASE WHEN claimed = first THEN 1 ELSE 0 END FROM ("
    f"SELECT worker AS gone, min(claimed) AS first FROM {SCHEMA}.tasks WHERE worker IS NOT NULL "
    "AND worker NOT IN (SELECT CAST(objid AS bigint) FROM pg_locks WHERE locktype = 'advisory' AND granted "
    f"AND classid = {_WORKERS} AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = "
    "current_database())) GROUP BY worker) AS dead WHERE worker = gone"
)
_CLAIM = text(
    f"UPDATE {SCHEMA}.tasks SET worker = :worker, claimed = nextval('{SCHEMA}.claims') WHERE document = ("
    f"SELECT document FROM {SCHEMA}.tasks WHERE code = :code AND reason IS NULL AND worker IS NULL "
    f"AND tries < {_TRIES} ORDER BY size DESC, document LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING content"
).columns(content=LargeBinary)
_LET_GO = text(f"UPDATE {SCHEMA}.tasks SET worker = NULL WHERE worker = :worker")
_GIVE_UP = text(
    f"UPDATE {SCHEMA}.tasks SET reason = document || ' was not understood: the process that read it was ended, "
    f"{_TRIES} times' WHERE code = :code AND reason IS NULL AND worker IS NULL AND tries >= {_TRIES}"
)


class Tasks:
    """What is to be read, and what was found, under one version of the code. Methods as of Staging, and more."""

    def __init__(self, connection: Connection, code: str) -> None:
        self._connection = connection
        self._code = code
        with connection.begin():
            connection.exec_driver_sql(_ALONE)
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            _tables.create_all(connection)
            connection.exec_driver_sql(f"CREATE SEQUENCE IF NOT EXISTS {SCHEMA}.workers MAXVALUE 2000000000 CYCLE")
            connection.exec_driver_sql(f"CREATE SEQUENCE IF NOT EXISTS {SCHEMA}.claims")
        with connection.begin():
            self._worker: int = connection.exec_driver_sql(_BEGIN).one().number

    def lacks(self, documents: Iterable[Document]) -> list[Document]:
        """As Staging.lacks."""
        with self._connection.begin():
            here = dict(self._connection.execute(select(_F.document, _F.sha256).where(_F.code == self._code)).all())
        return [document for document in documents if here.get(document.id) != document.sha256]

    def offer(self, documents: Sequence[Document], seconds: int) -> None:
        """As Staging.offer: what another run offered and this one does not is taken back."""
        wanted = {document.id: document.sha256 for document in documents}
        with self._connection.begin():
            kept = self._connection.execute(
                select(_T.document, _T.sha256).where(_T.code == self._code, _T.seconds == seconds, _T.reason.is_(None))
            )
            same = {id for id, sha256 in kept.all() if wanted.get(id) == sha256}
            self._connection.execute(_tasks.delete().where(_T.document.not_in(same)))
            rows = [
                {
                    "document": document.id,
                    "sha256": document.sha256,
                    "code": self._code,
                    "content": zlib.compress(json.dumps(vars(document)).encode()),
                    "size": len(document.text),
                    "seconds": seconds,
                }
                for document in documents
                if document.id not in same
            ]
            if rows:
                self._connection.execute(_tasks.insert(), rows)
                self._connection.exec_driver_sql(f"ANALYZE {SCHEMA}.tasks")

    def claims(self) -> Iterator[Document]:
        """As Staging.claims: the longest first, until none is free."""
        while True:
            with self._connection.begin():
                self._connection.execute(_BURY)
                row = self._connection.execute(_CLAIM, {"worker": self._worker, "code": self._code}).first()
            if row is None:
                return
            yield Document(**json.loads(zlib.decompress(row.content)))

    def left(self) -> int:
        """As Staging.left: somebody else may be at work on them."""
        with self._connection.begin():
            self._connection.execute(_BURY)
            self._connection.execute(_GIVE_UP, {"code": self._code})
            count = select(func.count()).where(_T.code == self._code, _T.reason.is_(None))
            return int(self._connection.execute(count).scalar_one())

    def others(self) -> int:
        """How many documents another version of the code is to read."""
        with self._connection.begin():
            count = select(func.count()).where(_T.code != self._code, _T.reason.is_(None))
            return int(self._connection.execute(count).scalar_one())

    def seconds(self) -> int | None:
        """What those that are to be read may take; None where nothing is."""
        with self._connection.begin():
            seconds = self._connection.execute(select(_T.seconds).where(_T.code == self._code).limit(1)).scalar()
            return None if seconds is None else int(seconds)

    def add(self, piece: Piece) -> None:
        """As Staging.add; what the database cannot keep is given up."""
        reason = cannot_keep(piece)
        if reason is not None:
            self.give_up(piece.document, f"{piece.document.id} cannot be taken in: {reason}", lasting=True)
            return
        row = {
            "sha256": piece.document.sha256,
            "code": self._code,
            "extraction": piece.extraction,
            "vectors": piece.vectors,
        }
        put = insert(_found).on_conflict_do_update(index_elements=[_F.document], set_=row)
        with self._connection.begin():
            self._connection.execute(put, [{"document": piece.document.id, **row}])
            self._connection.execute(_tasks.delete().where(*self._is(piece.document)))

    def give_up(self, document: Document, reason: str, lasting: bool) -> None:
        """As Staging.give_up."""
        with self._connection.begin():
            gone = _tasks.update().where(*self._is(document)).values(reason=reason, lasting=lasting, worker=None)
            self._connection.execute(gone)

    def _is(self, document: Document) -> tuple[object, ...]:
        return _T.document == document.id, _T.sha256 == document.sha256, _T.code == self._code

    def given_up(self) -> list[GivenUp]:
        """As Staging.given_up."""
        columns = select(_T.document, _T.sha256, _T.reason, _T.lasting)
        wanted = columns.where(_T.code == self._code, _T.reason.is_not(None)).order_by(_T.document)
        with self._connection.begin():
            return [GivenUp(*row) for row in self._connection.execute(wanted)]

    def pieces(self, documents: Sequence[Document]) -> Iterator[Piece]:
        """As Staging.pieces."""
        for document in documents:
            wanted = select(_F.extraction, _F.vectors).where(_F.document == document.id, _F.sha256 == document.sha256)
            with self._connection.begin():
                row = self._connection.execute(wanted.where(_F.code == self._code)).first()
            if row is not None:
                yield Piece(document, row.extraction, row.vectors)

    def clear(self) -> None:
        """All of it was published."""
        with self._connection.begin():
            self._connection.execute(_found.delete())
            self._connection.execute(_tasks.delete())

    def let_go(self) -> None:
        """What this one has claimed and not finished is free."""
        with self._connection.begin():
            self._connection.execute(_LET_GO, {"worker": self._worker})


@contextmanager
def tasks(database: PostgresServer, code: str) -> Iterator[Tasks]:
    """What is to be read and what was found for the store in this database.

    Raises:
        StoreError: the database cannot be used.
    """
    engine = database.engine(poolclass=StaticPool)
    try:
        with engine.connect() as connection:
            found = Tasks(connection, code)
            try:
                yield found
            except BaseException:
                if not connection.invalidated and not connection.in_transaction():
                    found.let_go()
                raise
    except SQLAlchemyError as error:
        raise StoreError(f"{database.name} cannot be used: {cause(error)}") from error
    finally:
        engine.dispose()
