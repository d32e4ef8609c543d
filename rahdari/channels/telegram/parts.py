"""Marked-up text in parts that Telegram takes: at most 4,096 UTF-16 code units each, counted without the markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

LIMIT = 4096
_SENTENCE_END = re.compile(r"(?:[.!?…。！？۔؟][\"'”’»)\]]*|\n)(?=\s|$)")
_JOINING = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")


class Part(NamedTuple):
    """One message, as HTML and as the same text without markup; the second has at most LIMIT code units."""

    html: str
    plain: str


@dataclass(frozen=True)
class Span:
    """A stretch of text in one element.

    Attributes:
        text: as people read it; it is escaped here and nowhere else.
        tag: what opens the element, without its angle brackets: `b`, `a href="…"`; "" for none.
    """

    text: str
    tag: str = ""

    @property
    def html(self) -> str:
        """The element, its text escaped."""
        text = html.escape(self.text, quote=False)
        return f"<{self.tag}>{text}</{self.tag.split()[0]}>" if self.tag and text else text


@dataclass(frozen=True)
class Block:
    """What stays together where it can: the answer's text, a source. `gap` parts it from the block before."""

    spans: tuple[Span, ...]
    gap: str = "\n\n"

    @property
    def plain(self) -> str:
        """Its text without markup."""
        return "".join(span.text for span in self.spans)


def link(text: str, address: str | None) -> Span:
    """A span that leads to an address on the web; a plain one where there is no such address."""
    if address is None or not re.match(r"https?://[^\s/]", address):
        return Span(text)
    return Span(text, f'a href="{html.escape(address)}"')


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pack(blocks: Iterable[Block], limit: int = LIMIT) -> list[Part]:
    """The blocks in order, as few messages as that takes; only a block longer than a message is cut.

    A cut falls at the end of a sentence, else between words, else between characters; white space there is dropped.
    """
    parts: list[list[Span]] = []
    used = 0
    for block in blocks:
        size = units(block.plain)
        if not size:
            continue
        if parts and used + units(block.gap) + size <= limit:
            parts[-1] += (Span(block.gap), *block.spans)
            used += units(block.gap) + size
            continue
        for piece in [list(block.spans)] if size <= limit else _cut(block.spans, limit):
            parts.append(piece)
            used = sum(units(span.text) for span in piece)
    return [Part("".join(span.html for span in part), "".join(span.text for span in part)) for part in parts]


def _cut(spans: tuple[Span, ...], limit: int) -> Iterator[list[Span]]:
    piece: list[Span] = []
    room = limit
    for span in spans:
        text = span.text
        while units(text) > room:
            end = _end(text, room, must=not piece)
            if text[:end].strip():
                piece.append(Span(text[:end].rstrip(), span.tag))
            if piece:
                yield piece
            piece, room, text = [], limit, text[end:].lstrip()
        if text:
            piece.append(Span(text, span.tag))
            room -= units(text)
    if piece:
        yield piece


def _end(text: str, room: int, must: bool) -> int:
    """Where to cut a text that is longer than the room for it, so that what is before has room.

    0 where the first word has none; never where a cut `must` be.
    """
    end = len(text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore"))
    sentence = max((match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= end), default=0)
    if sentence > end // 4:
        return sentence
    space = max((match.end() for match in re.finditer(r"\s", text[: end + 1])), default=0)
    if space or not must:
        return space
    for back in range(end, max(end - 16, 0), -1):  # what joins characters to one is not torn from them
        if not _JOINING.match(text, back) and text[back - 1] != "\u200d":
            return back
    return max(end, 1)
