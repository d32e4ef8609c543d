"""What the training data promises: enough of each kind, each message once, and no topic of the documents."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from rahdari.store import Store

ROOT = Path(__file__).resolve().parents[2]
BIG = ("describe", "list", "count", "who", "when", "where", "how_much", "status", "verify", "why", "out_of_scope")


def read(*paths: Path) -> list[tuple[str, str]]:
    """(intent, message) of NLU files."""
    found = []
    for path in paths:
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line for line in entry["examples"].splitlines() if line.strip()]
            found += [(entry["intent"], re.sub(r"^- ", "", line)) for line in lines]
    return found


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().lower())


TRAINING = read(*sorted((ROOT / "data" / "nlu").glob("*.yml")))
HELD_OUT = read(ROOT / "tests" / "nlu" / "held_out.yml")


def test_every_intent_of_the_domain_has_messages_and_every_big_kind_more() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    counts = Counter(intent for intent, _ in TRAINING)
    assert set(counts) == set(domain["intents"])
    assert min(counts.values()) >= 40
    assert min(counts[intent] for intent in BIG) >= 100


def test_no_message_stands_there_twice() -> None:
    twice = [text for text, count in Counter(text for _, text in TRAINING).items() if count > 1]
    assert not twice


def test_no_message_means_two_things() -> None:
    intents: dict[str, set[str]] = {}
    for intent, text in TRAINING:
        intents.setdefault(plain(text), set()).add(intent)
    assert not {text: found for text, found in intents.items() if len(found) > 1}


def test_held_out_messages_are_not_in_the_training_data() -> None:
    known = {plain(text).strip(" ?!.") for _, text in TRAINING}
    assert not [text for _, text in HELD_OUT if plain(text).strip(" ?!.") in known]


def test_held_out_messages_cover_every_intent() -> None:
    counts = Counter(intent for intent, _ in HELD_OUT)
    assert set(counts) == {intent for intent, _ in TRAINING}
    assert len(HELD_OUT) >= 200


@pytest.mark.parametrize("kind", ["project", "agreement", "programme", "organisation", "person", "place", "event"])
def test_no_message_names_what_the_documents_are_about(store: Store, kind: str) -> None:
    text = "\n".join(plain(message) for _, message in TRAINING)
    named = [
        alias
        for entity in store.entities(kind)
        for alias in entity.aliases
        if re.search(rf"(?<!\w){re.escape(alias.lower())}(?!\w)", text)
    ]
    assert not named
