"""Speakers as people choose them: one choice for all spellings of a name, none for somebody who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rahdari import knowledge

_SHORT = re.compile(r"\s*\([^()]*\)$")  # "the Railway Company (RC)"


def same(name: str) -> str:
    """What spellings of one name have in common: they differ in case, an article, or a short form in brackets."""
    words = _SHORT.sub("", name).casefold().split()
    if len(words) > 1 and words[0] in knowledge.words("speakers", "articles"):
        del words[0]
    return " ".join(words)


def named(name: str) -> bool:
    """Whether a name is one by which somebody can be looked for: not "a person", "two officials", "70 families"."""
    words = name.casefold().split()
    return len(words) > 0 and words[0] not in knowledge.words("speakers", "somebody") and not words[0][0].isdigit()


def merged(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Names with their counts, those that are the same as one under the most frequent spelling; who is named only.

    Args:
        counts: the most frequent first.
    """
    spelling: dict[str, str] = {}
    total: dict[str, int] = {}
    for name, count in counts:
        if named(name):
            key = same(name)
            spelling.setdefault(key, name)
            total[key] = total.get(key, 0) + count
    found = [(spelling[key], count) for key, count in total.items()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
