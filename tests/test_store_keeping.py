"""Copies of a store, and what `verify` sees."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from store_contents import rows
from store_fakes import fake_tools

from rahdari.errors import StoreBusy, StoreError, StoreMissing
from rahdari.ingestion import ingest
from rahdari.store import Store, backup, copy, open_writer, restore, verify


class World:
    """A folder, and a store of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder}/store.sqlite"
        (folder / "documents").mkdir()
        self.write(a="The AA was signed. It is long.", b="BB was signed by AA.")

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.folder / "documents" / f"{name}.txt").write_text(text)
        ingest([self.folder / "documents"], self.url, fake_tools)

    def break_by(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.url[10:])) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_copy_brings_the_store_back_as_it_was(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "deep" / "copy.sqlite"
    reader = Store.open(world.url)  # whoever reads is in nobody's way
    backup(world.url, copy)
    before = rows(world.url)
    assert rows(f"sqlite:///{copy}") == before
    assert [entry.name for entry in copy.parent.iterdir()][:1] == ["copy.sqlite"]
    world.write(a="The AA was cancelled.", c="CC came.")
    assert reader.refresh()
    restore(world.url, copy)
    assert rows(world.url) == before
    assert [document.id for document in reader.documents()] == ["a", "b", "c"]
    assert reader.refresh()
    assert [document.id for document in reader.documents()] == ["a", "b"]
    assert verify(world.url) == []
    world.write(c="CC came.")
    assert len(Store.open(world.url).documents()) == 3


def test_a_copy_takes_the_place_of_an_older_one_and_of_nothing_else(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    backup(world.url, copy)
    world.write(c="CC came.")
    backup(world.url, copy)
    assert rows(f"sqlite:///{copy}") == rows(world.url)
    letters = tmp_path / "letters"
    letters.write_text("somebody's letters" * 100)
    with pytest.raises(StoreError, match="no store; no"):
        backup(world.url, letters)
    assert letters.read_text() == "somebody's letters" * 100


@pytest.mark.parametrize("way", ["backup", "migrate", "restore"])
def test_a_copy_is_never_read_with_the_log_of_what_was_there(world: World, tmp_path: Path, way: str) -> None:
    place, whole = tmp_path / "copy.sqlite", tmp_path / "whole.sqlite"
    write = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)",
        "c.execute('PRAGMA journal_mode = WAL')",
        "c.execute('UPDATE sentences SET text = text || text')",
        "os._exit(9)",  # killed: what it has written lies in the log
    )
    backup(world.url, place)
    world.write(a="AA.", c="CC came.")
    backup(world.url, whole)
    subprocess.run([sys.executable, "-c", "; ".join(write), str(place)], check=False)
    assert (tmp_path / "copy.sqlite-wal").stat().st_size
    if way == "backup":
        backup(world.url, place)
    else:
        place.unlink()
        copy(world.url, f"sqlite:///{place}") if way == "migrate" else restore(f"sqlite:///{place}", whole)
    assert verify(f"sqlite:///{place}") == []
    assert rows(f"sqlite:///{place}") == rows(world.url)


def test_a_copy_is_brought_back_where_the_store_was_removed_under_a_reader(world: World, tmp_path: Path) -> None:
    path, whole = tmp_path / "store.sqlite", tmp_path / "whole.sqlite"
    backup(world.url, whole)
    before = rows(world.url)
    read = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN'); c.execute('SELECT * FROM meta')"
    command = [sys.executable, "-c", f"{read}.fetchone(); print(flush=True); input()", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        world.write(c="CC came.")  # which stays in the log, for the reader's sake
        path.unlink()
        restore(world.url, whole)
        reader.communicate(b"\n")
    assert rows(world.url) == before


def test_a_store_is_no_copy_of_itself(world: World, tmp_path: Path) -> None:
    itself, link = tmp_path / "store.sqlite", tmp_path / "link.sqlite"
    link.symlink_to(itself)
    inode = itself.stat().st_ino
    for file in (itself, link):
        for command in (backup, restore):
            with pytest.raises(StoreError, match=f"{file.name} is the store itself, and nothing was changed; "):
                command(world.url, file)
    assert itself.stat().st_ino == inode and link.is_symlink()


def test_what_is_no_store_is_not_brought_back(world: World, tmp_path: Path) -> None:
    before = rows(world.url)
    other, half = tmp_path / "other.sqlite", tmp_path / "half.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE letters (text)")
    backup(world.url, half)
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])
    empty = tmp_path / "empty"
    empty.touch()
    (tmp_path / "letters").write_text("somebody's letters" * 100)
    for file in (other, half, empty, tmp_path / "letters", tmp_path / "gone"):
        with pytest.raises(StoreError, match=f"{file.name}"):
            restore(world.url, file)
    assert rows(world.url) == before


def test_a_damaged_or_missing_store_is_brought_back(world: World, tmp_path: Path) -> None:
    copy, before = tmp_path / "copy", rows(world.url)
    backup(world.url, copy)
    for damage in (b"damage" * 5000, None):
        for path in tmp_path.glob("store.sqlite*"):
            path.unlink()
        if damage:
            (tmp_path / "store.sqlite").write_bytes(damage)
        restore(world.url, copy)
        assert rows(world.url) == before


def test_a_copy_is_verified_before_it_is_brought_back(world: World, tmp_path: Path) -> None:
    copy, before = tmp_path / "copy.sqlite", rows(world.url)
    backup(world.url, copy)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(copy.read_bytes())
    with closing(sqlite3.connect(broken)) as connection:
        connection.execute('UPDATE sentences SET start = start + 1, "end" = "end" + 1 WHERE rowid = 3')
        connection.commit()
    world.write(c="CC came.")
    now = rows(world.url)
    with pytest.raises(StoreError, match="broken.sqlite is not whole, and nothing was changed: b: sentence 0 is not"):
        restore(world.url, broken)
    assert rows(world.url) == now
    steps: list[tuple[str, int, int, str]] = []
    restore(world.url, copy, lambda *step: steps.append(step))
    assert rows(world.url) == before
    assert steps[0] == ("verifying", 0, 7, "file") and steps[-1] == ("verifying", 7, 7, "")
    restore(world.url, broken, anyway=True)
    assert [line[:30] for line in verify(world.url)] == ["b: sentence 0 is not the text "]


def test_nothing_is_copied_where_there_is_nothing_or_somebody_writes(world: World, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        backup(f"sqlite:///{tmp_path}/gone.sqlite", tmp_path / "copy")
    backup(world.url, tmp_path / "copy")
    with open_writer(world.url), pytest.raises(StoreBusy):
        restore(world.url, tmp_path / "copy")


def test_a_store_that_is_whole_verifies(world: World) -> None:
    assert verify(world.url) == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE documents SET text = 'x' || text WHERE id = 'a'", "a: sentence 0 is not the text at 0 to 18"),
        ("UPDATE mentions SET start = start + 1 WHERE document = 'b'", "b: a mention in sentence 0 is not the text"),
        ("UPDATE facts SET sentence = 9 WHERE document = 'b'", "b: a fact stands in sentence 9, which is not there"),
        ("UPDATE mentions SET sentence = 9", "a: a mention stands in sentence 9"),
        ("DELETE FROM sentences WHERE document = 'a' AND \"index\" = 0", "a: sentence 0 is missing"),
        ("DELETE FROM entities WHERE id = 'aa'", "a: a mention names aa, which is no entity of the store"),
        ("DELETE FROM aliases WHERE entity = 'aa' AND position = 1", "the entity aa has not the names"),
        ("UPDATE joined SET entity = 'aa' WHERE own = 'bb'", "the entity bb is joined as ('aa', 'project'), not"),
        ("UPDATE sentences SET vector = x'00' WHERE document = 'b'", "b: the vector of sentence 0 has not 384 numbers"),
        ("DELETE FROM documents WHERE id = 'b'", "b: there are sentences of it, but no document"),
        ("UPDATE documents SET copy_of = 'z' WHERE id = 'b'", "b: it is told as a copy of z, which is no document"),
        ("DELETE FROM words_docsize WHERE id = 1", "a: sentence 0 is not in the full-text index"),
        ("DELETE FROM forms WHERE entity = 'bb'", "the entity bb lacks the form 'bb'"),
        ("UPDATE forms SET initials = 'b' WHERE entity = 'bb'", "the entity bb lacks the form 'bb'"),
        (
            "INSERT INTO forms (entity, form, kind, words, length) VALUES ('bb', 'port', 'name', 1, 4)",
            "the entity bb has a form that is none of its own: 'port'",
        ),
        (
            "INSERT INTO forms (entity, form, kind, words, length) VALUES ('cc', 'cc', 'name', 1, 2)",
            "the entity cc has a form that is none of its own: 'cc'",
        ),
        (
            "INSERT INTO forms (entity, form, kind, joined, initials, words, length) "
            "SELECT entity, form, kind, joined, initials, words, length FROM forms WHERE entity = 'bb'",
            "the entity bb has a form that is none of its own: 'bb'",
        ),
        (
            "DELETE FROM vocabulary WHERE word = 'signed'",
            "the word 'signed' is counted 0 times, and stands in the documents 2 times",
        ),
        (
            "UPDATE vocabulary SET count = 3 WHERE word = 'signed'",
            "the word 'signed' is counted 3 times, and stands in the documents 2 times",
        ),
        (
            "INSERT INTO vocabulary VALUES ('whale', 1)",
            "the word 'whale' is counted 1 times, and stands in the documents 0 times",
        ),
        ("DELETE FROM passages", "a: the signs that are kept are not those of its sentences' vectors"),
        ("UPDATE passages SET signs = zeroblob(length(signs))", "b: the signs that are kept are not those of its"),
        ("UPDATE passages SET together = x'00'", "a: the signs that are kept are not those of its"),
        ("UPDATE passages SET row = row + 9", "b: the signs that are kept are not those of its"),
        (
            "UPDATE sentences SET row = 99 WHERE document = 'a' AND \"index\" = 1",
            "a: the signs that are kept are not those",
        ),
        ("INSERT INTO passages VALUES (9, 'c', x'00', x'00')", "c: the signs that are kept are not those of its"),
    ],
)
def test_verify_tells_what_is_wrong(world: World, statement: str, problem: str) -> None:
    world.break_by(statement)
    assert any(line.startswith(problem) for line in verify(world.url)), verify(world.url)


def test_verify_sees_a_damaged_page(world: World, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'mentions'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert verify(world.url)[0].startswith("the file is damaged: ")


def test_verify_tells_each_damage_on_a_line_and_once(world: World, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        roots = "SELECT rootpage FROM sqlite_master WHERE name IN ('ix_facts_predicate', 'mentions_by_entity')"
        pages = [row[0] for row in connection.execute(roots)]
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size + 7)
            file.write(b"\x09")  # how many bytes of the page lie between what is in use
    problems = verify(world.url)
    assert len(problems) == 2
    for page in pages:  # in words of SQLite's
        assert sum(line.startswith("the file is damaged: ") and line.endswith(f" {page}") for line in problems) == 1
