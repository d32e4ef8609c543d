"""What becomes of a store in one transaction: documents come and go, and all that hangs together is settled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from rahdari.records import Document
from rahdari.store import fulltext, history, joining, schema, twins, vocabulary
from rahdari.store.beside import moment
from rahdari.store.codec import VECTOR, unpack_vectors
from rahdari.store.database import Database, writing_to
from rahdari.store.nearest import passages
from rahdari.store.pieces import Piece

_AT_ONCE = 1000  # sentences: a statement for each kind of row is little beside so many, and memory holds them
_PUBLISHING = "publishing"

Progress = Callable[[str, int, int, str], None]
"""Called with a step of the work, the number of files, documents or parts done in it, that of all, and the name of the
next or the last one."""


class Change:
    """All that is to become of a store at once. `Writer.change` gives one.

    Each method raises StoreError where the store cannot be written; it then stays as it is.

    Attributes:
        coming: the ids of the documents that were taken in.
    """

    def __init__(self, connection: Connection, database: Database, before: Mapping[str, str]) -> None:
        self._connection = connection
        self._database = database
        self._before = before  # the sha256 of each document, by id
        self._begun = False
        self._waiting: list[Piece] = []
        self._waiting_sentences = 0
        self.coming: set[str] = set()
        self._versions: list[Document] = []  # that begin; those before them end
        self._gone: set[str] = set()
        self._spellings: set[int] = set()  # of names that may now be those of others
        self._unsettled: set[str] = set()  # documents that were alike to one that is gone
        self._words = vocabulary.Change(connection)
        self._twins = twins.Entering(connection)
        self._free = 1 + (connection.execute(select(func.max(schema.sentences.c.row))).scalar() or 0)

    def put(self, piece: Piece) -> None:
        """Takes a document in, in the place of the one with its id."""
        self.coming.add(piece.document.id)
        self._waiting.append(piece)
        self._waiting_sentences += piece.sentence_count
        self._begun = True
        if self._waiting_sentences >= _AT_ONCE:
            with self._writing():
                self._take_in()

    def remove(self, id: str, why: str) -> None:
        """Takes out a document that is there; `why` as Version.end."""
        with self._writing():
            self._gone.add(id)
            self._take_out(id)
            history.end(self._connection, id, why, moment())

    def pass_over(self, documents: Iterable[Document]) -> None:
        """Notes, as versions, documents that are not taken in because later ones stand."""
        with self._writing():
            history.pass_over(self._connection, documents, moment())

    def withhold(self, ids: Iterable[str]) -> None:
        """Notes documents that later ingests are to pass over."""
        with self._writing():
            since = moment()
            rows = ({"document": id, "since": since} for id in ids)
            schema.fill(self._connection, schema.withheld, rows)

    def release(self, ids: Collection[str]) -> None:
        """Lets later ingests take documents in again."""
        with self._writing():
            self._connection.execute(delete(schema.withheld).where(schema.withheld.c.document.in_(list(ids))))

    def note(self, meta: Mapping[str, str]) -> None:
        """Notes values, each in the place of the one of its name; `inputs` becomes Store.version."""
        with self._writing():
            for key, value in meta.items():
                self._connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
                self._connection.execute(insert(schema.meta), [{"key": key, "value": value}])

    def settle(self, progress: Progress) -> None:
        """Joins names and finds what repeats others, now that all has come and gone."""
        if not self._begun:
            return
        with self._writing():
            self._take_in()
        if self.coming or self._gone:
            steps = {"names": self._join, "repeated texts": self._find_repeated, "indexes": self._index}
            for done, (name, step) in enumerate(steps.items()):
                progress(_PUBLISHING, done, len(steps), name)
                with self._writing():
                    step()
            progress(_PUBLISHING, len(steps), len(steps), "")
        with self._writing():
            self._database.changed(self._connection)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._begun = True
        with writing_to(self._database):
            yield

    def _join(self) -> None:
        joining.rejoin(self._connection, self._spellings)
        self._words.write()

    def _find_repeated(self) -> None:
        twins.settle(self._connection, {*self.coming, *(self._unsettled - self._gone)})

    def _index(self) -> None:
        connection, now = self._connection, moment()
        for one in self._versions:
            if one.id in self._before:
                history.end(connection, one.id, "changed", now)
        history.begin(connection, self._versions, now)
        if 2 * len(self.coming) > len({*self._before, *self.coming}):
            fulltext.of(connection).settle(connection)
        self._database.settle(connection)

    def _take_out(self, id: str) -> None:
        connection = self._connection
        sentences = schema.sentences.c
        for text in connection.execute(select(sentences.text).where(sentences.document == id)).scalars():
            self._words.take_out(text)
        rows = connection.execute(
            select(sentences.row, sentences.text, func.coalesce(sentences.heading, ""), sentences.context).where(
                sentences.document == id, sentences.echo_document.is_(None)
            )
        )
        fulltext.of(connection).remove(connection, (tuple(row) for row in rows))
        for table in (schema.facts, schema.mentions, schema.passages, schema.sentences):
            connection.execute(delete(table).where(table.c.document == id))
        connection.execute(delete(schema.documents).where(schema.documents.c.id == id))
        self._spellings |= joining.leave(connection, id)
        self._unsettled |= twins.leave(connection, id)

    def _take_in(self) -> None:
        """Writes the documents that wait, with all that was found in them, by the names that are known by now."""
        connection, pieces = self._connection, self._waiting
        self._waiting, self._waiting_sentences = [], 0
        if not pieces:
            return
        documents = [piece.document for piece in pieces]
        for one in documents:
            if self._before.get(one.id) != one.sha256:
                self._versions.append(one)
            if one.id in self._before:
                self._take_out(one.id)
        extractions = [piece.unpacked() for piece in pieces]
        named = [(one.id, found) for one, found in zip(documents, extractions)]
        spellings, joined = joining.enter(connection, named)
        self._spellings |= spellings
        rows = ({**vars(one.document), "extraction": one.extraction} for one in pieces)
        schema.fill(connection, schema.documents, rows)
        firsts = list(accumulate((piece.sentence_count for piece in pieces), initial=self._free))
        of_each = (
            row
            for piece, first in zip(pieces, firsts)
            for row in passages(piece.document.id, first, unpack_vectors([piece.vectors]))
        )
        schema.fill(connection, schema.passages, of_each)
        sentences = list(enumerate((one for found in extractions for one in found.sentences), start=self._free))
        vectors = (
            one.vectors[place : place + VECTOR] for one in pieces for place in range(0, len(one.vectors), VECTOR)
        )
        values = (
            {**vars(s), "row": row, "vector": vector} for (row, s), vector in zip(sentences, vectors, strict=True)
        )
        schema.fill(connection, schema.sentences, values)
        for _, sentence in sentences:
            self._words.take_in(sentence.text)
        fulltext.of(connection).add(connection, ((row, s.text, s.heading or "", s.context) for row, s in sentences))
        linked = [schema.linked_rows(found, joined) for found in extractions]
        schema.fill(connection, schema.mentions, (row for mentions, _ in linked for row in mentions))
        schema.fill(connection, schema.facts, (row for _, facts in linked for row in facts))
        self._twins.enter(documents)
        self._free = firsts[-1]
