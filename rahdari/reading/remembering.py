"""What files looked like when they were read, and what was made of them.

One that still looks so need not be read again; and what was made of one that cannot be read now is known.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import Any

from rahdari.reading.metadata import Metadata
from rahdari.records import Document

_REST_NS = 2_000_000_000  # a file that has changed so lately may change again and look the same: clocks are coarse
_UNLIKE_ANY = [-1, -1, -1, -1, "", ""]


class Remembered:
    """What is known of files from an earlier run, and what this one sees.

    Args:
        marks: what files looked like, as `marks` of the earlier run; each is a list of JSON values by absolute path.
        documents: gives the documents that were made of them, by id; called when the first one is needed.
    """

    def __init__(
        self, marks: Mapping[str, Any] | None = None, documents: Callable[[], Mapping[str, Document]] = dict
    ) -> None:
        self._before = marks or {}
        self._get_documents = documents
        self.marks: dict[str, Any] = {}
        self._holders: dict[str, str] = {}

    def reserve(self, paths: Iterable[str | Path]) -> None:
        """Keeps the ids of the documents that were made of files at these paths, as long as the files are there."""
        for path in paths:
            for name in self._at(Path(path)):
                if not gone(name):
                    self._holders[self._before[name][-2]] = name

    def id_of(self, path: str) -> str | None:
        """The id of the document that was made of a file, by its absolute path."""
        id = self._before[path][-2] if path in self._before else None
        return id if id is not None and self._holders.get(id) == path else None

    def holder(self, id: str) -> str | None:
        """The absolute path of the file whose document has an id."""
        return self._holders.get(id)

    def document(self, path: Path, signature: str, told: Metadata) -> Document | None:
        """The document that was made of a file, where the file, its reader and what a table tells of it are as then."""
        seen = self._before.get(str(path.absolute()))
        if seen is None:
            return None
        try:
            looks = [*_looks(os.stat(path)), *_by(signature, told)]
        except OSError:
            return None
        *looked, id, sha256 = seen
        document = self._documents.get(id) if looks == looked else None
        return document if document is not None and document.sha256 == sha256 else None

    def note(self, path: Path, status: os.stat_result, signature: str, told: Metadata, document: Document) -> None:
        """Notes what was made of a file; `status` is of before it was read."""
        looks = _looks(status)
        if time.time_ns() - max(looks[1:3]) > _REST_NS:
            self.marks[str(path.absolute())] = [*looks, *_by(signature, told), document.id, document.sha256]
        else:
            self.note_origin(path, document)

    def note_origin(self, path: Path, document: Document) -> None:
        """Notes what was made of a file, or of what an archive holds, that is to be read again in the next run."""
        self.marks[str(path.absolute())] = [*_UNLIKE_ANY, document.id, document.sha256]

    def still(self, path: Path) -> None:
        """Notes that what was known of a file is so still."""
        name = str(path.absolute())
        self.marks[name] = self._before[name]

    def below(self, path: Path) -> Iterator[tuple[Path, Document]]:
        """The documents that are there still of those that were made of a file, or of what a folder or archive holds.

        Yields: where each was, and the document.
        """
        for held in self._at(path):
            document = self._documents.get(self._before[held][-2])
            if document is not None:
                yield Path(held), document

    def _at(self, path: Path) -> Iterator[str]:
        """The absolute paths that something is known of: this one, and what lies below it."""
        name = str(path.absolute())
        folder = f"{name.rstrip(os.sep)}{os.sep}"
        first = bisect_left(self._names, folder)
        within = takewhile(lambda held: held.startswith(folder), islice(self._names, first, None))
        return chain([name] if name in self._before else [], within)

    @property
    def changed(self) -> bool:
        """Whether this run saw other things than the earlier one."""
        return self.marks != self._before

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self._before)

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return self._get_documents()


def load(path: Path) -> dict[str, Any]:
    """The marks that were saved in a file; none where it is not there or is damaged: all is then read again."""
    try:
        marks = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {name: mark for name, mark in marks.items() if len(mark) == 8} if isinstance(marks, dict) else {}


def save(path: Path, marks: Mapping[str, Any]) -> None:
    """Saves marks whole or not at all; where that cannot be done, the next run reads all again."""
    fresh = path.with_name(f"{path.name}.new")  # one name: what a run leaves that is killed here, the next one replaces
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(marks))
        os.replace(fresh, path)


def _looks(status: os.stat_result) -> list[int]:
    # The time of change of the inode is none that a copying program sets: it tells what size and mtime do not.
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _by(signature: str, told: Metadata) -> list[str]:
    return [signature, hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]]


def gone(path: str | Path) -> bool:
    """Whether there is nothing at a path any more; a part of an archive is there as long as the archive is."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):  # it cannot be looked at, or is a part of an archive
        return False
    return False
