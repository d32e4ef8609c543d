"""A corpus and a vocabulary small enough to read, for tests of understanding that need no store and no model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rahdari.answering.query import Query
from rahdari.answering.understanding import understand
from rahdari.knowledge.normal import words
from rahdari.records import Document, Entity, EntityType, Fact, Link, Mention, Question, Ranked, Sentence


def entity(name: str, kind: EntityType) -> Entity:
    return Entity(name.lower().replace(" ", "-"), name, kind, (name,))


ENTITIES = (
    entity("Halden Port", "project"),
    entity("Tarnok Railway", "project"),
    entity("Bergen", "place"),
    entity("Iceland", "place"),
    entity("Norway", "place"),
    entity("Ilona Varga", "person"),
    entity("Peter Novak", "person"),
    entity("Lake Treaty", "agreement"),
    Entity("sector-health", "health", "sector", ("health",)),
)
ROLES = (
    Fact("road", 0, "Ilona Varga", "be", "transport minister", subject_entity="ilona-varga"),
    Fact("road", 1, "Peter Novak", "be", "former head of the agency", subject_entity="peter-novak"),
)
SENTENCES = (
    Sentence("road", 0, 0, 51, "Transport minister Ilona Varga opened the railway."),
    Sentence("road", 1, 52, 99, "Peter Novak, former head of the agency, left."),
)


@dataclass
class FakeStore:
    """The few look-ups that understanding and premises make."""

    fact_rows: tuple[Fact, ...] = ()
    entity_rows: tuple[Entity, ...] = ENTITIES

    def entity(self, id: str) -> Entity | None:
        return next((row for row in self.entity_rows if row.id == id), None)

    def sentence(self, key: tuple[str, int]) -> Sentence | None:
        return next((row for row in SENTENCES if (row.document, row.index) == key), None)

    def read_ahead(self, documents: Any) -> None:
        """All is in memory."""

    def keys_mentioning(self, entity: str) -> tuple[tuple[str, int], ...]:
        return (("road", 0),)

    def most_mentioned(self, *types: str, ids: Any = None) -> tuple[Ranked, ...]:
        rows = [row for row in self.entity_rows if (row.type in types if ids is None else row.id in ids)]
        return tuple(Ranked(row.id, row.name, 1) for row in rows)

    def with_word(self, word: str) -> tuple[str, ...]:
        return tuple(row.id for row in self.entity_rows if word in row.id.split("-"))

    def frequency(self, word: str) -> int:
        return 0

    def facts(self, keys: Any = None, **_: Any) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.fact_rows if keys is None or (fact.document, fact.sentence) in keys)


@dataclass
class FakeCorpus:
    """Every word weighs the same."""

    store: FakeStore = field(default_factory=FakeStore)

    def weight(self, word: str) -> float:
        return 0.7

    def known(self, word: str) -> bool:
        return True

    def roles(self, text: str) -> tuple[Fact, ...]:
        return ROLES

    def most_mentioned(self, *types: str) -> tuple[Ranked, ...]:
        return self.store.most_mentioned(*types)

    def facts(self, keys: Any) -> dict[tuple[str, int], tuple[Fact, ...]]:
        return {key: self.store.facts([key]) for key in keys}

    def document(self, id: str) -> Document:
        return Document(id, "", title="Road")

    def document_stems(self, document: str) -> frozenset[str]:
        return frozenset({"road"})

    def title_stems(self, document: str) -> frozenset[str]:
        return frozenset({"road"})


class FakeVocabulary:
    """Knows one misspelling, and takes every word for one."""

    def plausible(self, word: str) -> bool:
        return True

    def correct(self, word: str) -> str | None:
        return {"raliway": "railway"}.get(word)


def links(text: str) -> tuple[Link, ...]:
    """Links wherever a name of ENTITIES stands in a text as it is written there."""
    found = []
    for row in ENTITIES:
        start = text.lower().find(row.name.lower())
        if start >= 0:
            end = start + len(row.name)
            found.append(Link(start, end, text[start:end], row.id, row.type, row.name))
    return tuple(sorted(found, key=lambda link: link.start))


def query(text: str, **hint: Any) -> Query:
    """A message, understood over the fakes."""
    return understand(Question(text, **hint), links(text), FakeCorpus(), FakeVocabulary())  # type: ignore[arg-type]


def plain_terms(found: Query) -> set[str]:
    return {word.plain for term in found.terms for word in words(term.plain)}


def mention(text: str, kind: Any, value: str | None = None, entity: str | None = None) -> Mention:
    return Mention("road", 0, 0, len(text), text, kind, entity, value)
