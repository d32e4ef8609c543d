"""Tables of a PDF that go on on the next page: a row that the page's end cuts stays one, and each part has the header.

Pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rahdari.reading import canonical
from rahdari.reading.pdf_pages import Table

_ENDS = 3.0  # points by which the ends of two parts of a table may differ

Rows = Sequence[Sequence[str]]


def continued(before: Table, after: Table) -> tuple[Table, Table | None]:
    """The last table of a page and the first of the next one, as they are where that one goes on with it.

    A rest of the last row goes there, and the header is told again where the page does not. None for a table of which
    nothing is left.
    """
    width = len(before.rows[0])
    alike = abs(before.x0 - after.x0) <= _ENDS and abs(before.x1 - after.x1) <= _ENDS
    if not alike or len(after.rows[0]) != width or not before.headed:
        return before, after
    titled, headed = canonical.heads(before.rows)
    header = before.rows[titled : titled + headed]
    said = [[*map(canonical.clean, row)] for row in (*header, *after.rows[: titled + 1])]
    again = said.index(said[0], 1) if said[0] in said[headed:] and headed else 0  # rows up to the header told again
    rest = after.rows[again:]
    if before.cut and rest and (again or not _whole(rest[0])):
        last = tuple(" ".join(filter(None, pair)) for pair in zip(before.rows[-1], rest[0]))
        before, rest = replace(before, rows=(*before.rows[:-1], last), cut=False), rest[1:]
    elif not again and not _goes_on(before.rows[titled + headed :], rest[0]):
        return before, after
    return before, replace(after, rows=(*header, *rest), headed=True) if rest else None


def _whole(row: Sequence[str]) -> bool:
    return all(cell.strip() for cell in row)


def _goes_on(rows: Rows, row: Sequence[str]) -> bool:
    """Whether a row is one of figures as these are, and no header."""
    columns = [column for column in range(len(row)) if 2 * sum(_figure(one[column]) for one in rows) > len(rows)]
    return bool(columns) and 2 * sum(_figure(row[column]) for column in columns) > len(columns)


def _figure(cell: str) -> bool:
    return any(map(str.isdigit, cell))
