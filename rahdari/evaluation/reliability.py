"""Do probabilities mean what they say? Of the questions given 0.7, about 70 % should be answered right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rahdari.nlu.fitting import expected_error

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Questions of like probability: their mean probability, the share of them that was right, and how many."""

    probability: float
    share: float
    count: int


def bins(judged: Sequence[tuple[float, bool]], number: int = BINS) -> list[Bin]:
    """Equally wide bins of (probability, right) pairs, from low to high; empty ones are left out."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for probability, right in judged:
        groups.setdefault(min(number - 1, int(probability * number)), []).append((probability, right))
    return [
        Bin(sum(p for p, _ in group) / len(group), sum(right for _, right in group) / len(group), len(group))
        for _, group in sorted(groups.items())
    ]


def draw(series: Mapping[str, Sequence[tuple[float, bool]]], path: Path) -> None:
    """A reliability diagram of each series, as SVG: the share that was right over the probability given."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "reliability", "svg.fonttype": "none", "font.family": "sans-serif"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 5))
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey", label="as it should be")
    for (name, judged), (colour, marker) in zip(series.items(), (("#1b6ca8", "o"), ("#b3541e", "s")), strict=False):
        found, pairs = bins(judged), np.array(judged, dtype=float)
        error = expected_error(pairs[:, 0], pairs[:, 1] == 1, BINS)
        label = f"{name}: {len(judged):,} questions, expected error {error:.3f}"
        axes.plot([b.probability for b in found], [b.share for b in found], color=colour, marker=marker, label=label)
        for each in found:
            axes.annotate(str(each.count), (each.probability, each.share), textcoords="offset points", xytext=(5, -11))
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability that the best sentence answers", ylabel="share that does")
    axes.legend(loc="upper left", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    pyplot.close(figure)
