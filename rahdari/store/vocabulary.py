"""The words of all sentences, counted as documents come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import select, text
from sqlalchemy.engine import Connection

from rahdari.knowledge.normal import plain_words
from rahdari.store import schema
from rahdari.store.held import Held

_ADD = (
    "INSERT INTO vocabulary (word, count) VALUES (:word, :count) "
    "ON CONFLICT ({}) DO UPDATE SET count = vocabulary.count + excluded.count"
)
_BY = {"sqlite": text(_ADD.format("word")), "postgresql": text(_ADD.format("md5(word)"))}  # what tells words apart


class Change:
    """What is to be counted anew; `write` brings it into the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by: Counter[str] = Counter()

    def take_in(self, sentence: str) -> None:
        """A sentence more."""
        self._by.update(plain_words(sentence))

    def take_out(self, sentence: str) -> None:
        """A sentence less."""
        self._by.subtract(plain_words(sentence))

    def write(self) -> None:
        """Writes what was changed."""
        changed = [{"word": word, "count": by} for word, by in sorted(self._by.items()) if by]
        if changed:
            self._connection.execute(_BY[self._connection.dialect.name], changed)
            self._connection.execute(text("DELETE FROM vocabulary WHERE count = 0"))
        self._by.clear()


def miscounted(held: Held, sentences: Iterable[str]) -> Iterator[str]:
    """What is not counted as it stands in these sentences, all that there are; a line each."""
    stands = Counter(word for sentence in sentences for word in plain_words(sentence))
    counts = Counter(dict(held.values(select(schema.vocabulary.c.word, schema.vocabulary.c.count))))
    for word in sorted(stands.keys() | counts.keys()):
        if stands[word] != counts[word]:
            yield f"the word {word!r} is counted {counts[word]} times, and stands in the documents {stands[word]} times"
