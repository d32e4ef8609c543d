"""The operator's page's data: documents, what was left out and why, unanswered questions, feedback.

People's own words stand in it, so it is closed to all but the operator: who has the token of the settings or, where
they name none, who asks from this machine and through nothing in between.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from rahdari import bootstrap
from rahdari.channels import origins
from rahdari.channels.gate import address_of, take
from rahdari.channels.incoming import BadMessage
from rahdari.channels.limits import Buckets, Rate
from rahdari.channels.names import is_this_machine, name_of
from rahdari.channels.rest import dumps
from rahdari.errors import StoreError
from rahdari.settings import Settings
from rahdari.store import Feedback, Selection, Unanswered

TRIES = Rate(burst=20, per_minute=30)  # from one address: too few to guess a token
MOST_ROWS = 200
_BETWEEN = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")  # what a proxy leaves
_HEADERS = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}


def add_to(routes: Blueprint, settings: Settings) -> None:
    """The route `operator/report`."""
    tries = Buckets(TRIES)

    @routes.get("/operator/report")
    async def report(request: Request) -> HTTPResponse:
        try:
            take(tries, address_of(request))
            if not may_look(request.headers, request.ip, settings.operator_token):
                raise BadMessage("not_operator", 401)
            work: Callable[[], dict[str, Any]] = functools.partial(made, settings)
            value, status = await asyncio.get_running_loop().run_in_executor(None, work), 200
        except BadMessage as error:
            value, status = {"error": str(error)}, error.status
        return json_response(value, status=status, headers=_HEADERS, dumps=dumps)


def may_look(headers: Mapping[str, str], address: str, token: str | None) -> bool:
    """Whether a request is the operator's.

    Pages of other sites may not ask, whatever the settings let them do else: they would ask in the operator's name.
    """
    host = headers.get("host", "")
    origin = headers.get("origin")
    if not (origin is None or origins.is_own(origin, host)) or headers.get("sec-fetch-site") == "cross-site":
        return False
    if token is not None:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        told = given.strip().encode("utf-8", "replace")
        return hmac.compare_digest(told, token.encode()) and scheme.lower() == "bearer"
    direct = not any(name in headers for name in _BETWEEN)
    return direct and is_this_machine(address) and is_this_machine(name_of(host))  # a name may be made to lead here


def made(settings: Settings) -> dict[str, Any]:
    """Everything on the page. What cannot be read is told in `problems`, and the rest is there all the same."""
    report: dict[str, Any] = {
        "built": None, "documents": [], "left_out": [], "unanswered": [], "feedback": [], "problems": [],
        "keeps_unanswered": settings.keep_unanswered,
    }  # fmt: skip
    for part in (_of_store, _of_unanswered, _of_feedback):
        try:
            report.update(part(settings))
        except StoreError as error:
            report["problems"].append(str(error))
    return report


def _of_store(settings: Settings) -> dict[str, Any]:
    store = bootstrap.explorer(settings)
    facts = {choice.id: choice.count for choice in store.choices(Selection())["document"]}
    documents = [
        {
            "id": one.id,
            "title": one.title,
            "publisher": one.publisher,
            "published": one.published,
            "source": one.source,
            "sentences": len(store.sentences(one.id)),
            "facts": facts.get(one.id, 0),
        }
        for one in store.documents()
    ]
    left_out = [{"path": path, "reason": reason} for path, reason in json.loads(store.meta.get("left_out", "[]"))]
    return {"built": store.built, "documents": documents, "left_out": left_out}


def _of_unanswered(settings: Settings) -> dict[str, Any]:
    return {"unanswered": [dict(vars(one)) for one in Unanswered(settings.home).most_frequent(MOST_ROWS)]}


def _of_feedback(settings: Settings) -> dict[str, Any]:
    return {"feedback": [dict(vars(one)) for one in Feedback(settings.home).latest(MOST_ROWS)]}
