"""From the source of an HTML page to its tree, however deep its elements stand in each other.

libxml2 builds no tree of more than 255 levels and no text of more than 10 MB, and says so only in its log. Pages that
leave elements open reach that: such a page is built out of what its parser comes across.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rahdari.errors import UnreadableDocument
from rahdari.reading import html_trees

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HTMLParser

_MOST_LEVELS = 255
_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parsed(source: bytes, name: str) -> _Element | None:
    """The root of a page in UTF-8, without comments; None for one that is empty.

    Elements below the 255th level stand beside each other on that level, in the order of the page.

    Raises:
        UnreadableDocument: the parser ends before the page does.
    """
    from lxml.etree import ParserError, fromstring
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        tree = document_fromstring(source, parser=parser)
    except ParserError:
        return None
    if _stopped(parser) is None:
        return tree
    shallow = HTMLParser(encoding="utf-8", huge_tree=True, target=_Shallow(parser))
    tree = fromstring(source, parser=shallow)
    if reason := _stopped(shallow):
        raise UnreadableDocument(f"{name} cannot be read to its end ({reason}); give a simpler version")
    return tree


def _stopped(parser: HTMLParser) -> str | None:
    """Why a parser did not go on; it goes on after all that is not fatal."""
    fatal = parser.error_log.filter_from_fatals()
    return " ".join(fatal[0].message.split())[:200] if len(fatal) else None


class _Shallow:
    """What lxml calls a parser's target: builds the tree, no deeper than it may be."""

    def __init__(self, parser: HTMLParser) -> None:
        self._make = parser.makeelement
        self._open: list[_Element] = []
        self._root: _Element | None = None
        self._said: list[str] = []
        self._parted = ""  # what stands between the last block that is too deep and what follows it

    def start(self, tag: str, attributes: Any) -> None:
        from lxml.etree import SubElement

        self._write()
        fit = {name: _NO_XML.sub("", value) for name, value in attributes.items()}
        if not self._open:
            self._root = self._make(tag, fit)
            self._open.append(self._root)
        elif len(self._open) >= _MOST_LEVELS and tag in html_trees.INLINE:
            self._open.append(self._open[-1])  # what it holds stays in the sentence
        else:
            self._open.append(SubElement(self._place() if tag == "br" else self._parent(), tag, fit))

    def end(self, tag: str) -> None:
        self._write()
        self._open.pop()
        if len(self._open) >= _MOST_LEVELS and tag != "br" and tag not in html_trees.INLINE:
            self._parted = "\n"

    def data(self, text: str) -> None:
        self._said.append(text)

    def close(self) -> _Element | None:
        return self._root

    def _parent(self) -> _Element:
        return self._open[min(len(self._open), _MOST_LEVELS) - 1]

    def _place(self) -> _Element:
        """What goes on: the element that is open; below the last level its parent, where others stand behind it."""
        parent, last = self._parent(), self._open[-1]
        return last if len(parent) and parent[-1] is last else parent

    def _write(self) -> None:
        """Puts what was said where the page goes on."""
        text = _NO_XML.sub("", "".join(self._said))
        self._said.clear()
        if text and self._open:
            html_trees.append(self._place(), self._parted + text)
            self._parted = ""
