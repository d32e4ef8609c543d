"""Do the documents answer this? A small logistic model over what the best evidence shows, never its score alone."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Sequence

from rahdari.answering.evidence import Candidate
from rahdari.answering.query import Query

FEATURES = (
    "coverage", "direct", "meaning", "words", "near", "typed", "untyped", "speaks", "missing", "missing_name",
    "margin", "terms", "yes_no", "open", "carried", "prose",
)  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """Whether there is an answer, and the evidence for it or nearest to it, best first.

    Attributes:
        probability: that the best candidate answers, 0 to 1.
    """

    answered: bool
    evidence: tuple[Candidate, ...]
    probability: float


def decide(query: Query, candidates: Sequence[Candidate]) -> Decision:
    """Weighs the best candidate that could answer by its type; the others stay as the nearest there is."""
    if not candidates:
        return Decision(False, (), 0.0)
    able = [candidate for candidate in candidates if candidate.typed] if query.wanted else list(candidates)
    if query.speaker:
        spoken = [candidate for candidate in able if candidate.speaks]
        able = spoken or able
    if not able:
        return Decision(False, tuple(candidates), 0.0)
    probability = estimate(features(query, able[0], candidates))
    return Decision(probability >= 0.5, tuple(able) if probability >= 0.5 else tuple(candidates), probability)


def features(query: Query, best: Candidate, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """The model's inputs, in the order of FEATURES; all in 0 to 1."""
    weights = [term.weight for term in best.missing]
    names = [term.weight for term in best.missing if term.name]
    return (
        best.coverage,
        best.direct,
        best.meaning,
        best.words,
        best.near,
        float(bool(query.wanted) and bool(best.typed)),
        float(not query.wanted),
        float(bool(query.speaker) and not best.speaks),
        min(1.0, max(weights, default=0.0)),
        float(bool(names)),
        min(1.0, max(0.0, candidates[0].score - best.score)),
        min(1.0, len(query.terms) / 8),
        float(query.yes_no),
        float(query.kind in ("describe", "list", "compare", "timeline", "quote")),
        float(query.carried),
        float(best.sentence.kind == "prose"),
    )


def estimate(values: Sequence[float]) -> float:
    """The probability that the features of an answer give."""
    model = _model()
    activation = model["bias"] + sum(weight * value for weight, value in zip(model["weights"], values))
    return 1.0 / (1.0 + math.exp(-activation))


@lru_cache(maxsize=1)
def _model() -> dict[str, object] | dict[str, float] | dict[str, list[float]]:  # type: ignore[type-arg]
    text = resources.files(__package__).joinpath("answerability.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]
