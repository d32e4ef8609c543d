"""The form that an answer takes, one function for each kind of question: evidence -> text, with what it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Sequence

from rahdari.answering.evidence import Candidate
from rahdari.answering.phrasing import joined, listed, readable, shortened, told
from rahdari.answering.query import Query
from rahdari.records import Mention

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

MOST_CITED = 5


@dataclass(frozen=True)
class Form:
    """A composed answer before it becomes a record: the text, the candidates it cites, and items that it lists."""

    text: str
    cited: tuple[Candidate, ...]
    items: tuple[str, ...] = ()


def compose(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """The form for the query's kind; evidence is sorted, best first, and not empty."""
    return _FORMS.get(query.kind, _value)(query, evidence, corpus)


def _close(evidence: Sequence[Candidate], most: int, share: float = 0.8) -> list[Candidate]:
    """The best candidates that come near the first."""
    floor = evidence[0].score * share
    return [candidate for candidate in evidence[:most] if candidate.score >= floor]


def _value(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """How much, when, where, who, how many, why: the value first, then the sentence it stands in."""
    chosen = _close(evidence, 2, 0.9)
    lead = _lead(query, chosen[0], corpus)
    return Form(joined([lead, *(told(candidate.sentence) for candidate in chosen)]), tuple(chosen))


def _lead(query: Query, best: Candidate, corpus: "Corpus") -> str:
    """The bare answer, where there is just one value of the type asked for."""
    if query.kind == "who" and best.sentence.speaker and _asks_speaker(query):
        return f"{_with_role(best.sentence.speaker, corpus)}."
    distinct = list(dict.fromkeys(_wording(value, corpus) for value in best.values))
    if len(distinct) == 1 and query.kind in ("how_much", "count", "when", "where"):
        return f"{distinct[0][:1].upper()}{distinct[0][1:]}."
    return ""


def _asks_speaker(query: Query) -> bool:
    return bool(re.search(r"\b(?:say|says|said|think|thinks|thought|claim|claims|claimed|believe|believes|argue|argued|call|calls|called|warn|warned|describe|described|tell|told|opinion|words|quote|quoted|complain|complained|spoke)\b", query.text, re.IGNORECASE))


def _with_role(speaker: str, corpus: "Corpus") -> str:
    """A person with the role that a document gives them: "Jane Roe, a former director of X"."""
    for fact in corpus.store.facts(predicate="be"):
        if fact.subject_entity and (entity := corpus.store.entity(fact.subject_entity)) and entity.name == speaker and fact.subject.endswith(speaker.split()[-1]):
            if entity.type == "person" and len(fact.object) < 120 and fact.modality == "stated":
                return f"{speaker}, {fact.object}"
    return speaker


def _wording(value: Mention, corpus: "Corpus") -> str:
    if value.entity and (entity := corpus.store.entity(value.entity)):
        return entity.name
    text = re.sub(r"^(?:in|on|by|until|since|from|of)\s+", "", re.sub(r"\s+", " ", value.text))
    if value.type == "date" and value.value and re.match(r"\d{4}", value.value) and not re.search(r"\d{4}", text):
        return f"{text} ({value.value})"
    return text


def _describe(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    chosen = _close(evidence, 3, 0.75)
    return Form(joined([told(candidate.sentence) for candidate in chosen]), tuple(chosen))


def _status(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """The latest known state first; a plan is said to be one."""
    chosen = _close(evidence, 3, 0.8)
    lead = _STATES.get(_state(chosen[0], query, corpus), "")
    return Form(joined([lead, *(told(candidate.sentence) for candidate in chosen)]), tuple(chosen))


_STATES = {
    "proposed": "It is a proposal, not a thing done, as far as the documents tell.",
    "planned": "It is a plan or an intent, not a thing done, as far as the documents tell.",
    "agreed": "It has been agreed; the documents don't say that it is done.",
}


def _state(best: Candidate, query: Query, corpus: "Corpus") -> str:
    asked = {link.entity for link in query.links}
    facts = corpus.store.facts(keys=[best.key])
    touching = [fact for fact in facts if fact.subject_entity in asked or fact.object_entity in asked]
    states = {fact.modality for fact in touching if fact.modality != "stated"}
    if states & {"done", "under_way", "cancelled"}:
        return "done"
    for state in ("agreed", "planned", "proposed"):
        if state in states:
            return state
    return best.sentence.modality


def _verify(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """Yes only where one sentence carries all of it and tells it as done; else what the documents say."""
    chosen = _close(evidence, 2, 0.85)
    best = chosen[0]
    sure = best.direct >= 0.95 and not best.missing and best.entities >= 0.99 and not query.numbers
    lead = "Yes." if sure and not _only_planned(query, best, corpus) and not _negated(query, best) else ""
    if best.direct < 0.6 and not query.carried:
        lead = "Not in those words."
    return Form(joined([lead, *(told(candidate.sentence) for candidate in chosen)]), tuple(chosen))


def _only_planned(query: Query, best: Candidate, corpus: "Corpus") -> bool:
    future = re.search(r"\b(?:will|would|plan|plans|planned|going to|agree|agreed|intend|want|pledge|pledged|announce|announced|expected)\b", query.text, re.IGNORECASE)
    return not future and _state(best, query, corpus) in ("planned", "proposed", "agreed")


def _negated(query: Query, best: Candidate) -> bool:
    marks = re.compile(r"\b(?:not|no|never|without|nor|none|denies|denied|cancel\w*|n't)\b|n['’]t\b", re.IGNORECASE)
    return bool(marks.search(best.sentence.text)) != bool(marks.search(query.text))


def _quote(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    spoken = [candidate for candidate in evidence if candidate.speaks] or list(evidence)
    chosen = _close(spoken, 3, 0.75)
    parts = []
    for candidate in chosen:
        speaker = candidate.sentence.speaker
        parts.append(f"{speaker}: “{readable(candidate.sentence.text).strip(chr(34) + '“”')}”" if speaker else told(candidate.sentence))
    return Form(joined(parts), tuple(chosen))


def _list(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """The items that the sentences name, where the type asked for is clear; then the sentences."""
    chosen = _close(evidence, 4, 0.7)
    kinds = _item_types(query.text)
    items = list(dict.fromkeys(name for candidate in chosen for name in _items(candidate, kinds, corpus)))
    lead = f"{listed(items[:14])}." if len(items) >= 2 else ""
    lead = lead[:1].upper() + lead[1:]
    return Form(joined([lead, *(told(candidate.sentence) for candidate in chosen)]), tuple(chosen), tuple(items))


_TYPES = (
    (r"\b(?:sectors?|fields?|areas|industries|domains|topics|subjects)\b", ("sector",)),
    (r"\b(?:projects?|ports?|roads?|railways?|dams?|infrastructure)\b", ("project",)),
    (r"\b(?:people|persons?|speakers?|officials|experts|leaders)\b", ("person",)),
    (r"\b(?:countries|places|cities|towns)\b", ("place",)),
    (r"\b(?:companies|organi[sz]ations|agencies|banks|ministries|firms|contractors|partners)\b", ("organisation",)),
)


def _item_types(text: str) -> tuple[str, ...]:
    return next((kinds for pattern, kinds in _TYPES if re.search(pattern, text, re.IGNORECASE)), ())


def _items(candidate: Candidate, kinds: Sequence[str], corpus: "Corpus") -> list[str]:
    names = []
    for mention in candidate.mentions:
        if mention.type in kinds and mention.entity and (mention.type == "sector" or mention.text[0].isupper()):
            entity = corpus.store.entity(mention.entity)
            names.append(re.sub(r"\s+", " ", mention.text) if mention.type == "sector" or entity is None else entity.name)
    return names


def _compare(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """Side by side: for each thing named, its own best sentence."""
    rows: list[tuple[str, Candidate]] = []
    for link in query.links:
        own = next((c for c in evidence if any(m.entity == link.entity for m in c.mentions) and c not in [r[1] for r in rows]), None)
        own = own or next((c for c in evidence if any(m.entity == link.entity for m in c.mentions)), None)
        if own is not None and link.name not in [name for name, _ in rows]:
            rows.append((link.name, own))
    if len(rows) < 2:
        return _describe(query, evidence, corpus)
    text = "\n".join(f"{name}: {shortened(told(candidate.sentence), 420)}" for name, candidate in rows[:3])
    return Form(shortened(text, 1200), tuple(dict.fromkeys(candidate for _, candidate in rows[:3])))


def _timeline(query: Query, evidence: Sequence[Candidate], corpus: "Corpus") -> Form:
    """By date, the sentences that give one."""
    dated = [(date, candidate) for candidate in _close(evidence, 14, 0.45) if (date := _date(candidate))]
    if len(dated) < 2:
        return _describe(query, evidence, corpus)
    rows = sorted(dated[:MOST_CITED], key=lambda row: (row[0], row[1].key))
    text = "\n".join(f"{date}: {shortened(told(candidate.sentence), 230)}" for date, candidate in rows)
    return Form(shortened(text, 1200), tuple(candidate for _, candidate in rows))


def _date(candidate: Candidate) -> str | None:
    dates = [m.value for m in candidate.mentions if m.type == "date" and m.value and re.match(r"\d{4}", m.value)]
    return min(dates) if dates else None


_FORMS: dict[str, Callable[[Query, Sequence[Candidate], "Corpus"], Form]] = {
    "describe": _describe,
    "status": _status,
    "verify": _verify,
    "quote": _quote,
    "list": _list,
    "compare": _compare,
    "timeline": _timeline,
}
