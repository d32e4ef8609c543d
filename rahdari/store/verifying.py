"""Whether a store is whole: what can be cited, what is told and what is found belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from rahdari.store import codec, fulltext, joining, nearest, schema, vocabulary
from rahdari.store.changing import Progress
from rahdari.store.database import database_at, on_server
from rahdari.store.held import Held
from rahdari.store.snapshot import Snapshot

_SHOWN = 20  # problems of one kind
_VERIFYING = "verifying"


def verify(url: str, progress: Progress = lambda *_: None) -> list[str]:
    """What is wrong with the store at an address, a line each: nothing, where it is whole.

    Looked at are: the file, as SQLite checks it (a server checks its own); that each sentence and mention is the text
    at its offsets; that each fact and mention has its sentence, and each entity its names; that every sentence has a
    vector and can be found; that entities are joined as the documents in it demand, and found by all their forms and
    no others; that the words of sentences are counted, and the signs of their vectors kept.

    Raises:
        StoreError: it cannot be read at all.
    """
    snapshot = Snapshot(database_at(url))
    try:
        return _problems(snapshot, snapshot.held, progress)
    except DatabaseError as error:
        if on_server(url):
            raise snapshot.database.unreadable(error) from error
        return [f"the file is damaged: {error.orig}"]


def _problems(snapshot: Snapshot, held: Held, progress: Progress) -> list[str]:
    checks = {
        "places": _misplaced(snapshot),
        "references": _orphans(held),
        "index": _unfindable(held),
        "names": joining.misjoined(held.connection),
        "words": vocabulary.miscounted(held, _texts(held)),
        "vectors": nearest.missigned(held),
    }
    parts = len(checks) + 1
    progress(_VERIFYING, 0, parts, "file")
    damage = held.database.damage(held.connection)
    if damage:
        return _first(f"the file is damaged: {line}" for line in damage)
    problems: list[str] = []
    for done, (name, check) in enumerate(checks.items(), 1):
        progress(_VERIFYING, done, parts, name)
        problems += _first(check)
    progress(_VERIFYING, parts, parts, "")
    return problems


def _first(problems: Iterable[str]) -> list[str]:
    found = list(problems)
    more = len(found) - _SHOWN
    return [*found[:_SHOWN], f"… and {more} more like these"] if more > 0 else found


def _misplaced(snapshot: Snapshot) -> Iterator[str]:
    for document in snapshot.held.documents():
        id = document.id
        for place, sentence in enumerate(snapshot.sentences_in(id)):
            if sentence.index != place:
                yield f"{id}: sentence {place} is missing"
                break
            if sentence.text != document.text[sentence.start : sentence.end]:
                yield f"{id}: sentence {place} is not the text at {sentence.start} to {sentence.end}"
        table = schema.mentions.c
        columns = select(table.sentence, table.start, table.end, table.text).where(table.document == id)
        for row in snapshot.rows(columns):
            if row["text"] != document.text[row["start"] : row["end"]]:
                yield f"{id}: a mention in sentence {row['sentence']} is not the text at its offsets"


def _orphans(held: Held) -> Iterator[str]:
    sentences, entities = schema.sentences.c, schema.entities.c
    for table, columns in (
        (schema.facts, ("subject_entity", "object_entity")),
        (schema.mentions, ("entity",)),
    ):
        word = table.name[:-1]
        same = (sentences.document == table.c.document) & (sentences.index == table.c.sentence)
        joined = table.outerjoin(schema.sentences, same)
        lost = select(table.c.document, table.c.sentence).select_from(joined).where(sentences.row.is_(None))
        for row in held.rows(lost):
            yield f"{row['document']}: a {word} stands in sentence {row['sentence']}, which is not there"
        for column in columns:
            joined = table.outerjoin(schema.entities, entities.id == table.c[column])
            unknown = select(table.c.document, table.c[column].label("entity")).select_from(joined)
            for row in held.rows(unknown.where(table.c[column].is_not(None), entities.id.is_(None))):
                yield f"{row['document']}: a {word} names {row['entity']}, which is no entity of the store"
    originals = schema.documents.alias("originals").c
    lost = select(schema.documents.c.id, schema.documents.c.copy_of).where(schema.documents.c.copy_of.is_not(None))
    for row in held.rows(lost.where(schema.documents.c.copy_of.not_in(select(originals.id)))):
        yield f"{row['id']}: it is told as a copy of {row['copy_of']}, which is no document of the store"
    strays = select(sentences.document).distinct().where(sentences.document.not_in(select(schema.documents.c.id)))
    for row in held.rows(strays):
        yield f"{row['document']}: there are sentences of it, but no document"


def _unfindable(held: Held) -> Iterator[str]:
    sentences = schema.sentences.c
    bad = select(sentences.document, sentences.index).where(func.length(sentences.vector) != codec.VECTOR)
    for row in held.rows(bad):
        yield f"{row['document']}: the vector of sentence {row['index']} has not {codec.DIMENSIONS} numbers"
    findable = fulltext.of(held.connection).rows(held.connection)
    told = select(sentences.row, sentences.document, sentences.index).order_by(sentences.row)
    for row, document, index in held.values(
        told.where(sentences.echo_document.is_(None))
    ):  # an echo is not to be found
        if row not in findable:
            yield f"{document}: sentence {index} is not in the full-text index"
        findable.discard(row)
    if findable:
        yield f"the full-text index has {len(findable)} sentences that are not there"


def _texts(held: Held) -> Iterator[str]:
    """The texts of all sentences, echoes among them, a document at a time."""
    sentences = schema.sentences.c
    for (document,) in held.values(select(sentences.document).distinct()):
        for (text,) in held.values(select(sentences.text).where(sentences.document == document)):
            yield text
