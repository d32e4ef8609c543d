"""Ingesting makes the store hold exactly what is at the paths, and reads again only what changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from store_fakes import FakeExtractor, fake_tools

from rahdari.errors import NothingToIngest, StoreDamaged, StoreError
from rahdari.ingestion import Report, Tools, fingerprint, ingest, remove, told_before
from rahdari.reading import Metadata
from rahdari.store import Store, on_server, verify


class World:
    """A folder of documents, a store, and an extractor that tells what it read."""

    def __init__(self, folder: Path, url: str) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.url = url
        self.extractor = FakeExtractor()
        self.loaded = 0

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.documents / f"{name}.txt").write_text(text)

    def load(self) -> Tools:
        self.loaded += 1
        return fake_tools(self.extractor)

    def ingest(self, *paths: Path, **more: Any) -> Report:
        self.extractor.read.clear()
        seen = self.documents.parent / "home" / "store.seen"
        return ingest(paths or (self.documents,), self.url, self.load, seen=seen, **more)


@pytest.fixture
def world(tmp_path: Path, anywhere: str) -> World:
    world = World(tmp_path, anywhere)
    world.write(a="The AA was signed. It is long.", b="BB is short.")
    return world


def test_the_first_ingest_reads_everything(world: World) -> None:
    report = world.ingest()
    assert (report.new, report.changed, report.unchanged, report.removed) == (("a", "b"), (), (), ())
    assert report.built
    store = Store.open(world.url)
    assert store.version == report.version
    assert [sentence.text for sentence in store.sentences("a")] == ["The AA was signed.", "It is long."]
    assert [fact.predicate for fact in store.facts(entity="aa")] == ["sign"]


def test_the_second_does_nothing_and_loads_no_model(world: World) -> None:
    first = world.ingest()
    before = Store.open(world.url)
    second = world.ingest()
    assert (second.built, second.unchanged, second.version) == (False, ("a", "b"), first.version)
    assert world.loaded == 1
    assert not before.refresh()


def test_only_what_is_new_or_changed_is_read_again(world: World) -> None:
    world.ingest()
    world.write(b="BB is longer now.", c="CC came.")
    report = world.ingest()
    assert (report.new, report.changed, report.unchanged) == (("c",), ("b",), ("a",))
    assert world.extractor.read == ["b", "c"]
    store = Store.open(world.url)
    assert [sentence.text for sentence in store.sentences()] == [
        "The AA was signed.",
        "It is long.",
        "BB is longer now.",
        "CC came.",
    ]
    assert [entity.id for entity in store.entities()] == ["aa", "bb", "cc"]


def test_a_store_that_grew_is_the_same_as_one_built_at_once(
    world: World, tmp_path: Path
) -> None:  # whatever database it grew in
    world.ingest()
    world.write(c="CC came.")
    world.ingest()
    grown = Store.open(world.url)
    world.url = f"sqlite:///{tmp_path}/fresh.sqlite"
    world.ingest()
    fresh = Store.open(world.url)
    for part in ("documents", "sentences", "entities", "mentions", "facts"):
        assert getattr(grown, part)() == getattr(fresh, part)()
    assert grown.version == fresh.version
    assert (grown.vectors()[1] == fresh.vectors()[1]).all()


def test_what_is_gone_is_removed(world: World) -> None:
    world.ingest()
    (world.documents / "a.txt").unlink()
    report = world.ingest()
    assert report.removed == ("a",)
    assert [document.id for document in Store.open(world.url).documents()] == ["b"]


def test_the_store_holds_exactly_the_paths_that_are_named(world: World) -> None:
    world.ingest()
    assert world.ingest(world.documents / "b.txt").removed == ("a",)


def test_a_document_that_is_not_understood_is_left_out_with_its_reason(world: World) -> None:
    world.write(c="This is unreadable.")
    report = world.ingest()
    assert report.new == ("a", "b")
    assert [(str(entry.path), entry.reason) for entry in report.left_out] == [
        ("c", "c was not understood: ValueError('no sense in it')")
    ]
    world.write(c="This is readable again.".replace("unreadable", ""))
    assert world.ingest().new == ("c",)


def test_a_file_that_cannot_be_read_is_left_out_even_when_nothing_else_is_new(world: World) -> None:
    world.ingest()
    (world.documents / "c.odt").write_text("x")
    report = world.ingest()
    assert not report.built
    assert ".odt" in report.left_out[0].reason


def test_where_nothing_can_be_read_the_old_store_stands(world: World, tmp_path: Path) -> None:
    world.ingest()
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="nothing to ingest: the paths hold no files"):
        world.ingest(tmp_path / "empty")
    assert len(Store.open(world.url).documents()) == 2


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_path_that_is_not_there_ends_the_run_before_anything_changes(
    world: World, tmp_path: Path, dry_run: bool
) -> None:
    world.ingest()
    (tmp_path / "link").symlink_to("nowhere")
    world.write(c="CC came.")
    for path in (tmp_path / "gone", tmp_path / "link"):
        with pytest.raises(StoreError, match=f"there is no {path}; check the path"):
            ingest([world.documents / "b.txt", path], world.url, world.load, dry_run=dry_run)
    assert [document.id for document in Store.open(world.url).documents()] == ["a", "b"]


def test_another_code_reads_everything_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = world.ingest()
    monkeypatch.setattr(fingerprint, "code_fingerprint", lambda: "another")
    report = world.ingest()
    assert report.built
    assert report.unchanged == ("a", "b")
    assert report.version != first.version
    assert world.extractor.read == ["a", "b"]


def test_the_code_fingerprint_sees_a_change_of_knowledge(tmp_path: Path) -> None:
    for folder in ("knowledge", "encoding", "extraction", "ingestion"):
        (tmp_path / folder).mkdir()
    for name in ("records.py", "ingestion/context.py", "knowledge/units.txt"):
        (tmp_path / name).write_text("one")
    before = fingerprint.code_fingerprint(tmp_path)
    assert fingerprint.code_fingerprint(tmp_path) == before
    (tmp_path / "knowledge/units.txt").write_text("two")
    assert fingerprint.code_fingerprint(tmp_path) != before


def test_who_chose_the_documents_is_noted(world: World) -> None:
    world.ingest(origin="settings")
    assert Store.open(world.url).meta["origin"] == "settings"
    assert world.ingest().built
    assert Store.open(world.url).meta["origin"] == "paths"


def test_a_damaged_store_is_built_anew(world: World, tmp_path: Path) -> None:
    world.url = f"sqlite:///{tmp_path}/store.sqlite"
    world.ingest()
    (tmp_path / "store.sqlite").write_bytes(b"damage" * 1000)
    report = world.ingest()
    assert report.new == ("a", "b")
    assert [note.text[:35] for note in report.notes] == ["it was damaged and is made anew: ea"]
    assert world.ingest().notes == ()


def test_a_store_that_cannot_be_written_now_is_not_taken_for_a_damaged_one(world: World, tmp_path: Path) -> None:
    world.url = f"sqlite:///{tmp_path}/store.sqlite"
    world.ingest()
    remove(world.url, ["a"])
    before = (tmp_path / "store.sqlite").read_bytes()
    world.write(b="BB is longer.")
    (tmp_path / "store.sqlite-wal").mkdir()  # which SQLite cannot open, as where too many files are open
    with pytest.raises(StoreError, match="cannot be written to .*store.sqlite: ") as told:
        world.ingest()
    assert not isinstance(told.value, StoreDamaged)
    assert (tmp_path / "store.sqlite").read_bytes() == before
    (tmp_path / "store.sqlite-wal").rmdir()
    assert world.ingest().withheld == ("a",)


def test_a_store_that_was_taken_away_under_its_readers_is_made_anew(world: World, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    world.url = f"sqlite:///{path}"
    world.ingest()
    read = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN'); c.execute('SELECT * FROM meta')"
    command = [sys.executable, "-c", f"{read}.fetchone(); print(flush=True); input()", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        world.write(b="BB is longer.")
        world.ingest()  # which leaves what it wrote in the log, for the reader's sake
        path.unlink()
        report = world.ingest()
        reader.communicate(b"\n")
    assert (report.new, report.notes) == (("a", "b"), ())
    assert verify(world.url) == []


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_ingest_that_has_nothing_to_do_sees_that_the_store_is_damaged(
    world: World, tmp_path: Path, dry_run: bool
) -> None:
    path = tmp_path / "store.sqlite"
    world.url = f"sqlite:///{path}"
    world.ingest()
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'mentions'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    damaged = path.read_bytes()
    with pytest.raises(StoreDamaged, match="damaged, .* bring a copy back with `rahdari restore`, or, .* remove it"):
        world.ingest(dry_run=dry_run)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("what", ["letters", "a database"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_what_is_somebody_elses_is_never_made_a_store(world: World, tmp_path: Path, what: str, dry_run: bool) -> None:
    path = tmp_path / "notes"
    if what == "letters":
        path.write_bytes(b"somebody's letters" * 50)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE people (name TEXT)")
    before = path.read_bytes()
    world.url = f"sqlite:///{path}"
    with pytest.raises(StoreError, match="no store.* name another file in RAHDARI_DATABASE_URL"):
        world.ingest(dry_run=dry_run)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.glob("notes*")] == ["notes"]


def test_progress_is_told_for_each_document(world: World) -> None:
    seen: list[tuple[str, int, int, str]] = []
    ingest([world.documents], world.url, world.load, lambda *now: seen.append(now))
    assert seen == [
        ("reading files", 0, 2, "a.txt"),
        ("reading files", 1, 2, "b.txt"),
        ("understanding", 0, 2, "a"),
        ("understanding", 1, 2, "b"),
        ("understanding", 2, 2, ""),
        *([("taking in", 0, 2, "a"), ("taking in", 1, 2, "b")] if on_server(world.url) else []),
        ("publishing", 0, 3, "names"),
        ("publishing", 1, 3, "repeated texts"),
        ("publishing", 2, 3, "indexes"),
        ("publishing", 3, 3, ""),
    ]


def test_what_is_told_of_all_documents_wins_over_what_they_and_tables_say(world: World) -> None:
    world.write(a="---\ntitle: Alpha\npublisher: Press\n---\nThe AA was signed.")
    (world.documents / "sources.tsv").write_text("file\tpublisher\tlanguage\nb.txt\tGazette\tfr\n")
    told = Metadata(publisher="Ministry", published="2020-05")
    report = world.ingest(told=told)
    store = Store.open(world.url)
    assert [(one.title, one.publisher, one.published, one.language) for one in store.documents()] == [
        ("Alpha", "Ministry", "2020-05", None),
        (None, "Ministry", "2020-05", "fr"),
    ]
    assert told_before(store.meta) == told
    assert not world.ingest(told=told).built
    again = world.ingest()
    assert (report.new, again.changed) == (("a", "b"), ("a", "b"))
    assert [one.publisher for one in Store.open(world.url).documents()] == ["Press", "Gazette"]


def test_a_title_or_an_address_is_told_of_one_document_only(world: World) -> None:
    for told in (Metadata(title="Alpha"), Metadata(source="https://example.org/alpha")):
        with pytest.raises(StoreError, match="of one document, but there are 2 at the paths"):
            world.ingest(told=told)
    world.ingest(world.documents / "a.txt", told=Metadata(title="Alpha"))
    assert [one.title for one in Store.open(world.url).documents()] == ["Alpha"]


def test_all_leaves_with_a_folder_that_is_empty_only_where_that_is_allowed(world: World, tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "c.txt").write_text("CC came.")
    paths = (world.documents, tmp_path / "others")
    world.ingest(*paths)
    for path in world.documents.iterdir():
        path.unlink()
    for _ in range(2):
        with pytest.raises(NothingToIngest, match=r"documents holds no document, and the store has some of it"):
            world.ingest(*paths)
        (world.documents / "not-mounted.dat").touch()  # what is no document is none then
    (world.documents / "not-mounted.dat").unlink()
    assert world.ingest(*paths, allow_empty=True).removed == ("a", "b")
    (tmp_path / "others" / "c.txt").unlink()
    assert world.ingest(*paths, allow_empty=True).removed == ("c",)
    store = Store.open(world.url)
    assert (store.documents(), store.facts(), store.sentence_count, verify(world.url)) == ((), (), 0, [])
    assert not world.ingest(*paths).built
    world.write(d="DD came.")
    assert world.ingest(*paths).new == ("d",)


@pytest.mark.parametrize(("empty", "reason"), [(True, "holds no document, and the store has"), (False, "there is no ")])
def test_nothing_leaves_where_the_folder_goes_while_it_is_read(world: World, empty: bool, reason: str) -> None:
    world.ingest()

    def unmounted(step: str, number: int, *_: object) -> None:
        if (step, number) == ("reading files", 1):  # when one of both is read
            world.documents.rename(world.documents.parent / "gone")
            if empty:
                world.documents.mkdir()

    with pytest.raises(StoreError, match=reason):
        world.ingest(progress=unmounted)
    assert [document.id for document in Store.open(world.url).documents()] == ["a", "b"]


def dated(day: str, text: str, path: str = "/minutes") -> str:
    return f"---\npublished: {day}\nsource: https://example.org{path}\n---\n{text}\n"


def test_of_two_documents_from_one_address_the_later_stands(world: World) -> None:
    world.write(old=dated("2024-05-01", "AA is planned."))
    world.ingest()
    world.write(new=dated("2024-06-01", "AA was signed."))
    report = world.ingest()
    assert report.superseded == (("old", "new"),)
    assert report.removed == ("old",)
    store = Store.open(world.url)
    assert [document.id for document in store.documents()] == ["a", "b", "new"]
    assert [(one.document, one.end) for one in store.versions("new")] == [("old", "superseded"), ("new", None)]
    assert not world.ingest().built
    (world.documents / "new.txt").unlink()
    assert world.ingest().new == ("old",)


def test_where_a_later_version_is_not_understood_the_earlier_stands(world: World) -> None:
    world.write(
        old=dated("2024-05-01", "AA is planned."), new=dated("2024-06-01", "This is unreadable."),
        newer=dated("2024-07-01", "This is unreadable."), c="This is unreadable.",
    )  # fmt: skip
    for new, unchanged in ((("a", "b", "old"), ()), ((), ("a", "b", "old"))):
        report = world.ingest()
        assert (report.new, report.unchanged, report.superseded) == (new, unchanged, ())
        assert sorted(str(entry.path) for entry in report.left_out) == ["c", "new", "newer"]
        assert [document.id for document in Store.open(world.url).documents()] == ["a", "b", "old"]
    world.write(newer=dated("2024-07-01", "AA was signed."))
    assert world.ingest().superseded == (("new", "newer"), ("old", "newer"))
    assert [document.id for document in Store.open(world.url).documents()] == ["a", "b", "newer"]


def versions(world: World, id: str) -> list[tuple[str, str | None]]:
    return [(one.document, one.end) for one in Store.open(world.url).versions(id)]


def test_a_version_that_was_superseded_when_it_was_first_seen_is_noted_once(world: World) -> None:
    world.write(old=dated("2024-05-01", "AA is planned."), new=dated("2024-06-01", "AA was signed."))
    for _ in range(2):
        assert world.ingest().superseded == (("old", "new"),)
        assert versions(world, "old") == versions(world, "new") == [("old", "superseded"), ("new", None)]
    world.write(older=dated("2024-04-01", "AA is thought of."), c="CC came.")
    world.ingest()
    after = [("old", "superseded"), ("new", None), ("older", "superseded")]
    assert versions(world, "older") == after
    world.write(oldest=dated("2024-03-01", "AA is new."))  # nothing else changes
    assert not world.ingest().built
    assert versions(world, "new") == [*after, ("oldest", "superseded")]
    assert not world.ingest().built
    assert versions(world, "new") == [*after, ("oldest", "superseded")]
    assert [document.id for document in Store.open(world.url).documents()] == ["a", "b", "c", "new"]


def test_where_dates_do_not_tell_which_is_later_both_stand(world: World) -> None:
    world.write(
        one=dated("2024-05", "AA is planned."), two=dated("2024-05-07", "AA was signed."),
        three=dated("2024-05-07", "AA was opened."),
        home=dated("2023-05-07", "AA came.", "/"), home2=dated("2024-05-07", "AA went.", "/"),
    )  # fmt: skip
    report = world.ingest()
    assert report.superseded == ()
    assert len(report.new) == 7
