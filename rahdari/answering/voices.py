"""Whose words a question asks for: an entity that it names, or people whom it describes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rahdari.answering.query import Kind
from rahdari.answering.text import stem, stop_words
from rahdari.knowledge.normal import words
from rahdari.records import Link

_TEXT_SAYS = re.compile(r"\b(?:articles?|documents?|texts?|reports?|piece|story|stories|releases?)\b")
_COUNTS = frozenset(("two", "three", "four"))


def voice(text: str, links: Sequence[Link]) -> frozenset[str]:
    """Stems of the words that describe whose words are asked for: "the villagers"; none where a name does."""
    match = _VOICE.search(text)
    if match is None:
        return frozenset()
    start, end = match.span("of") if match["of"] else match.span("said")
    if any(start <= link.start < end and link.type != "sector" for link in links):
        return frozenset()
    return frozenset(stem(w.plain) for w in words(text[start:end]) if w.plain not in stop_words() | _COUNTS)


_VOICE = re.compile(
    r"\b(?:what|how) (?:did|does|do|has|have|had) (?:the |both |all |any )?(?P<said>(?:[\w'’-]+ ){1,3}?)"
    r"(?:say|said|think|believe|argue|claim|tell|reply|respond|comment|warn|add|complain|see|view|react|describe"
    r"|justify)\b|\b(?:comments?|remarks?|statements?|reactions?|reply|response|views?|opinions?|stance"
    r"|(?:quotable |good |nice )?(?:quotes?|lines?|words)) "
    r"(?:by|from|of) (?:the |both |an? )?"
    r"(?P<of>(?:[\w'’-]+ ?){1,2}?)(?=\b(?:on|in|to|about|at|of)\b|[?.,!]|$)",
    re.IGNORECASE,
)


def speaker(kind: Kind, lowered: str, links: Sequence[Link]) -> str | None:
    """Whose words are asked for: the person named before the reporting verb, or the owner of the view."""
    people = [link for link in links if link.type in ("person", "organisation", "place")]
    if not people:
        return None
    persons = [link for link in people if link.type == "person"]
    if kind == "quote" and persons:
        return persons[0].entity
    reporting = re.search(
        r"\b(?:say|said|says|think|thinks|believe|believes|argue|argued|claim|claimed|tell|told|call|called|describe|described|comment|view|views|opinion|opinions|take|according|warn|warned|expect|quote|reply|respond|words|predict|complain|criticise|praise|names?|named|mentions?|mentioned|cites?|cited|lists?|listed)\b",
        lowered,
    )
    if reporting is None or kind not in (
        "quote",
        "verify",
        "describe",
        "why",
        "how_much",
        "count",
        "when",
        "status",
        "list",
        "where",
    ):
        return None
    if persons:
        return persons[0].entity
    if _TEXT_SAYS.search(lowered[: reporting.end()]):
        return None
    between = lowered[reporting.end() : max(people[0].start, reporting.end())]
    spoken_of = re.search(r"\b(?:on|about|regarding|concerning)\b", between)  # "the words on Chile's thanks"
    return people[0].entity if kind == "quote" and people[0].start < reporting.end() + 12 and not spoken_of else None
