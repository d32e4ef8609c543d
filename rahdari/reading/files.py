"""From paths to Documents, one bad file never stopping the others."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rahdari.errors import DocumentError, ScannedDocument, UnreadableDocument
from rahdari.reading import ocr, pdf_layout, sources
from rahdari.reading.canonical import PAGE_BREAK
from rahdari.reading.confined import Confined
from rahdari.reading.formats import READERS, UNPACKERS, Reader, reader_for
from rahdari.reading.limits import LIMITS, Limits, size
from rahdari.reading.metadata import FIELDS, UNTOLD, Metadata
from rahdari.reading.naming import longer_and_longer
from rahdari.reading.remembering import Remembered, gone
from rahdari.reading.walking import LeftOut, files, is_document
from rahdari.records import Document


@dataclass(frozen=True)
class Reading:
    """What was read, ordered by id, and what was not."""

    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...] = ()


def read(path: str | Path, limits: Limits = LIMITS) -> Document:
    """One file as a Document, with what its front matter and the table beside it say; the table wins.

    Raises:
        UnknownFormat: no reader for its ending; an archive has none, it is read by read_all.
        UnreadableDocument: no text can be got out of it, or what is said of it is not as documented.
    """
    with Confined(limits) as confined:
        reading = _Pass(limits, confined)
        with _opened(Path(path)) as file:
            return reading.document(Path(path), file)


def read_all(
    paths: Iterable[str | Path],
    limits: Limits = LIMITS,
    remembered: Remembered | None = None,
    told: Metadata = UNTOLD,
    progress: Callable[[int, int, str], None] = lambda *_: None,
) -> Reading:
    """All documents in these files, folders and archives; what is bad is left out with its reason.

    A document's id is its file's name without the ending, or more of its path where another file has that. Files that
    look as they are `remembered` are not read again, but for archives and mails, and keep the ids that they had. Of
    what is left out although it is there, the documents stay that are remembered.

    Args:
        told: what is said of all of them; it wins over what files and tables say.
        progress: called with the number of files done, that of all, and the name of the next one.
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
                reading.left_out.append(found)
            else:
                reading.take(found)
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
        self._tables: dict[Path, sources.Sources] = {}
        self._documents: dict[str, Document] = {}
        self._origin: dict[str, Path] = {}
        self.left_out: list[LeftOut] = []

    def take(self, path: Path) -> None:
        """Reads a file of the disk, and what it holds; one that is remembered need not be read."""
        ending = path.suffix.lower()
        try:
            if ending not in READERS or ending in UNPACKERS:
                with _opened(path) as file:
                    self._take(path, file, _Budget(self._limits.archive_bytes), 1)
                return
            signature, told = READERS[ending].signature, self._told_of(path)
            document = self._remembered.document(path, signature, told)
            if document is not None:
                self._keep(path, document)
                self._remembered.still(path)
                return
            with _opened(path) as file:
                status = os.fstat(file.fileno())
                document = self.document(path, file)
            self._remembered.note(path, status, signature, told, self._keep(path, document))
        except DocumentError as error:
            self.left_out.append(LeftOut(path, str(error)))

    def finished(self) -> Reading:
        """All that was found, with what is wrong with the tables, and what is known of files that are left out."""
        self.left_out = [self._standing(entry) for entry in self.left_out]
        for folder, table in sorted(self._tables.items()):
            self.left_out.extend(LeftOut(folder / sources.NAME, problem) for problem in table.problems)
        documents = tuple(self._documents[key] for key in sorted(self._documents))
        return Reading(documents, tuple(self.left_out))

    def _standing(self, entry: LeftOut) -> LeftOut:
        """A file that is there and cannot be read now is not gone: what was made of it before stays."""
        if gone(entry.path):
            return entry
        stays = [(path, one) for path, one in self._remembered.below(entry.path) if one.id not in self._documents]
        for path, document in stays:
            self._documents[document.id] = document
            self._remembered.still(path)
        return replace(entry, reason=f"{entry.reason}; what the store has of it stays") if stays else entry

    def document(self, path: Path, file: BinaryIO) -> Document:
        """An open file as a Document. Raises: DocumentError."""
        reader = reader_for(path)
        signature = reader.signature
        program = ocr.program() if reader.name == "pdf" else None
        try:
            metadata, text = self._text(reader, path, file)
            scanned = self._scanned_pages(path, file, text) if program is not None else text
        except ScannedDocument:
            if program is None:
                raise
            metadata, text, scanned = Metadata(), "", self._scanned(path, file)
        if program is not None and scanned != text:
            signature, text = f"{signature}, {ocr.version(program)}", scanned
        metadata = metadata.overridden_by(self._told_of(path))
        values = {name: getattr(metadata, name) for name in FIELDS}
        for name, value in values.items():
            if value is not None and not _encodable(value):
                raise UnreadableDocument(
                    f"{path.name}: {name} has half a surrogate pair, which is no character; mend it"
                )
        digest = hashlib.sha256(json.dumps([text, values], sort_keys=True).encode()).hexdigest()
        return Document(id=path.stem, text=text, sha256=digest, reader=signature, **values)

    def _take(self, path: Path, file: BinaryIO, budget: _Budget, depth: int) -> None:
        ending = path.suffix.lower()
        empty: _Empty | None = None
        if ending not in UNPACKERS or ending in READERS:
            try:
                self._remembered.note_origin(path, self._keep(path, self.document(path, file)))
            except _Empty as error:
                empty = error
        held = self._unpack(path, file, budget, depth) if ending in UNPACKERS else 0
        if empty and not held:  # a message may be there for what is attached to it
            raise empty

    def _keep(self, path: Path, document: Document) -> Document:
        """A document as it is kept: with an id that no other has."""
        kept = replace(document, id=self._remembered.id_of(str(path.absolute())) or self._free_id(path))
        self._documents[kept.id] = kept
        self._origin[kept.id] = path
        return kept

    def _free_id(self, path: Path) -> str:
        holder = self._origin.get(path.stem, self._remembered.holder(path.stem))
        ids = longer_and_longer(path, None if holder is None else Path(holder))
        return next(id for id in ids if id not in self._documents and self._remembered.holder(id) is None)

    def _unpack(self, path: Path, file: BinaryIO, budget: _Budget, depth: int) -> int:
        """Takes in what a file holds. Returns: how many files that is. Raises: UnreadableDocument."""
        if depth > self._limits.depth:
            raise UnreadableDocument(
                f"{path.name} lies {depth - 1} archives deep; at most {self._limits.depth} may lie in each other"
            )
        _length(path, file)
        names: tuple[str, ...] = ()
        for part in self._confined.unpack(file.fileno(), path.name, depth):
            if isinstance(part, list):
                names = tuple(part)
                continue
            inner = Path(f"{path}/{part.name}")  # below it, whatever its name begins with
            if part.data is None:
                self.left_out.append(LeftOut(inner, part.reason))
                continue
            budget.spend(len(part.data), path)
            if inner.name == sources.NAME:
                within = part.name[: -len(sources.NAME)]
                beside = frozenset(name[len(within) :] for name in names if name.startswith(within))
                self._tables[inner.parent] = sources.parse(part.data, beside.__contains__)
            elif is_document(part.name):
                try:
                    with _in_memory(part.data) as held:
                        self._take(inner, held, budget, depth + 1)
                except _Spent:
                    raise
                except DocumentError as error:
                    self.left_out.append(LeftOut(inner, str(error)))
        return len(names)

    def _scanned(self, path: Path, file: BinaryIO) -> str:
        """The text of a PDF that has pictures only."""
        pictures = self._confined.pictures(file.fileno(), path.name)
        text = pdf_layout.text([ocr.page(picture, path.name, self._limits) for picture in pictures])
        return self._checked(path, text)

    def _scanned_pages(self, path: Path, file: BinaryIO, text: str) -> str:
        """The text of a PDF with that of its pages that are pictures. Where tesseract fails, the others stay."""
        pages = text.split(PAGE_BREAK)
        empty = [number for number, page in enumerate(pages) if not page.strip()]
        if not empty or len(empty) > self._limits.scanned_pages:
            return text
        try:
            for picture, number in zip(self._confined.pictures(file.fileno(), path.name, empty), empty):
                if picture:
                    found = pdf_layout.text([ocr.page(picture, path.name, self._limits)]).strip()
                    pages[number] = f"{found}\n\n" if number + 1 < len(pages) else found
        except UnreadableDocument:
            pass
        return self._checked(path, PAGE_BREAK.join(pages))

    def _text(self, reader: Reader, path: Path, file: BinaryIO) -> tuple[Metadata, str]:
        limits = self._limits
        length = _length(path, file)
        most = limits.file_bytes if reader.confined else limits.text_bytes
        if length > most:
            raise UnreadableDocument(
                f"{path.name} is {size(length)} large; at most {size(most)} are read; give it in parts"
            )
        if reader.confined:
            metadata, text = self._confined.read(file.fileno(), path.name)
        else:
            metadata, text = reader.read(file.read(), path.name)
        return metadata, self._checked(path, text)

    def _checked(self, path: Path, text: str) -> str:
        """The text of a file, where it is neither empty nor too long. Raises: UnreadableDocument."""
        limits = self._limits
        if not text.strip():
            raise _Empty(f"{path.name} has no text; fill it or remove it")
        if len(text) > limits.characters:
            raise UnreadableDocument(
                f"{path.name} has {len(text):,} characters of text; at most {limits.characters:,} are read; "
                "give it in parts"
            )
        longest = max(map(len, text.split("\n")))
        if longest > limits.line_characters:
            raise UnreadableDocument(
                f"{path.name} has a line of {longest:,} characters; at most {limits.line_characters:,} are read; "
                "part it into paragraphs"
            )
        return text

    def _told_of(self, path: Path) -> Metadata:
        """What is said of a file from outside. Raises: UnreadableDocument, where its row is not as documented."""
        return self._table(path.parent).metadata(path.name).overridden_by(self._told)

    def _table(self, folder: Path) -> sources.Sources:
        if folder not in self._tables:
            self._tables[folder] = sources.load(folder)
        return self._tables[folder]


class _Empty(UnreadableDocument):
    """A file has no text."""


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


def _length(path: Path, file: BinaryIO) -> int:
    """The bytes of an open file. Raises: UnreadableDocument, where there are none."""
    length = os.fstat(file.fileno()).st_size
    if not length:
        raise _Empty(f"{path.name} is empty; fill it or remove it")
    return length


def _in_memory(data: bytes) -> BinaryIO:
    file = open(os.memfd_create("member"), "w+b")
    file.write(data)
    file.seek(0)
    return file


def _opened(path: Path) -> BinaryIO:
    """A regular file, open for reading. Raises: UnreadableDocument."""
    if not _encodable(str(path.name)):
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


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
