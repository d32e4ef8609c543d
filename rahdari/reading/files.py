"""From paths to Documents, one bad file never stopping the others."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rahdari.errors import DocumentError, UnknownFormat, UnreadableDocument
from rahdari.reading import sources
from rahdari.reading.confined import Confined
from rahdari.reading.formats import READERS, UNPACKERS, all_signatures, is_unknown, reader_for, unknown_ending
from rahdari.reading.limits import LIMITS, Limits
from rahdari.reading.metadata import FIELDS, UNTOLD, Metadata
from rahdari.reading.naming import Apart, longer_and_longer
from rahdari.reading.opening import Empty, encodable, in_memory, length, opened
from rahdari.reading.remembering import Looks, Made, Remembered, gone, looks_of, looks_of_part, made_by
from rahdari.reading.texts import Texts
from rahdari.reading.walking import LeftOut, Note, files, is_document
from rahdari.records import Document


@dataclass(frozen=True)
class Reading:
    """What was read, ordered by id, and what was not.

    Attributes:
        notes: what is to be told of files whose documents were taken in.
    """

    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()


def read(path: str | Path, limits: Limits = LIMITS) -> Document:
    """One file as a Document, with what its front matter and the table beside it say; the table wins.

    Raises:
        UnknownFormat: no reader for its ending; an archive has none, it is read by read_all.
        UnreadableDocument: no text can be got out of it, or what is said of it is not as documented.
    """
    with Confined(limits) as confined:
        reading = _Pass(limits, confined)
        with opened(Path(path)) as file:
            return reading.made(Path(path), file).document


def read_all(
    paths: Iterable[str | Path],
    limits: Limits = LIMITS,
    remembered: Remembered | None = None,
    told: Metadata = UNTOLD,
    progress: Callable[[int, int, str], None] = lambda *_: None,
    own: Callable[[Path], bool] = lambda _: False,
) -> Reading:
    """All documents in these files, folders and archives; what is bad is left out with its reason.

    A document's id is its file's name without the ending, or more of its path where another file has that. Files that
    look as they are `remembered` are not read again, archives of which nothing was left out are not unpacked again, and
    they keep the ids that they had. Of what is left out although it is there, the documents stay that are remembered.

    Args:
        told: what is said of all of them; it wins over what files and tables say.
        progress: called with the number of files done, that of all, and the name of the next one.
        own: whether a file that there is no reader for is passed over.
    """
    given = list(paths)
    if remembered is not None:
        remembered.reserve(given)
    every = list(files(given))
    with Confined(limits) as confined:
        reading = _Pass(limits, confined, remembered, told)
        for number, found in enumerate(every):
            progress(number, len(every), (found.path if isinstance(found, LeftOut) else found).name)
            if isinstance(found, LeftOut):
                reading.leave_out(found.path, found.reason)
            elif not (is_unknown(found) and own(found)):
                reading.take(found)
        for folder in map(Path, filter(os.path.isdir, given)):
            reading.table(folder)  # what is wrong with it is told where all files lie in folders below, too
        return reading.finished()


class _Pass:
    """One run over files: what was found so far."""

    def __init__(
        self, limits: Limits, confined: Confined, remembered: Remembered | None = None, told: Metadata = UNTOLD
    ) -> None:
        self._remembered = remembered or Remembered()
        self._told = told
        self._limits = limits
        self._confined = confined
        self._texts = Texts(limits, confined)
        self._tables: dict[Path, sources.Sources] = {}
        self._faults = 0
        self._documents: dict[str, Document] = {}
        self._places: dict[str, str] = {}
        self._notes: list[Note] = []
        self._left_out: list[LeftOut] = []
        self._unknown: dict[tuple[Path, str], list[LeftOut]] = {}

    def take(self, path: Path) -> None:
        """Takes in a file of the disk, and what it holds; one that is remembered need not be opened."""
        holds = path.suffix.lower() in UNPACKERS
        try:
            if not is_unknown(path):
                by = self._archive_by(path) if holds else self._by(path)
                if (self._recalled_archive if holds else self._recalled)(path, looks_of(path), by):
                    return
            with opened(path) as file:
                looks = looks_of(file.fileno(), at_rest=True)
                faults = self._faults
                self._take(path, file, looks, _Budget(self._limits.archive_bytes), 1)
                if holds and self._faults == faults:
                    self._remembered.note_archive(path, looks, by)
        except DocumentError as error:
            self.leave_out(path, str(error), isinstance(error, UnknownFormat))

    def leave_out(self, path: Path, reason: str, unknown: bool = False) -> None:
        """Notes why a file is left out; one of an `unknown` format is told together with others of its kind."""
        self._faults += 1
        kind = path.parent, path.suffix.lower()
        (self._unknown.setdefault(kind, []) if unknown else self._left_out).append(LeftOut(path, reason))

    def finished(self) -> Reading:
        """All that was found, with what is wrong with the tables, and what is known of files that are left out."""
        left_out = [self._standing(entry) for entry in self._left_out]
        for (folder, ending), entries in self._unknown.items():
            standing = [self._standing(entry) for entry in entries]
            together = LeftOut(folder, f"{len(entries):,} files in it have {unknown_ending(ending)}")
            left_out.append(together if len(entries) > 1 else standing[0])
        for folder, table in sorted(self._tables.items()):
            left_out.extend(LeftOut(folder / sources.NAME, problem) for problem in table.problems)
        documents = tuple(self._documents[key] for key in sorted(self._documents))
        return Reading(documents, tuple(left_out), tuple(self._notes))

    def _standing(self, entry: LeftOut) -> LeftOut:
        """A file that is there and cannot be read now is not gone: what was made of it before stays."""
        if gone(entry.path):
            return entry
        stays = [(place, one) for place, one in self._remembered.below(entry.path) if one.id not in self._documents]
        for place, document in stays:
            self._documents[document.id] = document
            self._remembered.still(place)
        return replace(entry, reason=f"{entry.reason}; what the store has of it stays") if stays else entry

    def made(self, path: Path, file: BinaryIO) -> Made:
        """What an open file makes. Raises: DocumentError."""
        reader = reader_for(path)
        found = self._texts.read(reader, path, file)
        metadata = found.metadata.overridden_by(self._told_of(path))
        values = {name: getattr(metadata, name) for name in FIELDS}
        for name, value in values.items():
            if value is not None and not encodable(value):
                raise UnreadableDocument(
                    f"{path.name}: {name} has half a surrogate pair, which is no character; mend it"
                )
        signature = f"{reader.signature}, {found.read_by}" if found.read_by else reader.signature
        digest = hashlib.sha256(json.dumps([found.text, values], sort_keys=True).encode()).hexdigest()
        document = Document(id=path.stem, text=found.text, sha256=digest, reader=signature, **values)
        return Made(document, found.tesseract, found.note, found.lasting)

    def _take(self, path: Path, file: BinaryIO, looks: Looks, budget: _Budget, depth: int) -> None:
        ending = path.suffix.lower()
        empty: Empty | None = None
        if ending not in UNPACKERS or ending in READERS:
            try:
                by = self._by(path)
                if not self._recalled(path, looks, by):
                    made = self.made(path, file)
                    if reader_for(path).confined:
                        self._remembered.keep(path, looks, by, made)
                    self._keep(path, looks, by, made)
            except Empty as error:
                empty = error
        held = self._unpack(path, file, budget, depth) if ending in UNPACKERS else 0
        if empty and not held:  # a message may be there for what is attached to it
            raise empty
        if not held and ending not in READERS:
            raise Empty(f"{path.name} holds no file; fill it or remove it")

    def _recalled(self, path: Path, looks: Looks, by: str) -> bool:
        """Takes in what was made of a file, where it is as it was."""
        made = self._remembered.recall(path, looks, by)
        if made is not None:
            self._keep(path, looks, by, made)
        return made is not None

    def _recalled_archive(self, path: Path, looks: Looks, by: str) -> bool:
        """Takes in what was made of all that an archive holds, where it is as it was."""
        parts = self._remembered.recall_archive(path, looks, by)
        for part, made in parts or ():
            self._enter(part, made)
        return parts is not None

    def _by(self, path: Path) -> str:
        return made_by(reader_for(path).signature, self._told_of(path))

    def _archive_by(self, path: Path) -> str:
        """What its parts are read by is not known before it is unpacked: all readers."""
        told = self._told_of(path) if path.suffix.lower() in READERS else self._told
        return made_by(all_signatures(), told)

    def _keep(self, path: Path, looks: Looks, by: str, made: Made) -> None:
        """Takes in a document, and notes what it was made of."""
        self._remembered.note(path, looks, by, made, self._enter(path, made))

    def _enter(self, path: Path, made: Made) -> str:
        """Takes in a document with an id that no other has. Returns: the id."""
        id = self._remembered.id_of(path) or self._free_id(path)
        self._documents[id] = replace(made.document, id=id)
        self._places[id] = self._remembered.place(path)
        if made.note:
            self._notes.append(Note(path, made.note))
        return id

    def _free_id(self, path: Path) -> str:
        holder = self._places.get(path.stem, self._remembered.holder(path.stem))
        beside = holder is not None and Path(holder).parent == Path(self._remembered.place(path)).parent
        ids = longer_and_longer(path, beside)
        return next(id for id in ids if id not in self._documents and self._remembered.holder(id) is None)

    def _unpack(self, path: Path, file: BinaryIO, budget: _Budget, depth: int) -> int:
        """Takes in what a file holds. Returns: how many files that is. Raises: UnreadableDocument."""
        if depth > self._limits.depth:
            raise UnreadableDocument(
                f"{path.name} and those that it lies in are {depth} archives in each other; at most "
                f"{self._limits.depth} may be"
            )
        length(path, file)
        names: tuple[str, ...] = ()
        apart = Apart(())
        for part in self._confined.unpack(file.fileno(), path.name, depth):
            if isinstance(part, list):
                names = tuple(part)
                apart = Apart(Path(f"{path}/{name}") for name in names)
                continue
            inner = Path(f"{path}/{part.name}")  # below it, whatever its name begins with
            if inner.name != sources.NAME:
                inner = apart.own(inner)
            if part.data is None:
                self.leave_out(inner, part.reason)
                continue
            budget.spend(len(part.data), path)
            if inner.name == sources.NAME:
                within = part.name[: -len(sources.NAME)]
                beside = frozenset(name[len(within) :] for name in names if name.startswith(within))
                self._tables[inner.parent] = table = sources.parse(part.data, beside.__contains__)
                self._faults += bool(table.problems)
            elif is_document(part.name):
                try:
                    with in_memory(part.data) as held:
                        self._take(inner, held, looks_of_part(part.data), budget, depth + 1)
                except _Spent:
                    raise
                except DocumentError as error:
                    self.leave_out(inner, str(error), isinstance(error, UnknownFormat))
        return len(names)

    def _told_of(self, path: Path) -> Metadata:
        """What is said of a file from outside. Raises: UnreadableDocument, where its row is not as documented."""
        return self.table(path.parent).metadata(path.name).overridden_by(self._told)

    def table(self, folder: Path) -> sources.Sources:
        """The table of a folder. Where one is there that cannot be read now, what it said before holds."""
        if folder not in self._tables:
            table, before = sources.load(folder), self._remembered.table(folder)
            if table.unread and before:
                problems = tuple(f"{problem}; what it said in the last run holds" for problem in table.problems)
                table = replace(table, rows=before, problems=problems)
            rows = {name: row for name, row in table.rows.items() if name not in table.bad}
            rows.update((name, before[name]) for name in table.bad if name in before)
            self._remembered.note_table(folder, rows)
            self._tables[folder] = table
        return self._tables[folder]


class _Spent(UnreadableDocument):
    """An archive holds more than is unpacked of one."""


@dataclass
class _Budget:
    """Bytes that may still be unpacked of one archive on the disk, archives in it included."""

    left: int

    def spend(self, length: int, path: Path) -> None:
        self.left -= length
        if self.left < 0:
            raise _Spent(f"{path.name} unpacks to more than is read of one archive; give it in parts")
