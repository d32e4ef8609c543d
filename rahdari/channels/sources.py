"""Where the documents that an answer cites can be opened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rahdari.errors import RahdariError

Addresses = Callable[[Iterable[str]], Mapping[str, str]]

logger = logging.getLogger(__name__)


def addresses(documents: Iterable[str]) -> dict[str, str]:
    """The address of each document that has one in the store. It may read the disk: call it off the event loop.

    An answer is worth more than its links: where the store cannot be read there are none, and the log says so.

    Args:
        documents: ids, as citations have them.
    """
    from rahdari import bootstrap
    from rahdari.nlu.surroundings import settings

    try:
        store = bootstrap.store(settings())
        found = {id: document.source for id in documents if (document := store.document(id)) is not None}
    except RahdariError as error:
        logger.warning("sources are shown without links: %s", error)
        return {}
    return {id: source for id, source in found.items() if source}


def cited(form: Mapping[str, Any]) -> list[str]:
    """The ids of the documents that an Answer in its JSON form cites, each once."""
    return list(dict.fromkeys(str(citation["document"]) for citation in form.get("citations") or ()))
