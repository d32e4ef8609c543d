"""A store that is changed in place: it keeps the documents' own ids of entities, what they are joined by, a history.

What is stated twice, here and in rahdari.store.schema, is meant to be: this is how schema 2 was, whatever comes later.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any

from alembic import op
from sqlalchemy import text
from sqlalchemy.engine import Connection

from rahdari.extraction import ties
from rahdari.records import Entity
from rahdari.store.joining import form_rows
from rahdari.store.vocabulary import Change

revision = "2"
down_revision = "1"

_TABLES = """
CREATE TABLE versions ("row" INTEGER NOT NULL PRIMARY KEY, document TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT,
    source TEXT, ingested TEXT NOT NULL, ended TEXT, "end" TEXT);
CREATE INDEX ix_versions_document ON versions (document);
CREATE INDEX ix_versions_source ON versions (source);
CREATE TABLE withheld (document TEXT NOT NULL PRIMARY KEY, since TEXT NOT NULL);
CREATE TABLE joined (own TEXT NOT NULL PRIMARY KEY, entity TEXT NOT NULL, type TEXT NOT NULL);
CREATE INDEX ix_joined_entity ON joined (entity);
CREATE TABLE spellings (id INTEGER NOT NULL PRIMARY KEY, own TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
    aliases TEXT NOT NULL, "key" TEXT NOT NULL);
CREATE INDEX ix_spellings_key ON spellings ("key");
CREATE UNIQUE INDEX spellings_alike ON spellings (own, name, type, aliases);
CREATE TABLE ties (spelling INTEGER NOT NULL REFERENCES spellings (id), "key" TEXT NOT NULL,
    PRIMARY KEY (spelling, "key"));
CREATE INDEX ix_ties_key ON ties ("key");
CREATE TABLE named (document TEXT NOT NULL REFERENCES documents (id),
    spelling INTEGER NOT NULL REFERENCES spellings (id),
    mentions INTEGER NOT NULL, PRIMARY KEY (document, spelling));
CREATE INDEX named_by_spelling ON named (spelling, document, mentions);
CREATE TABLE bands (document TEXT NOT NULL REFERENCES documents (id), band INTEGER NOT NULL, hash INTEGER NOT NULL,
    PRIMARY KEY (document, band));
CREATE INDEX bands_by_hash ON bands (hash, band);
CREATE TABLE twins (document TEXT NOT NULL REFERENCES documents (id), other TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (document, other));
CREATE TABLE signs (block INTEGER NOT NULL PRIMARY KEY, signs BLOB NOT NULL);
CREATE TABLE forms ("row" INTEGER NOT NULL PRIMARY KEY, entity TEXT NOT NULL REFERENCES entities (id),
    form TEXT NOT NULL, kind TEXT NOT NULL, joined TEXT, initials TEXT, words INTEGER NOT NULL,
    length INTEGER NOT NULL);
CREATE INDEX ix_forms_entity ON forms (entity);
CREATE INDEX ix_forms_form ON forms (form);
CREATE INDEX ix_forms_joined ON forms (joined);
CREATE INDEX ix_forms_initials ON forms (initials);
CREATE INDEX forms_by_shape ON forms (words, length);
CREATE TABLE vocabulary (word TEXT NOT NULL PRIMARY KEY, count INTEGER NOT NULL);
DROP INDEX ix_mentions_entity;
CREATE INDEX mentions_by_entity ON mentions (entity, document, sentence);
CREATE INDEX sentences_by_speaker ON sentences (speaker);
CREATE INDEX documents_by_day ON documents (published, id);
ALTER TABLE documents ADD COLUMN author TEXT;
ALTER TABLE documents ADD COLUMN language TEXT;
ALTER TABLE documents ADD COLUMN reader TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN copy_of TEXT;
ALTER TABLE sentences ADD COLUMN echo_document TEXT;
ALTER TABLE sentences ADD COLUMN echo_index INTEGER;
CREATE INDEX sentences_echoed ON sentences (echo_document, echo_index);
ALTER TABLE mentions ADD COLUMN own TEXT;
CREATE INDEX ix_mentions_own ON mentions (own);
ALTER TABLE facts ADD COLUMN own_subject TEXT;
ALTER TABLE facts ADD COLUMN own_object TEXT;
CREATE INDEX ix_facts_own_subject ON facts (own_subject);
CREATE INDEX ix_facts_own_object ON facts (own_object)
"""


def upgrade() -> None:
    """Makes the tables, and fills them from what was extracted, which schema 1 kept for the next ingest.

    All but `signs`, which the next step takes away again.
    """
    connection = op.get_bind()
    for statement in _TABLES.split(";\n"):
        connection.execute(text(statement))
    spellings: dict[tuple[str, ...], int] = {}
    joined: dict[str, str] = {}
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    documents = connection.execute(text("SELECT id, sha256, title, source, extraction FROM documents ORDER BY id"))
    for id, sha256, title, source, blob in documents.all():
        extraction = json.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass"))
        joined.update(_own(connection, id, extraction))
        _name(connection, id, extraction, spellings)
        _run(
            connection,
            "INSERT INTO versions (document, sha256, title, source, ingested) VALUES (?, ?, ?, ?, ?)",
            [(id, sha256, title, source, now)],
        )
    types = {row[0]: row[1] for row in connection.execute(text("SELECT id, type FROM entities"))}
    values = [(own, entity, types[entity]) for own, entity in joined.items() if entity in types]
    _run(connection, "INSERT INTO joined VALUES (?, ?, ?)", values)
    spoken = Change(connection)
    for (sentence,) in connection.execute(text("SELECT text FROM sentences")).all():
        spoken.take_in(sentence)
    spoken.write()
    for id, name, type in connection.execute(text("SELECT id, name, type FROM entities ORDER BY id")).all():
        given = text("SELECT alias FROM aliases WHERE entity = :id ORDER BY position")
        aliases = tuple(row[0] for row in connection.execute(given, {"id": id}))
        values = [tuple(row.values()) for row in form_rows(Entity(id, name, type, aliases))]
        into = "INSERT INTO forms (entity, form, kind, joined, initials, words, length) VALUES (?, ?, ?, ?, ?, ?, ?)"
        _run(connection, into, values)


def _own(connection: Connection, id: str, extraction: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fills in the document's own ids: its rows stand in the order in which they were extracted."""
    rows = connection.execute(
        text('SELECT "row", entity FROM mentions WHERE document = :id ORDER BY "row"'), {"id": id}
    )
    pairs = list(zip(extraction["mentions"], rows.all()))
    _run(connection, 'UPDATE mentions SET own = ? WHERE "row" = ?', [(own["entity"], row[0]) for own, row in pairs])
    facts = connection.execute(text('SELECT "row" FROM facts WHERE document = :id ORDER BY "row"'), {"id": id})
    values = [
        (own["subject_entity"], own["object_entity"], row[0]) for own, row in zip(extraction["facts"], facts.all())
    ]
    _run(connection, 'UPDATE facts SET own_subject = ?, own_object = ? WHERE "row" = ?', values)
    return ((own["entity"], row[1]) for own, row in pairs if own["entity"])


def _name(connection: Connection, id: str, extraction: dict[str, Any], spellings: dict[tuple[str, ...], int]) -> None:
    counts = Counter(mention["entity"] for mention in extraction["mentions"])
    for row in extraction["entities"]:
        entity = Entity(row["id"], row["name"], row["type"], tuple(row["aliases"]))
        spelling = (entity.id, entity.name, entity.type, json.dumps(entity.aliases, ensure_ascii=False))
        if spelling not in spellings:
            number = spellings[spelling] = len(spellings) + 1
            key, taken = ties(entity)
            _run(connection, "INSERT INTO spellings VALUES (?, ?, ?, ?, ?, ?)", [(number, *spelling, key)])
            _run(connection, "INSERT INTO ties VALUES (?, ?)", [(number, one) for one in sorted(taken)])
        _run(connection, "INSERT INTO named VALUES (?, ?, ?)", [(id, spellings[spelling], counts[entity.id])])


def _run(connection: Connection, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
    if values:
        connection.exec_driver_sql(statement, list(values))
