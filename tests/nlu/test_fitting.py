"""The fit: against scikit-learn, and against figures that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rahdari.errors import ModelError
from rahdari.nlu.fitting import best_temperature, calibration_error, fit, fold_of, regress
from rahdari.nlu.kinds import MODEL_FILE, WEIGHTS_FILE, Kinds, softmax


@pytest.fixture(scope="module")
def messages() -> tuple[list[str], np.ndarray, list[str]]:
    """Forty short messages of three kinds, each with a vector that helps a little."""
    texts, intents = [], []
    for thing in ("a dam", "a port", "the law", "the bank", "a school", "rice", "the sea", "a train", "gas", "a lake"):
        for intent, form in (
            ("count", "how many {}"),
            ("count", "number of {}?"),
            ("who", "who has {}"),
            ("why", "why {}"),
        ):
            texts.append(form.format(thing))
            intents.append(intent)
    vectors = np.random.RandomState(1).normal(size=(len(texts), 8)).astype(np.float32)
    return texts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), intents


def test_the_weights_are_those_of_scikit_learn() -> None:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    random = np.random.RandomState(0)
    dense = random.normal(size=(80, 5)).astype(np.float32)
    sparse = csr_matrix((random.rand(80, 12) < 0.2).astype(np.float32))
    truth = random.randint(0, 3, 80)
    ours = regress(dense, sparse, truth, 3, strength=2.0)
    theirs = LogisticRegression(C=2.0, tol=1e-8, max_iter=2000).fit(hstack([csr_matrix(dense), sparse]), truth)
    expected = np.vstack([theirs.coef_.T, theirs.intercept_ - theirs.intercept_.mean()])
    ours[-1] -= ours[-1].mean()
    assert np.allclose(ours, expected, atol=0.02)


def test_the_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6], [0.4, 0.6]])
    truth = np.array([0, 1, 1, 1])  # right half of the time at 0.9, always at 0.6
    assert calibration_error(probabilities, truth) == pytest.approx((2 * 0.4 + 2 * 0.4) / 4)


def test_the_temperature_cools_scores_that_are_too_sure() -> None:
    random = np.random.RandomState(0)
    honest = random.normal(size=(4000, 3)).astype(np.float32)
    truth = np.array([random.choice(3, p=row) for row in softmax(honest)])
    assert best_temperature(honest, truth) == pytest.approx(1.0, abs=0.1)
    assert best_temperature(honest * 2.5, truth) == pytest.approx(2.5, abs=0.25)


def test_every_fold_holds_every_intent() -> None:
    truth = np.repeat([0, 1, 2], [10, 25, 7])
    folds = fold_of(truth)
    assert all(set(folds[truth == label]) == {0, 1, 2, 3, 4} for label in (0, 1, 2))
    assert np.array_equal(folds, fold_of(truth))


def test_the_order_of_the_messages_does_not_matter(messages: tuple[list[str], np.ndarray, list[str]]) -> None:
    texts, vectors, intents = messages
    first = fit(texts, vectors, intents)
    second = fit(texts[::-1], vectors[::-1], intents[::-1])
    assert np.array_equal(first.weights, second.weights)
    assert (first.labels, first.vocabulary, first.scores) == (second.labels, second.vocabulary, second.scores)


def test_the_kind_is_told_from_the_wording_when_the_topic_is_new(
    messages: tuple[list[str], np.ndarray, list[str]],
) -> None:
    kinds = fit(*messages)
    strange = np.zeros(8, dtype=np.float32)
    told = {text: kinds.labels[kinds.probabilities(strange, text).argmax()] for text in ("how many goats", "why wool")}
    assert told == {"how many goats": "count", "why wool": "why"}


def test_probabilities_add_up_to_one_even_for_a_message_of_unknown_words(
    messages: tuple[list[str], np.ndarray, list[str]],
) -> None:
    probabilities = fit(*messages).probabilities(np.zeros(8, dtype=np.float32), "zzz")
    assert probabilities.sum() == pytest.approx(1.0)
    assert probabilities.shape == (3,)


def test_a_saved_model_tells_the_same_when_it_is_read_again(
    messages: tuple[list[str], np.ndarray, list[str]], tmp_path: Path
) -> None:
    texts, vectors, _ = messages
    kinds = fit(*messages)
    kinds.save(tmp_path)
    again = Kinds.load(tmp_path)
    for text, vector in zip(texts, vectors):
        assert np.array_equal(kinds.probabilities(vector, text), again.probabilities(vector, text))
    assert again.scores == kinds.scores


def test_a_model_without_its_weights_is_refused(
    messages: tuple[list[str], np.ndarray, list[str]], tmp_path: Path
) -> None:
    fit(*messages).save(tmp_path)
    (tmp_path / WEIGHTS_FILE).unlink()
    with pytest.raises(ModelError, match="rahdari train"):
        Kinds.load(tmp_path)


def test_files_of_two_models_are_not_taken_for_one(
    messages: tuple[list[str], np.ndarray, list[str]], tmp_path: Path
) -> None:
    texts, vectors, intents = messages
    fit(texts, vectors, intents).save(tmp_path)
    kept = (tmp_path / WEIGHTS_FILE).read_bytes()
    fit(texts, vectors, ["count" if intent == "why" else intent for intent in intents]).save(tmp_path)
    assert (tmp_path / MODEL_FILE).is_file()
    (tmp_path / WEIGHTS_FILE).write_bytes(kept)
    with pytest.raises(ModelError, match="do not belong together"):
        Kinds.load(tmp_path)
