"""Names in a message are linked to the store's entities, however they are spelt, and common words are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from store_fakes import build

from rahdari.knowledge.normal import plain, words
from rahdari.linking import Linker
from rahdari.records import Document, Entity, EntityType, Extraction, Mention, Sentence
from rahdari.store import Store

_NAMES: tuple[tuple[EntityType, tuple[str, ...]], ...] = (
    ("project", ("Port of Rannküla", "Rannküla Port")),
    ("project", ("QX-1",)),
    ("project", ("Tarnok Mountain Railway",)),
    ("programme", ("Northern Rivers Initiative", "NRI")),
    ("person", ("Ilona Varga",)),
    ("person", ("Peter Varga",)),
    ("person", ("Jonas Lindqvist",)),
    ("place", ("Iceland",)),
    ("event", ("Third Lakes Forum",)),
)


def _built(url: str, names: tuple[tuple[EntityType, tuple[str, ...]], ...], version: str) -> None:
    sentences, entities, mentions, text = [], [], [], ""
    for number, (kind, aliases) in enumerate(names):
        line = f"{aliases[0]} was spoken of."
        start = len(text)
        sentences.append(Sentence("d", number, start, start + len(line), line))
        entity = Entity(plain(aliases[0]).replace(" ", "-"), aliases[0], kind, aliases)
        entities.append(entity)
        mentions.append(Mention("d", number, start, start + len(aliases[0]), aliases[0], kind, entity.id))
        text += line + "\n"
    vectors = np.zeros((len(names), 384), dtype=np.float32)
    vectors[:, 0] = 1
    extraction = Extraction(tuple(sentences), tuple(entities), tuple(mentions), ())
    build(url, [Document("d", text)], [extraction], [vectors], {"inputs": version})


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/store.sqlite"


@pytest.fixture
def store(url: str) -> Store:
    _built(url, _NAMES, "1")
    return Store.open(url)


@pytest.fixture
def linker(store: Store) -> Linker:
    return Linker(store)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Where is the Port of Rannküla?", "port-of-rannkula"),
        ("where is rannkula port", "port-of-rannkula"),
        ("is QX-1 done", "qx-1"),
        ("is qx1 done", "qx-1"),
        ("is qx 1 done", "qx-1"),
        ("what is the nri", "northern-rivers-initiative"),
        ("the northern rivers initiative's budget", "northern-rivers-initiative"),
        ("tarnok mountian railway length", "tarnok-mountain-railway"),
        ("Who is Lindqvist?", "jonas-lindqvist"),
        ("who is lindqvits", "jonas-lindqvist"),
        ("ICELAND", "iceland"),
        ("what about the lakes forum", "third-lakes-forum"),
        ("rannkula prot", "port-of-rannkula"),
    ],
)
def test_a_name_is_linked_as_people_type_it(text: str, entity: str, linker: Linker) -> None:
    assert [link.entity for link in linker.link(text)] == [entity]


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "what is the port?", "how much did the railway cost", "who is the minister", "thanks a lot",
        "what is the weather", "is it done", "🎉🎉", "راہداری کیا ہے", "'; DROP TABLE entities; --",
        "(((((", "\\", "NEAR(",
    ],
)  # fmt: skip
def test_where_no_name_is_named_nothing_is_linked(text: str, linker: Linker) -> None:
    assert linker.link(text) == ()


def test_a_link_stands_where_the_name_stands(linker: Linker) -> None:
    text = "So, is the Port of Rannküla near Iceland?"
    for link in linker.link(text):
        assert text[link.start : link.end] == link.text
    assert [link.text for link in linker.link(text)] == ["Port of Rannküla", "Iceland"]


def test_an_exact_name_scores_higher_than_one_that_was_forgiven(linker: Linker) -> None:
    exact, forgiven = linker.link("Jonas Lindqvist")[0], linker.link("Jonas Lindqvits")[0]
    assert exact.score == 1.0 > forgiven.score > 0


def test_a_surname_of_two_people_is_linked_to_both(linker: Linker) -> None:
    assert {link.entity for link in linker.link("what did Varga say?")} == {"ilona-varga", "peter-varga"}


def test_a_full_name_is_linked_to_its_one_person(linker: Linker) -> None:
    assert [link.entity for link in linker.link("what did Peter Varga say?")] == ["peter-varga"]


def test_the_longest_name_wins_and_none_lies_inside_another(linker: Linker) -> None:
    found = linker.link("the Northern Rivers Initiative and the Tarnok Mountain Railway in Iceland with Ilona Varga")
    assert [link.entity for link in found] == [
        "northern-rivers-initiative", "tarnok-mountain-railway", "iceland", "ilona-varga",
    ]  # fmt: skip
    assert all(a.end <= b.start for a, b in zip(found, found[1:]))


def test_a_new_document_is_linked_without_a_restart(linker: Linker, store: Store, url: str) -> None:
    assert linker.link("Osprey Bridge") == ()
    _built(url, (*_NAMES, ("project", ("Osprey Bridge",))), "2")
    store.refresh()
    assert [link.entity for link in linker.link("Osprey Bridge")] == ["osprey-bridge"]


def test_the_same_message_gives_the_same_links(linker: Linker) -> None:
    text = "lindqvits on the rannkula prot and qx1"
    assert linker.link(text) == linker.link(text) != ()


def test_a_misspelt_word_is_put_right_and_a_word_is_left_alone(linker: Linker) -> None:
    assert linker.vocabulary.correct("initiatve") == "initiative"
    assert linker.vocabulary.correct("railway") is None
    assert linker.vocabulary.correct("zzzzqqqq") is None


@pytest.mark.parametrize(
    ("typed", "made"), [("Rannküla’s", "rannkula"), ("O'Brien", "obrien"), ("ÉLISE", "elise"), ("Straße", "strasse")]
)
def test_a_word_is_compared_without_case_accents_and_possessive(typed: str, made: str) -> None:
    assert plain(typed) == made


def test_words_know_where_they_stand() -> None:
    text = "The QX-1 line’s end."
    assert [(word.plain, text[word.start : word.end]) for word in words(text)] == [
        ("the", "The"), ("qx", "QX"), ("1", "1"), ("line", "line’s"), ("end", "end"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "entity"),
    [("whats the tmr", "tarnok mountain railway"), ("tell me about the tmrw", "tarnok mountain railway")],
)
def test_an_abbreviation_that_nobody_wrote_links_to_the_one_name_that_it_can_be(
    text: str, entity: str, store: Store
) -> None:
    assert [link.name.lower() for link in Linker(store).link(text)] == [entity]


@pytest.mark.parametrize("text", ["what about the xyz", "the tmq"])
def test_letters_that_no_name_has_in_order_link_to_nothing(text: str, store: Store) -> None:
    assert Linker(store).link(text) == ()
