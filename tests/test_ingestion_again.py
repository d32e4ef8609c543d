"""An ingest reads only what looks otherwise than in the last one, and misses nothing that changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_fakes import fake_tools

from rahdari.ingestion import Report, ingest
from rahdari.reading import files, formats
from rahdari.store import Store, on_server, store_file

PAST = time.time() - 1000


class Folder:
    """A folder of documents whose files all changed long ago, and the names of those that are read."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self.url, self.seen = path / "documents", url, path / "home" / "store.seen"
        self.path.mkdir()
        self.read: list[str] = []

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text)
        os.utime(self.path / name, (PAST, PAST))

    def ingest(self) -> Report:
        self.read.clear()
        return ingest([self.path], self.url, fake_tools, seen=self.seen)


@pytest.fixture
def folder(tmp_path: Path, anywhere: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    folder = Folder(tmp_path, anywhere)
    real = files._Pass.document

    def document(self: files._Pass, path: Path, file: object) -> object:
        folder.read.append(path.name)
        return real(self, path, file)  # type: ignore[arg-type]

    monkeypatch.setattr(files._Pass, "document", document)
    monkeypatch.setattr("rahdari.reading.remembering._REST_NS", -1)  # nothing has to come to rest
    for name in "abc":
        folder.write(f"{name}.txt", f"The {name.upper() * 2} was signed.")
    folder.ingest()
    assert folder.read == ["a.txt", "b.txt", "c.txt"]
    return folder


def test_what_looks_as_before_is_not_read_again(folder: Folder) -> None:
    report = folder.ingest()
    assert (folder.read, report.built, report.unchanged) == ([], False, ("a", "b", "c"))


def test_a_change_that_keeps_size_and_time_is_seen(folder: Folder) -> None:
    folder.write("b.txt", "The BX was signed.")
    report = folder.ingest()
    assert (folder.read, report.changed) == (["b.txt"], ("b",))
    assert folder.ingest().built is False
    assert folder.read == []


def test_a_table_that_changed_beside_the_files_counts(folder: Folder) -> None:
    folder.write("sources.tsv", "file\tpublisher\na.txt\tGazette\n")
    report = folder.ingest()
    assert (folder.read, report.changed) == (["a.txt"], ("a",))
    document = Store.open(folder.url).document("a")
    assert document is not None
    assert document.publisher == "Gazette"
    (folder.path / "sources.tsv").unlink()
    assert folder.ingest().changed == ("a",)


def test_another_reader_reads_all_of_its_files_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    old = formats.READERS[".txt"]
    monkeypatch.setitem(formats.READERS, ".txt", formats.Reader("text", 2, old.read, confined=False))
    folder.ingest()
    assert folder.read == ["a.txt", "b.txt", "c.txt"]


def test_what_the_store_does_not_hold_is_read_whatever_is_remembered(
    folder: Folder, request: pytest.FixtureRequest
) -> None:
    seen = folder.seen if on_server(folder.url) else store_file(folder.url).with_name("store.sqlite.seen")
    folder.url = folder.url.replace("store.sqlite", "other.sqlite")
    if on_server(folder.url):
        folder.url = str(request.getfixturevalue("postgres").new())
    else:
        seen = seen.rename(seen.with_name("other.sqlite.seen"))
    assert folder.ingest().new == ("a", "b", "c")
    seen.write_text('{"damaged": [1]')
    assert folder.ingest().unchanged == ("a", "b", "c")
    assert folder.read == ["a.txt", "b.txt", "c.txt"]


def test_new_and_removed_and_renamed_files_are_seen(folder: Folder) -> None:
    (folder.path / "a.txt").rename(folder.path / "d.txt")
    (folder.path / "c.txt").unlink()
    report = folder.ingest()
    assert (folder.read, report.new, report.removed, report.unchanged) == (["d.txt"], ("d",), ("a", "c"), ("b",))


def test_other_code_extracts_all_from_the_texts_in_the_store(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.ingestion.fingerprint.code_fingerprint", lambda: "another")
    report = folder.ingest()
    assert (folder.read, report.built) == ([], True)
    assert [sentence.text for sentence in Store.open(folder.url).sentences("a")] == ["The AA was signed."]


def test_a_file_that_has_just_changed_is_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.reading.remembering._REST_NS", 10**12)
    folder.write("b.txt", "The BX was signed.")
    folder.ingest()
    folder.ingest()
    assert folder.read == ["b.txt"]


def test_a_document_keeps_what_it_is_called_when_another_file_of_that_name_comes(folder: Folder) -> None:
    for name in ("2023", "2022"):
        (folder.path / name).mkdir()
    folder.write("2023/report.txt", "The DD was signed.")
    assert folder.ingest().new == ("report",)
    folder.write("2022/report.txt", "The EE was signed.")  # which comes before it
    report = folder.ingest()
    assert (report.new, report.changed, report.removed) == (("2022-report",), (), ())
    assert Store.open(folder.url).document("report").text == "The DD was signed."  # type: ignore[union-attr]
    folder.write("2023/report.txt", "The DD was not signed.")
    report = folder.ingest()
    assert (report.new, report.changed, report.removed) == ((), ("report",), ())
    (folder.path / "2023" / "report.txt").unlink()
    report = folder.ingest()
    assert (report.new, report.changed, report.removed) == ((), (), ("report",))
