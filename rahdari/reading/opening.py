"""Files opened for reading: those of the disk, and what was taken out of an archive."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from rahdari.errors import UnreadableDocument


class Empty(UnreadableDocument):
    """A file has no text."""


def opened(path: Path) -> BinaryIO:
    """A regular file, open for reading. Raises: UnreadableDocument."""
    if not encodable(str(path.name)):
        raise UnreadableDocument(f"the name of {path} is not UTF-8; rename the file")
    try:
        file = open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except FileNotFoundError as error:
        raise UnreadableDocument(f"there is no {path}; check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableDocument(f"{path.name} cannot be opened: {reason}") from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UnreadableDocument(f"{path.name} is no regular file; remove it, or put its text into one")
    return file


def in_memory(data: bytes) -> BinaryIO:
    """Bytes as an open file, which a child process can be given."""
    file = open(os.memfd_create("member"), "w+b")
    file.write(data)
    file.seek(0)
    return file


def length(path: Path, file: BinaryIO) -> int:
    """The bytes of an open file. Raises: Empty, where there are none."""
    found = os.fstat(file.fileno()).st_size
    if not found:
        raise Empty(f"{path.name} is empty; fill it or remove it")
    return found


def encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8: half a surrogate pair cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
