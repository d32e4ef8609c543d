"""Slack on loopback: Web API, response_urls, Socket Mode, with the limits and the failures that it documents.

Refusals are those of the real one: `invalid_auth`, `invalid_blocks` with the reasons in `response_metadata`,
`msg_blocks_too_long`, `no_text`; the status 429 with Retry-After; 500 with a page; a hang; a reset before or after the
message was taken. Events are delivered as docs.slack.dev/apis/events-api has it: signed, three seconds to acknowledge,
three retries with X-Slack-Retry-Num and X-Slack-Retry-Reason. Its minutes between retries are hundredths here.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-loopback", "xapp-loopback", "8f742231b10e8888abcd99yyyzzz85a5"
BOT, TEAM = "UBOT", "T1"
TOO_LONG = 13_200


class Slack:
    """The server, in a thread of its own, so that tests look at it from outside."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.responses: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.acknowledged: list[str] = []
        self.sockets: list[web.WebSocketResponse] = []
        self.refused: list[str] = []
        self._faults: dict[str, deque[str]] = defaultdict(deque)
        self._numbers = itertools.count(1)
        self._let_go = threading.Event()
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        assert ready.wait(10)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def fail(self, method: str, *faults: str) -> None:
        """How the next calls of a method fail: `429`, `500`, `hang`, `reset`, or a word of Slack's.

        With `+taken` behind it the call is done all the same. An empty one is a call that goes well.
        """
        self._faults[method].extend(faults)

    def forget(self) -> None:
        """Begin anew between tests."""
        self._let_go.set()
        for kept in (self.messages, self.responses, self.calls, self.acknowledged, self.refused):
            kept.clear()
        self._faults.clear()
        self._let_go.clear()

    def respond_url(self, name: str = "r") -> str:
        return f"http://127.0.0.1:{self.port}/respond/{name}"

    def wait_for(self, what: list[Any], number: int = 1, seconds: float = 8.0) -> list[Any]:
        """Wait until there are so many of `messages`, `responses`, ...; a moment later there must be no more."""
        end = time.monotonic() + seconds
        while len(what) < number and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.1)
        assert len(what) == number, what
        return what

    def push(self, kind: str, payload: dict[str, Any], retry: int = 0) -> str:
        """Send an envelope over the latest socket; its id."""
        envelope = {"type": kind, "envelope_id": f"e{next(self._numbers)}", "payload": payload}
        if retry:
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout"}
        self.socket_says(envelope)
        return str(envelope["envelope_id"])

    def socket_says(self, message: dict[str, Any]) -> None:
        asyncio.run_coroutine_threadsafe(self.sockets[-1].send_json(message), self._loop).result(5)

    def cut_socket(self) -> None:
        """End the latest connection without a word."""
        transport = self.sockets[-1]._req.transport  # type: ignore[union-attr]
        self._loop.call_soon_threadsafe(transport.abort)

    def stop(self) -> None:
        self._let_go.set()
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/respond/{name}", self._respond)
        app.router.add_get("/socket", self._socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        ready.set()
        await self._end.wait()
        for socket in self.sockets:
            await socket.close()
        await runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        fault = self._faults[method].popleft() if self._faults[method] else ""
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if request.headers.get("Authorization") != f"Bearer {wanted}":
            return _refusal("invalid_auth")
        if fault and not fault.endswith("+taken"):
            return await self._failure(request, fault)
        arguments = await _arguments(request)
        reply = getattr(self, "_" + method.replace(".", "_"))(arguments)
        if fault:
            return await self._failure(request, fault.removesuffix("+taken"))
        return web.json_response(reply)

    async def _failure(self, request: web.Request, fault: str) -> web.StreamResponse:
        if fault == "429":
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        if fault == "500":
            return web.Response(text="<html><title>Server Error</title></html>", content_type="text/html", status=500)
        if fault == "hang":
            await self._loop.run_in_executor(None, self._let_go.wait, 10)
            return web.Response(status=500)
        if fault == "reset":
            response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "500"})
            await response.prepare(request)
            await response.write(b'{"ok": tr')
            assert request.transport is not None
            request.transport.abort()  # type: ignore[attr-defined]
            return response
        return _refusal(fault)

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "user": "rahdari", "team": "Loopback", "user_id": BOT}

    def _apps_connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/socket"}

    def _chat_postMessage(self, message: dict[str, Any]) -> dict[str, Any]:
        if not message.get("channel", "").startswith(("C", "D", "G")):
            return {"ok": False, "error": "channel_not_found"}
        error = refusal_of(message)
        if error:
            self.refused.append(error["error"])
            return error
        ts = f"{time.time():.6f}"
        self.messages.append({**message, "ts": ts})
        return {"ok": True, "channel": message["channel"], "ts": ts, "message": {"text": message["text"]}}

    def _conversations_replies(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self._history(asked, asked["ts"])

    def _conversations_history(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self._history(asked, None)

    def _history(self, asked: dict[str, Any], thread: str | None) -> dict[str, Any]:
        assert str(asked.get("include_all_metadata")).lower() in ("1", "true")
        found = [
            message
            for message in self.messages
            if message["channel"] == asked["channel"]
            and message.get("thread_ts") == thread
            and float(message["ts"]) >= float(asked.get("oldest", 0))
        ]
        return {"ok": True, "messages": found, "has_more": False}

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults["response_url"].popleft() if self._faults["response_url"] else ""
        if fault == "expired":
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if fault:
            return await self._failure(request, fault)
        body = await request.json()
        error = refusal_of(body)
        if error:
            self.refused.append(error["error"])
            return web.Response(text=str(error["error"]), status=400)
        self.responses.append({**body, "url": request.path})
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self.sockets.append(socket)
        async for message in socket:
            self.acknowledged.append(json.loads(message.data)["envelope_id"])
        return socket


def _refusal(error: str) -> web.Response:
    return web.json_response({"ok": False, "error": error})


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {**request.query, **await request.post()}


def refusal_of(message: dict[str, Any]) -> dict[str, Any] | None:
    """What the real one says to such a message; None where it takes it."""
    if not message.get("text") and not message.get("blocks"):
        return {"ok": False, "error": "no_text"}
    if len(message.get("text") or "") > 40_000:
        return {"ok": False, "error": "msg_too_long"}
    blocks = message.get("blocks") or []
    if len(json.dumps(blocks, ensure_ascii=False)) > TOO_LONG:
        return {"ok": False, "error": "msg_blocks_too_long"}
    errors = list(block_errors(blocks))
    if errors:
        return {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": errors}}
    return None


def block_errors(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What is against the limits of docs.slack.dev/reference/block-kit."""
    if len(blocks) > 50:
        yield f"{len(blocks)} blocks"
    for number, block in enumerate(blocks):
        where, kind = f"/blocks/{number}", block.get("type")
        if kind == "section":
            if not block.get("text") and not block.get("fields"):
                yield f"{where} has neither text nor fields"
            if "text" in block:
                yield from _text_errors(block["text"], 3000, where)
            fields = block.get("fields", [None])
            if not 1 <= len(fields) <= 10:
                yield f"{where} has {len(fields)} fields"
            for field in block.get("fields", []):
                yield from _text_errors(field, 2000, where)
        elif kind == "context":
            if not 1 <= len(block["elements"]) <= 10:
                yield f"{where} has {len(block['elements'])} elements"
            for element in block["elements"]:
                yield from _text_errors(element, 3000, where)
        elif kind == "actions":
            if not 1 <= len(block["elements"]) <= 25:
                yield f"{where} has {len(block['elements'])} elements"
            ids = [element["action_id"] for element in block["elements"]]
            if len(set(ids)) < len(ids):
                yield f"{where} has one action_id twice"
            for element in block["elements"]:
                yield from _element_errors(element, where)
        else:
            yield f"{where} is of the type {kind}"


def _element_errors(element: dict[str, Any], where: str) -> Iterator[str]:
    if not 1 <= len(element["action_id"]) <= 255:
        yield f"{where} has an action_id that is too long"
    if element["type"] == "button":
        yield from _text_errors(element["text"], 75, where, plain=True)
        if not 1 <= len(element["value"]) <= 2000:
            yield f"{where} has a value of {len(element['value'])}"
    elif element["type"] == "static_select":
        yield from _text_errors(element["placeholder"], 150, where, plain=True)
        if not 1 <= len(element["options"]) <= 100:
            yield f"{where} has {len(element['options'])} options"
        for option in element["options"]:
            yield from _text_errors(option["text"], 75, where, plain=True)
            if not 1 <= len(option["value"]) <= 150:
                yield f"{where} has an option's value of {len(option['value'])}"
    else:
        yield f"{where} has an element {element['type']}"


def _text_errors(text: dict[str, Any], limit: int, where: str, plain: bool = False) -> Iterator[str]:
    if text["type"] not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        yield f"{where} has a text of the type {text['type']}"
    if "emoji" in text and text["type"] != "plain_text" or "verbatim" in text and text["type"] != "mrkdwn":
        yield f"{where} has a field that its type of text does not take"
    if not 1 <= len(text["text"].encode("utf-16-le")) // 2 <= limit:
        yield f"{where} has a text of {len(text['text'])}"


def texts_of(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every text object, wherever it stands."""
    for value in blocks:
        if isinstance(value, dict):
            if value.get("type") in ("plain_text", "mrkdwn"):
                yield value
            else:
                yield from texts_of([inner for inner in value.values() if isinstance(inner, (dict, list))])
        elif isinstance(value, list):
            yield from texts_of(value)


def event(kind: str = "app_mention", text: str = f"<@{BOT}> How many were signed?", **changes: Any) -> dict[str, Any]:
    """An event as the Events API sends it; a change whose value is None takes the field out."""
    number = next(_NUMBERS)
    inner = {
        "type": kind,
        "user": "U1",
        "text": text,
        "ts": f"{time.time():.6f}",
        "channel": "C1",
        "event_ts": f"{time.time():.6f}",
        "client_msg_id": f"m{number}",
    }
    if kind == "message":
        inner["channel_type"] = "channel"
    inner |= changes
    return {
        "token": "unused",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": {name: value for name, value in inner.items() if value is not None},
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
    }


_NUMBERS = itertools.count(1)


def direct(text: str, **changes: Any) -> dict[str, Any]:
    return event("message", text, channel="D1", channel_type="im", **changes)


def command(text: str, url: str, **changes: str) -> dict[str, str]:
    form = {
        "command": "/rahdari",
        "text": text,
        "team_id": TEAM,
        "channel_id": "C1",
        "user_id": "U1",
        "response_url": url,
        "trigger_id": f"t{next(_NUMBERS)}",
    }
    return form | changes


def press(action: dict[str, Any], url: str, **changes: Any) -> dict[str, Any]:
    """A block_actions payload; `action` is a button as it was sent, or a menu with its `selected_option`."""
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "U1", "team_id": TEAM},
        "channel": {"id": "C1", "name": "general"},
        "container": {"type": "message", "message_ts": "100.2", "channel_id": "C1", "is_ephemeral": False},
        "message": {"ts": "100.2"},
        "trigger_id": f"t{next(_NUMBERS)}",
        "response_url": url,
        "actions": [{**action, "action_ts": f"{time.time():.6f}"}],
    }
    return payload | changes


def sign(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def post_event(address: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> httpx.Response:
    content = json.dumps(body).encode()
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return httpx.post(f"{address}/events", content=content, headers=kind | sign(content) | (headers or {}), timeout=3)


def post_form(address: str, path: str, fields: dict[str, str]) -> httpx.Response:
    content = urlencode(fields).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return httpx.post(f"{address}/{path}", content=content, headers=kind | sign(content), timeout=3)


def deliver(address: str, body: dict[str, Any], waits: tuple[float, ...] = (0.0, 0.05, 0.1)) -> int:
    """Deliver an event as Slack does, with its three retries; the number of deliveries that it took, 0 for none."""
    reason = ""
    for number, wait in enumerate((0.0, *waits)):
        time.sleep(wait)
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if number else {}
        try:
            if post_event(address, body, retry).is_success:
                return number + 1
            reason = "http_error"
        except httpx.TimeoutException:
            reason = "http_timeout"
        except httpx.TransportError:
            reason = "connection_failed"
    return 0
