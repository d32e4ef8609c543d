"""What a question takes for granted, held against the evidence: numbers, who did it to whom, where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rahdari.answering import figures, persons, told_facts
from rahdari.answering.evidence import Candidate
from rahdari.answering.query import Query
from rahdari.answering.text import opposites, stem, stems, synonyms
from rahdari.knowledge.normal import words

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus


def correction(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """One sentence that puts a wrong premise right, or None where the evidence bears it out."""
    return (
        _wrong_number(query, best)
        or _wrong_way_round(query, best, corpus)
        or _wrong_office(query, corpus)
        or _wrong_speaker(query, best, corpus)
        or _only_former(query, best, corpus)
        or _for_all_together(query, best, corpus)
    )


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
    if any(holder.entity == person.entity for holder in persons.holders(asked, query.text, corpus)):
        return None
    role = corpus.role_of(person.name)
    return f"The documents don't call {person.name} that" + (f", but {role}." if role else ".")


def _wrong_speaker(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """ "Did Roe say that it will open?" where others do."""
    speaker = corpus.store.entity(query.speaker or "")
    if query.kind != "verify" or best.speaks or speaker is None or not query.asks_speaker:
        return None
    return f"The documents don't report that as {speaker.name}'s words."


def _only_former(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """ "Who heads the agency?" where the documents name only somebody who did."""
    heading = {term.stem for term in query.terms} & told_facts.heading()
    if query.kind != "who" or not heading or persons.of_the_past(query.text):
        return None
    roles = [
        f.object
        for f in corpus.facts([best.key])[best.key]
        if f.predicate == "be" and stems(f.object) & told_facts.heading()
    ]
    return (
        "The documents name only a former one." if roles and all(persons.of_the_past(role) for role in roles) else None
    )


def _for_all_together(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """ "How many agreements are on mining?" where one figure stands for a whole list of fields."""
    fields = {mention.entity for mention in best.mentions if mention.type == "sector"}
    asked = [link for link in query.links if link.type == "sector" and link.entity in fields]
    given = {figures.wording_of(value, corpus) for value in best.values}
    if query.kind not in ("count", "how_much") or len(asked) != 1 or len(fields) < _LISTED or len(given) != 1:
        return None
    return f"The documents give one figure for all fields together, {given.pop()}, and none for {asked[0].text} alone."


def denied(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """What the question takes for granted and the evidence denies, as a sentence; None where it doesn't.

    For questions that want more than yes or no: another year than theirs, the opposite of a word, a "not" that is
    not in the documents.
    """
    if query.yes_no or query.kind in ("compare", "timeline", "quote"):
        return None
    return _never_denied(query, best) or _opposite(query, best, corpus) or _other_year(query, best, corpus)


def _never_denied(query: Query, best: Candidate) -> str | None:
    """ "Why was it not signed?" where the evidence has no such thing."""
    asked = _NOT.search(query.message)
    if asked is None or query.carried or _DENIES.search(best.sentence.text):
        return None
    return "The documents don't say that it was not so."


def _opposite(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """ "What grew?" where the evidence says what shrank."""
    bags = corpus.bags(best.sentence)
    near = bags.here | bags.context
    asked = {term.stem for term in query.terms}
    for term in query.terms:
        if term.link is not None or term.stem in near or term.also & bags.here or opposites(term.stem) & asked:
            continue  # "past and future": both are asked for
        if (opposites(term.stem) | _negated(term.stem)) & bags.here:
            return f"The documents don't say “{term.plain}” of that, but the opposite."
    return None


def _negated(word_stem: str) -> frozenset[str]:
    """A stem with a prefix that turns it round, or without the one that it has: "synchron" and "asynchron"."""
    if len(word_stem) < 5:
        return frozenset()
    bare = {word_stem[len(p) :] for p in _TURNS_ROUND if word_stem.startswith(p) and len(word_stem) - len(p) >= 5}
    return frozenset({*bare, *(p + word_stem for p in _TURNS_ROUND)})


_TURNS_ROUND = ("un", "in", "im", "il", "ir", "non", "dis", "de", "anti", "a", "mis")


def _other_year(query: Query, best: Candidate, corpus: Corpus) -> str | None:
    """A year that the evidence has another for, and that stands nowhere near it."""
    asked = [] if query.period and not query.period.year else _YEAR.findall(query.text)
    others = [m for m in best.mentions if m.type == "date" and _YEAR.match(m.value or "")]
    if not asked or not others:
        return None
    sentence, document = best.sentence, corpus.document(best.sentence.document)
    beside = [other.text for other in corpus.store.neighbours((sentence.document, sentence.index), 2, 2)]
    near = " ".join(
        [
            sentence.text,
            sentence.context,
            sentence.heading or "",
            *beside,
            document.title or "",
            document.published or "",
        ]
    )
    odd = next((year for year in asked if year not in near), None)
    return f"The documents don't say that of {odd}." if odd else None


_LISTED = 3  # fields in one sentence: a list
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_NOT = re.compile(
    r"(?<![,;(–-] )\b(?:not|never)\b(?<!\bor not)(?! (?:only|yet|an? (?:typo|mistake|joke|error)|sure))|n['’]t\b",
    re.IGNORECASE,
)  # ", not the loans" sets apart
_DENIES = re.compile(
    r"\b(?:not?|none|never|without|nor|neither|nobody|nothing|cannot|den(?:y|ied|ies)|refus\w*|reject\w*|declin\w*|fail\w*"
    r"|unable|absent|lack\w*|instead|against|cancel\w*|scrap\w*|drop\w*|yet to|hardly|exempt\w*|prevent\w*|un\w{5,}"
    r"|in\w*able|oppos\w*|abandon\w*|withdr\w*|but|despite|although)\b|n['’]t\b",
    re.IGNORECASE,
)


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
