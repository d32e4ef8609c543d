"""One thing, one id over all documents.

The same name is the same entity. Beyond that an acronym is joined to the full name that another document gives it,
and a short form to the one longer name of its kind, unless two would fit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rahdari.extraction.entities import initials, key
from rahdari.records import Entity, EntityType, Extraction


def merge_entities(extractions: Sequence[Extraction]) -> list[Extraction]:
    """The extractions with entity ids, types and names made alike. Order and everything else stay."""
    entities = [entity for extraction in extractions for entity in extraction.entities]
    canonical = _canonical(entities)
    merged = _merge(entities, canonical, extractions)
    return [_rewritten(extraction, canonical, merged) for extraction in extractions]


def _canonical(entities: Sequence[Entity]) -> dict[str, str]:
    """Entity id -> the id that stands for it."""
    names = {entity.id: entity for entity in entities}
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for alias in entity.aliases:
            if key(alias) != key(entity.name):
                owners[key(alias)].add(entity.id)
    by_initials: dict[str, set[str]] = defaultdict(set)
    for entity in names.values():
        letters = initials(entity.name)
        if len(letters) >= 3 and entity.type not in ("person", "place", "sector"):
            by_initials[letters].add(entity.id)
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
    seen = {entity_id}
    while entity_id in table and table[entity_id] not in seen:
        entity_id = table[entity_id]
        seen.add(entity_id)
    return entity_id


def _merge(
    entities: Sequence[Entity], canonical: dict[str, str], extractions: Sequence[Extraction]
) -> dict[str, Entity]:
    counts: Counter[tuple[str, EntityType]] = Counter()
    for extraction in extractions:
        types = {entity.id: entity.type for entity in extraction.entities}
        for mention in extraction.mentions:
            if mention.entity in types:
                counts[canonical[mention.entity], types[mention.entity]] += 1
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    names: dict[str, Entity] = {}
    for entity in entities:
        target = canonical[entity.id]
        aliases[target].update(dict.fromkeys(entity.aliases))
        if entity.id == target:
            names.setdefault(target, entity)
    return {
        target: replace(
            entity,
            type=max(
                {kind for entity_id, kind in counts if entity_id == target} or {entity.type},
                key=lambda kind: (counts[target, kind], kind),
            ),
            aliases=tuple(dict.fromkeys([entity.name, *aliases[target]])),
        )
        for target, entity in names.items()
    }


def _rewritten(extraction: Extraction, canonical: dict[str, str], merged: dict[str, Entity]) -> Extraction:
    def new(entity_id: str | None) -> str | None:
        return canonical.get(entity_id, entity_id) if entity_id else None

    ids = dict.fromkeys(canonical[entity.id] for entity in extraction.entities)
    return Extraction(
        extraction.sentences,
        tuple(merged[entity_id] for entity_id in ids),
        tuple(
            replace(mention, entity=new(mention.entity), type=merged[canonical[mention.entity]].type)
            if mention.entity in canonical
            else mention
            for mention in extraction.mentions
        ),
        tuple(
            replace(fact, subject_entity=new(fact.subject_entity), object_entity=new(fact.object_entity))
            for fact in extraction.facts
        ),
    )
