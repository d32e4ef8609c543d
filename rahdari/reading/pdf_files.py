"""PDF files: pdfplumber (over pdfminer.six) finds words and ruled tables, pdf_layout puts them in reading order."""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from itertools import pairwise
from math import atan2, pi
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from rahdari.errors import ScannedDocument, UnreadableDocument
from rahdari.reading import canonical, ocr, pdf_layout, pdf_tables
from rahdari.reading.limits import Limits
from rahdari.reading.metadata import Metadata, iso_date, known, language_code
from rahdari.reading.pdf_pages import Page, Rule, Table, Word, in_rows

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.pdf import PDF

_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_BLANK = 0.15  # of the size of type: the least white between two words; narrow type has no more
_MOST_CHARACTERS = 20_000  # of a page, to look for those that were printed twice
_RAISED = 0.15  # of the size of type: the least by which the mark of a note stands higher than the words
_MARK = 0.8  # of the size of the word before it: the largest that the mark of a note is
_MARKS = re.compile(r"\d{1,3}(?:,\d{1,3})*")
_METRES = re.compile(r"(?<![^\W\d_])[kcmd]?m$")
_OPEN = 10.0  # points that rules go on beyond the last one down the page, where the cells there have none at their side
_LEAST_DOT, _LARGEST_DOT = 1.5, 8.0  # points, of the mark of an item that is drawn
_LOW = 6.0  # points: what is lower is no row
_MOST_RULES = 2_000  # lines and boxes of a page; where there are more it is a drawing, and no tables are looked for


def read(data: bytes, name: str) -> tuple[Metadata, str]:
    """The text of a PDF, its pages parted by form feeds, and what its properties say.

    Raises:
        UnreadableDocument: it is none, is encrypted with a password, or has no text on any page.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        pdf = pdfplumber.open(BytesIO(data))
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFTextExtractionNotAllowed)):
            raise UnreadableDocument(f"{name} is encrypted; give a version without a password") from error
        raise UnreadableDocument(f"{name} is no PDF that can be read: {_said(cause)}") from error
    with pdf:
        pages = []
        for page in pdf.pages:
            pages.append(_page(page))
            page.close()
        metadata = _metadata(pdf)
    if not any(page.words or page.tables or page.turned for page in pages):
        count = f"any of its {len(pages)} pages" if len(pages) != 1 else "its page"
        raise ScannedDocument(f"{name} has no text on {count}: it is a scan; give a text version, or {ocr.GET_IT}")
    return metadata, pdf_layout.text(pages)


def pictured(data: bytes, pages: Collection[int]) -> list[int]:
    """Those of some pages of a PDF, numbers from 0, that hold a picture."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    images = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    return [number for number in sorted(pages) if next(pdf[number].get_objects(images), None) is not None]


def pictures(data: bytes, name: str, limits: Limits, pages: Collection[int] | None = None) -> Iterator[bytes]:
    """The pages of a PDF as grey pictures of 300 dots an inch, in the format PGM.

    Args:
        pages: the numbers of those that are wanted, from 0. None: all.

    Raises:
        UnreadableDocument: it has more pages than are read, or a page is too large.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    count = len(pdf) if pages is None else len(pages)
    if count > limits.scanned_pages:
        raise UnreadableDocument(
            f"{name} is a scan of {count} pages; at most {limits.scanned_pages} are read; give it in parts"
        )
    for number in range(len(pdf)) if pages is None else sorted(pages):
        page = pdf[number]
        width, height = (side * ocr.DPI / 72 for side in page.get_size())
        if width * height > limits.picture_dots:
            raise UnreadableDocument(f"{name} has a page that is too large to be read; give it in a smaller size")
        bitmap = page.render(scale=ocr.DPI / 72, grayscale=True)
        rows = memoryview(bitmap.buffer)
        lines = (bytes(rows[line * bitmap.stride :][: bitmap.width]) for line in range(bitmap.height))
        yield b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)
        bitmap.close()
        page.close()


def hold_character_maps() -> None:
    """Takes pdfminer's character maps into memory, packed (8 MB): a PDF in Chinese may need one, and a confined
    process can open no file when it does."""
    from pdfminer import cmapdb

    folder = Path(cmapdb.__file__).resolve().parent / "cmap"
    held = {str(path): path.read_bytes() for path in folder.glob("*.json.gz")}

    def opened(path: str, mode: str, encoding: str) -> TextIOWrapper:
        return TextIOWrapper(gzip.GzipFile(fileobj=BytesIO(held[path])), encoding)

    vars(cmapdb)["gzip"] = SimpleNamespace(open=opened)


def hold_ciphers() -> None:
    """Loads what pdfminer deciphers AES with, as an encrypted PDF without a password needs it."""
    from cryptography.hazmat.backends import default_backend
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    Cipher(algorithms.AES(bytes(16)), modes.CBC(bytes(16)), default_backend()).decryptor().update(bytes(16))


def _said(error: object) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _page(page: PlumberPage) -> Page:
    """What stands on a page, first what is upright where it has that."""
    turns = sorted({_turn(char) for char in page.chars if char["text"].strip()}) or [0]
    first, *others = [_upright(page, turn, alone=len(turns) == 1) for turn in turns]
    return replace(first, turned=others)


def _turn(char: Mapping[str, Any]) -> int:
    """By how many quarters to the right a page is to be turned for a letter to stand upright."""
    right, up, _, height, *_ = char["matrix"]
    turn = round(2 * atan2(up, right) / pi) % 4
    return 0 if turn == 2 and height > 0 else turn  # seen in a mirror it is not on its head


def _upright(page: PlumberPage, turn: int, alone: bool) -> Page:
    """What stands upright on a page that is turned by so many quarters; `alone` where nothing else is on it."""
    if turn:
        from pdfplumber.page import Page as PlumberPage

        turned = copy(page.page_obj)
        turned.rotate = (page.rotation + 90 * turn) % 360
        turned.attrs = {**turned.attrs, "Rotate": turned.rotate}
        page = PlumberPage(page.pdf, turned, page.page_number, page.initial_doctop)
    if not alone:
        page = page.filter(lambda thing: thing["object_type"] != "char" or _turn(thing) == 0)
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in page.chars}
    if len(places) < 0.95 * len(page.chars) < _MOST_CHARACTERS:  # bold type that was made by printing it twice
        page = page.dedupe_chars()
    for char in page.chars:
        char["upright"] = True  # also what is mirrored
    tables, rules = _tables(page)
    words = _whole(
        Word(
            word["text"],
            float(word["x0"]),
            float(word["top"]),
            float(word["x1"]),
            float(word["bottom"]),
            float(word["size"]),
        )
        for word in page.extract_words(extra_attrs=["size"], x_tolerance_ratio=_BLANK)
    )
    words += _drawn_marks(page, words)
    free = [word for word in words if not any(table.holds(word) for table in tables)]
    more, free = pdf_tables.between_rules(free, rules)
    return Page(float(page.width), float(page.height), free, [*tables, *more])


def _whole(words: Iterable[Word]) -> list[Word]:
    """Words, those put together that are of several sizes, as with small capitals; what is raised stays by itself."""
    found: list[Word] = []
    for row in in_rows(words):
        found.append(row[0])
        for before, word in pairwise(row):
            size = max(before.size, word.size)
            near = abs(word.x0 - before.x1) <= _BLANK * before.size
            if near and before.size != word.size and abs(word.bottom - before.bottom) <= _RAISED * size:
                last = found.pop()
                ends = last.x0, min(last.top, word.top), word.x1, max(last.bottom, word.bottom)
                word = Word(last.text + word.text, *ends, max(last.size, word.size))
            elif near and (mark := _mark(before, word)):
                word = replace(found.pop(), text=before.text + mark, x1=word.x1)
            found.append(word)
    return found


def _drawn_marks(page: PlumberPage, words: Sequence[Word]) -> list[Word]:
    """The marks of items that are drawn, as browsers do: small dots and squares right before a line, as words."""
    drawn = [*page.curves, *page.rects]
    if len(drawn) > _MOST_RULES:
        return []
    marks: dict[tuple[int, int], Word] = {}
    for dot in drawn:
        wide, high, middle = dot["width"], dot["height"], (dot["top"] + dot["bottom"]) / 2
        if not _LEAST_DOT < high < _LARGEST_DOT or abs(wide - high) > 0.25 * high:
            continue
        beside = [word for word in words if word.top < middle < word.bottom]
        after = min((word for word in beside if word.x0 >= dot["x1"] - 1), key=lambda word: word.x0, default=None)
        if after is None or after.x0 - dot["x1"] > 2 * after.size or high > 0.6 * after.size:
            continue
        if not any(0 <= dot["x0"] - word.x1 < after.size for word in beside):
            word = Word("•", float(dot["x0"]), after.top, float(dot["x1"]), after.bottom, after.size)
            marks[round(word.x0), round(middle)] = word
    return list(marks.values())


def _mark(before: Word, word: Word) -> str:
    """What a raised word says right behind another one: `[1]` for the mark of a note, `2` behind `km`; else nothing."""
    if word.size > _MARK * before.size or before.bottom - word.bottom <= _RAISED * before.size:
        return ""
    if _METRES.search(before.text):
        return word.text if word.text in ("2", "3") else ""
    marks = _MARKS.fullmatch(word.text) and before.text[-1:] and not before.text[-1].isdigit()
    return "".join(f"[{number}]" for number in word.text.split(",")) if marks else ""


def _tables(page: PlumberPage) -> tuple[list[Table], list[Rule]]:
    """Tables that have rules around their cells, two rows and two columns at least, and the rules across elsewhere."""
    if len(page.edges) > _MOST_RULES:
        return [], []
    finder = page.debug_tablefinder()
    rules = [Rule(edge["x0"], edge["x1"], edge["top"]) for edge in finder.edges if edge["orientation"] == "h"]
    found = []
    for table in finder.tables:
        x0, top, x1, bottom = map(float, table.bbox)
        across = [rule for rule in rules if top - 1 <= rule.y <= bottom + 1 and rule.x0 < x1 and rule.x1 > x0]
        if all(rule.x0 < x0 - _OPEN or rule.x1 > x1 + _OPEN for rule in across):
            continue  # its outer columns have no rule at their side
        rows = tuple(tuple(cell or "" for cell in row) for row in table.extract(x_tolerance_ratio=_BLANK))
        end, cut = _cut_row(page, finder.edges, (x0, bottom, x1), len(rows[0]))
        bottom, rows = max(bottom, end), (*rows, *cut)
        full = [row for row in rows if sum(bool(cell.strip()) for cell in row) > 1]
        if len(full) > 1:
            found.append(Table(x0, top, x1, bottom, rows, cut=bool(cut)))
            rules = [rule for rule in rules if rule not in across]
    return found, rules


def _cut_row(
    page: PlumberPage, edges: Sequence[Mapping[str, Any]], under: tuple[float, float, float], width: int
) -> tuple[float, list[tuple[str, ...]]]:
    """Where the rules between a table's columns end under its last one across, and the row of cells between them.

    Args:
        under: the left end, the height and the right end of the last rule across.
        width: how many columns the table has.
    """
    x0, bottom, x1 = under
    down = [
        edge
        for edge in edges
        if edge["orientation"] == "v" and edge["top"] <= bottom + 1 and edge["bottom"] > bottom + _LOW
    ]
    places = sorted({float(edge["x0"]) for edge in down if x0 - 1 <= edge["x0"] <= x1 + 1})
    if len(places) != width + 1:
        return bottom, []
    end = min(float(edge["bottom"]) for edge in down if x0 - 1 <= edge["x0"] <= x1 + 1)
    cells = [page.within_bbox((left, bottom, right, end), strict=False) for left, right in pairwise(places)]
    row = tuple(cell.extract_text(x_tolerance_ratio=_BLANK) for cell in cells)
    return (end, [row]) if sum(map(bool, row)) > 1 else (bottom, [])


def _metadata(pdf: PDF) -> Metadata:
    """The document's properties. The date is the day on which the file was made: the one that a PDF has."""
    values = {str(key): value for key, value in (pdf.metadata or {}).items()}
    return Metadata(
        title=_text(values.get("Title")),
        author=_text(values.get("Author")),
        published=_date(_text(values.get("CreationDate"))),
        language=_language(pdf),
    )


def _text(value: Any) -> str | None:
    return known(canonical.clean(value)) if isinstance(value, str) else None


def _date(value: str | None) -> str | None:
    match = _DATE.match(value or "")
    try:
        return iso_date("-".join(match.groups()), "") if match else None
    except UnreadableDocument:
        return None


def _language(pdf: PDF) -> str | None:
    value = pdf.doc.catalog.get("Lang")
    try:
        return language_code(value.decode("latin-1"), "") if isinstance(value, bytes) else None
    except UnreadableDocument:
        return None
