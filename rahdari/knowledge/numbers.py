"""Numbers as they are written: in figures, in words, with a scale."""

from __future__ import annotations

import re

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "dozen": 12,
    "hundred": 100,
}
MONTHS = "january february march april may june july august september october november december".split()
FIGURE = r"(?:\d{1,3}(?:[,\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
NUMBER_WORD = (
    r"(?:"
    + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
    + r")(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
)
SCALE = r"(?:thousand|million|billion|trillion|crores?|lakhs?|bn|mn|m(?=\b(?!\w)))"
SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "crore": 1e7,
    "lakh": 1e5,
}
NUMBER = rf"(?:{FIGURE}|{NUMBER_WORD})"


def number_of(text: str) -> float | None:
    """The number that a wording gives ("1,200", "twenty-one", "3.5 billion"), or None."""
    match = re.match(rf"({FIGURE})\s*({SCALE})?", text.strip(), re.IGNORECASE)
    if match:
        scale = (match.group(2) or "").lower().rstrip("s")
        return float(re.sub(r"[,\u00a0]", "", match.group(1))) * SCALES.get(scale, 1)
    total = 0
    for word in re.split(r"[\s-]+", text.strip().lower()):
        if word not in _NUMBER_WORDS:
            break
        total += _NUMBER_WORDS[word]
    return float(total) if total else None
