"""The records that travel from a file to an answer. Frozen, and free of any library's types.

Offsets are counted in Unicode code points of `Document.text`; an end is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Modality = Literal["proposed", "planned", "agreed", "under_way", "done", "cancelled", "stated"]
EntityType = Literal["project", "agreement", "sector", "programme", "organisation", "person", "place", "event"]
ValueType = Literal["amount", "quantity", "date"]
SentenceKind = Literal["prose", "heading", "item", "byline", "other"]
Status = Literal["answered", "unknown", "clarify", "out_of_scope", "smalltalk"]
Role = Literal["evidence", "nearest"]


@dataclass(frozen=True)
class Document:
    """A file's canonical text, kept verbatim, and what is known of where it comes from.

    Attributes:
        id: the file's name without its ending.
        text: the text as stored; every offset counts in it.
        title, publisher, author, source: None where not known, never guessed. `source` is an address.
        published: ISO 8601 date, or None.
        language: ISO 639 code of two or three letters, or None.
        sha256: of the text and its metadata, so that a change of either is seen.
        reader: what made the text of the file, with its version; another one may count other offsets.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    source: str | None = None
    sha256: str = ""
    author: str | None = None
    language: str | None = None
    reader: str = ""


@dataclass(frozen=True)
class Sentence:
    """A stretch of a document that can be cited: `text == document.text[start:end]`.

    Attributes:
        index: running number in the document, from 0.
        paragraph: running number of its paragraph in the document, from 0.
        kind: prose, heading, list item, byline, or other (captions, link lists, footers).
        heading: the nearest heading above it.
        speaker: whose words it reports, by name; None where the document itself speaks.
        modality: how real what it tells is; `stated` where it is a description or an opinion.
        context: names that its pronouns and definite descriptions stand for, for retrieval.
    """

    document: str
    index: int
    start: int
    end: int
    text: str
    paragraph: int = 0
    kind: SentenceKind = "prose"
    heading: str | None = None
    speaker: str | None = None
    modality: Modality = "stated"
    context: str = ""


@dataclass(frozen=True)
class Entity:
    """Something that documents speak of under one or more names.

    Attributes:
        id: a slug of its name, the same in every store that holds it.
        name: the fullest name that the documents use.
        aliases: every name, acronym and short form met, `name` included.
    """

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()


class Ranked(NamedTuple):
    """An entity with the number of sentences that mention it."""

    id: str
    name: str
    mentioned: int


class StoredForm(NamedTuple):
    """A form that people may name an entity by: see rahdari.extraction.forms."""

    form: str
    kind: str
    entity: str


class Named(NamedTuple):
    """How often a document, and its opening, mention an entity as of a type by words with an initial; where first."""

    document: str
    entity: str
    type: str
    initial: str
    times: int
    opening: int
    first: int


@dataclass(frozen=True)
class Mention:
    """A stretch of a sentence that names an entity or a value.

    Attributes:
        entity: the entity's id; None for an amount, a quantity or a date.
        value: a normalised value: ISO 8601 for a date, "<number> <unit>" for the others.
    """

    document: str
    sentence: int
    start: int
    end: int
    text: str
    type: EntityType | ValueType
    entity: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Fact:
    """Who did what, in the document's words, with how real it is and who says so.

    Attributes:
        subject, object: texts; `subject_entity` and `object_entity` are ids where linked.
        predicate: the lemma of the verb or deverbal noun, with its particle: `sign`, `call`, `cost`.
        speaker: None where the document itself says it.
        as_of: ISO 8601 date (or its first part) that the fact holds for, None where not told.
    """

    document: str
    sentence: int
    subject: str
    predicate: str
    object: str
    modality: Modality = "stated"
    speaker: str | None = None
    as_of: str | None = None
    subject_entity: str | None = None
    object_entity: str | None = None


@dataclass(frozen=True)
class Extraction:
    """All that was found in one document."""

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Link:
    """A stretch of a question that names an entity of the store, spelling forgiven.

    Attributes:
        start, end: in the question's text.
        score: 1.0 for an exact alias, below it for a spelling that was forgiven.
    """

    start: int
    end: int
    text: str
    entity: str
    type: EntityType
    name: str
    score: float = 1.0


@dataclass(frozen=True)
class Memory:
    """What one turn leaves to the next. Both fields hold JSON values; a channel only carries them.

    Attributes:
        focus: ids of the entities that the conversation is about, the latest first.
        last_answer: what the last answer asked, cited, listed and showed.
    """

    focus: tuple[str, ...] = ()
    last_answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One message of a person, as the answering side sees it.

    Attributes:
        intent: the kind of question that the classifier hints at, or None.
        confidence: calibrated probability of that intent, 0 to 1.
        links: entities found in the text; None where nobody looked yet.
        memory: what the turn before left.
        language: ISO 639-1 code, or None where not known.
    """

    text: str
    intent: str | None = None
    confidence: float = 0.0
    links: tuple[Link, ...] | None = None
    memory: Memory = Memory()
    language: str | None = None


@dataclass(frozen=True)
class Source:
    """A document by what is known of where it comes from; `source` is its address."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    source: str | None


@dataclass(frozen=True)
class Citation:
    """A passage that an answer stands on: `quote == document_text[start:end]`.

    Attributes:
        also: other documents with nearly the same text, in which the passage stands as well: no further evidence.
        against: ids of the citations of the same answer that give another value for the same thing.
    """

    id: int
    role: Role
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    quote: str
    start: int
    end: int
    also: tuple[Source, ...] = ()
    against: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A reply, whole. People see `text`; programs get all of it but `memory` and `understood`.

    Attributes:
        understood: the question that it answers, completed by what was said before; where it only speaks of the answer
            before, the question of that one.
    """

    id: str
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    facts: tuple[Fact, ...] = ()
    suggestions: tuple[str, ...] = ()
    memory: Memory = Memory()
    understood: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that every channel carries, as docs/answers.md has it."""
        return {
            "id": self.id,
            "status": self.status,
            "text": self.text,
            "citations": [
                {
                    **vars(citation),
                    "also": [dict(vars(source)) for source in citation.also],
                    "against": list(citation.against),
                }
                for citation in self.citations
            ],
            "facts": [
                {
                    name: getattr(fact, name)
                    for name in ("subject", "predicate", "object", "modality", "speaker", "as_of")
                }
                for fact in self.facts
            ],
            "suggestions": list(self.suggestions),
        }
