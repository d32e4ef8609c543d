"""Of documents from one address the latest stands: another date at the same place is a newer version."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from rahdari.records import Document


def superseded(documents: Iterable[Document]) -> dict[str, str]:
    """The id of each document that a later one has replaced, and the id of that one.

    They are known by the same source address and another, later date of publication. Where dates do not tell which is
    later, both stand; and the address of a whole site is no document's.
    """
    by_address: dict[str, list[Document]] = {}
    for document in documents:
        if document.source and document.published and urlsplit(document.source).path.strip("/"):
            by_address.setdefault(document.source, []).append(document)
    found: dict[str, str] = {}
    for given in by_address.values():
        latest = max(given, key=lambda one: (one.published or "", one.id))
        for one in given:
            earlier = (latest.published or "")[: len(one.published or "")]  # "2018" is not earlier than "2018-10"
            if (one.published or "") < earlier:
                found[one.id] = latest.id
    return found
