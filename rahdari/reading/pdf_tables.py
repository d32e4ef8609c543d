"""Tables that have no rules around their cells: cells stand under each other, white between them. Pure functions.

A table's columns are what is left of its width where no word stands in any of its rows. Where lines across the page
part its rows, they say where it begins and ends, and which lines of text are one row. In the open, figures under a
header without any are the sign of a table; other short cells under each other stay rows, without a header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rahdari.reading import canonical
from rahdari.reading.pdf_pages import MARK, Rule, Table, Word, in_rows

_YEAR = re.compile(r"\W*(?:19|20)\d\d(?:\W+(?:\d\d)?\d\d)?\W*")
_OF_YEAR = re.compile(
    r"(?<=[^\W\d_])\s*[(\[](?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?[)\]]$"
)  # behind a header: `Target (2029)`
_BAND = 0.7  # of the size of type: the least white between two columns
_APART = 1.0  # of the size of type: the least white between two cells of a row in the open
_NEAR = 2.5  # of the size of type: the most white between two rows in the open
_TIGHT = 0.6  # of the size of type: the most white between two lines of one cell
_ENDS = 4.0  # how far the ends of the rules of a table may lie apart
_WORDS = 4.0  # a line, on average: where cells have more they are prose, which stands in columns, too
_FEW = 2.5  # words a line, on average: one column of a table has no more
_LARGE = 1.15  # times the size of most of the words: a heading
_BESIDE = 0.05  # of a line's height: the least that it reaches down beside the next one
_ROWS = 3  # least rows in the open

Words = list[Word]
Lines = Sequence[Words]


def between_rules(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[list[Table], list[Word]]:
    """Tables whose rows, or whose header and body, are parted by rules of one length; and the words in none of them."""
    found: list[Table] = []
    ends: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.y):
        for group in ends:
            if abs(group[0].x0 - rule.x0) <= _ENDS and abs(group[0].x1 - rule.x1) <= _ENDS:
                group.append(rule)
                break
        else:
            ends.append([rule])
    free = list(words)
    for group in ends:
        if len(group) > 1:
            inside = [w for w in free if group[0].x0 - _ENDS <= (w.x0 + w.x1) / 2 <= group[0].x1 + _ENDS]
            for table, lines in _ruled(_strips(inside, [rule.y for rule in group])):
                found.append(table)
                taken = {word for line in lines for word in line}
                free = [word for word in free if word not in taken]
    return found, free


def in_the_open(rows: Lines) -> Iterator[tuple[int, int, Table]]:
    """Tables among rows of a page: the first and the last but one of a table's rows, and the table."""
    first = 0
    while first < len(rows):
        last = _run(rows, first)
        table = _open(rows[first:last]) if last - first >= _ROWS else None
        if table:
            yield first, last, table
        first = max(last, first + 1)


def _size(lines: Lines) -> float:
    return median(word.size for line in lines for word in line)


def _cells(line: Words, white: float) -> list[Words]:
    """The words of a line, parted where there is so much white; the mark of an item is no cell beside its text."""
    cells = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 >= white:
            cells.append([])
        cells[-1].append(word)
    return [list(line)] if len(cells) == 2 and len(cells[0]) == 1 and MARK.match(line[0].text) else cells


def _columns(lines: Lines, white: float) -> list[tuple[float, float]]:
    """Where the columns of these lines begin and end.

    Of two beside each other that no line has words in both of, one holds the header of the other: they are one.
    """
    columns: list[list[float]] = []
    for x0, x1 in sorted((word.x0, word.x1) for line in lines for word in line):
        if columns and x0 - columns[-1][1] < white:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    number = 0
    while number + 1 < len(columns):
        (start, end), (begin, stop) = columns[number : number + 2]
        beside = any(
            any(start <= w.x0 and w.x1 <= end for w in line) and any(begin <= w.x0 and w.x1 <= stop for w in line)
            for line in lines
        )
        if beside:
            number += 1
        else:
            columns[number : number + 2] = [[start, stop]]
    return [(start, end) for start, end in columns]


def _grid(lines: Lines, columns: Sequence[tuple[float, float]], white: float, header: int = 0) -> list[list[Words]]:
    """Each line by its cells. A cell over several columns is repeated in each of a header's, else in the first; one
    over none is in the nearest."""
    grid = []
    for number, line in enumerate(lines):
        cells: list[Words] = [[] for _ in columns]
        for run in _cells(line, white):
            over = [at for at, (start, end) in enumerate(columns) if run[0].x0 < end and run[-1].x1 > start]
            if not over:
                middle = (run[0].x0 + run[-1].x1) / 2
                over = [min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))]
            for at in over if number < header else over[:1]:
                cells[at] += run
        grid.append(cells)
    return grid


def _words_a_line(grid: Sequence[Sequence[Words]]) -> list[float]:
    """How many words a line of each column has on average, empty ones aside."""
    filled = [[len(cell) for cell in column if cell] for column in zip(*grid)]
    return [sum(counts) / len(counts) if counts else 0.0 for counts in filled]


def _text(words: Words) -> str:
    return canonical.clean(" ".join(word.text for word in words))


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text)) and not _YEAR.fullmatch(text)


def _figures(rows: Sequence[Sequence[str]]) -> list[bool]:
    """For each column whether most of its cells, empty ones aside, hold figures."""
    return [
        sum(map(_has_figure, filled)) > 0.5 * len(filled) if (filled := [cell for cell in column if cell]) else False
        for column in zip(*rows)
    ]


def _fills(cells: Sequence[Words]) -> bool:
    """Whether most cells of a column end near its right edge, as lines of prose do."""
    left, right = min(cell[0].x0 for cell in cells), max(cell[-1].x1 for cell in cells)
    return sum(cell[-1].x1 > right - 0.2 * (right - left) for cell in cells) > 0.5 * len(cells)


def _joined(grid: Sequence[Sequence[Words]], whole: bool) -> list[list[str]]:
    """Rows out of lines: a line that goes on with the one above it, close under it, is of its row.

    Args:
        whole: the lines are known to be one row.
    """
    rows: list[list[str]] = []
    bottom = 0.0
    for line in grid:
        words = [word for cell in line for word in cell]
        cells = list(map(_text, line))
        filled = [cell for cell in cells if cell]
        tight = min(word.top for word in words) - bottom < _TIGHT * median(word.size for word in words)
        running = all(cell[0].islower() or cell[0] in "(&" for cell in filled)
        if rows and (
            whole or (tight and (running or (len(filled) == 1 and not cells[0] and not _has_figure(filled[0]))))
        ):
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells)]
        else:
            rows.append(cells)
        bottom = max(word.bottom for word in words)
    return rows


def _holds_rows(grid: Sequence[Sequence[Words]]) -> bool:
    """Whether more than one of some lines fills as many columns as any of them."""
    filled = [sum(map(bool, line)) for line in grid]
    return filled.count(max(filled, default=0)) > 1


def _table(lines: Lines, rows: Sequence[Sequence[str]], headed: bool) -> Table:
    words = [word for line in lines for word in line]
    ends = min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)
    return Table(*ends, tuple(map(tuple, rows)), headed)


# In the open


def _run(rows: Lines, first: int) -> int:
    """The last but one of the rows from this one on that have cells under each other."""
    columns: list[tuple[float, float]] = []
    last = first
    for number in range(first, len(rows)):
        row = rows[number]
        size = _size([row])
        if number > first:
            above = rows[number - 1]
            white = min(word.top for word in row) - max(word.bottom for word in above)
            if white > _NEAR * size or abs(_size([above]) - size) > 0.15 * size:
                break
        cells = [(cell[0].x0, cell[-1].x1) for cell in _cells(row, _APART * size)]
        merged = _merged([*columns, *cells], _BAND * size)
        if len(merged) < max(2, len(columns)):
            break
        if len(cells) > 1:
            last = number + 1
        elif not columns or not any(start - 1 <= cells[0][0] and cells[0][1] <= end + 1 for start, end in columns):
            break
        columns = merged
    return last


def _merged(spans: Sequence[tuple[float, float]], white: float) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start - merged[-1][1] < white:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _open(lines: Lines) -> Table | None:
    white = _BAND * _size(lines)
    columns = _columns(lines, white)
    if len(columns) < 2:
        return None
    grid = _grid(lines, columns, white)
    rows = _joined(grid, whole=False)
    many = _words_a_line(grid)
    if len(rows) < _ROWS or max(many[1:]) > _WORDS or min(many) >= _FEW:
        return None
    header, *body = rows
    figures = _figures(body)
    headed = any(figures[1:]) and all(header[1:]) and not any(_has_figure(_OF_YEAR.sub("", cell)) for cell in header)
    if many[0] > _WORDS and (not headed or _fills([line[0] for line in grid if line[0]])):
        return None
    return _table(lines, rows, headed)


# Between rules


@dataclass(frozen=True)
class _Strip:
    """What stands between two rules."""

    lines: Lines
    height: float


def _strips(words: Sequence[Word], heights: Sequence[float]) -> list[_Strip]:
    """What stands between each two rules, and the lines that stand close above the first and under the last."""
    strips = []
    for upper, lower in pairwise(heights):
        lines = in_rows(word for word in words if upper < (word.top + word.bottom) / 2 < lower)
        if rest := _under_heading(lines, words):
            strips.append(_Strip((), lower - upper))  # another table begins
            lines, upper = rest, min(word.top for word in rest[0])
        strips.append(_Strip(lines, lower - upper))
    above = in_rows(word for word in words if (word.top + word.bottom) / 2 < heights[0])
    under = in_rows(word for word in words if (word.top + word.bottom) / 2 > heights[-1])
    highest = max(strip.height for strip in strips)
    if above and len(_cells(above[-1], _APART * _size(above[-1:]))) > 1:
        away = heights[0] - max(word.bottom for word in above[-1])
        if away < _NEAR * _size(above[-1:]):
            strips.insert(0, _Strip(_interlocked(above), highest))
    if under and len(_cells(under[0], _APART * _size(under[:1]))) > 1:
        away = min(word.top for word in under[0]) - heights[-1]
        if away < _NEAR * _size(under[:1]):
            strips.append(_Strip(_one_row(under), highest))
    return strips


def _under_heading(lines: list[Words], words: Sequence[Word]) -> list[Words]:
    """Those of some lines that stand under a heading, which is set in larger type than most of the words."""
    usual = _LARGE * median(word.size for word in words) if lines else 0.0
    heads = [at for at, line in enumerate(lines) if _size([line]) > usual and len(_cells(line, _APART * usual)) == 1]
    return lines[heads[-1] + 1 :] if heads else []


def _interlocked(lines: Lines) -> Lines:
    """The last of some lines, and those above it that reach down beside each other, as cells over two rows do."""
    first = len(lines) - 1
    while first > 0:
        top, bottom = min(word.top for word in lines[first]), max(word.bottom for word in lines[first - 1])
        if bottom - top < _BESIDE * (bottom - min(word.top for word in lines[first - 1])):
            break
        first -= 1
    return lines[first:]


def _one_row(lines: Lines) -> Lines:
    """The first of some lines, and those that go on with it."""
    size = _size(lines[:1])
    last = 1
    while last < len(lines):
        white = min(word.top for word in lines[last]) - max(word.bottom for word in lines[last - 1])
        if white >= _TIGHT * size or len(_columns(lines[: last + 1], _BAND * size)) < 2:
            break
        last += 1
    return lines[:last]


def _ruled(strips: Sequence[_Strip]) -> Iterator[tuple[Table, Lines]]:
    first = 0
    while first + 1 < len(strips):
        last = _stacked(strips, first)
        table = _between(strips[first:last]) if last - first > 1 else None
        if table:
            yield table, [line for strip in strips[first:last] for line in strip.lines]
        first = last if table else first + 1


def _several(lines: Lines, white: float) -> list[Words]:
    return [line for line in lines if len(_cells(line, white)) > 1]


def _stacked(strips: Sequence[_Strip], first: int) -> int:
    """The last but one of the strips from this one on that have columns in common."""
    head = strips[first]
    if not 0 < len(head.lines) <= 3:
        return first
    white = _BAND * _size(head.lines)
    lines = _several(head.lines, white)
    last = first + 1
    if not lines:
        return first
    for number in range(first + 1, len(strips)):
        strip = strips[number]
        more = _several(strip.lines, white)
        if more and len(_columns([*lines, *more], white)) > 1:
            lines += more
            last = number + 1
        elif len(strip.lines) != 1 or strip.height > 1.6 * head.height:
            break  # what is no group's name over its rows
    return last


def _between(strips: Sequence[_Strip]) -> Table | None:
    head, *body = strips
    everything = [line for strip in strips for line in strip.lines]
    white = _BAND * _size(everything)
    under = [line for strip in body for line in _several(strip.lines, white)]
    columns = _columns([*head.lines, *under], white)
    if len(columns) < len(_columns(under, white)):  # a header that stands over several of them
        columns = _columns(under, white)
    grid = _grid(everything, columns, white, len(head.lines))
    if min(_words_a_line(grid)) > _WORDS and max(len(strip.lines) for strip in body) > 5:
        return None  # columns of prose
    header = [" ".join(filter(None, map(_text, column))) for column in zip(*grid[: len(head.lines)])]
    parts: list[list[list[Words]]] = []
    at = len(head.lines)
    for strip in body:
        parts.append(grid[at : at + len(strip.lines)])
        at += len(strip.lines)
    whole = len(body) > 1 and not any(map(_holds_rows, parts))
    rows = [row for part in parts for row in _joined(part, whole)]
    if sum(sum(map(bool, row)) > 1 for row in [header, *rows]) < 2:
        return None
    figures = _figures(rows)
    headed = not any(has and _has_figure(_OF_YEAR.sub("", cell)) for has, cell in zip(figures, header))
    return _table(everything, [header, *rows], headed)
