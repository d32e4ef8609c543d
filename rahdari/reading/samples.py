"""One small file of each confined format, made here: what is loaded when such a file is first read or unpacked is
loaded by them."""

from __future__ import annotations

import zipfile
from io import BytesIO

_PAGE = b"""<html lang="en"><head><title>A</title><meta name="author" content="B">
<script type="application/ld+json">{"@type": "Article", "datePublished": "2020-01-02"}</script></head>
<body><h1>Heading</h1><p>A <b>sentence</b> that is here.<br>Caf\xe9</p><ul><li>one</li></ul>
<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table></body></html>"""
_MESSAGE = b"""From: =?utf-8?q?Caf=C3=A9?= <a@example.org>
Subject: A subject
Date: Thu, 02 Jan 2020 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset="gb18030"; format=flowed

A sentence.
--x
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="a.pdf"
Content-Transfer-Encoding: base64

JVBERg==
--x
Content-Type: message/rfc822
Content-Disposition: attachment; filename="a.eml"

From: a@example.org
Subject: Another

A sentence.
--x--
"""
_CONTENT = b"BT /F1 12 Tf 72 700 Td (A sentence.) Tj ET 72 600 m 300 600 l 300 650 l 72 650 l h S"


def all_samples() -> dict[str, bytes]:
    """Ending -> the bytes of a file that is read, or unpacked, without an error."""
    return {".html": _PAGE, ".eml": _MESSAGE, ".docx": _docx(), ".pdf": _pdf(), ".zip": _zip()}


def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Heading", 1)
    document.add_paragraph("An item", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "a"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _zip() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "A sentence.")
    return written.getvalue()


def _pdf() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_CONTENT), _CONTENT),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + b"xref\n0 6\n0000000000 65535 f \n" + table + end
