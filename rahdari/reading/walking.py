"""The files in folders: in order, each once, and none that lies elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rahdari.reading import sources
from rahdari.reading.formats import is_unknown

_COMPANIONS = {  # files about a folder, not documents of it
    f"{stem}{ending}"
    for stem in ("readme", "license", "licence")
    for ending in ("", ".markdown", ".md", ".text", ".txt")
}


@dataclass(frozen=True)
class LeftOut:
    """A file, or a row of a table, that did not become part of a document, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Note:
    """A file whose document was taken in, and what is to be told of it."""

    path: Path
    text: str


def files(paths: Iterable[str | Path]) -> Iterator[Path | LeftOut]:
    """The documents at these paths, subfolders included, links after the files of their folder.

    A link is followed once, and only to what lies in the folder that was named. A path that is named is followed.
    """
    seen: set[Path] = set()
    for start in map(Path, paths):
        if not os.path.isdir(start):  # Path.is_dir raises where a name is too long
            found: Iterable[Path | LeftOut] = (start,)
        else:
            found = _walk(start, real_path(start))
        for path in found:
            real = path.path if isinstance(path, LeftOut) else real_path(path)
            if real not in seen:
                seen.add(real)
                yield path


def is_document(name: str) -> bool:
    """Whether a file of a folder or an archive is read: not what is hidden, nor what is about the folder."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.name != sources.NAME and path.name.lower() not in _COMPANIONS


def matters(name: str) -> bool:
    """Whether documents change with a file of this name in a folder: it is read, or is a table beside others."""
    return name == sources.NAME or is_document(name) and not is_unknown(PurePosixPath(name))


def _walk(folder: Path, root: Path) -> Iterator[Path | LeftOut]:
    links: list[Path] = []
    unlisted: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links += [Path(parent) / name for name in folders if os.path.islink(os.path.join(parent, name))]
        for name in sorted(filter(is_document, names)):
            path = Path(parent) / name
            if os.path.islink(path):  # Path.is_symlink raises where a folder may be listed and not entered
                links.append(path)
            else:
                yield path
    for path in links:
        real = real_path(path)
        if not real.is_relative_to(root):
            yield LeftOut(
                path, f"{path.name} is a link that leads out of {folder}; put the file itself there, or name it"
            )
        elif not os.path.isdir(real):  # a folder is walked where it is
            yield path
    for error in unlisted:
        path = Path(error.filename)
        yield LeftOut(path, f"the folder {path.name} cannot be listed: {error.strerror}")


def real_path(path: Path) -> Path:
    """Where a path leads; itself where it leads nowhere: a loop of links, a name that no file can have."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path
