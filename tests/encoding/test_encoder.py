"""The sentence encoder: the real model, and the files behind it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rahdari.encoding import DIMENSION, Encoder, model
from rahdari.encoding import encoder as encoder_module
from rahdari.errors import ModelError


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_vectors_are_float32_rows_of_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(["Who built the dam?", "", "a" * 10_000, "水坝在哪里？", "\ud800 broken"])
    assert vectors.shape == (5, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_a_vector_does_not_depend_on_what_else_is_encoded() -> None:
    texts = ["When does the bridge open?", "The ferry sails twice a week from the old harbour to the island.", "?"]
    together = Encoder.load().encode(texts)
    apart = np.vstack([Encoder.load().encode([text]) for text in reversed(texts)])[::-1]
    assert np.array_equal(together, apart)


def test_alike_meanings_are_nearer_than_alike_words(encoder: Encoder) -> None:
    question, same, other = encoder.encode(
        ["How much did the railway cost?", "what was the price of the train line", "How much does a goat eat?"]
    )
    assert question @ same > question @ other + 0.2


def test_what_follows_256_tokens_is_not_looked_at(encoder: Encoder) -> None:
    start = "harbour " * 300
    first, second = encoder.encode([start + "ends with a tunnel", start + "ends with a market"])
    assert np.array_equal(first, second)


def test_a_repeated_text_is_remembered_and_the_oldest_is_forgotten() -> None:
    loaded = Encoder.load()
    runs = []
    session = loaded._session

    class Counting:
        def run(self, *arguments: object) -> object:
            runs.append(1)
            return session.run(*arguments)

    encoder = Encoder(Counting(), loaded._tokenizer, remembered=2)
    for text in ["one", "two", "one", "three", "one", "two"]:
        encoder.encode([text])
    assert len(runs) == 4  # one, two, three, and two again


def test_the_quantised_model_stays_near_the_weights_it_was_made_from(encoder: Encoder) -> None:
    import onnxruntime

    original = onnxruntime.InferenceSession(str(model.source()), providers=["CPUExecutionProvider"])
    exact = Encoder(original, encoder._tokenizer)
    texts = ["The two ministers signed the treaty on Monday.", "cost?", "Rice exports fell by a third in 1998."]
    assert (encoder.encode(texts) * exact.encode(texts)).sum(axis=1).min() > 0.97


def test_a_missing_quantised_model_is_made_and_then_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAHDARI_CACHE", str(tmp_path / "cache"))
    made = model.prepared()
    assert made.parent == tmp_path / "cache"
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    monkeypatch.setattr(model, "_prepare", lambda *_: pytest.fail("made twice"))
    assert model.prepared() == made


def test_a_damaged_quantised_model_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = model.prepared()
    monkeypatch.setenv("RAHDARI_CACHE", str(tmp_path))
    damaged = tmp_path / good.name
    damaged.write_bytes(good.read_bytes()[:-100])
    assert model.prepared().read_bytes() == good.read_bytes()


def test_a_cache_that_cannot_be_written_names_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("RAHDARI_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(ModelError, match="RAHDARI_CACHE"):
        model.prepared()


def test_another_file_in_the_place_of_the_model_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.onnx"
    other.write_bytes(b"something else")
    with pytest.raises(ModelError, match="not the file expected"):
        model._checked(other, model.SOURCE_SHA256)


def test_a_file_that_onnxruntime_cannot_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "encoder.onnx"
    broken.write_bytes(b"not a graph")
    monkeypatch.setattr(encoder_module, "prepared", lambda: broken)
    with pytest.raises(ModelError, match="encoder.onnx cannot be opened"):
        Encoder.load()
