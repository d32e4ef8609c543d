"""Texts as vectors: one small interface, `Encoder`, behind which the model can be exchanged."""

from rahdari.encoding.encoder import DIMENSION, Encoder

__all__ = ["DIMENSION", "Encoder"]
