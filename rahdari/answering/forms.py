"""The form that an answer takes, one function for each kind of question: evidence -> text, with what it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering import enumerations, figures, premises, reality
from rahdari.answering.evidence import Candidate, close
from rahdari.answering.phrasing import LONGEST, joined, listed, readable, shortened, source_of, spoken, told
from rahdari.answering.query import Query
from rahdari.answering.text import stems
from rahdari.extraction.tables import summed
from rahdari.records import Link, Mention

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

MOST_CITED = 5
_UNSAID, _UNSPOKEN = "The documents don't say ", "The documents don't speak of "
_TELLING = 0.4  # weight of a word whose absence is worth a word
_DONE = re.compile(r"[a-z]{3,}ed$")
_BORNE_OUT = 0.9  # share of a yes-or-no question's words that a sentence must hold to bear it out
_SPEAKS_OF_IT = 0.4  # of the words asked about: with fewer, a value alone would claim too much
_DATED = 8.0  # how far behind the best a dated sentence still belongs to a timeline
_OPEN = re.compile(r"\b(?:including|includes?|such as|ranging from|e\.g\.|for example|for instance|among others)\b")
_TURNS = re.compile(r"(?:Furthermore|Moreover|Additionally|In addition|Meanwhile|Separately|Elsewhere|Also)\b")
_WELL_LISTED = 3
_EACH_SIDE = 2  # sentences, of things compared
_SHORT = 600  # characters of source text in a reply that leaves nothing open
_TOTAL = re.compile(r"\b(?:totals?|overall|altogether|combined|in all|sum of)\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|all|every|whole list)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Form:
    """A composed answer before it becomes a record: the text, the candidates it cites, and items that it lists."""

    text: str
    cited: tuple[Candidate, ...]
    items: tuple[str, ...] = ()


def compose(query: Query, evidence: Sequence[Candidate], corpus: Corpus, hedge: str | None = None) -> Form:
    """The form for the query's kind; evidence is sorted, best first, and not empty.

    Args:
        hedge: a sentence that says what of the question the documents leave open; it then opens the text.
    """
    evidence = _total_first(query, _without_headings(evidence, corpus), corpus)
    lead = premises.correction(query, evidence[0], corpus) or reality.not_yet(query, evidence[0], corpus) or hedge
    form = _FORMS.get(query.kind, _value)(query, evidence, corpus, lead)
    return form if query.kind in ("quote", "list", "compare", "timeline") else _continued(form, query, corpus)


def _continued(form: Form, query: Query, corpus: Corpus) -> Form:
    """Adds what the source says right after its first sentence, where there is room: the reason, the "but"."""
    first = form.cited[0].sentence
    shown = {candidate.key for candidate in form.cited}
    after = [s for s in corpus.store.neighbours((first.document, first.index), 0, 1) if s.index == first.index + 1]
    for sentence in after:
        key = sentence.document, sentence.index
        together = sentence.paragraph == first.paragraph and sentence.kind == first.kind == "prose"
        together = together and not _TURNS.match(sentence.text)
        if (
            together
            and key not in shown
            and len(form.cited) < MOST_CITED
            and len(form.text) + len(sentence.text) < 1000
        ):
            text = joined([form.text, told(sentence)])
            return Form(text, (*form.cited, Candidate(sentence, corpus.mentions([key])[key])), form.items)
    return form


def _without_headings(evidence: Sequence[Candidate], corpus: Corpus) -> Sequence[Candidate]:
    """Headings say nothing by themselves: what stands under the best of them takes its place, the others go."""
    if enumerations.opens(evidence[0].sentence):
        under = enumerations.spread(evidence[:1], corpus)
        best = [
            replace(candidate, score=evidence[0].score)
            for candidate in under
            if not enumerations.opens(candidate.sentence)
        ]
        rest = [c for c in evidence[1:] if c.key not in {b.key for b in best}]
        evidence = [*best, *rest] or evidence
    kept = [candidate for candidate in evidence if candidate.sentence.kind not in ("heading", "byline")]
    return kept or evidence


def _total_first(query: Query, evidence: Sequence[Candidate], corpus: Corpus) -> Sequence[Candidate]:
    """Who asks for a total is told the row of a table that sums up before the rows that it sums up."""
    best = evidence[0]
    if not _TOTAL.search(query.message) or not _of_something_else(query, best, corpus):
        return evidence
    table = (best.sentence.document, best.sentence.paragraph)
    rows = [c for c in evidence if (c.sentence.document, c.sentence.paragraph) == table and c.values]
    total = next((c for c in rows if summed(c.sentence.text.strip("| ").partition("|")[0].strip()) == "whole"), best)
    return [replace(total, score=best.score), *(c for c in evidence if c is not total)]


def missing_part(query: Query, best: Candidate, sure: bool) -> str | None:
    """Says that the evidence does not bear out all of the question, where that is so."""
    names = [term.plain for term in best.missing if term.name and term.weight > 0.3]
    if names and not query.carried:
        typed = [
            found.group() if (found := re.search(rf"\b{re.escape(name)}\b", query.text, re.IGNORECASE)) else name
            for name in names
        ]
        return f"{_UNSPOKEN}{listed(typed[:3])} here."
    borne_out = query.kind != "verify" or best.content >= _BORNE_OUT and not _of_another(query, best)
    return None if sure and borne_out else _unsaid(query, best)


def _unsaid(query: Query, best: Candidate) -> str:
    """Names what the question says and neither the evidence nor its neighbours do, where that is a word or two."""
    said = query.message.lower()
    modal = knowledge.words("attributes", "planned")
    telling = [t.plain for t in best.unsaid if t.weight >= _TELLING and not t.plain.isdigit()]
    absent = [word for word in telling if word in said and word not in modal]
    if query.carried or not 1 <= len(absent) <= 2:
        return f"{_UNSAID}exactly that."
    verb = re.search(rf"\b(was|were|is|are)\b(?:\s+[\w'’-]+){{1,6}}\s+{re.escape(absent[0])}\b", said)
    if len(absent) > 1 or verb is None or not _DONE.search(absent[0]):
        return f"{_UNSPOKEN}{' or '.join(f'“{word}”' for word in absent)} here."
    return f"{_UNSAID}that {'it' if verb[1] in ('was', 'is') else 'they'} {verb[1]} {absent[0]}."


def _of_another(query: Query, best: Candidate) -> bool:
    """Whether a sentence has somebody else in the place of who was asked about: another country, another person."""
    mentioned, said = {mention.entity for mention in best.mentions}, best.sentence.text.lower()
    absent = {link.type for link in query.links if link.entity not in mentioned and link.text.lower() not in said}
    absent &= {"place", "person", "organisation"}
    asked = {link.entity for link in query.links}
    return any(mention.type in absent and mention.entity not in asked for mention in best.mentions)


def _telling(lead: str | None, chosen: Sequence[Candidate], items: Sequence[str] = ()) -> Form:
    return Form(joined([lead or "", *(told(candidate.sentence) for candidate in chosen)]), tuple(chosen), tuple(items))


def _value(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """How much, when, where, who, how many, why: the value first, then the sentence it stands in."""
    if query.kind == "count" and query.listed and not evidence[0].values:
        return _counted(query, evidence, corpus, lead)
    if (
        query.kind == "who"
        and evidence[0].sentence.kind == "item"
        and (evidence[0].content < 0.5 or _EACH.search(query.text))
    ):
        rows = enumerations.spread(evidence[:1], corpus)
        if len(rows) > 2:
            return _rows(rows, lead)
    differing = figures.differing(query, evidence, corpus) if query.kind in ("how_much", "count", "when") else []
    if len(differing) > 1 and (lead is None or lead.startswith((_UNSAID, _UNSPOKEN))):
        return _conflict(differing, corpus)
    chosen = _chosen(evidence, 3, 1.0, lead)
    return _telling(lead or _bare(query, chosen[0], corpus), chosen)


def _bare(query: Query, best: Candidate, corpus: Corpus) -> str:
    """The bare answer, where there is just one value of the type asked for."""
    if _of_something_else(query, best, corpus):
        return ""
    speaker = best.sentence.speaker
    holder = next((link.name for link in query.links if link.entity in query.by_office), None)
    if query.kind == "who" and holder and any(mention.entity in query.by_office for mention in best.mentions):
        return f"{_capital(corpus.with_role(holder))}."
    if query.kind == "who" and speaker and query.asks_speaker:
        return f"{_capital(corpus.with_role(speaker))}."
    distinct = list(dict.fromkeys(figures.wording_of(value, corpus) for value in best.values))
    if len(distinct) == 1 and best.content >= _SPEAKS_OF_IT and query.kind in ("how_much", "count", "when", "where"):
        return f"{_capital(distinct[0])}."
    return ""


def _of_something_else(query: Query, best: Candidate, corpus: Corpus) -> bool:
    """Whether a table's row tells of a thing that nobody asked for: its figure is only one of several then."""
    facts = [fact for fact in corpus.facts([best.key])[best.key] if fact.subject_entity]
    if not facts or not best.sentence.text.startswith("|"):
        return False
    named = {link.entity for link in query.links}
    words = stems(" ".join(f"{fact.subject} {fact.object}" for fact in facts))
    about = any({fact.subject_entity, fact.object_entity} & named for fact in facts)
    return not about and not any(term.stem in words for term in query.terms if term.link is None)


def _conflict(rows: Sequence[tuple[Mention, Candidate]], corpus: Corpus) -> Form:
    told_by = [
        f"{figures.wording_of(mention, corpus)} ({source_of(corpus.document(c.sentence.document), in_brackets=True)})"
        for mention, c in rows
    ]
    chosen = [replace(candidate, gives=mention.value) for mention, candidate in rows]
    return _telling(f"The documents differ: {'; '.join(told_by)}.", chosen)


def _counted(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """How many, where the sentence enumerates without a number: what it names is counted."""
    items = _items(evidence[0], (query.listed or "",), corpus)
    said = f"{len(items)} are named: {listed(items)}." if len(items) > 1 else ""
    return _telling(lead or said, evidence[:1], items)


def _chosen(evidence: Sequence[Candidate], most: int, margin: float, lead: str | None) -> list[Candidate]:
    """The best and what comes near it; somewhat further ones too, as long as the reply stays short.

    Where a lead says that part of the question is left open, the reply may be as long as it can.
    """
    near = close(evidence, most, margin)
    room = (LONGEST if lead else _SHORT) - sum(len(candidate.sentence.text) for candidate in near)
    for candidate in close(evidence, most + 2, margin + 2.0):
        room -= 0 if candidate in near else len(candidate.sentence.text)
        if candidate not in near and room >= 0:
            near.append(candidate)
    return near[:MOST_CITED]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _describe(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    return _telling(lead, _chosen(evidence, 3, 2.0, lead))


def _status(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """The latest known state first; a plan is said to be one."""
    chosen = _chosen(evidence, 3, 1.6, lead)
    return _telling(lead or reality.STATES.get(reality.state(chosen[0], query, corpus)), chosen)


def _verify(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """Yes only where one sentence carries all of it and tells it as done; else what the documents say."""
    against = [c for c in close(evidence, 8, 3.5)[1:] if reality.against(query, evidence[0], c)][:1]
    chosen = list(dict.fromkeys([evidence[0], *against, *_chosen(evidence, 3, 1.2, lead)]))[:MOST_CITED]
    return _telling(lead or ("" if against else reality.yes(query, chosen[0], corpus)), chosen)


def _quote(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    spoken = [candidate for candidate in evidence if candidate.speaks] if query.speaker or query.voice else []
    chosen = _chosen(spoken or evidence, 3, 2.0, lead)
    parts = [_spoken(candidate) for candidate in chosen]
    return Form(joined([lead or "", *parts]), tuple(chosen))


def _spoken(candidate: Candidate) -> str:
    """A sentence with its speaker in front, unless it names them itself."""
    speaker, text = candidate.sentence.speaker, readable(candidate.sentence.text)
    if speaker is None or speaker.split()[-1].lower() in text.lower():
        return told(candidate.sentence)
    return f"{_capital(speaker)}: {spoken(text)}"


def _list(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """The items that the sentences name, where the type asked for is clear; then the sentences."""
    chosen = _chosen(evidence, 4, 2.2, lead)
    rows = enumerations.spread(chosen[:1], corpus)
    if len(rows) > 2:
        return _rows(rows, lead)
    kinds = (query.listed,) if query.listed else ()
    items = list(dict.fromkeys(name for candidate in chosen for name in _items(candidate, kinds, corpus)))
    others = ", among others" if any(_OPEN.search(candidate.sentence.text) for candidate in chosen) else ""
    said = f"{_capital(listed(items[:14]))}{others}." if len(items) >= 2 else ""
    vague = lead == f"{_UNSAID}exactly that."  # no word to hold back a list of three
    return _telling(said if vague and len(items) >= _WELL_LISTED else lead or said, chosen, items)


def _rows(rows: Sequence[Candidate], lead: str | None) -> Form:
    """A list that the text itself makes: its rows, as many as a reply holds."""
    names = [readable(row.sentence.text).rstrip(";.") for row in rows]
    length = max(60, (1100 - len(lead or "")) // len(names) - 2)
    text = "\n".join([*([lead] if lead else []), *(f"- {shortened(name, length)}" for name in names)])
    return Form(shortened(text, 1200), tuple(rows), tuple(names))


def _items(candidate: Candidate, kinds: Sequence[str], corpus: Corpus) -> list[str]:
    names = []
    for mention in candidate.mentions:
        if mention.type in kinds and mention.entity and (mention.type == "sector" or mention.text[0].isupper()):
            entity = corpus.store.entity(mention.entity)
            names.append(
                re.sub(r"\s+", " ", mention.text) if mention.type == "sector" or entity is None else entity.name
            )
    return list(dict.fromkeys(names))


def _compare(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """Side by side: for each thing named, its own best sentence (evidence holds them in the order of the names)."""
    rows: dict[str, list[Candidate]] = {}
    speakers = {link.name for link in query.links if link.type == "person"}
    for link in query.links:
        of_it = [c for c in evidence if is_of(link, c, corpus)]
        of_it.sort(key=lambda c: c.sentence.speaker in speakers - {link.name})
        fresh = [c for c in of_it if not any(c in own for own in rows.values())]
        if fresh or of_it:
            rows.setdefault(link.name, (fresh or of_it)[:_EACH_SIDE])
    if len(rows) < 2:
        return _describe(query, evidence, corpus, lead)
    return side_by_side(dict(list(rows.items())[:3]), lead)


def side_by_side(rows: Mapping[str, Sequence[Candidate]], lead: str | None = None) -> Form:
    """One line for each thing: its name, and what the documents say of it."""
    room = 1100 // len(rows)
    lines = [
        f"{_capital(name)}: {shortened(joined([told(c.sentence) for c in own], room), room)}"
        for name, own in rows.items()
    ]
    cited = dict.fromkeys(candidate for own in rows.values() for candidate in own)
    return Form(shortened("\n".join([*([lead] if lead else []), *lines]), 1200), tuple(cited)[:MOST_CITED])


def is_of(link: Link, candidate: Candidate, corpus: Corpus) -> bool:
    """Whether a sentence speaks of a thing, stands in a document about it, or reports the person's words."""
    mentioned = any(mention.entity == link.entity for mention in candidate.mentions)
    about = link.type != "place" and corpus.about(link.entity, candidate.sentence.document)
    return mentioned or about or candidate.sentence.speaker == link.name


def _timeline(query: Query, evidence: Sequence[Candidate], corpus: Corpus, lead: str | None) -> Form:
    """By date, the sentences that give one."""
    dated = [
        (date, candidate)
        for candidate in evidence
        if (date := _date(candidate)) and candidate.near >= 0.5 and candidate.score >= evidence[0].score - _DATED
    ]
    if len(dated) < 2:
        return _describe(query, evidence, corpus, lead)
    rows = sorted(dated[:MOST_CITED], key=lambda row: (row[0], row[1].key))
    text = "\n".join(f"{date}: {shortened(told(candidate.sentence), 225)}" for date, candidate in rows)
    return Form(shortened(text, 1200), tuple(candidate for _, candidate in rows))


def _date(candidate: Candidate) -> str | None:
    dates = [m.value for m in candidate.mentions if m.type == "date" and m.value and re.match(r"\d{4}", m.value)]
    return min(dates) if dates else None


_FORMS: dict[str, Callable[[Query, Sequence[Candidate], Corpus, str | None], Form]] = {
    "describe": _describe,
    "status": _status,
    "verify": _verify,
    "quote": _quote,
    "list": _list,
    "compare": _compare,
    "timeline": _timeline,
}
