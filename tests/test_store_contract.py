"""What every store does, whatever database is behind it. `url` is the only thing that differs."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event
from store_fakes import build, change_store

from rahdari.records import Document, Entity, Extraction, Fact, Mention, Sentence
from rahdari.store import Store, open_writer, schema, verify
from rahdari.store.database import database_at

TEXTS = {
    "bridge": "The BRIDGE was signed in May. It costs \u201c12 crore\u201d. Caf\u00e9s opened nearby.",
    "dam": "DAM works began. Nobody signed the dam agreement.",
}


def sentences(name: str) -> tuple[Sentence, ...]:
    text, found, start = TEXTS[name], [], 0
    for number, part in enumerate(text.split(". ")):
        end = start + len(part) + (0 if start + len(part) == len(text) else 1)
        row = Sentence(name, number, start, end, text[start:end], heading="Rivers" if name == "dam" else None)
        found.append(row)
        start = end + 1
    return tuple(found)


BRIDGE = Entity("bridge", "The Bridge", "project", ("The Bridge", "BRIDGE", "span"))
DAM = Entity("dam", "Dam", "project", ("Dam",))
MAY = Mention("bridge", 0, 25, 28, "May", "date", value="2018-05")
NAMED = Mention("bridge", 0, 4, 10, "BRIDGE", "project", "bridge")
NAMED_TOO = Mention("dam", 1, 24, 27, "dam", "project", "dam")
SIGNED = Fact("bridge", 0, "The BRIDGE", "sign", "in May", "done", None, "2018-05", "bridge")
NOT_SIGNED = Fact("dam", 1, "Nobody", "sign", "agreement", "stated", "A. Writer", None, None, "dam")


def vectors(count: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


ARRAYS = [vectors(3, 1), vectors(2, 2)]
DOCUMENTS = [
    Document("bridge", TEXTS["bridge"], "B", "P", "2018", "https://a.example/", "h1"),
    Document("dam", TEXTS["dam"]),
]
EXTRACTIONS = [
    Extraction(
        (
            sentences("bridge")[0],
            dataclasses.replace(sentences("bridge")[1], context="the Bridge"),
            sentences("bridge")[2],
        ),
        (BRIDGE,),
        (NAMED, MAY),
        (SIGNED,),
    ),
    Extraction(
        sentences("dam"), (DAM, dataclasses.replace(BRIDGE, aliases=("Bridge over it",))), (NAMED_TOO,), (NOT_SIGNED,)
    ),
]


@pytest.fixture
def url(anywhere: str) -> str:
    return anywhere


@pytest.fixture
def store(url: str) -> Store:
    build(url, DOCUMENTS, EXTRACTIONS, ARRAYS, {"inputs": "v1"})
    return Store.open(url)


def test_records_come_out_as_they_went_in(store: Store) -> None:
    assert store.documents() == tuple(DOCUMENTS)
    assert store.document("dam") == DOCUMENTS[1]
    assert store.sentences() == EXTRACTIONS[0].sentences + EXTRACTIONS[1].sentences
    assert store.sentences("dam") == EXTRACTIONS[1].sentences
    assert store.mentions() == (NAMED, MAY, NAMED_TOO)
    assert store.facts() == (SIGNED, NOT_SIGNED)
    assert store.sentence_count == 5
    assert store.version == "v1"


def test_what_is_not_there_is_none_or_empty(store: Store) -> None:
    assert store.document("x") is None
    assert store.entity("x") is None
    assert store.sentence(("x", 0)) is None
    assert store.sentence(("dam", 2)) is None
    assert store.sentence(("dam", -1)) is None
    assert store.sentences("x") == ()
    assert store.keys_mentioning("x") == ()
    assert store.keys_spoken(Entity("x", "X", "person", ("X",))) == ()
    assert store.neighbours(("x", 0)) == ()


def test_sentences_come_by_key_in_the_order_asked_for(store: Store) -> None:
    found = store.sentences_of([("dam", 1), ("x", 0), ("bridge", 0)])
    assert [(sentence.document, sentence.index) for sentence in found] == [("dam", 1), ("bridge", 0)]
    for sentence in store.sentences():
        assert sentence.text == TEXTS[sentence.document][sentence.start : sentence.end]


def test_neighbours_end_where_the_document_ends(store: Store) -> None:
    def around(index: int, before: int, after: int) -> list[int]:
        return [sentence.index for sentence in store.neighbours(("bridge", index), before, after)]

    assert around(1, 1, 1) == [0, 2]
    assert around(0, 2, 1) == [1]
    assert around(2, 5, 5) == [0, 1]
    assert around(1, 0, 0) == []


def test_an_entity_has_the_aliases_of_all_documents_its_name_first(store: Store) -> None:
    assert [entity.id for entity in store.entities()] == ["bridge", "dam"]
    bridge = store.entity("bridge")
    assert bridge is not None
    assert bridge.aliases == ("The Bridge", "BRIDGE", "span", "Bridge over it")
    assert store.entities("person") == ()
    assert ("span", "bridge", "project") in store.aliases()


def test_mentions_are_found_by_sentence_entity_and_type(store: Store) -> None:
    assert store.mentions(keys=[("bridge", 0)]) == (NAMED, MAY)
    assert store.mentions(keys=[("bridge", 0)], type="date") == (MAY,)
    assert store.mentions(entity="dam") == (NAMED_TOO,)
    assert store.mentions(keys=[]) == ()
    assert store.keys_mentioning("bridge") == (("bridge", 0),)


def test_facts_are_found_by_all_that_is_given(store: Store) -> None:
    assert store.facts(predicate="sign") == (SIGNED, NOT_SIGNED)
    assert store.facts(predicate="sign", modality="done") == (SIGNED,)
    assert store.facts(entity="dam") == (NOT_SIGNED,)
    assert store.facts(entity="bridge", document="dam") == ()
    assert store.facts(speaker="A. Writer") == (NOT_SIGNED,)
    assert store.facts(keys=[("dam", 1), ("dam", 0)]) == (NOT_SIGNED,)


def test_search_ranks_what_matches_more_above_what_matches_less(store: Store) -> None:
    found = store.search(["signed", "agreement"], 10)
    assert [key for key, _ in found] == [("dam", 1), ("bridge", 0)]
    assert found[0][1] > found[1][1] > 0
    assert store.search(["signed", "agreement"], 1) == found[:1]


def test_search_forgives_inflection_letter_case_and_accents(store: Store) -> None:
    assert [key for key, _ in store.search(["AGREEMENTS"], 9)] == [("dam", 1)]
    assert [key for key, _ in store.search(["cafe"], 9)] == [("bridge", 2)]


def test_search_looks_at_heading_and_context_too_but_prefers_the_text(store: Store) -> None:
    assert {key for key, _ in store.search(["river"], 9)} == {("dam", 0), ("dam", 1)}
    assert [key for key, _ in store.search(["bridge"], 9)] == [("bridge", 0), ("bridge", 1)]


def test_a_term_of_several_words_is_a_phrase(store: Store) -> None:
    assert [key for key, _ in store.search(["dam agreement"], 9)] == [("dam", 1)]
    assert store.search(["agreement dam"], 9) == []


def test_search_can_stay_in_some_documents(store: Store) -> None:
    assert [key for key, _ in store.search(["signed"], 9, ["bridge"])] == [("bridge", 0)]
    assert store.search(["signed"], 9, []) == []


@pytest.mark.parametrize(
    "term",
    [
        '"',
        "'",
        "*",
        "a*b",
        "NOT",
        "AND OR",
        "text:signed",
        "(",
        "^x",
        "a-b",
        "NEAR(a b)",
        "",
        " ",
        "\0",
        "-",
        "\u0640",
        "\u00b2",
    ],
)
def test_nothing_in_a_term_is_an_operator(store: Store, term: str) -> None:
    assert store.search([term, "signed"], 9)[0][0] in (("bridge", 0), ("dam", 1))
    assert store.search([term], 9) == store.search([term], 9)
    assert store.frequency(term) >= 0


def test_equal_scores_come_in_the_order_of_keys(url: str) -> None:
    documents = [Document(name, "Same here.") for name in ("c", "a", "b")]
    extractions = [Extraction((Sentence(d.id, 0, 0, 10, d.text),), (), (), ()) for d in documents]
    build(url, documents, extractions, [vectors(1, 0)] * 3, {"inputs": "v"})
    assert [key for key, _ in Store.open(url).search(["same"], 9)] == [("a", 0), ("b", 0), ("c", 0)]


def test_a_large_store_is_searched_by_the_rarest_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    all_words = ["agreements", "signed", "the"]
    whole = store.search(all_words, 9)
    assert [store.frequency(word) for word in all_words] == [1, 2, 3]
    monkeypatch.setattr("rahdari.store.store._RANKED", 3)
    assert store.search(all_words, 9) == store.search(["agreements", "signed"], 9) != whole
    monkeypatch.setattr("rahdari.store.store._RANKED", 0)
    assert store.search(all_words, 9) == store.search(["agreements"], 9)
    assert store.search(["railway"], 9) == []


def test_some_documents_of_a_large_store_are_searched_by_all_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    monkeypatch.setattr("rahdari.store.store._RANKED", 0)
    found = store.search(["agreements", "signed", "the"], 9, ["bridge"])
    assert found
    assert {key[0] for key, _ in found} == {"bridge"}
    monkeypatch.setattr("rahdari.store.store._COUNTED", 2)
    assert store.search(["signed", "the"], 9, ["bridge"]) == store.search(["signed"], 9, ["bridge"]) != found


def test_entities_of_documents_are_counted_by_type(store: Store) -> None:
    assert sorted(store.named_in(["bridge", "dam", "x"], 1)) == [
        ("bridge", "bridge", "project", "B", 1, 1, 0),
        ("dam", "dam", "project", "d", 1, 0, 1),
    ]
    assert store.named_in(["bridge", "dam"], 1, "dam") == (("dam", "dam", "project", "d", 1, 0, 1),)
    assert store.named_in([], 1) == ()


def test_frequency_counts_sentences_inflections_included(store: Store) -> None:
    assert store.frequency("sign") == 2
    assert store.frequency("Signing") == 2
    assert store.frequency("agreements") == 1
    assert store.frequency("railway") == 0
    assert store.frequency("?") == 0


def test_vectors_come_in_the_order_of_keys_and_keep_their_direction(store: Store) -> None:
    keys, array = store.vectors()
    assert keys == (("bridge", 0), ("bridge", 1), ("bridge", 2), ("dam", 0), ("dam", 1))
    assert (array.dtype, array.shape) == (np.float32, (5, 384))
    assert np.abs((array * np.concatenate(ARRAYS)).sum(axis=1) - 1).max() < 0.001


def test_documents_come_in_the_order_of_ids_however_they_were_given(url: str) -> None:
    build(url, DOCUMENTS[::-1], EXTRACTIONS[::-1], ARRAYS[::-1], {"inputs": "v"})
    store = Store.open(url)
    assert store.documents() == tuple(DOCUMENTS)
    assert np.abs(store.vectors()[1] - np.concatenate(ARRAYS)).max() < 0.001


def test_the_nearest_are_found_in_a_large_store_as_in_a_small_one(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build(url, DOCUMENTS, EXTRACTIONS, ARRAYS, {"inputs": "v"})
    asked = ARRAYS[0][1]
    whole = Store.open(url).near(asked)
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    signs = Store.open(url).near(asked)
    assert whole.best(3)[0] == signs.best(3)[0] == ("bridge", 1)
    assert whole.best(99) == signs.best(99)
    keys = [("dam", 1), ("bridge", 0)]
    assert whole.cosines(keys) == pytest.approx(signs.cosines(keys), abs=1e-5)
    assert list(signs.cosines([*keys, ("dam", 99), ("none", 0)])) == keys


def test_what_is_nearest_does_not_hang_on_which_document_came_first(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    for name, value in {"_NEAR_PASSAGES": 8, "_CANDIDATES": 8, "_READ": 5}.items():
        monkeypatch.setattr(f"rahdari.store.nearest.{name}", value)
    random = np.random.default_rng(3)
    ids = [f"d{number:03}" for number in range(60)]
    texts = {id: "".join(map(chr, random.integers(97, 123, 30))) for id in ids}
    same = [vectors(1, 1)] * len(ids)
    found = {id: Extraction((Sentence(id, 0, 0, 30, texts[id]),), (), (), ()) for id in ids}
    best = []
    for order in (ids, ids[::-1]):
        build(url, [], [], [], {"inputs": "none"}, anew=True)
        for part in (order[:20], order):  # the first ones have the first rows
            build(
                url,
                [Document(id, texts[id]) for id in part],
                [found[id] for id in part],
                same[: len(part)],
                {"inputs": str(part)},
            )
        best.append(Store.open(url).near(same[0][0]).best(5))
    assert best[0] == best[1] == tuple((id, 0) for id in ids[:5])


def test_what_only_repeats_another_takes_nobodys_place(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    for name, value in {"_NEAR_PASSAGES": 2, "_CANDIDATES": 2, "_READ": 2}.items():
        monkeypatch.setattr(f"rahdari.store.nearest.{name}", value)
    text = " ".join(f"word{number}" for number in range(60))
    ids = ["zz", *(f"copy{number}" for number in range(9))]
    documents = [Document(id, text, published="2020" if id == "zz" else "2021", sha256=id) for id in ids]
    found = [Extraction((Sentence(id, 0, 0, len(text), text),), (), (), ()) for id in ids]
    build(url, documents, found, [vectors(1, 1)] * len(ids), {"inputs": "v"})
    store = Store.open(url)
    assert len(store.echoes(("zz", 0))) == 9
    assert store.near(vectors(1, 1)[0]).best(3) == (("zz", 0),)


def test_a_copy_is_told_when_what_it_repeats_is_gone_even_where_neither_names_anything(url: str) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    documents = [Document(id, text, sha256=id) for id in ("t1", "t2")]
    found = [Extraction((Sentence(id, 0, 0, len(text), text),), (), (), ()) for id in ("t1", "t2")]
    build(url, documents, found, [vectors(1, 1)] * 2, {"inputs": "both"})
    assert not Store.open(url).tells(("t2", 0))
    with open_writer(url) as writer:
        change_store(writer, gone=["t1"], meta={"inputs": "one"})
    store = Store.open(url)
    assert store.tells(("t2", 0)) and [key for key, _ in store.search(["word3"])] == [("t2", 0)]
    assert verify(url) == []


def test_of_very_many_passages_those_are_searched_that_come_nearest(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each dam has three sentences of its own direction, in passages of two."""
    for name, value in {"_PASSAGE": 2, "_NEAR_PASSAGES": 5, "_CANDIDATES": 6}.items():
        monkeypatch.setattr(f"rahdari.store.nearest.{name}", value)
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    ids = [f"dam{number:02}" for number in range(20)]
    random = np.random.default_rng(5)
    directions = random.standard_normal((20, 1, 384)) + 0.1 * random.standard_normal((20, 3, 384))
    arrays = list((directions / np.linalg.norm(directions, axis=2, keepdims=True)).astype(np.float32))
    texts = ["".join(map(chr, random.integers(97, 123, 30))) for _ in ids]  # nobody is a copy of another
    spans = [(0, 0, 9), (1, 9, 18), (2, 18, 27)]
    found = [
        Extraction(tuple(Sentence(id, index, a, b, text[a:b]) for index, a, b in spans), (), (), ())
        for id, text in zip(ids, texts)
    ]
    build(url, [Document(id, text) for id, text in zip(ids, texts)], found, arrays, {"inputs": "v"})
    store = Store.open(url)
    for id, array in zip(ids, arrays):
        assert set(store.near(array[1]).best(3)) == {(id, 0), (id, 1), (id, 2)}
        assert store.near(array[1]).best(1) == ((id, 1),)


def test_signs_follow_documents_that_change_and_go(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    build(url, DOCUMENTS, EXTRACTIONS, ARRAYS, {"inputs": "v"})
    build(url, DOCUMENTS[1:], EXTRACTIONS[1:], [-ARRAYS[1]], {"inputs": "w"})
    near = Store.open(url).near(-ARRAYS[1][1])
    assert near.best(9) == (("dam", 1), ("dam", 0))
    assert not near.cosines([("bridge", 0)])


def test_keys_of_any_number_are_looked_up_by_the_index(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.sqlite"  # another database has a plan of its own, and nothing to be helped with
    ids = [f"dam{number}" for number in range(200)]
    found = [
        Extraction(
            tuple(dataclasses.replace(one, document=id) for one in sentences("dam")),
            (DAM,),
            (dataclasses.replace(NAMED_TOO, document=id),),
            (dataclasses.replace(NOT_SIGNED, document=id),),
        )
        for id in ids
    ]
    build(url, [Document(id, TEXTS["dam"]) for id in ids], found, [ARRAYS[1]] * 200, {"inputs": "v"})
    store = Store.open(url)
    asked = [("dam7", 1), ("dam7", 1), *(("none", number) for number in range(3000))]
    assert store.mentions(keys=asked) == store.mentions(keys=[("dam7", 1)]) != ()
    said: list[tuple[str, Any]] = []
    engine = store._now.held.connection.engine
    event.listen(
        engine, "before_cursor_execute", lambda c, cursor, statement, values, *_: said.append((statement, values))
    )
    store.mentions(keys=asked)
    store.facts(keys=asked)
    for table, (statement, values) in zip(("mentions", "facts"), said):
        plan = store._now.held.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        wanted = f"SEARCH {table} USING INDEX {table}_by_sentence (document=? AND sentence=?)"
        assert wanted in {row[3] for row in plan}


def test_forms_and_words_go_with_their_documents(url: str) -> None:
    build(url, DOCUMENTS, EXTRACTIONS, ARRAYS, {"inputs": "v"})
    both = Store.open(url)
    assert {(one.form, one.kind, one.entity) for one in both.forms(form=["span", "dam"])} == {
        ("span", "name", "bridge"),
        ("dam", "name", "dam"),
    }
    assert both.words()["signed"] == 2 and both.words()["crore"] == 1
    build(url, DOCUMENTS[1:], EXTRACTIONS[1:], ARRAYS[1:], {"inputs": "w"})
    one = Store.open(url)
    assert [found.entity for found in one.forms(form=["span"])] == []
    assert one.words()["signed"] == 1 and "crore" not in one.words()


def test_entities_are_ranked_by_the_sentences_that_mention_them(store: Store) -> None:
    assert [tuple(one) for one in store.most_mentioned("project")] == [("bridge", "The Bridge", 1), ("dam", "Dam", 1)]
    assert store.mentioned("dam") == 1 and store.mentioned("x") == 0
    assert [one.id for one in store.most_mentioned(ids=store.with_word("dam"))] == ["dam"]
    assert store.has("project") and not store.has("person")


def test_the_newest_documents_come_first_and_undated_ones_last(store: Store) -> None:
    assert [document.id for document in store.newest(9)] == ["bridge", "dam"]
    assert store.days() == ("2018",) and store.document_count == 2


def test_what_a_row_does_not_tell_is_as_the_table_has_it(url: str) -> None:
    build(url, [], [], [], {"inputs": "none"})
    with database_at(url).writing(False) as engine, engine.begin() as connection:
        schema.fill(connection, schema.documents, [{"id": "a", "text": "A", "sha256": "x", "extraction": b"", "x": 1}])
    assert Store.open(url).documents() == (Document("a", "A", sha256="x"),)
