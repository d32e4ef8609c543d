"""What is so of a store in PostgreSQL beyond what tests/test_store_contract.py asks of every store."""

from __future__ import annotations

import random
import re
import shutil
import string
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psycopg2
import pytest
from postgres import Server
from sqlalchemy.exc import DatabaseError
from store_contents import findings, rows
from store_fakes import build, change_store, fake_tools

from rahdari.errors import StoreBusy, StoreError, StoreMissing, StoreOutdated
from rahdari.ingestion import ingest, remove
from rahdari.records import Document, Extraction, Sentence
from rahdari.store import Explorer, Selection, Store, Told, migrating, open_writer, postgresql, schema, verify

TEXTS = {
    "a": "The AA DAM was signed by BB. It costs 12 crore rupees. Cafés opened near the DAM, the DAM road.",
    "b": "BB's signing of the dam was cancelled. A re-signing is planned for the dam of AA.",
    "C": "The CC is signed at last. The dam waits.",
}


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.new()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def put(url: str, *ids: str, anew: bool = False) -> None:
    tools = fake_tools()
    documents = [Document(id, TEXTS[id], sha256=f"h{id}") for id in ids]
    found = [tools.extractor.extract(document) for document in documents]
    vectors = [tools.encoder.encode([sentence.text for sentence in one.sentences]) for one in found]
    build(url, documents, found, vectors, {"inputs": "+".join(ids)}, anew)


def test_it_holds_and_finds_what_a_file_would_with_the_same_scores(url: str, folder: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/store.sqlite"
    for at in (url, other):
        ingest([folder], at, fake_tools)
    assert rows(url) == rows(other)
    terms = [
        "dam",
        "signed",
        "signing",
        "cafe",
        "the dam",
        "dam road",
        "dam of",
        "re-sign",
        "BB's",
        "12",
        "none",
        "a b",
    ]
    for found, expected in zip(findings(url, terms), findings(other, terms)):
        assert found == expected
    for many in (["dam", "signed", "road"], ["the", "dam", "dam"], ["crore", "last", "the dam"]):
        assert Store.open(url).search(many, 9) == pytest.approx(Store.open(other).search(many, 9))
        assert Store.open(url).search(many, 9, ["C", "a"]) == Store.open(other).search(many, 9, ["C", "a"])
    assert verify(url) == []


def test_what_is_asked_at_random_is_found_and_ranked_as_in_a_file(url: str, tmp_path: Path) -> None:
    luck, other = random.Random(7), f"sqlite:///{tmp_path}/store.sqlite"

    def some(least: int, most: int) -> str:
        return " ".join(luck.choices(["dam", "dams", "road", "signed", "a", "b"], k=luck.randint(least, most)))

    documents, extractions = [], []
    for id in "abcdefghijkl":
        parts = [f"{some(1, 14)}." for _ in range(luck.randint(1, 8))]
        starts = [sum(len(part) + 1 for part in parts[:number]) for number in range(len(parts))]
        documents.append(Document(id, " ".join(parts)))
        sentences = (
            Sentence(id, number, start, start + len(part), part, heading=some(0, 4) or None, context=some(0, 4))
            for number, (start, part) in enumerate(zip(starts, parts))
        )
        extractions.append(Extraction(tuple(sentences), (), (), ()))
    vectors = [np.ones((len(one.sentences), 384), np.float32) for one in extractions]
    for at in (url, other):
        build(at, documents, extractions, vectors, {"inputs": "x"})
    here, there = Store.open(url), Store.open(other)
    for _ in range(200):
        terms = [some(1, 3) for _ in range(luck.randint(1, 4))]
        within = luck.choice([None, luck.sample("abcdefghijkl", 3)])
        found, expected = here.search(terms, 200, within), there.search(terms, 200, within)
        assert [key for key, _ in found] == [key for key, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], rel=1e-9)


def test_texts_come_by_code_points_however_the_database_sorts(url: str) -> None:
    put(url, "a", "b", "C")  # the server's own order is a, b, C
    store = Store.open(url)
    assert [document.id for document in store.documents()] == ["C", "a", "b"]
    assert [entity.id for entity in store.entities()] == sorted(entity.id for entity in store.entities())


def test_nobody_has_an_address_that_is_not_there(postgres: Server, url: str) -> None:
    with pytest.raises(StoreMissing, match=r"there is no store in postgresql://tests@/t\w+\S*; run `rahdari ingest`"):
        Store.open(url)
    gone = f"postgresql://tests:secret@/gone?host={postgres.folder}"
    for address, told in {
        "postgres://x/y": "postgres:// is not known; write postgresql://user@host/database",
        "postgresql://host": "names no database",
        "postgresql://x:secret@host:port/y": "that is no address of a database; write postgresql://user@host/database",
        "postgresql+asyncpg://x:secret@y/z": r"postgresql\+asyncpg:// is not known",
        gone: r":\*\*\*@/gone.* cannot be reached: .*does not exist",
    }.items():
        with pytest.raises(StoreError, match=told) as error:
            Store.open(address)
        assert "secret" not in str(error.value)


def test_a_database_that_takes_not_every_letter_is_refused(postgres: Server, url: str) -> None:
    postgres.say("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="is not kept in UTF-8"), open_writer(re.sub(r"@/\w+", "@/latin", url)):
        pass


def test_other_tables_of_the_database_stay_untouched(postgres: Server, url: str) -> None:
    name = re.findall(r"@/(\w+)", url)[0]
    postgres.say("CREATE TABLE documents (letters text)", name)
    put(url, "a")
    put(url, "b", anew=True)
    postgres.say("INSERT INTO documents VALUES ('mine')", name)
    assert [document.id for document in Store.open(url).documents()] == ["b"]


def test_a_reader_holds_its_state_and_is_in_nobodys_way(url: str) -> None:
    put(url, "a")
    store = Store.open(url)
    assert store.frequency("signed") == 1
    put(url, "a", "b", "C")
    put(url, "C", anew=True)  # it must not wait until nobody reads
    assert [document.id for document in store.documents()] == ["a"]
    assert store.refresh() and not store.refresh()
    assert [document.id for document in store.documents()] == ["C"]
    assert verify(url) == []


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_reader_whose_connection_was_ended_goes_on_with_the_next_question(
    postgres: Server, url: str, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if size == "large":
        monkeypatch.setattr("rahdari.store.snapshot.SEARCHED_WHOLE", 0)
    put(url, "a")
    store = Store.open(url)
    asked = store.vectors()[1][0]
    before = store.near(asked).best(1)
    end = "SELECT pg_terminate_backend(pid, 9000) FROM pg_stat_activity WHERE application_name = 'rahdari'"
    for noticed_by_itself in (True, False):
        postgres.say(end)
        if not noticed_by_itself:
            with pytest.raises(StoreError, match="cannot be read"):
                store.documents()
        assert not store.refresh()  # there is nothing new
        assert [document.id for document in store.documents()] == ["a"]
        assert store.near(asked).best(1) == before != ()


def test_monstrous_words_sentences_and_addresses_are_kept_as_in_a_file(url: str, tmp_path: Path) -> None:
    luck = random.Random(1)
    word = "".join(luck.choices(string.ascii_lowercase, k=9000))  # which nothing makes shorter
    many = " ".join(f"word{number}" for number in range(130_000))
    text = f"A {word} word. The dam {many}. BB."
    document = Document("a", text, source=f"https://example.org/{word}")
    tools, there = fake_tools(), f"sqlite:///{tmp_path}/store.sqlite"
    found = tools.extractor.extract(document)
    vectors = tools.encoder.encode([sentence.text for sentence in found.sentences])
    for at in (url, there):
        for version in ("1", "2"):
            build(at, [replace(document, sha256=version)], [found], [vectors], {"inputs": version})
    assert rows(url) == rows(there) and verify(url) == []
    assert findings(url, ["dam", "word500", "bb"]) == findings(there, ["dam", "word500", "bb"])
    assert [one.source for one in Store.open(url).versions("a")] == [document.source] * 2


def test_nothing_can_be_asked_that_breaks_a_reader(url: str) -> None:
    put(url, "a")
    store = Explorer.open(url)
    for strange in ("a\0b", "\ud800", "'; DROP TABLE x", "%s", ":x", "{}", "\\"):
        assert store.entity(strange) is None and store.document(strange) is None
        assert store.forms(form=[strange]) == () and store.mentions(keys=[(strange, 0)]) == ()
        assert store.search([strange], 9, [strange]) == [] and store.frequency(strange) >= 0
        assert store.count(Selection(words=strange, document=strange)) == 0
    assert store.count(Selection(words="dam sign")) == 1


def test_one_writes_at_a_time_and_who_is_killed_has_let_go(url: str) -> None:
    put(url, "a")
    code = (
        f"from rahdari.store import open_writer\nwith open_writer({url!r}):\n    print('in', flush=True)\n    input()"
    )
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdout.readline() == "in\n"
    with pytest.raises(StoreBusy, match=r"another ingest is writing to postgresql://\S+ \(this machine, process \d+ "):
        put(url, "b")
    other.kill()
    other.communicate()
    for _ in range(100):  # the server has to see it
        try:
            put(url, "b")
            break
        except StoreBusy:
            time.sleep(0.05)
    assert [document.id for document in Store.open(url).documents()] == ["b"]


def test_a_writer_that_has_lost_its_connection_writes_nothing(postgres: Server, url: str) -> None:
    put(url, "a")
    with pytest.raises(StoreError), open_writer(url) as writer:
        postgres.say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rahdari'")
        with pytest.raises(StoreError):
            change_store(writer, gone=["a"])
        change_store(writer, gone=["a"])  # not over another connection, for somebody else may write by now
    assert [document.id for document in Store.open(url).documents()] == ["a"]


def test_no_error_of_a_server_is_taken_for_damage_that_everything_is_made_anew_for(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([folder], url, fake_tools)
    remove(url, ["a"])

    def broken(*_: object) -> None:  # what psycopg2 raises where TLS breaks off; SQLite tells of damage by such a one
        raise DatabaseError("UPDATE", {}, psycopg2.DatabaseError("SSL SYSCALL error: EOF detected"))

    (folder / "d.txt").write_text("DD is new.")
    with monkeypatch.context() as patched, pytest.raises(StoreError, match="cannot be written to") as error:
        patched.setattr("rahdari.store.joining.rejoin", broken)
        ingest([folder], url, fake_tools)
    assert type(error.value) is StoreError
    assert Store.open(url).withheld() == {"a"} and set(Store.open(url).hashes()) == {"b", "C"}
    assert ingest([folder], url, fake_tools).new == ("d",)


def test_a_store_of_an_unknown_schema_is_not_touched(postgres: Server, url: str) -> None:
    put(url, "a")
    postgres.say("UPDATE rahdari.meta SET value = '99' WHERE key = 'schema'", re.findall(r"@/(\w+)", url)[0])
    with pytest.raises(StoreOutdated, match="has the schema 99, not"):
        Store.open(url)
    with pytest.raises(StoreOutdated, match="has the schema 99, which this version"), open_writer(url):
        pass


def test_a_store_of_an_earlier_schema_is_brought_up_when_nobody_of_that_version_reads_it(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(url, "a", "b")
    before, reader = rows(url), Store.open(url)
    assert reader.facts()
    next_ = str(int(schema.SCHEMA) + 1)
    shutil.copytree(migrating._MIGRATIONS, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / f"schema_{next_}.py").write_text(
        f"from alembic import op\nfrom sqlalchemy import Column, Text\nrevision = '{next_}'\n"
        f"down_revision = '{schema.SCHEMA}'\n\ndef upgrade():\n    op.add_column('facts', Column('note', Text))\n"
    )
    monkeypatch.setattr(migrating, "_MIGRATIONS", tmp_path / "migrations")
    monkeypatch.setattr(schema, "SCHEMA", next_)
    monkeypatch.setattr(postgresql, "_PATIENCE", 1)
    with pytest.raises(StoreOutdated, match="`rahdari migrate` brings up"):
        Store.open(url)
    with pytest.raises(StoreBusy, match="is of an earlier version, and a bot of it reads it"), open_writer(url):
        pass
    del reader
    with open_writer(url) as writer:
        assert set(writer.hashes) == {"a", "b"}
    assert {**rows(url), "meta": []} == {**before, "meta": []} and verify(url) == []
    engine = postgresql.PostgresServer(url).reading_engine()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM facts WHERE note IS NULL").scalar_one() > 0
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [next_]
    engine.dispose()


def test_a_store_of_schema_2_on_a_server_is_brought_up(postgres: Server, url: str) -> None:
    put(url, "a", "b")
    before, name = rows(url), re.findall(r"@/(\w+)", url)[0]
    for statement in (
        "DROP TABLE rahdari.passages",
        "CREATE TABLE rahdari.signs (block INTEGER PRIMARY KEY, signs BYTEA NOT NULL)",
        "UPDATE rahdari.meta SET value = '2' WHERE key = 'schema'",
        "UPDATE rahdari.alembic_version SET version_num = '2'",
    ):
        postgres.say(statement, name)
    with pytest.raises(StoreOutdated):
        Store.open(url)
    with open_writer(url):
        pass
    assert rows(url) == before and verify(url) == []
    put(url, "b")
    assert verify(url) == []


def test_verify_sees_what_is_missing(postgres: Server, url: str) -> None:
    put(url, "a", "b")
    name = re.findall(r"@/(\w+)", url)[0]
    for statement in (
        "DELETE FROM rahdari.words WHERE row = 1",
        "UPDATE rahdari.mentions SET text = 'other' WHERE row = 1",
    ):
        postgres.say(statement, name)
    assert verify(url) == [
        "a: a mention in sentence 0 is not the text at its offsets",
        "a: sentence 0 is not in the full-text index",
    ]


def test_the_views_tell_what_those_of_a_file_tell(url: str, folder: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/store.sqlite"
    for at in (url, other):
        ingest([folder], at, fake_tools)
    for view in ("facts_told", "documents_read", "sentences_read", "entities_named"):
        here, there = Told(url), Told(other)
        assert here.columns(view) == there.columns(view) and here.count(view) == there.count(view) > 0
        told, expected = (list(one.rows(view)) for one in (here, there))
        if view == "documents_read":
            told, expected = ([{**row, "ingested": ""} for row in one] for one in (told, expected))
        assert told == expected
