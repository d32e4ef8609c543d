"""A block -> sentences with exact offsets.

spaCy's splitter breaks names ("Minister Abd al / Karim Odeh"), so boundaries are found by rule: a full
stop, question or exclamation mark, closing quotes after it, white space, and something that can open a sentence;
not after an abbreviation, an initial or a number's point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rahdari import knowledge

_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"”’'»)\]]*(?:\[\d+\])*(?=\s+[\"“‘'«(\[]*[A-Z0-9]|\s*\n)")
_LAST_WORD = re.compile(r"[\w./-]+$")
_LONGEST_WORD = 60


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields (start, end) of each sentence in text[start:end], white space and bare marks left out."""
    opened = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_here(text, opened, stop.end()):
            yield from _trimmed(text, opened, stop.end())
            opened = stop.end()
    yield from _trimmed(text, opened, end)


def _ends_here(text: str, opened: int, stop: int) -> bool:
    before = re.sub(r"(?:\[\d+\])+$", "", text[opened:stop])
    word = _LAST_WORD.search(before.rstrip(".")[-_LONGEST_WORD:]) if before.endswith(".") else None
    if word is None:
        return True
    last = word.group().lower()
    if last in knowledge.words("abbreviations", "before_name"):
        return False
    if re.fullmatch(r"[a-z]", last) and not re.search(r"\d\s*[a-z]\.$", before):
        return False
    following = text[stop:].lstrip()[:40]
    if last in knowledge.words("abbreviations", "inside"):
        return bool(
            re.match(r"[\"“(]?(?:The|A|An|In|It|He|She|They|But|And|This|That|On|At|For|As|We|Its)\b", following)
        )
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    if re.search(r"[^\W\d_]", piece) or re.search(r"\d\s*(?:\||\s{2})", piece):  # or a table's row of figures
        yield start + lead, start + len(piece.rstrip())
