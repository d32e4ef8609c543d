"""In a store of very many documents words are ranked by the rarest: what stands without a thing's name is found too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rahdari import bootstrap
from rahdari.records import Question
from rahdari.settings import Settings

NAMES = (
    "Kelda",
    "Morvane",
    "Tessel",
    "Oranga",
    "Brisko",
    "Lunde",
    "Varda",
    "Pellin",
    "Sorne",
    "Halvik",
    "Rasten",
    "Ibrane",
)


@pytest.fixture
def alike(tmp_path: Path, settings: Settings) -> Settings:
    """Twelve documents that say the same of twelve dams, each in a sentence without the dam's name."""
    (tmp_path / "documents").mkdir()
    for number, name in enumerate(NAMES):
        (tmp_path / "documents" / f"dam{number:02}.md").write_text(
            f"---\ntitle: Work goes on at the {name} Dam\npublished: 2024-03-{number + 1:02}\n---\n"
            f"The {name} Dam will be built by the state. Engineers have chosen a site above the town.\n\n"
            f"About {140 + number} households will have to move, the council says.\n"
        )
    found = replace(settings, documents=tmp_path / "documents", database_url=f"sqlite:///{tmp_path / 'store.sqlite'}")
    bootstrap.ingest(found)
    return found


def test_what_is_said_of_a_thing_without_its_name(alike: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.store.store._RANKED", 3)
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    monkeypatch.setattr("rahdari.store.nearest.Nearness.best", lambda *_: ())  # nor are vectors of any help
    answerer = bootstrap.answerer(alike)
    for number in (2, 7, 11):
        asked = f"How many households will have to move for the {NAMES[number]} Dam?"
        assert str(140 + number) in answerer.answer(Question(asked)).text
