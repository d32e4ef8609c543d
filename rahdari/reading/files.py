"""From paths to Documents, one bad file never stopping the others."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rahdari.errors import DocumentError, DuplicateDocument, UnreadableDocument
from rahdari.reading import sources
from rahdari.reading.formats import reader_for
from rahdari.reading.metadata import FIELDS
from rahdari.records import Document

_COMPANIONS = {"readme", "license", "licence"}  # files about a folder, not documents of it


@dataclass(frozen=True)
class LeftOut:
    """A file, or a row of a table, that did not become part of a document, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Reading:
    """What was read, ordered by id, and what was not."""

    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...] = ()


def read(path: str | Path) -> Document:
    """One file as a Document, with what its front matter and the table beside it say; the table wins.

    Raises:
        UnknownFormat: no reader for its ending.
        UnreadableDocument: no text can be got out of it, or what is said of it is not as documented.
    """
    return _read(Path(path), {})


def read_all(paths: Iterable[str | Path]) -> Reading:
    """All documents in these files and folders, subfolders included; what is bad is left out with its reason.

    Of two files with one id the first (in the order of paths, then by name) stays.
    """
    documents: dict[str, Document] = {}
    origin: dict[str, Path] = {}
    left_out: list[LeftOut] = []
    tables: dict[Path, sources.Sources] = {}
    for path in _files(paths):
        try:
            document = _read(path, tables)
            if document.id in documents:
                raise DuplicateDocument(
                    f"{path} and {origin[document.id]} would both be the document {document.id!r}; rename one"
                )
            documents[document.id] = document
            origin[document.id] = path
        except DocumentError as error:
            left_out.append(LeftOut(path, str(error)))
    for folder, table in sorted(tables.items()):
        left_out.extend(LeftOut(folder / sources.NAME, problem) for problem in table.problems)
    return Reading(tuple(documents[key] for key in sorted(documents)), tuple(left_out))


def _read(path: Path, tables: dict[Path, sources.Sources]) -> Document:
    _check_file(path)
    metadata, text = reader_for(path)(path)
    folder = path.parent
    if folder not in tables:
        tables[folder] = sources.load(folder)
    metadata = metadata.overridden_by(tables[folder].metadata(path.name))
    values = {name: getattr(metadata, name) for name in FIELDS}
    for name, value in values.items():
        if value is not None and not _encodable(value):
            raise UnreadableDocument(f"{path.name}: {name} has half a surrogate pair, which is no character; mend it")
    digest = hashlib.sha256(json.dumps([text, values], sort_keys=True).encode()).hexdigest()
    return Document(id=path.stem, text=text, sha256=digest, **values)


def _check_file(path: Path) -> None:
    if not _encodable(str(path.name)):
        raise UnreadableDocument(f"the name of {path} is not UTF-8; rename the file")
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise UnreadableDocument(f"there is no {path}; check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableDocument(f"{path.name} cannot be opened: {reason}") from error
    if not stat.S_ISREG(mode):
        raise UnreadableDocument(f"{path.name} is no regular file; remove it, or put its text into one")


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for start in map(Path, paths):
        for path in _walk(start) if os.path.isdir(start) else (start,):  # Path.is_dir raises where a name is too long
            real = _real(path)
            if real not in seen:
                seen.add(real)
                yield path


def _real(path: Path) -> Path:
    """Where a path leads; itself where it leads nowhere: a loop of links, a name that no file can have."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name != sources.NAME and Path(name).stem.lower() not in _COMPANIONS:
                yield Path(parent) / name
