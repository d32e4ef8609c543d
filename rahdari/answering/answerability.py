"""Do the documents answer this? A small logistic model over what the best evidence shows, never its score alone."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rahdari import knowledge
from rahdari.answering.evidence import Candidate
from rahdari.answering.query import Query
from rahdari.answering.text import attributes

_GROUPS = {
    "how_much": "value", "count": "count", "when": "when", "where": "where", "who": "who", "why": "why",
    "verify": "verify", "status": "status",
}  # fmt: skip

_NAMES_FAR = 0.3  # of the question's names: fewer beside a sentence, and it speaks of something else
_ALL_OF_IT = 0.99  # of the other words: then it is enough that its document has the names somewhere
_MOST_OF_IT = 0.7
_SAYS_IT = 0.5  # of the other words: with fewer, who is asked about did not say it
_SHORT = 7  # words
_WORDY = 4  # terms: a question of as many, most of which a sentence has, is about that one, whatever was spoken of
_PLACE_ONLY = 0.5
_NEAR_ENOUGH = 1.5
_HIGH_SCORE = 15.0
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_BESIDE_IT = 0.4  # coverage by the sentences around, where a sentence has only the value itself
_MEANS_IT = 0.5  # cosine, where it has none of the words
ENOUGH, ENOUGH_IN_HASTE, SURE = 0.40, 0.26, 0.5  # how they were chosen: docs/decisions/answerability.md


@dataclass(frozen=True)
class Decision:
    """Whether there is an answer, and the evidence for it or nearest to it, best first.

    Attributes:
        probability: that the best candidate answers, 0 to 1.
        sure: it is answered without saying that the documents leave part of it open.
    """

    answered: bool
    evidence: tuple[Candidate, ...]
    probability: float

    @property
    def sure(self) -> bool:
        """Whether the answer needs no word on what the documents leave open."""
        return self.answered and self.probability >= SURE and self.evidence[0].content >= 0.6


def decide(query: Query, candidates: Sequence[Candidate]) -> Decision:
    """Weighs the best candidate that could answer by its type; the others stay as the nearest there is."""
    able = eligible(query, candidates)
    if not able:
        return Decision(False, tuple(candidates), 0.0)
    probability = estimate(features(query, able[0], candidates))
    if _only_named(query) and able[0].entities == 1.0:  # "tell me about Roe": what names Roe tells about Roe
        probability = max(probability, ENOUGH)
    answered = probability >= (ENOUGH if query.careful else ENOUGH_IN_HASTE)
    return Decision(answered, tuple(able if answered else candidates), probability)


def _only_named(query: Query) -> bool:
    """Whether a question asks for nothing but what there is on the things that it names."""
    return query.kind == "describe" and bool(query.links) and all(term.link is not None for term in query.terms)


def eligible(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that name what the question names and hold the type asked for (a reason need not be marked)."""
    able = [candidate for candidate in candidates if not _unnamed(query, candidate)]
    if query.period:
        able = [candidate for candidate in able if candidate.in_time]
    if query.wanted and "reason" not in query.wanted:
        able = [candidate for candidate in able if _holds_it(query, candidate)]
    if query.speaker:
        spoken = [candidate for candidate in able if candidate.speaks]
        others = [c for c in able if not c.speaks and c.content >= _ALL_OF_IT] if query.kind == "verify" else []
        if others and all(candidate.content < _SAYS_IT for candidate in spoken):
            able = others
        else:
            able = spoken or (able if query.kind != "quote" or query.carried else [])
    if query.voice and not query.carried:
        able = [candidate for candidate in able if candidate.speaks]
    if query.kind == "list" and query.listed in ("person", "organisation", "place"):
        able = [
            c for c in able if any(m.type == query.listed for m in c.mentions) or c.sentence.kind in ("item", "heading")
        ]
    if query.kind == "quote" and query.speaker is None:
        able = [candidate for candidate in able if candidate.content > 0]
    if len(able) > 1 and len(query.links) > 1 and query.kind not in ("compare", "list"):
        # where several things are named, a sentence on all of them comes before a somewhat better one on some
        able = sorted(able, key=lambda c: c.near < 1.0 or c.score < able[0].score - _NEAR_ENOUGH)
    if query.kind == "who" and len(able) > 1:  # a person who is nearly as well placed answers better than a country
        able = sorted(able, key=lambda c: c.typed < 1.0 or c.score < able[0].score - _NEAR_ENOUGH or c.content < 0.8)
    if _only_named(query):  # what says what a thing is comes before what else there is on it
        able = sorted(able, key=lambda c: not (c.defines or c.lead and c.entities == 1.0))
    if query.by_office:
        able = [c for c in able if c.speaks or any(m.entity in query.by_office for m in c.mentions)] or able
    return _in_thread(query, able)


def _holds_it(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence has a value of the type asked for, and beside it something that was asked about."""
    if query.kind == "who" and candidate.content == 0 and _asks_deed(query) and not candidate.before:
        return False  # nobody is named for it where what was done is not said
    if query.kind == "who" and candidate.typed <= _PLACE_ONLY:
        return False
    beside = candidate.content > 0 or candidate.coverage >= _BESIDE_IT or candidate.meaning >= _MEANS_IT
    return candidate.typed > 0 and bool(beside or candidate.before)


def _asks_deed(query: Query) -> bool:
    own = [term for term in query.terms if term.link is None]
    return any(term.stem not in attributes() or not query.carried for term in own)


_DEFINITE = re.compile(
    r"\b(?:the|each|every|that|this|these|those|their|its|there|they|them|he|she|his|her)\b", re.IGNORECASE
)


def _in_thread(query: Query, able: list[Candidate]) -> list[Candidate]:
    """What the conversation is about comes before what a message's words happen to fit elsewhere."""
    there = [candidate for candidate in able if candidate.thread]
    things = any(link.type != "sector" for link in query.links)
    spoken_of = query.memory.last_answer.get("cited") and _DEFINITE.search(query.message)  # "the loan"
    if (query.carried or spoken_of) and not things:  # no jumping to another document
        whole = [] if query.carried or len(query.terms) < _WORDY else [c for c in able if c.content >= _MOST_OF_IT]
        if whole and not any(candidate.thread for candidate in whole):
            return whole
        return there or ([] if query.wanted else able)
    short = query.kind != "describe" and len(query.message.split()) <= _SHORT
    if things and short and any(candidate.entities == 1.0 for candidate in there):  # "has Peru paid?"
        return there
    return [candidate for candidate in able if candidate.near > 0] or able if query.carried else able


def _unnamed(query: Query, candidate: Candidate) -> bool:
    """Whether something that the question names is nowhere near a candidate: it then speaks of something else."""
    if query.kind == "compare":  # side by side: each thing has its own sentence
        return bool(query.links) and candidate.near == 0.0
    if query.terms and candidate.coverage == 0:
        return True
    far = candidate.names < _NAMES_FAR and candidate.content < _ALL_OF_IT
    if far and query.kind != "quote":
        return True
    return any(term.name and term.weight > 0.25 for term in candidate.missing)


def features(query: Query, best: Candidate, candidates: Sequence[Candidate]) -> dict[str, float]:
    """The model's inputs; all in 0 to 1."""
    group = _GROUPS.get(query.kind, "open")
    weights = [term.weight for term in best.missing]
    found = {
        "coverage": best.coverage,
        "direct": best.direct,
        "content": best.content,
        "meaning": best.meaning,
        "words": best.words,
        "clause": best.clause,
        "defines": best.defines,
        "near": best.near,
        "entities": best.entities,
        "missing": min(1.0, max(weights, default=0.0)),
        "missing_sum": min(1.0, sum(weights) / 3),
        "missing_name": float(any(term.name for term in best.missing)),
        "missing_unseen": float(any(term.weight >= 0.999 for term in best.missing)),
        "speaks": float(query.speaker is not None and not best.speaks),
        "margin": min(1.0, max(0.0, (candidates[0].score - best.score) / 4)),
        "terms": min(1.0, len(query.terms) / 8),
        "carried": float(query.carried),
        "prose": float(best.sentence.kind == "prose"),
        "names": best.names,
        "numbers": _numbers(query, best),
        "opposed": float(_denies(query.text) != _denies(best.sentence.text)),
        "score": min(1.5, max(0.0, best.score / _HIGH_SCORE)),
        "likely": _likely(best, candidates),
        "alone": _alone(best, candidates),
        "behind": best.behind,
        "paragraph": best.paragraph,
        "elsewhere": float(query.carried and not best.before),
        "typed": float(bool(query.wanted)) * best.typed,
    }
    found[f"is_{group}"] = 1.0
    found[f"content_{group}"] = best.content
    found[f"meaning_{group}"] = best.meaning
    found[f"clause_{group}"] = best.clause
    if not query.careful:
        return found
    return found | {f"careful_{name}": value for name, value in found.items()} | {"careful": 1.0}


def _numbers(query: Query, best: Candidate) -> float:
    """Share of the question's figures that stand in the sentence or what it leans on; 1 where there are none."""
    asked = set(_FIGURE.findall(query.text))
    held = set(_FIGURE.findall(f"{best.sentence.text} {best.sentence.context} {best.sentence.heading or ''}"))
    return len(asked & held) / len(asked) if asked else 1.0


def _denies(text: str) -> bool:
    return bool(knowledge.pattern("cues", "negation").search(text))


def _likely(best: Candidate, candidates: Sequence[Candidate]) -> float:
    """How likely the ranking holds the best candidate to be the right one of all."""
    return 1.0 / sum(math.exp(min(30.0, candidate.score - best.score)) for candidate in candidates)


def _alone(best: Candidate, candidates: Sequence[Candidate]) -> float:
    """How far the best candidate stands before the best of any other document, 0 to 1."""
    others = [c.score for c in candidates if c.sentence.document != best.sentence.document]
    return min(1.0, max(0.0, (best.score - max(others)) / 4)) if others else 1.0


def estimate(values: Mapping[str, float]) -> float:
    """The probability that the features of an answer give."""
    model = _model()
    activation = model["bias"] + sum(model["weights"].get(name, 0.0) * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-activation))


@lru_cache(maxsize=1)
def _model():  # type: ignore[no-untyped-def]
    """As `rahdari fit` makes it: {"bias": number, "weights": {feature: number}}."""
    return json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))[
        "answerability"
    ]
