"""The longest, the most expensive, the newest: by what the documents give for each, where no sentence says which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering.evidence import Candidate
from rahdari.answering.figures import wording_of
from rahdari.answering.forms import MOST_CITED, Form
from rahdari.answering.phrasing import joined, source_of, told
from rahdari.answering.query import Query
from rahdari.answering.text import stem, stems
from rahdari.knowledge.normal import words
from rahdari.records import Mention

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

_METRES = {"km": 1000.0, "mile": 1609.344, "m": 1.0}
_SPEAKS_OF_IT = 0.8  # of the words beside the superlative: "tunnel" in "the longest tunnel"
_LEVEL = 0.99
_BESIDE = 25  # characters
_SUM = re.compile(r"(?:loan|grant|contract|investment|deal|credit|fund|budget|debt|pledge|tender|bid)s?$")
_COSTS = re.compile(r"\b(?:costs?|cost|worth|priced?|budget\w*|estimated)\b", re.IGNORECASE)


def says_so(query: Query, best: Candidate) -> bool:
    """Whether a sentence itself says which is the longest."""
    assert query.superlative is not None
    end = "least" if query.superlative.least else "most"
    said = knowledge.pattern("superlatives", f"{query.superlative.wanted} {end}").search(best.sentence.text)
    return best.content >= _SPEAKS_OF_IT and said is not None


def measured(query: Query) -> Query:
    """The question for the values that are to be compared: "how long are the tunnels"."""
    assert query.superlative is not None
    asked = {stem(word.plain) for word in words(query.superlative.word) if not _SUM.match(word.plain)}
    terms = tuple(term for term in query.terms if term.stem not in asked)
    return replace(query, kind="how_much", wanted=(query.superlative.wanted,), terms=terms, counted=None)


def ranked(query: Query, candidates: Sequence[Candidate], corpus: Corpus) -> Form | None:
    """The things with a value of the type compared, the one asked for first; None where there are not two of them.

    Args:
        query: as `measured` gives it. candidates: what was found for it.
    """
    assert query.superlative is not None
    least = query.superlative.least
    rows: dict[str, tuple[float, Mention, Candidate]] = {}
    unit = None
    for candidate in candidates:
        if candidate.content < _SPEAKS_OF_IT or candidate.near < _LEVEL or candidate.typed == 0:
            continue
        if not _of_that_kind(query, candidate, corpus):
            continue
        for value in candidate.values:
            size, of = _size(value)
            if size is None or not _beside(query, candidate, value):
                continue
            unit = unit or of
            held = rows.get(candidate.sentence.document)
            if of == unit and (held is None or (size < held[0]) == least and size != held[0]):
                rows[candidate.sentence.document] = size, value, candidate
    if len(rows) < 2:
        return None
    order = sorted(rows.items(), key=lambda row: (row[1][0] if least else -row[1][0], row[0]))
    named = {_name(candidate, value, corpus): (value, candidate) for _, (_, value, candidate) in order[:MOST_CITED]}
    first, *others = [f"{name}: {wording_of(value, corpus)}" for name, (value, _) in named.items()]
    then = f" Then {'; '.join(others)}." if others else ""
    lead = f"Of {len(order)} that the documents give a figure for, first comes {first}.{then}"
    cited = [candidate for _, candidate in named.values()]
    return Form(joined([lead, told(cited[0].sentence)]), tuple(cited), tuple(named))


def _of_that_kind(query: Query, candidate: Candidate, corpus: Corpus) -> bool:
    """Whether a sentence, or its document's title, has the very word for the thing: a "line" may be a cable."""
    bags = corpus.bags(candidate.sentence)
    near = bags.here | bags.context | corpus.title_stems(candidate.sentence.document)
    return all(term.stem in near for term in query.terms if term.link is None)


def _beside(query: Query, candidate: Candidate, value: Mention) -> bool:
    """Whether a sum is that of the thing asked for, and not one of the others that a sentence has."""
    if value.type != "amount":
        return True
    sums = {term.stem for term in query.terms if _SUM.match(term.plain)}
    things = {term.stem for term in query.terms if term.link is None}
    start, end = value.start - candidate.sentence.start, value.end - candidate.sentence.start
    text = candidate.sentence.text
    if sums:
        return bool(sums & stems(text[max(0, start - _BESIDE) : end + _BESIDE]))
    return bool(_COSTS.search(text)) or bool(things & stems(text[end : end + _BESIDE]))


def _size(value: Mention) -> tuple[float | None, str]:
    """A value as a number that can be compared with others of its unit."""
    text = value.value or ""
    if value.type == "date":
        match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
        return (None, "") if match is None else (float("".join(part or "00" for part in match.groups())), "date")
    number, _, unit = text.partition(" ")
    try:
        size = float(number)
    except ValueError:
        return None, ""
    return (size * _METRES[unit], "m") if unit in _METRES else (size, unit)


def _name(candidate: Candidate, value: Mention, corpus: Corpus) -> str:
    """What a value belongs to: the nearest name before it in the sentence, else what its document is about."""
    before = [m for m in candidate.mentions if m.type == "project" and m.entity and m.end <= value.start]
    if before:
        entity = corpus.store.entity(before[-1].entity or "")
        if entity is not None:
            return entity.name
    return source_of(replace(corpus.document(candidate.sentence.document), publisher=None, published=None))
