"""People asked for by their office: "the transport minister", "the agency's boss", "Uganda's president"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering.text import stem, stems, stop_words, synonyms
from rahdari.knowledge.normal import words
from rahdari.records import Fact, Link

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

_PAST = frozenset({"former", "ex", "previous", "late", "then"})
_UNDER = frozenset({"deputy", "vice", "assistant", "associate", "designate"})
_SCORE = 0.85
_QUOTED = frozenset(("expert", "analyst", "speaker", "commentator", "interviewee", "specialist"))
_SOMEBODY = frozenset(("guy", "man", "woman", "lady", "dude", "chap", "fellow"))  # offices only with what they are of
_BEFORE_OFFICE = 40  # characters


@dataclass(frozen=True)
class Office:
    """An office that a question names: where, its noun, and the words that say which one of its kind.

    Attributes:
        single: only one person holds it at a time.
    """

    start: int
    end: int
    noun: str
    qualifiers: tuple[str, ...]
    single: bool


def office(text: str) -> Office | None:
    """The first office that a question names, or None."""
    match = _pattern().search(text.lower())
    if match is None or knowledge.pattern("cues", "verb").search(text):
        return _by_verb(text)
    noun = match["noun"]
    if noun in _SOMEBODY and not match["before"]:
        return None
    around = f"{match['before'] or ''} {match['after'] or ''}"
    qualifiers = tuple(word.plain for word in words(around) if word.plain not in stop_words())
    start = match.start("noun") if not match["before"] else match.start("before")
    return Office(start, match.end("noun"), noun, qualifiers, noun in knowledge.words("titles", "office"))


def _by_verb(text: str) -> Office | None:
    """ "Who heads the agency": the office without its noun."""
    match = knowledge.pattern("cues", "verb").search(text)
    if match is None:
        return None
    noun = "chair" if match["noun"].lower().startswith("chair") else "head"
    qualifiers = tuple(word.plain for word in words(match["after"]) if word.plain not in stop_words())
    return Office(match.start("noun"), match.end("noun"), noun, qualifiers, False) if qualifiers else None


def holders(asked: Office, text: str, corpus: Corpus) -> list[Link]:
    """The people to whom the documents give this office, as links over its words.

    First those whose document has most words of the question, then the newest document's.
    """
    found: dict[str, tuple[int, str, Link]] = {}
    same = _same(asked.noun)
    about = stems(text[: asked.start] + text[asked.end :]) - {stem(word) for word in stop_words()}
    title = re.compile(rf"\b(?:{'|'.join(re.sub('[ -]', '[ -]', name) for name in sorted(same))})\b")
    given = [fact for fact in corpus.roles(text) if title.search(fact.object.lower())]
    corpus.store.read_ahead({fact.document for fact in given})
    corpus.facts([(fact.document, fact.sentence) for fact in given])
    for fact in given:
        role = fact.object.lower()
        if knowledge.pattern("cues", "kin").search(role):
            continue
        if (stems(role) & {stem(word) for word in _PAST}) and not set(asked.qualifiers) & _PAST:
            continue
        if _UNDER & {word.plain for word in words(role)} - {*asked.qualifiers, *asked.noun.split()}:
            continue
        sentence = corpus.store.sentence((fact.document, fact.sentence))
        around = stems(
            " ".join([role, sentence.text if sentence else "", sentence.context if sentence else ""])
        ) | corpus.title_stems(fact.document)
        if not all(({stem(word)} | synonyms(stem(word))) & around for word in asked.qualifiers):
            continue
        if sentence is not None and _of_another_nation(sentence.text, role, asked.qualifiers):
            continue
        if _goes_there(fact, asked.qualifiers, corpus):
            continue
        entity = corpus.store.entity(fact.subject_entity or "")
        if entity is not None:
            link = Link(asked.start, asked.end, asked.noun, entity.id, entity.type, entity.name, _SCORE)
            shared = len(about & corpus.document_stems(fact.document))
            rank = shared, corpus.document(fact.document).published or "", link
            found[entity.id] = max(found.get(entity.id, rank), rank, key=lambda held: held[:2])
    ranked = sorted(found.values(), key=lambda held: (held[0], held[1], held[2].entity), reverse=True)
    return [link for _, _, link in ranked]


def quoted(asked: Office, corpus: Corpus) -> list[Link]:
    """The one person whose words the documents give, for "the expert", "the port guy", where nobody is called that."""
    if asked.noun not in _QUOTED | _SOMEBODY:
        return []
    people = corpus.store.called(corpus.store.speakers(), "person", *(() if asked.qualifiers else (2,)))
    asked_of = {stem(word) for word in asked.qualifiers}
    people = tuple(person for person in people if asked_of <= stems(corpus.role_of(person.name) or ""))
    return [
        Link(asked.start, asked.end, asked.noun, entity.id, entity.type, entity.name, _SCORE)
        for entity in people
        if len(people) == 1
    ]


def of_the_past(text: str) -> bool:
    """Whether a text speaks of an office that somebody held before: "a former director", "who ran it"."""
    return bool(_WAS.search(text)) or bool({word.plain for word in words(text)} & _PAST)


_WAS = re.compile(
    r"\b(?:was|were|had been|used to|ran|led|headed|chaired|directed|before|earlier|once)\b", re.IGNORECASE
)


def _goes_there(held: Fact, qualifiers: Sequence[str], corpus: Corpus) -> bool:
    """Whether a nation asked for is one to which the holder did something: who visits Chile is not Chile's minister."""
    asked = _nations(qualifiers)
    key = held.document, held.sentence
    done = [f for f in corpus.facts([key])[key] if f.predicate != "be" and f.subject_entity == held.subject_entity]
    objects = (words(f"{fact.object} {(fact.object_entity or '').replace('-', ' ')}") for fact in done if asked)
    return any(asked & _nations(word.plain for word in named) for named in objects)


def _of_another_nation(text: str, role: str, qualifiers: Sequence[str]) -> bool:
    """Whether the nation right before an office is none of those asked for: "Malaysia's new Prime Minister"."""
    place = max(0, text.lower().find(role.split()[-1]))
    asked, given = _nations(qualifiers), _nations(w.plain for w in words(text[max(0, place - _BEFORE_OFFICE) : place]))
    return bool(asked and given) and not asked & given


def _nations(plain: Iterable[str]) -> set[str]:
    """The countries that words name, by themselves or as adjectives."""
    adjectives, countries = knowledge.lookup("countries"), knowledge.groups("countries")
    named = (adjectives.get(word) or (word.title() if word.title() in countries else None) for word in plain)
    return {country for country in named if country}


def _same(noun: str) -> frozenset[str]:
    """The words for an office; a title that one person holds is none of a head of anything."""
    groups, offices = knowledge.groups("titles"), knowledge.words("titles", "office")
    found = {noun}
    for key in ("prime minister", "spokesperson", "chair", "head"):
        if noun in groups[key]:
            found |= {name for name in groups[key] if key != "head" or noun not in offices or name in offices}
    return frozenset(found)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    nouns = sorted({*knowledge.words("titles", "role"), "pm", "boss", *_SOMEBODY}, key=len, reverse=True)
    return re.compile(
        r"(?:\b(?P<before>(?:(?!(?:who|what|which|is|was|are|were|did|does|do|the|a|an|of|by|to|said|say|says|has|and|or|named?|from)\b)[\w'’-]+\s+){0,3}?))??"
        rf"\b(?P<noun>{'|'.join(re.escape(noun) for noun in nouns)})(?:s?\b|['’]s\b)"
        r"(?P<after>\s+(?:of|for|at|in)\s+(?:the\s+)?(?:[\w'’-]+\s*){1,4})?"
    )
