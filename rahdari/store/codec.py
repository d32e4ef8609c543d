"""Vectors and extractions as bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rahdari.records import Entity, Extraction, Fact, Mention, Sentence

DIMENSIONS = 384  # of a sentence vector, kept as float16: half the size, cosines off by less than 0.001
VECTOR = 2 * DIMENSIONS  # bytes of one

Vectors = NDArray[np.float32]
"""Sentence vectors, float32, shape (n, 384)."""


def pack_vectors(vectors: Vectors) -> bytes:
    """Vectors as float16, little endian, one after the other."""
    return np.asarray(vectors, dtype="<f2").tobytes()


def unpack_vectors(blobs: Iterable[bytes]) -> Vectors:
    """The vectors in all of these, one after the other, as one array of shape (n, 384)."""
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(-1, DIMENSIONS).astype(np.float32)


def pack_extraction(extraction: Extraction) -> bytes:
    """An extraction as compressed JSON."""
    rows = {name: [vars(row) for row in found] for name, found in vars(extraction).items()}
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack_extraction(blob: bytes) -> Extraction:
    """The extraction that was packed, equal in every field."""
    values = json.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass"))
    entities = (Entity(**{**row, "aliases": tuple(row["aliases"])}) for row in values["entities"])
    return Extraction(
        sentences=tuple(Sentence(**row) for row in values["sentences"]),
        entities=tuple(entities),
        mentions=tuple(Mention(**row) for row in values["mentions"]),
        facts=tuple(Fact(**row) for row in values["facts"]),
    )
