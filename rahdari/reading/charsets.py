"""Bytes made text by the name of a charset, as browsers take such names: https://encoding.spec.whatwg.org."""

from __future__ import annotations

import codecs

_MARKS = {  # those of four bytes first: one of them begins like one of two
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_MEANT = {  # what is declared -> the larger charset that is written under its name
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-11": "cp874",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_UNNAMED = {"windows-31j": "cp932", "windows-949": "cp949"}  # names that Python does not know


def decode(data: bytes, declared: str | None) -> str:
    """The text of bytes. What cannot be decoded becomes U+FFFD: the rest is not lost with it.

    Args:
        data: a byte order mark at its beginning is heeded before all else, and dropped.
        declared: a charset's name. Where it is None, or no name that is known: UTF-8 if the bytes are that, else
            Windows's charset for the West.
    """
    name, content = by_mark(data)
    if name is not None:
        return content.decode(name, "replace")
    if declared and (known := _codec(declared)):
        try:
            return data.decode(known, "replace")
        except (LookupError, ValueError):  # a codec that makes no text, or one that cannot replace
            pass
    return data.decode("utf-8" if is_utf8(data) else "cp1252", "replace")


def by_mark(data: bytes) -> tuple[str | None, bytes]:
    """The charset of bytes that begin with a byte order mark, None for others, and the bytes without it."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name, data[len(mark) :]
    return None, data


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 without a fault."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(declared: str) -> str | None:
    """Python's name of what is meant by a declared name; None for one that nobody knows."""
    name = declared.strip().lower().removeprefix("x-")
    name = _UNNAMED.get(name, name)
    for tried in (name, name.removesuffix("-i").removesuffix("-e")):  # iso-8859-8-i: Hebrew, in the order of reading
        try:
            found = codecs.lookup(tried).name
        except (LookupError, ValueError):
            continue
        return _MEANT.get(found, found)
    return None
