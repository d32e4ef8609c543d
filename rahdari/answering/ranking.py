"""The rank of a sentence: a weighted sum of what speaks for it. The weights are fitted (`rahdari fit`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rahdari.answering.query import Query


def score(features: Mapping[str, float]) -> float:
    """The rank of a candidate: a weighted sum of its features (the weights: rahdari/answering/weights.json)."""
    weighted = weights()
    return sum(weighted[name] * value for name, value in features.items())


def features(found: Mapping[str, float], kind: str, query: Query) -> dict[str, float]:
    """What the rank is made of; a feature that does not apply to the query is 0.

    Args:
        found: the features of a Candidate, by name.
        kind: the kind of its sentence.
    """
    wanted, linked = float(bool(query.wanted)), float(bool(query.links))
    return {
        "coverage": found["coverage"],
        "direct": found["direct"],
        "content": found["content"],
        "meaning": found["meaning"],
        "paragraph": found["paragraph"],
        "paragraph_mean": found["paragraph_mean"],
        "behind": found["behind"],
        "length": found["length"],
        "words": found["words"],
        "entities": found["entities"] * linked,
        "near": found["near"] * linked,
        "typed": found["typed"] * wanted,
        "typed_content": found["typed"] * found["content"] * wanted,
        "meaning_content": found["meaning"] * found["content"],
        "speaker": found["speaks"] * float(query.speaker is not None),
        "spoken": found["speaks"] * float(query.kind == "quote" and query.speaker is None),
        "before": float(found["before"] == 1.0 and query.carried),
        "beside": float(found["before"] == 0.5 and query.carried),
        "thread": found["thread"],
        "clause": found["clause"],
        "defines": found["defines"] * float(query.kind in ("describe", "where")),
        "recent": found["recent"],
        "lead": found["lead"],
        "lead_describe": found["lead"] * float(query.kind == "describe"),
        "progress": found["progress"]
        * float(query.kind == "status" or query.kind == "verify" and query.asks_completion),
        "item": float(kind == "item"),
        "heading": float(kind == "heading"),
        "byline": float(kind == "byline"),
    }


@cache
def weights() -> dict[str, float]:
    """Feature -> weight, as `rahdari fit` makes them."""
    text = resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["ranking"])
