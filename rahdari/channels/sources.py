"""Where the passages that an answer cites are to be found: the address of each document, and the place in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rahdari.channels.text import followable
from rahdari.errors import RahdariError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Whereabouts:
    """What an answer's citations do not carry themselves.

    Attributes:
        addresses: of the documents that have one that can be followed, by their ids.
        places: `page 3, table 2, row Havelian`, 80 characters at most, by the ids of citations; those that have one.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)


Find = Callable[[Mapping[str, Any]], Whereabouts]
"""An Answer in its JSON form -> where its passages are."""


def whereabouts(form: Mapping[str, Any]) -> Whereabouts:
    """Where an answer's passages are, in the store as it is. It may read the disk: call it off the event loop.

    An answer is worth more than its links: where the store cannot be read there are none, and the log says so.
    """
    from rahdari import bootstrap
    from rahdari.nlu.surroundings import settings
    from rahdari.reading.places import place

    addresses: dict[str, str] = {}
    places: dict[int, str] = {}
    citations = form.get("citations") or ()
    try:
        store = bootstrap.store(settings()) if citations else None
        for citation in citations:
            document = store.document(str(citation["document"])) if store is not None else None
            if document is None:
                continue
            if address := followable(document.source):
                addresses[document.id] = address
            start, end = int(citation["start"]), int(citation["end"])
            if document.text[start:end] == citation["quote"]:  # else it has changed since
                where = place(document.text, start).beneath(document.title).brief()
                places |= {int(citation["id"]): where} if where else {}
    except RahdariError as error:
        logger.warning("sources are shown without links and places: %s", error)
        return Whereabouts()
    return Whereabouts(addresses, places)
