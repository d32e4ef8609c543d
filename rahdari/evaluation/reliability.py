"""Do probabilities mean what they say? Of the questions given 0.7, about 70 % should be answered right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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


def error(found: Sequence[Bin]) -> float:
    """The expected calibration error (Naeini et al. 2015): how far the bins lie from the diagonal, by their size."""
    total = sum(each.count for each in found) or 1
    return sum(each.count * abs(each.probability - each.share) for each in found) / total


def draw(series: Mapping[str, Sequence[tuple[float, bool]]], path: Path) -> None:
    """A reliability diagram of each series, as SVG: the share that was right over the probability given."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "reliability", "svg.fonttype": "none", "font.family": "sans-serif"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 5))
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey", label="as it should be")
    for (name, judged), (colour, marker) in zip(series.items(), (("#1b6ca8", "o"), ("#b3541e", "s")), strict=False):
        found = bins(judged)
        label = f"{name}: {len(judged):,} questions, error {error(found):.3f}"
        axes.plot([b.probability for b in found], [b.share for b in found], color=colour, marker=marker, label=label)
        for each in found:
            axes.annotate(str(each.count), (each.probability, each.share), textcoords="offset points", xytext=(5, -11))
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability that the best sentence answers", ylabel="share that does")
    axes.legend(loc="upper left", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    pyplot.close(figure)
