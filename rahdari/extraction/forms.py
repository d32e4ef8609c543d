"""The forms by which people may name an entity: each of its names, and what they shorten it to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rahdari import knowledge
from rahdari.knowledge.normal import words
from rahdari.records import Entity

_STATE = {"democratic", "federal", "islamic", "people", "peoples", "united", "plurinational"}


@dataclass(frozen=True)
class Form:
    """One form of an entity.

    Attributes:
        form: its plain words, with blanks between.
        kind: `name` as documents have it, `short`, or a `first` name, which may be an everyday word as well.
        joined: the words with nothing between, where that is another form.
        initials: of its words, where people may abbreviate it by them.
    """

    form: str
    kind: Literal["name", "short", "first"]
    joined: str | None
    initials: str | None

    @property
    def words(self) -> int:
        """The number of its words."""
        return self.form.count(" ") + 1


def forms(entity: Entity) -> Iterator[Form]:
    """Every form of an entity, names first, none of a kind twice."""
    seen: set[Form] = set()
    for alias in entity.aliases:
        name = [word.plain for word in words(alias)]
        bare = _without_article(name)
        abbreviated = entity.type not in ("person", "sector") and 2 <= len(name) <= 5 and name == bare
        yield from _made(seen, bare, "name", "".join(word[0] for word in name) if abbreviated else None)
    firsts = {words(alias)[0].plain for alias in entity.aliases if " " in alias} if entity.type == "person" else set()
    for short in _short_forms(entity):
        yield from _made(seen, _without_article(short), "first" if short[0] in firsts else "short", None)


def _made(
    seen: set[Form], plain: list[str], kind: Literal["name", "short", "first"], initials: str | None
) -> Iterator[Form]:
    form = " ".join(plain)
    several = len(plain) > 1 or any(char.isdigit() for char in form)
    made = Form(form, kind, "".join(plain) if several else None, initials)
    if plain and made not in seen:
        seen.add(made)
        yield made


def _without_article(plain: list[str]) -> list[str]:
    while plain and plain[0] in ("the", "a", "an"):
        plain = plain[1:]
    return plain


def _short_forms(entity: Entity) -> list[list[str]]:
    """What people shorten a name to: its head noun left out, its ordinal left out, its part before "for" or "of"."""
    heads = knowledge.lookup("heads").keys()
    found = []
    for alias in entity.aliases:
        name = [word.plain for word in words(alias)]
        if entity.type == "place" and "of" in name[1:-1] and name[0] in heads | _STATE:  # "Republic of the Congo"
            found.append([word for word in name[name.index("of", 1) + 1 :] if word != "the"])
        if entity.type in ("person", "place", "sector") and not (entity.type == "place" and name[-1] in heads):
            if entity.type == "person" and len(name) > 1:
                found.extend([[name[-1]], [name[0]]] if len(name[-1]) > 2 else [])
            continue
        for cut in ("for", "on"):
            if cut in name[2:]:
                name = name[: name.index(cut, 2)]
                found.append(name)
        if name and name[0] in ("first", "second", "third", "fourth", "fifth", "new", "national", "annual"):
            found.append(name[1:])
        bare = list(name)
        while len(bare) > 1 and bare[-1] in heads:
            bare = bare[:-1]
            if len("".join(bare)) >= 4 and not all(word in heads or word in too_common() for word in bare):
                found.append(bare)
        if len(name) >= 3 and name[-1] in heads and len(name[0]) >= 4 and entity.type == "project":
            found.append([name[0], name[-1]])
    return [form for form in found if form and not (len(form) == 1 and form[0] in too_common())]


@lru_cache(maxsize=1)
def too_common() -> frozenset[str]:
    """Words that no message names an entity with when they stand alone."""
    groups = knowledge.groups("stopwords")
    common = {
        word.plain
        for key in ("function", "chat", "asking", "general")
        for entry in groups[key]
        for word in words(entry)
    }
    titles = {word.plain for entry in knowledge.groups("titles")["title"] for word in words(entry)}
    return frozenset(common | set(knowledge.lookup("heads")) | titles)
