"""What a sentence's vector is made of."""

from __future__ import annotations

from rahdari.records import Document, Sentence


def in_context(document: Document, sentence: Sentence) -> str:
    """What its document and section are about, then the sentence.

    Measured against the bare sentence in docs/decisions/answerability.md.
    """
    about = document.title or document.id.replace("-", " ")
    return ". ".join(part for part in (about, sentence.heading, sentence.text) if part)
