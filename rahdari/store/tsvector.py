"""Full-text search over sentences, as PostgreSQL does it: tsvector and its index find, BM25 ranks as FTS5 does.

The words themselves come out of FTS5's tokeniser, and so does what of them is compared (Porter stems, diacritics
folded): both databases find the same sentences, with the same scores. A test asks both at random.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Connection

from rahdari.store import fulltext
from rahdari.store.keys import Key

tables = MetaData()

_words = Table(
    "words",
    tables,
    Column("row", Integer, primary_key=True, autoincrement=False),  # of the sentence
    Column("words", TSVECTOR, nullable=False),  # weights: A text, B heading, C context
    Column("size", Integer, nullable=False),  # words in all three
    Index("words_by_word", "words", postgresql_using="gin"),
)
_total = Table(  # one row
    "words_total",
    tables,
    Column("rows", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),
)

_LETTERS = {"text": "A", "heading": "B", "context": "C"}
_LONGEST = 500  # characters of a word that are looked at; a tsvector takes 2,046 bytes
_MOST = 900_000  # bytes of words and places of one sentence; a tsvector takes 1,048,575
_GAP = 2  # places between text, heading and context, so that no phrase goes from one into the next

_HIGHEST = max(fulltext.WEIGHTS)  # what ts_rank_cd takes is at most 1
_WEIGHTS = ", ".join(str(weight / _HIGHEST) for weight in (0, *reversed(fulltext.WEIGHTS)))  # of D, C, B and A
# What FTS5 counts of a word or phrase in a sentence: its occurrences, each by its weight. Of one word or phrase
# ts_rank_cd is just that sum; it gives four bytes, and the six figures that these hold are taken.
_OCCURRENCES = (
    f"{_HIGHEST} * CAST(CAST(ts_rank_cd(CAST(ARRAY[{_WEIGHTS}] AS real[]), w.words, query) AS numeric) "
    "AS double precision)"
)
# https://www.sqlite.org/fts5.html#the_bm25_function: k1 1.2, b 0.75; a word in over half of all rows still counts a bit
_SEARCH = f"""
WITH counted AS MATERIALIZED (
    SELECT t.place, CAST(t.query AS tsquery) AS query, CAST(n.rows AS double precision) AS rows,
        CAST(n.tokens AS double precision) / n.rows AS mean,
        (SELECT count(*) FROM words WHERE words.words @@ CAST(t.query AS tsquery)) AS found
    FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY AS t (query, place)
    CROSS JOIN words_total AS n WHERE n.rows > 0
), wanted AS MATERIALIZED (
    SELECT place, query, mean, greatest(ln((rows - found + 0.5) / (found + 0.5)), 0) AS idf FROM counted
)
SELECT s.document, s.index, found.score FROM (
    SELECT w.row, sum(
        CASE WHEN idf > 0 THEN idf ELSE 0.000001 END * (f.f * 2.2 / (f.f + 1.2 * (0.25 + 0.75 * w.size / mean)))
        ORDER BY place
    ) AS score
    FROM wanted JOIN words AS w ON w.words @@ wanted.query
    CROSS JOIN LATERAL (SELECT {_OCCURRENCES} AS f) AS f
    {{which}}
) AS found JOIN sentences AS s ON s.row = found.row
ORDER BY found.score DESC, s.document, s.index LIMIT :limit
"""
_ANYWHERE = text(_SEARCH.format(which="GROUP BY w.row ORDER BY score DESC, w.row LIMIT :wide"))
_IN_SOME = text(
    _SEARCH.format(which="WHERE w.row IN (SELECT row FROM sentences WHERE document = ANY(:documents)) GROUP BY w.row")
)
_FREQUENCY = text("SELECT count(*) FROM words WHERE words @@ CAST(:query AS tsquery)")
_COUNT = text("UPDATE words_total SET rows = rows + :rows, tokens = tokens + :tokens")


class Token(NamedTuple):
    """A word as it is compared, and where it stands: in which column, the how-manieth word of it."""

    word: str
    column: str
    place: int


_place = attrgetter("place")


class PostgresFullText:
    """As rahdari.store.fulltext.FullText."""

    def create(self, connection: Connection) -> None:
        """As FullText.create."""
        tables.create_all(connection)
        connection.execute(_total.insert(), [{"rows": 0, "tokens": 0}])

    def add(self, connection: Connection, rows: Iterable[fulltext.Row]) -> None:
        """As FullText.add."""
        given = list(rows)
        found = tokens(given)
        by_row = ((row[0], found.get(row[0], [])) for row in given)
        values = [{"row": row, "words": _vector(words), "size": len(words)} for row, words in by_row]
        if values:
            connection.execute(_words.insert(), values)
            _count(connection, len(values), sum(map(len, found.values())))

    def remove(self, connection: Connection, rows: Iterable[fulltext.Row]) -> None:
        """As FullText.remove."""
        numbers = [row[0] for row in rows]
        gone = _words.delete().where(_words.c.row.in_(numbers)).returning(_words.c.size)
        sizes = connection.execute(gone).scalars().all() if numbers else []
        _count(connection, -len(sizes), -sum(sizes))

    def settle(self, connection: Connection) -> None:
        """As FullText.settle."""
        connection.exec_driver_sql("SELECT gin_clean_pending_list('words_by_word')")

    def search(
        self, connection: Connection, terms: Sequence[str], limit: int, documents: Sequence[str] | None
    ) -> list[tuple[Key, float]]:
        """As FullText.search; equal scores come in the order of keys."""
        phrases = [phrase for phrase in map(phrase_of, terms) if phrase]
        if not phrases or limit < 1 or (documents is not None and not documents):
            return []
        values: dict[str, Any] = {"queries": list(map(query_of, phrases)), "limit": limit}
        if documents is None:
            rows = connection.execute(_ANYWHERE, {**values, "wide": fulltext.WIDE * limit})
        else:
            rows = connection.execute(_IN_SOME, {**values, "documents": list(documents)})
        return [((row[0], row[1]), row[2]) for row in rows]

    def frequency(self, connection: Connection, word: str) -> int:
        """As FullText.frequency."""
        phrase = phrase_of(word)
        return int(connection.execute(_FREQUENCY, {"query": query_of(phrase)}).scalar_one()) if phrase else 0

    def rows(self, connection: Connection) -> set[int]:
        """As FullText.rows."""
        return set(connection.execute(select(_words.c.row)).scalars())


def phrase_of(term: str) -> tuple[str, ...]:
    """The words of a term, as they are compared; none where it has no letter and no figure."""
    found = tokens([(0, term.encode("utf-8", "replace").decode(), "", "")]).get(0, ())
    return tuple(token.word[:_LONGEST] for token in sorted(found, key=_place))


def query_of(phrase: Sequence[str], where: str = "") -> str:
    """A tsquery that finds a phrase; `where` tells columns, and a star that the last word is a beginning."""
    marks = f":{where}" if where else ""
    inner = marks.replace("*", "")
    return " <-> ".join([f"'{word}'{inner}" for word in phrase[:-1]] + [f"'{phrase[-1]}'{marks}"])


def tokens(rows: Sequence[fulltext.Row]) -> dict[int, list[Token]]:
    """The words of sentences, by their row numbers."""
    with _tokenising:
        connection = _tokeniser()
        connection.executemany("INSERT INTO words (rowid, text, heading, context) VALUES (?, ?, ?, ?)", rows)
        found: dict[int, list[Token]] = {}
        for row, *token in connection.execute("SELECT doc, term, col, offset FROM instances"):
            found.setdefault(row, []).append(Token(*token))
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        return found


_tokenising = Lock()


@lru_cache(maxsize=1)
def _tokeniser() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    connection.execute(fulltext.TABLE)
    connection.execute("CREATE VIRTUAL TABLE instances USING fts5vocab('words', 'instance')")
    return connection


def _vector(found: Sequence[Token]) -> str:
    """A tsvector, as PostgreSQL reads it: each word with its places; the first of them in a monstrous sentence."""
    begin, left, places = 1, _MOST, dict[str, list[str]]()
    for column, letter in _LETTERS.items():
        here = sorted((token for token in found if token.column == column), key=_place)
        for token in here:
            word = token.word[:_LONGEST]
            left -= 2 if word in places else len(word.encode()) + 6
            if left < 0:
                break
            places.setdefault(word, []).append(f"{begin + token.place}{letter}")
        begin += len(here) + _GAP
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())


def _count(connection: Connection, rows: int, size: int) -> None:
    if rows:
        connection.execute(_COUNT, {"rows": rows, "tokens": size})
