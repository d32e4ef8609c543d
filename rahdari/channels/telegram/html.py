"""An Answer as Telegram shows it: its text, each source as a quotation under its title, what was asked above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rahdari.channels.labels import label
from rahdari.channels.telegram.parts import Block, Part, Span, link, pack
from rahdari.channels.text import marked, shorten, visible

NEAREST = "The nearest they say"

Links = Mapping[str, str | None]


def reply(
    form: Mapping[str, Any], asked: str | None = None, links: Links | None = None, more: str | None = None
) -> list[Part]:
    """The messages that an Answer becomes, in order.

    Args:
        form: the Answer's JSON form.
        asked: the question of a pressed button, which the chat would not show otherwise.
        links: a document's id → its address, where one is known.
        more: what is said below it all.
    """
    heading = [Block((Span(visible(asked), "b"),))] if asked else []
    below = [Block((Span(visible(more)),))] if more else []
    return pack([*heading, Block((Span(marked(form)),)), *_sources(form, links or {}, whole=False), *below])


def sources(form: Mapping[str, Any], links: Links | None = None) -> list[Part]:
    """An Answer's sources with their quotes in full, for /sources."""
    about = shorten(visible(str(form["text"]), keep="\n"), "", 200)
    return pack([Block((Span("Sources of: ", "b"), Span(about, "i"))), *_sources(form, links or {}, whole=True)])


def said(text: str) -> list[Part]:
    """A plain text as messages."""
    return pack([Block((Span(visible(text, keep="\n\t").strip()),))])


def _sources(form: Mapping[str, Any], links: Links, whole: bool) -> Iterator[Block]:
    for citation in form.get("citations") or ():
        quote = str(citation["quote"])
        text = " ".join(quote.split()) if whole else shorten(quote, str(form["text"]))
        tag = "blockquote" if whole else "blockquote expandable"
        yield Block((*_whence(form, citation, links), Span("\n"), Span(visible(text), tag)))


def _whence(form: Mapping[str, Any], citation: Mapping[str, Any], links: Links) -> Iterator[Span]:
    """`[1] The nearest they say · title, publisher, date · speaker · planned`; what isn't known is left out."""
    document = str(citation["document"])
    known = [str(citation[name]) for name in ("title", "publisher", "published") if citation.get(name)]
    name, *rest = known or [document]
    yield Span(f"[{citation['id']}] ")
    if citation.get("role") == "nearest":
        yield Span(NEAREST, "i")
        yield Span(" · ")
    yield link(visible(name), citation.get("source") or links.get(document))
    if rest:
        yield Span(visible(", " + ", ".join(rest)))
    said_by = label(form, citation)
    if said_by:
        yield Span(" · ")
        yield Span(visible(said_by), "i")
