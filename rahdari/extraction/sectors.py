"""Sectors in a sentence: the field's own list, and whatever a text enumerates as "fields including …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rahdari import knowledge
from rahdari.records import Entity, Mention

_ENUMERATION = re.compile(
    r"\b(?:fields|sectors|areas|industries|domains|spheres)\s*,?\s+"
    r"(?:including|such as|like|namely|ranging from|:)\s+(?P<items>[^.;:]+)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*,\s*(?:and\s+|as well as\s+)?|\s+and\s+the\s+|\s+and\s+(?=\w+(?:\s\w+)?$)|\s+to\s+(?=\w+\s+and\s)"
)
_ITEM = re.compile(r"^(?:the\s+)?[a-z][\w\s-]{2,60}$")


def mentions(text: str, offset: int, document: str, index: int) -> list[Mention]:
    """The sector mentions of one sentence; `offset` is where it starts in the document."""
    found: list[Mention] = []
    for start, end, sector in [*_enumerated(text), *_listed(text)]:
        if not any(offset + start < other.end and other.start < offset + end for other in found):
            found.append(
                Mention(document, index, offset + start, offset + end, text[start:end], "sector", _slug(sector))
            )
    return sorted(found, key=lambda mention: mention.start)


def entities(found: Sequence[Mention]) -> dict[str, Entity]:
    """Entities for the sectors among these mentions, with the spellings met and those of the list."""
    spellings: dict[str, dict[str, None]] = {}
    for mention in found:
        if mention.type == "sector" and mention.entity:
            spellings.setdefault(mention.entity, {})[mention.text] = None
    known = {_slug(name): (name, *words) for name, words in knowledge.groups("sectors").items()}
    return {
        slug: Entity(
            slug, (known.get(slug) or tuple(met))[0], "sector", tuple(dict.fromkeys([*known.get(slug, ()), *met]))
        )
        for slug, met in spellings.items()
    }


def _enumerated(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ENUMERATION.finditer(text):
        position = match.start("items")
        for item in _SEPARATOR.split(match["items"]):
            start = text.index(item, position)
            position = start + len(item)
            if _ITEM.match(item) and len(item.split()) <= 7:
                bare = re.sub(r"^the\s+", "", item)
                start += len(item) - len(bare)
                yield start, start + len(bare), knowledge.lookup("sectors").get(bare.lower(), bare)


def _listed(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _pattern().finditer(text):
        yield match.start(), match.end(), knowledge.lookup("sectors")[match.group().lower()]


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted((word for word in knowledge.lookup("sectors") if len(word) > 3), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


def _slug(name: str) -> str:
    return "sector-" + re.sub(r"\W+", "-", name.lower()).strip("-")
