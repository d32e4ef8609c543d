"""Word files: python-docx opens them, and the order of paragraphs and tables is the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, Any

from rahdari.errors import UnreadableDocument
from rahdari.reading import canonical, zip_files
from rahdari.reading.limits import LIMITS
from rahdari.reading.metadata import Metadata, known, language_code

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"heading (\d)", re.I)
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of the container that a file with a password, or a .doc, is in
# what a file that python-docx made has where nobody said otherwise
_TEMPLATE_TITLE, _TEMPLATE_AUTHOR, _TEMPLATE_DATE = "Word Document", "python-docx", datetime(2013, 12, 23, 23, 15)
_MOST_SPANNED = 50
_AROUND = ("sdt", "sdtContent", "customXml")


def read(data: bytes, name: str) -> tuple[Metadata, str]:
    """The text of a Word file as it stands when all its changes are accepted, and what its properties say.

    Raises:
        UnreadableDocument: it is none, is encrypted, or would unpack to more than is read.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if data.startswith(_ENCRYPTED):
        raise UnreadableDocument(f"{name} is encrypted, or an old .doc; save it as .docx without a password")
    zip_files.check(data, name, LIMITS)
    try:
        document = docx.Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise UnreadableDocument(f"{name} is no Word file: {' '.join(str(error).split())[:200]}") from error
    return _metadata(document), canonical.blocks(_blocks(document, document.element.body))


def hold_template() -> None:
    """Takes python-docx's own styles into memory: it opens them for a file without any, when a confined process can
    open no file."""
    from docx.parts.styles import StylesPart

    held = StylesPart._default_styles_xml()  # type: ignore[no-untyped-call]
    StylesPart._default_styles_xml = classmethod(lambda _: held)  # type: ignore[assignment]


def _metadata(document: Document) -> Metadata:
    """The core properties, if it has any. The date is the day on which the file was made: the only one beside that of
    a change."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if not any(one.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for one in document.part.package.rels.values()):
        return Metadata()  # python-docx would make up some
    properties = document.core_properties
    try:
        language = language_code(properties.language, "")
    except UnreadableDocument:
        language = None
    title, author, created = known(properties.title), known(properties.author), properties.created
    return Metadata(
        title=None if title == _TEMPLATE_TITLE else title,
        author=None if author == _TEMPLATE_AUTHOR else author,
        published=None
        if created is None or created.replace(tzinfo=None) == _TEMPLATE_DATE
        else created.date().isoformat(),
        language=language,
    )


def _blocks(document: Document, holder: Any) -> Iterator[str]:
    """Those of the body, or of a cell."""
    from docx.text.paragraph import Paragraph

    items: list[str] = []
    numbers: dict[int, tuple[bool, int]] = {}  # level -> whether it is numbered, and its last number
    for element in _inner(holder, "p", "tbl"):
        paragraph = Paragraph(element, document) if _tag(element) == "p" else None
        listed = None if paragraph is None else _list_level(paragraph)
        if paragraph is None or listed is None:
            yield "\n".join(items)
            items = []
            numbers.clear()
            yield from _table(document, element) if paragraph is None else (_paragraph(paragraph),)
            for box in _boxes(element) if paragraph is not None else ():
                yield from _blocks(document, box)
            continue
        level, ordered = listed
        for deeper in [other for other in numbers if other > level]:
            del numbers[deeper]
        before, count = numbers.get(level, (ordered, 0))
        count = count + 1 if before is ordered else 1
        numbers[level] = (ordered, count)
        if line := canonical.item(_text(element), level, count if ordered else None):
            items.append(line)
        for box in _boxes(element):
            yield "\n".join(items)
            items = []
            yield from _blocks(document, box)
    yield "\n".join(items)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that are anchored in a paragraph; what Word kept for older programs is left out."""
    for box in paragraph.iter("{*}txbxContent"):
        around = [_tag(outer) for outer in takewhile(lambda outer: outer is not paragraph, box.iterancestors())]
        if "txbxContent" not in around and not {"del", "moveFrom", "Fallback"} & {*around}:
            yield box


def _inner(holder: Any, *tags: str) -> Iterator[Any]:
    """The elements of these tags in another one, also those that a content control or custom XML is around.

    A table of contents, which is such a control, only tells the headings over again.
    """
    for element in holder.iterchildren("{*}*"):
        tag = _tag(element)
        if tag in tags:
            yield element
        elif tag in _AROUND:
            gallery = element.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
            if gallery is None or "Table of Contents" not in gallery.values():
                yield from _inner(element, *tags)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _paragraph(paragraph: Paragraph) -> str:
    lines = [line for line in map(canonical.clean, _text(paragraph._p).split("\n")) if line]
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    match = _HEADING.fullmatch(style)
    if match or style == "Title":
        return canonical.heading(int(match.group(1)) + 1 if match else 1, " ".join(lines))
    return "\n".join(lines)


def _list_level(paragraph: Paragraph) -> tuple[int, bool] | None:
    """Level from 0, and whether it is numbered; None for what is in no list."""
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if _HEADING.fullmatch(style):
        return None
    properties: Any = paragraph._p.pPr
    numbering = properties.numPr if properties is not None else None
    level = int(numbering.ilvl.val) if numbering is not None and numbering.ilvl is not None else 0
    if style.startswith(("List Bullet", "List Number")):
        digits = style[-1:]
        return (int(digits) - 1 if digits.isdigit() else level), style.startswith("List Number")
    if numbering is None or numbering.numId is None or int(numbering.numId.val) == 0:
        return None
    return min(level, 8), _is_numbered(paragraph, int(numbering.numId.val), level)


def _is_numbered(paragraph: Paragraph, number: int, level: int) -> bool:
    try:
        part: Any = paragraph.part
        root = part.numbering_part.element
    except (KeyError, NotImplementedError):
        return False
    found = root.xpath(
        f"./w:abstractNum[@w:abstractNumId = ../w:num[@w:numId='{number}']/w:abstractNumId/@w:val]"
        f"/w:lvl[@w:ilvl='{level}']/w:numFmt/@w:val"
    )
    return bool(found) and found[0] not in ("bullet", "none")


def _text(paragraph: Any) -> str:
    """What a reader sees: insertions are in, deletions are out, text boxes are left to themselves."""
    parts = []
    for element in paragraph.xpath(
        ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
        "[not(ancestor::w:del) and not(ancestor::w:moveFrom) and not(ancestor::w:rPr)"
        " and not(ancestor::w:pPr)]"
    ):
        if next(element.iterancestors("{*}p")) is paragraph:
            parts.append({"t": element.text or "", "tab": " ", "noBreakHyphen": "-"}.get(_tag(element), "\n"))
    return "".join(parts)


def _table(document: Document, table: Any) -> Iterator[str]:
    """A row says by itself what it is about: a cell that spans several stands in each.

    One row or column around tables only sets these beside or below each other.
    """
    filled = [list(_inner(row, "tc")) for row in _inner(table, "tr")]
    if len(filled) == 1 or all(len(row) == 1 for row in filled):
        cells = [cell for row in filled for cell in row]
        if any(True for cell in cells for _ in _inner(cell, "tbl")):
            for cell in cells:
                yield from _blocks(document, cell)
            return
    rows = list(_rows(filled))
    heads = _heads(list(_inner(table, "tr")), filled)
    if 1 < heads < len(rows) and len(rows[0]) > 1 and len({*rows[0]}) == 1:
        yield rows.pop(0)[0]  # one cell over all columns is the table's title
        heads -= 1
    if 1 < heads < len(rows):
        columns = zip_longest(*rows[:heads], fillvalue="")
        joined = [" ".join(dict.fromkeys(filter(None, texts))) for texts in columns]
        yield canonical.table([joined, *rows[heads:]], headed=True)
    else:
        yield canonical.table(rows)


def _heads(rows: Sequence[Any], filled: Sequence[Sequence[Any]]) -> int:
    """How many rows above each other are a table's header: those that are marked so, or that its first row's cells
    go down over where others of them go over several columns."""
    marked = sum(1 for _ in takewhile(_is_marked, rows))
    if marked or not filled or not any(cell.grid_span > 1 for cell in filled[0]):
        return marked
    if not any(cell.vMerge == "restart" for cell in filled[0]):
        return 0
    return 1 + sum(1 for _ in takewhile(lambda row: any(cell.vMerge == "continue" for cell in row), filled[1:]))


def _is_marked(row: Any) -> bool:
    mark = row.find("{*}trPr/{*}tblHeader")
    return mark is not None and not {"0", "false", "off"} & {*mark.values()}


def _rows(filled: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    above: list[str] = []
    for row in filled:
        cells: list[str] = []
        for cell in row:
            # a cell that goes on from the row above has its text there
            text = above[len(cells)] if cell.vMerge == "continue" and len(cells) < len(above) else _cell(cell)
            cells += [text] * max(1, min(cell.grid_span, _MOST_SPANNED))
        yield cells
        above = cells


def _cell(cell: Any) -> str:
    """In one line, a table in it as well: `Length 6 km; Depth 9 m`."""
    parts = []
    for element in _inner(cell, "p", "tbl"):
        if _tag(element) == "p":
            parts += [canonical.clean(_text(element)), *map(_cell, _boxes(element))]
        else:
            rows = _rows(list(_inner(row, "tc")) for row in _inner(element, "tr"))
            parts.append("; ".join(filter(None, (" ".join(filter(None, cells)) for cells in rows))))
    return " ".join(filter(None, parts))
