"""What an HTML page says of itself: JSON-LD (schema.org), Open Graph, Dublin Core and plain meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from rahdari.errors import UnreadableDocument
from rahdari.knowledge.numbers import MONTHS
from rahdari.reading.metadata import Metadata, iso_date, known, language_code

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORKS = {
    "Article",
    "BlogPosting",
    "NewsArticle",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "WebPage",
    "AnalysisNewsArticle",
}
_BY = re.compile(r"^\s*by\s+(?=\S)", re.I)
_SPOKEN = re.compile(
    r"^\s*(?:\w{3,9},\s*)?(?:(?P<day>\d{1,2})\s+(?P<month>[a-z]{3,9})|(?P<month2>[a-z]{3,9})\s+(?P<day2>\d{1,2}))"
    r",?\s+(?P<year>\d{4})(?:\W.*)?$",
    re.I | re.S,
)
_META = {
    "title": ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date",
        "dcterms.date", "citation_publication_date", "citation_date", "date",
    ),
    "language": ("og:locale", "dc.language", "dcterms.language"),
    "source": ("og:url",),
}  # fmt: skip


def of(tree: _Element) -> Metadata:
    """The first value of each field that is one: JSON-LD before meta elements before <title>, <link> and lang.

    A value that is not of its field's form (a date such as "last week") counts as not given: it is not the operator's.
    """
    linked = list(_linked(tree))
    named: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        named.setdefault(key, []).append(element.get("content") or "")
    named.setdefault("datepublished", []).extend(_marked_days(tree))
    groups = {
        field: [*(work[field] for work in linked), *(named.get(key, []) for key in keys)]
        for field, keys in _META.items()
    }
    given = {field: [value for group in several for value in group] for field, several in groups.items()}
    given["title"] += [element.text_content() for element in tree.iter("title")][:1]
    given["source"] = [*(link.get("href") or "" for link in tree.xpath("//link[@rel='canonical']")), *given["source"]]
    given["language"] = [tree.get("lang") or "", *given["language"]]
    publisher = _first([value for value in given["publisher"] if not _is_address(value)])
    return Metadata(
        title=_without(publisher, _first(given["title"])),
        publisher=publisher,
        author=next((names for group in groups["author"] if (names := _authors(group))), None),
        published=_date(given["published"]),
        language=_language(given["language"]),
        source=next(
            (value for value in map(str.strip, given["source"]) if value.startswith(("http://", "https://"))), None
        ),
    )


def _marked_days(tree: _Element) -> list[str]:
    """The day that a page's own elements say; none where they say several, as those of other pages that it lists do."""
    days = set()
    for element in tree.xpath("//*[@itemprop='datePublished'][not(self::meta)][not(ancestor::aside or ancestor::nav)]"):
        of = element.xpath("string(ancestor::*[@itemscope][1]/@itemtype)").rpartition("/")[2]
        if not of or of in _WORKS:
            days.add(_date([element.get("datetime") or element.text_content()]))
    return [day for day in days if day and len(days) == 1]


def _linked(tree: _Element) -> Iterator[dict[str, list[str]]]:
    """The works that a page's JSON-LD describes, the page around them last. What one only refers to is looked up in all
    of it."""
    found: list[Any] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            found += _list(json.loads(script.text or ""))
        except (ValueError, RecursionError):
            continue
    entries = [
        *found,
        *(inner for one in found if isinstance(one, dict) for inner in _list(one.get("@graph"))),
    ]
    called = _called(found)
    kinds = [(_kinds(entry), entry) for entry in entries if isinstance(entry, dict)]
    for of, entry in sorted(kinds, key=lambda one: "WebPage" in one[0]):
        if _WORKS & of:
            yield {
                "title": _names(entry.get("headline"), called) or _names(entry.get("name"), called),
                "publisher": _names(entry.get("publisher"), called),
                "author": _names(entry.get("author"), called),
                "published": _names(entry.get("datePublished"), called),
                "language": _names(entry.get("inLanguage"), called),
                "source": _addresses(entry.get("url")) or _addresses(entry.get("mainEntityOfPage")),
            }


def _kinds(entry: dict[str, Any]) -> set[str]:
    return {str(kind) for kind in _list(entry.get("@type"))}


def _called(found: list[Any]) -> dict[str, str]:
    """Identifier of a thing -> its name, of all that are described anywhere."""
    names: dict[str, str] = {}
    left = list(found)
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += one.values()
            if isinstance(one.get("@id"), str) and isinstance(one.get("name"), str):
                names.setdefault(one["@id"], one["name"])
        elif isinstance(one, list):
            left += one
    return names


def _names(value: Any, called: dict[str, str]) -> list[str]:
    """The texts of a value of JSON-LD: itself, its name, that of what it refers to, or those of a list."""
    names = []
    for one in _list(value):
        text = one.get("name") or called.get(str(one.get("@id"))) if isinstance(one, dict) else one
        if isinstance(text, str):
            names.append(unescape(called.get(text, text)))
    return names


def _addresses(value: Any) -> list[str]:
    texts = [one.get("@id") if isinstance(one, dict) else one for one in _list(value)]
    return [unescape(text) for text in texts if isinstance(text, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(values: list[str]) -> str | None:
    return next((text for value in values if (text := known(value))), None)


def _without(publisher: str | None, title: str | None) -> str | None:
    """A title without the publisher's name behind it: `Quay opened | Port Gazette`."""
    if publisher and title:
        title = re.sub(rf"(?<=\S)\s+[|–—·:-]\s+{re.escape(publisher)}$", "", title, count=1, flags=re.I)
    return title


def _authors(values: list[str]) -> str | None:
    """All that are named, each once, without a `By`; an address of a profile is no name."""
    names = (known(_BY.sub("", value)) for value in values)
    return ", ".join(dict.fromkeys(name for name in names if name and not _is_address(name))) or None


def _is_address(value: str) -> bool:
    return "://" in value


def _date(values: list[str]) -> str | None:
    for value in values:
        try:
            if found := iso_date(_SPOKEN.sub(_spoken, value).replace("/", "-"), ""):
                return found
        except UnreadableDocument:
            continue
    return None


def _spoken(match: re.Match[str]) -> str:
    """`Mon, 05 Feb 2024 08:00:00 GMT` and `February 5, 2024` as 2024-02-05; what has no such month as it is."""
    day, month, year = match["day"] or match["day2"], match["month"] or match["month2"], match["year"]
    number = next((number for number, name in enumerate(MONTHS, 1) if name.startswith(month.lower())), None)
    return f"{year}-{number:02}-{int(day):02}" if number else match.group()


def _language(values: list[str]) -> str | None:
    for value in values:
        try:
            if found := language_code(value, ""):
                return found
        except UnreadableDocument:
            continue
    return None
