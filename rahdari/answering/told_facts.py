"""What the facts of a sentence tell of what a question asks: who did it, and how much of it one fact says."""

from __future__ import annotations

from collections.abc import Sequence

from rahdari.answering.query import Query, Term
from rahdari.answering.text import stem, stems
from rahdari.records import Fact

_BY_SYNONYM = 0.85
_NOBODY = {"it", "they", "he", "she", "we", "i", "that", "which", "who", "this", "there", "you"}


def agent(query: Query, facts: Sequence[Fact], verbs: frozenset[str]) -> float:
    """For "who": a fact that does what is asked about and says who, in common nouns too ("the regional bank lent").

    Args:
        verbs: stems of the words asked about, and of those that can stand for them.
    """
    if query.kind != "who" or query.plain_company:
        return 0.0
    for fact in facts:
        deverbal = stem(fact.predicate) in stems(fact.subject)  # "the signing": does not say who
        if stem(fact.predicate.split()[-1]) in verbs and not deverbal:
            passive = fact.predicate.startswith("be ")
            if fact.object.startswith("by ") if passive else fact.subject.lower() not in _NOBODY:
                return 0.8
    return 0.0


def clause(facts: Sequence[Fact], terms: Sequence[Term], total: float) -> float:
    """The best coverage of terms by a single fact, 0 to 1: what stands together counts.

    Args:
        terms: those that name no entity; `total` is their weight.
    """
    if not total:
        return 1.0
    best = 0.0
    for fact in facts:
        bag = stems(f"{fact.subject} {fact.predicate} {fact.object}")
        covered = 0.0
        for term in terms:
            if term.stem in bag:
                covered += term.weight
            elif term.also & bag:
                covered += term.weight * _BY_SYNONYM
        best = max(best, covered / total)
    return best
