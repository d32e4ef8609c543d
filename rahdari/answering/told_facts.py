"""What the facts of a sentence tell of what a question asks: who did it, and how much of it one fact says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from rahdari import knowledge
from rahdari.answering.query import Query, Term
from rahdari.answering.text import stem, stems
from rahdari.records import Fact, Mention, Sentence

BY_SYNONYM = 0.85  # how far a word that can stand for another covers it
_BY_NAME = re.compile(r"\bnames?\b", re.IGNORECASE)  # a name is asked for, not "the bank"
_LIGHT = {"take", "make", "give", "have", "hold"}
_NOBODY = {"it", "they", "he", "she", "we", "i", "that", "which", "who", "this", "there", "you"}


def agent(query: Query, facts: Sequence[Fact], verbs: frozenset[str]) -> float:
    """For "who": a fact that does what is asked about and says who, in common nouns too ("the regional bank lent").

    Args:
        verbs: stems of the words asked about, and of those that can stand for them.
    """
    if query.kind != "who" or query.plain_company or _BY_NAME.search(query.text):
        return 0.0
    for fact in facts:
        deverbal = stem(fact.predicate) in stems(fact.subject)  # "the signing": does not say who
        does = frozenset({stem(fact.predicate.split()[-1])})
        if does <= _LIGHT:
            does = stems(" ".join(fact.object.split()[:3]))  # "take the lead in …"
        if does & verbs and not deverbal:
            passive = fact.predicate.startswith("be ")
            if fact.object.startswith("by ") if passive else fact.subject.lower() not in _NOBODY:
                return 0.8
    return 0.0


def heads_another(query: Query, facts: Sequence[Fact], here: frozenset[str]) -> bool:
    """For "who chairs the board": whether the facts only tell of somebody who heads something else.

    Args:
        here: stems of the sentence.
    """
    chiefs = heading()
    asked = [term for term in query.terms if term.stem in chiefs]
    rest = [term for term in query.terms if term not in asked]
    if query.kind != "who" or not asked or not rest or any(term.stem in here for term in asked):
        return False
    named = {link.entity for link in query.links}
    for fact in facts:
        bag = stems(fact.object) if fact.predicate == "be" else frozenset()
        if bag & chiefs and (fact.object_entity in named or any(({t.stem} | t.also) & bag for t in rest)):
            return False
        if stem(fact.predicate.split()[-1]) in chiefs:  # "who leads the project"
            return False
    return True


@cache
def heading() -> frozenset[str]:
    """Stems of the words for heading something: to lead, to chair, a director."""
    return frozenset(stem(word) for word in knowledge.groups("synonyms")["chief"] if " " not in word)


def of_those(facts: Sequence[Fact], sentence: Sentence, named: AbstractSet[str]) -> Sequence[Fact]:
    """The facts of a sentence; of a table's row that tells of several things, those of the things asked for.

    Args:
        named: the entities asked for.
    """
    theirs = [fact for fact in facts if fact.subject_entity in named]
    return theirs if theirs and sentence.text.startswith("|") else facts


def own(
    hits: Sequence[Mention], sentence: Sentence, facts: Sequence[Fact], named: AbstractSet[str]
) -> tuple[Mention, ...]:
    """The values that a table's row does not give to others than those asked for.

    Args:
        named: the entities asked for.
    """
    theirs = of_those(facts, sentence, named)
    others = [fact for fact in facts if fact not in theirs]
    return tuple(hit for hit in hits if not _among(hit, others) or _among(hit, theirs))


def _among(value: Mention, facts: Sequence[Fact]) -> bool:
    whole = re.compile(rf"(?<![\d.,]){re.escape(value.text)}(?![\d.,]*\d)")
    return any(whole.search(fact.object) for fact in facts)


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
                covered += term.weight * BY_SYNONYM
        best = max(best, covered / total)
    return best
