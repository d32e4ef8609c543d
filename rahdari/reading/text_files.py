"""Text and Markdown files."""

from __future__ import annotations

import re

from rahdari.errors import UnreadableDocument
from rahdari.reading import charsets, front_matter, unnamed
from rahdari.reading.metadata import Metadata

_COMMENT = re.compile(r"[ \t]?<!--.*?(-->|\Z)", re.DOTALL)  # up to the end, or each that is left open would look there
_ESCAPED = re.compile(r"\\(?=[$%&~<>@=])")  # of signs that make up amounts; others may open a list or a heading


def read(data: bytes, name: str) -> tuple[Metadata, str]:
    """A text with or without front matter, as `plain` gives it.

    Raises:
        UnreadableDocument: `plain` does, or its front matter is not as documented.
    """
    return front_matter.split(plain(data, name), name)


def markdown(data: bytes, name: str) -> tuple[Metadata, str]:
    """The same of a Markdown file, without what nobody is shown: comments, and the bar before a sign such as `\\$`.

    Raises:
        UnreadableDocument: as `read`.
    """
    metadata, text = read(data, name)
    return metadata, _ESCAPED.sub("", _COMMENT.sub(lambda match: "" if match[1] else match[0], text))


def plain(data: bytes, name: str) -> str:
    """The text of a file: line ends made \\n, a byte order mark dropped, else verbatim.

    It is read as its byte order mark says, else as UTF-8, else in the charset of Windows that leaves no doubt.

    Raises:
        UnreadableDocument: it is none of these, or is binary.
    """
    marked, content = charsets.by_mark(data)
    try:
        text = content.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        found = None if marked else unnamed.decoded(content)
        if found is None:
            at = f"byte {error.start} is 0x{error.object[error.start]:02x}"
            raise UnreadableDocument(f"{name} is not {(marked or 'utf-8').upper()}: {at}; save it as UTF-8") from error
        text = found
    if "\0" in text:
        raise UnreadableDocument(f"{name} is no text: it has a zero byte; give a text version or remove it")
    return text.replace("\r\n", "\n").replace("\r", "\n")
