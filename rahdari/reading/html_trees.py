"""A parsed HTML page made ready: loose text in paragraphs, tables of data with as many cells a row, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINERS = ("article", "blockquote", "body", "div", "main", "section")
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark q s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)
_MARKS = frozenset("b big del em font i ins nobr ruby s small strike strong sub sup time tt u".split())
_BOXES = frozenset("address center dd details dt hgroup li summary".split())  # where no list or the like is around them
_LAYOUT = ("article", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "table")
_HIDDEN = ("noscript", "script", "style", "template")
_NOTHING = "\u2060"  # a joiner of words, which canonical.clean takes out: trafilatura leaves out cells without any text
_MOST_SPANNED = 50
_MOST_CELLS = 200_000
_STOPS = tuple('.,;:!?”’")')
_BUTTON = 4  # words: a paragraph of one link that has no more is a button, as `Read more`


def prepare(body: _Element) -> None:
    """Changes a page's body in place: nothing is taken out but scripts, styles and what is marked hidden."""
    for element in list(body.iter(*_HIDDEN)):
        remove(element)
    for element in body.xpath(".//*[@hidden or @aria-hidden='true' and not(.//img)]"):
        remove(element)
    for raised in list(body.iter("sup")):
        _mark_note(raised)
    for element in body.iter("*"):
        # trafilatura leaves some out of a sentence, as `<time>`, puts none of the blanks around others, and takes what
        # links to nowhere for a menu; those with such a sign are of no standard
        if element.tag in _MARKS or element.tag == "a" and not element.get("href") or {"-", ":"} & {*element.tag}:
            element.tag = "span"
    most = len(body.text_content()) / 2
    for form in list(body.iter("form")):
        if len(form.text_content()) > most:
            form.tag = "div"  # some programs put all of a page into one
    for caption in list(body.iter("caption")):
        _put_before_table(caption)
    for term in list(body.iter("dt")):
        _put_before_definition(term)
    for table in reversed(list(body.iter("table"))):
        if table.get("role") == "presentation" or next(table.iterdescendants(*_LAYOUT), None) is not None:
            for element in [table, *table.iterdescendants("tbody", "thead", "tfoot", "tr", "td", "th")]:
                if element is table or next(element.iterancestors("table"), table) is table:  # not of one of data in it
                    element.tag = "div"
        else:
            _unnest(table)
            _square(table)
            _join_headers(table)
            for element in table.iterdescendants("center"):
                element.tag = "span"
    for container in list(body.iter(*_CONTAINERS)):
        _mark_paragraphs(container)


def unlink(body: _Element) -> None:
    """Makes the links of a prepared page plain text, so that none is taken for a menu; those that are buttons go."""
    for paragraph in list(body.iter("p")):
        links = list(paragraph.iter("a"))
        said = "".join(paragraph.itertext()).split()
        if len(links) == 1 and len(said) <= _BUTTON and links[0].text_content().split() == said:
            remove(paragraph)
    for link in list(body.iter("a")):
        link.tag = "span"


def wrap(parent: _Element, tag: str) -> None:
    """Puts all that is in an element into one child of this tag."""
    child = parent.makeelement(tag)
    child.text, parent.text = parent.text, None
    child.extend(list(parent))
    parent.append(child)


def append(element: _Element, text: str) -> None:
    """Puts text behind all that an element has."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def remove(element: _Element) -> None:
    """Takes an element out, and leaves the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _put_before_table(caption: _Element) -> None:
    table = next(caption.iterancestors("table"), None)
    remove(caption)
    caption.tag, caption.tail = "p", None
    if table is not None:
        table.addprevious(caption)


def _mark_note(raised: _Element) -> None:
    """`open.<sup>3</sup>`, the mark of a note, becomes `open.[3]`; not an exponent, which leads nowhere."""
    said = raised.text_content().strip()
    before = raised.getprevious()
    text = (raised.getparent().text if before is None else before.tail) or ""
    linked = next((link for link in raised.iter("a") if (link.get("href") or "").startswith("#")), None) is not None
    if said.isascii() and said.isdigit() and len(said) < 4 and (linked or text[-1:] in _STOPS):
        raised[:] = []
        raised.text = f"[{said}]"


def _put_before_definition(term: _Element) -> None:
    """`<dt>Depot<dd>Ruskela` becomes `Depot: Ruskela`, which says by itself what it is about."""
    definition = term.getnext()
    said = " ".join(term.text_content().split())
    if (
        definition is None
        or definition.tag != "dd"
        or not said
        or any(e.tag not in INLINE for e in [*term, *definition])
    ):
        return
    if said[-1] not in "?!.":
        definition.text = f"{said.rstrip(' :')}: {(definition.text or '').lstrip()}"
        remove(term)


def _unnest(table: _Element) -> None:
    """Takes rows and cells out of cells, where a mark that nobody closed holds them: `<td><b>Cost<tr><td>…`."""
    for tags in (("tr",), ("td", "th")):
        entries = list(table.iter(*tags))
        for before, entry in zip(entries, entries[1:]):
            if next(entry.iterancestors("td", "th", "tr", "table")).tag in ("td", "th"):
                before.addnext(entry)


def _square(table: _Element) -> None:
    """Repeats a cell that spans rows or columns in each of them, so that a row says by itself what it is about."""
    below: dict[int, tuple[int, _Element]] = {}  # column -> rows still to fill, and the cell that fills them
    made = 0
    for row in list(table.iter("tr")):
        cells: list[_Element] = []
        own = [cell for cell in row if cell.tag in ("td", "th")]
        while own or len(cells) in below:
            column = len(cells)
            if column in below:
                left, above = below.pop(column)
                cells.append(deepcopy(above))
                if left > 1:
                    below[column] = (left - 1, above)
                continue
            cell = own.pop(0)
            for _ in range(_span(cell, "colspan")):
                if (rows := _span(cell, "rowspan")) > 1:
                    below[len(cells)] = (rows - 1, cell)
                cells.append(cell if not cells or cells[-1] is not cell else deepcopy(cell))
        made += len(cells)
        if made > _MOST_CELLS:
            raise MemoryError
        for cell in cells:
            for span in ("colspan", "rowspan"):
                cell.attrib.pop(span, None)
            cell.tail = None
            if not cell.text_content().strip():
                cell[:] = []
                cell.text = _NOTHING
        row[:] = cells


def _join_headers(table: _Element) -> None:
    """Makes header rows above each other one: `Works` over `Length` becomes `Works Length`."""
    rows = list(table.iter("tr"))
    heads = list(takewhile(lambda row: len(row) > 0 and all(cell.tag == "th" for cell in row), rows))
    if not 1 < len(heads) < len(rows):
        return
    if len(heads[0]) > 1 and len(over := {" ".join(cell.text_content().split()) for cell in heads[0]}) == 1:
        title = table.makeelement("p")
        title.text = over.pop()
        table.addprevious(title)
        remove(heads.pop(0))
    for column, cell in enumerate(heads[0]):
        texts = [" ".join(row[column].text_content().split()) for row in heads if column < len(row)]
        cell[:] = []
        cell.text = " ".join(dict.fromkeys(filter(None, texts)))
    for row in heads[1:]:
        remove(row)


def _span(cell: _Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), _MOST_SPANNED)) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _mark_paragraphs(container: _Element) -> None:
    """Puts text that stands loose in a container into paragraphs; two <br> part them, one parts lines."""
    kept: list[_Element] = []
    run: _Element | None = None
    broken = False
    for piece in list(_pieces(container)):
        if isinstance(piece, str):
            if not piece.strip() and (run is None or broken):
                continue
            run = run if run is not None else _opened(container, kept)
            append(run, piece)
        elif piece.tag == "br" and run is not None and not broken:
            broken = True
            run.append(piece)
            continue
        elif piece.tag == "br":
            run = None
        elif all(inner.tag in INLINE for inner in piece.iter()):
            run = run if run is not None else _opened(container, kept)
            run.append(piece)
        else:
            run = None
            kept.append(piece)
            if _is_box(piece):
                piece.tag = "div"
                _mark_paragraphs(piece)
        broken = False
    container.text = None
    container[:] = kept


def _is_box(piece: _Element) -> bool:
    """Whether it is but a box around paragraphs, as `<font>` may be; a link is more.

    A `<p>` is one that holds another, which some element that nobody closed in it makes it do.
    """
    if piece.tag == "p":
        return next(piece.iterdescendants("p", "blockquote", *_LAYOUT), None) is not None
    return piece.tag != "a" and (piece.tag in _BOXES or piece.tag in INLINE)


def _pieces(container: _Element) -> Iterator[str | _Element]:
    if container.text:
        yield container.text
    for child in list(container):
        tail, child.tail = child.tail, None
        if isinstance(child.tag, str):  # not a comment
            yield child
        if tail:
            yield tail


def _opened(container: _Element, kept: list[_Element]) -> _Element:
    kept.append(container.makeelement("p"))
    return kept[-1]
