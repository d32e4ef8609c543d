"""The forms of the names of the store's entities, looked up one by one: the store keeps an index of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.knowledge.normal import words

if TYPE_CHECKING:
    from rahdari.linking.vocabulary import Vocabulary
    from rahdari.records import StoredForm
    from rahdari.store import Store

SHORT_FORM = 0.9
_KEPT = 4096  # forms
_FEW = 20_000  # forms: so many are compared one by one with a misspelling; of more, those of a like shape

Hit = tuple[str, float]
"""An entity's id, and 1 where the form is one of its names, less where it is short for one."""


class Names:
    """Look-ups by form."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        self._store = store
        self._vocabulary = vocabulary
        self._version = ""
        self._spaced: dict[str, list[StoredForm]] = {}
        self._joined: dict[str, list[StoredForm]] = {}
        self._all: tuple[str, tuple[str, ...]] = ("", ())

    def read(self, spaced: Collection[str]) -> None:
        """Looks these forms up at once, as they are and joined, for `spaced` and `joined`."""
        if self._version != self._store.version or len(self._spaced) > _KEPT:
            self._version, self._spaced, self._joined = self._store.version, {}, {}
        for known, wanted, name in (
            (self._spaced, set(spaced), "form"),
            (self._joined, {form.replace(" ", "") for form in spaced}, "joined"),
        ):
            missing = [form for form in wanted if form not in known]
            found = self._store.forms(**{name: missing}) if missing else ()
            known.update({form: [] for form in missing})
            for one in found:
                known[one.form if name == "form" else one.form.replace(" ", "")].append(one)

    def spaced(self, form: str) -> list[Hit]:
        """What this form names: plain words with blanks between."""
        if form not in self._spaced:
            self.read([form])
        return self._hits(self._spaced[form]) or self._nationals(form, " ")

    def joined(self, form: str) -> list[Hit]:
        """What this form names when the blanks are taken out of it."""
        if form not in self._joined:
            self.read([form])
        return self._hits(self._joined[form]) or self._nationals(form, "")

    def abbreviated(self, initials: Sequence[str]) -> set[str]:
        """The names with one of these initials."""
        return {found.form for found in self._store.forms(initials=initials)}

    def like(self, form: str, score: float) -> Sequence[str]:
        """All forms that may come as near as this score, 0 to 100, to a misspelling: those and others."""
        if self._store.form_count > _FEW:
            share = score / (200 - score)  # of the longer's letters that the shorter has at least
            found = self._store.forms_like(form.count(" ") + 1, int(share * len(form)), int(len(form) / share) + 1)
            return list(dict.fromkeys(one.form for one in found if self._counts(one)))
        if self._all[0] != self._store.version:
            found = self._store.forms()
            plain = [one.form for one in found if one.kind == "name"]
            plain += [one.form for one in found if one.kind != "name" and self._counts(one)]
            plain += [form for form, places in _nationals(" ").items() if any(map(self._store.entity, places))]
            self._all = self._store.version, tuple(dict.fromkeys(plain))
        return self._all[1]

    def _hits(self, found: Sequence[StoredForm]) -> list[Hit]:
        names = [(one.entity, 1.0) for one in found if one.kind == "name"]
        return names or [(one.entity, SHORT_FORM) for one in found if self._counts(one)]

    def _counts(self, found: StoredForm) -> bool:
        """Whether it is a form: a first name is only where the store has the word for hardly anything else."""
        return found.kind != "first" or self._vocabulary.count(found.form) <= self._store.mentioned(found.entity)

    def _nationals(self, form: str, blank: str) -> list[Hit]:
        """A country of the store by its adjective: "the Kenyans"."""
        found = (place for place in _nationals(blank).get(form, ()) if self._store.entity(place) is not None)
        return [(place, SHORT_FORM) for place in found][:1]


@lru_cache(maxsize=2)
def _nationals(blank: str) -> dict[str, list[str]]:
    """Adjectives of countries, and the ids of the places that they may belong to."""
    found: dict[str, list[str]] = {}
    for adjective, country in knowledge.lookup("countries").items():
        for form in (adjective, f"{adjective}s"):
            plain = [word.plain for word in words(form)]
            if blank or len(plain) > 1:
                found.setdefault(blank.join(plain), []).append(country.lower().replace(" ", "-"))
    return found
