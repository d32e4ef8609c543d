"""A small extractor and encoder for tests of what lies around them: sentences end at full stops, names are capitals."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from rahdari.ingestion import Tools
from rahdari.records import Document, Entity, Extraction, Fact, Mention, Sentence
from rahdari.store import Piece, Writer, open_writer


class FakeExtractor:
    """Counts what it is asked to read. A document with the word `unreadable` makes it fail."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def look_ahead(self, documents: Sequence[Document]) -> None:
        """Nothing to be done together."""

    def extract(self, document: Document) -> Extraction:
        self.read.append(document.id)
        if "unreadable" in document.text:
            raise ValueError("no sense in it")
        spans = [match.span() for match in re.finditer(r"[^\s.][^.]*\.", document.text)]
        sentences = tuple(
            Sentence(document.id, number, start, end, document.text[start:end])
            for number, (start, end) in enumerate(spans)
        )
        entities: dict[str, Entity] = {}
        mentions: list[Mention] = []
        facts: list[Fact] = []
        for sentence in sentences:
            for match in re.finditer(r"[A-Z][A-Z]+", sentence.text):
                name, place = match.group(), sentence.start + match.start()
                entities[name] = Entity(name.lower(), name, "project", (name, name.title()))
                end = place + len(name)
                mentions.append(Mention(document.id, sentence.index, place, end, name, "project", name.lower()))
            if "signed" in sentence.text:
                subject = mentions[-1].entity if mentions else None
                facts.append(
                    Fact(document.id, sentence.index, sentence.text, "sign", "it", "done", subject_entity=subject)
                )
        return Extraction(sentences, tuple(entities.values()), tuple(mentions), tuple(facts))


class FakeEncoder:
    """The same text gives the same vector of length 1; texts have nothing in common."""

    def encode(self, texts: Sequence[str]) -> Any:
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
            rows[row] = np.random.default_rng(seed).normal(size=384)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def fake_tools(extractor: FakeExtractor | None = None) -> Tools:
    """Tools for `ingest` that need no model."""
    return Tools(extractor or FakeExtractor(), FakeEncoder())


def build(
    url: str,
    documents: Sequence[Document],
    extractions: Sequence[Extraction],
    vectors: Sequence[Any],
    meta: Mapping[str, str],
    anew: bool = False,
) -> None:
    """Makes the store hold exactly these documents."""
    pieces = [Piece.of(*parts) for parts in zip(documents, extractions, vectors)]
    with open_writer(url, anew) as writer:
        gone = set(writer.hashes) - {document.id for document in documents}
        change_store(writer, pieces, gone, meta)


def change_store(
    writer: Writer, pieces: Iterable[Piece] = (), gone: Iterable[str] = (), meta: Mapping[str, str] | None = None
) -> None:
    """Takes pieces in, and documents out."""
    with writer.change() as change:
        for piece in pieces:
            change.put(piece)
        for id in gone:
            change.remove(id, "removed")
        change.note(meta or {})
