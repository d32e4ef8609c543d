"""Pages and messages in charsets that are declared wrongly, or not at all, keep their text."""

from __future__ import annotations

import pytest

from rahdari.reading import charsets, html_files

LONG = b"<p>A paragraph of the long page says that the quay is open.</p>" * 100


def text(head: bytes, body: bytes) -> str:
    data = b"%s<title>T</title></head><body><p>%s</p>%s<p>The end.</p></body></html>" % (head, body, LONG)
    _, made = html_files.read(data, "page.html")
    assert made.endswith("The end.")
    return made.partition("\n")[0]


def meta(charset: str) -> bytes:
    return f'<html><head><meta charset="{charset}">'.encode()


@pytest.mark.parametrize(
    ("head", "body", "read"),
    [
        (meta("utf-8"), b"caf\xe9 and \xe2\x80\x93 more", "caf\ufffd and – more"),
        (meta("utf-8"), b"cut \xc3", "cut \ufffd"),
        (meta("gb2312"), "朱镕基".encode("gbk"), "朱镕基"),
        (meta("iso-8859-1"), b"\x93caf\xe9\x94 \x80 5", "“café” € 5"),
        (meta("x-sjis"), "①港".encode("cp932"), "①港"),
        (meta("windows-31j"), "①港".encode("cp932"), "①港"),
        (meta("euc-kr"), "똠방".encode("cp949"), "똠방"),
        (meta("iso-2022-jp"), "港は".encode("iso-2022-jp"), "港は"),
        (meta("koi8-r"), "Причал".encode("koi8-r"), "Причал"),
        (meta("iso-8859-1"), "café –".encode(), "café –"),  # UTF-8, whatever is declared
        (meta("utf-16"), b"caf\xe9", "caf\ufffd"),
        (meta("no-such-charset"), b"caf\xe9 \x80", "café €"),
        (meta("punycode"), b"caf\xe9", "café"),  # a codec that cannot replace
        (meta("hex"), b"caf\xe9", "café"),  # and one that makes no text
        (b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">', b"a\xe9", "a\ufffd"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><html><head>', b"caf\xe9", "café"),
        (b"\xef\xbb\xbf" + meta("iso-8859-1"), b"caf\xe9 \xc3\xa9", "caf\ufffd é"),  # a byte order mark wins
        (b"<html><head>", b"caf\xe9 \x80", "café €"),
    ],
)
def test_a_page_is_read_in_the_charset_that_is_meant(head: bytes, body: bytes, read: str) -> None:
    assert text(head, body) == read


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_is_read_by_its_mark(order: str) -> None:
    page = "\ufeff<html><head><title>港</title></head><body><p>The quay – 港.</p></body></html>"
    metadata, made = html_files.read(page.encode(order), "page.html")
    assert (metadata.title, made) == ("港", "The quay – 港.")


def test_a_charset_that_nobody_knows_is_utf_8_or_windows_s() -> None:
    assert charsets.decode("café –".encode(), "unknown-8bit") == "café –"
    assert charsets.decode(b"caf\xe9 \x96", "unknown-8bit") == "café –"
    assert charsets.decode("שלום".encode("iso-8859-8"), "ISO-8859-8-I") == "שלום"
