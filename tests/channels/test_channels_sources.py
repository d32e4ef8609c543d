"""Where the documents that an answer cites can be opened."""

from __future__ import annotations

import pytest

from rahdari import bootstrap
from rahdari.channels.sources import addresses, cited
from rahdari.errors import StoreMissing
from rahdari.records import Document


class Store:
    """A store of two documents, one with an address."""

    def document(self, id: str) -> Document | None:
        known = {"dam": Document("dam", "", source="https://example.org/dam"), "road": Document("road", "")}
        return known.get(id)


def test_documents_with_an_address_in_the_store_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "store", lambda _: Store())
    assert addresses(["dam", "road", "gone"]) == {"dam": "https://example.org/dam"}


def test_without_a_store_there_are_no_links_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(_: object) -> None:
        raise StoreMissing("nothing was ingested")

    monkeypatch.setattr(bootstrap, "store", missing)
    assert addresses(["dam"]) == {}
    assert "nothing was ingested" in caplog.text


def test_a_document_is_cited_once_however_often() -> None:
    form = {"citations": [{"document": "b"}, {"document": "a"}, {"document": "b"}]}
    assert cited(form) == ["b", "a"]
    assert cited({}) == []
