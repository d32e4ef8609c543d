"""Rahdari answers questions about projects, agreements and sectors out of documents, with the sentence it stands on."""

__version__ = "0.1.0"
