"""The store's file: written in one transaction, read on as it was by who has it open."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from store_fakes import build

from rahdari.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing, StoreOutdated
from rahdari.records import Document, Extraction, Sentence
from rahdari.store import Explorer, Piece, Store, address, changing, database, noted, open_writer, origin_left
from rahdari.store.changing import Change
from rahdari.store.codec import Vectors


def found(text: str, **more: str) -> tuple[Document, Extraction, Vectors]:
    document = Document("d", text, **more)
    extraction = Extraction((Sentence("d", 0, 0, len(text), text),), (), (), ())
    return document, extraction, np.ones((1, 384), np.float32)


def put(url: str, text: str, version: str, anew: bool = False, **more: str) -> None:
    document, extraction, vectors = found(text, **more)
    build(url, [document], [extraction], [vectors], {"inputs": version}, anew)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_store_that_is_not_there_is_told_with_what_to_do(url: str, path: Path) -> None:
    for look in (Store.open, noted):
        with pytest.raises(StoreMissing, match="rahdari ingest"):
            look(url)
    assert not path.exists()


def test_an_open_store_stays_as_it_was_until_it_is_refreshed(url: str) -> None:
    put(url, "old words", "1")
    store = Store.open(url)
    put(url, "new words", "2")
    assert [key for key, _ in store.search(["old"], 9)] == [("d", 0)]
    assert (store.version, store.documents()[0].text) == ("1", "old words")
    assert store.refresh()
    assert store.search(["old"], 9) == []
    assert (store.version, store.documents()[0].text, store.sentences()[0].text) == ("2", "new words", "new words")
    assert store.frequency("new") == 1
    assert not store.refresh()


def test_an_open_store_outlives_its_file(url: str, path: Path) -> None:
    put(url, "old words", "1")
    store = Store.open(url)
    path.unlink()
    assert not store.refresh()
    assert store.documents()[0].text == "old words"


def test_a_new_file_that_cannot_be_used_is_told_once_and_the_old_one_stays(
    url: str, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(url, "old words", "1")
    store = Store.open(url)
    (tmp_path / "other").write_bytes(b"no database at all" * 100)
    (tmp_path / "other").replace(path)
    with caplog.at_level(logging.WARNING):
        assert not store.refresh()
        assert not store.refresh()
    assert len(caplog.records) == 1
    assert store.documents()[0].text == "old words"
    put(url, "new words", "2", anew=True)
    assert store.refresh()
    assert store.version == "2"


def test_a_store_of_another_schema_is_outdated_but_tells_how_it_was_built(url: str, path: Path) -> None:
    put(url, "words", "1")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(StoreOutdated, match="rahdari migrate"):
        Store.open(url)
    assert noted(url)["inputs"] == "1"


def test_a_file_that_is_no_store_is_told_and_left_alone(url: str, path: Path) -> None:
    path.write_bytes(b"somebody's letters" * 50)
    for look in (Store.open, noted):
        with pytest.raises(StoreError, match="no store that can be read"):
            look(url)
    assert path.read_bytes() == b"somebody's letters" * 50


def test_a_build_that_fails_leaves_the_old_store_and_no_litter(url: str, path: Path) -> None:
    put(url, "old words", "1")
    twice = Extraction((Sentence("d", 0, 0, 3, "new"),), (), (), ())
    documents = [Document("d", "new"), Document("d", "new")]
    with pytest.raises(StoreError, match="cannot be written"):
        build(url, documents, [twice, twice], [np.ones((1, 384), np.float32)] * 2, {"inputs": "2"})
    assert Store.open(url).version == "1"
    assert {entry.name for entry in path.parent.iterdir()} <= {path.name + end for end in ("", "-wal", "-shm", ".lock")}


def test_a_sentence_that_is_not_the_text_at_its_offsets_is_never_stored(url: str, path: Path) -> None:
    wrong = Extraction((Sentence("d", 0, 1, 4, "one"),), (), (), ())
    with pytest.raises(StoreError, match="d: sentence 0 is not the text"):
        build(url, [Document("d", "one two")], [wrong], [np.ones((1, 384), np.float32)], {"inputs": "1"})
    with pytest.raises(StoreMissing):
        Store.open(url)


def test_vectors_must_fit_the_sentences(url: str) -> None:
    extraction = Extraction((Sentence("d", 0, 0, 3, "one"),), (), (), ())
    with pytest.raises(StoreError, match=r"shape \(2, 384\) for 1 sentences"):
        build(url, [Document("d", "one")], [extraction], [np.ones((2, 384), np.float32)], {"inputs": "1"})


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("no address", "no database address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://localhost/x", "cannot be kept in mysql"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(url: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        Store.open(url)


def test_a_folder_with_odd_letters_in_its_name_is_no_trouble(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a b#c%20d/ü.sqlite"
    put(url, "words", "1")
    assert Store.open(url).version == "1"


def test_others_may_read_the_file(url: str, path: Path) -> None:
    put(url, "words", "1")
    assert path.stat().st_mode & 0o444 == 0o444


def test_threads_read_one_store_while_another_is_put_in_its_place(url: str) -> None:
    put(url, "words of one", "1")
    store = Store.open(url)
    wrong: list[str] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                if len(store.search(["words"], 5)) != 1 or not store.sentences():
                    wrong.append("nothing found")
            except Exception as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for version in range(2, 12):
        put(url, f"words of {version}", str(version))
        assert store.refresh()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert store.version == "11"


def test_a_text_that_the_database_cannot_hold_is_told_and_the_old_store_stands(url: str) -> None:
    put(url, "old words", "1")
    with pytest.raises(StoreError, match="cannot be written"):
        put(url, "new words", "2", title="\ud800")
    assert Store.open(url).version == "1"


@pytest.mark.parametrize("damage", ["other", "short", "overwritten"])
def test_damage_anywhere_in_the_file_is_told_from_a_store_that_is_whole(url: str, path: Path, damage: str) -> None:
    put(url, "words", "1")
    noted(url)
    whole = path.read_bytes()
    path.write_bytes(
        {
            "other": b"no database at all" * 100,
            "short": whole[: len(whole) // 2],
            "overwritten": whole[:8192] + b"\xff" * (len(whole) - 8192),
        }[damage]
    )
    with pytest.raises(StoreDamaged, match="no store that can be read"):
        noted(url)


def test_an_empty_file_is_a_store_that_was_not_finished(url: str, path: Path) -> None:
    path.touch()
    for look in (Store.open, noted):
        with pytest.raises(StoreMissing):
            look(url)
    put(url, "words", "1")
    assert Store.open(url).version == "1"


def test_a_database_of_somebody_else_is_left_alone(url: str, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE letters (text)")
    connection.close()
    with pytest.raises(StoreError, match="is a database, but no store; name another file"):
        put(url, "words", "1")


def test_an_open_store_sees_nothing_of_what_is_written_until_it_is_refreshed(url: str) -> None:
    """Not even where it reads for the first time after the writing."""
    put(url, "old words", "1")
    store = Store.open(url)
    put(url, "new words", "2")
    put(url, "newer words", "3")
    assert store.documents()[0].text == store.sentences()[0].text == "old words"
    assert [key for key, _ in store.search(["old"], 9)] == [("d", 0)]


def test_what_is_written_and_not_published_makes_no_reader_look_anew(
    url: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(url, "old words", "1")
    store = Store.open(url)
    log = path.with_name(f"{path.name}-wal")
    monkeypatch.setattr(address, "_PAGES_WRITTEN", "PRAGMA cache_size = 1")
    before = store.documents()
    with open_writer(url) as writer, writer.change() as change:
        assert not store.refresh()  # a new place to read at
        change.put(Piece.of(*found("new words")))
        large(change)
        assert log.stat().st_size > 1_000_000
        with monkeypatch.context() as patched:
            patched.setattr("rahdari.store.store.Snapshot", None)
            assert not store.refresh()
        assert store.documents() == before
    assert store.refresh()
    assert store.documents()[0].text == "new words"


def large(change: Change) -> None:
    """Writes more than memory is to hold."""
    for number in range(200):
        change.note({f"name {number}": "value " * 1000})


def test_a_change_that_is_given_up_leaves_no_log_while_a_bot_reads(
    url: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(url, "old words", "1")
    store = Store.open(url)
    monkeypatch.setattr(address, "_PAGES_WRITTEN", "PRAGMA cache_size = 1")
    with open_writer(url) as writer:
        with pytest.raises(KeyboardInterrupt), writer.change() as change:
            large(change)
            raise KeyboardInterrupt
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    assert store.documents()[0].text == "old words"


def test_a_store_is_built_when_it_is_published_not_when_it_is_written_to(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database.time, "time", lambda: 1_700_000_000.5)
    monkeypatch.setattr(address, "_PAGES_WRITTEN", "PRAGMA cache_size = 1")
    put(url, "old words", "1")
    built = Explorer.open(url).built
    assert built == "2023-11-14T22:13:20+00:00"
    with open_writer(url) as writer:
        with pytest.raises(KeyboardInterrupt), writer.change() as change:
            large(change)
            assert Explorer.open(url).built == built
            raise KeyboardInterrupt
        assert Explorer.open(url).built == built
    monkeypatch.setattr(database.time, "time", lambda: 1_700_000_010.5)
    put(url, "new words", "2")
    assert Explorer.open(url).built == "2023-11-14T22:13:30+00:00"


def test_versions_begin_and_end_when_they_are_published(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "moment", lambda: "2026-01-01T00:00:00+00:00")
    put(url, "old words", "1", sha256="old")
    monkeypatch.setattr(changing, "_AT_ONCE", 1)
    with open_writer(url) as writer, writer.change() as change:
        change.put(Piece.of(*found("new words", sha256="new")))
        monkeypatch.setattr(changing, "moment", lambda: "2026-01-01T05:00:00+00:00")
    old, new = Store.open(url).versions("d")
    assert (old.ingested, old.ended, old.end) == ("2026-01-01T00:00:00+00:00", "2026-01-01T05:00:00+00:00", "changed")
    assert (new.ingested, new.ended) == ("2026-01-01T05:00:00+00:00", None)


def test_two_do_not_write_at_once(url: str) -> None:
    with open_writer(url), pytest.raises(StoreBusy, match=r"process \d+\); wait until it has ended"):
        put(url, "words", "1")
    put(url, "words", "1")


def test_the_log_is_emptied_again_while_a_reader_goes_along(url: str, path: Path) -> None:
    put(url, "words", "0")
    store, largest = Store.open(url), 0
    for version in range(1, 30):
        put(url, f"words {version}", str(version))
        assert store.refresh()
        with open_writer(url):
            assert not store.refresh()  # nothing new, but a new place to read at
        largest = max(largest, (path.parent / f"{path.name}-wal").stat().st_size)
    assert store.documents()[0].text == "words 29"
    assert largest < 1_000_000


def test_a_store_in_a_folder_that_cannot_be_written_to_is_read() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        url = f"sqlite:///{folder}/store.sqlite"
        put(url, "words", "1")
        look = f"Store.open({url!r}).version"
        nobody = "os.getuid() or os.setuid(65534)"
        code = f"import os; from rahdari.store import Store; {look}; {nobody}; print({look})"
        Path(folder).chmod(0o555)
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
    assert said.stdout == "1\n", said.stderr


def test_a_damaged_store_may_still_tell_what_it_was_made_of(url: str, path: Path) -> None:
    document, extraction = Document("d", "w"), Extraction((Sentence("d", 0, 0, 1, "w"),), (), (), ())
    meta = {"inputs": "1", "origin": "paths"}
    build(url, [document], [extraction], [np.ones((1, 384), np.float32)], meta)
    path.write_bytes(b"damage" + path.read_bytes()[6:])
    assert origin_left(url) == "paths"
    path.write_bytes(b"damage")
    assert origin_left(url) is None
    path.unlink()
    assert origin_left(url) is None
