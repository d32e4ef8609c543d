"""What a store holds depends on the documents in it, and not on the way that led there.

Documents of the repository are added, changed and removed in random orders; after each step the store is compared
with one that is made of the same documents from nothing: the rows, what words find, and what is replied.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from store_contents import findings, rows

from rahdari.answering import Answerer
from rahdari.encoding import Encoder
from rahdari.extraction import Extractor
from rahdari.ingestion import Tools, ingest
from rahdari.linking import Linker
from rahdari.records import Document, Extraction, Question
from rahdari.store import Store, verify

WORDS = ["agreement", "signed", "water", "railway", "million", "ministry", "port", "health", "2026", "loan agreement"]
QUESTIONS = [
    "How many agreements were signed?",
    "What was agreed on health?",
    "tell me about the railway",
    "How much does the port cost?",
    "Who signed the loan?",
    "When does the construction begin?",
    "What do the documents say about water?",
    "Which projects are there in Ethiopia?",
    "Is the tunnel cancelled?",
    "What is ML-1?",
]


class Remembering:
    """An extractor and encoder that do the work for one text once: the same text gives the same, always."""

    def __init__(self, encoder: Encoder) -> None:
        self._extractor, self._encoder = Extractor.load(), encoder
        self._extractions: dict[tuple[str, str], Extraction] = {}
        self._vectors: dict[tuple[str, ...], Any] = {}

    def extract(self, document: Document) -> Extraction:
        key = document.id, document.sha256
        if key not in self._extractions:
            self._extractions[key] = self._extractor.extract(document)
        return self._extractions[key]

    def encode(self, texts: Sequence[str]) -> Any:
        key = tuple(texts)
        if key not in self._vectors:
            self._vectors[key] = self._encoder.encode(texts)
        return self._vectors[key]


@pytest.fixture(scope="module")
def remembering(encoder: Encoder) -> Remembering:
    return Remembering(encoder)


def replies(url: str, encoder: Encoder) -> list[object]:
    store = Store.open(url)
    answerer = Answerer(store, encoder, Linker(store))
    found = []
    for question in QUESTIONS:
        answer = answerer.answer(Question(question)).as_dict()
        found.append({key: value for key, value in answer.items() if key != "id"})
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_store_that_was_kept_is_the_one_that_is_made_from_nothing(
    seed: int, root: Path, tmp_path: Path, remembering: Remembering, encoder: Encoder
) -> None:
    luck = random.Random(seed)
    documents = tmp_path / "documents"
    documents.mkdir()
    everything = sorted(
        path
        for folder in (root / "data" / "documents", root / "tests" / "corpus", root / "tests" / "extraction")
        for path in folder.rglob("*")
        if path.suffix in (".txt", ".md")
    )
    kept = f"sqlite:///{tmp_path}/kept.sqlite"

    def put(url: str) -> None:
        assert ingest([documents], url, lambda: Tools(remembering, remembering)).left_out == ()

    for step in range(5):
        here = sorted(documents.iterdir())
        for path in luck.sample(here, luck.randint(0, len(here) // 2)):
            if luck.random() < 0.3:
                path.write_text(path.read_text() + "\n\nThe National Development Council (NDC) was told of it.\n")
            else:
                path.unlink()
        for path in luck.sample(everything, luck.randint(3, 15)):
            shutil.copy(path, documents)
            if luck.random() < 0.4:  # another publisher has the same text, with a sentence more
                day, text = luck.randint(10, 28), path.read_text().split("---\n")[-1]
                added = "\n\nThe agency was not asked for more.\n" if luck.random() < 0.5 else ""
                front = f"---\ntitle: Reprint\npublisher: The Mirror\npublished: 2026-03-{day}\n---\n"
                (documents / f"mirror-{path.stem}.md").write_text(front + text + added)
        put(kept)
        fresh = f"sqlite:///{tmp_path}/fresh-{step}.sqlite"
        put(fresh)
        kept_rows, fresh_rows = rows(kept), rows(fresh)
        for table in fresh_rows:
            assert kept_rows[table] == fresh_rows[table], table
        assert fresh_rows["unused"] == []
        assert verify(kept) == []
        assert any(row[-1] for row in fresh_rows["documents"])  # there are copies among them
        assert findings(kept, WORDS) == findings(fresh, WORDS)
    assert replies(kept, encoder) == replies(fresh, encoder)
