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
