"""The Explore page's data: facts in pages and counted, as JSON. Requests are checked before the store sees them."""

from __future__ import annotations

import asyncio
import functools
import re
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from rahdari import bootstrap
from rahdari.channels.incoming import BadMessage
from rahdari.channels.rest import dumps
from rahdari.errors import StoreMissing
from rahdari.settings import Settings
from rahdari.store import Choice, Count, Explorer, Found, Selection, Tie
from rahdari.store.explore import Order
from rahdari.store.selection import NAMES

if TYPE_CHECKING:
    from rahdari.channels.web.channel import Visitors

MOST_ROWS = 500
MOST_TIES = 400  # a graph with more shows nothing
MOST_CHOICES = 300  # of one filter: the most frequent
_PAGING = ("limit", "offset", "order")
_ORDERS = ("text", "newest", "oldest")
_LONGEST = 200
_KEPT = 128  # answers, of one version of the store
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_OFFSET = re.compile(r"\d{1,7}", re.ASCII)
View = Callable[[Explorer, Selection], dict[str, Any]]
Arguments = dict[str, list[str]]


def add_to(routes: Blueprint, gate: Visitors, settings: Settings) -> None:
    """The routes under `explore/`, for visitors whom the gate lets in."""
    shelf = Shelf(settings)

    def look(name: str, view: View) -> None:
        @routes.get(f"/explore/{name}", name=f"explore_{name}")
        @gate.guarded
        async def counted(request: Request) -> HTTPResponse:
            gate.visitor(request)
            wanted = selection(dict(request.args))
            return await _reply(functools.partial(shelf.counted, name, view, wanted))

    for name, view in VIEWS.items():
        look(name, view)

    @routes.get("/explore/facts")
    @gate.guarded
    async def facts(request: Request) -> HTTPResponse:
        gate.visitor(request)
        wanted, page = selection(dict(request.args), _PAGING), paging(dict(request.args))
        return await _reply(functools.partial(shelf.facts, wanted, *page))


class Shelf:
    """Answers out of the store as it is now. What was counted once is kept until the store changes. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: OrderedDict[tuple[str, str, Selection], dict[str, Any]] = OrderedDict()

    def facts(self, wanted: Selection, order: Order, limit: int, offset: int) -> dict[str, Any]:
        """One page of facts, and how many there are."""
        store = self._store()
        total = self.counted("count", lambda now, chosen: {"total": now.count(chosen)}, wanted)["total"]
        found = store.page(wanted, order, limit, offset)
        return {"total": total, "offset": offset, "facts": [row(one) for one in found]}

    def counted(self, name: str, view: View, wanted: Selection) -> dict[str, Any]:
        """What a view makes of the facts that are wanted."""
        store = self._store()
        key = (name, store.version, wanted)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = view(store, wanted)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept

    def _store(self) -> Explorer:
        try:
            return bootstrap.explorer(self._settings)
        except StoreMissing as error:
            raise BadMessage("no_store", 404) from error


def selection(arguments: Arguments, others: tuple[str, ...] = ()) -> Selection:
    """The filters of a request. Raises BadMessage where one is unknown, comes twice or is not as documented."""
    if any(name not in (*NAMES, *others) or len(values) != 1 for name, values in arguments.items()):
        raise BadMessage("bad_filter")
    given = {name: values[0].strip() for name, values in arguments.items() if name in NAMES}
    for name, value in given.items():
        if not value or len(value) > _LONGEST or _CONTROL.search(value):
            raise BadMessage("bad_filter")
        if name in ("since", "until") and not _DATE.fullmatch(value):
            raise BadMessage("bad_date")
        if name == "events" and value != "yes":
            raise BadMessage("bad_filter")
    return Selection(**given)


def paging(arguments: Arguments) -> tuple[Order, int, int]:
    """Order, limit and offset. Raises BadMessage where one is not as documented."""
    order, limit, offset = (
        arguments.get(name, [default])[0] for name, default in (("order", "text"), ("limit", "50"), ("offset", "0"))
    )
    if order not in _ORDERS or not _OFFSET.fullmatch(limit) or not _OFFSET.fullmatch(offset):
        raise BadMessage("bad_page")
    if not 1 <= int(limit) <= MOST_ROWS:
        raise BadMessage("bad_page")
    return cast(Order, order), int(limit), int(offset)


def row(found: Found) -> dict[str, Any]:
    """A fact with its passage, as JSON has it."""
    fact = found.fact
    return {
        "id": found.row,
        "subject": fact.subject,
        "predicate": fact.predicate,
        "object": fact.object,
        "status": fact.modality,
        "speaker": fact.speaker,
        "as_of": fact.as_of,
        "sectors": list(found.sectors),
        "document": fact.document,
        "title": found.title,
        "publisher": found.publisher,
        "published": found.published,
        "start": found.start,
        "end": found.end,
        "text": found.text,
    }


def _choices(store: Explorer, wanted: Selection) -> dict[str, Any]:
    chosen = store.choices(wanted)
    return {"choices": {name: _first(getattr(wanted, name), options) for name, options in chosen.items()}}


def _first(chosen: str | None, options: list[Choice]) -> list[dict[str, Any]]:
    """The most frequent, and what is chosen in any case."""
    kept = [one for at, one in enumerate(options) if at < MOST_CHOICES or one.id == chosen]
    return [dict(vars(one)) for one in kept]


def _dates(store: Explorer, wanted: Selection) -> dict[str, Any]:
    return {"dates": _counts(store.dates(wanted))}


def _sectors(store: Explorer, wanted: Selection) -> dict[str, Any]:
    return {"agreements": _counts(store.agreements(wanted)), "projects": _counts(store.projects(wanted))}


def _ties(store: Explorer, wanted: Selection) -> dict[str, Any]:
    ties = store.ties(wanted)
    shown = ties[:MOST_TIES]
    named = {id: store.entity(id) for tie in shown for id in (tie.one, tie.other)}
    parties = [{"id": id, "name": entity.name, "type": entity.type} for id, entity in named.items() if entity]
    return {"parties": parties, "ties": [_tie(one) for one in shown], "left_off": len(ties) - len(shown)}


def _tie(tie: Tie) -> dict[str, Any]:
    return {"one": tie.one, "other": tie.other, "fact": row(tie.found)}


def _counts(counts: list[Count]) -> list[dict[str, Any]]:
    return [dict(vars(count)) for count in counts]


VIEWS: dict[str, View] = {"choices": _choices, "dates": _dates, "sectors": _sectors, "ties": _ties}


async def _reply(work: Callable[[], dict[str, Any]]) -> HTTPResponse:
    value = await asyncio.get_running_loop().run_in_executor(None, work)
    return json_response(value, dumps=dumps)
