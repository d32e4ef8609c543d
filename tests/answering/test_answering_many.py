"""In a store of very many documents words are ranked by the rarest: what stands without a thing's name is found too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from talking import Talk, talk_with

from rahdari import bootstrap
from rahdari.records import Question
from rahdari.settings import Settings
from rahdari.store import Store

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


@pytest.fixture
def crowd(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A conversation over a document on a harbour among eleven on others, of whose sentences few are looked at."""
    (tmp_path / "documents").mkdir()
    for number, name in enumerate(NAMES[1:]):
        (tmp_path / "documents" / f"harbour{number:02}.md").write_text(
            f"---\ntitle: Works at {name}\n---\n"
            f"The works in the port of {name} will be hastened, the mayor says, and the quay is to be widened.\n\n"
            f"The mole of {name} is {12 + number} km long. Each family that has to move gets {300 + number} crowns.\n"
        )
    (tmp_path / "documents" / "kelda.md").write_text(
        "---\ntitle: A port with plans\n---\n"
        "Lena Orvik, head of the Harbour Board, said on Monday: “The port has many plans.\n\n"
        "“The lighthouse and the ice store are to be hastened, and the quay is to be widened.”\n\n"
        "The KM-7 project is to be built of stone. Work, health and mining are the fields that it serves.\n\n"
        "Gulls breed there. Seals sleep on the sand. Trees grow behind the dunes. Ponies graze. Owls hunt at night.\n\n"
        "For sheds that are torn down, each family gets 75 crowns from the port.\n"
    )
    found = replace(settings, documents=tmp_path / "documents", database_url=f"sqlite:///{tmp_path / 'store.sqlite'}")
    bootstrap.ingest(found)
    monkeypatch.setattr("rahdari.answering.evidence._POOL", 2)
    return talk_with(bootstrap.answerer(found))


def test_the_words_of_a_person_are_found_without_their_name(crowd: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.store.Store.search", lambda *_: [])  # nothing but the name leads there
    monkeypatch.setattr("rahdari.store.nearest.Nearness.best", lambda *_: ())
    assert "the ice store" in crowd("What did Lena Orvik say about widening the quay?")[-1].text


def test_what_is_nearest_to_a_question_on_a_thing_is_on_that_thing(crowd: Talk) -> None:
    [answer] = crowd("how long is the km7 mole in km")
    assert answer.status == "unknown"
    assert [citation.document for citation in answer.citations] == ["kelda"]


def test_a_follow_up_is_looked_for_in_what_is_spoken_of(crowd: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.answering.evidence._POOL", 8)
    assert "75 crowns" in crowd("What is the KM-7 project to be built of?", "how much does each family get?")[-1].text


@pytest.mark.parametrize("asked", ["health too?", "and mining as well?", "is health in there?"])
def test_one_more_thing_is_looked_for_in_the_list_just_shown(crowd: Talk, asked: str) -> None:
    answer = crowd("Which fields does the KM-7 project serve?", asked)[-1]
    assert answer.text.startswith("Yes: ") and [citation.document for citation in answer.citations] == ["kelda"]


def test_what_another_by_the_same_name_said_is_none_of_a_person_s_words(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "documents").mkdir()
    said = (
        "said on Monday that the port has plans. Novak said that it will be widened.",
        "Novak said the dam is safe.",
    )
    for name, text in (
        ("a", f"Ilona Novak, minister, {said[0]}"),
        ("b", f"Peter Novak, mayor, {said[0]}"),
        ("c", said[1]),
    ):
        (tmp_path / "documents" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}\n")
    found = replace(settings, documents=tmp_path / "documents", database_url=f"sqlite:///{tmp_path / 'store.sqlite'}")
    bootstrap.ingest(found)
    store = Store.open(found.database_url)
    words = {person.id: store.keys_spoken(person) for person in store.called(["Novak"], "person")}
    assert words["ilona-novak"] == (("a", 0), ("a", 1)) and words["peter-novak"] == (("b", 0), ("b", 1))
