"""What reading a file may cost at most. docs/documents.md lists the limits; tests read with smaller ones."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits on one file, on what is made of it, and on an archive.

    Attributes:
        file_bytes: of a file that is read, in an archive or not. An archive itself may be larger.
        text_bytes: of a text or Markdown file.
        characters: of a document's text. Extraction takes up to a minute for a million of them.
        line_characters: of a line: a longer one is no prose, and the parser's memory grows with it.
        seconds: of processor time for one file, or one member of an archive; three times that by the clock.
        memory_bytes: address space of a child process.
        archive_files: members of an archive, those of archives in it not counted.
        archive_bytes: all that is unpacked from one archive, archives in it included.
        ratio: how many times its packed size a member may unpack to, where that is more than a megabyte.
        scanned_pages: of a PDF without text, where tesseract reads it; each may take `seconds`.
        picture_dots: of one such page.
        depth: how many archives may lie in each other, the outermost counted.
    """

    file_bytes: int = 256 * MIB
    text_bytes: int = 64 * MIB
    characters: int = 4_000_000
    line_characters: int = 100_000
    seconds: int = 120
    memory_bytes: int = 2048 * MIB
    archive_files: int = 200_000
    archive_bytes: int = 64 << 30
    ratio: int = 200
    scanned_pages: int = 500
    picture_dots: int = 64_000_000
    depth: int = 3


LIMITS = Limits()


def size(count: int) -> str:
    """A number of bytes for a person: `1.5 MB`."""
    return f"{count / MIB:,.1f} MB"
