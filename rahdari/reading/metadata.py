"""What is known of a document: the fields, and the rules that their values follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rahdari.errors import UnreadableDocument

FIELDS = ("title", "publisher", "author", "published", "language", "source")
_UNKNOWN = {"", "~", "null"}  # how YAML writes "nothing"
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-_]+)?")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ][0-9:.,]+(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?)?)?")


@dataclass(frozen=True)
class Metadata:
    """Fields of a Document that its text does not hold; None where not known."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    source: str | None = None

    def overridden_by(self, other: Metadata) -> Metadata:
        """These fields, with each that `other` knows taken from there."""
        return Metadata(**{name: getattr(other, name) or getattr(self, name) for name in FIELDS})


UNTOLD = Metadata()


def known(value: str | None) -> str | None:
    """The value on one line, without outer white space; None where it stands for nothing."""
    text = " ".join((value or "").split())
    return None if text.lower() in _UNKNOWN else text


def iso_date(value: str | None, where: str) -> str | None:
    """An ISO 8601 date or its first part (2018, 2018-10, 2018-10-15); a time behind it is cut off.

    Raises:
        UnreadableDocument: it is none; the message begins with `where`.
    """
    text = known(value)
    if text is None:
        return None
    match = _ISO.fullmatch(text)
    if match is not None:
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
            return "-".join(part for part in (year, month, day) if part)
        except ValueError:
            pass
    raise UnreadableDocument(
        f"{where}: published is {text!r}, not an ISO 8601 date; write 2018-10-15, 2018-10 or 2018, or leave it empty"
    )


def language_code(value: str | None, where: str) -> str | None:
    """The ISO 639 code that a language tag (BCP 47) opens with: `en` for en-GB.

    Raises:
        UnreadableDocument: it is none; the message begins with `where`.
    """
    text = known(value)
    if text is None:
        return None
    match = _LANGUAGE.fullmatch(text)
    if match is None:
        raise UnreadableDocument(f"{where}: language is {text!r}, not a code; write en, ur or zh, or leave it empty")
    return match.group(1).lower()
