"""Entities are joined step by step as if all documents were merged at once, however they are entangled."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from merging_whole import merge_entities
from store_contents import rows
from store_fakes import change_store

from rahdari.extraction.entities import slug
from rahdari.records import Document, Entity, Extraction, Fact, Mention, Sentence
from rahdari.store import Piece, Store, open_writer

# Names with the short forms that a document may give them; what is short in one may stand alone in another.
NAMES = {
    "Lake Orsa Authority": ("LORA", "LOA", "Orsa Authority", "the Authority"),
    "Lake Orsa Agency": ("LOA", "Orsa Agency", "LORA"),
    "Orsa Authority": ("Authority",),
    "Northern Rivers Initiative": ("NRI", "Rivers Initiative"),
    "National Roads Institute": ("NRI",),
    "Ilona Varga": ("Varga",),
    "Peter Varga": ("Varga", "Peter"),
    "Varga": ("Varga Works",),
    "Varga Works": ("Varga",),
    "LORA": ("Lora",),
    "LOA": (),
    "NRI": ("National Roads Institute",),
    "Peter": (),
    "Authority": ("LORA",),
    "Halden": (),
    "Halden Port": ("Halden",),
}
KINDS = ("organisation", "programme", "person", "place", "project", "sector")


def piece(id: str, luck: random.Random) -> Piece:
    """A document of one sentence that mentions some of the names, each with some of its short forms."""
    chosen = luck.sample(sorted(NAMES), luck.randint(1, 4))
    text = " and ".join(chosen) + f" met {luck.random()}."
    entities, mentions, facts = [], [], []
    for name in chosen:
        short = tuple(alias for alias in NAMES[name] if luck.random() < 0.5)
        entity = Entity(slug(name), name, luck.choice(KINDS), (name, *short))  # type: ignore[arg-type]
        entities.append(entity)
        start = text.index(name)
        mentions.append(Mention(id, 0, start, start + len(name), name, entity.type, entity.id))
        facts.append(Fact(id, 0, name, "meet", "all", subject_entity=entity.id, object_entity=entities[0].id))
    sentence = Sentence(id, 0, 0, len(text), text)
    extraction = Extraction((sentence,), tuple(entities), tuple(mentions), tuple(facts))
    return Piece.of(Document(id, text, sha256=text), extraction, np.ones((1, 384), np.float32))


@pytest.mark.parametrize("seed", range(8))
def test_joined_step_by_step_is_merged_at_once(seed: int, anywhere: str, tmp_path: Path) -> None:
    luck = random.Random(seed)
    url = anywhere
    here: dict[str, Piece] = {}
    with open_writer(url) as writer:
        for step in range(40):
            gone = luck.sample(sorted(here), luck.randint(0, len(here)) // 8)
            coming = [piece(f"d{luck.randint(0, 30):02}", luck) for _ in range(luck.randint(1, 2))]
            changes = {one.document.id: one for one in coming if one.document.id not in gone}
            change_store(writer, changes.values(), gone, {"inputs": str(step)})
            here = {id: one for id, one in {**here, **changes}.items() if id not in gone}
            store = Store.open(url)
            expected = merge_entities([here[id].unpacked() for id in sorted(here)])
            mentions = [m for found in expected for m in found.mentions]
            assert store.mentions() == tuple(sorted(mentions, key=lambda m: (m.document, m.start))), step
            assert store.facts() == tuple(f for found in expected for f in found.facts), step
            entities = {entity.id: entity for found in expected for entity in found.entities}
            assert store.entities() == tuple(entities[id] for id in sorted(entities)), step
    fresh = f"sqlite:///{tmp_path}/fresh.sqlite"
    with open_writer(fresh) as writer:
        change_store(writer, here.values(), meta={"inputs": "39"})
    assert rows(url) == rows(fresh)
