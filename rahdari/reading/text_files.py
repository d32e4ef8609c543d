"""Text and Markdown files."""

from __future__ import annotations

from rahdari.errors import UnreadableDocument
from rahdari.reading import front_matter
from rahdari.reading.metadata import Metadata


def read(data: bytes, name: str) -> tuple[Metadata, str]:
    """A text in UTF-8 with or without front matter: line ends made \\n, a byte order mark dropped, else verbatim.

    Raises:
        UnreadableDocument: it is not UTF-8, is binary, or its front matter is not as documented.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"{name} is not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}; save it as UTF-8"
        ) from error
    if "\0" in text:
        raise UnreadableDocument(f"{name} is no text: it has a zero byte; give a text version or remove it")
    return front_matter.split(text.replace("\r\n", "\n").replace("\r", "\n"), name)
