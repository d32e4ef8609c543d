"""The store as answering looks at it: sentences with their stems, neighbours and mentions, kept per store version."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rahdari.answering.text import stem, stems
from rahdari.knowledge.normal import plain_words, words
from rahdari.knowledge.roles import names_role
from rahdari.records import Document, Fact, Mention, Ranked, Sentence

if TYPE_CHECKING:
    from rahdari.store import Store

Key = tuple[str, int]
_Record = TypeVar("_Record", Mention, Fact)
_LONGEST_ROLE = 109  # characters: a longer one is a clause, not a role
_PARAGRAPH_REACH = 5
_KEPT = 4_000  # sentences
_OPENING = 3  # sentences: what they name counts three times
_OPENERS = ("place", "event")  # what an opening sentence names is what a document is about
_AGAIN, _SHARE = 3, 0.3  # mentions, and of those of what is mentioned most: again and again
_MANY = 400  # sentences that mention one thing
_MANY_ROLES, _ROLES_NEAR = 2000, 80  # facts, sentences
# "It runs 8 kilometres": what "it" is stands in the sentence before.
_LEANS = re.compile(
    r"[\"“]?(?:(?:It|Its|They|Their|This|These|He|She|His|Her)\b|(?:[\w'’.-]+ ){1,4}(?:it|its|they|their|them)\b)"
)


class Bags(NamedTuple):
    """The stems in a sentence, in what it leans on, in the sentences beside it, and in the rest of its paragraph.

    Attributes:
        first, last: the places of the paragraph's sentences among those of the document, as far as it was looked at.
        length: words in the sentence.
    """

    here: frozenset[str]
    context: frozenset[str]
    beside: frozenset[str]
    paragraph: frozenset[str]
    first: int
    last: int
    length: int


class _Naming(NamedTuple):
    """How a document names an entity.

    Attributes:
        times: how often, in the opening sentences thrice as much.
        opens: it is a place or an event, and they name it.
        first: the sentence in which its name is first given; -1 where it never is.
    """

    times: int
    opens: bool
    first: int


_NEVER = _Naming(0, False, -1)


class Corpus:
    """Look-ups over the store, each read once for a version of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._version = store.version
        self._mentions: dict[Key, tuple[Mention, ...]] = {}
        self._facts: dict[Key, tuple[Fact, ...]] = {}
        self._bags: dict[Key, Bags] = {}
        self._mentioning: dict[str, tuple[Key, ...] | None] = {}
        self._naming: dict[tuple[str, str], _Naming] = {}
        self._most: dict[str, int] = {}
        self._titles: dict[str, str] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._document_stems: dict[str, frozenset[str]] = {}
        self._title_stems: dict[str, frozenset[str]] = {}
        self._document_entities: dict[str, frozenset[str]] = {}
        self._frequency: dict[str, int] = {}
        self._roles: tuple[Fact, ...] | None = None
        self._few_roles = True
        self._fullest_role: dict[str, str | None] = {}
        self._most_mentioned: dict[tuple[str, ...], tuple[Ranked, ...]] = {}
        self._recency: dict[str, float] | None = None

    def renew(self) -> None:
        """Forgets what was read of an older version, and what has become too much. Called once a question."""
        full = len(self._bags) > _KEPT or max(len(self._mentions), len(self._naming)) > 4 * _KEPT
        if full or self._version != self.store.version:
            self.__init__(self.store)  # type: ignore[misc]

    def document(self, document: str) -> Document:
        """A document that a sentence of the store belongs to."""
        found = self.store.document(document)
        assert found is not None, document
        return found

    def sentences(self, keys: Iterable[Key]) -> tuple[Sentence, ...]:
        """The sentences with these keys, in the order of the keys."""
        return tuple(self.store.sentences_of(keys))

    def bags(self, sentence: Sentence) -> Bags:
        """The stems in and around a sentence."""
        key = (sentence.document, sentence.index)
        if key not in self._bags:
            self._bags[key] = self._read_bags(key, sentence)
        return self._bags[key]

    def _read_bags(self, key: Key, sentence: Sentence) -> Bags:
        heading = sentence.heading if sentence.heading != self.document(sentence.document).title else None
        context = stems(" ".join([sentence.context, heading or "", sentence.speaker or ""]))
        beside: set[str] = set()
        paragraph: set[str] = set()
        first = last = sentence.index
        for other in self.store.neighbours(key, _PARAGRAPH_REACH, _PARAGRAPH_REACH):
            step, found = other.index - sentence.index, stems(other.text)
            if abs(step) == 1 and abs(other.paragraph - sentence.paragraph) <= 1:
                beside |= found
            if other.paragraph == sentence.paragraph:
                paragraph |= found
                first, last = min(first, other.index), max(last, other.index)
                if step == -1 and _LEANS.match(sentence.text):
                    context |= found
        size = len(plain_words(sentence.text))
        return Bags(stems(sentence.text), context, frozenset(beside), frozenset(paragraph), first, last, size)

    def read_ahead(self, documents: Collection[str], entities: Collection[str]) -> None:
        """Reads at once what is soon asked one by one of these documents, and of these entities in them."""
        self.store.read_ahead(documents)
        named = [self._named(entity, documents) for entity in entities]
        self._most_named({document for one in named for document, naming in one.items() if naming.times >= _AGAIN})

    def mentions(self, keys: Sequence[Key]) -> dict[Key, tuple[Mention, ...]]:
        """The mentions in these sentences."""
        return _by_sentence(self._mentions, keys, lambda missing: self.store.mentions(keys=missing))

    def facts(self, keys: Sequence[Key]) -> dict[Key, tuple[Fact, ...]]:
        """The facts of these sentences."""
        return _by_sentence(self._facts, keys, lambda missing: self.store.facts(keys=missing))

    def keys_mentioning(self, entity: str) -> tuple[Key, ...] | None:
        """The sentences that mention an entity or are in a person's words; None where they are too many."""
        if entity not in self._mentioning:
            known = self.store.entity(entity)
            spoken = self.store.keys_spoken(known, _MANY + 1) if known and known.type == "person" else ()
            keys = tuple(sorted({*self.store.keys_mentioning(entity, _MANY + 1), *spoken}))
            self._mentioning[entity] = keys if len(keys) <= _MANY else None
        return self._mentioning[entity]

    def first_named(self, entity: str, document: str) -> int:
        """The sentence in which a document first gives an entity's name; -1 where it never does."""
        return self._named(entity, (document,))[document].first

    def about(self, entity: str, document: str) -> bool:
        """Whether a document is about an entity: never where that is a sector.

        It is in its title, a place or an event in its opening sentences, or mentioned again and again.
        """
        naming = self._named(entity, (document,))[document]
        return self._is_often(naming, document) or any(name in self._title(document) for name in self._names_of(entity))

    def _is_often(self, naming: _Naming, document: str) -> bool:
        again = naming.times >= _AGAIN and naming.times >= _SHARE * self._most_named((document,))[document]
        return naming.opens or again

    def _title(self, document: str) -> str:
        """The plain words of a document's title, with blanks around each."""
        kept = self._titles
        if document not in kept:
            title = self.document(document).title or document.replace("-", " ")
            kept[document] = f" {' '.join(plain_words(title))} "
        return kept[document]

    def _names_of(self, entity: str) -> frozenset[str]:
        kept = self._names
        if entity not in kept:
            found = self.store.entity(entity)
            aliases = found.aliases if found is not None and found.type != "sector" else ()
            kept[entity] = frozenset(f" {' '.join(plain_words(alias))} " for alias in aliases) - {"  "}
        return kept[entity]

    def _named(self, entity: str, documents: Collection[str]) -> dict[str, _Naming]:
        """How documents name an entity."""
        kept = self._naming
        missing = [document for document in documents if (entity, document) not in kept]
        counted = self._counted(missing, entity)
        kept.update({(entity, document): counted[document].get(entity, _NEVER) for document in missing})
        return {document: kept[entity, document] for document in documents}

    def _most_named(self, documents: Collection[str]) -> dict[str, int]:
        """How often documents name the entity that they name most."""
        kept = self._most
        missing = [document for document in documents if document not in kept]
        for document, counted in self._counted(missing).items():
            kept[document] = max((naming.times for naming in counted.values()), default=0)
        return {document: kept[document] for document in documents}

    def _counted(self, documents: Collection[str], entity: str | None = None) -> dict[str, dict[str, _Naming]]:
        """How documents name their entities, or one of them."""
        found: dict[str, dict[str, _Naming]] = {document: {} for document in documents}
        for one in self.store.named_in(documents, _OPENING, entity) if documents else ():
            times, opens, first = found[one.document].get(one.entity, _NEVER)
            if one.initial.isupper():
                first = one.first if first < 0 else min(first, one.first)
            if one.type != "sector":
                times += one.times + 2 * one.opening
                opens = opens or bool(one.opening) and one.type in _OPENERS
            found[one.document][one.entity] = _Naming(times, opens, first)
        return found

    def document_entities(self, document: str) -> frozenset[str]:
        """The entities that a document is about: see `about`."""
        if document not in self._document_entities:
            counted = self._counted((document,))[document]
            often = {entity for entity, naming in counted.items() if self._is_often(naming, document)}
            self._document_entities[document] = frozenset(often | self._titled(document))
        return self._document_entities[document]

    def _titled(self, document: str) -> set[str]:
        """The entities that a document's title names."""
        title = self._title(document).split()
        places = range(len(title))
        spans = {" ".join(title[first : last + 1]) for first in places for last in places[first:]}
        return {id for id, name in self.store.named_like(spans) if " ".join(plain_words(name)) in spans}

    def document_stems(self, document: str) -> frozenset[str]:
        """Every stem of a document."""
        if document not in self._document_stems:
            found: set[str] = set()
            for sentence in self.store.sentences(document):
                found |= stems(sentence.text)
            self._document_stems[document] = frozenset(found)
        return self._document_stems[document]

    def title_stems(self, document: str) -> frozenset[str]:
        """The stems of a document's title, publisher and day of publication."""
        if document not in self._title_stems:
            record = self.document(document)
            given = [record.title, record.publisher, (record.published or "")[:4], document.replace("-", " ")]
            self._title_stems[document] = stems(" ".join(part for part in given if part))
        return self._title_stems[document]

    def roles(self, text: str) -> tuple[Fact, ...]:
        """The facts that say what a person is: subject the name, object the role.

        Where there are very many, those in the sentences that have most of a question's words.
        """
        if self._roles is None:
            few = self.store.fact_count("be") <= _MANY_ROLES
            self._roles = self._persons_roles(self.store.facts(predicate="be")) if few else ()
            self._few_roles = few
        if self._few_roles:
            return self._roles
        near = self.store.search([word.plain for word in words(text)], _ROLES_NEAR)
        return self._persons_roles(self.store.facts(keys=[key for key, _ in near], predicate="be"))

    def _persons_roles(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        found = [fact for fact in facts if fact.subject_entity and names_role(fact.object)]
        people = {id for id in {fact.subject_entity for fact in found} if self._is_person(id or "")}
        return tuple(fact for fact in found if fact.subject_entity in people)

    def _is_person(self, id: str) -> bool:
        entity = self.store.entity(id)
        return entity is not None and entity.type == "person"

    def role_of(self, person: str) -> str | None:
        """The fullest role that the documents give to a person, by name."""
        if person not in self._fullest_role:
            named = [entity.id for entity in self.store.called([person], "person") if entity.name == person]
            facts = [fact for id in named for fact in self.store.facts(entity=id, predicate="be")]
            given = [fact for fact in facts if fact.subject_entity in named and names_role(fact.object)]
            given.sort(key=lambda fact: (fact.document, fact.sentence))
            roles = [fact.object for fact in given if len(fact.object) <= _LONGEST_ROLE]
            self._fullest_role[person] = max(roles, key=len, default=None)
        return self._fullest_role[person]

    def with_role(self, person: str) -> str:
        """A person with the role that a document gives them: "Jane Roe, a former director of X"."""
        role = self.role_of(person)
        return f"{person}, {role}" if role else person

    def most_mentioned(self, *types: str) -> tuple[Ranked, ...]:
        """As Store.most_mentioned, read once."""
        if types not in self._most_mentioned:
            self._most_mentioned[types] = self.store.most_mentioned(*types)
        return self._most_mentioned[types]

    def recency(self, document: str) -> float:
        """A document's place among the dated ones of the store: 1 the newest, 0 the oldest or one without a date."""
        if self._recency is None:
            days = self.store.days()
            self._recency = {day: place / len(days) for place, day in enumerate(days, 1)}
        return self._recency.get(self.document(document).published or "", 0.0)

    def weight(self, word: str) -> float:
        """How much a word tells, 0 to 1: 1 for one that is in no sentence, near 0 for one that is in all."""
        if word not in self._frequency:
            self._frequency[word] = self.store.frequency(word)
        total = max(self.store.sentence_count, 2)
        return max(0.0, math.log((1 + total) / (1 + self._frequency[word])) / math.log(1 + total))

    def known(self, word: str) -> bool:
        """Whether a word, or one with its stem, stands in the store."""
        return self.weight(word) < 1.0 or self.weight(stem(word)) < 1.0


def _by_sentence(
    kept: dict[Key, tuple[_Record, ...]], keys: Sequence[Key], read: Callable[[list[Key]], Iterable[_Record]]
) -> dict[Key, tuple[_Record, ...]]:
    """The records of these sentences: those not kept yet are read at once, and kept."""
    missing = [key for key in keys if key not in kept]
    if missing:
        found: dict[Key, list[_Record]] = {key: [] for key in missing}
        for record in read(missing):
            found[record.document, record.sentence].append(record)
        kept.update({key: tuple(records) for key, records in found.items()})
    return {key: kept[key] for key in keys}
