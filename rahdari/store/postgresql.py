"""A store in PostgreSQL, for more than one machine: docs/decisions/postgresql.md.

A reader holds one transaction in which it sees one state (REPEATABLE READ), the one writer a lock of its session: who
is killed, or whose machine is gone, has let go of it. Tables are emptied, never dropped, for that way a reader is in
nobody's way (https://www.postgresql.org/docs/current/mvcc-intro.html).
"""

from __future__ import annotations

import re
import select
import weakref
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import NullPool, StaticPool
from sqlalchemy.sql.schema import ForeignKeyConstraint

from rahdari.errors import StoreBusy, StoreError, StoreMissing
from rahdari.extraction import forms, ties
from rahdari.store import schema, tsvector
from rahdari.store.database import cause

if TYPE_CHECKING:
    from rahdari.store.pieces import Piece

SCHEMA = "rahdari"  # PostgreSQL's word for a folder of tables: what else is in the database stays untouched
_LOCK = 7236_384_372_744  # of whoever writes; advisory locks are told apart by numbers, in each database anew
_OPTIONS = (
    f"-c search_path={SCHEMA} -c jit=off "
    # a machine that is gone without a word is noticed after a minute, and what it held is free
    "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c tcp_user_timeout=60000"
)
_READING = r"-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\ read"
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_ALIVE = {
    **{"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3},
    **{"tcp_user_timeout": 60_000, "connect_timeout": 10},
}
_TABLES = (
    "CREATE TABLE published (number bigint NOT NULL, at timestamptz NOT NULL)",
    "INSERT INTO published VALUES (0, now())",
    # a row of an index holds 2,704 bytes: addresses, words and all names of an entity together may be longer
    "DROP INDEX ix_versions_source",
    "CREATE INDEX ix_versions_source ON versions USING hash (source)",
    "ALTER TABLE vocabulary DROP CONSTRAINT vocabulary_pkey",
    "CREATE UNIQUE INDEX vocabulary_by_word ON vocabulary (md5(word))",
    "DROP INDEX spellings_alike",
    "CREATE UNIQUE INDEX spellings_alike ON spellings (own, md5(name), type, md5(aliases))",
)
_PATIENCE = 10  # seconds that steps between schemas wait for who reads
_NO_LOCK = "55P03"  # lock_not_available, https://www.postgresql.org/docs/current/errcodes-appendix.html
_LOOKED_UP = 1200  # bytes of anything else that is looked up by; two of them are in one row of an index
_SHORT = 60  # letters of a name whose forms are short as well: one letter becomes 18 at most
_SIGNATURE = text("SELECT number, CAST(extract(epoch FROM at) * 1000000 AS bigint) * 1000 FROM published")
_HOLDER = text(
    "SELECT coalesce(host(a.client_addr), 'this machine') || ', process ' || a.pid || ' of the server' FROM pg_locks l "
    "JOIN pg_stat_activity AS a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
    "AND (CAST(l.classid AS bigint) << 32 | CAST(l.objid AS bigint)) = :lock"
)


@compiles(ForeignKeyConstraint, "postgresql")  # type: ignore[untyped-decorator]
def _at_the_end(constraint: ForeignKeyConstraint, compiler: Any, **more: Any) -> str:
    """What a transaction leaves must fit together; on the way there it need not."""
    return f"{compiler.visit_foreign_key_constraint(constraint, **more)} DEFERRABLE INITIALLY DEFERRED"


class PostgresServer:
    """A store in the schema `rahdari` of a PostgreSQL database. Attributes and methods as of Database.

    Raises:
        StoreError: the address is not written as it has to be.
    """

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
        except (ArgumentError, ValueError) as error:  # ValueError: of a port that is no number
            raise StoreError("that is no address of a database; write postgresql://user@host/database") from error
        if self._url.drivername not in ("postgresql", "postgresql+psycopg2"):
            raise StoreError(f"{self._url.drivername}:// is not known; write postgresql://user@host/database")
        if not self._url.database:
            raise StoreError(f"{self._url!r} names no database; write postgresql://user@host/database")
        self.name = repr(self._url)  # which hides a password
        self._looking: Engine | None = None

    def engine(self, options: str = "", **more: Any) -> Engine:
        """An engine for this database, with more settings of its sessions."""
        query = dict(self._url.query)
        wanted = " ".join(filter(None, (query.pop("options", ""), _OPTIONS, options)))
        return create_engine(
            self._url.set(drivername="postgresql+psycopg2", query=query),
            connect_args={"options": wanted, "application_name": "rahdari", **_ALIVE},
            client_encoding="utf8",
            executemany_mode="values_plus_batch",
            future=True,
            **more,
        )

    def signature(self) -> tuple[int, ...]:
        """As Database.signature: one short question to the server."""
        if self._looking is None:
            self._looking = self.engine(pool_size=1, max_overflow=4, pool_pre_ping=True, isolation_level="AUTOCOMMIT")
            weakref.finalize(self, self._looking.dispose)
        try:
            with self._looking.connect() as connection:
                return tuple(connection.execute(_SIGNATURE).one())
        except ProgrammingError as error:  # there is no such table
            raise self.missing() from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.name} cannot be reached: {cause(error)}") from error

    def missing(self) -> StoreMissing:
        """As Database.missing."""
        return StoreMissing(f"there is no store in {self.name}; run `rahdari ingest`")

    def reading_engine(self) -> Engine:
        """As Database.reading_engine."""
        engine = self.engine(_READING, poolclass=NullPool)
        event.listen(engine, "before_cursor_execute", _storable, retval=True)
        return engine

    def lost(self, connection: Connection) -> bool:
        """As Database.lost."""
        if connection.closed or connection.invalidated:
            return True
        raw = connection.connection.dbapi_connection
        if raw.closed or raw.info.transaction_status >= 3:  # in an error, or unknown
            return True
        socket = select.poll()
        socket.register(raw.fileno(), select.POLLIN)
        return bool(socket.poll(0))  # a server says nothing unasked but that it ends the connection

    @contextmanager
    def writing(self, anew: bool) -> Iterator[Engine]:
        """As Database.writing. All goes over the connection that holds the lock; if it breaks, nothing more is written.

        Args:
            anew: what is there goes when the first documents come.
        """
        engine = self.engine(poolclass=StaticPool)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
                    raise StoreError(
                        f"{self.name} is not kept in UTF-8; make it with CREATE DATABASE … ENCODING 'UTF8'"
                    )
                if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}).scalar_one():
                    holder = connection.execute(_HOLDER, {"lock": _LOCK}).scalar() or "just ended"
                    raise StoreBusy(
                        f"another ingest is writing to {self.name} ({holder}); wait until it has ended, or lend it a "
                        "hand with `rahdari work`"
                    )
            if not anew:
                self._bring_up(engine)

            def again(*_: Any) -> None:
                raise StoreError(f"the connection to {self.name} was lost; nothing was written, run the command again")

            event.listen(engine, "do_connect", again)
            yield engine
        except SQLAlchemyError as error:
            raise StoreError(f"{self.name} cannot be written to: {cause(error)}") from error
        finally:
            engine.dispose()

    def _bring_up(self, engine: Engine) -> None:
        """Brings a store of an earlier schema up to that of this code."""
        with engine.begin() as connection:
            if not {"meta", "sentences"} <= set(self.tables(connection)):
                return
            seen = schema.noted(connection).get("schema", schema.SCHEMA)
            if seen == schema.SCHEMA:
                return
            from rahdari.store import migrating  # which opens stores itself

            migrating.check(self.name, seen)
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}s'")
            try:
                migrating.take_steps(connection, seen)
            except OperationalError as error:
                if getattr(error.orig, "pgcode", None) != _NO_LOCK:
                    raise
                raise StoreBusy(
                    f"{self.name} is of an earlier version, and a bot of it reads it; end it first"
                ) from error
            self.settle(connection)
            self.changed(connection)

    def tables(self, connection: Connection) -> Collection[str]:
        """As Database.tables."""
        return set(inspect(connection).get_table_names(schema=SCHEMA))

    def create(self, connection: Connection) -> None:
        """As Database.create; tables that are there are emptied."""
        if self.tables(connection):
            for table in reversed((*schema.metadata.sorted_tables, *tsvector.tables.sorted_tables)):
                connection.execute(table.delete())
            connection.execute(schema.steps.insert(), [{"version_num": schema.SCHEMA}])
        else:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            schema.create(connection)
            for statement in _TABLES:
                connection.exec_driver_sql(statement)

    def changed(self, connection: Connection) -> None:
        """As Database.changed."""
        connection.exec_driver_sql("UPDATE published SET number = number + 1, at = clock_timestamp()")

    def numbered(self, connection: Connection) -> None:
        """As Database.numbered."""
        for table in schema.metadata.sorted_tables:
            if "row" in table.columns:
                last = f"SELECT max(row) FROM {table.name}"
                counter = f"pg_get_serial_sequence('{table.name}', 'row')"
                connection.exec_driver_sql(f"SELECT setval({counter}, ({last})) WHERE ({last}) IS NOT NULL")

    def settle(self, connection: Connection) -> None:
        """As Database.settle."""
        names = [table.name for table in (*schema.metadata.sorted_tables, *tsvector.tables.sorted_tables)]
        connection.exec_driver_sql(f"ANALYZE {', '.join(names)}")

    def tidy(self, engine: Engine) -> None:
        """As Database.tidy: the server does it by itself (autovacuum)."""

    def damage(self, connection: Connection, quick: bool = False) -> list[str]:
        """As Database.damage: the server looks at its checksums whenever it reads, where it has any."""
        return []

    def unreadable(self, error: Exception | None) -> StoreError:
        """As Database.unreadable. No error tells of damage here, only that the server did not do as it was asked."""
        return StoreError(f"{self.name} cannot be read: {cause(error) if error else 'it is damaged'}")

    def unwritable(self, error: Exception) -> StoreError:
        """As Database.unwritable: see `unreadable`."""
        return StoreError(f"the store cannot be written to {self.name}: {cause(error)}")


def cannot_keep(piece: Piece) -> str | None:
    """Why the database cannot keep a document with what was found in it; None where it can."""
    for name, value in vars(piece.document).items():
        if value is not None and "\0" in value:
            return f"its {name} has a character NUL, which PostgreSQL keeps in no text; take it out"
    for text_ in _looked_up(piece):
        if text_ is not None and len(text_) > _LOOKED_UP / 4 and len(text_.encode("utf-8", "replace")) > _LOOKED_UP:
            return (
                f"it names {text_[:_SHORT]!r} and so on, {len(text_)} letters, and PostgreSQL looks up nothing longer "
                f"than {_LOOKED_UP} bytes"
            )
    return None


def _looked_up(piece: Piece) -> Iterator[str | None]:
    yield piece.document.id
    found = piece.unpacked()
    yield from (sentence.speaker for sentence in found.sentences)
    yield from (fact.predicate for fact in found.facts)
    for entity in found.entities:
        yield entity.id
        if any(len(name) > _SHORT for name in (entity.name, *entity.aliases)):
            yield from entity.aliases
            key, taken = ties(entity)
            yield from (key, *taken)
            for form in forms(entity):
                yield from (form.form, form.joined, form.initials)


def _storable(_: Any, __: Any, statement: str, values: Any, *___: Any) -> tuple[str, Any]:
    """Characters that no text can have in the database are asked for as one that stands nowhere: nothing is found."""
    if isinstance(values, dict):
        values = {name: _cleaned(value) for name, value in values.items()}
    return statement, values


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return _NO_TEXT.sub("\ufffd", value) if isinstance(value, str) else value
