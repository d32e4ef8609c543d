"""The registry of formats: from a file ending to the function that reads such a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rahdari.errors import UnknownFormat, UnreadableDocument
from rahdari.reading import front_matter
from rahdari.reading.metadata import Metadata

Reader = Callable[[Path], tuple[Metadata, str]]


def read_text(path: Path) -> tuple[Metadata, str]:
    """A text file in UTF-8 with or without front matter: line ends made \\n, a byte order mark dropped, else verbatim.

    Raises:
        UnreadableDocument: it cannot be opened, is not UTF-8, is binary, or holds no text.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"{path.name} is not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}; save it as UTF-8"
        ) from error
    except OSError as error:
        raise UnreadableDocument(f"{path.name} cannot be opened: {error.strerror or error}") from error
    if "\0" in text:
        raise UnreadableDocument(f"{path.name} is no text: it has a zero byte; give a text version or remove it")
    metadata, body = front_matter.split(text.replace("\r\n", "\n").replace("\r", "\n"), path.name)
    if not body.strip():
        raise UnreadableDocument(f"{path.name} has no text; fill it or remove it")
    return metadata, body


READERS: dict[str, Reader] = {".md": read_text, ".txt": read_text}


def reader_for(path: Path) -> Reader:
    """The reader of this file's ending, upper or lower case.

    Raises:
        UnknownFormat: there is none; the message lists the known endings.
    """
    ending = path.suffix.lower()
    if ending in READERS:
        return READERS[ending]
    seen = f"the ending {ending}" if ending else "no ending"
    raise UnknownFormat(f"{path.name} has {seen}; the known ones are {', '.join(sorted(READERS))}")
