"""Writing a store: whole, aside, and renamed into place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.schema import Table

from rahdari.errors import StoreError
from rahdari.records import Document, Entity, Extraction
from rahdari.store import address, schema
from rahdari.store.codec import Vectors, pack_extraction, pack_vector
from rahdari.store.fulltext import SqliteFullText


def build(
    url: str,
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Vectors],
    meta: Mapping[str, str],
    originals: Sequence[Extraction] | None = None,
) -> None:
    """Writes a new store and puts it in the place of the old one, which readers that have it open keep.

    Args:
        extractions: one for each document, with ids of entities that hold over all of them.
        vectors: one array for each document, a row of 384 numbers for each of its sentences.
        meta: what it was built from; `inputs` is the hash that becomes Store.version.
        originals: the extractions before entities were merged, kept for the next ingest; else `extractions`.

    Raises:
        StoreError: the parts do not fit each other, or the file cannot be written. The old store then stands.
    """
    _check(documents, extractions, vectors)
    _replace(url, lambda aside: _write(aside, documents, extractions, vectors, meta, originals or extractions))


def note(url: str, values: Mapping[str, str]) -> None:
    """Records more of how the store was built, in a copy that takes its place: who reads the old file keeps it.

    Raises:
        StoreError: the file cannot be written. The old store then stands.
    """
    path = address.file_of(url)

    def write(aside: Path) -> None:
        shutil.copyfile(path, aside)
        engine = address.writing_engine(aside)
        with engine.begin() as connection:
            for key, value in values.items():
                connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
                connection.execute(insert(schema.meta), [{"key": key, "value": value}])
        engine.dispose()

    _replace(url, write)


def _replace(url: str, write: Callable[[Path], None]) -> None:
    path = address.file_of(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise StoreError(f"the store cannot be written to {path.parent}: {error.strerror}") from error
    aside = Path(name)
    try:
        write(aside)
        aside.chmod(0o644)  # mkstemp's 0600 would shut out a server that runs as another user
        _rename(aside, path)
    except (SQLAlchemyError, OSError, UnicodeError) as error:  # SQLite takes no half surrogate pairs
        raise StoreError(f"the store cannot be written to {path}: {error}") from error
    finally:
        aside.unlink(missing_ok=True)


def _rename(aside: Path, path: Path) -> None:
    for target in (aside, None, path.parent):
        if target is None:
            os.replace(aside, path)
            continue
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check(documents: Sequence[Document], extractions: Sequence[Extraction], vectors: Sequence[Vectors]) -> None:
    if not len(documents) == len(extractions) == len(vectors):
        raise StoreError(f"{len(documents)} documents, {len(extractions)} extractions, {len(vectors)} vector arrays")
    for document, extraction, array in zip(documents, extractions, vectors):
        if array.shape != (len(extraction.sentences), schema.DIMENSIONS):
            raise StoreError(f"{document.id}: vectors of shape {array.shape} for {len(extraction.sentences)} sentences")
        for index, sentence in enumerate(extraction.sentences):
            if sentence.index != index or sentence.text != document.text[sentence.start : sentence.end]:
                raise StoreError(f"{document.id}: sentence {index} is not the text at its offsets; fix the extraction")


def _write(
    path: Path,
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Vectors],
    meta: Mapping[str, str],
    originals: Sequence[Extraction],
) -> None:
    engine = address.writing_engine(path)
    try:
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
            noted = {**meta, "schema": schema.SCHEMA}
            _fill(connection, schema.meta, ({"key": key, "value": value} for key, value in noted.items()))
            rows = zip(documents, map(pack_extraction, originals))
            _fill(connection, schema.documents, ({**vars(document), "extraction": blob} for document, blob in rows))
            _fill_entities(connection, extractions)
            _fill_sentences(connection, extractions, vectors)
            _fill(connection, schema.mentions, (vars(row) for extraction in extractions for row in extraction.mentions))
            _fill(connection, schema.facts, (vars(row) for extraction in extractions for row in extraction.facts))
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


def _fill(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    values = [dict(row) for row in rows]
    if values:
        connection.execute(insert(table), values)


def _fill_sentences(connection: Connection, extractions: Sequence[Extraction], vectors: Sequence[Vectors]) -> None:
    pairs = [
        (sentence, vector)
        for extraction, array in zip(extractions, vectors)
        for sentence, vector in zip(extraction.sentences, array)
    ]
    rows = ({**vars(s), "row": number, "vector": pack_vector(v)} for number, (s, v) in enumerate(pairs, start=1))
    _fill(connection, schema.sentences, rows)
    words = ((number, s.text, s.heading or "", s.context) for number, (s, _) in enumerate(pairs, start=1))
    SqliteFullText().create(connection, words)


def _fill_entities(connection: Connection, extractions: Sequence[Extraction]) -> None:
    merged: dict[str, Entity] = {}
    names: dict[str, dict[str, None]] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            merged.setdefault(entity.id, entity)
            names.setdefault(entity.id, {merged[entity.id].name: None}).update(dict.fromkeys(entity.aliases))
    _fill(connection, schema.entities, ({"id": e.id, "name": e.name, "type": e.type} for e in merged.values()))
    rows = ((key, position, alias) for key, given in names.items() for position, alias in enumerate(given))
    _fill(connection, schema.aliases, (dict(zip(("entity", "position", "alias"), row)) for row in rows))
