"""Words on pages -> text: columns, paragraphs, headings, what is on every page, words parted at line ends.

Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from rahdari.reading import canonical, pdf_tables
from rahdari.reading.pdf_continued import continued
from rahdari.reading.pdf_flow import PARTED, Block, flowing, is_figure, joined, page_of
from rahdari.reading.pdf_pages import MARK, Page, Table, Word, in_rows

_BULLETS = "*•–▪●◦‣·"
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|(\s]*)(?:page|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?(?:[-–—|)\s]*)$", re.I
)
_DIGITS = re.compile(r"\d+")
_CONTINUED = re.compile(r"\bcont(?:inued|inuation|[’']?d\b|\.)", re.I)
_ENDS = ".!?:;|\f"  # of a text that does not run on
_ASIDE = 20  # words
_MARGIN = 0.12  # of a page's height: where running headers and footers stand
_GUTTER = 9.0  # least white between two columns
_ROWS = 4  # in columns: where there are fewer they may be cells of a table
_CLEAR = 1.2  # of the size of type: the least white between columns of fewer rows
_RAGGED = 0.6  # of its column's width: a line that runs on ends behind it, whatever its next word
_INDENT = 2.5  # of the size of type: the most by which a paragraph's first line is set in
_OVERLAP = 0.2  # of a line's height: the least that two lines of different columns have of it in common
_MOST_EDGES = 60  # places looked at for a gutter on a page
_DEEPEST = 6  # columns in columns, or under each other
_HEADING_SIZE = 1.15  # times the size of most of the text
_SHORT = 0.75  # of its column's width: a line that ends before it does not run on


@dataclass(frozen=True)
class Line:
    """Words side by side in one column, or a table in their place."""

    words: tuple[Word, ...] = ()
    table: Table | None = None
    x0: float = field(default=0.0)
    x1: float = field(default=0.0)
    top: float = field(default=0.0)
    bottom: float = field(default=0.0)

    @property
    def text(self) -> str:
        return canonical.clean(" ".join(word.text for word in self.words))

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)


def text(pages: Sequence[Page]) -> str:
    """The canonical text of pages, a form feed between two of them."""
    parts = [(page, *page.turned) for page in pages]
    running = iter(_running([part for page in parts for part in page], len(pages)))
    lined = [
        [_in_order([word for word in part.words if word not in gone], part.tables) for part, gone in zip(page, running)]
        for page in parts
    ]
    for (before, *_), (after, *_) in pairwise(lined):
        _continue(before, after)
    every = [lines for page in lined for lines in page]
    sizes = Counter(round(word.size, 1) for lines in every for line in lines for word in line.words)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    levels = _heading_levels(every, body)
    known = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text.lower() for lines in every for line in lines)))
    written = []
    for first, *turned in lined:
        blocks = page_of([block for block in _blocks(first, body, levels, known) if block.text], body, known)
        texts = [block.text for block in blocks]
        asides = [block for lines in turned for block in _aside(lines, body, levels, known)]
        at = len(texts) - (bool(texts) and texts[-1][-1] not in _ENDS)  # the last one may go on over the page
        page = "\n\n".join([*texts[:at], *asides, *texts[at:]])
        written.append((page, blocks[0] if blocks else None, blocks[-1] if at < len(texts) else None))
    return joined(written, known)


def _continue(before: list[Line], after: list[Line]) -> None:
    """Puts the table at a page's end and the one that opens the next page right, where that one goes on with it."""
    at = 1 if after and _CONTINUED.search(after[0].text) else 0
    if before and len(after) > at and (first := before[-1].table) and (second := after[at].table):
        first, rest = continued(first, second)
        before[-1] = _placed(first)
        after[at : at + 1] = [_placed(rest)] if rest else []


def _aside(lines: Sequence[Line], body: float, levels: dict[float, int], known: Counter[str]) -> Iterator[str]:
    """What is set another way than the rest of its page. A few words, as beside a drawing, head nothing."""
    if any(line.table for line in lines) or sum(len(line.words) for line in lines) >= _ASIDE:
        yield from (block.text for block in _blocks(lines, body, levels, known))
    else:
        yield "\n".join(canonical.item(line.text) for line in lines)


def _line(words: Sequence[Word]) -> Line:
    ends = max(w.x1 for w in words), min(w.top for w in words), max(w.bottom for w in words)
    return Line(tuple(words), None, words[0].x0, *ends)


def _running(pages: Sequence[Page], count: int) -> list[set[Word]]:
    """For each page, the words of rows in its margins that come again, numbers aside, on half of the pages or more.

    Numbers of pages are among them, wherever they are the whole row.

    Args:
        count: of the pages; what is turned on one of them is here a page by itself.
    """
    margins: list[list[tuple[tuple[bool, int, str], list[Word]]]] = []
    for page in pages:
        margins.append([])
        for row in in_rows(page.words):
            middle = (row[0].top + row[0].bottom) / 2
            if not page.height * _MARGIN < middle < page.height * (1 - _MARGIN):
                said = canonical.clean(" ".join(word.text for word in row))
                key = middle < page.height / 2, round(row[0].size), _DIGITS.sub("0", said.lower())
                margins[-1].append((key, row))  # a title may say the same in larger type
    seen = Counter(key for margin in margins for key in {key for key, _ in margin})
    often = max(2, (count + 1) // 2)
    return [
        {word for key, row in margin if seen[key] >= often or _PAGE_NUMBER.match(key[2]) for word in row}
        for margin in margins
    ]


def _in_order(words: Sequence[Word], tables: Sequence[Table] = (), depth: int = 0) -> list[Line]:
    """Reading order: where rows are parted by one white band, the left column comes before the right one."""
    rows = in_rows(words)
    open_tables = list(pdf_tables.in_the_open(rows))
    if open_tables:
        return list(_around(open_tables, rows, tables, depth))
    filled = _with_stand_ins(_beside(rows), tables)
    found = _gutter(filled) if depth < _DEEPEST else None
    if found is None:
        return sorted([*map(_line, rows), *map(_placed, tables)], key=lambda line: line.top)
    gutter, first, last = found
    zone = [word for row in filled[first:last] for word in row]
    above, below = ([w for row in part for w in row if w.text] for part in (filled[:first], filled[last:]))
    left = [w for w in zone if w.x1 <= gutter and w.text]
    right = [w for w in zone if w.x0 >= gutter and w.text]
    start, end = min(word.top for word in zone), max(word.bottom for word in zone)
    inside = [table for table in tables if start <= table.middle < end]
    return [
        *_in_order(above, [table for table in tables if table.middle < start], depth + 1),
        *_in_order(left, [table for table in inside if table.x0 < gutter], depth + 1),
        *_in_order(right, [table for table in inside if table.x0 >= gutter], depth + 1),
        *_in_order(below, [table for table in tables if table.middle >= end], depth + 1),
    ]


def _around(
    found: Sequence[tuple[int, int, Table]], rows: Sequence[Sequence[Word]], tables: Sequence[Table], depth: int
) -> Iterator[Line]:
    """Tables found among rows, each in its place, and what stands above, between and below them."""
    start, height = 0, float("-inf")
    for first, last, table in found:
        here = [one for one in tables if height <= one.top < table.top]
        yield from _in_order([word for row in rows[start:first] for word in row], here, depth)
        yield _placed(table)
        start, height = last, table.top
    here = [one for one in tables if height <= one.top]
    yield from _in_order([word for row in rows[start:] for word in row], here, depth)


def _beside(rows: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Rows, those made one that stand beside each other half a line apart, as lines of two columns may."""
    made: list[list[Word]] = []
    bottom = float("-inf")  # of the first of them
    for row in rows:
        overlap = bottom - min(word.top for word in row)
        apart = made and (
            row[0].x0 - max(word.x1 for word in made[-1]) >= _GUTTER
            or min(word.x0 for word in made[-1]) - row[-1].x1 >= _GUTTER
        )
        if apart and overlap > _OVERLAP * (row[0].bottom - row[0].top):
            made[-1] = sorted([*made[-1], *row], key=lambda word: word.x0)
        else:
            made.append(list(row))
            bottom = max(word.bottom for word in row)
    return made


def _with_stand_ins(rows: Sequence[Sequence[Word]], tables: Sequence[Table]) -> list[list[Word]]:
    """Rows with words without letters where tables stand: a table fills its column, or parts others, as lines do."""
    filled = [list(row) for row in rows]
    for table in tables:
        beside = [row for row in filled if table.top <= (row[0].top + row[0].bottom) / 2 <= table.bottom]
        if not beside:
            filled.append([])
        ends = [table.x0 + part * (table.x1 - table.x0) / 3 for part in range(4)]
        for row in beside or filled[-1:]:
            top, bottom, size = (row[0].top, row[0].bottom, row[0].size) if row else (table.top, table.bottom, 0.0)
            row += [Word("", x0, top, x1, bottom, size) for x0, x1 in pairwise(ends)]
            row.sort(key=lambda word: word.x0)
    return sorted(filled, key=lambda row: row[0].top + row[0].bottom)


def _placed(table: Table) -> Line:
    return Line((), table, table.x0, table.x1, table.top, table.bottom)


def _gutter(rows: Sequence[Sequence[Word]]) -> tuple[float, int, int] | None:
    """The white band that parts most rows in a row: its middle, and the first and the last but one of these rows.

    A band is a gutter where it is _GUTTER wide all along, and most rows that no word of lies in it have words enough
    on both sides of it: numbers in a table without rules do not make columns of text. Fewer than _ROWS rows are to
    look like prose.
    """
    edges = Counter(
        round(after.x0) for row in rows for before, after in pairwise(row) if after.x0 - before.x1 >= _GUTTER
    )
    best: tuple[int, float, int, int] | None = None
    for edge, _ in edges.most_common(_MOST_EDGES):
        middle = edge - _GUTTER / 2
        for first, last in _free(rows, middle):
            sides = [
                ([w for w in row if w.x1 <= middle], [w for w in row if w.x0 >= middle]) for row in rows[first:last]
            ]
            both = [pair for pair in sides if all(pair)]
            if len(both) < 0.5 * len(sides) or not all(sum(map(len, side)) >= 2.5 * len(both) for side in zip(*both)):
                continue
            if len(both) >= _ROWS or (len(both) > 1 and _is_prose(both)):
                if best is None or len(both) > best[0]:
                    best = len(both), middle, first, last
    return best[1:] if best else None


def _is_prose(rows: Sequence[tuple[list[Word], list[Word]]]) -> bool:
    """Whether two or three rows are lines of two columns, and not cells beside each other.

    The white between the columns is wide, their lines begin at one edge and come near the other, and they run on in
    small letters under a first one that does not begin so.
    """
    words = [word for left, right in rows for word in [*left, *right]]
    size = median(word.size for word in words)
    white = median(word.x0 - before.x1 for row in rows for side in row for before, word in pairwise(side))
    if any(right[0].x0 - left[-1].x1 < max(_CLEAR * size, 2 * white) for left, right in rows):
        return False
    columns = list(zip(*rows))
    for lines in columns:
        left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
        if any(line[0].x0 - left > 2 for line in lines[1:]) or lines[0][0].x0 - left > _INDENT * size:
            return False
        if any(line[-1].x1 - left < _RAGGED * (right - left) for line in lines[:-1]):
            return False
    small = ([line[0].text[:1].islower() for line in lines] for lines in columns)
    return any(not first and any(later) for first, *later in small)


def _free(rows: Sequence[Sequence[Word]], middle: float) -> Iterator[tuple[int, int]]:
    """Runs of rows that have no word in the band around this place.

    A run opens and ends with a row that has words on both sides, or with rows of one column that go on from there in
    type of the same size: one column may be longer than the other. A heading after them belongs to what follows.
    """
    left, right = middle - _GUTTER / 2 + 0.6, middle + _GUTTER / 2 - 0.6
    opened: int | None = None
    first: int | None = None
    last = 0
    for number, row in enumerate([*rows, ()]):
        if not row or any(word.x0 < right and word.x1 > left for word in row):
            if first is not None and opened is not None:
                size = median(word.size for word in rows[first])
                while first > opened and rows[first - 1][0].x0 >= right and _alike(rows[first - 1], size):
                    first -= 1
                while last < number and _alike(rows[last], size):
                    last += 1
                yield first, last
            opened, first = None, None
            continue
        opened = number if opened is None else opened
        if any(word.x1 <= left for word in row) and any(word.x0 >= right for word in row):
            first = number if first is None else first
            last = number + 1


def _alike(row: Sequence[Word], size: float) -> bool:
    return median(word.size for word in row) <= size * _HEADING_SIZE


def _heading_levels(lined: Sequence[Sequence[Line]], body: float) -> dict[float, int]:
    """Sizes of type that headings have, to their levels, the largest first."""
    sizes = {round(line.size, 1) for lines in lined for line in lines if line.words and _is_large(line, body)}
    return {size: min(level, 6) for level, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _is_large(line: Line, body: float) -> bool:
    said = line.text
    return line.size > body * _HEADING_SIZE and len(said) <= 200 and any(map(str.isalpha, said)) and not is_figure(said)


def _blocks(lines: Sequence[Line], body: float, levels: dict[float, int], known: Counter[str]) -> Iterator[Block]:
    opened: list[Line] = []
    for line in lines:
        if opened and not _runs_on(opened, line, lines, body):
            yield _set(opened, lines, body, _block(opened, lines, body, levels, known))
            opened = []
        opened.append(line)
    if opened:
        yield _set(opened, lines, body, _block(opened, lines, body, levels, known))


def _set(opened: Sequence[Line], lines: Sequence[Line], body: float, text: str) -> Block:
    """A block, and how these lines of a page set it."""
    first, last = opened[0], opened[-1]
    if first.table:
        return Block(text, 0.0, False, False, False, first.top, last.bottom)
    left = min(line.x0 for line in opened)
    full = last.x1 - left >= _SHORT * (_edge(opened, lines) - left)
    listed = bool(MARK.match(first.words[0].text))
    return Block(text, first.size, _is_large(first, body), full, listed, first.top, last.bottom)


def _edge(opened: Sequence[Line], lines: Sequence[Line]) -> float:
    """The right edge of the column of some lines of a page."""
    near = [one.x1 for one in lines if one.words and abs(one.x0 - opened[0].x0) < 40] if len(opened) < 3 else []
    return max([*(line.x1 for line in opened), *near])


def _runs_on(opened: Sequence[Line], line: Line, lines: Sequence[Line], body: float) -> bool:
    """Whether a line belongs to the block that the lines before it opened."""
    last = opened[-1]
    if last.table or line.table or abs(last.size - line.size) > 0.1 * last.size:
        return False
    gap = line.top - last.bottom
    if not -0.5 * line.size <= gap <= 0.75 * line.size or line.x0 > last.x1 or line.x1 < last.x0:
        return False
    if _is_large(last, body):
        return True
    indented = line.x0 - min(one.x0 for one in opened[-2:]) > line.size and not MARK.match(opened[0].words[0].text)
    return not indented


def _block(
    opened: Sequence[Line], lines: Sequence[Line], body: float, levels: dict[float, int], known: Counter[str]
) -> str:
    if table := opened[0].table:
        return canonical.table(table.rows) if table.headed else canonical.rows(table.rows)
    if _is_large(opened[0], body):
        level = levels.get(round(opened[0].size, 1), 6)
        return canonical.heading(level, flowing([line.text for line in opened], known))
    edge = _edge(opened, lines)
    left = min(line.x0 for line in opened)
    paragraphs: list[list[str]] = []
    ended = True
    for line in opened:
        marked = bool(MARK.match(line.words[0].text)) and len(line.words) > 1
        if ended or marked:
            paragraphs.append([])
        paragraphs[-1].append(_marked(line) if marked else line.text)
        ended = line.x1 - left < _SHORT * (edge - left) and not PARTED.search(line.text)
    return "\n".join(flowing(parts, known) for parts in paragraphs)


def _marked(line: Line) -> str:
    mark = line.words[0].text
    return canonical.item(" ".join(word.text for word in line.words[1:])) if mark in _BULLETS else line.text
