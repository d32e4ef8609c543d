"""Full-text search over sentences: what the store needs of it, and how SQLite's FTS5 does it.

PostgreSQL has a class with the same methods: rahdari.store.tsvector.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.functions import FunctionElement

from rahdari.store.keys import Key

Row = tuple[int, str, str, str]
"""A sentence's row number, text, heading and context."""

WEIGHTS = (1.0, 0.4, 0.6)
"""What a word counts in the text, the heading and the context of a sentence."""

TABLE = (
    "CREATE VIRTUAL TABLE words USING fts5(text, heading, context, content='', "
    "tokenize='porter unicode61 remove_diacritics 2')"
)
"""An FTS5 table that keeps words only, no second copy of the text: Porter stems, diacritics folded."""

WIDE = 4  # times as many as are wanted: of equal scores the first by key are to be among them
_FREQUENCY = text("SELECT count(*) FROM words WHERE words MATCH :query")


class FullText(Protocol):
    """What the store needs of a full-text index."""

    def create(self, connection: Connection) -> None:
        """Makes an empty index."""

    def add(self, connection: Connection, rows: Iterable[Row]) -> None:
        """Takes sentences in."""

    def remove(self, connection: Connection, rows: Iterable[Row]) -> None:
        """Takes sentences out, each exactly as it was taken in."""

    def settle(self, connection: Connection) -> None:
        """Makes looking up quick after many were taken in."""

    def search(
        self, connection: Connection, terms: Sequence[str], limit: int, documents: Sequence[str] | None
    ) -> list[tuple[Key, float]]:
        """The sentences with at least one term, best first; a higher score is better."""

    def frequency(self, connection: Connection, word: str) -> int:
        """The number of sentences with this word, inflections included."""

    def rows(self, connection: Connection) -> set[int]:
        """The row numbers of all sentences that can be found."""


def of(connection: Connection) -> FullText:
    """The full-text index of the database that a connection leads to."""
    if connection.dialect.name == "sqlite":
        return SqliteFullText()
    from rahdari.store.tsvector import PostgresFullText

    return PostgresFullText()


class Holding(FunctionElement):  # type: ignore[misc]
    """The row numbers of sentences that have all these words in their text or context, for `IN`.

    The last word may be the beginning of one.
    """

    inherit_cache = True

    def __init__(self, words: Sequence[str]) -> None:
        from rahdari.store.tsvector import phrase_of, query_of

        match = f"{{text context}} : ({' AND '.join(map(quoted, words))}*)"
        phrases = [phrase for phrase in map(phrase_of, words) if phrase]
        parts = [query_of(phrase, "AC") for phrase in phrases[:-1]] + [query_of(one, "*AC") for one in phrases[-1:]]
        super().__init__(match, " & ".join(parts))


@compiles(Holding, "sqlite")  # type: ignore[untyped-decorator]
def _matching(element: Holding, compiler: Any, **more: Any) -> str:
    match, _ = element.clauses
    return f"(SELECT rowid FROM words WHERE words MATCH {compiler.process(match, **more)})"


@compiles(Holding, "postgresql")  # type: ignore[untyped-decorator]
def _queried(element: Holding, compiler: Any, **more: Any) -> str:
    _, query = element.clauses
    return f"(SELECT w.row FROM words AS w WHERE w.words @@ CAST({compiler.process(query, **more)} AS tsquery))"


class SqliteFullText:
    """FTS5: Porter stems, diacritics folded, BM25 with its usual k1 1.2 and b 0.75 (fixed in FTS5).

    What a sentence says counts fully; its heading and the names that its pronouns stand for count less.
    """

    def create(self, connection: Connection) -> None:
        """As FullText.create."""
        connection.exec_driver_sql(TABLE)

    def add(self, connection: Connection, rows: Iterable[Row]) -> None:
        """As FullText.add."""
        self._write(connection, "INSERT INTO words(rowid, text, heading, context) VALUES (?, ?, ?, ?)", rows)

    def remove(self, connection: Connection, rows: Iterable[Row]) -> None:
        """As FullText.remove: an index without texts has to be told them."""
        insert = "INSERT INTO words(words, rowid, text, heading, context) VALUES ('delete', ?, ?, ?, ?)"
        self._write(connection, insert, rows)

    def settle(self, connection: Connection) -> None:
        """As FullText.settle: merges the parts of the index to one."""
        connection.execute(text("INSERT INTO words(words) VALUES ('optimize')"))

    @staticmethod
    def _write(connection: Connection, statement: str, rows: Iterable[Row]) -> None:
        values = list(rows)
        if values:
            connection.exec_driver_sql(statement, values)

    def search(
        self, connection: Connection, terms: Sequence[str], limit: int, documents: Sequence[str] | None
    ) -> list[tuple[Key, float]]:
        """As FullText.search; equal scores come in the order of keys."""
        query = " OR ".join(quoted(term) for term in terms if _has_word(term))
        if not query or limit < 1 or (documents is not None and not documents):
            return []
        values = {
            "query": query,
            "limit": limit,
            "wide": WIDE * limit,
            **{f"d{number}": name for number, name in enumerate(documents or ())},
        }
        statement = self._statement(None if documents is None else len(documents))
        return [((row[0], row[1]), row[2]) for row in connection.execute(statement, values)]

    @staticmethod
    @lru_cache(maxsize=64)
    def _statement(documents: int | None) -> TextClause:
        """The search, in all documents or in this many named ones."""
        score = f"-bm25(words, {', '.join(map(str, WEIGHTS))}) AS score"
        if documents is None:  # which sentence a row is need not be looked up for all that match
            found = (
                f"(SELECT rowid, {score} FROM words WHERE words MATCH :query ORDER BY score DESC LIMIT :wide) AS found"
            )
        else:
            names = ", ".join(f":d{number}" for number in range(documents))
            rows = f"(SELECT row FROM sentences WHERE document IN ({names}))"
            # +: not row by row, which costs a hundred times as much for each
            found = f"(SELECT rowid, {score} FROM words WHERE words MATCH :query AND +rowid IN {rows}) AS found"
        return text(
            f'SELECT s.document, s."index", found.score FROM {found} JOIN sentences AS s ON s.row = found.rowid '
            'ORDER BY found.score DESC, s.document, s."index" LIMIT :limit'
        )

    def frequency(self, connection: Connection, word: str) -> int:
        """As FullText.frequency; text, heading and context are looked at."""
        if not _has_word(word):
            return 0
        return int(connection.execute(_FREQUENCY, {"query": quoted(word)}).scalar_one())

    def rows(self, connection: Connection) -> set[int]:
        """As FullText.rows."""
        return set(connection.exec_driver_sql("SELECT id FROM words_docsize").scalars())


def quoted(term: str) -> str:
    """A term as an FTS5 string: what looks like an operator in it is none; several words are a phrase."""
    return '"' + term.replace('"', '""').replace("\0", " ") + '"'


def _has_word(term: str) -> bool:
    # a string without any token matches nothing, but makes FTS5 fail in some positions
    return any(character.isalnum() for character in term)
