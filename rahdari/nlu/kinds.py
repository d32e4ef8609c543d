"""The intent model at run time: numpy only, some 0.1 ms a message."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rahdari.errors import ModelError
from rahdari.nlu.wording import ngrams

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL_FILE = "kinds.json"
WEIGHTS_FILE = "weights.npy"


@dataclass(frozen=True)
class Kinds:
    """Multinomial logistic regression over a sentence vector and the message's n-grams.

    Attributes:
        labels: the intents, sorted.
        vocabulary: n-gram -> its row after those of the vector.
        weights: float32, shape (dimension + len(vocabulary) + 1, len(labels)); the last row is the bias.
        temperature: what the scores are divided by, so that a confidence of 0.7 is right 7 times of 10.
        scores: what cross-validation measured, for the model's card.
    """

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    weights: NDArray[np.float32]
    temperature: float
    scores: dict[str, Any]

    def probabilities(self, vector: NDArray[np.float32], text: str) -> NDArray[np.float64]:
        """Calibrated probabilities, shape (len(labels),), of a message with this sentence vector."""
        dimension = len(self.weights) - len(self.vocabulary) - 1
        scores = vector @ self.weights[:dimension] + self.weights[-1]
        rows = sorted(self.vocabulary[ngram] for ngram in ngrams(text) if ngram in self.vocabulary)
        if rows:
            scores = scores + self.weights[dimension:-1][rows].sum(axis=0) / math.sqrt(len(rows))
        probabilities: NDArray[np.float64] = softmax(scores[None, :] / self.temperature)[0]
        return probabilities

    def save(self, folder: Path) -> None:
        """Write the model as two files: JSON, and the weights in 16 bits."""
        rest = {
            "labels": self.labels,
            "ngrams": sorted(self.vocabulary, key=self.vocabulary.__getitem__),
            "temperature": self.temperature,
            "scores": self.scores,
        }
        (folder / MODEL_FILE).write_text(json.dumps(rest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        np.save(folder / WEIGHTS_FILE, self.weights.astype(np.float16), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Kinds:
        """Read what `save` wrote. Raises ModelError when files are missing or don't belong together."""
        try:
            rest = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
            weights = np.load(folder / WEIGHTS_FILE, allow_pickle=False).astype(np.float32)
            vocabulary = {ngram: number for number, ngram in enumerate(rest["ngrams"])}
            kinds = cls(tuple(rest["labels"]), vocabulary, weights, float(rest["temperature"]), rest["scores"])
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"The intent model cannot be read ({error}); run `rahdari train`") from error
        if weights.shape[1] != len(kinds.labels) or len(weights) <= len(vocabulary):
            raise ModelError("The intent model's files do not belong together; run `rahdari train`")
        return kinds


def softmax(scores: NDArray[Any]) -> NDArray[np.float64]:
    """Probabilities of rows of scores."""
    exponentials = np.exp((scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    probabilities: NDArray[np.float64] = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities
