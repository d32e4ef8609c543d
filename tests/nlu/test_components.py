"""The graph components, in the committed model and by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_nlu_data import HELD_OUT

from rahdari import bootstrap
from rahdari.encoding import Encoder
from rahdari.nlu import lean
from rahdari.nlu.fitting import calibration_error
from rahdari.store import Store

lean.install()

Parse = Callable[[str], dict[str, Any]]


@pytest.fixture()
def no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAHDARI_HOME", str(tmp_path / "nothing here"))


def test_messages_never_seen_are_told_right_and_confidence_means_what_it_says(parse: Parse, no_store: None) -> None:
    parsed = [parse(text) for _, text in HELD_OUT]
    labels = sorted(entry["name"] for entry in parsed[0]["intent_ranking"] if entry["name"] != "nlu_fallback")
    rows = [{entry["name"]: entry["confidence"] for entry in message["intent_ranking"]} for message in parsed]
    probabilities = np.array([[row[label] for label in labels] for row in rows])
    truth = np.array([labels.index(intent) for intent, _ in HELD_OUT])
    assert (probabilities.argmax(axis=1) == truth).mean() >= 0.88
    assert calibration_error(probabilities, truth) <= 0.08


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how mny berths wil the habour hav", "count"),
        ("price of the tunel", "how_much"),
        ("wich lines are planed", "list"),
        ("ok and by whom", "who"),
        ("the other one i mean", "choose"),
    ],
)
def test_misspelt_and_clipped_messages_are_understood(parse: Parse, no_store: None, text: str, intent: str) -> None:
    assert parse(text)["intent"]["name"] == intent


def test_a_message_that_could_be_anything_falls_back(parse: Parse, no_store: None) -> None:
    parsed = parse("brznk vlorp 77 ¤¤ tschk")
    best = max(entry["confidence"] for entry in parsed["intent_ranking"] if entry["name"] != "nlu_fallback")
    assert (parsed["intent"]["name"] == "nlu_fallback") == (best < 0.35)
    assert best < 0.8


def test_confidences_of_a_ranking_add_up_to_one(parse: Parse, no_store: None) -> None:
    ranking = parse("when was the bridge opened")["intent_ranking"]
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1.0)
    assert ranking[0]["name"] == "when"


def test_without_a_store_there_are_no_entities_and_no_exception(parse: Parse, no_store: None) -> None:
    parsed = parse("who owns the port")
    assert parsed["entities"] == []
    assert parsed["linked"] is False


def test_a_linker_that_fails_costs_the_entities_and_nothing_else(parse: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> object:
        raise RuntimeError("the index is gone")

    monkeypatch.setattr(bootstrap, "linker", broken)
    parsed = parse("who owns the port")
    assert parsed["intent"]["name"] == "who"
    assert (parsed["entities"], parsed["linked"]) == ([], False)


def test_an_entity_carries_its_id_its_type_and_where_it_stands(parse: Parse, store: Store) -> None:
    entity = max(store.entities("project"), key=lambda e: len(store.keys_mentioning(e.id)))
    text = f"is {entity.name} finished?"
    parsed = parse(text)
    [found] = [one for one in parsed["entities"] if one["id"] == entity.id]
    assert (found["entity"], found["value"]) == (entity.type, entity.name)
    assert text[found["start"] : found["end"]] == entity.name
    assert parsed["linked"] is True


def test_a_misspelt_name_is_linked_with_less_than_full_confidence(parse: Parse, store: Store) -> None:
    entity = max(store.entities("project"), key=lambda e: len(store.keys_mentioning(e.id)))
    words = entity.name.split()
    words[0] = words[0][:-2] + words[0][-1] + words[0][-2]  # the last two letters change places
    [found] = [one for one in parse(f"is {' '.join(words).lower()} finished?")["entities"] if one["id"] == entity.id]
    assert 0.5 < found["confidence_entity"] < 1.0


def test_the_vector_of_a_message_is_the_encoders(encoder: Encoder) -> None:
    from rasa.shared.nlu.training_data.message import Message

    from rahdari.nlu.components import SentenceVectors

    message, silent = Message.build("who owns the port"), Message(data={"text": ""})
    component = SentenceVectors("vectors", SentenceVectors.get_default_config())
    component.process([message, silent])
    _, sentence = message.get_dense_features("text")
    assert sentence is not None
    assert np.array_equal(sentence.features, encoder.encode(["who owns the port"]))
    assert silent.get_dense_features("text") == (None, None)


def test_an_untrained_classifier_gives_no_intent_instead_of_failing() -> None:
    from rasa.shared.nlu.training_data.message import Message

    from rahdari.nlu.components import KindClassifier

    [message] = KindClassifier(None, None).process([Message.build("hello")])  # type: ignore[arg-type]
    assert message.get("intent") == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []


def test_a_classifier_without_vectors_before_it_says_what_is_missing(tmp_path: Path) -> None:
    from rasa.shared.nlu.training_data.message import Message

    from rahdari.nlu.components import KindClassifier
    from rahdari.nlu.kinds import Kinds

    kinds = Kinds(("a", "b"), {}, np.zeros((2, 2), dtype=np.float32), 1.0, {})
    with pytest.raises(ValueError, match="SentenceVectors"):
        KindClassifier(None, None, kinds).process([Message.build("hello")])  # type: ignore[arg-type]
