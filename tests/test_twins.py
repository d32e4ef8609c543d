"""One text at two publishers is one piece of evidence with two addresses; what only one of them says is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rahdari import bootstrap
from rahdari.answering import Answerer
from rahdari.channels.text import source_lines
from rahdari.encoding import Encoder
from rahdari.linking import Linker
from rahdari.records import Answer, Question
from rahdari.settings import Settings
from rahdari.store import Explorer, Selection, Store, twins, verify

TEXT = (
    "The Halden Dam was finished on 4 May 2023, the Lake Orsa Authority said. It cost 340 million dollars and stands "
    "on the River Orsa, 12 kilometres above Halden. Ilona Varga, director of the Lake Orsa Authority, called it "
    "a first step. The dam holds 80 million cubic metres of water, which 14 villages will use from June on. Three "
    "agreements on irrigation were signed at the opening. The Ministry of Water paid two thirds of the works."
)
Write = Callable[..., Store]


@pytest.fixture
def write(tmp_path: Path, anywhere: str) -> Write:
    """Writes documents, ingests them and gives the store; a None takes a document away."""
    settings = Settings.from_environment(
        {
            "RAHDARI_HOME": str(tmp_path / "home"),
            "RAHDARI_DOCUMENTS": str(tmp_path / "documents"),
            "RAHDARI_DATABASE_URL": anywhere,
        }
    )
    (tmp_path / "documents").mkdir()

    def write(**texts: str | None) -> Store:
        for name, text in texts.items():
            path = tmp_path / "documents" / f"{name}.md"
            path.unlink() if text is None else path.write_text(text)
        bootstrap.ingest(settings)
        assert verify(settings.database_url) == []
        return Store.open(settings.database_url)

    return write


def article(publisher: str, day: int, text: str = TEXT) -> str:
    source = f"source: https://{publisher.lower()}.example/dam"
    return f"---\ntitle: Dam opened\npublisher: {publisher}\npublished: 2023-05-{day:02}\n{source}\n---\n{text}\n"


@pytest.fixture(autouse=True, params=["many at a time", "one at a time"])
def settled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "one at a time":
        monkeypatch.setattr(twins, "_SENTENCES", 1)


def ask(store: Store, encoder: Encoder, question: str) -> Answer:
    return Answerer(store, encoder, Linker(store)).answer(Question(question))


def test_a_text_at_two_publishers_is_cited_once_with_both(write: Write, encoder: Encoder) -> None:
    alone = ask(write(later=article("Mirror", 6)), encoder, "How much did the Halden Dam cost?")
    store = write(earlier=article("Gazette", 5))
    answer = ask(store, encoder, "How much did the Halden Dam cost?")
    assert [citation.document for citation in answer.citations] == ["earlier"] * len(answer.citations)
    assert (answer.status, answer.text) == (alone.status, alone.text)
    assert "differ" not in answer.text
    assert [source.source for source in answer.citations[0].also] == ["https://mirror.example/dam"]
    assert answer.as_dict()["citations"][0]["also"][0]["publisher"] == "Mirror"
    assert source_lines(answer)[0].endswith("— Dam opened, Gazette, 2023-05-05; also in Mirror")


def test_nothing_counts_twice(write: Write, anywhere: str) -> None:
    store = write(a=article("Gazette", 5))
    facts, found = store.facts(), store.search(["dam"], 100)
    frequency, mentions = store.frequency("dam"), store.mentions()
    explorer_count = Explorer.open(anywhere).count(Selection())
    store = write(b=article("Mirror", 6), c=article("Herald", 7))
    assert store.facts() == facts
    assert [key for key, _ in store.search(["dam"], 100)] == [key for key, _ in found]
    assert (store.frequency("dam"), store.mentions()) == (frequency, mentions)
    assert Explorer.open(anywhere).count(Selection()) == explorer_count
    keys, vectors = store.vectors()
    assert {key[0] for key, vector in zip(keys, vectors) if np.any(vector)} == {"a"}
    assert [document.id for document in store.documents()] == ["a", "b", "c"]
    assert [document.id for document in store.echoes(("a", 0))] == ["b", "c"]


def test_what_only_the_copy_says_is_evidence_and_another_figure_is_told(write: Write, encoder: Encoder) -> None:
    changed = TEXT.replace("340 million", "355 million") + " Fishing is forbidden for two years."
    store = write(a=article("Gazette", 5), b=article("Mirror", 6, changed))
    assert {key[0] for key, _ in store.search(["fishing"], 9)} == {"b"}
    assert {key[0] for key, _ in store.search(["cost"], 9)} == {"a", "b"}
    assert {key[0] for key, _ in store.search(["villages"], 9)} == {"a"}
    answer = ask(store, encoder, "How much did the Halden Dam cost?")
    assert "340 million" in answer.text
    assert "355 million" in answer.text


@pytest.mark.parametrize("likely", [29, 65])
def test_which_are_held_against_each_other_does_not_hang_on_when_they_came(
    write: Write, monkeypatch: pytest.MonkeyPatch, likely: int
) -> None:
    monkeypatch.setattr(twins, "_LIKELY", likely)
    write(a=article("Gazette", 5))
    store = write(b=article("Mirror", 6), c=article("Herald", 7))
    assert len(store.echoes(("a", 0))) == (2 if likely == 29 else 0)


def test_a_dateline_of_the_publisher_makes_no_difference(write: Write) -> None:
    store = write(a=article("Gazette", 5), b=article("Mirror", 6, f"HALDEN, May 5 (LNA): {TEXT}"))
    assert {key[0] for key, _ in store.search(["finished"], 9)} == {"a"}


def test_when_the_first_goes_or_changes_the_copy_stands_in(write: Write) -> None:
    store = write(a=article("Gazette", 5), b=article("Mirror", 6))
    facts = [fact.predicate for fact in store.facts()]
    store = write(a=None)
    assert [fact.predicate for fact in store.facts()] == facts
    assert {fact.document for fact in store.facts()} == {"b"}
    assert {key[0] for key, _ in store.search(["dam"], 9)} == {"b"}
    store = write(a=article("Gazette", 5))
    assert {key[0] for key, _ in store.search(["dam"], 9)} == {"a"}
    store = write(a=article("Gazette", 5, "The port of Rannakula was closed."))
    assert {key[0] for key, _ in store.search(["dam"], 9)} == {"b"}


def test_other_texts_on_the_same_thing_are_two_pieces_of_evidence(write: Write) -> None:
    other = "The Halden Dam was finished in May, as the Mirror has learnt. " + " ".join(reversed(TEXT.split(". ")))
    short = "The Halden Dam was finished on 4 May 2023, the Lake Orsa Authority said."
    store = write(a=article("Gazette", 5), b=article("Mirror", 6, other[:300]), c=article("Herald", 7, short))
    assert {key[0] for key, _ in store.search(["halden"], 99)} == {"a", "b", "c"}
