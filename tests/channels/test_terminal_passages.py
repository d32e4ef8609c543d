"""A passage in its place: what stands around it in the document."""

from __future__ import annotations

from typing import Any

import pytest

from rahdari import bootstrap
from rahdari.channels.terminal.passages import AROUND, Place, in_store, place
from rahdari.errors import StoreMissing
from rahdari.records import Document, Sentence

PARTS = ("The dam was built in 2019.", "It holds 12 km3.", "It feeds\nthe town.", "Nobody lives there.")
TEXT = f"Dams\n\n{PARTS[0]} {PARTS[1]} {PARTS[2]}\n\n{PARTS[3]}"
PARAGRAPHS = (0, 0, 0, 1)


def sentences(text: str = TEXT, parts: tuple[str, ...] = PARTS) -> list[Sentence]:
    return [
        Sentence("dam", number, text.index(part), text.index(part) + len(part), part, paragraph, heading="Dams")
        for number, (part, paragraph) in enumerate(zip(parts, PARAGRAPHS))
    ]


def citation(quote: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(quote)
    return {"id": 1, "document": "dam", "quote": quote, "start": start, "end": start + len(quote)}


def test_a_passage_has_its_paragraph_heading_and_address() -> None:
    document = Document("dam", TEXT, source="https://example.org/dam")
    found = place(citation(PARTS[1]), document, sentences())
    assert found == Place(
        "It holds 12 km3.", "The dam was built in 2019. ", " It feeds\nthe town.", "Dams", "https://example.org/dam"
    )


def test_an_address_that_nobody_should_follow_is_none() -> None:
    found = place(citation(PARTS[1]), Document("dam", TEXT, source="javascript:alert(1)"), sentences())
    assert found.source is None


def test_a_paragraph_of_one_sentence_is_shown_with_its_neighbours() -> None:
    found = place(citation(PARTS[3]), Document("dam", TEXT), sentences())
    assert (found.before, found.passage, found.after) == ("It feeds\nthe town.\n", "Nobody lives there.", "")


def test_what_stands_around_is_cut_at_words_where_it_is_long() -> None:
    parts = ("word " * 400 + "end.", "It holds 12 km3.", "Then " + "more " * 400 + "end.")
    text = " ".join(parts)
    found = place(citation(parts[1], text), Document("dam", text), sentences(text, parts))
    assert found.before.startswith("… word ")
    assert found.after.endswith(" more …")
    assert len(found.before) <= AROUND + 2


@pytest.mark.parametrize(
    "document", [None, Document("dam", "Another text by now, long enough to hold the offsets. " * 3)]
)
def test_of_a_document_that_changed_or_went_the_quote_is_left(document: Document | None) -> None:
    assert place(citation(PARTS[1]), document, ()) == Place("It holds 12 km3.", lost=True)


def test_a_passage_that_no_sentence_covers_stands_alone() -> None:
    assert place(citation(PARTS[1]), Document("dam", TEXT), ()) == Place("It holds 12 km3.")


def test_without_a_store_the_quote_is_shown_and_the_log_says_why(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(_: object) -> None:
        raise StoreMissing("nothing was ingested")

    monkeypatch.setattr(bootstrap, "store", missing)
    assert in_store(citation(PARTS[1])) == Place("It holds 12 km3.", lost=True)
    assert "nothing was ingested" in caplog.text
