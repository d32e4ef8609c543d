"""Names over a document -> entities with all their aliases.

Joined are: spelling variants, acronyms (bracketed or by initials), surnames and short forms, reordered names
("Port of X", "X Port"). Two people with one surname stay two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rahdari import knowledge
from rahdari.extraction.names import Name
from rahdari.records import Entity, EntityType

_SMALL = {"of", "and", "for", "the", "on", "de", "del", "da", "la", "le", "in", "to", "a", "an", "&"}
_ORDER: tuple[EntityType, ...] = (
    "project",
    "agreement",
    "programme",
    "event",
    "sector",
    "organisation",
    "person",
    "place",
)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name without what spelling varies in: case, accents, dashes, possessives, leading article."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = re.sub(r"['’]s\b|['’](?=\s|$)", "", plain)
    plain = re.sub(r"[^\w]+", " ", plain).strip()
    return re.sub(r"^the ", "", plain)


def slug(name: str) -> str:
    """An entity's id: its key with hyphens."""
    return key(name).replace(" ", "-")


def initials(name: str) -> str:
    """The acronym that a name's words give: "Coast and River Trust" -> "crt"; "" for one word."""
    words = [word for word in re.split(r"[\s–-]+", name) if word and word.lower() not in _SMALL]
    return "".join(word[0] for word in words).lower() if len(words) > 1 else ""


class Registry:
    """Collects a document's names in reading order, then tells which entity each stands for."""

    def __init__(self) -> None:
        self._types: dict[str, Counter[EntityType]] = defaultdict(Counter)
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._alias_of: dict[str, str] = {}
        self._order: list[str] = []
        self._forms: dict[str, _Form] = {}
        self._by_word: dict[str, list[_Form]] = defaultdict(list)
        self._by_initials: dict[str, list[_Form]] = defaultdict(list)

    def add(self, name: Name) -> None:
        """Takes one name in, as met."""
        name_key = key(name.text)
        if not name_key:
            return
        if name_key not in self._spellings:
            self._order.append(name_key)
        self._spellings[name_key][name.text] += 1
        self._types[name_key][name.type] += 5 if name.dateline else 2 if name.titled or _has_head(name) else 1

    def knows(self, name: Name) -> bool:
        """Whether this name was met before."""
        return key(name.text) in self._spellings

    def alias(self, short: str, full: str) -> None:
        """Records that a document itself says so: "the Full Name (FN)"."""
        if key(short) != key(full) and key(short) in self._spellings:
            self._alias_of.setdefault(key(short), key(full))

    def resolve(self) -> None:
        """Joins what belongs together. Call once, after all names are in."""
        self._forms = {name_key: self._form(place, name_key) for place, name_key in enumerate(self._order)}
        for form in self._forms.values():
            self._by_initials[form.initials].append(form)
            for word in dict.fromkeys(form.words):
                self._by_word[word].append(form)
        for name_key in self._order:
            if name_key not in self._alias_of:
                full = self._unglued(name_key) or self._fuller(name_key)
                if full:
                    self._alias_of[name_key] = full

    def entity_id(self, text: str, near: Sequence[str] = ()) -> str | None:
        """The id of the entity that a name stands for; `near` are ids met before, the latest last."""
        name_key = key(text)
        if name_key not in self._spellings:
            return None
        if name_key not in self._alias_of and self.type_of(name_key) == "person" and " " not in name_key:
            for candidate in reversed(near):
                if candidate.endswith("-" + name_key.replace(" ", "-")):
                    return candidate
        return self._root(name_key).replace(" ", "-")

    def type_of(self, name_key: str) -> EntityType:
        """The kind that most mentions of a name give it."""
        counts = self._types[name_key]
        return max(counts, key=lambda kind: (counts[kind], -_ORDER.index(kind)))

    def entities(self) -> tuple[Entity, ...]:
        """All entities, in the order of their first mention."""
        members: dict[str, list[str]] = {}
        for name_key in self._order:
            members.setdefault(self._root(name_key), []).append(name_key)
        return tuple(self._entity(root, keys) for root, keys in members.items())

    def _entity(self, root: str, keys: list[str]) -> Entity:
        spellings = [text for name_key in [root, *keys] for text, _ in self._spellings[name_key].most_common()]
        aliases = tuple(dict.fromkeys(spellings))
        return Entity(root.replace(" ", "-"), spellings[0], self.type_of(root), aliases)

    def _root(self, name_key: str) -> str:
        seen = {name_key}
        while name_key in self._alias_of and self._alias_of[name_key] not in seen:
            name_key = self._alias_of[name_key]
            seen.add(name_key)
        return name_key

    def _unglued(self, name_key: str) -> str | None:
        """The name in a word that a lost space glued to the next one: "Norwayand" -> "norway"."""
        for small in ("and", "in", "of", "to", "on", "is", "was"):
            if name_key.endswith(small) and name_key[: -len(small)] in self._spellings and len(name_key) > 5:
                return name_key[: -len(small)]
        return None

    def _fuller(self, name_key: str) -> str | None:
        """A longer name that this one is a short form of, when there is just one."""
        own = self._forms[name_key]
        found = [other for other in self._candidates(own) if other is not own and _is_short_form(own, other)]
        roots = list(dict.fromkeys(root for other in found if (root := self._root(other.key)) != name_key))
        if len(roots) > 1:
            longest = max(roots, key=lambda root: len(root.split()))
            roots = [longest] if all(set(root.split()) <= set(longest.split()) for root in roots) else []
        return roots[0] if roots else None

    def _form(self, place: int, name_key: str) -> _Form:
        words = name_key.split()
        content = [word for word in words if word not in _SMALL]
        spelling = self._spellings[name_key].most_common(1)[0][0]
        return _Form(place, name_key, spelling, words, content, self.type_of(name_key), initials(spelling))

    def _candidates(self, form: _Form) -> list[_Form]:
        """The names that it can be a short form of, in order: a long list has too many to look at each."""
        if form.is_acronym:
            return self._by_initials[form.key]
        shared = [self._by_word[word] for word in dict.fromkeys([form.words[0], *form.content[:1]])]
        if len(shared) == 1:
            return shared[0]
        return [other for _, other in sorted({other.place: other for several in shared for other in several}.items())]


@dataclass(frozen=True)
class _Form:
    """A name as it is compared: its place among all, its commonest spelling, words, words that count, and acronym."""

    place: int
    key: str
    spelling: str
    words: list[str]
    content: list[str]
    kind: EntityType
    initials: str

    @property
    def is_acronym(self) -> bool:
        return len(self.words) == 1 and self.spelling.isupper()


def _is_short_form(form: _Form, other: _Form) -> bool:
    """Whether a name is a short form of another one. What it needs at least, `_candidates` looks up."""
    words, content = form.words, form.content
    if form.is_acronym:
        return other.initials == form.key
    if len(other.words) < len(words):
        return False
    if other.kind == "person":
        shorter = (form.kind == "person" or len(words) == 1) and len(words) < len(other.words)
        return shorter and (other.words[-len(words) :] == words or len(words) == 1 and other.words[0] == words[0])
    if form.kind == "person":
        return False
    if sorted(content) == sorted(other.content):
        return len(other.words) > len(words) or other.key < form.key
    head = knowledge.lookup("heads")
    if len(words) > 1 and other.content[-1:] and other.content[-1] in head and other.words[:-1] == words:
        called_so = other.spelling.split()[-1][0].isupper()  # not described: "the Elbe Valley dam"
        return called_so and other.content[-1] not in knowledge.words("say_nothing", "named_after_places")
    same_head = content[-1:] == other.content[-1:] and bool(content) and content[-1] in head
    return same_head and len(content) > 1 and content[0] in other.content and _in_order(content, other.content)


def _in_order(short: list[str], full: list[str]) -> bool:
    rest = iter(full)
    return all(word in rest for word in short)


def _has_head(name: Name) -> bool:
    return key(name.text).split()[-1] in knowledge.lookup("heads")
