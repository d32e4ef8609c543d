"""What stands between the paragraphs of a page and is none of its text: advertisements, links to other pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rahdari.reading import html_trees

if TYPE_CHECKING:
    from lxml.etree import _Element

_ADVERTISING = {"advertisement", "advertisements", "advertising", "advert", "ad", "sponsored", "sponsored content"}
_HELD = ("td", "th", "li", "dd")
_LONGEST = 300  # characters
_ELSEWHERE = re.compile(
    r"(?:also|next|more on this|related(?: stor(?:y|ies)| articles?)?|(?:also |now )?(?:read|see|watch|listen)"
    r"(?: also| more| next| on| this)?)\s*:?",
    re.IGNORECASE,
)


def drop(body: _Element) -> None:
    """Takes these paragraphs out of a page's body: `Advertisement`, `Read also: ` before a link. None of a table or a
    list, where `Advertising` may be what a budget is for."""
    for paragraph in list(body.iter("p")):
        if next(paragraph.iterancestors(*_HELD), None) is not None:
            continue
        if len(text := " ".join(paragraph.text_content().split())) > _LONGEST:
            continue
        linked = " ".join(" ".join(link.text_content().split()) for link in paragraph.iter("a"))
        before = text.removesuffix(linked).strip() if linked else ""
        if text.lower() in _ADVERTISING or _ELSEWHERE.fullmatch(before):
            html_trees.remove(paragraph)
