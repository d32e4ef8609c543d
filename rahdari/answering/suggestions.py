"""Questions to ask next. Each is one that the documents answer: it names a thing by the name they give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rahdari.answering.evidence import Candidate
from rahdari.records import Entity

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

_ORDER = ("project", "agreement", "programme", "event", "person", "organisation")
_MOST = 3


class Suggester:
    """Makes suggestions out of the store's entities; what holds for a version of it is kept."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._version = ""
        self._starters: tuple[str, ...] = ()

    def starters(self) -> tuple[str, ...]:
        """The most mentioned project or programme, then lists of what there is."""
        if self._version != self._corpus.store.version:
            self._version = self._corpus.store.version
            self._starters = tuple(self._make())[:_MOST]
        return self._starters

    def after(self, asked: set[str], cited: Sequence[Candidate]) -> tuple[str, ...]:
        """Things that these sentences name and that were not asked about; who said it, where somebody did."""
        found: dict[str, Entity] = {}
        for candidate in cited:
            for mention in candidate.mentions:
                entity = self._corpus.store.entity(mention.entity) if mention.entity else None
                if entity and entity.id not in asked and entity.type in _ORDER and mention.text[:1].isupper():
                    found.setdefault(entity.id, entity)
        best = sorted(found.values(), key=lambda entity: _ORDER.index(entity.type))[:_MOST]
        said = ["Who said that?"] if cited and cited[0].sentence.speaker else []
        return (*(_about(entity.name) for entity in best), *said)

    def _make(self) -> list[str]:
        store = self._corpus.store
        ranked = self._corpus.most_mentioned("project", "programme", "agreement")
        most = [entity for one in ranked[:1] if (entity := store.entity(one.id)) is not None]
        lists = [
            f"Which {plural} are named?"
            for kind, plural in (("sector", "sectors"), ("project", "projects"), ("person", "people"))
            if store.has(kind)
        ]
        return [*(_about(entity.name) for entity in most), *lists]


def _about(name: str) -> str:
    return f"Tell me about {name}"
