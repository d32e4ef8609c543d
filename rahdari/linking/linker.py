"""Finds entities of the store in a message: exact aliases first, then spellings that are near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.linking.normal import Word, words
from rahdari.linking.vocabulary import Vocabulary
from rahdari.records import Entity, Link

if TYPE_CHECKING:
    from rahdari.store import Store

_LONGEST = 8
_LONGEST_MISSPELT = 5
_VOWELS = frozenset("aeiouy")
_FORGIVEN = 82.0
_SHORT_FORM = 0.9
_STATE = {"democratic", "federal", "islamic", "people", "peoples", "united", "plurinational"}


@dataclass
class _Index:
    """Aliases of one version of the store: plain words joined by a blank, and joined by nothing; initials of names."""

    version: str
    spaced: dict[str, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    joined: dict[str, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    initials: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    entities: dict[str, Entity] = field(default_factory=dict)
    weight: dict[str, int] = field(default_factory=dict)


class Linker:
    """Links a message's words to the store's entities: hash look-ups, near spellings only for unknown words."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.vocabulary = Vocabulary(store)
        self._index = _Index("")

    def link(self, text: str) -> tuple[Link, ...]:
        """The entities named in a text, in order, the longest names first, none inside another.

        One stretch has several links where it names several entities equally well.
        """
        self._renew()
        message = words(text)
        taken = [False] * len(message)
        odd = [self._misspelt(word.plain) for word in message]
        found: list[Link] = []
        for size in range(min(_LONGEST, len(message)), 0, -1):
            for first in range(len(message) - size + 1):
                span = message[first : first + size]
                if any(taken[first : first + size]):
                    continue
                hits = self._exact(span)
                if not hits and size == 1:
                    hits = self._abbreviated(span[0].plain)
                if not hits and size <= _LONGEST_MISSPELT and any(odd[first : first + size]):
                    hits = self._near(span)
                if hits:
                    taken[first : first + size] = [True] * size
                    found.extend(self._link(text, span, entity, score) for entity, score in hits)
        return tuple(sorted(found, key=lambda link: (link.start, -link.score, link.entity)))

    def _link(self, text: str, span: Sequence[Word], entity_id: str, score: float) -> Link:
        entity = self._index.entities[entity_id]
        start, end = span[0].start, span[-1].end
        return Link(start, end, text[start:end], entity_id, entity.type, entity.name, score)

    def _exact(self, span: Sequence[Word]) -> list[tuple[str, float]]:
        spaced = " ".join(word.plain for word in span)
        if len(span) == 1 and (spaced in _too_common() or len(spaced) < 2):
            return []
        hits = self._index.spaced.get(spaced) or self._index.joined.get(spaced.replace(" ", ""), [])
        return self._best(hits)

    def _abbreviated(self, word: str) -> list[tuple[str, float]]:
        """The one name that a word of the store's nobody is short for, letters inside its words included: "NSR"."""
        if not 3 <= len(word) <= 5 or not word.isalpha() or word in self.vocabulary or word in _too_common():
            return []
        inner = ("".join(letters) for size in range(1, len(word)) for letters in combinations(word[1:], size))
        names = {name for letters in inner for name in self._index.initials.get(word[0] + letters, ())}
        fitting = {entity for name in names if _shortens(word, name.split()) for entity, _ in self._index.spaced[name]}
        return [(entity, _SHORT_FORM) for entity in fitting] if len(fitting) == 1 else []

    def _near(self, span: Sequence[Word]) -> list[tuple[str, float]]:
        if any(word.plain in _too_common() for word in (span[0], span[-1])):
            return []
        if len(span) == 1 and (meant := self.vocabulary.correct(span[0].plain)) and meant not in self._index.spaced:
            return []  # "bulding" is a building, and nobody's name
        return self._nearest(" ".join(word.plain for word in span), self._index.version)

    def _misspelt(self, word: str) -> bool:
        shortest = 4 if _VOWELS & set(word) else 3  # "prt" is no word
        return len(word) >= shortest and not word.isdigit() and word not in self.vocabulary

    @lru_cache(maxsize=4096)  # noqa: B019 - one linker lives as long as the process
    def _nearest(self, spaced: str, version: str) -> list[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        plural = spaced[:-1] if spaced.endswith("s") else spaced
        hits = process.extract(spaced, self._index.spaced.keys(), scorer=fuzz.ratio, limit=5, score_cutoff=_FORGIVEN)
        for alias, score, _ in hits:
            if alias[0] != plural[0] and score < 90 or alias.count(" ") != spaced.count(" ") or len(alias) < 4:
                continue
            if any(abs(len(a) - len(b)) > 2 or fuzz.ratio(a, b) < 70 for a, b in zip(alias.split(), spaced.split())):
                continue
            return self._best([(entity, weight * score / 100) for entity, weight in self._index.spaced[alias]])
        return []

    def _best(self, hits: list[tuple[str, float]]) -> list[tuple[str, float]]:
        if not hits:
            return []
        top = max(score for _, score in hits)
        return sorted(
            {(entity, score) for entity, score in hits if score >= top - 1e-9},
            key=lambda hit: (-self._index.weight[hit[0]], hit[0]),
        )[:4]

    def _renew(self) -> None:
        if self._index.version == self._store.version:
            return
        index = _Index(self._store.version)
        for entity in self._store.entities():
            index.entities[entity.id] = entity
            index.weight[entity.id] = len(self._store.keys_mentioning(entity.id))
            for alias in entity.aliases:
                name = [word.plain for word in words(alias)]
                _add(index, name, entity.id, 1.0)
                if entity.type not in ("person", "sector") and 2 <= len(name) <= 5 and " ".join(name) in index.spaced:
                    index.initials["".join(word[0] for word in name)].append(" ".join(name))
        for entity in list(index.entities.values()):
            for short in self._short_forms(entity, index.weight[entity.id]):
                if " ".join(short) not in index.spaced or index.spaced[" ".join(short)][0][1] < 1.0:
                    _add(index, short, entity.id, _SHORT_FORM)
        for adjective, country in knowledge.lookup("countries").items():
            place = country.lower().replace(" ", "-")
            for form in (adjective, f"{adjective}s"):  # "the Kenyans"
                if place in index.entities and form not in index.spaced:
                    _add(index, [word.plain for word in words(form)], place, _SHORT_FORM)
        self._index = index

    def _short_forms(self, entity: Entity, mentioned: int) -> list[list[str]]:
        """Its short forms; a first name only where the store has the word for hardly anything else."""
        forms = _short_forms(entity)
        if entity.type != "person":
            return forms
        firsts = {words(alias)[0].plain for alias in entity.aliases if " " in alias}
        return [f for f in forms if f[0] not in firsts or self.vocabulary.count(f[0]) <= mentioned]


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


def _add(index: _Index, alias: list[str], entity: str, score: float) -> None:
    while alias and alias[0] in ("the", "a", "an"):
        alias = alias[1:]
    if not alias:
        return
    spaced = " ".join(alias)
    if (entity, score) not in index.spaced[spaced]:
        index.spaced[spaced].append((entity, score))
    if len(alias) > 1 or any(char.isdigit() for char in spaced):
        index.joined[spaced.replace(" ", "")].append((entity, score))


def _short_forms(entity: Entity) -> list[list[str]]:
    """What people shorten a name to: its head noun left out, its ordinal left out, its part before "for" or "of"."""
    heads = knowledge.lookup("heads").keys()
    found = []
    for alias in entity.aliases:
        name = [word.plain for word in words(alias)]
        if entity.type == "place" and "of" in name[1:-1] and name[0] in heads | _STATE:  # "Republic of the Congo"
            found.append([word for word in name[name.index("of", 1) + 1 :] if word != "the"])
        if entity.type in ("person", "place", "sector") and not (entity.type == "place" and name[-1] in heads):
            if entity.type == "person" and len(name) > 1:
                found.extend([[name[-1]], [name[0]]] if len(name[-1]) > 2 else [])
            continue
        for cut in ("for", "on"):
            if cut in name[2:]:
                name = name[: name.index(cut, 2)]
                found.append(name)
        if name and name[0] in ("first", "second", "third", "fourth", "fifth", "new", "national", "annual"):
            found.append(name[1:])
        bare = list(name)
        while len(bare) > 1 and bare[-1] in heads:
            bare = bare[:-1]
            if len("".join(bare)) >= 4 and not all(word in heads or word in _too_common() for word in bare):
                found.append(bare)
        if len(name) >= 3 and name[-1] in heads and len(name[0]) >= 4 and entity.type == "project":
            found.append([name[0], name[-1]])
    return [form for form in found if form and not (len(form) == 1 and form[0] in _too_common())]


@lru_cache(maxsize=1)
def _too_common() -> frozenset[str]:
    """Words that no message names an entity with when they stand alone."""
    groups = knowledge.groups("stopwords")
    common = {
        word.plain
        for key in ("function", "chat", "asking", "general")
        for entry in groups[key]
        for word in words(entry)
    }
    titles = {word.plain for entry in knowledge.groups("titles")["title"] for word in words(entry)}
    return frozenset(common | set(knowledge.lookup("heads")) | titles)
