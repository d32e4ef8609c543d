"""Files made to do harm: each is left out with a reason, the others are read, and no file or address is touched."""

from __future__ import annotations

import os
import random
import resource
import socket
import struct
import threading
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from making import Pdf, archived, message, pdf, word

from rahdari.reading import read_all
from rahdari.reading.confined import Confined
from rahdari.reading.formats import READERS, UNPACKERS
from rahdari.reading.limits import LIMITS, MIB, Limits

QUICK = Limits(seconds=3, memory_bytes=512 * MIB, file_bytes=32 * MIB, archive_bytes=64 * MIB)
GOOD = {
    "good_a.html": b"<p>The quay is open.</p>",
    "good_z.pdf": Pdf().page().text(72, 700, "The quay is open.").made(),
}


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port on loopback, and what came to it."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                heard.append(b"somebody was here")

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], heard
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def left_out(folder: Path, name: str, data: bytes, limits: Limits = QUICK) -> str:
    """Reads a file between good ones, holds that these are read and nothing is left behind; why it was left out."""
    for good, content in GOOD.items():
        (folder / good).write_bytes(content)
    (folder / name).write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_all([folder], limits)
    assert [document.text for document in reading.documents if document.id.startswith("good")] == [
        "The quay is open."
    ] * 2
    assert sorted(path.name for path in folder.iterdir()) == sorted([*GOOD, name])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024, "it cost the program itself memory"
    assert all(document.id.startswith("good") for document in reading.documents)
    return "\n".join(f"{entry.path.relative_to(folder)}: {entry.reason}" for entry in reading.left_out)


def stored(entries: dict[str, tuple[bytes, int]]) -> bytes:
    """An archive whose entries are said to be as large as told."""
    data = archived({name: content for name, (content, _) in entries.items()})
    for content, said in entries.values():
        data = data.replace(struct.pack("<I", len(content)), struct.pack("<I", said))
    return data


def flate(stream: bytes) -> bytes:
    """A PDF of one page whose content is this stream, unpacked; the form /X draws itself."""
    packed = zlib.compress(stream, 9)
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>",
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 17 "
            "/Resources << /XObject << /X 6 0 R >> >> >>\nstream\n/X Do /X Do /X Do\nendstream",
        ],
        "/Root 1 0 R",
    )


def test_a_zip_bomb(tmp_path: Path) -> None:
    reason = left_out(tmp_path, "bomb.zip", archived({"a.txt": b"0" * (30 * MIB)}))
    assert reason == "bomb.zip/a.txt: a.txt would unpack to 1,028 times its size"


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    reason = left_out(tmp_path, "bomb.zip", stored({"a.txt": (b"0" * (30 * MIB), 1000)}))
    assert "a.txt cannot be unpacked" in reason


def test_an_archive_of_many_bombs(tmp_path: Path) -> None:
    block = random.Random(1).randbytes(100_000) * 40  # packs well, but not suspiciously well
    reason = left_out(tmp_path, "bomb.zip", archived({f"{n}.odt": block for n in range(40)}))
    assert "bomb.zip unpacks to more than is read of one archive" in reason


def test_archives_in_each_other(tmp_path: Path) -> None:
    data = archived({"a.txt": b"The quay."})
    for _ in range(4):
        data = archived({"inner.zip": data})
    reason = left_out(tmp_path, "nested.zip", data)
    assert "inner.zip and those that it lies in are 4 archives in each other; at most 3 may be" in reason


def test_an_archive_that_is_in_itself_by_name_only_ends(tmp_path: Path) -> None:
    reason = left_out(tmp_path, "self.zip", archived({"self.zip": b"PK\x05\x06" + bytes(18)}))
    assert reason == "self.zip/self.zip: self.zip holds no file; fill it or remove it"


def test_an_archive_without_files_is_told(tmp_path: Path) -> None:
    for name, files in {"none.zip": {}, "folders.zip": {"a/": b"", "a/b/": b""}}.items():
        reason = left_out(tmp_path, name, archived(files))
        assert reason == f"{name}: {name} holds no file; fill it or remove it"
        (tmp_path / name).unlink()


def test_a_path_that_climbs_out_of_an_archive(tmp_path: Path) -> None:
    names = ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt", "\\\\host\\out.txt"]
    (tmp_path / "in").mkdir()
    reasons = left_out(tmp_path / "in", "climbing.zip", archived(dict.fromkeys(names, b"The quay.")))
    assert reasons.count("leads out of the archive") == len(names)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        entry = zipfile.ZipInfo("passwords.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert "passwords.txt is a link" in left_out(tmp_path, "link.zip", written.getvalue())


def test_an_encrypted_archive(tmp_path: Path) -> None:
    data = bytearray(archived({"a.txt": b"The quay."}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "a.txt is encrypted" in left_out(tmp_path, "closed.zip", bytes(data))


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    made = Pdf().page().text(72, 700, "The quay is open.")
    made.trailer = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'11' * 32}> /U <{'22' * 32}> /P -4 >> /ID [<00> <00>]"
    assert "closed.pdf is encrypted; give a version without" in left_out(tmp_path, "closed.pdf", made.made())


def test_an_encrypted_word_file(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    assert "closed.docx is encrypted, or an old .doc" in left_out(tmp_path, "closed.docx", data)


def test_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    scan = Pdf().page().raw("0 0 612 792 re f").page().raw("0 0 612 792 re f").made()
    assert "scan.pdf has no text on any of its 2 pages: it is a scan; give a text version, or install tesseract" in (
        left_out(tmp_path, "scan.pdf", scan)
    )


def test_a_pdf_whose_stream_unpacks_to_gigabytes(tmp_path: Path) -> None:
    zeros = zlib.compressobj(9)
    once = b"".join(zeros.compress(bytes(MIB)) for _ in range(1024)) + zeros.flush()
    packed = zlib.compress(once, 9)
    data = pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        ],
        "/Root 1 0 R",
    )
    assert "bomb.pdf needs more than 512.0 MB of memory" in left_out(tmp_path, "bomb.pdf", data)


def test_a_pdf_that_draws_itself_over_and_over(tmp_path: Path) -> None:
    assert left_out(tmp_path, "loop.pdf", flate(b"/X Do " * 1000)).startswith("loop.pdf: loop.pdf ")


def test_a_pdf_whose_pages_are_their_own_parents(tmp_path: Path) -> None:
    data = pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"], "/Root 1 0 R")
    assert left_out(tmp_path, "loop.pdf", data).startswith("loop.pdf: loop.pdf ")


def test_a_pdf_that_takes_for_ever(tmp_path: Path) -> None:
    started = time.monotonic()
    reason = left_out(tmp_path, "slow.pdf", flate(b"BT /F1 9 Tf (a) Tj ET " * 1_500_000))
    assert reason == "slow.pdf: slow.pdf takes longer than 3 seconds to read; give a simpler or a shorter version"
    assert time.monotonic() - started < 40


def test_a_word_file_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(word(lambda _: None))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = b"<w>" + b" " * (30 * MIB)
    reason = left_out(tmp_path, "bomb.docx", archived(files))
    assert "bomb.docx: word/document.xml would unpack to" in reason


@pytest.mark.parametrize(
    "where", ["word/document.xml", "docProps/core.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"]
)
def test_a_word_file_with_an_external_entity(tmp_path: Path, where: str, listener: tuple[int, list[bytes]]) -> None:
    port, heard = listener
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    with zipfile.ZipFile(BytesIO(word(lambda d: d.add_paragraph("PLACE") and None))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    document_type = f"""<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY b SYSTEM "http://127.0.0.1:{port}/b">
        <!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p"> %p;]>"""
    head, _, rest = files[where].partition(b"?>")
    files[where] = head + b"?>" + document_type.encode() + rest.replace(b"PLACE", b"P &a; &b; Q")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "entity.docx").write_bytes(archived(files))
    reading = read_all([tmp_path / "in"], QUICK)
    assert len(reading.documents) + len(reading.left_out) == 1
    assert "the secret" not in "".join(document.text for document in reading.documents)
    assert heard == []


def test_a_word_file_whose_entities_multiply(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(word(lambda d: d.add_paragraph("PLACE") and None))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head, _, rest = files["word/document.xml"].partition(b"?>")
    document_type = f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>'.encode()
    files["word/document.xml"] = head + b"?>" + document_type + rest.replace(b"PLACE", b"&e11;")
    (tmp_path / "laughs.docx").write_bytes(archived(files))
    reading = read_all([tmp_path], QUICK)
    assert len(reading.documents) + len(reading.left_out) == 1
    assert "lol" not in "".join(document.text for document in reading.documents)


def test_a_page_and_a_message_that_name_addresses_and_files_touch_none(
    tmp_path: Path, listener: tuple[int, list[bytes]]
) -> None:
    port, heard = listener
    address = f"http://127.0.0.1:{port}/x"
    page = f"""<!DOCTYPE html SYSTEM "{address}"><html><head><base href="{address}">
        <link rel="stylesheet" href="{address}">
        <meta http-equiv="refresh" content="0; url={address}"><script src="{address}"></script></head><body>
        <p>The quay is open.</p><img src="{address}"><iframe src="{address}"></iframe><object data="file:///etc/passwd">
        </object></body></html>"""
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "mail.eml").write_bytes(
        message(f"From: a@b.example\nSubject: s\nContent-Type: text/html\n\n{page}") + b"\r\n"
    )
    external = message(
        f"From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: message/external-body; access-type=URL; "
        f'URL="{address}"\n\nx\n'
    )
    (tmp_path / "external.eml").write_bytes(external)
    entities = f'<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y SYSTEM "{address}">'
    entity = f'<?xml version="1.0"?><!DOCTYPE html [{entities}]>'
    (tmp_path / "entity.html").write_text(f"{entity}<html><body><p>The quay is open.</p>&x;&y;</body></html>")
    (tmp_path / "external.pdf").write_bytes(
        pdf(
            [
                f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI ({address}) >> >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
                f"<< /F << /FS /URL /F ({address}) >> /Length 0 >>\nstream\n\nendstream",
            ],
            "/Root 1 0 R",
        )
    )
    reading = read_all([tmp_path], QUICK)
    texts = {document.id: document.text.strip() for document in reading.documents}
    assert texts.pop("entity").partition("\n")[0] == "The quay is open."
    assert {texts["page"], texts["mail"]} == {"The quay is open."}
    assert heard == []


def test_nesting_without_end(tmp_path: Path) -> None:
    for name, data in {
        "deep.html": b"<div>" * 200_000 + b"<p>text</p>",
        "deep.eml": message("From: a@b.example\nSubject: s\n" + "Content-Type: message/rfc822\n\n" * 50_000),
        "json.html": b'<script type="application/ld+json">' + b"[" * 1_000_000 + b"</script><p>text</p>",
        "span.html": b"<table>" + b"<tr><td rowspan=999999 colspan=999999>x</td></tr>" * 20_000 + b"</table>",
    }.items():
        (tmp_path / name).write_bytes(data)
    reading = read_all([tmp_path], QUICK)
    assert len(reading.documents) + len(reading.left_out) == 4
    assert all(entry.reason.startswith(entry.path.name) for entry in reading.left_out)


def test_rubbish_under_each_ending(tmp_path: Path) -> None:
    begins = {".pdf": b"%PDF-1.7\n", ".zip": b"PK\x03\x04", ".docx": b"PK\x03\x04"}
    for ending in sorted({*READERS, *UNPACKERS}):
        for seed in range(4):
            rubbish = random.Random(seed).randbytes(20_000)
            data = (begins.get(ending, b"") if seed % 2 else b"") + rubbish
            (tmp_path / f"rubbish{seed}{ending}").write_bytes(data)
    reading = read_all([tmp_path], QUICK)
    assert not reading.documents
    assert {entry.path for entry in reading.left_out} == set(tmp_path.iterdir())
    assert all(entry.reason.startswith(entry.path.name) for entry in reading.left_out)


def test_a_file_that_is_cut_off_or_changed_anywhere(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "documents"
    chance = random.Random(5)
    count = 0
    for path in sorted(folder.iterdir()):
        if path.suffix != ".txt":
            data = bytearray(path.read_bytes())
            for _ in range(6):
                count += 1
                changed = data[: chance.randrange(len(data))] if count % 3 == 0 else bytearray(data)
                for _ in range(chance.randrange(1, 30)):
                    if changed:
                        changed[chance.randrange(len(changed))] = chance.randrange(256)
                (tmp_path / f"{count}{path.suffix}").write_bytes(changed)
    reading = read_all([tmp_path], QUICK)
    told = {path.name for path in (entry.path for entry in reading.left_out)}
    assert {f.stem for f in tmp_path.iterdir() if f.suffix != ".zip"} <= {d.id for d in reading.documents} | {
        Path(name).stem for name in told
    }


def test_a_line_of_a_gigabyte(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)  # a hole: no disk is filled
    reading = read_all([tmp_path])
    assert [entry.reason for entry in reading.left_out] == [
        "long.txt is 1,024.0 MB large; at most 64.0 MB are read; give it in parts"
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("word " * 30_000, "has a line of 150,000 characters; at most 100,000 are read"),
        ("A sentence.\n" * 400_000, "has 4,800,000 characters of text; at most 4,000,000 are read"),
    ],
)
def test_text_that_extraction_would_take_too_long_for(tmp_path: Path, text: str, reason: str) -> None:
    for name, content in {"long.txt": text, "long.html": f"<pre>{text}</pre>"}.items():
        assert reason in left_out(tmp_path, name, content.encode(), LIMITS) or name == "long.html"
        (tmp_path / name).unlink()


def test_front_matter_whose_aliases_multiply(tmp_path: Path) -> None:
    lists = [f"a0: &a0 [{', '.join('x' * 10)}]"]
    lists += [f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 10)}]" for depth in range(1, 6)]
    (tmp_path / "a.md").write_text("\n".join(["---", *lists, "published: *a5", "---", "The quay is open."]))
    tracemalloc.start()
    [left_out] = read_all([tmp_path]).left_out
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert left_out.reason.startswith("a.md: published in the front matter is not one value")
    assert most < 4 * MIB  # written out it is a list of a million


def test_a_table_of_gigabytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The quay is open.")
    with (tmp_path / "sources.tsv").open("wb") as file:
        file.truncate(8 * 1024 * MIB)
    reading = read_all([tmp_path])
    assert [document.id for document in reading.documents] == ["a"]
    [left_out] = reading.left_out
    assert left_out.reason == "sources.tsv is larger than 64.0 MB, which is all that is read of one; part the folder"


def test_a_table_that_leads_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root:x:0\n")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("The quay is open.")
    (folder / "sources.tsv").symlink_to(tmp_path / "secret")
    [left_out] = read_all([folder]).left_out
    assert left_out.reason == "sources.tsv is a link that leads out of its folder; put the table there"


def test_a_table_of_other_words_is_told_without_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The quay is open.")
    (tmp_path / "sources.tsv").write_text("\t".join(["many words " * 50] * 500))
    [left_out] = read_all([tmp_path]).left_out
    assert len(left_out.reason) < 600


def test_a_child_that_reads_can_open_nothing_itself(tmp_path: Path) -> None:
    """What a reader that was taken over would try, tried from inside."""
    import subprocess
    import sys

    script = """
import json, os, socket, subprocess, sys
from dataclasses import asdict
from rahdari.reading import worker
from rahdari.reading.limits import LIMITS
kept = os.dup(0)
worker._confine(LIMITS, kept)
document = os.dup(0)  # the descriptor of a job
done = []
for what in (lambda: open("/etc/passwd"), lambda: open(sys.argv[1], "w"), lambda: socket.socket(), os.pipe,
             lambda: subprocess.run(["true"]), lambda: os.listdir("/")):
    try:
        what()
        done.append(what)
    except OSError:
        pass
sys.exit(len(done))
"""
    target = tmp_path / "written"
    run = subprocess.run([sys.executable, "-c", script, str(target)], env={"PYTHONPATH": os.pathsep.join(sys.path)})
    assert run.returncode == 0
    assert not target.exists()


def test_a_child_gets_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAHDARI_OPERATOR_TOKEN", "a-secret-of-the-operator")
    with Confined(QUICK) as confined, open(__file__, "rb") as file:
        with pytest.raises(Exception, match="no mail message"):
            confined.read(file.fileno(), "a.eml")
        (child,) = confined._children.values()
        environment = Path(f"/proc/{child._process.pid}/environ").read_bytes()
    assert b"secret" not in environment
    assert b"PYTHONPATH" in environment


def test_one_child_reads_many_files_and_ends_with_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rahdari.reading import confined

    started: list[int] = []
    original = confined._Child.__init__

    def counted(self: confined._Child, limits: Limits) -> None:
        original(self, limits)
        started.append(self._process.pid)

    monkeypatch.setattr(confined._Child, "__init__", counted)
    for number in range(50):
        (tmp_path / f"{number}.html").write_bytes(GOOD["good_a.html"])
    assert len(read_all([tmp_path]).documents) == 50
    assert len(started) == 1
    assert not Path(f"/proc/{started[0]}").exists()
