"""Text made alike for comparison: case, accents, dashes and possessives out; words with their places kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_NEAR = 75.0
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSSESSIVE = re.compile(r"['’]s$")


class Word(NamedTuple):
    """A word of a text: its plain form, and where it stands."""

    plain: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; hyphens part words, possessive endings are dropped."""
    return tuple(Word(plain(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))


def plain_words(text: str) -> list[str]:
    """The plain forms alone of a text's words: a third of the time."""
    return [plain(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=32768)
def plain(text: str) -> str:
    """Lower case, no accents, no possessive, no apostrophe."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    if "'" not in folded and "’" not in folded:
        return folded
    folded = _POSSESSIVE.sub("", folded)
    return folded.replace("'", "").replace("’", "")


def near(word: str, other: str) -> bool:
    """Whether two different plain words are likely one in two spellings: "telnet" and "telenet"."""
    from rapidfuzz import fuzz

    return word != other and min(len(word), len(other)) >= 4 and fuzz.ratio(word, other) >= _NEAR
