"""An Answer as Telegram shows it: its text, each source as a quotation under its title, what was asked above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rahdari.channels.labels import label
from rahdari.channels.markdown import one_line
from rahdari.channels.sources import Whereabouts
from rahdari.channels.telegram.parts import Block, Part, Span, link, pack
from rahdari.channels.text import marked, others, shorten, visible

NEAREST = "The nearest they say"


def reply(
    form: Mapping[str, Any], asked: str | None = None, found: Whereabouts | None = None, more: str | None = None
) -> list[Part]:
    """The messages that an Answer becomes, in order.

    Args:
        form: the Answer's JSON form.
        asked: the question of a pressed button, which the chat would not show otherwise.
        found: where its passages are.
        more: what is said below it all.
    """
    heading = [Block((Span(visible(asked), "b"),))] if asked else []
    below = [Block((Span(visible(more)),))] if more else []
    return pack([*heading, Block((Span(marked(form)),)), *_sources(form, found or Whereabouts(), whole=False), *below])


def sources(form: Mapping[str, Any], found: Whereabouts | None = None) -> list[Part]:
    """An Answer's sources with their quotes in full, for /sources."""
    about = shorten(visible(str(form["text"]), keep="\n"), "", 200)
    return pack(
        [Block((Span("Sources of: ", "b"), Span(about, "i"))), *_sources(form, found or Whereabouts(), whole=True)]
    )


def said(text: str) -> list[Part]:
    """A plain text as messages."""
    return pack([Block((Span(visible(text, keep="\n\t").strip()),))])


def _sources(form: Mapping[str, Any], found: Whereabouts, whole: bool) -> Iterator[Block]:
    for citation in form.get("citations") or ():
        quote = str(citation["quote"])
        text = one_line(quote) if whole else shorten(quote, str(form["text"]))
        tag = "blockquote" if whole else "blockquote expandable"
        yield Block((*_whence(form, citation, found), Span("\n"), Span(visible(text), tag)))


def _whence(form: Mapping[str, Any], citation: Mapping[str, Any], found: Whereabouts) -> Iterator[Span]:
    """`[1] The nearest they say · title, publisher, date, place · speaker · planned · also in Mirror`, where known."""
    document = str(citation["document"])
    known = [str(citation[name]) for name in ("title", "publisher", "published") if citation.get(name)]
    name, *rest = [*(known or [document]), *([place] if (place := found.places.get(int(citation["id"]))) else [])]
    yield Span(f"[{citation['id']}] ")
    if citation.get("role") == "nearest":
        yield Span(NEAREST, "i")
        yield Span(" · ")
    yield link(visible(name), citation.get("source") or found.addresses.get(document))
    if rest:
        yield Span(visible(", " + ", ".join(rest)))
    said_by = label(form, citation)
    if said_by:
        yield Span(" · ")
        yield Span(visible(said_by), "i")
    named, more = others(citation)
    for number, (other, address) in enumerate(named.items()):
        yield Span(", " if number else " · also in ")
        yield link(visible(other), address)
    if more:
        yield Span(f" and {more} more")
