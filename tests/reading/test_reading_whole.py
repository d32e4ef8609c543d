"""Files that need more than most: read in the child that can open nothing, they lose nothing of what they hold."""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from making import archived, message, pdf, word

from rahdari.reading import Reading, read_all


def texts(reading: Reading) -> dict[str, str]:
    assert not reading.left_out
    return {document.id: document.text.strip() for document in reading.documents}


def aes(key: bytes, data: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def without(parts: list[str], files: dict[str, bytes]) -> bytes:
    """A Word file less some of its parts and what refers to them."""
    kept = {name: data for name, data in files.items() if name not in parts}
    for part in parts:
        for where in ("word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"):
            end = part.rpartition("/")[2].encode()
            kept[where] = re.sub(rb'<(Relationship|Override) [^>]*="(?:[^"]*/)?%b"[^>]*/>' % end, b"", kept[where])
    return archived(kept)


def word_files() -> dict[str, bytes]:
    """The parts of a Word file of a heading and a paragraph."""
    made = word(lambda d: (d.add_heading("Quays", 1), d.add_paragraph("The quay is open.")) and None)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pdf_that_is_encrypted_without_a_password(tmp_path: Path) -> None:
    key, validation, salt = bytes(range(32)), b"validate", b"the salt"
    packed = bytes(16) + aes(key, b"BT /F1 12 Tf 72 700 Td (The quay is open.) Tj ET".ljust(63) + b"\1")
    user = sha256(validation).digest() + validation + salt
    known = f"/U <{user.hex()}> /UE <{aes(sha256(salt).digest(), key).hex()}> /O <{'00' * 48}> /OE <{'00' * 32}>"
    filters = "/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    data = pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ],
        f"/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 5 /Length 256 {filters} {known} /P -4 >> /ID [<00> <00>]",
    )
    (tmp_path / "a.pdf").write_bytes(data)
    assert texts(read_all([tmp_path])) == {"a": "The quay is open."}


def test_a_word_file_without_styles(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(without(["word/styles.xml"], word_files()))
    (text,) = texts(read_all([tmp_path])).values()
    assert text.endswith("Quays\n\nThe quay is open.")


def mail(*parts: str, subject: str = "s") -> bytes:
    """A message of several parts, each with its own headers."""
    between = "".join(f"\n--x\n{part}" for part in parts)
    head = f"From: a@b.example\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n"
    return message(f"{head}{between}\n--x--\n")


def test_a_message_that_is_attached(tmp_path: Path) -> None:
    attached = 'Content-Type: message/rfc822\nContent-Disposition: attachment; filename="inner.eml"\n\n'
    inner = "From: c@d.example\nSubject: inner\n\nThe quay is closed.\n"
    (tmp_path / "a.eml").write_bytes(mail("Content-Type: text/plain\n\nSee below.\n", attached + inner))
    assert texts(read_all([tmp_path])) == {"a": "See below.", "inner": "The quay is closed."}


TEXT = "Content-Type: text/plain\n\nSee below.\n"


def test_a_file_that_is_shown_in_a_message(tmp_path: Path) -> None:
    shown = 'Content-Type: text/plain; name="{0}"\nContent-Disposition: inline; filename="{0}"\n\nThe {0} is open.\n'
    named = 'Content-Type: text/plain; name="road.txt"\n\nThe road is open.\n'  # without a disposition
    logo = 'Content-Type: image/png\nContent-Disposition: inline; filename="logo.png"\n\nlogo\n'
    (tmp_path / "a.eml").write_bytes(mail(TEXT, shown.format("quay.txt"), logo, named))
    (tmp_path / "own.eml").write_bytes(mail(shown.format("own.txt")))  # the text of a message is no file in it
    assert texts(read_all([tmp_path])) == {
        "a": "See below.",
        "own": "The own.txt is open.",
        "quay": "The quay.txt is open.",
        "road": "The road is open.",
    }


def test_a_message_that_is_passed_on_holds_its_own_files(tmp_path: Path) -> None:
    file = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="quay.txt"\n\nThe quay is open.\n'
    inner = mail("Content-Type: text/plain\n\nThis is within.\n", file).decode().replace("\r\n", "\n")
    passed = f"Content-Type: message/rfc822\n\n{inner.replace('=x', '=y').replace('--x', '--y')}"
    named = passed.replace("rfc822", 'rfc822; name="Re: quay"').replace("quay.txt", "road.txt")
    (tmp_path / "a.eml").write_bytes(mail(TEXT, passed, named))
    assert texts(read_all([tmp_path])) == {
        "a": "See below.",
        "a-1": "This is within.",
        "Re: quay": "This is within.",
        "quay": "The quay is open.",
        "road": "The quay is open.",
    }


def test_a_message_in_a_charset_that_nobody_knows(tmp_path: Path) -> None:
    head = "From: a@b.example\nSubject: s\nContent-Transfer-Encoding: 8bit\nContent-Type: text/plain"
    for name, declared, body in (
        ("unknown", "; charset=unknown-8bit", "café –".encode()),
        ("hebrew", "; charset=iso-8859-8-i", "שלום".encode("iso-8859-8")),
        ("ascii", "; charset=us-ascii", "café –".encode("cp1252")),
        ("none", "", "café –".encode()),
        ("chinese", "; charset=gb2312", "朱镕基".encode("gbk")),
        ("escaped", "; charset=iso-2022-jp", "港は".encode("iso-2022-jp")),
    ):
        (tmp_path / f"{name}.eml").write_bytes(f"{head}{declared}\n\n".encode() + body + b"\n")
    found = texts(read_all([tmp_path]))
    assert found.pop("hebrew") == "שלום"
    assert (found.pop("chinese"), found.pop("escaped")) == ("朱镕基", "港は")
    assert set(found.values()) == {"café –"}
