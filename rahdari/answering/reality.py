"""How real the evidence says a thing is: done, agreed, planned, or said to be otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering import told_facts
from rahdari.answering.evidence import Candidate
from rahdari.answering.query import Query
from rahdari.answering.text import stem
from rahdari.records import Fact

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

_WHOLE = 0.93
_ALL_OF_IT = 0.99  # of the words asked about: then a "not" in another document is on the same thing
STATES = {
    "proposed": "It is a proposal, not a thing done, as far as the documents tell.",
    "planned": "It is a plan or an intent, not a thing done, as far as the documents tell.",
    "agreed": "It has been agreed; the documents don't say that it is done.",
}


def state(best: Candidate, query: Query, corpus: Corpus) -> str:
    """How real the evidence says the thing is that was asked about; "" where its facts don't agree on it.

    What counts as done is what is asked: that a thing's importance was acknowledged does not make it finished.
    """
    asked = {link.entity for link in query.links}
    facts = _facts(query, best, corpus)
    verbs = {term.stem for term in query.terms} | {other for term in query.terms for other in term.also}
    touching = [fact for fact in facts if _verb(fact) in verbs and fact.modality != "stated"]
    touching = touching or [fact for fact in facts if {fact.subject_entity, fact.object_entity} & asked]
    completion = query.asks_completion
    states = {
        fact.modality for fact in touching if not completion or fact.modality != "done" or _verb(fact) in _achieved()
    }
    if states & {"done", "under_way", "cancelled"} or "stated" in states and not completion:
        return ""
    return next((state for state in ("agreed", "planned", "proposed") if state in states), "")


def _facts(query: Query, best: Candidate, corpus: Corpus) -> Sequence[Fact]:
    """The facts of a sentence, those of others left out where they stand in one row of a table."""
    return told_facts.of_those(corpus.facts([best.key])[best.key], best.sentence, {link.entity for link in query.links})


def _verb(fact: Fact) -> str:
    return stem(fact.predicate.split()[-1])


@cache
def _achieved() -> frozenset[str]:
    """Stems of the verbs that make a project or an agreement a thing done."""
    return frozenset(
        stem(word) for key in ("build", "finish", "open", "sign") for word in knowledge.groups("synonyms")[key]
    )


def not_yet(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """For "is it done?": says that the evidence tells of a plan or an agreement, where that is all it tells of."""
    if query.kind not in ("verify", "status") or knowledge.pattern("cues", "future").search(query.text):
        return None
    if _is_done(query, best, corpus) or query.kind == "verify" and not _of_what_is_asked(query, best, corpus):
        return None
    return STATES.get(state(best, query, corpus))


def _of_what_is_asked(query: Query, best: Candidate, corpus: Corpus) -> bool:
    """Whether a yes-or-no question asks if something is done, or has a verb that the evidence has too."""
    verbs = {term.stem for term in query.terms} | {other for term in query.terms for other in term.also}
    return query.asks_completion or any(_verb(fact) in verbs for fact in _facts(query, best, corpus))


def yes(query: Query, best: Candidate, corpus: Corpus) -> str:
    """ "Yes." where one sentence bears out the whole question; who says so where it is somebody's word; else ""."""
    own = [term for term in query.terms if term.link is None]
    whole = (
        bool(own) and best.direct >= _WHOLE and best.content >= _WHOLE and best.entities >= 0.99 and not best.missing
    )
    simple = not (
        query.carried or query.numbers or query.wanted or re.search(r"\b(?:or|same|alike|likewise)\b", query.text)
    )
    denied = knowledge.pattern("cues", "negation")
    alike = bool(denied.search(best.sentence.text)) == bool(denied.search(query.text))
    every, theirs = corpus.facts([best.key])[best.key], _facts(query, best, corpus)
    if len(theirs) < len(every) and told_facts.clause(theirs, own, sum(term.weight for term in own)) < _WHOLE:
        return ""  # the words are there, but said of others
    if not (whole and simple and alike) or query.asks_completion and not _is_done(query, best, corpus):
        return ""
    speaker = best.sentence.speaker
    return f"{corpus.with_role(speaker)} says so." if speaker else "Yes."


def _is_done(query: Query, best: Candidate, corpus: Corpus) -> bool:
    """Whether a fact of the evidence tells as done what the question asks about."""
    facts = _facts(query, best, corpus)
    asked = {term.stem for term in query.terms}
    alike = asked | {other for term in query.terms for other in term.also}
    done = any(fact.modality == "done" and _verb(fact) in alike for fact in facts)
    return done or any(fact.modality == "agreed" and _verb(fact) in asked for fact in facts)  # "was it ratified"


def against(query: Query, best: Candidate, other: Candidate) -> bool:
    """Whether another sentence on the same thing says the opposite of the best: open, closed; done, not done."""
    if other.entities < 0.99 or other.content < 0.5 * best.content:
        return False
    texts = (best.sentence.text, other.sentence.text)
    opposite = any(
        a.search(texts[0]) and b.search(texts[1]) or b.search(texts[0]) and a.search(texts[1])
        for a, b in _OPPOSITES
        if a.search(query.text) or b.search(query.text)
    )
    if opposite or other.sentence.document == best.sentence.document or other.content < _ALL_OF_IT:
        return opposite
    denied = knowledge.pattern("cues", "negation")
    return bool(denied.search(texts[0])) != bool(denied.search(texts[1]))


_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})", re.IGNORECASE), re.compile(rf"\b(?:{other})", re.IGNORECASE))
    for one, other in (
        ("open|function|operat|running", "clos|shut|suspend"),
        ("approv|accept|agree|sign", "reject|refus|withdr"),
        ("finish|complet|ready|built|done", "delay|unfinished|not yet|under construction"),
        ("plan|build|built", "abandon|scrap|cancel|dropped"),
        ("increas|rise|rose|grew", "decreas|fell|fall|shrank|declin"),
    )
)
