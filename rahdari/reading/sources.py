"""sources.tsv: a table beside documents that says what they cannot carry themselves."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from rahdari.errors import UnreadableDocument
from rahdari.reading.metadata import Metadata, iso_date, known

NAME = "sources.tsv"
COLUMNS = ("file", "title", "publisher", "published", "address")


@dataclass(frozen=True)
class Sources:
    """What one table says.

    Attributes:
        rows: by file name as written, relative to the table's folder.
        bad: reason why a file's row cannot be used, by file name.
        problems: what is wrong with the table itself.
    """

    rows: dict[str, Metadata] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

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
    if not path.is_file():
        return Sources()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # universal newlines, and no others
    except (OSError, UnicodeDecodeError) as error:
        return Sources(problems=(f"{NAME} cannot be read as UTF-8: {error}",))
    header = [cell.strip() for cell in lines[0].split("\t")] if lines else []
    unknown = [cell for cell in header if cell not in COLUMNS]
    if unknown or "file" not in header or len(set(header)) != len(header):
        seen = ", ".join(repr(cell) for cell in header) or "nothing"
        problem = f"{NAME} has the columns {seen}; it may have {', '.join(COLUMNS)}, with `file` in it"
        return Sources(problems=(problem,))
    return _rows(folder, header, lines[1:])


def _rows(folder: Path, header: list[str], lines: list[str]) -> Sources:
    rows: dict[str, Metadata] = {}
    bad: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        cells = line.split("\t")
        row = dict(zip(header, cells))
        name = row.get("file", "").strip()
        where = f"{NAME} line {number}"
        if not name or Path(name).name != name or not os.path.isfile(folder / name):
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
                    published=iso_date(row.get("published"), where),
                    source=known(row.get("address")),
                )
            except UnreadableDocument as error:
                bad[name] = str(error)
    return Sources(rows, bad, tuple(problems))
