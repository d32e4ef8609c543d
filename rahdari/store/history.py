"""Which versions of a document there were. It tells of the past, so it is no part of what answers are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql.expression import Select

from rahdari.records import Document
from rahdari.store import schema

_V = schema.versions.c


@dataclass(frozen=True)
class Version:
    """A document as it was for a time.

    Attributes:
        sha256: of its text and metadata.
        ingested, ended: ISO 8601 times in UTC; `ended` None for the version that is in the store, and the same time as
            `ingested` for one that was superseded when it was first seen.
        end: why it ended: `changed`, `removed` or `superseded`; None as `ended`.
    """

    document: str
    sha256: str
    title: str | None
    source: str | None
    ingested: str
    ended: str | None
    end: str | None


def begin(connection: Connection, documents: Iterable[Document], now: str) -> None:
    """Notes the versions that are taken in."""
    names = ("sha256", "title", "source")
    rows = ({"document": one.id, **{name: getattr(one, name) for name in names}, "ingested": now} for one in documents)
    schema.fill(connection, schema.versions, rows)


def end(connection: Connection, document: str, why: str, now: str) -> None:
    """Notes that the version that is there ends."""
    current = update(schema.versions).where(_V.document == document, _V.ended.is_(None))
    connection.execute(current.values(ended=now, end=why))


def pass_over(connection: Connection, documents: Iterable[Document], now: str) -> None:
    """Notes versions that are not taken in, for later ones stand already; each once."""
    noted = select(_V.row)
    names = ("sha256", "title", "source")
    rows = [
        {"document": one.id, **{name: getattr(one, name) for name in names}, "ingested": now, "ended": now}
        for one in documents
        if connection.execute(noted.where(_V.document == one.id, _V.sha256 == one.sha256)).first() is None
    ]
    schema.fill(connection, schema.versions, ({**row, "end": "superseded"} for row in rows))


def versions(document: str, source: str | None) -> Select:
    """Reads the versions of a document, and of others that came from the same address, in the order of time."""
    columns = [column for column in _V if column.name != "row"]
    wanted = _V.document == document if source is None else (_V.document == document) | (_V.source == source)
    return select(*columns).where(wanted).order_by(_V.row)
