"""Text whose charset nothing names and which is no UTF-8: made text only where there is one reading of it.

Statistics of letters are no help: charset-normalizer 3.5.3 reads "The port cost £40 million" as "Ł40 million" and a
short Arabic text as Japanese. So Windows's nine charsets of single bytes are tried. Where all of them that make sense
make the same, that is the text. English with curly quotes, dashes, £40, € or an é is taken; French or Urdu is not.
Known to go wrong: a text of DOS whose only letter beyond ASCII is õ, which is taken for ä.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rahdari.reading.limits import LIMITS

_CHARSETS = tuple(f"cp{number}" for number in range(1250, 1259))
_SENSELESS = re.compile(
    rb"X"  # a byte that stands for nothing, or for a control character
    rb"|[lL]O|O[lL]"  # a word in two scripts
    rb"|[LO]d|d[LO]"  # £40 read as a letter before a number
)
_SYMBOLS = "“”‘’«»–—…•€£©®™°§±\xa0"
_KNOWN = {*map(chr, range(128)), *_SYMBOLS, *filter(str.isalpha, map(chr, range(0xA0, 0x100)))}
_L = r"[^\W\d_]"
_H = r"[^\W\d_\x00-\x7f]"
# What other bytes of DOS, of old Macs and of KOI8 look like where they are taken for Windows's.
_MISPLACED = re.compile(
    rf"{_L}[“‘«€£§]|[”»™]{_L}|°(?![CFNSEW]\b){_L}|{_L}[•©®±]{_L}"
    rf"|{_L}(?<!\b[DLOdlo])’(?!(?:[dmst]|ll|re|ve|S)\b){_L}|’(?!\d0s)\d"
    rf"|(?<!{_L}){_L}{{1,2}}[–—]{_L}|{_L}[–—]{_L}{{1,2}}(?!{_L})|{_L}[–—]\s|\s[–—]{_L}"
    rf"|(?<!{_L}){_H}(?!{_L})|[a-z](?=[À-ÖØ-Þ])"
)


def decoded(data: bytes) -> str | None:
    """The text of bytes in one of Windows's charsets; None where they may be read in several ways, or in none."""
    if len(data) > LIMITS.characters:  # such a text is not read anyway
        return None
    texts = {data.decode(name) for name in _CHARSETS if _makes_sense(data, name)}
    if len(texts) != 1:
        return None
    [text] = texts
    return text if set(text) <= _KNOWN and not _MISPLACED.search(text) else None


def _makes_sense(data: bytes, charset: str) -> bool:
    kinds = data.translate(_kinds(charset))
    return not _SENSELESS.search(kinds) and (b"O" not in kinds or b"OO" in kinds)


@cache
def _kinds(charset: str) -> bytes:
    """For each byte: l and L for letters that are Latin, in ASCII and beyond, O for others, d for digits."""
    kinds = bytearray(b"." * 256)
    for byte in range(256):
        try:
            char = bytes([byte]).decode(charset)
        except UnicodeDecodeError:
            kinds[byte] = ord("X")
            continue
        category, name = unicodedata.category(char), unicodedata.name(char, "")
        if category == "Cc" and char not in "\t\n\r\f":
            kinds[byte] = ord("X")
        elif byte < 128:
            kinds[byte] = ord("l" if char.isalpha() else "d" if char.isdigit() else ".")
        elif category[0] in "LM":
            kinds[byte] = ord("L" if name.startswith(("LATIN", "COMBINING", "FEMININE", "MASCULINE")) else "O")
    return bytes(kinds)
