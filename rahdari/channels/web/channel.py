"""The web channel over HTTP: sessions, messages, history, feedback, documents, for the page and the widget."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from rahdari.channels.background import Background
from rahdari.channels.gate import Gate, address_of, believe_proxies, take
from rahdari.channels.incoming import BadMessage, json_object
from rahdari.channels.limits import Buckets, Rate
from rahdari.channels.rest import OnMessage, RestChannel, dumps, forget
from rahdari.channels.web import explore, operator, pages
from rahdari.channels.web.desk import Desk
from rahdari.channels.web.history import History
from rahdari.channels.web.sessions import DAY_SECONDS, Sessions
from rahdari.nlu.surroundings import settings as settings_now
from rahdari.settings import Settings

MESSAGES = Rate(burst=10, per_minute=30)  # of one visitor
REQUESTS = Rate(burst=60, per_minute=240)  # of one visitor, of any other kind
SESSIONS = Rate(burst=60, per_minute=120)  # from one address, behind which there may be many people
LEAVING_SECONDS = 5.0  # for conversations to be forgotten when the server stops


class WebChannel(RestChannel):
    """Everything under `/webhooks/web/`: turns as on the REST channel, but the client does not say whose they are."""

    @classmethod
    def name(cls) -> str:
        return "web"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The channel's routes, as Rasa asks for them; the page too, for a plain `rasa run`."""
        settings = self._settings or settings_now()
        history = History(settings.home / "conversations" / "web.sqlite", settings.keep_days)
        desk = Desk(functools.partial(self.replies, on_new_message=on_new_message), history, settings)
        gate = Visitors(Sessions(settings.home, settings.keep_days * DAY_SECONDS), settings)
        leaving = Background()

        def leave(agent: Any, over: str) -> None:
            leaving.start(over, functools.partial(self._forget, desk, agent, over))

        routes = _api(desk, gate, leave)
        believe_proxies(routes, settings)
        explore.add_to(routes, gate, settings)
        operator.add_to(routes, settings)

        async def begin(*_: Any) -> None:
            history.open()

        async def end(*_: Any) -> None:
            await leaving.finish(LEAVING_SECONDS)

        async def close(*_: Any) -> None:
            history.close()

        routes.listener("after_server_start")(begin)
        routes.listener("before_server_stop")(end)
        routes.listener("after_server_stop")(close)
        return pages.add_to(routes, "./")

    async def _forget(self, desk: Desk, agent: Any, over: str) -> None:
        """Have the dialogue forget a conversation that is over, once its turns under way have ended."""
        await desk.ended(over)
        await forget(agent, self.conversation(over))


class Visitors(Gate):
    """Lets requests in by visitors with a session, too, and not too often."""

    def __init__(self, sessions: Sessions, settings: Settings) -> None:
        super().__init__(settings)
        self._sessions = sessions
        self._buckets = {rate: Buckets(rate) for rate in (MESSAGES, REQUESTS, SESSIONS)}

    def new_session(self, request: Request) -> str:
        """A token for a new visitor. Raises TooMany."""
        take(self._buckets[SESSIONS], address_of(request))
        return self._sessions.issue()

    def visitor(self, request: Request, rate: Rate = REQUESTS) -> str:
        """Who asks. Raises BadMessage, 401 without a session of this server's and 429 beyond the rate."""
        visitor = self._sessions.visitor(_token(request))
        take(self._buckets[rate], visitor)
        return visitor

    def renewed(self, request: Request) -> str | None:
        """A fresh token for whoever asks, where it is time for one."""
        return self._sessions.renewed(_token(request))


def _api(desk: Desk, gate: Visitors, leave: Callable[[Any, str], None]) -> Blueprint:
    routes = Blueprint("rahdari_web")

    @gate.guarded
    async def preflight(_: Request, **__: str) -> HTTPResponse:
        return empty()

    for path in ("session", "greeting", "history", "message", "restart", "feedback", "document/<id>"):
        routes.add_route(preflight, f"/{path}", methods={"OPTIONS"}, name=f"preflight_{path.split('/')[0]}")

    @routes.post("/session")
    @gate.guarded
    async def session(request: Request) -> HTTPResponse:
        return _json({"token": gate.new_session(request)})

    @routes.get("/greeting")
    @gate.guarded
    async def greeting(_: Request) -> HTTPResponse:
        return _json(await desk.greeting())

    @routes.get("/history")
    @gate.guarded
    async def history(request: Request) -> HTTPResponse:
        visitor = gate.visitor(request)
        return _json({**await desk.history(visitor), "token": gate.renewed(request)})

    @routes.post("/message")
    @gate.guarded
    async def message(request: Request) -> HTTPResponse:
        return _json(await desk.message(gate.visitor(request, MESSAGES), json_object(request.body)))

    @routes.post("/restart")
    @gate.guarded
    async def restart(request: Request) -> HTTPResponse:
        said, over = await desk.restart(gate.visitor(request))
        leave(request.app.ctx.agent, over)
        return _json(said)

    @routes.post("/feedback")
    @gate.guarded
    async def feedback(request: Request) -> HTTPResponse:
        return _json(await desk.feedback(gate.visitor(request), json_object(request.body)))

    @routes.get("/document/<id>", unquote=True)
    @gate.guarded
    async def document(request: Request, id: str) -> HTTPResponse:
        gate.visitor(request)
        whole = "from" in request.args
        start, end = (_number(request, name) for name in (("from", "to") if whole else ("start", "end")))
        return _json(await desk.document(id, start, end, whole))

    return routes


def _token(request: Request) -> str:
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _number(request: Request, name: str) -> int:
    value = str(request.args.get(name, ""))
    if not (value.isascii() and value.isdigit() and len(value) < 12):
        raise BadMessage("bad_passage")
    return int(value)


def _json(value: object) -> HTTPResponse:
    return json_response(value, dumps=dumps)
