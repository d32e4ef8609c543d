"""What a question takes for granted, held against the evidence: numbers, who did it to whom, where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rahdari.answering import persons
from rahdari.answering.evidence import Candidate
from rahdari.answering.query import Query
from rahdari.answering.text import stem, synonyms
from rahdari.linking.normal import words

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus


def correction(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """One sentence that puts a wrong premise right, or None where the evidence bears it out."""
    return _wrong_number(query, best) or _wrong_way_round(query, best, corpus) or _wrong_office(query, corpus)


def _wrong_number(query: Query, best: Candidate) -> str | None:
    for number, noun in query.numbers:
        family = synonyms(stem(noun)) | {stem(noun)}
        counted = [
            mention for mention in best.mentions
            if mention.type == "quantity"
            and any(stem(word.plain) in family for word in words(f"{mention.value} {mention.text}"))
        ]  # fmt: skip
        if counted and not any((m.value or "").split(" ")[0] == number for m in counted):
            return f"The documents speak of {counted[0].text}, not of {number}."
        if not counted and number not in best.sentence.text:
            return f"The documents don't give the number {number}."
    return None


def _wrong_way_round(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """ "Chile thanked Peru" where the documents have "Peru thanking Chile"."""
    named = [link for link in query.links if link.start >= 0]
    for first, second in zip(named, named[1:]):
        between = [word.plain for word in words(query.text[first.end : second.start])]
        passive = "by" in between
        verbs = {stem(word) for word in between}
        for fact in corpus.facts([best.key])[best.key]:
            verb = stem(fact.predicate.split()[-1])
            if verb not in verbs or not fact.subject_entity or not fact.object_entity:
                continue
            doer, other = (second.entity, first.entity) if passive else (first.entity, second.entity)
            if (fact.subject_entity, fact.object_entity) == (other, doer) and "be " not in fact.predicate:
                return "The documents have it the other way round, not like that."
    return None


def _wrong_office(query: Query, corpus: Corpus) -> str | None:
    """ "Is Roe a minister?" where the documents make somebody else one."""
    person = next((link for link in query.links if link.type == "person" and link.entity not in query.by_office), None)
    asked = persons.office(query.text)
    if person is None or asked is None or query.kind != "verify":
        return None
    if any(holder.entity == person.entity for holder in persons.holders(asked, (), corpus)):
        return None
    role = corpus.role_of(person.name)
    return f"The documents don't call {person.name} that" + (f", but {role}." if role else ".")


def contrast(query: Query, best: Candidate) -> str | None:
    """Denies the one name in a yes-or-no question that the evidence has another of its kind for."""
    missing = [term for term in best.missing if term.name]
    if len(missing) != 1 or not query.yes_no:
        return None
    kind = query.links[missing[0].link].type if missing[0].link is not None else None
    others = [
        m for m in best.mentions if m.entity and m.type in ((kind,) if kind else ("place", "person", "organisation"))
    ]
    name = re.search(rf"\b{re.escape(missing[0].plain)}\b", query.text, re.IGNORECASE)
    return f"The documents don't say {name.group() if name else missing[0].plain}." if others else None
