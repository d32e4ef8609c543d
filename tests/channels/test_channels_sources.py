"""Where the passages that an answer cites are to be found."""

from __future__ import annotations

from typing import Any

import pytest

from rahdari import bootstrap
from rahdari.channels.sources import Whereabouts, whereabouts
from rahdari.channels.text import also_in, source_lines
from rahdari.errors import StoreMissing
from rahdari.records import Document

TEXT = """# Projects

## Dams

| Name | Cost |
|---|---|
| Halden | 3 |
\fThe road is closed."""


class Store:
    """A store of two documents, one with an address."""

    def document(self, id: str) -> Document | None:
        known = {
            "dam": Document("dam", TEXT, title="Projects", source="https://example.org/dam"),
            "road": Document("road", "The road is open.", source="javascript:alert(1)"),
        }
        return known.get(id)


def citation(number: int, document: str, quote: str, **more: Any) -> dict[str, Any]:
    start = TEXT.find(quote)
    named = {"title": None, "publisher": None, "published": None}
    return (
        {"id": number, "document": document, "quote": quote, "start": start, "end": start + len(quote)} | named | more
    )


def test_a_passage_has_its_address_and_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "store", lambda _: Store())
    cited = [
        citation(1, "dam", "| Halden | 3 |"),
        citation(2, "dam", "The road is closed."),
        citation(3, "road", "The road is open.", start=0, end=17),
        citation(4, "gone", "It is gone."),
        citation(5, "dam", "What it said before.", start=0, end=20),
    ]
    assert whereabouts({"citations": cited}) == Whereabouts(
        {"dam": "https://example.org/dam"},
        {1: "page 1, Dams, table 1, row Halden", 2: "page 2, Dams"},
    )
    assert whereabouts({}) == Whereabouts()


def test_without_a_store_there_are_no_links_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(_: object) -> None:
        raise StoreMissing("nothing was ingested")

    monkeypatch.setattr(bootstrap, "store", missing)
    assert whereabouts({"citations": [citation(1, "dam", "The road is closed.")]}) == Whereabouts()
    assert "nothing was ingested" in caplog.text


def test_a_source_line_tells_the_place_and_three_others_with_the_same_text() -> None:
    names = ("Mirror", "Herald", "Mirror", "Gazette", "Echo", "Post")
    also = [{"document": "d", "title": None, "publisher": name, "source": None} for name in names]
    cited = citation(1, "dam", "| Halden | 3 |", also=also)
    assert also_in(cited) == "also in Mirror, Herald, Gazette and 2 more"
    (line,) = source_lines({"text": "3.", "citations": [cited]}, {1: "page 3, table 1, row Halden"})
    assert line.endswith("— dam, page 3, table 1, row Halden; also in Mirror, Herald, Gazette and 2 more")
