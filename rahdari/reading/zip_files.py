"""Zip archives: what is in them, checked before it is unpacked."""

from __future__ import annotations

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from rahdari.errors import UnreadableDocument
from rahdari.reading.limits import MIB, Limits, size
from rahdari.reading.members import Member
from rahdari.reading.sources import NAME

_DRIVE = re.compile(r"[A-Za-z]:")


def unpack(file: BinaryIO, name: str, limits: Limits) -> Iterator[list[str] | Member]:
    """The names of the files in an archive, then each file, or why it is left out; tables of sources come first.

    Raises:
        UnreadableDocument: it is no archive, is damaged, or holds more files than are read.
    """
    with _opened(file, name, limits) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        named = sorted(
            (PurePosixPath(name := _name(entry)).name != NAME, name, entry.header_offset, entry) for entry in entries
        )
        yield [name for _, name, _, _ in named]
        for _, name, _, entry in named:
            reason = _unfit(entry, limits)
            if reason is None:
                try:
                    yield Member(name, archive.read(entry))
                    continue
                except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError) as error:
                    reason = f"{name} cannot be unpacked: {' '.join(str(error).split())[:200]}"
            yield Member(name, reason=reason)


def check(data: bytes, name: str, limits: Limits) -> None:
    """Whether a file that is an archive inside may be given to a library that unpacks it.

    Raises:
        UnreadableDocument: it is no archive, or would unpack to more than is read.
    """
    with _opened(BytesIO(data), name, limits) as archive:
        entries = archive.infolist()
        reasons = [reason for entry in entries if (reason := _unfit(entry, limits))]
        total = sum(entry.file_size for entry in entries)
        if total > limits.file_bytes:
            reasons.append(f"it would unpack to {size(total)}; at most {size(limits.file_bytes)} are read")
        if reasons:
            raise UnreadableDocument(f"{name}: {reasons[0]}")


def _opened(file: BinaryIO, name: str, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument(f"{name} is no zip archive that can be read: {error}") from error
    if len(archive.filelist) > limits.archive_files:
        raise UnreadableDocument(
            f"{name} holds {len(archive.filelist):,} files; at most {limits.archive_files:,} are read; give it in parts"
        )
    return archive


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's name with `/` between its folders, whatever system it was packed on."""
    return entry.filename.replace("\\", "/")


def _unfit(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    """Why a member is not unpacked; None where it may be."""
    name = _name(entry)
    if name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name):
        return f"the path {name} leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"{name} is a link; put the file itself into the archive"
    if entry.flag_bits & 0x1:
        return f"{name} is encrypted; give an archive without a password"
    if entry.file_size > limits.file_bytes:
        return f"{name} is {size(entry.file_size)} large; at most {size(limits.file_bytes)} are read"
    if entry.file_size > MIB and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return f"{name} would unpack to {entry.file_size // max(entry.compress_size, 1):,} times its size"
    return None
