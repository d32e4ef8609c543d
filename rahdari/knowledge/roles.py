"""Role nouns in a wording: "the transport minister" -> "minister"."""

from __future__ import annotations

import re
from functools import lru_cache

from rahdari import knowledge


def names_role(text: str) -> str | None:
    """The first role noun in a wording, lower case, or None."""
    match = role_noun().search(text.lower())
    return match.group() if match else None


@lru_cache(maxsize=1)
def role_noun() -> re.Pattern[str]:
    """Any role noun of knowledge/titles.txt, as a word."""
    nouns = sorted(knowledge.words("titles", "role"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(noun).replace(chr(92) + ' ', '[ -]') for noun in nouns)})\b")
