"""Changing a store: in its place, in one transaction, which readers see whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from rahdari.errors import StoreError
from rahdari.records import Document, Extraction
from rahdari.store import fulltext, history, joining, schema, twins, views, vocabulary
from rahdari.store.beside import moment
from rahdari.store.codec import (
    DIMENSIONS,
    VECTOR,
    Vectors,
    pack_extraction,
    pack_vectors,
    unpack_extraction,
    unpack_vectors,
)
from rahdari.store.database import Database, database_at
from rahdari.store.nearest import passages

_AT_ONCE = 1000  # sentences


@dataclass(frozen=True)
class Piece:
    """A document with what was found in it, packed as it is kept and handed from process to process: see `of`.

    Attributes:
        extraction: with the document's own ids of entities, as `pack_extraction` gives it.
        vectors: of its sentences, as `pack_vectors` gives them.
    """

    document: Document
    extraction: bytes
    vectors: bytes

    @classmethod
    def of(cls, document: Document, extraction: Extraction, vectors: Vectors) -> Piece:
        """Of an extraction as it was made, and one row of 384 numbers for each of its sentences.

        Raises:
            StoreError: they do not fit the document.
        """
        _check(document, extraction, vectors)
        return cls(document, pack_extraction(extraction), pack_vectors(vectors))

    def unpacked(self) -> Extraction:
        """What was found in it."""
        return unpack_extraction(self.extraction)

    @property
    def sentence_count(self) -> int:
        """The number of its sentences."""
        return len(self.vectors) // VECTOR


class Writer:
    """The only one that may change a store, while it is open. Open it with `open_writer`.

    Attributes:
        meta: what is noted in the store; empty where nothing was ingested yet.
        hashes: the sha256 of each document in it, by id.
        withheld: ids of documents that were taken out by hand.
    """

    def __init__(self, database: Database, engine: Engine, anew: bool = False) -> None:
        self._database = database
        self._engine = engine
        self.meta: dict[str, str] = {}
        self.hashes: dict[str, str] = {}
        self.withheld: frozenset[str] = frozenset()
        with self._transaction() as connection:
            tables = () if anew else database.tables(connection)
            if tables:
                if not schema.is_store(connection, tables):
                    raise StoreError(
                        f"{database.name} is a database, but no store; name another file in RAHDARI_DATABASE_URL"
                    )
                self.meta = schema.noted(connection)
                documents = schema.documents.c
                self.hashes = {row.id: row.sha256 for row in connection.execute(select(documents.id, documents.sha256))}
                self.withheld = frozenset(connection.execute(select(schema.withheld.c.document)).scalars())
                views.renew(connection)

    def publish(
        self,
        put: Callable[[], Iterable[Piece]] = tuple,
        remove: Mapping[str, str] | None = None,
        meta: Mapping[str, str] | None = None,
        withhold: Collection[str] = (),
        superseded: Iterable[Document] = (),
        progress: Callable[[str, int], None] = lambda *_: None,
    ) -> None:
        """Takes documents in, each in the place of the one with its id, takes others out, and notes; all at once.

        Args:
            put: gives the same pieces each time it is called.
            remove: ids, with why: `removed` or `superseded`.
            meta: replaces what is noted by these names; `inputs` becomes Store.version.
            withhold: documents that later ingests are to pass over.
            superseded: documents that are there and do not stand; those that never stood are noted as versions.
            progress: called with a step of the work, and the number of pieces done in it.

        Raises:
            StoreError: the store cannot be written. It then stays as it is.
        """
        with self._transaction() as connection:
            if not self.meta:
                self._database.create(connection)
                fulltext.of(connection).create(connection)
                views.renew(connection)
            history.pass_over(connection, superseded, moment())
            gone = {id: why for id, why in (remove or {}).items() if id in self.hashes}
            changed = _change(connection, put, gone, self.hashes, progress)
            schema.fill(connection, schema.withheld, ({"document": id, "since": moment()} for id in withhold))
            for key, value in {**(meta or {}), "schema": schema.SCHEMA}.items():
                connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
                connection.execute(insert(schema.meta), [{"key": key, "value": value}])
            if changed:
                self._database.settle(connection)
            self._database.changed(connection)
        self.__init__(self._database, self._engine)  # type: ignore[misc]
        self._database.tidy(self._engine)

    def withhold(self, ids: Collection[str], meta: Mapping[str, str]) -> None:
        """Takes documents out for good: the next ingest passes their files over. As `publish` for all else."""
        self.publish(remove=dict.fromkeys(ids, "removed"), meta=meta, withhold=ids)

    def release(self, ids: Collection[str]) -> None:
        """Lets the next ingest take these documents in again."""
        with self._transaction() as connection:
            connection.execute(delete(schema.withheld).where(schema.withheld.c.document.in_(list(ids))))
            self._database.changed(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, UnicodeError) as error:  # SQLite takes no half surrogate pairs
            raise self._database.unwritable(error) from error


@contextmanager
def open_writer(url: str, anew: bool = False) -> Iterator[Writer]:
    """Opens the store at an address for writing, and makes it when it is not there.

    Args:
        anew: begin with an empty store, whatever is there.

    Raises:
        StoreBusy: another process is writing to it.
        StoreDamaged: the file is no database, or a damaged one.
        StoreError: it is a database but no store, or cannot be written.
    """
    database = database_at(url)
    with database.writing(anew) as engine:
        writer = Writer(database, engine, anew)
        database.tidy(engine)
        yield writer


def _change(
    connection: Connection,
    put: Callable[[], Iterable[Piece]],
    remove: Mapping[str, str],
    before: Mapping[str, str],
    progress: Callable[[str, int], None],
) -> bool:
    """Whether there was anything to change."""
    touched: set[int] = set()
    words = vocabulary.Change(connection)
    unsettled: set[str] = set()
    now = moment()
    for id, why in remove.items():
        touched |= _take_out(connection, id, words)
        unsettled |= twins.leave(connection, id)
        history.end(connection, id, why, now)
    coming: dict[str, str] = {}
    for pieces in _several(put()):
        for piece in pieces:
            id = piece.document.id
            if id in before:
                touched |= _take_out(connection, id, words)
                unsettled |= twins.leave(connection, id)
                if before[id] != piece.document.sha256:
                    history.end(connection, id, "changed", now)
        touched |= joining.enter(connection, [(piece.document.id, piece.unpacked()) for piece in pieces])
        fresh = {piece.document.id: piece.document for piece in pieces}
        coming.update((id, one.sha256) for id, one in fresh.items())
        history.begin(connection, (one for id, one in fresh.items() if before.get(id) != one.sha256), now)
        progress("joining names", len(coming))
    if not remove and not coming:
        return False
    merged = joining.rejoin(connection, touched)
    joined = {own: (id, merged.entities[id].type) for own, id in merged.ids.items()}
    free = 1 + (connection.execute(select(func.max(schema.sentences.c.row))).scalar() or 0)
    written, entering = 0, twins.Entering(connection)
    for pieces in _several(put()):
        free = _take_in(connection, pieces, joined, free, words)
        entering.enter([piece.document for piece in pieces])
        written += len(pieces)
        progress("publishing", written)
    words.write()
    twins.settle(connection, {*coming, *(unsettled - set(remove))})
    if 2 * len(coming) > len({**before, **coming}):
        fulltext.of(connection).settle(connection)
    return True


def _take_out(connection: Connection, id: str, words: vocabulary.Change) -> set[int]:
    sentences = schema.sentences.c
    for text in connection.execute(select(sentences.text).where(sentences.document == id)).scalars():
        words.take_out(text)
    rows = connection.execute(
        select(sentences.row, sentences.text, func.coalesce(sentences.heading, ""), sentences.context).where(
            sentences.document == id, sentences.echo_document.is_(None)
        )
    )
    fulltext.of(connection).remove(connection, (tuple(row) for row in rows))
    for table in (schema.facts, schema.mentions, schema.passages, schema.sentences):
        connection.execute(delete(table).where(table.c.document == id))
    connection.execute(delete(schema.documents).where(schema.documents.c.id == id))
    return joining.leave(connection, id)


def _take_in(
    connection: Connection,
    pieces: Sequence[Piece],
    joined: Mapping[str, tuple[str, str]],
    free: int,
    words: vocabulary.Change,
) -> int:
    """Writes documents with all that was found in them; `free` is the next free number of a sentence, then and now."""
    schema.fill(connection, schema.documents, ({**vars(one.document), "extraction": one.extraction} for one in pieces))
    firsts = list(accumulate((one.sentence_count for one in pieces), initial=free))
    of_each = (
        row
        for one, first in zip(pieces, firsts)
        for row in passages(one.document.id, first, unpack_vectors([one.vectors]))
    )
    schema.fill(connection, schema.passages, of_each)
    extractions = [one.unpacked() for one in pieces]
    rows = list(enumerate((sentence for found in extractions for sentence in found.sentences), start=free))
    packed = (one.vectors[place : place + VECTOR] for one in pieces for place in range(0, len(one.vectors), VECTOR))
    values = ({**vars(s), "row": row, "vector": vector} for (row, s), vector in zip(rows, packed, strict=True))
    schema.fill(connection, schema.sentences, values)
    for _, sentence in rows:
        words.take_in(sentence.text)
    fulltext.of(connection).add(connection, ((row, s.text, s.heading or "", s.context) for row, s in rows))
    linked = [schema.linked_rows(found, joined) for found in extractions]
    schema.fill(connection, schema.mentions, (row for mentions, _ in linked for row in mentions))
    schema.fill(connection, schema.facts, (row for _, facts in linked for row in facts))
    return firsts[-1]


def _several(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """So many at a time that a statement for each kind of row is little beside the rows, and memory holds them."""
    several: list[Piece] = []
    sentences = 0
    for piece in pieces:
        several.append(piece)
        sentences += piece.sentence_count
        if sentences >= _AT_ONCE:
            yield several
            several, sentences = [], 0
    if several:
        yield several


def _check(document: Document, extraction: Extraction, vectors: Vectors) -> None:
    if vectors.shape != (len(extraction.sentences), DIMENSIONS):
        raise StoreError(f"{document.id}: vectors of shape {vectors.shape} for {len(extraction.sentences)} sentences")
    for index, sentence in enumerate(extraction.sentences):
        if sentence.index != index or sentence.text != document.text[sentence.start : sentence.end]:
            raise StoreError(f"{document.id}: sentence {index} is not the text at its offsets; fix the extraction")
    linked = {mention.entity for mention in extraction.mentions}
    for fact in extraction.facts:
        linked |= {fact.subject_entity, fact.object_entity}
    strange = sorted(filter(None, linked - {entity.id for entity in extraction.entities}))
    if strange:
        raise StoreError(f"{document.id}: {strange[0]} is linked to, but no entity; fix the extraction")
