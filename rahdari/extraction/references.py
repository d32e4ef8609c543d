"""Pronouns and definite descriptions -> the entities that they stand for: "the port", "both countries", "he", "it"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.extraction.tables import Told
from rahdari.records import Mention, SentenceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PAIR = re.compile(
    r"\b(?:both|the two|two)\s+"
    r"(?:countries|nations|sides|neighbours|neighbors|states|governments|leaders|parties|capitals)\b",
    re.I,
)
_PERSON = {"he", "she", "him", "his", "her", "himself", "herself"}
_THING = {"it", "its", "itself"}
_PLURAL = {"they", "their", "them"}
_ARTICLES = {"the", "this", "that", "these", "its", "their"}
_REACH = 12
_TOPICS = ("project", "programme", "agreement", "event")
_CAPTION = re.compile(r"\W*(?:table|tab\.|schedule|annex|exhibit)\s+[\dIVXA-H]", re.IGNORECASE)


@dataclass
class Resolver:
    """Walks through a document's sentences in order and remembers who and what was spoken of."""

    people: list[str] = field(default_factory=list)
    things: list[tuple[str, str, int]] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)
    pair: tuple[str, ...] = ()
    roles: list[tuple[str, str]] = field(default_factory=list)
    topic: str | None = None
    _sentence: int = 0

    def references(self, doc: Doc, offset: int, document: str, index: int, named: Sequence[Mention]) -> list[Mention]:
        """The anaphoric mentions of one sentence; `named` are its named mentions. Updates the memory."""
        self._sentence = index
        found = [*self._pairs(doc, offset, document, index, named)]
        for token in doc:
            target = self._target(token, named, offset)
            if target is not None:
                entity, kind = target
                start = offset + token.idx
                if not any(mention.start <= start < mention.end for mention in [*named, *found]):
                    found.append(Mention(document, index, start, start + len(token), token.text, kind, entity))  # type: ignore[arg-type]
        self._remember(named, index)
        return found

    def _pairs(self, doc: Doc, offset: int, document: str, index: int, named: Sequence[Mention]) -> list[Mention]:
        match = _PAIR.search(doc.text)
        if not match:
            return []
        pair = self.pair or tuple(self._countries(name for name, _ in self.places.most_common())[:2])
        if len(pair) < 2:
            return []
        start, end = offset + match.start(), offset + match.end()
        return [Mention(document, index, start, end, match.group(), "place", place) for place in pair]

    def _target(self, token: Token, named: Sequence[Mention], offset: int) -> tuple[str, str] | None:
        word = token.lower_
        if word in _PERSON:
            earlier = [m.entity for m in named if m.type == "person" and m.end <= offset + token.idx]
            person = (earlier or self.people or [None])[-1]
            return (person, "person") if person else None
        if word in _THING and not _empty_it(token):
            return self._thing(token, named, offset)
        if word in _PLURAL and len(self.pair) == 2 and self.things and self.things[-1][1] == "place":
            return (self.pair[0], "place")
        if token.pos_ == "NOUN" and token.is_lower and self._definite(token):
            return self._described(word)
        return None

    def _thing(self, token: Token, named: Sequence[Mention], offset: int) -> tuple[str, str] | None:
        """What an `it` stands for: the last thing named before it in the sentence, else the topic of the one before."""
        earlier = [m for m in named if m.entity and m.type != "person" and m.end <= offset + token.idx]
        if earlier:
            things = [m for m in earlier if m.type not in ("place", "event")] or earlier
            return (things[-1].entity or "", things[-1].type)
        kind = next((kind for entity, kind, _ in reversed(self.things) if entity == self.topic), None)
        return (self.topic, kind) if self.topic and kind else None

    def _definite(self, token: Token) -> bool:
        if not any(child.lower_ in _ARTICLES for child in token.children):
            return False
        return not any(child.pos_ == "PROPN" for child in token.lefts)

    def _described(self, noun: str) -> tuple[str, str] | None:
        """The latest entity whose name ends in this noun; "the project" is any project or programme of late."""
        if noun in knowledge.words("titles", "role"):
            return next(((person, "person") for person, role in reversed(self.roles) if noun in role.lower()), None)
        heads = knowledge.lookup("heads")
        if noun not in heads:
            return None
        for entity, kind, sentence in reversed(self.things):
            if noun in entity.split("-") and self._sentence - sentence <= 4 * _REACH:
                return entity, kind
        if noun in ("project", "scheme", "initiative", "programme", "program", "agreement", "deal", "treaty"):
            kinds = ("project", "programme") if noun not in ("agreement", "deal", "treaty") else ("agreement",)
            for entity, kind, sentence in reversed(self.things):
                if kind in kinds and self._sentence - sentence <= _REACH:
                    return entity, kind
        return None

    def _remember(self, named: Sequence[Mention], index: int) -> None:
        subject = None
        places = []
        for mention in named:
            if mention.entity is None:
                continue
            if mention.type == "person":
                self.people.append(mention.entity)
            else:
                self.things.append((mention.entity, mention.type, index))
                subject = subject or mention.entity
            if mention.type == "place":
                self.places[mention.entity] += 1
                places.append(mention.entity)
        if subject:
            self.topic = subject
        pair = self._countries(dict.fromkeys(places))
        if len(pair) == 2:
            self.pair = tuple(pair)

    @staticmethod
    def _countries(places: Iterable[str]) -> list[str]:
        """Countries where the places hold any, else the places as they are."""
        given = list(places)
        return [place for place in given if place in _known_countries()] or given


class Topics:
    """Walks through a document's sentences in order and remembers what its tables are of, so that `Total` is known."""

    def __init__(self) -> None:
        self._heading: dict[str | None, Mention] = {}
        self._caption: dict[str | None, Mention] = {}
        self._table: Mention | None = None
        self._header: dict[int, Mention] = {}

    def remember(self, text: str, kind: SentenceKind, header: bool, named: Sequence[Mention]) -> None:
        """Takes a sentence in: a heading, a caption, or the header of a table, which is of the one thing in these."""
        things = {mention.entity: mention for mention in named if mention.type in _TOPICS}
        if header:
            above = list((self._caption or self._heading).values())
            self._table = above[0] if len(above) == 1 else None
            self._header = {mention.start: mention for mention in named}
        elif _CAPTION.match(text) or kind != "heading" and text.rstrip().endswith(":"):
            self._caption = things
        else:
            self._caption = {}
            self._heading = things if kind == "heading" else self._heading

    def meant(self, document: str, index: int, row: Told) -> list[Mention]:
        """What the label of a row stands for: all that the table is of, or what its header names; as far as known."""
        if row.label is None:
            return []
        cell = row.label
        of = [self._table] if row.whole else [self._header.get(one.subject.start) for one in row.said]
        return [Mention(document, index, cell.start, cell.end, cell.text, m.type, m.entity) for m in of if m]


class Deeds:
    """What was done, and who and what was named with it, so that "the visit" is known to be hers."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[str, ...]] = {}

    def referred_to(self, doc: Doc) -> list[str]:
        """The names that stood beside the deed to which a sentence refers with a definite noun."""
        verbs = knowledge.lookup("nominals")
        nouns = (
            token
            for token in doc
            if token.pos_ == "NOUN" and any(child.lower_ in _ARTICLES for child in token.children)
        )
        for noun in nouns:
            verb = verbs.get(noun.lower_)
            if verb in self._named and not any(child.dep_ == "prep" for child in noun.children):
                return list(self._named[verb])
        return []

    def remember(self, doc: Doc, names: Sequence[str]) -> None:
        """Takes a sentence in, with what it names."""
        if names:
            for token in doc:
                if token.pos_ == "VERB" and token.lemma_ in knowledge.groups("nominals"):
                    self._named[token.lemma_] = tuple(dict.fromkeys(names))


@lru_cache(maxsize=1)
def _known_countries() -> frozenset[str]:
    return frozenset(name.lower().replace(" ", "-") for name in knowledge.groups("countries"))


def _empty_it(token: Token) -> bool:
    """ "It is clear that": an `it` that stands for nothing."""
    head = token.head
    return (
        token.dep_ == "expl" or head.lemma_ == "be" and any(child.dep_ in ("ccomp", "advcl") for child in head.children)
    )
