"""The views of a store: there in each, right in what they say, and told of in the docs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from test_exchange import DOCUMENT, HOSTILE, url

from rahdari.settings import Settings
from rahdari.store import Store, Told, open_writer, store_file
from rahdari.store.views import views

__all__ = ["url"]


def read(url: str, query: str) -> list[Any]:
    with closing(sqlite3.connect(store_file(url))) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def there(url: str) -> set[str]:
    return {row["name"] for row in read(url, "SELECT name FROM sqlite_master WHERE type = 'view'")}


def test_a_new_store_has_them_with_what_their_columns_mean(url: str) -> None:
    assert there(url) == set(views()) and len(views()) == 7
    (sql,) = read(url, "SELECT sql FROM sqlite_master WHERE name = 'facts_told'")
    assert "-- who says it" in sql["sql"]


@pytest.mark.parametrize(
    "schema", sorted((Path(__file__).parent / "stores").glob("schema_*.sql")), ids=lambda p: p.stem
)
def test_a_store_of_an_earlier_schema_gets_them(schema: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute("CREATE VIEW of_before AS SELECT heading FROM sentences")
    url = f"sqlite:///{tmp_path}/old.sqlite"
    with open_writer(url):
        pass
    assert there(url) == set(views())
    assert read(url, "SELECT count(*) AS n FROM facts_told")[0]["n"] == len(Store.open(url).facts()) > 0


def test_those_of_another_version_are_replaced_and_never_asked(url: str) -> None:
    with closing(sqlite3.connect(store_file(url))) as connection, connection:
        connection.execute("DROP VIEW facts_told")
        connection.execute("CREATE VIEW facts_told AS SELECT 1 AS one")
        connection.execute("CREATE VIEW gone AS SELECT 1 AS one")
    assert len(list(Told(url).rows("facts_told"))) == 4
    with open_writer(url):
        pass
    assert there(url) == set(views())
    assert len(read(url, "SELECT subject FROM facts_told")) == 4


def test_facts_stand_beside_their_sentence_and_document(url: str) -> None:
    row = read(url, "SELECT * FROM facts_told WHERE publisher = '@press' AND as_of = '2023-05-06'")[0]
    assert row["sentence"] == HOSTILE == DOCUMENT.text[row["sentence_start"] : row["sentence_end"]]
    assert (row["modality"], row["speaker"], row["predicate"]) == ("agreed", "=Ann", "sign")
    assert (row["title"], row["published"], row["document"]) == (DOCUMENT.title, "2023-05", DOCUMENT.id)
    assert (row["subject_entity"], row["subject_name"]) == ("aa", "AA")
    assert read(url, "SELECT facts, sentences, length(ingested) AS long FROM documents_read") == [
        {"facts": 1, "sentences": 1, "long": 25},
        {"facts": 3, "sentences": 1, "long": 25},
    ]


@pytest.mark.usefixtures("store")
def test_words_stand_in_their_documents_and_figures_are_numbers(settings: Settings) -> None:
    address = settings.database_url
    store = Store.open(address)
    for view in ("entities_mentioned", "figures_told", "dates_told"):
        rows = read(address, f"SELECT * FROM {view}")
        for row in rows:
            document = store.document(row["document"])
            assert document is not None
            assert row["words"] == document.text[row["words_start"] : row["words_end"]]
            assert row["words"] in row["sentence"] and row["title"] == document.title
        assert rows or view == "dates_told"
    figures = {row["words"]: (row["number"], row["unit"]) for row in read(address, "SELECT * FROM figures_told")}
    told = {m.text: m.value for type in ("amount", "quantity") for m in store.mentions(type=type)}
    assert figures
    for words, (number, unit) in figures.items():
        assert f"{number:g} {unit}" == told[words]


def test_a_view_that_is_read_row_by_row_is_not_sorted_first(url: str) -> None:
    from rahdari.store.views import _ORDER

    for view, order in _ORDER.items():
        plan = read(url, f"EXPLAIN QUERY PLAN SELECT * FROM {view} ORDER BY {order}")
        assert not [row for row in plan if "FOR ORDER BY" in row["detail"]]


def test_each_view_and_column_stands_in_the_docs_and_no_other(url: str, root: Path) -> None:
    page = (root / "docs" / "exchange.md").read_text(encoding="utf-8")
    told = {
        name: re.findall(r"`(\w+)`", columns)
        for name, columns in re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", page, re.MULTILINE)
    }
    assert told == {name: list(Told(url).columns(name)) for name in views()}


def test_what_datasette_is_told_of_is_there_and_nothing_is_forgotten(url: str, root: Path) -> None:
    known = YAML(typ="safe").load((root / "docs" / "datasette.yml").read_text(encoding="utf-8"))
    tables = known["databases"]["store"]["tables"]
    names = read(url, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'words*'")
    shown = {name for name, about in tables.items() if not about.get("hidden")}
    assert {*tables} == {row["name"] for row in names if not row["name"].startswith("sqlite_")} | {*views()}
    assert shown == {*views(), "versions"}
    for name in views():
        columns = Told(url).columns(name)
        assert {*tables[name].get("facets", []), *filter(None, [tables[name].get("sort_desc")])} <= {*columns}
