"""What a question names without a name: "the transport minister", "the corridor", "the project"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering import persons
from rahdari.answering.text import stem, stop_words
from rahdari.knowledge.normal import words
from rahdari.records import Link

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

_DESCRIBED = re.compile(r"\b(?:the|this|that)\s+(?P<before>(?:[\w'’-]+\s+){0,2}?)(?P<noun>[a-z]{3,})\b", re.IGNORECASE)
_SCORE = 0.7
_TOLD_APART = 5  # that a question back names
_KINDS = {
    "project": ("project",), "projects": ("project",), "scheme": ("project", "programme"),
    "agreement": ("agreement",), "treaty": ("agreement",), "deal": ("agreement",), "contract": ("agreement",),
    "programme": ("programme",), "program": ("programme",),
}  # fmt: skip


@dataclass(frozen=True)
class Naming:
    """The links of a question with what it describes added.

    Attributes:
        options: names of the things that one description fits equally, when nothing in the question tells them apart.
        vacant: an office that the documents give to nobody of this description.
        span: where the description with those options stands in the text.
        by_office: ids linked by an office: who asks for the holder is answered with them.
    """

    links: tuple[Link, ...]
    options: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)
    vacant: persons.Office | None = None
    by_office: frozenset[str] = frozenset()


def named(text: str, links: Sequence[Link], corpus: Corpus) -> Naming:
    """Adds links for offices and definite descriptions that no link covers yet."""
    asked = persons.office(text)
    if asked is not None and any(link.start < asked.end <= link.end for link in links):
        asked = None  # "Harrow Head": the noun is part of a name
    people = any(link.type == "person" for link in links)  # "is Roe a minister": the office is what is asked
    if asked is not None:
        found = persons.holders(asked, text, corpus) or persons.quoted(asked, corpus)
        if len(found) > 1 and asked.single and not asked.qualifiers and len({link.entity for link in found}) > 1:
            return Naming(tuple(links), tuple(link.name for link in found[:5]), (asked.start, asked.end))
        if found and not people:
            kept = tuple(link for link in links if not (asked.start <= link.start < asked.end))
            return Naming((*kept, found[0]), by_office=frozenset({found[0].entity}))
        if asked.single and not found:
            return Naming(tuple(links), vacant=asked)
    return _described(text, links, corpus)


def _described(text: str, links: Sequence[Link], corpus: Corpus) -> Naming:
    added: list[Link] = []
    options: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)
    for match in _DESCRIBED.finditer(text):
        noun = match["noun"].lower()
        start, end = match.start("noun"), match.end("noun")
        if noun not in knowledge.lookup("heads") and noun not in _KINDS:
            continue
        if any(link.start < end and match.start() < link.end for link in links) or _goes_on(text, end):
            continue
        fitting = _fitting(noun, match["before"], corpus)
        if len(fitting) == 1:
            entity = fitting[0]
            added.append(Link(start, end, text[start:end], entity.id, entity.type, entity.name, _SCORE))
        elif len(fitting) > 1 and not match["before"].strip():
            options, span = options or tuple(entity.name for entity in fitting[:5]), (match.start(), end)
    return Naming((*links, *added), options if not links and not added else (), span)


def _goes_on(text: str, end: int) -> bool:
    """ "the port authority", "the project director": the noun is only the first of two."""
    following = re.match(r"\s+([a-z]+)\b", text[end:], re.IGNORECASE)
    return following is not None and (
        stem(following.group(1).lower()) in {stem(h) for h in ("authority", "director", "company", "of")}
        or following.group(1).lower() == "of"
    )


def _fitting(noun: str, before: str, corpus: Corpus) -> list:  # type: ignore[type-arg]
    """Entities that a noun describes: by their name's own words, or by their kind; most mentioned first."""
    qualifiers = [word.plain for word in words(before) if word.plain not in stop_words()]
    kinds = _KINDS.get(noun)
    if kinds:
        ranked = corpus.most_mentioned(*kinds)
    else:
        ranked = corpus.store.most_mentioned(ids=corpus.store.with_word(noun))
    found = []
    for one in ranked:
        parts = one.id.split("-")
        if all(any(stem(part) == stem(word) for part in parts) for word in qualifiers):
            entity = corpus.store.entity(one.id)
            if entity is not None and (kinds or entity.type not in ("person", "sector")):
                found.append(entity)
        if len(found) > _TOLD_APART:
            break
    return found
