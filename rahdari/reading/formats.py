"""The registry of formats: from a file ending to what reads such a file, or unpacks it.

docs/documents.md says how to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import PurePath
from typing import BinaryIO

from rahdari.errors import UnknownFormat
from rahdari.reading import docx_files, eml_files, html_files, pdf_files, text_files, zip_files
from rahdari.reading.limits import Limits
from rahdari.reading.members import Member
from rahdari.reading.metadata import Metadata

Read = Callable[[bytes, str], tuple[Metadata, str]]
"""The bytes of a file and its name -> what is known of it, and its text. Raises UnreadableDocument."""


_version = cache(version)  # it looks through a folder


@dataclass(frozen=True)
class Reader:
    """How one format becomes text.

    Attributes:
        name: with `version` and `libraries`, it is kept with each document. Raise `version` when the text that is
            made of a file changes: then offsets do, too.
        confined: whether it runs in a child process; only what does hardly more than decode may do without.
    """

    name: str
    version: int
    read: Read
    libraries: tuple[str, ...] = ()
    confined: bool = True

    @property
    def signature(self) -> str:
        """`html 4, trafilatura 1.12.2`: what made a text, for who wants to know whether it would be made alike now."""
        return ", ".join([f"{self.name} {self.version}", *(f"{name} {_version(name)}" for name in self.libraries)])


_TEXT = Reader("text", 2, text_files.read, confined=False)
_MARKDOWN = Reader("markdown", 1, text_files.markdown, confined=False)
_HTML = Reader("html", 4, html_files.read, ("trafilatura", "lxml"))

READERS: dict[str, Reader] = {
    ".docx": Reader("docx", 4, docx_files.read, ("python-docx", "lxml")),
    ".eml": Reader("eml", 4, eml_files.read, ("trafilatura", "lxml")),
    ".htm": _HTML,
    ".html": _HTML,
    ".markdown": _MARKDOWN,
    ".md": _MARKDOWN,
    ".pdf": Reader("pdf", 4, pdf_files.read, ("pdfplumber", "pdfminer.six")),
    ".text": _TEXT,
    ".txt": _TEXT,
    ".xhtml": _HTML,
}


Unpack = Callable[[BinaryIO, str, Limits], Iterator[list[str] | Member]]
"""An open file and its name -> the names in it, then its members, tables of sources first.

Raises UnreadableDocument where no more can be got out of it.
"""


def _attachments(file: BinaryIO, name: str, limits: Limits) -> Iterator[list[str] | Member]:
    return eml_files.attachments(file, name, limits, {*READERS, *UNPACKERS})


_UNPACKERS_VERSION = 1  # raise it when other files come out of an archive or a message than before
UNPACKERS: dict[str, Unpack] = {".eml": _attachments, ".zip": zip_files.unpack}


def all_signatures() -> str:
    """What decides what becomes of an archive: how it is unpacked, and the signatures of all readers."""
    return "; ".join([f"unpackers {_UNPACKERS_VERSION}", *(READERS[ending].signature for ending in sorted(READERS))])


def reader_for(path: PurePath) -> Reader:
    """The reader of this file's ending, upper or lower case.

    Raises:
        UnknownFormat: there is none; the message lists the known endings.
    """
    ending = path.suffix.lower()
    if ending in READERS:
        return READERS[ending]
    raise UnknownFormat(f"{path.name} has {unknown_ending(ending)}")


def is_unknown(path: PurePath) -> bool:
    """Whether a file's ending is one that there is no reader for, nor anything that unpacks it."""
    return path.suffix.lower() not in {*READERS, *UNPACKERS}


def unknown_ending(ending: str) -> str:
    """What is wrong with an ending that there is no reader for, to come after `has`."""
    known = ", ".join(sorted({*READERS, *UNPACKERS}))
    return f"{f'the ending {ending}' if ending else 'no ending'}; the known ones are {known}"
