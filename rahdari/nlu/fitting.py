"""Fits the intent model: L2-regularised multinomial logistic regression, then one temperature.

The loss is that of scikit-learn's LogisticRegression, and so is the optimiser, L-BFGS. It is written out here
because the features are half dense (the vector) and half sparse (the n-grams), and scikit-learn would need all
of it one way or the other: six times slower. Temperature: Guo et al. 2017, "On Calibration of Modern Neural
Networks", fitted on predictions for messages that the predicting model has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rahdari.nlu.kinds import Kinds, softmax
from rahdari.nlu.wording import ngrams, vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECIPE = 3  # count it up when a change here or in wording.py changes what is fitted
FOLDS = 5
BINS = 10
STRENGTH = 60.0
AT_LEAST = 4
ITERATIONS = 60


def fit(texts: Sequence[str], vectors: NDArray[np.float32], intents: Sequence[str]) -> Kinds:
    """The model of these messages, with its cross-validated scores. The order of the messages does not matter.

    Args:
        texts, intents: one each a message.
        vectors: float32, shape (len(texts), dimension).
    """
    order = sorted(range(len(texts)), key=lambda at: (intents[at], texts[at]))
    texts, vectors = [texts[at] for at in order], vectors[order]
    labels = tuple(sorted(set(intents)))
    truth = np.array([labels.index(intents[at]) for at in order])
    unseen = _unseen_scores(texts, vectors, truth, len(labels))
    temperature = best_temperature(unseen, truth)
    known, weights = _fit(texts, vectors, truth, len(labels))
    return Kinds(labels, known, weights, temperature, _scores(unseen, truth, temperature, labels))


def fold_of(truth: NDArray[np.int64], folds: int = FOLDS) -> NDArray[np.int64]:
    """Which fold each message is left out in: every intent spread evenly, the same each time."""
    assigned = np.empty(len(truth), dtype=np.int64)
    generator = np.random.RandomState(0)  # noqa: NPY002 - its numbers are promised to stay the same
    for label in np.unique(truth):
        places = np.flatnonzero(truth == label)
        assigned[generator.permutation(places)] = np.arange(len(places)) % folds
    return assigned


def calibration_error(probabilities: NDArray[np.float64], truth: NDArray[np.int64], bins: int = BINS) -> float:
    """The expected calibration error of a classifier's probabilities, one row a message; see `expected_error`."""
    return expected_error(probabilities.max(axis=1), probabilities.argmax(axis=1) == truth, bins)


def expected_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error, 0 to 1: how far confidence and accuracy lie apart, weighted over equal bins."""
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[bin_of == b].sum() - right[bin_of == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(right))


def best_temperature(scores: NDArray[np.float32], truth: NDArray[np.int64]) -> float:
    """The divisor of the scores under which the truth is likeliest; two digits after the point."""
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(scores / temperature)[rows, truth] + 1e-12).mean())

    return min((float(t) for t in np.round(np.arange(0.3, 4.0, 0.01), 2)), key=loss)


def _unseen_scores(
    texts: Sequence[str], vectors: NDArray[np.float32], truth: NDArray[np.int64], labels: int
) -> NDArray[np.float32]:
    """For each message the scores of a model that was fitted without its fold; shape (len(texts), labels)."""
    folds = fold_of(truth)
    scores = np.zeros((len(texts), labels), dtype=np.float32)
    for fold in range(FOLDS):
        seen, left_out = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        known, weights = _fit([texts[at] for at in seen], vectors[seen], truth[seen], labels)
        sparse = _matrix([texts[at] for at in left_out], known)
        dimension = vectors.shape[1]
        scores[left_out] = vectors[left_out] @ weights[:dimension] + sparse @ weights[dimension:-1] + weights[-1]
    return scores


def _fit(
    texts: Sequence[str], vectors: NDArray[np.float32], truth: NDArray[np.int64], labels: int
) -> tuple[dict[str, int], NDArray[np.float32]]:
    known = vocabulary(texts, AT_LEAST)
    weights = regress(vectors, _matrix(texts, known), truth, labels, STRENGTH)
    return known, weights.astype(np.float16).astype(np.float32)  # as they will be read back


def _matrix(texts: Sequence[str], known: dict[str, int]) -> Any:
    """The messages' known n-grams as rows of length 1; scipy CSR, float32, shape (len(texts), len(known))."""
    from scipy.sparse import csr_matrix

    rows = [sorted(known[ngram] for ngram in ngrams(text) if ngram in known) for text in texts]
    values = [1 / np.sqrt(len(row)) for row in rows for _ in row]
    starts = np.cumsum([0, *map(len, rows)])
    columns = [column for row in rows for column in row]
    return csr_matrix((values, columns, starts), shape=(len(texts), len(known)), dtype=np.float32)


def regress(
    dense: NDArray[np.float32], sparse: Any, truth: NDArray[np.int64], labels: int, strength: float
) -> NDArray[np.float32]:
    """Weights of shape (dense columns + sparse columns + 1, labels); the bias, last, is not regularised.

    Args:
        dense, sparse: the two halves of the features, one row a message.
        strength: scikit-learn's C, the inverse of the regularisation.
    """
    from scipy.optimize import minimize

    count, dimension = dense.shape
    transposed = sparse.T.tocsr()
    rows = np.arange(count)

    def loss_and_slope(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(-1, labels).astype(np.float32)
        scores = dense @ weights[:dimension] + sparse @ weights[dimension:-1] + weights[-1]
        rest = softmax(scores)
        loss = -np.log(rest[rows, truth] + 1e-30).mean() + float(np.square(weights[:-1]).sum()) / (2 * strength * count)
        rest[rows, truth] -= 1
        rest = rest.astype(np.float32) / count
        slope = np.vstack([dense.T @ rest, transposed @ rest, rest.sum(axis=0, keepdims=True)])
        slope[:-1] += weights[:-1] / (strength * count)
        return loss, slope.ravel().astype(np.float64)

    start = np.zeros((dimension + sparse.shape[1] + 1) * labels)
    limits = {"maxiter": ITERATIONS, "ftol": 1e-7, "gtol": 1e-6}
    found = minimize(loss_and_slope, start, jac=True, method="L-BFGS-B", options=limits)
    weights: NDArray[np.float32] = found.x.reshape(-1, labels).astype(np.float32)
    return weights


def _scores(
    unseen: NDArray[np.float32], truth: NDArray[np.int64], temperature: float, labels: Sequence[str]
) -> dict[str, Any]:
    """What the card tells, from predictions for unseen messages."""
    probabilities = softmax(unseen / temperature)
    guessed = probabilities.argmax(axis=1)
    by_intent = {}
    for number, label in enumerate(labels):
        is_it, said_so = truth == number, guessed == number
        both = int((is_it & said_so).sum())
        by_intent[label] = {
            "messages": int(is_it.sum()),
            "recall": round(both / max(1, int(is_it.sum())), 3),
            "precision": round(both / max(1, int(said_so.sum())), 3),
        }
    return {
        "messages": len(truth),
        "folds": FOLDS,
        "accuracy": round(float((guessed == truth).mean()), 4),
        "calibration_error": round(calibration_error(probabilities, truth), 4),
        "calibration_error_before": round(calibration_error(softmax(unseen), truth), 4),
        "intents": by_intent,
    }
