"""Entities of several documents merged at once, as the store merges them step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rahdari.extraction import merge, named
from rahdari.records import Extraction


def merge_entities(extractions: Sequence[Extraction]) -> list[Extraction]:
    """The extractions with entity ids, types and names made alike. Order and everything else stay."""
    # the order of documents is that of the list, whatever they are called
    merged = merge(one for place, extraction in enumerate(extractions) for one in named(f"{place:09}", extraction))
    return [_rewritten(extraction, merged.ids, merged.entities) for extraction in extractions]


def _rewritten(extraction: Extraction, ids: dict[str, str], entities: dict) -> Extraction:
    return replace(
        extraction,
        entities=tuple(entities[one] for one in dict.fromkeys(ids[entity.id] for entity in extraction.entities)),
        mentions=tuple(
            replace(mention, entity=ids[mention.entity], type=entities[ids[mention.entity]].type)
            if mention.entity
            else mention
            for mention in extraction.mentions
        ),
        facts=tuple(
            replace(
                fact,
                subject_entity=ids[fact.subject_entity] if fact.subject_entity else None,
                object_entity=ids[fact.object_entity] if fact.object_entity else None,
            )
            for fact in extraction.facts
        ),
    )
