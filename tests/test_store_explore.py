"""Looking around in a store: what is wanted, what can be chosen, what is counted, who is tied to whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from store_fakes import build, fake_tools

from rahdari.ingestion import ingest
from rahdari.records import Document, Entity, Extraction, Fact, Mention, Sentence
from rahdari.store import Explorer, Selection, Store

TEXT = (
    "Ghana and the Harbour Bank signed a loan agreement for the Volta Line in March. The line carries water pipes. "
    "No treaty was signed. Officials of Peru's Sierra Works plan a dam in 2030."
)
ENTITIES = (
    Entity("ghana", "Ghana", "place", ("Ghana",)),
    Entity("accra", "Accra", "place", ("Accra",)),
    Entity("peru", "Peru", "place", ("Peru",)),
    Entity("harbour-bank", "Harbour Bank", "organisation", ("Harbour Bank",)),
    Entity("sierra-works", "Sierra Works", "organisation", ("Sierra Works",)),
    Entity("volta-line", "Volta Line", "project", ("Volta Line",)),
    Entity("sector-water", "water", "sector", ("water",)),
    Entity("sector-finance", "finance", "sector", ("loan",)),
)
FACTS = (
    Fact("a", 0, "Ghana and the Harbour Bank", "sign", "a loan agreement", "done", None, "2024-03", "ghana"),
    Fact("a", 1, "The line", "carry", "water", "stated", "Ama Boateng", "2024-03-12", "volta-line", "sector-water"),
    Fact("a", 2, "No treaty", "be sign", "", "done", None, "2024-03-12"),
    Fact("a", 3, "Officials of Peru's Sierra Works", "plan", "a dam", "planned", None, "2030", "peru"),
)  # fmt: skip


def sentences() -> tuple[Sentence, ...]:
    found, start = [], 0
    for number, part in enumerate(TEXT.split(". ")):
        end = start + len(part) + (0 if start + len(part) == len(TEXT) else 1)
        found.append(Sentence("a", number, start, end, TEXT[start:end]))
        start = end + 1
    return tuple(found)


def mention(sentence: int, text: str, type: str, entity: str) -> Mention:
    start = TEXT.index(text, sentences()[sentence].start)
    return Mention("a", sentence, start, start + len(text), text, type, entity)  # type: ignore[arg-type]


def date(sentence: int, value: str) -> Mention:
    """A date in a sentence; where in it does not matter here."""
    start = sentences()[sentence].start
    return Mention("a", sentence, start, start + 1, TEXT[start], "date", None, value)


MENTIONS = (
    date(0, "2024-03"),
    date(3, "2030"),
    mention(0, "Ghana", "place", "ghana"),
    mention(0, "Harbour Bank", "organisation", "harbour-bank"),
    mention(0, "loan", "sector", "sector-finance"),
    mention(0, "Volta Line", "project", "volta-line"),
    mention(1, "water", "sector", "sector-water"),
    mention(3, "Peru", "place", "peru"),
    mention(3, "Sierra Works", "organisation", "sierra-works"),
)


@pytest.fixture
def explorer(anywhere: str) -> Explorer:
    url = anywhere
    extraction = Extraction(sentences(), ENTITIES, MENTIONS, FACTS)
    vectors = np.ones((len(extraction.sentences), 384), dtype=np.float32)
    build(url, [Document("a", TEXT, "On lines", "Gazette", "2024-03-12")], [extraction], [vectors], {"inputs": "x"})
    return Explorer.open(url)


def subjects(explorer: Explorer, **wanted: str) -> list[str]:
    found = explorer.page(Selection(**wanted))
    assert len(found) == explorer.count(Selection(**wanted))
    return [one.fact.subject.split()[0] for one in found]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["Ghana", "The", "No", "Officials"]),
        ({"sector": "sector-water"}, ["The"]),
        ({"sector": "sector-finance"}, ["Ghana"]),
        ({"project": "volta-line"}, ["Ghana", "The"]),
        ({"party": "harbour-bank"}, ["Ghana"]),
        ({"status": "done"}, ["Ghana", "No"]),
        ({"speaker": "Ama Boateng"}, ["The"]),
        ({"document": "a"}, ["Ghana", "The", "No", "Officials"]),
        ({"document": "b"}, []),
        ({"since": "2024-03-10", "until": "2024-03-11"}, ["Ghana"]),  # a month counts as long as a day of it does
        ({"since": "2025"}, ["Officials"]),
        ({"until": "2024"}, ["Ghana", "The", "No"]),
        ({"events": "yes"}, ["Ghana", "Officials"]),  # the second has only its document's date
        ({"words": "pipe carrying"}, ["The"]),
        ({"words": "dam pla"}, ["Officials"]),
        ({"words": '" OR *'}, []),
        ({"words": "NOT NEAR("}, []),
        ({"status": "done", "project": "volta-line", "words": "loan"}, ["Ghana"]),
    ],
    ids=str,
)
def test_facts_are_narrowed_to_what_is_wanted(explorer: Explorer, wanted: dict[str, str], expected: list[str]) -> None:
    assert subjects(explorer, **wanted) == expected


def test_a_page_has_a_size_a_place_and_an_order(explorer: Explorer) -> None:
    def dates(order: str, limit: int, offset: int) -> list[str | None]:
        return [one.fact.as_of for one in explorer.page(Selection(), order, limit, offset)]  # type: ignore[arg-type]

    assert dates("newest", 2, 0) == ["2030", "2024-03-12"]
    assert dates("oldest", 2, 2) == ["2024-03-12", "2030"]
    assert dates("text", 50, 4) == []


def test_a_fact_comes_with_its_passage_and_the_sectors_of_it(explorer: Explorer) -> None:
    found = explorer.page(Selection(sector="sector-finance"))[0]
    assert found.text == TEXT[found.start : found.end]
    assert (found.title, found.publisher, found.sectors) == ("On lines", "Gazette", ("finance",))


def test_each_choice_tells_how_many_facts_it_leaves_beside_the_others(explorer: Explorer) -> None:
    choices = explorer.choices(Selection(project="volta-line"))
    counts = {name: {one.id: one.count for one in found} for name, found in choices.items()}
    assert counts["sector"] == {"sector-finance": 1, "sector-water": 1}
    assert counts["status"] == {"done": 1, "stated": 1}
    assert counts["project"] == {"volta-line": 2}  # as if it were not chosen
    assert counts["party"] == {"ghana": 1, "harbour-bank": 1}
    assert [(one.name, one.count) for one in choices["document"]] == [("On lines", 2)]


def test_descriptions_and_what_has_only_its_documents_date_are_no_events(explorer: Explorer) -> None:
    assert [(one.key, one.status, one.count) for one in explorer.dates(Selection())] == [
        ("2024-03", "done", 1),
        ("2030", "planned", 1),
    ]


def test_agreements_and_projects_are_counted_by_sector_and_status(explorer: Explorer) -> None:
    assert [(one.key, one.status, one.count) for one in explorer.agreements(Selection())] == [("finance", "done", 1)]
    assert [(one.key, one.status, one.count) for one in explorer.projects(Selection())] == [("finance", "done", 1)]


def test_who_signed_is_tied_and_no_treaty_or_plan_ties_anybody(explorer: Explorer) -> None:
    assert [(tie.one, tie.other) for tie in explorer.ties(Selection())] == [("ghana", "harbour-bank")]
    assert explorer.ties(Selection(party="sierra-works")) == []


def test_what_was_left_out_is_noted_in_the_store_even_when_nothing_else_is_new(tmp_path: Path, anywhere: str) -> None:
    folder, url = tmp_path / "documents", anywhere
    folder.mkdir()
    (folder / "a.txt").write_text("The BRIDGE was signed.")
    ingest([folder], url, fake_tools)
    store = Store.open(url)
    assert store.meta["left_out"] == "[]"
    (folder / "b.odt").write_text("x")
    assert not ingest([folder], url, fake_tools).built
    assert store.meta["left_out"] == "[]"  # whoever reads the old file keeps it
    assert store.refresh()
    assert ".odt" in store.meta["left_out"]
    assert [document.id for document in store.documents()] == ["a"]
    assert not ingest([folder], url, fake_tools).built
    assert not store.refresh()


def explorer_of(folder: Path, *facts: Fact) -> Explorer:
    """A store over one document with these facts."""
    url = f"sqlite:///{folder / 'store.sqlite'}"
    extraction = Extraction(sentences(), ENTITIES, MENTIONS, facts)
    vectors = np.ones((len(extraction.sentences), 384), dtype=np.float32)
    build(url, [Document("a", TEXT)], [extraction], [vectors], {"inputs": "x"})
    return Explorer.open(url)


def test_a_fact_that_only_repeats_the_end_of_another_is_neither_shown_nor_counted(tmp_path: Path) -> None:
    whole = Fact("a", 3, "Officials", "plan", "to build a dam in 2030", "planned", None, "2030")
    explorer = explorer_of(
        tmp_path,
        whole,
        Fact("a", 3, "Officials", "build", "a dam in 2030", "planned", None, "2030"),
        Fact("a", 3, "Officials", "build anew", "to build a dam in 2030", "planned", None, "2030"),
        Fact("a", 3, "Officials", "build", "a dam in 2030", "done", None, "2030"),  # more real
        Fact("a", 3, "Officials", "build", "a dam in 2030", "planned", "Ama Boateng", "2030"),  # somebody's words
        Fact("a", 3, "The works", "build", "a dam in 2030", "planned", None, "2030"),
        Fact("a", 3, "Officials", "be there", "", "planned", None, "2030"),
        Fact("a", 2, "Officials", "build", "a dam in 2030", "planned", None, "2030"),  # of another sentence
    )
    found = explorer.page(Selection())
    assert len(found) == explorer.count(Selection()) == 6
    assert found[1].fact == whole
    assert [one.fact.predicate for one in found] == ["build", "plan", "build", "build", "build", "be there"]
    assert {one.id: one.count for one in explorer.choices(Selection())["status"]} == {"planned": 5, "done": 1}
    assert sum(one.count for one in explorer.dates(Selection())) == 5


def test_a_speaker_is_one_choice_in_every_spelling_and_who_is_not_named_is_none(tmp_path: Path) -> None:
    names = ("the company", "the company", "The Company", "company", "the Kilo Company (KC)", "Kilo Company",
             "a person", "Two officials", "70 families", "officials", "Officials")  # fmt: skip
    facts = (Fact("a", 1, "The line", "carry", f"{n} pipes", "stated", name) for n, name in enumerate(names))
    explorer = explorer_of(tmp_path, *facts)
    speakers = explorer.choices(Selection())["speaker"]
    assert [(one.id, one.name, one.count) for one in speakers] == [
        ("the company", "The company", 4),
        ("Kilo Company", "Kilo Company", 2),
        ("Officials", "Officials", 2),
    ]
    for one in speakers:
        assert explorer.count(Selection(speaker=one.id)) == one.count
    assert explorer.count(Selection(speaker="KILO COMPANY")) == 2
    assert explorer.count(Selection(speaker="a person")) == 1
    assert explorer.count(Selection(speaker="nobody")) == 0
