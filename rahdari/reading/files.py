"""From paths to Documents, one bad file never stopping the others."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rahdari.errors import DocumentError, DuplicateDocument, ScannedDocument, UnreadableDocument
from rahdari.reading import ocr, pdf_layout, sources
from rahdari.reading.confined import Confined
from rahdari.reading.formats import READERS, UNPACKERS, Reader, reader_for
from rahdari.reading.limits import LIMITS, Limits, size
from rahdari.reading.metadata import FIELDS, Metadata
from rahdari.reading.remembering import Remembered
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


def read_all(paths: Iterable[str | Path], limits: Limits = LIMITS, remembered: Remembered | None = None) -> Reading:
    """All documents in these files, folders and archives; what is bad is left out with its reason.

    Of two files with one id the first (in the order of paths, then by name) stays. Files that look as they are
    `remembered` are not read again, but for archives and mails; of what is left out although it is there, the documents
    stay that are remembered.
    """
    with Confined(limits) as confined:
        reading = _Pass(limits, confined, remembered)
        for found in files(paths):
            if isinstance(found, LeftOut):
                reading.left_out.append(found)
            else:
                reading.take(found)
        return reading.finished()


class _Pass:
    """One run over files: what was found so far."""

    def __init__(self, limits: Limits, confined: Confined, remembered: Remembered | None = None) -> None:
        self._remembered = remembered or Remembered()
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
            signature, told = READERS[ending].signature, self._table(path.parent).metadata(path.name)
            document = self._remembered.document(path, signature, told)
            if document is not None:
                self._keep(path, document)
                self._remembered.still(path)
                return
            with _opened(path) as file:
                status = os.fstat(file.fileno())
                document = self.document(path, file)
            self._keep(path, document)
            self._remembered.note(path, status, signature, told, document)
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
        if _gone(entry.path):
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
        try:
            metadata, text = self._text(reader, path, file)
        except ScannedDocument:
            program = ocr.program()
            if program is None:
                raise
            signature = f"{signature}, {ocr.version(program)}"
            metadata, text = Metadata(), self._scanned(path, file)
        metadata = metadata.overridden_by(self._table(path.parent).metadata(path.name))
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
                document = self.document(path, file)
                self._keep(path, document)
                self._remembered.note_origin(path, document)
            except _Empty as error:
                empty = error
        held = self._unpack(path, file, budget, depth) if ending in UNPACKERS else 0
        if empty and not held:  # a message may be there for what is attached to it
            raise empty

    def _keep(self, path: Path, document: Document) -> None:
        if document.id in self._documents:
            raise DuplicateDocument(
                f"{path} and {self._origin[document.id]} would both be the document {document.id!r}; rename one"
            )
        self._documents[document.id] = document
        self._origin[document.id] = path

    def _unpack(self, path: Path, file: BinaryIO, budget: _Budget, depth: int) -> int:
        """Takes in what a file holds. Returns: how many files that is. Raises: UnreadableDocument."""
        if depth > self._limits.depth:
            raise UnreadableDocument(
                f"{path.name} lies {depth - 1} archives deep; at most {self._limits.depth} may lie in each other"
            )
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

    def _text(self, reader: Reader, path: Path, file: BinaryIO) -> tuple[Metadata, str]:
        limits = self._limits
        length = os.fstat(file.fileno()).st_size
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


def _gone(path: Path) -> bool:
    try:
        os.stat(path)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):  # it cannot be looked at, or is a part of an archive
        return False
    return False


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
