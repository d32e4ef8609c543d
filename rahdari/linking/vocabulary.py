"""The words of the store, to tell a misspelling from a word, and to put it right."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.knowledge.normal import words

if TYPE_CHECKING:
    from rahdari.store import Store

_SHORTEST = 4
_CLOSE_ENOUGH = 80.0


class Vocabulary:
    """Every word of the store's sentences, with how often it stands there; renewed with the store's version."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = ""
        self._counts: Counter[str] = Counter()
        self._known: frozenset[str] = frozenset()
        self._by_length: dict[int, tuple[str, ...]] = {}

    def __contains__(self, word: str) -> bool:
        self._renew()
        return word in self._known

    def plausible(self, word: str) -> bool:
        """Whether a plain word can be a word of English or the store: as it is, in American spelling, or its stem."""
        american = word.replace("isation", "ization").replace("ise", "ize").replace("our", "or")
        bases = (form[:-cut] for form in (word, american) for cut in (1, 2, 3, 4) if len(form) - cut >= 4)
        forms = {word, american, *bases}
        return len(word) < 5 or any(form in self for form in forms)

    def count(self, word: str) -> int:
        """How many times a plain word stands in the store."""
        self._renew()
        return self._counts[word]

    def correct(self, word: str) -> str | None:
        """The word of the store that a misspelling most likely means; None where none is near or it is a word."""
        if word in self or len(word) < _SHORTEST or word.isdigit():
            return None
        return self._nearest(word, self._version)

    @lru_cache(maxsize=4096)  # noqa: B019 - one vocabulary lives as long as the process
    def _nearest(self, word: str, version: str) -> str | None:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import DamerauLevenshtein

        near = [other for size in range(len(word) - 2, len(word) + 3) for other in self._by_length.get(size, ())]
        best: tuple[float, int, str] | None = None
        for other, _, _ in process.extract(word, near, scorer=fuzz.ratio, limit=12, score_cutoff=_CLOSE_ENOUGH - 10):
            distance = DamerauLevenshtein.distance(word, other)
            allowed = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
            if distance > allowed or other[0] != word[0] and distance > 1:
                continue
            rank = (-float(distance) - (0.5 if other[0] != word[0] else 0.0), self._counts[other], other)
            if best is None or rank > best:
                best = rank
        return best[2] if best else None

    def _renew(self) -> None:
        if self._version == self._store.version:
            return
        counts = self._counts = Counter(self._store.words())
        self._known = frozenset(counts) | general_words() | _english()
        lengths: dict[int, list[str]] = {}
        for word in sorted(counts):
            if not word.isdigit():
                lengths.setdefault(len(word), []).append(word)
        for word in sorted(general_words() - frozenset(counts)):
            lengths.setdefault(len(word), []).append(word)
        self._by_length = {size: tuple(found) for size, found in lengths.items()}
        self._version = self._store.version


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Whole words of the encoder's vocabulary: common English, not to be taken for misspellings of something else."""
    from rahdari.encoding.model import vocabulary

    lines = vocabulary().read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if len(line) >= 4 and line.isalpha())


@lru_cache(maxsize=1)
def general_words() -> frozenset[str]:
    """Words of the language that need not be in the store to be words."""
    tables = (
        "stopwords",
        "synonyms",
        "sectors",
        "units",
        "currencies",
        "countries",
        "speech",
        "modality",
        "titles",
        "heads",
    )
    found = {
        word.plain
        for table in tables
        for key, entries in knowledge.groups(table).items()
        for entry in (*entries, key if table in ("countries", "synonyms", "sectors") else "")
        for word in words(entry)
    }
    return frozenset(found)
