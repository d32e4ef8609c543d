"""The text of one open file, within the limits; where tesseract is installed, it reads pages that are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rahdari.errors import ScannedDocument, UnreadableDocument
from rahdari.reading import ocr, pdf_layout
from rahdari.reading.canonical import PAGE_BREAK
from rahdari.reading.confined import Confined
from rahdari.reading.formats import Reader
from rahdari.reading.limits import Limits, size
from rahdari.reading.metadata import Metadata
from rahdari.reading.opening import Empty, length

_MOST_NAMED = 10  # runs of pages in a note


class Text(NamedTuple):
    """What was read out of a file.

    Attributes:
        read_by: the version of tesseract, where some of it was read by that; else empty.
        tesseract, note, lasting: as of rahdari.reading.remembering.Made.
    """

    metadata: Metadata
    text: str
    read_by: str = ""
    tesseract: str | None = None
    note: str = ""
    lasting: bool = True


class Texts:
    """Reads files in this process or, where their reader is to be confined, in a child process."""

    def __init__(self, limits: Limits, confined: Confined) -> None:
        self._limits = limits
        self._confined = confined

    def read(self, reader: Reader, path: Path, file: BinaryIO) -> Text:
        """What is in an open file. Raises: UnreadableDocument."""
        try:
            metadata, text = self._read(reader, path, file)
        except ScannedDocument:
            program = ocr.program()
            if program is None:
                raise
            pictures = self._confined.pictures(file.fileno(), path.name)
            text = pdf_layout.text([ocr.page(picture, path.name, self._limits) for picture in pictures])
            return Text(Metadata(), self._checked(path, text), ocr.version(program), ocr.present())
        if reader.name != "pdf":
            return Text(metadata, text)
        return self._with_scanned_pages(Text(metadata, text), path, file)

    def _with_scanned_pages(self, found: Text, path: Path, file: BinaryIO) -> Text:
        """A PDF with the text of its pages that are pictures. Where these cannot be read, the others stay."""
        pages = found.text.split(PAGE_BREAK)
        left = [number for number, page in enumerate(pages) if not page.strip()]
        if not left:
            return found
        program, what, reason, lasting = ocr.program(), "nothing was read", ocr.GET_IT, True
        try:
            left = self._confined.pictured(file.fileno(), path.name, left)
            what = "pictures were not read"
            if not left:
                return found
            if program is not None and len(left) > self._limits.scanned_pages:
                reason = f"at most {self._limits.scanned_pages} are read; give it in parts"
            elif program is not None:
                for picture, number in zip(self._confined.pictures(file.fileno(), path.name, left), tuple(left)):
                    read = pdf_layout.text([ocr.page(picture, path.name, self._limits)]).strip()
                    pages[number] = f"{read}\n\n" if number + 1 < len(pages) else read
                    left.remove(number)
        except UnreadableDocument as error:
            reason, lasting = str(error), False
        text = self._checked(path, PAGE_BREAK.join(pages))
        read_by = ocr.version(program) if program is not None and text != found.text else ""
        note = f"{what} on {_numbers(left)}; {reason}" if left else ""
        return Text(found.metadata, text, read_by, ocr.present(), note, lasting)

    def _read(self, reader: Reader, path: Path, file: BinaryIO) -> tuple[Metadata, str]:
        limits = self._limits
        bytes_here = length(path, file)
        most = limits.file_bytes if reader.confined else limits.text_bytes
        if bytes_here > most:
            raise UnreadableDocument(
                f"{path.name} is {size(bytes_here)} large; at most {size(most)} are read; give it in parts"
            )
        if reader.confined:
            metadata, text = self._confined.read(file.fileno(), path.name)
        else:
            metadata, text = reader.read(file.read(), path.name)
        return metadata, self._checked(path, text)

    def _checked(self, path: Path, text: str) -> str:
        """The text of a file, where it is neither empty nor too long. Raises: UnreadableDocument."""
        limits = self._limits
        if not text.strip():
            raise Empty(f"{path.name} has no text; fill it or remove it")
        if len(text) > limits.characters:
            raise UnreadableDocument(
                f"{path.name} has {len(text):,} characters of text; at most {limits.characters:,} are read; "
                "give it in parts"
            )
        longest = max(map(len, text.split("\n")))
        if longest > limits.line_characters:
            raise UnreadableDocument(
                f"{path.name} has a line of {longest:,} characters; at most {limits.line_characters:,} are read; "
                "part it into paragraphs"
            )
        return text


def _numbers(pages: Sequence[int]) -> str:
    """Numbers of pages, from 0, for a person: `pages 2, 5-7 and 9`."""
    runs = []
    for _, run in groupby(enumerate(pages), lambda pair: pair[1] - pair[0]):
        first, *rest = [number + 1 for _, number in run]
        runs.append(f"{first}-{rest[-1]}" if rest else str(first))
    *firsts, last = runs if len(runs) <= _MOST_NAMED else [*runs[:_MOST_NAMED], "others"]
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(firsts)}{' and ' if firsts else ''}{last}"
