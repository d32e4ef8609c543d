"""What is known of a document: the four fields, and the rules that their values follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rahdari.errors import UnreadableDocument

FIELDS = ("title", "publisher", "published", "source")
_UNKNOWN = {"", "~", "null"}  # how YAML writes "nothing"
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ][0-9:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?)?)?")


@dataclass(frozen=True)
class Metadata:
    """Fields of a Document that its text does not hold; None where not known."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    source: str | None = None

    def overridden_by(self, other: Metadata) -> Metadata:
        """These fields, with each that `other` knows taken from there."""
        return Metadata(**{name: getattr(other, name) or getattr(self, name) for name in FIELDS})


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
