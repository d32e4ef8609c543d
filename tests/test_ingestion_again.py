"""An ingest reads only what looks otherwise than in the last one, and misses nothing that changed."""

from __future__ import annotations

import json
import os
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from store_fakes import fake_tools

from rahdari.ingestion import Report, ingest
from rahdari.reading import Metadata, Readings, confined, files, formats
from rahdari.records import Document
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
    real = files._Pass.made

    def made(self: files._Pass, path: Path, file: object) -> object:
        folder.read.append(path.name)
        return real(self, path, file)  # type: ignore[arg-type]

    monkeypatch.setattr(files._Pass, "made", made)
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


@pytest.mark.parametrize(
    ("how", "begins"),
    [
        ("in doubt", "sources.tsv is not UTF-8"),
        ("no columns", "sources.tsv has the columns 'datei', 'verlag'"),
        ("not to be opened", "sources.tsv cannot be opened"),
    ],
)
def test_what_a_table_said_holds_while_it_cannot_be_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, how: str, begins: str
) -> None:
    table = folder.path / "sources.tsv"
    folder.write("sources.tsv", "file\tpublisher\na.txt\tGazette\nb.txt\tPress\n")
    folder.ingest()
    with monkeypatch.context() as patch:
        if how == "in doubt":
            table.write_bytes("file\tpublisher\na.txt\tГазета\n".encode("cp1251"))
        elif how == "no columns":
            table.write_text("datei\tverlag\na.txt\tPress\n", encoding="utf-8")
        else:
            real = os.open

            def closed(path: str | Path, flags: int, *more: int, **others: int) -> int:
                if Path(path) == table:
                    raise PermissionError(13, "Permission denied")
                return real(path, flags, *more, **others)

            patch.setattr(os, "open", closed)
        report = folder.ingest()
        assert (folder.read, report.changed) == ([], ())
        folder.write("b.txt", "The BX was signed.")
        for changed in (("b",), ()):
            report = folder.ingest()
            assert report.changed == changed
            [(name, reason)] = told(report)
            assert name == "sources.tsv"
            assert reason.startswith(begins)
            assert reason.endswith("; what it said in the last run holds")
        assert [document.publisher for document in Store.open(folder.url).documents()] == ["Gazette", "Press", None]
    folder.write("sources.tsv", "file\tpublisher\na.txt\tGazette\n")
    report = folder.ingest()
    assert (report.changed, report.left_out) == (("b",), ())
    table.unlink()
    assert folder.ingest().changed == ("a",)


def test_what_a_row_said_holds_though_the_row_and_then_the_table_are_spoilt(folder: Folder) -> None:
    for table in ("file\tpublisher\tpublished\na.txt\tGazette\t2020\n", "file\tpublished\na.txt\tsoon\n", "datei\n"):
        folder.write("sources.tsv", table)
        report = folder.ingest()
        assert report.changed == (("a",) if "Gazette" in table else ())
    document = next(document for document in Store.open(folder.url).documents() if document.id == "a")
    assert (document.publisher, document.published) == ("Gazette", "2020")


def test_another_reader_reads_all_of_its_files_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    old = formats.READERS[".txt"]
    monkeypatch.setitem(formats.READERS, ".txt", formats.Reader("text", 99, old.read, confined=False))
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


def ids(folder: Folder) -> list[str]:
    return [document.id for document in Store.open(folder.url).documents()]


def told(report: Report) -> list[tuple[str, str]]:
    return [(entry.path.name, entry.reason) for entry in report.left_out]


STAYS = "; what the store has of it stays"


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Paths that may not be opened or listed; whoever runs the tests may be allowed to do everything."""
    shut: set[Path] = set()

    def unless_shut(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any) -> Any:
            if not isinstance(path, int) and Path(path) in shut:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *more)

        return call

    monkeypatch.setattr(os, "open", unless_shut(os.open))
    monkeypatch.setattr(os, "scandir", unless_shut(os.scandir))
    return shut


@pytest.mark.parametrize("rest", [-1, 10**12])  # files that have come to rest, and files that have not
def test_a_file_that_cannot_be_read_now_is_not_gone(
    folder: Folder, shut: set[Path], monkeypatch: pytest.MonkeyPatch, rest: int
) -> None:
    monkeypatch.setattr("rahdari.reading.remembering._REST_NS", rest)
    folder.write("b.txt", "The BX was signed.")
    folder.ingest()
    folder.write("b.txt", "")  # a copy has just begun
    os.utime(folder.path / "a.txt", (PAST - 1, PAST - 1))
    shut.add(folder.path / "a.txt")
    for _ in range(2):  # in the run after it as well
        dry = ingest([folder.path], folder.url, fake_tools, seen=folder.seen, dry_run=True)
        report = folder.ingest()
        assert (report.removed, report.unchanged) == ((), ("a", "b", "c"))
        assert told(report) == [
            ("a.txt", f"a.txt cannot be opened: Permission denied{STAYS}"),
            ("b.txt", f"b.txt is empty; fill it or remove it{STAYS}"),
        ]
        assert (dry.left_out, dry.unchanged) == (report.left_out, report.unchanged)
    assert [sentence.text for sentence in Store.open(folder.url).sentences("b")] == ["The BX was signed."]
    (folder.path / "a.txt").unlink()
    shut.clear()
    folder.write("b.txt", "The BY was signed.")
    report = folder.ingest()
    assert (report.removed, report.changed, report.left_out) == (("a",), ("b",), ())


def test_a_folder_that_cannot_be_listed_is_told_and_not_gone(folder: Folder, shut: set[Path]) -> None:
    (folder.path / "sub" / "deeper").mkdir(parents=True)
    folder.write("sub/deeper/d.txt", "The DD was signed.")
    folder.write("sub-side.txt", "The EE was signed.")
    folder.ingest()
    (folder.path / "sub-side.txt").unlink()
    shut.add(folder.path / "sub")
    for _ in range(2):
        report = folder.ingest()
        assert told(report) == [("sub", f"the folder sub cannot be listed: Permission denied{STAYS}")]
        assert ids(folder) == ["a", "b", "c", "d"]
    shut.clear()
    assert folder.ingest().built is False
    (folder.path / "sub" / "deeper" / "d.txt").unlink()
    (folder.path / "sub" / "deeper").rmdir()
    assert folder.ingest().removed == ("d",)


def pack(path: Path, **parts: str | bytes) -> Path:
    """An archive whose files are named as the arguments, `_` for the dot before the ending."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("_", "."), content)
    return path


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the archives and messages that are opened."""
    unpacked: list[str] = []
    real = confined.Confined.unpack

    def unpack(self: confined.Confined, descriptor: int, name: str, depth: int) -> object:
        unpacked.append(name)
        return real(self, descriptor, name, depth)

    monkeypatch.setattr(confined.Confined, "unpack", unpack)
    return unpacked


def test_an_archive_that_looks_as_before_is_not_unpacked_and_one_that_changed_only_read_where_it_did(
    folder: Folder, unpacked: list[str], tmp_path: Path
) -> None:
    inner = pack(tmp_path / "inner.zip", e_txt="The EE was signed.", h_txt="The HH was signed.").read_bytes()
    table = "file\tpublisher\nd.txt\tGazette\n"
    more = folder.path / "more.zip"
    pack(more, d_txt="The DD was signed.", f_txt="The FF was signed.", inner_zip=inner, sources_tsv=table)
    mail = "From: a@example.org\nSubject: Minutes\nMIME-Version: 1.0\n" + (
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nThe GG was signed.\n--x\n"
        "Content-Disposition: attachment; filename=i.txt\n\nThe II was signed.\n--x--\n"
    )
    folder.write("g.eml", mail)
    assert folder.ingest().new == ("d", "e", "f", "g", "h", "i")
    for _ in range(2):
        unpacked.clear()
        report = folder.ingest()
        assert (folder.read, unpacked, report.built, len(report.unchanged)) == ([], [], False, 9)
    inner = pack(tmp_path / "inner.zip", e_txt="The EX was signed.", h_txt="The HH was signed.").read_bytes()
    pack(more, d_txt="The DD was signed.", f_txt="The FF was signed.", inner_zip=inner, sources_tsv=table)
    report = folder.ingest()
    assert (folder.read, unpacked, report.changed) == (["e.txt"], ["more.zip", "inner.zip"], ("e",))
    table = "file\tpublisher\nf.txt\tGazette\n"
    pack(more, d_txt="The DD was signed.", f_txt="The FF was signed.", inner_zip=inner, sources_tsv=table)
    report = folder.ingest()
    assert (folder.read, report.changed) == (["d.txt", "f.txt"], ("d", "f"))
    pack(more, f_txt="The FF was signed.", inner_zip=inner, sources_tsv=table)
    report = folder.ingest()
    assert (folder.read, report.removed, report.changed) == ([], ("d",), ())
    folder.write("sources.tsv", "file\tpublisher\ng.eml\tGazette\n")
    unpacked.clear()
    report = folder.ingest()
    assert (folder.read, unpacked, report.changed) == (["g.eml"], ["g.eml"], ("g",))
    more.unlink()
    assert folder.ingest().removed == ("e", "f", "h")


def test_what_is_told_of_an_archive_is_told_in_each_run_and_what_was_read_of_it_is_not_read_again(
    folder: Folder, unpacked: list[str]
) -> None:
    pack(folder.path / "one.zip", d_txt="The DD was signed.", e_txt="", f_odt="x")
    pack(folder.path / "two.zip", g_txt="The GG was signed.", sources_tsv="file\tcolour\n")
    first = folder.ingest()
    assert [name for name, _ in told(first)] == ["e.txt", "f.odt", "sources.tsv"]
    for _ in range(2):
        unpacked.clear()
        assert folder.ingest().left_out == first.left_out
        assert unpacked == ["one.zip", "two.zip"]
        assert not {"d.txt", "g.txt"} & set(folder.read)


def test_another_reader_reads_parts_of_archives_again(
    folder: Folder, unpacked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(folder.path / "more.zip", d_txt="The DD was signed.", e_html="<p>The EE was signed.</p>")
    folder.ingest()
    old = formats.READERS[".html"]
    monkeypatch.setitem(formats.READERS, ".html", formats.Reader("html", 99, old.read, old.libraries, False))
    for read in (["e.html"], []):
        unpacked.clear()
        folder.ingest()
        assert (folder.read, unpacked) == (read, ["more.zip"] if read else [])


def test_a_part_of_an_archive_is_read_again_where_another_try_may_make_more_of_it(
    folder: Folder, unpacked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(folder.path / "more.zip", d_txt="The DD was signed.", e_txt="The EE was signed.")
    with monkeypatch.context() as patch:
        whole = files._Pass.made

        def made(self: files._Pass, path: Path, file: BinaryIO) -> Any:
            return whole(self, path, file)._replace(lasting=path.name != "d.txt")

        patch.setattr(files._Pass, "made", made)
        folder.ingest()
    for read in (["d.txt"], []):
        unpacked.clear()
        folder.ingest()
        assert (folder.read, unpacked) == (read, ["more.zip"] if read else [])


def test_what_a_link_led_to_is_kept_where_it_is_named_as_well(folder: Folder) -> None:
    link, later = folder.path.with_name("link"), folder.path.with_name("later")
    link.symlink_to(folder.path)
    ingest([link], folder.url, fake_tools, seen=folder.seen)
    later.mkdir()
    folder.write(str(later / "d.txt"), "The DD was signed.")
    folder.write("a.txt", "")  # a copy has just begun
    link.unlink()
    link.symlink_to(later)
    report = ingest([link, folder.path], folder.url, fake_tools, seen=folder.seen)
    assert (report.new, report.unchanged, report.removed) == (("d",), ("a", "b", "c"), ())


def test_a_folder_whose_name_is_no_utf_8_costs_nothing(folder: Folder) -> None:
    old = folder.path / os.fsdecode(b"caf\xe9")
    old.mkdir()
    for name in ("a.txt", "d.html"):
        folder.write(str(old / name), "<p>The DD was signed.</p>")
    report = folder.ingest()
    assert (report.new, report.unchanged, report.left_out) == (("caf?-a", "d"), ("a", "b", "c"), ())
    assert folder.ingest().built is False
    assert folder.read == []


def test_files_of_one_name_in_a_message_are_all_kept(folder: Folder, unpacked: list[str]) -> None:
    def write(*texts: str) -> None:
        head = "--x\nContent-Disposition: attachment; filename={}\n\n{}\n"
        parts = "".join(head.format("i.txt", text) for text in texts) + head.format("i-2.txt", "The LL was signed.")
        folder.write(
            "g.eml",
            f"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n",
        )

    write("The II was signed.", "The JJ was signed.", "The KK was signed.")
    assert folder.ingest().new == ("i", "i-2", "i-3", "i-4")
    for _ in range(2):
        unpacked.clear()
        report = folder.ingest()
        assert (unpacked, report.removed, len(report.unchanged)) == ([], (), 7)
    write("The II was signed.", "The JX was signed.", "The KK was signed.")
    report = folder.ingest()
    assert (folder.read, report.changed, report.removed) == (["g.eml", "i-3.txt"], ("i-3",), ())


def test_options_that_tell_of_all_documents_tell_of_parts_of_archives(folder: Folder) -> None:
    pack(folder.path / "more.zip", d_txt="The DD was signed.")
    folder.ingest()
    told = Metadata(publisher="Gazette")
    report = ingest([folder.path], folder.url, fake_tools, seen=folder.seen, told=told)
    assert report.changed == ("a", "b", "c", "d")
    assert folder.ingest().changed == ("a", "b", "c", "d")


def test_parts_of_archives_keep_what_they_are_called(folder: Folder) -> None:
    later = pack(folder.path / "y.zip", report_txt="The DD was signed.")
    assert folder.ingest().new == ("report",)
    pack(folder.path / "x.zip", report_txt="The EE was signed.")  # which comes before it
    report = folder.ingest()
    assert (report.new, report.changed) == (("x-report",), ())
    pack(later, report_txt="The DD was not signed.")
    report = folder.ingest()
    assert (report.new, report.changed, report.removed) == ((), ("report",), ())


def killed_at(folder: Folder, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ingest by a process of its own, which is killed when it is about to read a file of this name."""
    child = os.fork()
    if not child:
        real = files._Pass.made

        def made(self: files._Pass, path: Path, file: BinaryIO) -> object:
            if path.name == name:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(self, path, file)

        monkeypatch.setattr(files._Pass, "made", made)
        folder.ingest()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


def test_what_was_read_before_a_kill_is_not_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = folder.seen if on_server(folder.url) else store_file(folder.url).with_name("store.sqlite.seen")
    kept = kept.with_suffix(".reading")
    for name in "def":
        folder.write(f"{name}.html", f"<p>The {name.upper() * 2} was signed.</p>")
    parts = {f"{name}_html": f"<p>The {name.upper() * 2} was signed.</p>" for name in "ghi"}
    pack(folder.path / "more.zip", **parts)
    killed_at(folder, "e.html", monkeypatch)
    killed_at(folder, "h.html", monkeypatch)
    before = kept.read_bytes()
    assert len(ingest([folder.path], folder.url, fake_tools, seen=folder.seen, dry_run=True).new) == 6
    assert kept.read_bytes() == before
    folder.write("d.html", "<p>The DX was signed.</p>")
    assert len(folder.ingest().new) == 6
    assert folder.read == ["d.html", "h.html", "i.html"]
    assert Store.open(folder.url).document("d").text == "The DX was signed."  # type: ignore[union-attr]
    assert not kept.exists()
    assert folder.ingest().built is False


def test_readings_that_cannot_be_kept_or_are_damaged_cost_nothing_else(tmp_path: Path) -> None:
    document = Document("a", "The AA was signed.", sha256="x", reader="text 2")
    damaged = tmp_path / "damaged"
    damaged.write_text("no database" * 100)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for path in (damaged, tmp_path / "folder", tmp_path / "file" / "below", None):
        readings = Readings(path)
        readings.put("/a", "1", document, None, "")
        assert readings.get("/a", "1") is None
        readings.discard()
    assert (tmp_path / "folder").is_dir()
    for _ in range(2):
        readings = Readings(tmp_path / "new" / "store.reading")
        readings.put("/a", "1", document, "tesseract 5", "a note")
        assert readings.get("/a", "1") == (document, "tesseract 5", "a note")
        assert readings.get("/a", "2") is readings.get("/b", "1") is None
    readings.discard()
    assert list((tmp_path / "new").iterdir()) == []


def test_no_more_is_kept_of_readings_than_their_file_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.reading.readings._MOST_PAGES", 40)
    readings = Readings(tmp_path / "store.reading")
    for number in range(100):
        text = os.urandom(4000).hex()
        readings.put(f"/{number}", "1", Document("a", text, sha256="x", reader="pdf 2"), None, "")
    kept = [number for number in range(100) if readings.get(f"/{number}", "1")]
    assert 0 < len(kept) < 100
    assert (tmp_path / "store.reading").stat().st_size <= 40 * 4096


def test_an_archive_whose_documents_the_store_does_not_have_is_read(folder: Folder, unpacked: list[str]) -> None:
    pack(folder.path / "more.zip", d_txt="The DD was signed.", e_txt="The EE was signed.")
    folder.ingest()
    ingest([folder.path / "a.txt"], folder.url, fake_tools)  # it notes nothing where the store is on a server
    unpacked.clear()
    assert folder.ingest().new == ("b", "c", "d", "e")
    assert unpacked == ["more.zip"]


def test_a_folder_may_be_named_otherwise(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("2023", "2022"):
        (folder.path / name).mkdir()
    folder.write("2023/report.txt", "The DD was signed.")
    folder.ingest()
    folder.write("2022/report.txt", "The EE was signed.")
    folder.ingest()
    here = folder.path.parent
    (here / "link").symlink_to("documents")
    (here / "far" / "away").mkdir(parents=True)
    (here / "far" / "documents").symlink_to(folder.path)
    (here / "x").symlink_to("far/away")
    monkeypatch.chdir(here)
    for named in ("documents", "./x/../documents", "link", "link/../documents/.", str(here / "link")):
        folder.read.clear()
        report = ingest([named], folder.url, fake_tools, seen=folder.seen)
        assert (folder.read, report.new, report.removed, len(report.unchanged)) == ([], (), (), 5), named
    monkeypatch.chdir(folder.path)
    assert ingest(["."], folder.url, fake_tools, seen=folder.seen).new == ()
    report = ingest(["../link/2023", "2022/report.txt"], folder.url, fake_tools, seen=folder.seen)
    assert (folder.read, report.unchanged) == ([], ("2022-report", "report"))


def test_what_is_known_below_a_link_goes_with_it_to_another_folder(folder: Folder, shut: set[Path]) -> None:
    documents, link = folder.path, folder.path.parent / "current"
    (documents / "2023").mkdir()
    folder.write("2023/report.txt", "The DD was signed.")
    link.symlink_to(documents)
    folder.path = link
    folder.ingest()
    folder.path = documents.with_name("next")
    for name in ("2022", "2023"):
        (folder.path / name).mkdir(parents=True)
    folder.write("2022/report.txt", "The EE was signed.")
    folder.write("2023/report.txt", "The DD was signed.")
    folder.write("a.txt", "The AX was signed.")
    link.unlink()
    link.symlink_to(folder.path)
    shut.add(link / "a.txt")
    folder.path = link
    for new, removed in (("2022-report",), ("b", "c")), ((), ()):
        report = folder.ingest()
        assert (report.new, report.changed, report.removed) == (new, (), removed)
        assert told(report) == [("a.txt", f"a.txt cannot be opened: Permission denied{STAYS}")]


def test_of_what_an_earlier_version_noted_the_ids_are_kept(folder: Folder) -> None:
    seen = folder.seen if on_server(folder.url) else store_file(folder.url).with_name("store.sqlite.seen")
    (folder.path / "sub").mkdir()
    folder.write("sub/a.txt", "The DD was signed.")
    report = folder.ingest()
    assert report.new == ("sub-a",)
    hashes = Store.open(folder.url).hashes()
    (folder.path / "a.txt").unlink()
    (folder.path / "a.txt").write_text("The AA was signed.")
    marks = {"a.txt": "sub-a", "sub/a.txt": "a", "b.txt": "b"}
    old = {str(folder.path / name): [1, 2, 3, 4, "text 2", "x", id, hashes[id]] for name, id in marks.items()}
    seen.write_text(json.dumps(old))
    assert folder.ingest().changed == ("a", "sub-a")


def test_a_part_of_an_archive_stays_while_the_archive_cannot_be_read(folder: Folder) -> None:
    archive = folder.path / "more.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("in/d.txt", "The DD was signed.")
    folder.ingest()
    whole = archive.read_bytes()
    archive.write_bytes(whole[:40])
    for _ in range(2):
        report = folder.ingest()
        assert [path for path, reason in told(report) if reason.endswith(STAYS)] == ["more.zip"]
        assert ids(folder) == ["a", "b", "c", "d"]
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("in/e.txt", "The EE was signed.")
    report = folder.ingest()
    assert (report.new, report.removed) == (("e",), ("d",))


def test_a_later_version_that_cannot_be_read_now_stands(folder: Folder) -> None:
    for name, day in (("old", "2024-05-01"), ("new", "2024-06-01")):
        head = f"---\npublished: {day}\nsource: https://example.org/minutes\n---\n"
        folder.write(f"{name}.txt", f"{head}The {name.upper()} was signed.")
    assert folder.ingest().superseded == (("old", "new"),)
    folder.write("new.txt", "")
    report = folder.ingest()
    assert (report.superseded, report.new, report.removed) == ((("old", "new"),), (), ())
    assert ids(folder) == ["a", "b", "c", "new"]


def test_what_cannot_be_read_now_keeps_what_it_is_called(folder: Folder) -> None:
    folder.write("a.txt", "")
    folder.write("a.md", "The AX was signed.")
    report = folder.ingest()
    assert (report.new, report.changed) == (("a-md",), ())
    assert told(report) == [("a.txt", f"a.txt is empty; fill it or remove it{STAYS}")]


def test_a_link_to_a_file_that_is_gone_is_gone(folder: Folder) -> None:
    (folder.path / ".hidden.txt").write_text("The DD was signed.")
    (folder.path / "d.txt").symlink_to(".hidden.txt")
    assert folder.ingest().new == ("d",)
    (folder.path / ".hidden.txt").unlink()
    assert folder.ingest().removed == ("d",)
