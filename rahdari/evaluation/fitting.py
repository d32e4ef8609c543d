"""Fits the weights of ranking and of answerability on labelled questions, and says how they do on documents held out.

    rahdari fit --help

Ranking is a conditional logit over a question's candidates (McFadden 1974): the weights that make the labelled
sentences likeliest. Answerability is a logistic regression over what the best candidate shows. Both are regularised
with L2 and cross-validated with whole documents held out. scipy is needed here and nowhere at run time.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rahdari.evaluation.entries import Entry, load
from rahdari.evaluation.judging import alike

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rahdari.answering import Answerer
    from rahdari.answering.corpus import Key
    from rahdari.answering.evidence import Candidate
    from rahdari.answering.query import Query

_NOT_FITTED = {"smalltalk", "out_of_scope", "other_language", "source", "more", "ambiguous"}
_FOLDS = 6
_RANKING_L2, _ANSWERABILITY_L2 = 2.0, 1.0
_MOST_SAY = 60
_HALF = 0.35  # the label of a question that the documents answer in part


@dataclass(frozen=True)
class Example:
    """A question with its candidates, and which of them its evidence names.

    Attributes:
        features: one row a candidate.
        labels: one truth value a candidate.
        document: the one that holds the evidence; it is held out as a whole.
        denied: keys of the candidates that deny what the question takes for granted.
        say: how much it counts for answerability.
    """

    entry: Entry
    query: Query
    candidates: tuple[Candidate, ...]
    features: NDArray[np.float64]
    labels: NDArray[np.bool_]
    document: str
    denied: frozenset[Key]
    say: float = 1.0


def examples(answerer: Answerer, entries: Sequence[Entry], names: Sequence[str], say: float = 1.0) -> Iterator[Example]:
    """The last turn of each entry, understood and searched for, with the turns before it had first."""
    from rahdari.answering import premises, ranking

    for entry in entries:
        if entry.kind in _NOT_FITTED:
            continue
        query, candidates = answerer.explain(entry.turns)
        wanted = [alike(text) for text in entry.evidence]
        found = [alike(candidate.sentence.text) for candidate in candidates]
        labels = [any(e in text or (text in e and len(text) > 25) for e in wanted) for text in found]
        holder = next((c for c, is_evidence in zip(candidates, labels, strict=True) if is_evidence), None)
        document = (holder or candidates[0]).sentence.document if candidates else ""
        rows = [[ranking.features(vars(c), c.sentence.kind, query)[name] for name in names] for c in candidates]
        features = np.array(rows, dtype=float).reshape(-1, len(names))
        denied = frozenset(c.key for c in candidates if premises.denied(query, c, answerer.corpus))
        yield Example(entry, query, tuple(candidates), features, np.array(labels, dtype=bool), document, denied, say)


def fit_ranking(given: Sequence[Example], size: int) -> NDArray[np.float64]:
    """The weights (one a feature) under which the labelled candidates are likeliest."""
    from scipy.optimize import minimize

    importance = _importance(given)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros(size)
        for example in given:
            scores = example.features @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            right = likely[example.labels].sum() + 1e-12
            weight = importance[example.document]
            total -= weight * np.log(right)
            gradient -= weight * example.features.T @ (np.where(example.labels, likely / right, 0.0) - likely)
        return float(total + _RANKING_L2 * weights @ weights / 2), gradient + _RANKING_L2 * weights

    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)


def _importance(given: Sequence[Example]) -> dict[str, float]:
    """How much a question of each document counts: no document has more say than one with so many questions."""
    counts = Counter(example.document for example in given)
    return {document: min(1.0, _MOST_SAY / count) for document, count in counts.items()}


def fit_answerability(
    rows: NDArray[np.float64], labels: NDArray[np.float64], importance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Logistic weights, the bias last. Labels may lie between 0 and 1."""
    from scipy.optimize import minimize

    extended = np.c_[rows, np.ones(len(rows))]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        probability = 1 / (1 + np.exp(-(extended @ weights)))
        likelihood = labels * np.log(probability + 1e-12) + (1 - labels) * np.log(1 - probability + 1e-12)
        penalised = np.append(weights[:-1], 0.0)
        total = -(importance * likelihood).sum() + _ANSWERABILITY_L2 * penalised @ penalised / 2
        return total, extended.T @ (importance * (probability - labels)) + _ANSWERABILITY_L2 * penalised

    return np.asarray(minimize(loss, np.zeros(extended.shape[1]), jac=True, method="L-BFGS-B").x)


def label(example: Example, able: Sequence[Candidate]) -> float:
    """1 where one of the three best bears the answer; 0 where none does, or the documents don't answer.

    A question that may be answered or refused counts little either way.
    """
    is_evidence = dict(zip((c.key for c in example.candidates), example.labels, strict=True))
    good = any(is_evidence[candidate.key] for candidate in able[:3])
    expected = set(example.entry.expect_status)
    if expected == {"unknown"}:
        return 0.0
    if "unknown" in expected:
        return _HALF if good or not example.entry.evidence else 0.0
    return 1.0 if good or not example.entry.evidence else 0.0


@dataclass(frozen=True)
class Fitted:
    """What a fit gives.

    Attributes:
        weights: as rahdari/answering/weights.json holds them.
        figures: of the cross-validation, by name.
        held_out: for each question that could be answered: the probability that weights fitted without its document
            give it, whether its best sentence answers it, and whether its set counts for less than it has.
    """

    weights: dict[str, Any]
    figures: dict[str, float]
    held_out: list[tuple[float, bool, bool]]


def fit(given: Sequence[Example], names: Sequence[str]) -> Fitted:
    """Weights on all of the examples, and how weights do on documents that they were not fitted on."""
    labelled = [e for e in given if e.labels.any() and tuple(e.entry.expect_status) != ("unknown",)]
    documents = sorted({example.document for example in given})
    fold = {document: number % _FOLDS for number, document in enumerate(documents)}
    first = third = 0
    rows: list[tuple[dict[str, float], float, int, float]] = []
    for number in range(_FOLDS):
        weights = fit_ranking([e for e in labelled if fold[e.document] != number], len(names))
        for example in (e for e in given if fold[e.document] == number):
            order = np.argsort(-(example.features @ weights), kind="stable")
            if example in labelled:
                first += bool(example.labels[order[0]])
                third += bool(example.labels[order[:3]].any())
            row = _answerability_row(example, order, weights)
            if row is not None:
                rows.append((*row, number, example.say))
    ranking = fit_ranking(labelled, len(names))
    answerability, figures, held_out = _answerability(rows)
    figures |= {"questions": len(given), "first": first / len(labelled), "among three": third / len(labelled)}
    weights_of_both = {"ranking": _rounded(dict(zip(names, ranking, strict=True))), "answerability": answerability}
    return Fitted(weights_of_both, figures, held_out)


def _answerability_row(
    example: Example, order: NDArray[np.int64], weights: NDArray[np.float64]
) -> tuple[dict[str, float], float] | None:
    from rahdari.answering.answerability import eligible, features

    scores = example.features @ weights
    ranked = [replace(example.candidates[i], score=float(scores[i])) for i in order]
    able = eligible(example.query, ranked)
    if not able or able[0].key in example.denied:
        return None
    return features(example.query, able[0], ranked), label(example, able)


def _answerability(
    rows: Sequence[tuple[dict[str, float], float, int, float]],
) -> tuple[dict[str, Any], dict[str, float], list[tuple[float, bool, bool]]]:
    from rahdari.answering.answerability import ENOUGH

    keys = sorted({key for row, *_ in rows for key in row})
    matrix = np.array([[row.get(key, 0.0) for key in keys] for row, *_ in rows])
    labels = np.array([value for _, value, *_ in rows])
    folds = np.array([number for _, _, number, _ in rows])
    importance = np.where(labels == _HALF, 0.7, 1.0)
    importance = importance * np.array([weight for *_, weight in rows])
    probability = np.zeros(len(labels))
    for number in range(_FOLDS):
        train, test = folds != number, folds == number
        weights = fit_answerability(matrix[train], labels[train], importance[train])
        probability[test] = 1 / (1 + np.exp(-(np.c_[matrix[test], np.ones(test.sum())] @ weights)))
    weights = fit_answerability(matrix, labels, importance)
    figures = {
        "answerable kept": float((probability[labels == 1] >= ENOUGH).mean()),
        "unanswerable refused": float((probability[labels == 0] < ENOUGH).mean()),
    }
    fitted = {
        "bias": round(float(weights[-1]), 3),
        "weights": _rounded(dict(zip(keys, weights[:-1], strict=True))),
    }
    clear = [row for row in zip(probability, rows, strict=True) if row[1][1] != _HALF]
    return fitted, figures, [(float(p), label == 1, say < 1) for p, (_, label, _, say) in clear]


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in weights.items()}


def _answerer(documents: Sequence[Path], home: Path) -> Answerer:
    from rahdari import bootstrap
    from rahdari.answering import Answerer
    from rahdari.settings import Settings

    settings = replace(Settings.from_environment(), home=home, database_url=f"sqlite:///{home / 'store.sqlite'}")
    bootstrap.ingest(settings, documents)
    return Answerer(bootstrap.store(settings), bootstrap.encoder(), bootstrap.linker(settings))


def fit_pairs(
    pairs: Sequence[tuple[Path, Sequence[Path], float | None]], progress: Callable[[str], None] = lambda text: None
) -> Fitted:
    """Fits on question sets, each with the documents it is asked of. Raises as `load` and ingestion do.

    Args:
        pairs: a set, its documents, and how many questions it counts as for answerability (None: as it has).
    """
    from rahdari.answering import ranking

    names = list(ranking.weights())
    given: list[Example] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (questions, documents, counts_as) in enumerate(pairs):
            progress(f"{questions}: reading, asking")
            answerer = _answerer(documents, Path(folder) / str(number))
            entries = load(questions)
            given.extend(examples(answerer, entries, names, counts_as / len(entries) if counts_as else 1.0))
        progress(f"fitting on {len(given)} questions")
        return fit(given, names)


def write(weights: Mapping[str, Any]) -> Path:
    """Writes weights to where answering reads them."""
    from rahdari.answering import ranking

    path = Path(ranking.__file__).with_name("weights.json")
    path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return path
