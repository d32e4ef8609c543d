"""Stores that earlier versions wrote, as dumps in tests/stores, are brought up to this version and lose nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from store_contents import rows
from store_fakes import change_store

from rahdari.errors import StoreBusy, StoreOutdated
from rahdari.store import Piece, Store, open_writer, restore, schema, store_file, verify
from rahdari.store.codec import unpack_extraction, unpack_vectors

STORES = sorted((Path(__file__).parent / "stores").glob("schema_*.sql"), key=lambda path: int(path.stem[7:]))


def told(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """What a store of any schema says, in the columns that all of them have."""
    queries = {
        "documents": "SELECT id, title, publisher, published, source, sha256, text FROM documents ORDER BY id",
        "sentences": 'SELECT document, "index", start, "end", text, heading, speaker, modality, context, vector '
        'FROM sentences ORDER BY document, "index"',
        "entities": "SELECT id, name, type, alias, position FROM entities JOIN aliases ON entity = id ORDER BY 1, 5",
        "mentions": 'SELECT document, start, "end", text, type, entity, value FROM mentions ORDER BY document, row',
        "facts": "SELECT document, subject, predicate, object, modality, speaker, as_of, subject_entity, object_entity "
        "FROM facts ORDER BY document, row",
        "words": "SELECT rowid FROM words WHERE words MATCH 'dam'",
        "meta": "SELECT * FROM meta WHERE key != 'schema' ORDER BY key",
    }
    return {name: connection.execute(query).fetchall() for name, query in queries.items()}


@pytest.fixture(params=STORES, ids=lambda path: path.stem)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store of an earlier version."""
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return f"sqlite:///{path}"


def test_there_is_a_store_of_each_released_schema() -> None:
    assert [path.stem for path in STORES] == [f"schema_{number}" for number in range(1, int(schema.SCHEMA))]


def test_a_reader_says_what_to_do_and_changes_nothing(url: str) -> None:
    before = store_file(url).read_bytes()
    with pytest.raises(StoreOutdated, match=r"has the schema \d+, not \d+; `rahdari migrate` brings"):
        Store.open(url)
    assert store_file(url).read_bytes() == before


def test_opening_it_for_writing_brings_it_up_and_loses_nothing(url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store_file(url))) as old:
        old.execute("SELECT * FROM meta").fetchall()  # a bot of that version that goes on reading
        before = told(old)
        with open_writer(url) as writer:
            assert sorted(writer.hashes) == ["orsa-one", "orsa-two", "other"]
        assert told(old) == before
    with closing(sqlite3.connect(store_file(url))) as now:
        assert told(now) == before
    assert verify(url) == []
    assert [version.ended for version in Store.open(url).versions("other")] == [None]
    assert {path.name for path in tmp_path.iterdir()} <= {f"store.sqlite{e}" for e in ("", "-wal", "-shm", ".lock")}


def test_what_it_becomes_is_what_this_version_makes_of_the_same_documents(url: str, tmp_path: Path) -> None:
    with open_writer(url):
        pass
    store = Store.open(url)
    pieces = []
    with closing(sqlite3.connect(store_file(url))) as connection:
        for document in store.documents():
            query = "SELECT extraction FROM documents WHERE id = ?"
            extraction = unpack_extraction(connection.execute(query, [document.id]).fetchone()[0])
            query = 'SELECT vector FROM sentences WHERE document = ? ORDER BY "index"'
            blobs = [row[0] for row in connection.execute(query, [document.id])]
            pieces.append(Piece.of(document, extraction, unpack_vectors(blobs)))
    fresh = f"sqlite:///{tmp_path}/fresh.sqlite"
    with open_writer(fresh) as writer:
        change_store(writer, pieces, meta=store.meta)
    assert rows(url) == rows(fresh)
    for one in (url, fresh):  # and it is kept from there on as any other
        with open_writer(one) as writer:
            change_store(writer, gone=["orsa-one"], meta={"inputs": "less"})
    assert rows(url) == rows(fresh)
    assert [entity.id for entity in Store.open(url).entities()] != [entity.id for entity in store.entities()]


def test_a_copy_of_it_is_brought_up_on_its_way_back(url: str, tmp_path: Path) -> None:
    copy, before = store_file(url), store_file(url).read_bytes()
    target = f"sqlite:///{tmp_path}/new/store.sqlite"
    restore(target, copy)
    assert copy.read_bytes() == before
    assert verify(target) == []
    with open_writer(url):
        pass
    assert rows(target) == rows(url)
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"store.sqlite", "store.sqlite.lock"}


def test_the_tables_are_those_of_a_store_made_anew(url: str, tmp_path: Path) -> None:
    with open_writer(url):
        pass
    with open_writer(f"sqlite:///{tmp_path}/fresh.sqlite") as writer:
        change_store(writer, meta={"inputs": "x"})

    def tables(path: Path) -> dict[str, Any]:
        with closing(sqlite3.connect(path)) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found: dict[str, Any] = {}
            for name in names:
                info = connection.execute(f"PRAGMA table_info({name})").fetchall()
                found[name] = sorted((column[1], column[3], column[5]) for column in info)
                indexes = connection.execute(f"PRAGMA index_list({name})").fetchall()
                for index in indexes:
                    if not index[1].startswith("sqlite_autoindex"):
                        columns = connection.execute(f"PRAGMA index_info({index[1]})").fetchall()
                        found[index[1]] = (index[2], [column[2] for column in columns])
            found["steps"] = connection.execute("SELECT * FROM alembic_version").fetchall()
            return found

    made, brought = tables(tmp_path / "fresh.sqlite"), tables(store_file(url))
    brought.pop("sqlite_stat1", None), made.pop("sqlite_stat1", None)
    assert brought.pop("alembic_version")[0][0] == made.pop("alembic_version")[0][0]
    assert brought == made


def test_a_store_of_a_later_version_is_left_alone(url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store_file(url))) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
        connection.commit()
    before = store_file(url).read_bytes()
    with pytest.raises(StoreOutdated, match="schema 99, which this version of Rahdari does not know"), open_writer(url):
        pass
    with pytest.raises(StoreOutdated, match="store.sqlite has the schema 99"):
        restore(f"sqlite:///{tmp_path}/new.sqlite", store_file(url))
    assert store_file(url).read_bytes() == before


def test_a_store_that_a_reader_holds_by_its_log_is_not_taken_from_under_it(url: str) -> None:
    with closing(sqlite3.connect(store_file(url), isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        with closing(sqlite3.connect(store_file(url), isolation_level=None)) as other:
            other.execute("UPDATE meta SET value = 'x' WHERE key = 'inputs'")
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM meta").fetchall()
            with pytest.raises(StoreBusy, match="end it first"), open_writer(url):
                pass
    with open_writer(url):
        pass
    assert Store.open(url).version == "x"
