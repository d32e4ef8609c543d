"""sources.tsv: a table beside documents that says what they cannot carry themselves."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rahdari.errors import UnreadableDocument
from rahdari.reading.limits import MIB, size
from rahdari.reading.metadata import Metadata, iso_date, known, language_code
from rahdari.reading.opening import opened
from rahdari.reading.text_files import plain

NAME = "sources.tsv"
COLUMNS = ("file", "title", "publisher", "author", "published", "language", "address")

_MOST_BYTES = 64 * MIB
_SHOWN = 40  # characters of a column's name
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Sources:
    """What one table says.

    Attributes:
        rows: by file name as written, relative to the table's folder.
        bad: reason why a file's row cannot be used, by file name.
        problems: what is wrong with the table itself.
        unread: whether nothing of it could be read.
    """

    rows: dict[str, Metadata] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    unread: bool = False

    def metadata(self, name: str) -> Metadata:
        """What the table knows of this file; nothing when it has no row.

        Raises:
            UnreadableDocument: the file's row is not as documented.
        """
        if name in self.bad:
            raise UnreadableDocument(self.bad[name])
        return self.rows.get(name, Metadata())


def load(folder: Path) -> Sources:
    """The table of a folder; an empty one when there is none. Never raises for what is written in it."""
    path = folder / NAME
    if not os.path.isfile(path):  # Path.is_file raises where a folder may be listed and not entered
        return Sources()
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return Sources(problems=(f"{NAME} is a link that leads out of its folder; put the table there",), unread=True)
    try:
        with opened(path) as file:
            data = file.read(_MOST_BYTES + 1)
    except UnreadableDocument as error:
        return Sources(problems=(str(error),), unread=True)
    except OSError as error:
        return Sources(problems=(f"{NAME} cannot be read: {error.strerror or error}",), unread=True)
    return parse(data, lambda name: os.path.isfile(folder / name))


def parse(data: bytes, has: Callable[[str], bool]) -> Sources:
    """What a table's bytes say; `has` tells whether there is a file of this name beside it. Never raises."""
    if len(data) > _MOST_BYTES:
        problem = f"{NAME} is larger than {size(_MOST_BYTES)}, which is all that is read of one; part the folder"
        return Sources(problems=(problem,), unread=True)
    try:
        lines = plain(data, NAME).split("\n")
    except UnreadableDocument as error:
        return Sources(problems=(str(error),), unread=True)
    header = [cell.strip() for cell in lines[0].split("\t")]
    unknown = [cell for cell in header if cell not in COLUMNS]
    if unknown or "file" not in header or len(set(header)) != len(header):
        seen = ", ".join(repr(cell[:_SHOWN]) for cell in header[: len(COLUMNS) + 1])
        problem = f"{NAME} has the columns {seen}; it may have {', '.join(COLUMNS)}, with `file` in it"
        return Sources(problems=(problem,), unread=True)
    return _rows(has, header, lines[1:])


def _rows(has: Callable[[str], bool], header: list[str], lines: list[str]) -> Sources:
    rows: dict[str, Metadata] = {}
    bad: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        cells = [_plain(cell) for cell in line.split("\t")]
        row = dict(zip(header, cells))
        name = row.get("file", "").strip()
        where = f"{NAME} line {number}"
        if "/" in name or "\\" in name and not has(name):
            problems.append(
                f"{where}: {name!r} lies in another folder; a table is for the files of its own folder only, "
                f"so move the row to a {NAME} there"
            )
        elif not name or Path(name).name != name or not has(name):
            problems.append(f"{where}: there is no file {name!r} here; correct the name or remove the row")
        elif len(cells) > len(header):
            bad[name] = f"{where} has {len(cells)} cells, but there are {len(header)} columns"
        elif name in rows:
            bad[name] = f"{where}: a second row for {name}; keep one"
        else:
            try:
                rows[name] = Metadata(
                    title=known(row.get("title")),
                    publisher=known(row.get("publisher")),
                    author=known(row.get("author")),
                    published=iso_date(row.get("published"), where),
                    language=language_code(row.get("language"), where),
                    source=known(row.get("address")),
                )
            except UnreadableDocument as error:
                bad[name] = str(error)
    return Sources(rows, bad, tuple(problems))


def _plain(cell: str) -> str:
    """A cell without the quotes that spreadsheets set around what has a comma or a quote in it."""
    inner = cell.strip()[1:-1]
    quoted = ("," in inner or '""' in inner) and _QUOTED.fullmatch(cell.strip())
    return inner.replace('""', '"') if quoted else cell
