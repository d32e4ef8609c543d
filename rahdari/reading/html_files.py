"""HTML pages: trafilatura finds the content among what stands around it, html_trees makes the page ready for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from rahdari.errors import UnreadableDocument
from rahdari.reading import canonical, charsets, html_asides, html_metadata, html_parsing, html_trees, mail_quotes
from rahdari.reading.metadata import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(r"<[A-Za-z!?]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}>")  # of an encoding that the text is in no more
_SUBSET = re.compile(r"\A(?:[^<]|<\?[^>]{0,500}>){0,100}<!DOCTYPE[^>\[]{0,500}\[[^\]]{0,10000}\]\s{0,100}>", re.I)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding)\s{0,20}=[\s"']{0,20}([\w.:+-]{1,40})""", re.I
)


def read(data: bytes, name: str) -> tuple[Metadata, str]:
    """The main content of a page, and what its JSON-LD, Open Graph and meta elements say.

    Raises:
        UnreadableDocument: it is not HTML.
    """
    return page(charsets.decode(data, _charset(data)), name)


def page(source: str, name: str, mail: bool = False) -> tuple[Metadata, str]:
    """The same of a page that is decoded already; a mail has quotations, and no menus. Raises: UnreadableDocument."""
    if "\0" in source or not _TAG.search(source):
        raise UnreadableDocument(f"{name} is no HTML page; give a text version or remove it")
    source = _SUBSET.sub("", source, 1)  # which the parser would take for text
    packed = _DECLARATION.sub("", source, 1).encode("utf-8", "replace")
    tree = html_parsing.parsed(packed, name)
    if tree is None:
        return Metadata(), ""
    return html_metadata.of(tree), text_of(tree, mail)


def text_of(tree: _Element, mail: bool = False) -> str:
    """The canonical text of a parsed page; the tree is used up."""
    from trafilatura import bare_extraction
    from trafilatura.xpaths import BODY_XPATH

    body = tree if tree.tag == "body" else next(tree.iter("body"), None)
    if body is None:
        return ""
    html_trees.prepare(body)
    if mail:
        html_trees.unlink(body)
        mail_quotes.mark(body)
    else:
        html_asides.drop(body)
    if not any(path(tree) for path in BODY_XPATH):
        # Nothing in it is called the content, so all of it is: a plain page is not to lose its headings.
        html_trees.wrap(body, "article")
    found = bare_extraction(
        tree, no_fallback=True, favor_recall=True, include_comments=False, include_tables=True, include_formatting=True,
        as_dict=False, config=_config(),
    )  # fmt: skip
    return canonical.blocks(_blocks(found.body)) if found is not None else ""


def _charset(data: bytes) -> str | None:
    """What a page declares; None where it declares nothing, or where its bytes are UTF-8 whatever it declares."""
    escaped = b"\x1b" in data  # iso-2022-jp is written in bytes that are UTF-8 as well
    found = None if charsets.is_utf8(data) and not escaped else _DECLARED.search(data[:4096])
    name = found.group(1).decode("ascii", "replace").lower() if found else None
    return "utf-8" if name and name.startswith("utf-16") else name  # it would not have been found in UTF-16


@cache
def _config() -> Any:
    """trafilatura's settings without its least sizes: a short page is a page, and is not to be eked out."""
    from trafilatura.settings import use_config

    config = use_config()
    for what in ("extracted_size", "output_size", "extracted_comm_size", "output_comm_size"):
        config["DEFAULT"][f"min_{what}"] = "0"
    return config


def _blocks(parent: _Element) -> Iterator[str]:
    """The blocks of what trafilatura gives: head, p, list, table, quote, code, and what these stand in."""
    for element in parent:
        if element.tag == "head":
            yield canonical.heading(int((element.get("rend") or "h2")[-1:]) or 2, " ".join(_lines(element)))
        elif element.tag == "list":
            yield "\n".join(_items(element, 0))
        elif element.tag == "table":
            rows = ([" ".join(_lines(cell)) for cell in row.iter("cell")] for row in element.iter("row"))
            yield canonical.table(rows, _is_headed(element))
        elif any(child.tag in ("head", "p", "list", "table", "quote") for child in element):
            yield "\n".join(line for line in (canonical.clean(element.text or ""),) if line)
            yield from _blocks(element)
        else:
            yield "\n".join(_lines(element))


def _is_headed(table: _Element) -> bool | None:
    """Whether a table's first row is of <th>, or a name and what it is, as the others are. None where that is open."""
    cells = next(([*row.iter("cell")] for row in table.iter("row")), [])
    heads = [cell.get("role") == "head" for cell in cells]
    if any(heads) and all(heads[1:]):
        return True
    return False if heads == [True, False] else None


def _items(element: _Element, level: int) -> Iterator[str]:
    ordered = element.get("rend") == "ol"
    number = 0
    repeated: str | None = None  # trafilatura tells the first entry of an inner list again behind the one that holds it
    for entry in element.iterchildren("item"):
        if repeated and entry.text == repeated:
            repeated = None
            continue
        number += 1
        line = canonical.item(" ".join(_lines(entry, but="list")), level, number if ordered else None)
        if line:
            yield line
        inners = list(entry.iterchildren("list"))
        repeated = inners[0].findtext("item") if inners else None
        for inner in inners:
            yield from _items(inner, level + 1)


def _lines(element: _Element, but: str = "") -> list[str]:
    """The lines of an element's text, without those of its children of one tag."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != but:
            parts.append("\n" if child.tag == "lb" else "\n".join(_lines(child)))
            if child.tag == "p":
                parts.append("\n")
        parts.append(child.tail or "")
    return _cleaned("".join(parts))


def _cleaned(text: str) -> list[str]:
    return [line for line in map(canonical.clean, text.split("\n")) if line]
