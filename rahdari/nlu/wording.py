"""How something is asked, as opposed to what it is about: the n-grams of a message's words and letters.

The encoder's vector tells what a message means, topic first. What kind of question it is shows in little words
and in where they stand ("by whom", "how many", a question mark after a noun). People misspell them, so words
count three times: as they are, by their letters, and by their consonants ("how mny", "hav", "cst").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

LETTERS = 3
LONGEST = 8

_VOWELS = re.compile("[aeiou]")
_REPEATED = re.compile(r"(.)\1+")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[?!]|\S")


def ngrams(text: str) -> frozenset[str]:
    """The marks of a message.

    Uni-, bi- and trigrams of its words with its ends, uni- and bigrams of their consonants, letter n-grams, and
    its length in words.
    """
    words = [token.lower().replace("’", "'") for token in _TOKEN.findall(text)]
    framed = ["<", *words, ">"]
    bare = ["<", *map(_consonants, words), ">"]
    found = {f"1:{word}" for word in words} | {f"s:{word}" for word in bare[1:-1]}
    found.update(f"2:{' '.join(pair)}" for pair in zip(framed, framed[1:]))
    found.update(f"t:{' '.join(pair)}" for pair in zip(bare, bare[1:]))
    found.update(f"3:{' '.join(triple)}" for triple in zip(framed, framed[1:], framed[2:]))
    for word in words:
        padded = f"^{word[:40]}$"
        found.update(f"c:{padded[at : at + LETTERS]}" for at in range(len(padded) - LETTERS + 1))
    found.add(f"n:{min(len(words), LONGEST)}")
    return frozenset(found)


def _consonants(word: str) -> str:
    """What is left of a word without its vowels and doubled letters; the word itself where that is too little."""
    single = _REPEATED.sub(r"\1", word[:40])
    bare = _VOWELS.sub("", single)
    return bare if len(bare) > 1 else single


def vocabulary(texts: Iterable[str], at_least: int) -> dict[str, int]:
    """The n-grams that occur in at least so many of the texts, numbered in their own order."""
    counts = Counter(ngram for text in texts for ngram in ngrams(text))
    return {ngram: number for number, ngram in enumerate(sorted(n for n, count in counts.items() if count >= at_least))}
