"""What files looked like when they were read, and what was made of them.

One that still looks so need not be read again; and what was made of one that cannot be read now is known. A part of an
archive looks as its bytes do: their SHA-256, since whoever packs an archive sets names, times and CRCs as they like.

A file is known by where it lies, however its folder is named: links that lead to the folder are resolved, links in it
are not. Where a link that was named leads to another folder now, what is known goes with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import NamedTuple

from rahdari.reading import ocr
from rahdari.reading.metadata import Metadata
from rahdari.reading.readings import Readings
from rahdari.reading.walking import real_path
from rahdari.records import Document

_REST_NS = 2_000_000_000  # a file that has changed so lately may change again and look the same: clocks are coarse

Looks = str
"""Size, times of change of content and of inode in ns, and inode of a file; or the SHA-256 of a part of an archive."""


class Mark(NamedTuple):
    """What is known of a file, or of a part of an archive.

    Attributes:
        looks: empty where it is to be read again, whatever it looks like.
        by: a hash of the reader, and of what was told of the file from outside.
        tesseract: as Made.tesseract.
        note: as Made.note.
        id, sha256: of the document.
    """

    looks: Looks
    by: str
    tesseract: str | None
    note: str
    id: str
    sha256: str


class Made(NamedTuple):
    """What was made of a file.

    Attributes:
        tesseract: which one was there for pages that are pictures, empty where none was; None where no page is one.
        note: what is to be told of it, though the document is taken in; empty where there is nothing to tell.
        lasting: whether another try would make the same.
    """

    document: Document
    tesseract: str | None = None
    note: str = ""
    lasting: bool = True


@dataclass(frozen=True)
class Seen:
    """What one run saw.

    Attributes:
        files: by where each lies.
        archives: looks, and a hash of all readers and of what was told, of those of which nothing was left out.
        roots: where the folders that were named lie, by their names.
        tables: the fields that tables told of files, by their names, by where the folders of the tables lie.
    """

    files: dict[str, Mark] = field(default_factory=dict)
    archives: dict[str, tuple[Looks, str]] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


class Remembered:
    """What is known of files from an earlier run, and what this one sees.

    Args:
        before: `seen` of the earlier run.
        documents: gives the documents that were made then, by id; called when the first one is needed.
        readings: what later runs read that did not end, and where this one keeps what is dear to read.
    """

    def __init__(
        self,
        before: Seen | None = None,
        documents: Callable[[], Mapping[str, Document]] = dict,
        readings: Readings | None = None,
    ) -> None:
        self._before = before or Seen()
        self._readings = readings or Readings(None)
        self._places = sorted(self._before.files)
        self._get_documents = documents
        self.seen = Seen()
        self._roots: dict[str, str] = {}
        self._holders: dict[str, str] = {}

    def reserve(self, paths: Iterable[str | Path]) -> None:
        """Tells which paths are named. Keeps the ids of the documents that were made of files at them, as long as the
        files are there."""
        fresh = [path for path in map(Path, paths) if str(path) not in self._roots]
        for path in fresh:
            self._name(path)
        for path in fresh:
            self._move(path)
        for place in chain.from_iterable(self._at(self.place(path)) for path in fresh):
            if not gone(place):
                self._holders[self._before.files[place].id] = place

    def place(self, path: Path) -> str:
        """Where a file lies that is at one of the paths, or in one of them: what it is known by."""
        head, tail = str(path), ""
        while head:
            if head in self._roots:
                return self._roots[head] + tail
            head, slash, last = head.rpartition(os.sep)
            tail = f"{slash}{last}{tail}"
        below_here = "." in self._roots and not path.is_absolute()
        return f"{self._roots['.']}/{path}" if below_here else str(real_path(path.absolute()))

    def id_of(self, path: Path) -> str | None:
        """The id of the document that was made of a file."""
        place = self.place(path)
        mark = self._before.files.get(place)
        return mark.id if mark is not None and self._holders.get(mark.id) == place else None

    def holder(self, id: str) -> str | None:
        """Where the file lies whose document has an id."""
        return self._holders.get(id)

    def recall(self, path: Path, looks: Looks, by: str) -> Made | None:
        """What was made of a file, where the file, its reader and what is told of it are as they were then."""
        if not looks:
            return None
        place = self.place(path)
        mark = self._before.files.get(place)
        made = self._made(mark) if mark is not None and (mark.looks, mark.by) == (looks, by) else None
        if made is None and (kept := self._readings.get(place, f"{looks} {by}")) is not None:
            made = Made(*kept) if _as_good(kept[1]) else None
        return made

    def keep(self, path: Path, looks: Looks, by: str, made: Made) -> None:
        """Keeps what was made of a file for the next run, where this one does not end."""
        if looks and made.lasting:
            self._readings.put(self.place(path), f"{looks} {by}", made.document, made.tesseract, made.note)

    def recall_archive(self, path: Path, looks: Looks, by: str) -> list[tuple[Path, Made]] | None:
        """What was made of an archive's parts, each with its path, where it and all readers are as they were then."""
        place = self.place(path)
        if not looks or self._before.archives.get(place) != (looks, by):
            return None
        parts = []
        for part in self._at(place):
            mark = self._before.files[part]
            made = self._made(mark) if mark.looks else None
            if made is None:
                return None
            parts.append((Path(f"{path}{part[len(place) :]}"), made))
            self.still(part)
        self.seen.archives[place] = looks, by
        return parts

    def note(self, path: Path, looks: Looks, by: str, made: Made, id: str) -> None:
        """Notes what was made of a file; `looks` is of before it was read. `id`: that its document has now."""
        kept = Mark(looks if made.lasting else "", by, made.tesseract, made.note, id, made.document.sha256)
        self.seen.files[self.place(path)] = kept

    def note_archive(self, path: Path, looks: Looks, by: str) -> None:
        """Notes that nothing of an archive was left out."""
        if looks:
            self.seen.archives[self.place(path)] = looks, by

    def table(self, folder: Path) -> dict[str, Metadata]:
        """What the table of a folder told in the earlier run, by the names of files."""
        rows = self._before.tables.get(self.place(folder), {})
        return {name: Metadata(**fields) for name, fields in rows.items()}

    def note_table(self, folder: Path, rows: Mapping[str, Metadata]) -> None:
        """Notes what the table of a folder tells."""
        if rows:
            told = {name: {key: value for key, value in vars(row).items() if value} for name, row in rows.items()}
            self.seen.tables[self.place(folder)] = told

    def still(self, place: str) -> None:
        """Notes that what was known of a file is so still."""
        self.seen.files[place] = self._before.files[place]

    def below(self, path: Path) -> Iterator[tuple[str, Document]]:
        """The documents that are there still of those that were made of a file, or of what a folder or archive holds.

        Yields: where each lies, and the document.
        """
        for place in self._at(self.place(path)):
            document = self._documents.get(self._before.files[place].id)
            if document is not None:
                yield place, document

    @property
    def changed(self) -> bool:
        """Whether this run saw other things than the earlier one."""
        return self.seen != self._before

    def _name(self, path: Path) -> None:
        """Finds out where a path lies."""
        real = str(real_path(path))
        if not os.path.isdir(real):  # a file is called by its own name, whatever it is a link to
            real = str(real_path(path.absolute().parent) / path.name)
        self._roots[str(path)] = self.seen.roots[os.path.abspath(path)] = real

    def _move(self, path: Path) -> None:
        """Where a path led to another place before, which is in none that is named now, what was known below that lies
        where it leads now."""
        name, real = os.path.abspath(path), self._roots[str(path)]
        before = self._before.roots.get(name, name)
        if any(_within(before, root) for root in self._roots.values()):
            return
        if any(self._at(real)) or not any(self._at(before)):
            return

        def moved(place: str) -> str:
            return real + place[len(before) :] if _within(place, before) else place

        files = {moved(place): mark for place, mark in self._before.files.items()}
        archives = {moved(place): mark for place, mark in self._before.archives.items()}
        tables = {moved(place): rows for place, rows in self._before.tables.items()}
        self._before = Seen(files, archives, self._before.roots, tables)
        self._places = sorted(files)

    def _made(self, mark: Mark) -> Made | None:
        """None where the document is not there any more, or another tesseract may make more of it."""
        document = self._documents.get(mark.id) if _as_good(mark.tesseract) else None
        if document is None or document.sha256 != mark.sha256:
            return None
        return Made(document, mark.tesseract, mark.note)

    def _at(self, place: str) -> Iterator[str]:
        """The places that something is known of: this one, and those below it."""
        folder = f"{place.rstrip(os.sep)}{os.sep}"
        first = bisect_left(self._places, folder)
        within = takewhile(lambda held: held.startswith(folder), islice(self._places, first, None))
        return chain([place] if place in self._before.files else [], within)

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return self._get_documents()


def load(path: Path) -> Seen:
    """What was saved in a file; nothing where it is not there or is damaged: all is then read again.

    Of what an earlier version of Rahdari saved, each file's document is known and no file's looks.
    """
    try:
        saved = json.loads(path.read_bytes())
        if "files" not in saved:
            return Seen({place: Mark("", "", None, "", *mark[-2:]) for place, mark in saved.items()})
        archives = {place: (looks, by) for place, (looks, by) in saved["archives"].items()}
        files = {place: Mark(*mark) for place, mark in saved["files"].items()}
        return Seen(files, archives, dict(saved["roots"]), dict(saved["tables"]))
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return Seen()


def save(path: Path, seen: Seen) -> None:
    """Saves what a run saw whole or not at all; where that cannot be done, the next run reads all again."""
    fresh = path.with_name(f"{path.name}.new")  # one name: what a run leaves that is killed here, the next one replaces
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(vars(seen)))
        os.replace(fresh, path)


def looks_of(file: int | Path, at_rest: bool = False) -> Looks:
    """What a file looks like, by its descriptor or path; empty where it cannot be looked at.

    Args:
        at_rest: empty as well where it has changed so lately that it may change again and look the same.
    """
    try:
        status = os.stat(file)
    except (OSError, ValueError):
        return ""
    if at_rest and time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) <= _REST_NS:
        return ""
    # The time of change of the inode is none that a copying program sets: it tells what size and mtime do not.
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def looks_of_part(data: bytes) -> Looks:
    """What a part of an archive looks like."""
    return hashlib.sha256(data).hexdigest()


def made_by(signature: str, told: Metadata) -> str:
    """A hash of what made a text, and of what was told of its file from outside."""
    return hashlib.sha256(f"{signature}\0{told!r}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _as_good(tesseract: str | None) -> bool:
    """Whether one that was there makes what the one makes that is there now. Where none is, what it read stays."""
    return tesseract is None or ocr.present() in ("", tesseract)


def _within(place: str, folder: str) -> bool:
    return place == folder or place.startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def gone(path: str | Path) -> bool:
    """Whether there is nothing at a path any more; a part of an archive is there as long as the archive is."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):  # it cannot be looked at, or is a part of an archive
        return False
    return False
