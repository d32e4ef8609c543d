"""The tables, and how a row becomes a record. Raise SCHEMA when a table changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

from rahdari.records import Document, Fact, Mention, Sentence

SCHEMA = "2"
DIMENSIONS = 384  # of a sentence vector, kept as float16: half the size, cosines off by less than 0.001

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

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
    Column("reader", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("extraction", LargeBinary, nullable=False),  # as extracted, before entities of documents were merged
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
    Index("sentences_by_key", "document", "index", unique=True),
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
    Column("entity", Text, ForeignKey("entities.id"), index=True),
    Column("value", Text),
    Index("mentions_by_sentence", "document", "sentence"),
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
    Index("facts_by_sentence", "document", "sentence"),
)

_NOT_IN_RECORD = {"row", "vector", "extraction"}


def columns(table: Table) -> list[Any]:
    """The columns of a table that are fields of its record."""
    return [column for column in table.columns if column.name not in _NOT_IN_RECORD]


def document(row: Mapping[str, Any]) -> Document:
    """A Document out of a row of `columns(documents)`."""
    return Document(**row)


def sentence(row: Mapping[str, Any]) -> Sentence:
    """A Sentence out of a row of `columns(sentences)`."""
    return Sentence(**row)


def mention(row: Mapping[str, Any]) -> Mention:
    """A Mention out of a row of `columns(mentions)`."""
    return Mention(**row)


def fact(row: Mapping[str, Any]) -> Fact:
    """A Fact out of a row of `columns(facts)`."""
    return Fact(**row)
