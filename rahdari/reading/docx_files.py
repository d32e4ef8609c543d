"""Word files: python-docx opens them, and the order of paragraphs and tables is the file's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from rahdari.errors import UnreadableDocument
from rahdari.reading import canonical, zip_files
from rahdari.reading.limits import LIMITS
from rahdari.reading.metadata import Metadata, known, language_code

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"heading (\d)", re.I)
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of the container that a file with a password, or a .doc, is in
# what a file that python-docx made has where nobody said otherwise
_TEMPLATE_TITLE, _TEMPLATE_AUTHOR, _TEMPLATE_DATE = "Word Document", "python-docx", datetime(2013, 12, 23, 23, 15)
_MOST_SPANNED = 50


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
    return _metadata(document), canonical.blocks(_blocks(document))


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


def _blocks(document: Document) -> Iterator[str]:
    from docx.table import Table

    items: list[str] = []
    numbers: dict[int, tuple[bool, int]] = {}  # level -> whether it is numbered, and its last number
    for part in document.iter_inner_content():
        listed = None if isinstance(part, Table) else _list_level(part)
        if isinstance(part, Table) or listed is None:
            yield "\n".join(items)
            items = []
            numbers.clear()
            yield _table(part) if isinstance(part, Table) else _paragraph(part)
            continue
        level, ordered = listed
        for deeper in [other for other in numbers if other > level]:
            del numbers[deeper]
        before, count = numbers.get(level, (ordered, 0))
        count = count + 1 if before is ordered else 1
        numbers[level] = (ordered, count)
        if line := canonical.item(_text(part), level, count if ordered else None):
            items.append(line)
    yield "\n".join(items)


def _paragraph(paragraph: Paragraph) -> str:
    lines = [line for line in map(canonical.clean, _text(paragraph).split("\n")) if line]
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


def _text(paragraph: Paragraph) -> str:
    """What a reader sees: insertions are in, deletions are out, text boxes are left to themselves."""
    parts = []
    for element in paragraph._p.xpath(
        ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
        "[not(ancestor::w:del) and not(ancestor::w:moveFrom) and not(ancestor::w:txbxContent) and not(ancestor::w:rPr)"
        " and not(ancestor::w:pPr)]"
    ):
        tag = element.tag.rpartition("}")[2]
        parts.append({"t": element.text or "", "tab": " ", "noBreakHyphen": "-"}.get(tag, "\n"))
    return "".join(parts)


def _table(table: Table) -> str:
    """A row says by itself what it is about: a cell that spans several stands in each."""
    rows = []
    above: list[str] = []
    for row in table._tbl.tr_lst:
        cells: list[str] = []
        for cell in row.tc_lst:
            # a cell that goes on from the row above has its text there
            text = above[len(cells)] if cell.vMerge == "continue" and len(cells) < len(above) else _cell(cell, table)
            cells += [text] * max(1, min(cell.grid_span, _MOST_SPANNED))
        rows.append(cells)
        above = cells
    return canonical.table(rows)


def _cell(cell: Any, table: Table) -> str:
    from docx.table import _Cell

    return " ".join(filter(None, (canonical.clean(_text(paragraph)) for paragraph in _Cell(cell, table).paragraphs)))
