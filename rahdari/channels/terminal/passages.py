"""A cited passage where it stands: the paragraph around it, the heading above it, where the document can be opened."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rahdari.channels.text import followable
from rahdari.errors import RahdariError
from rahdari.reading import places
from rahdari.records import Document, Sentence

AROUND = 800  # characters shown on either side at most

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """A passage in its place. The three texts are one stretch of the document; blank lines are taken out.

    Attributes:
        before, after: the rest of the paragraph, or the neighbours of a passage that is a paragraph by itself.
        heading: its page, the headings above it, its table and row, as far as there are any.
        source: the document's address, where it can be followed.
        lost: the document is no longer in the store as it was when it was cited.
    """

    passage: str
    before: str = ""
    after: str = ""
    heading: str | None = None
    source: str | None = None
    lost: bool = False


Places = Callable[[Mapping[str, Any]], Place]


def in_store(citation: Mapping[str, Any]) -> Place:
    """The place of a citation in the store as it is now; where that cannot be read, the quote alone."""
    from rahdari import bootstrap
    from rahdari.nlu.surroundings import settings

    try:
        store = bootstrap.store(settings())
        document = store.document(str(citation["document"]))
        return place(citation, document, store.sentences(document.id) if document is not None else ())
    except RahdariError as error:
        logger.warning("a source is shown without what stands around it: %s", error)
        return place(citation, None, ())


def place(citation: Mapping[str, Any], document: Document | None, sentences: Sequence[Sentence]) -> Place:
    """The place of a citation.

    Args:
        citation: in its JSON form.
        document: the document as it is now; None where there is none.
        sentences: its sentences, in order.
    """
    start, end, quote = int(citation["start"]), int(citation["end"]), str(citation["quote"])
    if document is None or document.text[start:end] != quote:
        return Place(_tidy(quote), lost=True)
    inside = [number for number, sentence in enumerate(sentences) if sentence.start < end and sentence.end > start]
    first, last = _bounds(sentences, inside, start, end)
    return Place(
        _tidy(quote),
        _tail(_tidy(document.text[first:start])),
        _head(_tidy(document.text[end:last])),
        str(places.place(document.text, start)) or (sentences[inside[0]].heading if inside else None),
        followable(document.source),
    )


def _bounds(sentences: Sequence[Sentence], inside: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Where the paragraph of these sentences starts and ends; a sentence further where it holds nothing else."""
    if not inside:
        return start, end
    paragraphs = {sentences[number].paragraph for number in inside}
    around = [sentence for sentence in sentences if sentence.paragraph in paragraphs]
    if len(around) == len(inside):
        around = list(sentences[max(0, inside[0] - 1) : inside[-1] + 2])
    return min(start, around[0].start), max(end, around[-1].end)


def _tidy(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text))


def _tail(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return "… " + text[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"
