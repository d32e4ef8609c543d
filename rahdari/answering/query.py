"""What a message asks, before anything is looked up: the record that the rest of answering works on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rahdari import knowledge
from rahdari.answering.periods import Period
from rahdari.records import Link, Memory

Kind = Literal[
    "describe", "list", "count", "who", "when", "where", "how_much", "status", "quote", "verify", "compare", "why",
    "timeline", "more", "source",
]  # fmt: skip
Wanted = Literal[
    "amount", "percentage", "duration", "length", "capacity", "count", "date", "reason", "place", "organisation",
    "person", "age", "contact",
]  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A word of the question that an answer has to be about.

    Attributes:
        plain: as typed, or as put right where it was misspelt.
        stem: its stem; `also` are stems that can stand for it.
        name: it is part of a name, so that nothing can stand for it but that name.
        link: index into `Query.links` of the entity that it names, or None.
        weight: how much it tells, from its rarity in the store; 0 to 1.
    """

    plain: str
    stem: str
    also: frozenset[str] = frozenset()
    name: bool = False
    link: int | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Superlative:
    """ "The longest": its words, the type of value that it compares, and whether it asks for the least of it."""

    word: str
    wanted: Wanted
    least: bool


@dataclass(frozen=True)
class Query:
    """A message, understood.

    Attributes:
        text: the message, and `message` is what was typed when a follow-up was completed.
        kind: what form of answer is asked for; `wanted` what type of value it must hold, if any.
        links: entities named, or carried over from the turn before (`carried`).
        numbers: numbers that the question presupposes, with the noun after each: ("50", "agreements").
        yes_no: it can be answered with yes or no.
        speaker: entity whose words are asked for.
        voice: stems of the words that describe whose words are asked for, where no entity is named: "the villagers".
        counted: noun that "how many" counts.
        options: things that a description in it fits equally well.
        by_office: entities linked by an office rather than by name.
        excluded: entities that the question takes out ("apart from the port").
        listed: type of the items that a list or count is asked of ("sector", "person").
        plain_company: an organisation is asked for by such a noun, so that a country is no answer.
        carried: terms come from the conversation rather than from the message.
        period: the time that it is about, where it gives one; not for yes or no: another time is then the answer.
        superlative: it asks for the one that has most or least of something that can be measured.
    """

    text: str
    message: str
    kind: Kind
    wanted: tuple[Wanted, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    yes_no: bool = False
    speaker: str | None = None
    voice: frozenset[str] = frozenset()
    counted: str | None = None
    options: tuple[str, ...] = ()
    by_office: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    listed: str | None = None
    plain_company: bool = False
    carried: bool = False
    superlative: Superlative | None = None
    period: Period | None = None
    memory: Memory = Memory()

    @cached_property
    def asks_completion(self) -> bool:
        """Whether it asks if something is done, open, signed."""
        return bool(knowledge.pattern("cues", "completion").search(self.message))

    @cached_property
    def asks_speaker(self) -> bool:
        """Whether it asks who said something: a speaker is an answer to "who warned?", and none to "who paid?"."""
        return bool(knowledge.pattern("cues", "reporting").search(self.message))

    @property
    def careful(self) -> bool:
        """Whether it is written as a sentence: who takes that care means each word, who is in a hurry paraphrases."""
        return self.text[:1].isupper() and self.text.rstrip().endswith("?")
