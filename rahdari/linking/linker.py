"""Finds entities of the store in a message: exact forms of their names first, then spellings that are near."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from rahdari.extraction import too_common
from rahdari.knowledge.normal import Word, words
from rahdari.linking.names import SHORT_FORM, Hit, Names
from rahdari.linking.vocabulary import Vocabulary, general_words
from rahdari.records import Link

if TYPE_CHECKING:
    from rahdari.store import Store

_LONGEST = 8
_LONGEST_MISSPELT = 5
_VOWELS = frozenset("aeiouy")
_FORGIVEN = 82.0


class Linker:
    """Links a message's words to the store's entities: look-ups, near spellings only for unknown words."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.vocabulary = Vocabulary(store)
        self._names = Names(store, self.vocabulary)

    def link(self, text: str) -> tuple[Link, ...]:
        """The entities named in a text, in order, the longest names first, none inside another.

        One stretch has several links where it names several entities equally well.
        """
        message = words(text)
        taken = [False] * len(message)
        odd = [self._misspelt(word.plain) for word in message]
        found: list[Link] = []
        ends = range(1, min(_LONGEST, len(message)) + 1)
        plain = [word.plain for word in message]
        self._names.read([" ".join(plain[n : n + size]) for size in ends for n in range(len(plain) - size + 1)])
        for size in range(min(_LONGEST, len(message)), 0, -1):
            for first in range(len(message) - size + 1):
                span = message[first : first + size]
                if any(taken[first : first + size]):
                    continue
                hits = self._exact(span)
                if size == 1 and _common(text[span[0].start : span[0].end]):
                    hits = [hit for hit in hits if not self._surname(*hit)]  # "park" is one, "Park" may be somebody
                if not hits and size == 1:
                    hits = self._abbreviated(span[0].plain)
                if not hits and size <= _LONGEST_MISSPELT and any(odd[first : first + size]):
                    hits = self._near(span)
                if hits:
                    taken[first : first + size] = [True] * size
                    found.extend(self._link(text, span, entity, score) for entity, score in hits)
        return tuple(sorted(found, key=lambda link: (link.start, -link.score, link.entity)))

    def _link(self, text: str, span: Sequence[Word], entity_id: str, score: float) -> Link:
        entity = self._store.entity(entity_id)
        assert entity is not None, entity_id
        start, end = span[0].start, span[-1].end
        return Link(start, end, text[start:end], entity_id, entity.type, entity.name, score)

    def _exact(self, span: Sequence[Word]) -> list[Hit]:
        spaced = " ".join(word.plain for word in span)
        if len(span) == 1 and (spaced in too_common() or len(spaced) < 2):
            return []
        return self._best(self._names.spaced(spaced) or self._names.joined(spaced.replace(" ", "")))

    def _abbreviated(self, word: str) -> list[Hit]:
        """The one name that a word of the store's nobody is short for, letters inside its words included: "NSR"."""
        if not 3 <= len(word) <= 5 or not word.isalpha() or word in self.vocabulary or word in too_common():
            return []
        inner = ("".join(letters) for size in range(1, len(word)) for letters in combinations(word[1:], size))
        names = self._names.abbreviated([word[0] + letters for letters in inner])
        fitting = {entity for name in names if _shortens(word, name.split()) for entity, _ in self._names.spaced(name)}
        return [(entity, SHORT_FORM) for entity in fitting] if len(fitting) == 1 else []

    def _surname(self, entity: str, score: float) -> bool:
        found = self._store.entity(entity)
        return score < 1.0 and found is not None and found.type == "person"

    def _near(self, span: Sequence[Word]) -> list[Hit]:
        if any(word.plain in too_common() for word in (span[0], span[-1])):
            return []
        if len(span) == 1 and (meant := self.vocabulary.correct(span[0].plain)) and not self._names.spaced(meant):
            return []  # "bulding" is a building, and nobody's name
        return self._nearest(" ".join(word.plain for word in span), self._store.version)

    def _misspelt(self, word: str) -> bool:
        shortest = 4 if _VOWELS & set(word) else 3  # "prt" is no word
        return len(word) >= shortest and not word.isdigit() and word not in self.vocabulary

    @lru_cache(maxsize=4096)  # noqa: B019 - one linker lives as long as the process
    def _nearest(self, spaced: str, version: str) -> list[Hit]:
        from rapidfuzz import fuzz, process

        plural = spaced[:-1] if spaced.endswith("s") else spaced
        near = self._names.like(spaced, _FORGIVEN)
        for alias, score, _ in process.extract(spaced, near, scorer=fuzz.ratio, limit=5, score_cutoff=_FORGIVEN):
            if alias[0] != plural[0] and score < 90 or alias.count(" ") != spaced.count(" ") or len(alias) < 4:
                continue
            if any(abs(len(a) - len(b)) > 2 or fuzz.ratio(a, b) < 70 for a, b in zip(alias.split(), spaced.split())):
                continue
            return self._best([(entity, weight * score / 100) for entity, weight in self._names.spaced(alias)])
        return []

    def _best(self, hits: list[Hit]) -> list[Hit]:
        if not hits:
            return []
        top = max(score for _, score in hits)
        return sorted(
            {(entity, score) for entity, score in hits if score >= top - 1e-9},
            key=lambda hit: (-self._store.mentioned(hit[0]), hit[0]),
        )[:4]


def _common(typed: str) -> bool:
    """Whether a word, as typed, is one of the language rather than a name."""
    return typed.islower() and typed in general_words()


def _shortens(word: str, name: Sequence[str]) -> bool:
    """Whether a word takes the first letter of each of a name's words, and perhaps further letters of them in order."""
    if not name:
        return not word
    if not word.startswith(name[0][0]):
        return False
    taken, rest = name[0], word
    place = 0
    while rest and (place := taken.find(rest[0], place)) >= 0:
        rest, place = rest[1:], place + 1
        if _shortens(rest, name[1:]):
            return True
    return False
