"""Scanned PDFs are read through tesseract: a real one (scripts/set-up-tests installs it), and a stand-in, which notes
how it was called and what it was given, and fails in ways that a real one cannot be made to."""

from __future__ import annotations

import json
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from making import Pdf, archived, pdf

from rahdari.errors import UnreadableDocument
from rahdari.reading import Note, Reading, Remembered, ocr, read_all, texts
from rahdari.reading.confined import Confined
from rahdari.reading.limits import Limits
from rahdari.records import Document

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
WORDS = [("The", 300, 1500), ("quay", 400, 1500), ("is", 560, 1500), ("re-", 700, 1500), ("opened.", 300, 1550)]
STAND_IN = """#!{python}
import json, os, resource, sys, time
if sys.argv[1] == "--version":
    print("tesseract 9.9.9\\n leptonica-1")
elif sys.argv[1] == "--list-langs":
    print("List of available languages in /usr/share/ (3):\\nurd\\neng\\nosd")
else:
    picture = sys.stdin.buffer.read()
    limits = [resource.getrlimit(what) for what in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)]
    called = dict(line=sys.argv[1:], head=picture.split(b"\\n")[0].decode(), size=len(picture), limits=limits,
                  dark=any(byte < 128 for byte in picture[20:]), environment=sorted(os.environ))
    print("CALLED " + json.dumps(called), file=sys.stderr)
    {does}
    print({table!r})
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str = "pass") -> None:
    rows = [HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t2550\t3300\t-1\t"]
    rows += [f"5\t1\t1\t1\t1\t1\t{x}\t{y}\t80\t40\t95\t{word}" for word, x, y in WORDS]
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(STAND_IN.format(python=sys.executable, table="\n".join(rows), does=does))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("RAHDARI_SLACK_BOT_TOKEN", "a-secret")


def scanned(data: bytes) -> bytes:
    """The pages of a PDF as a PDF of grey pictures of 200 dots an inch."""
    pages = []
    for page in pypdfium2.PdfDocument(data):
        bitmap = page.render(scale=200 / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        lines = (rows[line * bitmap.stride :][: bitmap.width] for line in range(bitmap.height))
        pages.append((bitmap.width, bitmap.height, zlib.compress(b"".join(lines))))
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects: list[str | bytes] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    ]
    for number, (width, height, packed) in enumerate(pages):
        shown, picture = 4 + 3 * number, 5 + 3 * number
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {shown} 0 R "
            f"/Resources << /XObject << /I {picture} 0 R >> >> >>",
            "<< /Length 28 >>\nstream\nq 612 0 0 792 0 0 cm /I Do Q\nendstream",
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
            f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
            + packed
            + b"\nendstream",
        ]
    return pdf(objects, "/Root 1 0 R")


def test_a_real_scan_is_read(tmp_path: Path) -> None:
    made = (
        Pdf()
        .page()
        .lines(72, 700, ["The port authority signed a contract", "of $40 million on 3 May 2024 for the new"], 12)
    )
    made.page().lines(72, 700, ["quay at Halden. Work has not begun."], 12)
    (tmp_path / "scan.pdf").write_bytes(scanned(made.made()))
    reading = read_all([tmp_path / "scan.pdf"])
    assert not reading.left_out
    (document,) = reading.documents
    said = " ".join(document.text.split())
    assert said == (
        "The port authority signed a contract of $40 million on 3 May 2024 for the new quay at Halden. "
        "Work has not begun."
    )
    assert document.text.count("\f") == 1
    assert ", tesseract " in document.reader


class Runs:
    """Readings of a folder, each of which remembers the one before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._remembered = Remembered()
        self._documents: dict[str, Document] = {}
        self.notes: tuple[Note, ...] = ()

    def __call__(self) -> dict[str, str]:
        """The texts, by id."""
        self._remembered = Remembered(self._remembered.seen, self._documents.copy)
        reading = read_all([self._folder], remembered=self._remembered)
        self.notes = reading.notes
        self._documents = {document.id: document for document in reading.documents}
        return {id: " ".join(document.text.split()) for id, document in self._documents.items()}


def bound(*parts: bytes) -> bytes:
    """The pages of several PDFs as one."""
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        whole.import_pages(pypdfium2.PdfDocument(part))
    written = BytesIO()
    whole.save(written)
    return written.getvalue()


def partly_scanned() -> bytes:
    """Text, a picture of text, a page that is blank but for a rule, text, a picture."""
    made = [Pdf().page().text(72, 700, f"This is page {number}.", 12).made() for number in range(1, 6)]
    blank = Pdf().page().rule(72, 72, 300, 72).made()
    return bound(made[0], scanned(made[1]), blank, made[3], scanned(made[4]))


def test_the_scanned_pages_of_a_pdf_with_text_are_read(tmp_path: Path) -> None:
    (tmp_path / "partly.pdf").write_bytes(partly_scanned())
    (document,) = read_all([tmp_path]).documents
    assert [page.strip() for page in document.text.split("\f")] == [
        "This is page 1.",
        "This is page 2.",
        "",
        "This is page 4.",
        "This is page 5.",
    ]
    assert ", tesseract " in document.reader


@pytest.mark.parametrize(
    ("does", "note"),
    [
        ("sys.exit('it broke')", "pictures were not read on pages 2 and 5; partly.pdf: tesseract cannot read a page"),
        (None, "pictures were not read on pages 2 and 5; install tesseract"),
    ],
)
def test_a_pdf_with_text_is_kept_where_its_scanned_pages_cannot_be_read_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str | None, note: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    if does:
        install(tmp_path / "bin", monkeypatch, does)
    (tmp_path / "partly.pdf").write_bytes(partly_scanned())
    reading = read_all([tmp_path / "partly.pdf"])
    (document,) = reading.documents
    assert document.text.split() == ["This", "is", "page", "1.", "This", "is", "page", "4."]
    assert "tesseract" not in document.reader
    assert reading.left_out == ()
    (told,) = reading.notes
    assert told.path == tmp_path / "partly.pdf"
    assert told.text.startswith(note)


def test_where_tesseract_fails_at_a_page_those_before_it_are_read_and_it_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rahdari.reading.remembering._REST_NS", -1)
    install(tmp_path / "bin", monkeypatch)
    calls = []
    real = ocr.page

    def page(picture: bytes, name: str, limits: Limits) -> object:
        calls.append(name)
        if len(calls) == 2:
            raise UnreadableDocument(f"{name}: tesseract takes longer than a page may take")
        return real(picture, name, limits)

    monkeypatch.setattr(ocr, "page", page)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "partly.pdf").write_bytes(partly_scanned())
    runs = Runs(tmp_path / "documents")
    assert runs() == {"partly": "This is page 1. The quay is reopened. This is page 4."}
    [note] = runs.notes
    assert note.text.startswith("pictures were not read on page 5; partly.pdf: tesseract takes longer")
    assert runs()["partly"].count("The quay is reopened.") == 2
    assert runs.notes == ()


def test_a_note_names_pages_by_their_runs() -> None:
    assert texts._numbers([0]) == "page 1"
    assert texts._numbers([1, 2, 3, 6, 8, 9]) == "pages 2-4, 7 and 9-10"
    assert texts._numbers(range(0, 40, 2)) == "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and others"


def read(folder: Path, pages: int = 2, limits: Limits | None = None) -> Reading:
    made = Pdf()
    for number in range(pages):
        made.page().raw(f"{72 + number} 72 100 100 re f")
    (folder / "scan.pdf").write_bytes(made.made())
    return read_all([folder / "scan.pdf"], limits or Limits(seconds=5))


def test_each_page_is_given_to_tesseract_as_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "bin", monkeypatch)
    calls = []
    real = ocr.subprocess.run

    def run(command: list[str], **options: object) -> object:
        done = real(command, **options)  # type: ignore[call-overload]
        if b"CALLED" in done.stderr:
            calls.append(json.loads(done.stderr.split(b"CALLED ")[1]))
        return done

    monkeypatch.setattr(ocr.subprocess, "run", run)
    reading = read(tmp_path)
    assert not reading.left_out
    (document,) = reading.documents
    assert document.text == "The quay is reopened.\n\n\fThe quay is reopened."
    assert document.reader.endswith(", tesseract 9.9.9")
    assert [call["line"] for call in calls] == [["stdin", "stdout", "--dpi", "300", "-l", "eng+urd", "tsv"]] * 2
    for call in calls:
        kind, width, height, most = call["head"].split()
        assert (kind, width, most, call["dark"]) == ("P5", "2550", "255", True)
        assert height in ("3300", "3301")  # eleven inches, rounded up
        assert call["size"] == 2550 * int(height) + len(call["head"]) + 1
        assert call["limits"] == [[5, 5], [Limits().memory_bytes] * 2, [0, 0]]
        assert not [name for name in call["environment"] if "SECRET" in name or "TOKEN" in name]


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("sys.exit('it broke')", "scan.pdf: tesseract cannot read a page of it (1) "),
        ("while True: pass", "scan.pdf: tesseract cannot read a page of it (-9) "),
        ("bytearray(3 << 30)", "scan.pdf: tesseract cannot read a page of it (1) "),
        ("sys.exit(print())", "scan.pdf has no text"),
    ],
)
def test_what_tesseract_cannot_read_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, reason: str
) -> None:
    install(tmp_path / "bin", monkeypatch, does)
    reading = read(tmp_path, 1, Limits(seconds=1))
    assert reading.documents == ()
    assert reading.left_out[0].reason.startswith(reason)


def test_a_scan_of_too_many_pages_or_dots_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "bin", monkeypatch)
    assert "is a scan of 3 pages; at most 2" in read(tmp_path, 3, Limits(scanned_pages=2)).left_out[0].reason
    assert "a page that is too large" in read(tmp_path, 1, Limits(picture_dots=1000)).left_out[0].reason


def test_another_tesseract_reads_again_what_it_could_and_what_one_read_stays_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rahdari.reading.remembering._REST_NS", -1)
    asked: list[str] = []
    real = Confined.read

    def noted(self: Confined, descriptor: int, name: str) -> object:
        asked.append(name)
        return real(self, descriptor, name)

    monkeypatch.setattr(Confined, "read", noted)
    plain = Pdf().page().text(72, 700, "A plain page.", 12).made()
    whole = scanned(Pdf().page().text(72, 700, "A scan.", 12).made())
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, data in {"whole": whole, "partly": partly_scanned(), "plain": plain}.items():
        (folder / f"{name}.pdf").write_bytes(data)
    parts = {"in/whole.pdf": whole, "in/partly.pdf": partly_scanned(), "in/plain.pdf": plain}
    (folder / "z.zip").write_bytes(archived({name: parts[name] for name in ("in/partly.pdf", "in/plain.pdf")}))
    (folder / "zz.zip").write_bytes(archived({"in/whole.pdf": whole}))
    ours, runs = "The quay is reopened.", Runs(folder)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    without = runs()
    assert without == {"partly": "This is page 1. This is page 4.", "plain": "A plain page."} | {
        "in-partly": "This is page 1. This is page 4.",
        "in-plain": "A plain page.",
    }
    assert sorted(note.path.name for note in runs.notes) == ["partly.pdf"] * 2
    asked.clear()
    assert runs() == without
    assert sorted(note.path.name for note in runs.notes) == ["partly.pdf"] * 2
    assert asked == ["whole.pdf", "whole.pdf"]  # which are left out
    install(tmp_path / "bin", monkeypatch)
    asked.clear()
    read = runs()
    assert {id: text.count(ours) for id, text in read.items()} == {
        **{"whole": 1, "partly": 2, "plain": 0},
        **{"in-whole": 1, "in-partly": 2, "in-plain": 0},
    }
    assert sorted(asked) == ["partly.pdf"] * 2 + ["whole.pdf"] * 2
    assert runs.notes == ()
    asked.clear()
    assert (runs(), asked) == (read, [])
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert (runs(), asked) == (read, [])
    install(tmp_path / "newer", monkeypatch)
    program = tmp_path / "newer" / "tesseract"
    program.write_text(program.read_text().replace("9.9.9", "9.9.10"))
    assert runs() == read
    assert sorted(asked) == ["partly.pdf"] * 2 + ["whole.pdf"] * 2
