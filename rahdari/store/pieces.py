"""What an ingest hands to the store: a document with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.errors import StoreError
from rahdari.records import Document, Extraction
from rahdari.store.codec import DIMENSIONS, VECTOR, Vectors, pack_extraction, pack_vectors, unpack_extraction


@dataclass(frozen=True)
class Piece:
    """A document with what was found in it, packed as it is kept and handed from process to process: see `of`.

    Attributes:
        extraction: with the document's own ids of entities, as `pack_extraction` gives it.
        vectors: of its sentences, as `pack_vectors` gives them.
    """

    document: Document
    extraction: bytes
    vectors: bytes

    @classmethod
    def of(cls, document: Document, extraction: Extraction, vectors: Vectors) -> Piece:
        """Of an extraction as it was made, and one row of 384 numbers for each of its sentences.

        Raises:
            StoreError: they do not fit the document.
        """
        _check(document, extraction, vectors)
        return cls(document, pack_extraction(extraction), pack_vectors(vectors))

    def unpacked(self) -> Extraction:
        """What was found in it."""
        return unpack_extraction(self.extraction)

    @property
    def sentence_count(self) -> int:
        """The number of its sentences."""
        return len(self.vectors) // VECTOR


def _check(document: Document, extraction: Extraction, vectors: Vectors) -> None:
    if vectors.shape != (len(extraction.sentences), DIMENSIONS):
        raise StoreError(f"{document.id}: vectors of shape {vectors.shape} for {len(extraction.sentences)} sentences")
    for index, sentence in enumerate(extraction.sentences):
        if sentence.index != index or sentence.text != document.text[sentence.start : sentence.end]:
            raise StoreError(f"{document.id}: sentence {index} is not the text at its offsets; fix the extraction")
    linked = {mention.entity for mention in extraction.mentions}
    for fact in extraction.facts:
        linked |= {fact.subject_entity, fact.object_entity}
    strange = sorted(filter(None, linked - {entity.id for entity in extraction.entities}))
    if strange:
        raise StoreError(f"{document.id}: {strange[0]} is linked to, but no entity; fix the extraction")
