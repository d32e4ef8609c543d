"""Words on pages -> text: columns, paragraphs, headings, what is on every page, words parted at line ends.

Distances are in points, 72 an inch, from a page's upper left corner. Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from rahdari.reading import canonical

_MARK = re.compile(r"^(?:[-*•–▪●◦‣·]|\(?\d{1,2}[.)]|\(?[a-z][.)])$")
_BULLETS = "*•–▪●◦‣·"
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|(\s]*)(?:page|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?(?:[-–—|)\s]*)$", re.I
)
_DIGITS = re.compile(r"\d+")
_PARTED = re.compile(r"[^\W\d_]-$")
_MARGIN = 0.12  # of a page's height: where running headers and footers stand
_GUTTER = 9.0  # least white between two columns
_HEADING_SIZE = 1.15  # times the size of most of the text
_SHORT = 0.75  # of its column's width: a line that ends before it does not run on


@dataclass(frozen=True)
class Word:
    """A word and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True)
class Table:
    """A table and its box; rows of cells."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in it."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Page:
    """What stands on a page; words in tables are not among its words."""

    width: float
    height: float
    words: Sequence[Word]
    tables: Sequence[Table] = ()


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
    lined = [_lines(page) for page in pages]
    running = _running(pages, lined)
    kept = [[line for line in lines if (number, line) not in running] for number, lines in enumerate(lined)]
    sizes = Counter(round(word.size, 1) for lines in kept for line in lines for word in line.words)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    levels = _heading_levels(kept, body)
    known = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(line.text.lower() for lines in kept for line in lines)))
    texts = ["\n\n".join(_blocks(_in_order(lines), body, levels, known)) for lines in kept]
    return _joined(texts, known)


def _lines(page: Page) -> list[Line]:
    """Words that touch or nearly so on one height; a wider white parts two lines, which may be of two columns."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda w: (w.top + w.bottom, w.x0)):
        middle = (word.top + word.bottom) / 2
        if rows and rows[-1][0].top <= middle <= rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    found = []
    for row in rows:
        row.sort(key=lambda w: w.x0)
        opened = [row[0]]
        for word in row[1:]:
            if word.x0 - opened[-1].x1 > max(_GUTTER, 1.2 * word.size):
                found.append(_line(opened))
                opened = []
            opened.append(word)
        found.append(_line(opened))
    return found + [Line((), t, t.x0, t.x1, t.top, t.bottom) for t in page.tables]


def _line(words: Sequence[Word]) -> Line:
    return Line(
        tuple(words),
        None,
        words[0].x0,
        max(w.x1 for w in words),
        min(w.top for w in words),
        max(w.bottom for w in words),
    )


def _running(pages: Sequence[Page], lined: Sequence[Sequence[Line]]) -> set[tuple[int, Line]]:
    """Lines in the margins that come again, numbers aside, on half of the pages or more; and numbers of pages."""
    margin: list[tuple[int, Line, str]] = []
    for number, (page, lines) in enumerate(zip(pages, lined)):
        for line in lines:
            if line.words and not page.height * _MARGIN < (line.top + line.bottom) / 2 < page.height * (1 - _MARGIN):
                upper = line.top < page.height / 2
                margin.append((number, line, f"{upper} {_DIGITS.sub('0', line.text.lower())}"))
    seen = Counter(key for _, _, key in {(number, 0, key) for number, _, key in margin})
    often = max(2, (len(pages) + 1) // 2)
    return {
        (number, line)
        for number, line, key in margin
        if seen[key] >= often and len(pages) > 1 or _PAGE_NUMBER.match(line.text)
    }


def _in_order(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """Reading order: what spans a gutter parts the page into zones; in each, the left column comes first."""
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    gutter = _gutter(ordered) if depth < 4 else None
    if gutter is None:
        return ordered
    zones: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in ordered:
        if line.x0 < gutter < line.x1:
            below = _headings_below(left, right)
            left = left[: len(left) - len(below)]
            zones += [*_in_order(left, depth + 1), *_in_order(right, depth + 1), *below, line]
            left, right = [], []
        else:
            (left if line.x1 <= gutter else right).append(line)
    return [*zones, *_in_order(left, depth + 1), *_in_order(right, depth + 1)]


def _headings_below(left: Sequence[Line], right: Sequence[Line]) -> list[Line]:
    """The last lines on the left that stand under both columns in larger type: what follows is theirs."""
    end = max((line.bottom for line in right), default=0.0)
    size = median([line.size for line in left if line.words] or [0.0])
    below: list[Line] = []
    for line in reversed(left):
        if not line.words or line.top < end or line.size <= size * _HEADING_SIZE:
            break
        below.insert(0, line)
    return below


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of a white band with many lines on both of its sides, at one height, and few across it."""
    if len(lines) < 6:
        return None
    best, place = 0, None
    for x in sorted({round(line.x0, 0) for line in lines}):
        middle = x - _GUTTER / 2
        left = [line for line in lines if line.x1 <= middle]
        right = [line for line in lines if line.x0 >= middle]
        across = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < 3 or across > 0.4 * len(lines):
            continue
        beside = sum(any(a.top < b.bottom and b.top < a.bottom for a in left) for b in right[:400])
        wordy = median(len(line.words) for line in left) >= 3 and median(len(line.words) for line in right) >= 3
        score = min(beside, len(left)) - 2 * across
        if wordy and beside >= 0.5 * min(len(right), 400) and score > best:
            best, place = score, middle
    return place


def _heading_levels(lined: Sequence[Sequence[Line]], body: float) -> dict[float, int]:
    """Sizes of type that headings have, to their levels, the largest first."""
    sizes = {round(line.size, 1) for lines in lined for line in lines if line.words and _is_large(line, body)}
    return {size: min(level, 6) for level, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _is_large(line: Line, body: float) -> bool:
    return line.size > body * _HEADING_SIZE and len(line.text) <= 200 and any(map(str.isalpha, line.text))


def _blocks(lines: Sequence[Line], body: float, levels: dict[float, int], known: Counter[str]) -> Iterator[str]:
    opened: list[Line] = []
    for line in lines:
        if opened and not _runs_on(opened, line, lines, body):
            yield _block(opened, lines, body, levels, known)
            opened = []
        opened.append(line)
    if opened:
        yield _block(opened, lines, body, levels, known)


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
    indented = line.x0 - min(one.x0 for one in opened[-2:]) > line.size and not _MARK.match(opened[0].words[0].text)
    return not indented


def _block(
    opened: Sequence[Line], lines: Sequence[Line], body: float, levels: dict[float, int], known: Counter[str]
) -> str:
    if opened[0].table:
        return canonical.table(opened[0].table.rows)
    if _is_large(opened[0], body):
        level = levels.get(round(opened[0].size, 1), 6)
        return canonical.heading(level, _flowing([line.text for line in opened], known))
    edge = max(line.x1 for line in opened)
    if len(opened) < 3:
        near = [one.x1 for one in lines if one.words and abs(one.x0 - opened[0].x0) < 40]
        edge = max([edge, *near])
    left = min(line.x0 for line in opened)
    paragraphs: list[list[str]] = []
    ended = True
    for line in opened:
        marked = bool(_MARK.match(line.words[0].text)) and len(line.words) > 1
        if ended or marked:
            paragraphs.append([])
        paragraphs[-1].append(_marked(line) if marked else line.text)
        ended = line.x1 - left < _SHORT * (edge - left) and not _PARTED.search(line.text)
    return "\n".join(_flowing(parts, known) for parts in paragraphs)


def _marked(line: Line) -> str:
    mark = line.words[0].text
    return canonical.item(" ".join(word.text for word in line.words[1:])) if mark in _BULLETS else line.text


def _flowing(parts: Sequence[str], known: Counter[str]) -> str:
    """Lines as one, words that were parted at their ends put together."""
    joined = parts[0]
    for part in parts[1:]:
        joined = _mended(joined, part, known) if _PARTED.search(joined) and part[:1].islower() else f"{joined} {part}"
    return joined


def _mended(before: str, after: str, known: Counter[str]) -> str:
    """`infra-` `structure` is one word; `long-` `term` keeps its hyphen where the document has it elsewhere, too."""
    head = re.search(r"[\w-]*$", before)
    tail = re.match(r"[\w-]*", after)
    first, second = (head.group() if head else "").lower(), (tail.group() if tail else "").lower()
    if known[first + second] > known[first[:-1] + second]:
        return before + after
    return before[:-1] + after


def _joined(texts: Sequence[str], known: Counter[str]) -> str:
    """Pages in a row; a sentence that goes on over two of them stays one paragraph."""
    whole = texts[0] if texts else ""
    for page in texts[1:]:
        if whole and page[:1].islower() and whole[-1] not in ".!?:;|\f":
            first, blank, rest = page.partition(" ")
            if _PARTED.search(whole):
                whole, page = _mended(whole, first, known), rest if blank else ""
            whole += f"\n{canonical.PAGE_BREAK}{page}"
        else:
            whole += f"\n\n{canonical.PAGE_BREAK}{page}"
    return whole
