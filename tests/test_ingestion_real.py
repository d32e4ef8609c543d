"""The whole way from files to the store, with spaCy and the encoder, over the documents of data/ and tests/corpus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rahdari import bootstrap
from rahdari.encoding import Encoder
from rahdari.ingestion import in_context
from rahdari.settings import Settings
from rahdari.store import Store


@pytest.fixture(scope="module")
def both(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Store]:
    """A store over two folders of documents."""
    settings = Settings.from_environment({"RAHDARI_HOME": str(tmp_path_factory.mktemp("both"))})
    report = bootstrap.ingest(settings, [root / "data" / "documents", root / "tests" / "corpus"])
    assert report.left_out == ()
    return settings, Store.open(settings.database_url)


def test_all_that_can_be_cited_is_the_documents_text_at_its_offsets(both: tuple[Settings, Store]) -> None:
    _, store = both
    assert store.sentence_count > 100
    for document in store.documents():
        assert store.sentences(document.id)
        for sentence in store.sentences(document.id):
            assert sentence.text == document.text[sentence.start : sentence.end] != ""
    for mention in store.mentions():
        document = store.document(mention.document)
        assert document is not None
        assert mention.text == document.text[mention.start : mention.end] != ""


def test_every_entity_that_is_named_is_there(both: tuple[Settings, Store]) -> None:
    _, store = both
    known = {entity.id for entity in store.entities()}
    named = {mention.entity for mention in store.mentions()} | {fact.subject_entity for fact in store.facts()}
    assert named | {fact.object_entity for fact in store.facts()} <= known | {None}
    for entity in store.entities():
        assert entity.name in entity.aliases
        assert store.keys_mentioning(entity.id), f"{entity.id} is mentioned nowhere"


def test_mentions_and_facts_point_to_sentences_that_exist(both: tuple[Settings, Store]) -> None:
    _, store = both
    keys = set(store.vectors()[0])
    assert {(row.document, row.sentence) for row in (*store.mentions(), *store.facts())} <= keys


def test_a_vector_is_that_of_its_sentence_in_its_document(both: tuple[Settings, Store], encoder: Encoder) -> None:
    keys, vectors = both[1].vectors()
    for number in (0, len(keys) // 2, len(keys) - 1):
        sentence, document = both[1].sentence(keys[number]), both[1].document(keys[number][0])
        assert sentence is not None
        assert document is not None
        assert float(vectors[number] @ encoder.encode([in_context(document, sentence)])[0]) > 0.999


def test_building_again_from_nothing_gives_the_same(both: tuple[Settings, Store], root: Path, tmp_path: Path) -> None:
    _, store = both
    settings = Settings.from_environment({"RAHDARI_HOME": str(tmp_path)})
    bootstrap.ingest(settings, [root / "tests" / "corpus"])
    report = bootstrap.ingest(settings, [root / "data" / "documents", root / "tests" / "corpus"])
    assert len(report.new) == len(list((root / "data" / "documents").glob("*.txt")))
    again = Store.open(settings.database_url)
    for part in ("documents", "sentences", "entities", "mentions", "facts"):
        assert getattr(again, part)() == getattr(store, part)()
    assert again.version == store.version
    assert np.array_equal(again.vectors()[1], store.vectors()[1])
