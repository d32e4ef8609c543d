"""Values in evidence: how they are worded, and where documents differ on one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rahdari.answering.evidence import Candidate, close
from rahdari.answering.query import Query
from rahdari.records import Mention

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus


_SPEAKS_OF_IT = 0.5  # of the words asked about: a sentence with fewer may give the value of something else


def differing(query: Query, evidence: Sequence[Candidate], corpus: Corpus) -> list[tuple[Mention, Candidate]]:
    """One value a document, where several documents give another for the same thing; the newest first."""
    if not evidence[0].values or evidence[0].content < _SPEAKS_OF_IT:
        return []
    first = evidence[0].values[0]
    found = {evidence[0].sentence.document: (first, evidence[0])}
    for candidate in close(evidence, 12, 3.0)[1:]:
        same_thing = candidate.content >= 0.8 * evidence[0].content and candidate.near >= 0.99
        value = next((mention for mention in candidate.values if _comparable(first, mention)), None)
        if same_thing and value is not None and (query.links or _share_a_thing(evidence[0], candidate, corpus)):
            found.setdefault(candidate.sentence.document, (value, candidate))
    if len({mention.value for mention, _ in found.values()}) < 2:
        return []
    return sorted(found.values(), key=lambda pair: (-pair[1].recent, pair[1].key))


def things(query: Query, evidence: Sequence[Candidate], corpus: Corpus) -> list[str]:
    """Names of the things whose figures answer equally well a question that names none: "the loan?", of several."""
    best = evidence[0]
    named = any(link.type != "sector" for link in query.links)
    if query.kind not in ("how_much", "count", "when") or named or query.carried or best.thread or not best.values:
        return []
    found = {best.sentence.document: best}
    for other in evidence[1:_LOOKED_AT]:
        alike = other.content >= max(best.content, _ALL_OF_IT) and other.score >= best.score - _AS_GOOD
        if alike and other.values and not any(_share_a_thing(one, other, corpus) for one in found.values()):
            found.setdefault(other.sentence.document, other)
    names = [_subject(candidate, corpus) for candidate in found.values()] if len(found) > 1 else []
    return list(dict.fromkeys(name for name in names if name))[:_MOST_THINGS]


def _subject(candidate: Candidate, corpus: Corpus) -> str | None:
    """The thing with a name that a sentence, or else its document, is about."""
    about = corpus.document_entities(candidate.sentence.document)
    ids = dict.fromkeys([*(m.entity for m in candidate.mentions if m.entity), *sorted(about)])
    named = [e for e in map(corpus.store.entity, ids) if e is not None and e.type in _THINGS]
    best = min(named, key=lambda e: (e.id not in about, _THINGS.index(e.type)), default=None)
    return best.name if best else None


_THINGS = ("project", "agreement", "event", "programme")
_ALL_OF_IT = 0.99  # of the words asked about
_AS_GOOD, _LOOKED_AT, _MOST_THINGS = 1.5, 15, 5


def _share_a_thing(first: Candidate, other: Candidate, corpus: Corpus) -> bool:
    """Whether two sentences or their documents are about one thing with a name, more than a field or a country."""
    things = [
        {m.entity for m in c.mentions if m.entity and m.type not in ("sector", "place")}
        | corpus.document_entities(c.sentence.document)
        for c in (first, other)
    ]
    shared = (corpus.store.entity(entity) for entity in things[0] & things[1])
    return any(entity is not None and entity.type not in ("sector", "place") for entity in shared)


def _comparable(first: Mention, other: Mention) -> bool:
    """Two values of one thing: dates, or numbers of one unit and of one order of magnitude."""
    if first.type == "date" or other.type == "date":
        return first.type == other.type and all(re.match(r"\d{4}", m.value or "") for m in (first, other))
    (a, unit), (b, other_unit) = (((m.value or "0 ").split(" ", 1) + [""])[:2] for m in (first, other))
    try:
        low, high = sorted((float(a), float(b)))
    except ValueError:
        return False
    return unit == other_unit and low > 0 and high / low <= 3


def wording_of(value: Mention, corpus: Corpus) -> str:
    if value.entity and (entity := corpus.store.entity(value.entity)):
        return entity.name
    text = re.sub(r"^(?:in|on|by|until|since|from|of)\s+", "", re.sub(r"\s+", " ", value.text))
    if value.type == "date" and value.value and re.match(r"\d{4}", value.value) and not re.search(r"\d{4}", text):
        return f"{text} ({value.value})"
    return text
