"""The tables, and how a row becomes a record. Raise SCHEMA when a table changes, and write its step in migrations/."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection

from rahdari.records import Document, Extraction, Fact, Mention, Sentence

SCHEMA = "3"

metadata = MetaData()

# as SQLite does: texts come in the order of their code points, and 64 bits are an integer like any other
Text = sqlalchemy.Text().with_variant(sqlalchemy.Text(collation="C"), "postgresql")
_Long = Integer().with_variant(BigInteger(), "postgresql")

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

steps = Table("alembic_version", metadata, Column("version_num", Text, primary_key=True))  # what Alembic looks at

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("language", Text),
    Column("source", Text),
    Column("sha256", Text, nullable=False),
    Column("reader", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("extraction", LargeBinary, nullable=False),  # as extracted, with the document's own ids of entities
    Column("copy_of", Text),  # the first document of those that have nearly the same text, where it is another
    Index("documents_by_day", "published", "id"),
)

bands = Table(  # parts of a document's MinHash: who shares one has perhaps nearly the same text
    "bands",
    metadata,
    Column("document", Text, ForeignKey("documents.id"), primary_key=True),
    Column("band", Integer, primary_key=True),
    Column("hash", _Long, nullable=False),
    Index("bands_by_hash", "hash", "band"),
)

twins = Table(  # who has nearly the same text; each pair both ways
    "twins",
    metadata,
    Column("document", Text, ForeignKey("documents.id"), primary_key=True),
    Column("other", Text, ForeignKey("documents.id"), primary_key=True),
)

versions = Table(
    "versions",
    metadata,
    Column("row", Integer, primary_key=True),  # in the order of time
    Column("document", Text, nullable=False, index=True),
    Column("sha256", Text, nullable=False),
    Column("title", Text),
    Column("source", Text, index=True),
    Column("ingested", Text, nullable=False),
    Column("ended", Text),
    Column("end", Text),  # why: changed, removed, superseded
)

withheld = Table(
    "withheld", metadata, Column("document", Text, primary_key=True), Column("since", Text, nullable=False)
)

sentences = Table(
    "sentences",
    metadata,
    Column("row", Integer, primary_key=True),  # the full-text index counts by it
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    Column("index", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("heading", Text),
    Column("speaker", Text),
    Column("modality", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("echo_document", Text),  # a sentence of a copy that stands in its first document as well: no evidence,
    Column("echo_index", Integer),  # so no words, mentions or facts of it are kept
    Index("sentences_echoed", "echo_document", "echo_index"),
    Index("sentences_by_speaker", "speaker"),
    Index("sentences_by_key", "document", "index", unique=True),
)

passages = Table(  # some sentences of a document, one after the other: see rahdari.store.nearest
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),  # of the first of them
    Column("document", Text, ForeignKey("documents.id"), nullable=False, index=True),
    Column("together", LargeBinary, nullable=False),  # which numbers of their vectors' sum are positive
    Column("signs", LargeBinary, nullable=False),  # and which of each vector
)

entities = Table(
    "entities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False, index=True),
)

aliases = Table(
    "aliases",
    metadata,
    Column("entity", Text, ForeignKey("entities.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("alias", Text, nullable=False, index=True),
)

forms = Table(  # what people may call an entity
    "forms",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("entity", Text, ForeignKey("entities.id"), nullable=False, index=True),
    Column("form", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("joined", Text, index=True),
    Column("initials", Text, index=True),
    Column("words", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Index("forms_by_shape", "words", "length"),
)

vocabulary = Table(  # plain words of all sentences, with how often each stands there
    "vocabulary",
    metadata,
    Column("word", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

joined = Table(  # which entity a document's own entity became: `entities` and `mentions` follow it
    "joined",
    metadata,
    Column("own", Text, primary_key=True),
    Column("entity", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
)

spellings = Table(  # an entity as documents name it, all alike
    "spellings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("own", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("aliases", Text, nullable=False),  # JSON
    Column("key", Text, nullable=False, index=True),
    Index("spellings_alike", "own", "name", "type", "aliases", unique=True),
)

ties = Table(  # keys of the names that an entity may take in
    "ties",
    metadata,
    Column("spelling", Integer, ForeignKey("spellings.id"), primary_key=True),
    Column("key", Text, primary_key=True, index=True),
)

named = Table(
    "named",
    metadata,
    Column("document", Text, ForeignKey("documents.id"), primary_key=True),
    Column("spelling", Integer, ForeignKey("spellings.id"), primary_key=True),
    Column("mentions", Integer, nullable=False),
    Index("named_by_spelling", "spelling", "document", "mentions"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    Column("sentence", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("type", Text, nullable=False, index=True),
    Column("entity", Text, ForeignKey("entities.id")),
    Column("value", Text),
    Column("own", Text, index=True),  # the entity as the document has it
    Index("mentions_by_sentence", "document", "sentence"),
    Index("mentions_by_entity", "entity", "document", "sentence"),
)

facts = Table(
    "facts",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("document", Text, ForeignKey("documents.id"), nullable=False),
    Column("sentence", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("predicate", Text, nullable=False, index=True),
    Column("object", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("speaker", Text),
    Column("as_of", Text),
    Column("subject_entity", Text, ForeignKey("entities.id"), index=True),
    Column("object_entity", Text, ForeignKey("entities.id"), index=True),
    Column("own_subject", Text, index=True),
    Column("own_object", Text, index=True),
    Index("facts_by_sentence", "document", "sentence"),
)

_RECORDS: dict[str, Any] = {"documents": Document, "sentences": Sentence, "mentions": Mention, "facts": Fact}


def create(connection: Connection) -> None:
    """Makes the tables in an empty database."""
    metadata.create_all(connection)
    connection.execute(insert(steps), [{"version_num": SCHEMA}])


def is_store(connection: Connection, tables: Collection[str]) -> bool:
    """Whether a database with these tables is a store, of whatever schema."""
    return {"meta", "sentences"} <= set(tables) and "schema" in noted(connection)


def noted(connection: Connection) -> dict[str, str]:
    """What is noted in a store of any schema."""
    return {row.key: row.value for row in connection.execute(select(meta))}


def fill(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Inserts rows, all with the keys of the first; keys that are no columns of the table are passed over."""
    given = list(rows)
    if not given:
        return
    names = tuple(name for name in table.columns.keys() if name in given[0])
    if connection.dialect.name == "sqlite":  # to hand it the rows takes SQLAlchemy longer than SQLite to keep them
        connection.exec_driver_sql(_insertion(table, names), [tuple(row[name] for name in names) for row in given])
    else:
        connection.execute(insert(table), [{name: row[name] for name in names} for row in given])


@cache
def _insertion(table: Table, names: tuple[str, ...]) -> str:
    return str(insert(table).compile(dialect=sqlite.dialect(), column_keys=names))


def linked_rows(
    extraction: Extraction, joined: Mapping[str, tuple[str, str]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of an extraction's mentions and facts.

    Args:
        joined: what became of the document's own entities: id and type over all documents.
    """

    def id_of(own: str | None) -> str | None:
        return joined[own][0] if own else None

    mentions_ = [
        {**vars(m), "own": m.entity, "entity": id_of(m.entity), "type": joined[m.entity][1] if m.entity else m.type}
        for m in extraction.mentions
    ]
    facts_ = [
        {
            **vars(fact),
            "own_subject": fact.subject_entity,
            "own_object": fact.object_entity,
            "subject_entity": id_of(fact.subject_entity),
            "object_entity": id_of(fact.object_entity),
        }
        for fact in extraction.facts
    ]
    return mentions_, facts_


@cache
def columns(table: Table) -> tuple[Any, ...]:
    """The columns of a table that are the fields of its record, in the order of the fields."""
    return tuple(table.c[field.name] for field in fields(_RECORDS[table.name]))
