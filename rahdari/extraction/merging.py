"""One thing, one id over all documents.

The same name is the same entity. Beyond that an acronym is joined to the full name that another document gives it,
and a short form to the one longer name of its kind, unless two would fit.

What comes out depends on the set of documents alone, and for an entity on no other entities than those that it is
tied to, by any number of steps: so whoever keeps a store need only merge anew what a changed document is tied to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rahdari.extraction.entities import initials, key
from rahdari.records import Entity, EntityType, Extraction


@dataclass(frozen=True)
class Named:
    """An entity as one or several documents name it, all alike.

    Attributes:
        first, last: ids of the first and last of these documents, in the order of ids.
        mentions: how often they mention it.
    """

    entity: Entity
    first: str
    last: str
    mentions: int


@dataclass(frozen=True)
class Merged:
    """What stands for each entity.

    Attributes:
        ids: from the id that a document gives it to the one that holds over all.
        entities: by that id, with the names that all documents give it and the type that most mentions do.
    """

    ids: Mapping[str, str]
    entities: Mapping[str, Entity]


def named(document: str, extraction: Extraction) -> list[Named]:
    """The entities of a document of this id."""
    counts = Counter(mention.entity for mention in extraction.mentions)
    return [Named(entity, document, document, counts[entity.id]) for entity in extraction.entities]


def ties(entity: Entity) -> tuple[str, frozenset[str]]:
    """What an entity may be joined by: the key of its name, and the keys of those names that it may take in."""
    own = key(entity.name)
    taken = {key(alias) for alias in entity.aliases} - {own}
    return own, frozenset(taken | ({acronym} if (acronym := _acronym(entity)) else set()))


def merge(given: Iterable[Named]) -> Merged:
    """Which entities are one. `given` in any order; it holds, with an entity, all that is tied to it, or nothing."""
    ordered = sorted(given, key=lambda one: (one.first, one.entity.id))
    ids = _ids(ordered)
    return Merged(ids, _entities(ordered, ids))


def _acronym(entity: Entity) -> str | None:
    letters = initials(entity.name)
    return letters if len(letters) >= 3 and entity.type not in ("person", "place", "sector") else None


def _ids(ordered: list[Named]) -> dict[str, str]:
    last = sorted(ordered, key=lambda one: (one.last, one.entity.id))
    names = {one.entity.id: one.entity for one in last}
    owners: dict[str, set[str]] = defaultdict(set)
    for one in ordered:
        for alias in one.entity.aliases:
            if key(alias) != key(one.entity.name):
                owners[key(alias)].add(one.entity.id)
    by_initials: dict[str, set[str]] = defaultdict(set)
    for entity in names.values():
        if acronym := _acronym(entity):
            by_initials[acronym].add(entity.id)
    table: dict[str, str] = {}
    for entity in names.values():
        if entity.type == "sector":
            continue
        name = key(entity.name)
        candidates = owners.get(name, set()) - {entity.id}
        if not candidates and entity.name.isupper():
            candidates = by_initials.get(name, set()) - {entity.id}
        if len(candidates) == 1:
            target = next(iter(candidates))
            if names[target].type == entity.type or entity.name.isupper():
                table[entity.id] = target
    return {entity_id: _end_of_chain(entity_id, table) for entity_id in names}


def _end_of_chain(entity_id: str, table: dict[str, str]) -> str:
    """Where a chain of short forms ends; one that runs in a circle ends at the first id of the circle, by spelling."""
    seen = {entity_id: 0}
    while entity_id in table:
        entity_id = table[entity_id]
        if entity_id in seen:
            return min(one for one, place in seen.items() if place >= seen[entity_id])
        seen[entity_id] = len(seen)
    return entity_id


def _entities(ordered: list[Named], ids: Mapping[str, str]) -> dict[str, Entity]:
    counts: dict[str, Counter[EntityType]] = defaultdict(Counter)
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    names: dict[str, Entity] = {}
    for one in ordered:
        target = ids[one.entity.id]
        counts[target][one.entity.type] += one.mentions
        aliases[target].update(dict.fromkeys(one.entity.aliases))
        if one.entity.id == target:
            names.setdefault(target, one.entity)
    return {
        target: replace(
            entity,
            type=max(counts[target], key=lambda kind: (counts[target][kind], kind)),
            aliases=tuple(dict.fromkeys([entity.name, *aliases[target]])),
        )
        for target, entity in names.items()
    }
