"""Telegram on loopback, as its Bot API is documented: limits enforced, errors worded as the real one words them."""

from __future__ import annotations

import asyncio
import html
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import httpx
from aiohttp import web

TOKEN = "4242:AAtestTESTtestTESTtestTESTtestTESTte"
BOT = {"id": 4242, "is_bot": True, "first_name": "Rahdari", "username": "RahdariBot"}
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler"}
UPDATES = {"message", "edited_message", "channel_post", "callback_query", "my_chat_member"}


class Refusal(Exception):
    """An answer with ok false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str, **parameters: int) -> Refusal:
    return Refusal(400, f"Bad Request: {description}", **parameters)


def parsed(text: str) -> str:
    """HTML as Telegram reads it: the text that is left when entities are parsed. Raises Refusal."""
    plain, open_tags, position = "", [], 0
    for match in re.finditer(r"<([^>]*)>?", text):
        plain += text[position : match.start()]
        position = match.end()
        tag = re.fullmatch(r'(/?)([a-z-]+)((?: [a-z]+(?:="[^"<>]*")?)*)', match[1])
        if tag is None or tag[2] not in TAGS or not match[0].endswith(">"):
            raise bad(f'can\'t parse entities: Unsupported start tag "{match[1]}" at byte offset {match.start()}')
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {match.start()}")
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return html.unescape(plain + text[position:])


def checked_text(call: dict[str, Any]) -> str:
    text = parsed(call["text"]) if call.get("parse_mode") == "HTML" else call["text"]
    if not text.strip():
        raise bad("message text is empty")
    if len(text.strip().encode("utf-16-le")) // 2 > 4096:
        raise bad("message is too long")
    return text.strip()


def check_keyboard(markup: Any) -> None:
    for row in (markup or {}).get("inline_keyboard", ()):
        for button in row:
            if not button["text"].strip():
                raise bad("Text buttons are unallowed in the inline keyboard")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise bad("BUTTON_DATA_INVALID")


class FakeTelegram:
    """The Bot API for one bot. `faults[method]` are gone through, one a call, before the method works again."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.messages: list[dict[str, Any]] = []
        self.confirmed: dict[str, dict[str, Any]] = {}
        self.faults: defaultdict[str, list[Any]] = defaultdict(list)
        self.queries: set[str] = set()
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.webhook: dict[str, Any] = {}
        self.waiting: list[dict[str, Any]] = []
        self.released = asyncio.Event()
        self._changed = asyncio.Condition()
        self._poll = 0
        self._number = 700
        self._runner: web.AppRunner | None = None
        self.address = ""

    async def start(self, port: int = 0) -> FakeTelegram:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        self.released.set()
        assert self._runner is not None
        await self._runner.cleanup()

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call for name, call in self.calls if name == method]

    async def until(self, seen: Callable[[FakeTelegram], Any], seconds: float = 5.0) -> Any:
        """Wait until something can be seen here; checked at each call that comes in."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: seen(self)), seconds)
        return seen(self)

    async def said(self, count: int, seconds: float = 5.0) -> list[str]:
        """The texts of that many messages, as people see them."""
        await self.until(lambda fake: len(fake.messages) >= count, seconds)
        assert len(self.messages) == count, [message["seen"] for message in self.messages]
        return [message["seen"] for message in self.messages]

    # What happens on Telegram's side

    def update(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        return {"update_id": self._number, kind: content}

    async def queue(self, *updates: dict[str, Any]) -> None:
        """Hold updates for getUpdates."""
        async with self._changed:
            self.waiting += updates
            self._changed.notify_all()

    async def deliver(self, update: dict[str, Any], base: str, attempts: int = 4, **headers: str) -> list[int]:
        """Post an update to the webhook until a request succeeds with 2XX; gives the statuses.

        `base` stands for the public address: the path of the webhook that was set is taken under it.
        """
        path = re.sub(r"^https://[^/]+", "", self.webhook["url"])
        known = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"], **headers}
        statuses: list[int] = []
        async with httpx.AsyncClient(verify=False, trust_env=False) as client:
            while len(statuses) < attempts and not (statuses and 200 <= statuses[-1] < 300):
                statuses.append((await client.post(base + path, json=update, headers=known)).status_code)
        return statuses

    # The methods

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            return reply(Refusal(401, "Unauthorized"))
        call = await request.json()
        fault = self.faults[method].pop(0) if self.faults[method] else None
        try:
            if fault in (None, "lost"):
                result = await getattr(self, f"_{method}")(call)
                answer = web.json_response({"ok": True, "result": result})
        except Refusal as refusal:
            answer = reply(refusal)
        finally:
            await self._note(method, call)
        if fault in ("reset", "lost"):
            return await reset(request)
        if fault == "hang":
            await self.released.wait()
            return web.json_response({"ok": True})
        if fault == "bad gateway":
            return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
        if fault == "nonsense":
            return web.Response(text='{"ok":')
        return reply(fault) if isinstance(fault, Refusal) else answer

    async def _note(self, method: str, call: dict[str, Any]) -> None:
        async with self._changed:
            self.calls.append((method, call))
            self._changed.notify_all()

    async def _getMe(self, call: dict[str, Any]) -> Any:
        return BOT

    async def _setMyCommands(self, call: dict[str, Any]) -> Any:
        for command in call["commands"]:
            if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_INVALID")
        return True

    async def _setWebhook(self, call: dict[str, Any]) -> Any:
        if not call["url"].startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch("[A-Za-z0-9_-]{1,256}", call["secret_token"]):
            raise bad("secret token contains unallowed characters")
        assert set(call["allowed_updates"]) <= UPDATES
        self.webhook = call
        return True

    async def _deleteWebhook(self, call: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    async def _getUpdates(self, call: dict[str, Any]) -> Any:
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._poll += 1
        this = self._poll
        async with self._changed:
            self._changed.notify_all()
            offset = call.get("offset") or 0
            self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
            try:
                await asyncio.wait_for(
                    self._changed.wait_for(lambda: self.waiting or self._poll != this), call.get("timeout", 0) or 0.001
                )
            except asyncio.TimeoutError:
                return []
        if self._poll != this:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return self.waiting[: call.get("limit", 100)]

    async def _sendChatAction(self, call: dict[str, Any]) -> Any:
        assert call["action"] == "typing"
        self._reachable(call["chat_id"])
        return True

    async def _sendMessage(self, call: dict[str, Any]) -> Any:
        self._reachable(call["chat_id"])
        seen = checked_text(call)
        check_keyboard(call.get("reply_markup"))
        message = {"message_id": len(self.messages) + 1, "chat": {"id": call["chat_id"]}, "seen": seen, "call": call}
        self.messages.append(message)
        return {"message_id": message["message_id"], "date": 1, "chat": message["chat"], "text": seen}

    async def _answerCallbackQuery(self, call: dict[str, Any]) -> Any:
        if call["callback_query_id"] not in self.queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(call.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.queries.remove(call["callback_query_id"])
        self.confirmed[call["callback_query_id"]] = call
        return True

    def _reachable(self, chat: int) -> None:
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat in self.moved:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved[chat])


def reply(refusal: Refusal) -> web.Response:
    told: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        told["parameters"] = refusal.parameters
    return web.json_response(told, status=refusal.code)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


async def reset(request: web.Request) -> web.StreamResponse:
    """Begin to answer, then break the connection."""
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"ok":true,"res')
    assert request.transport is not None
    request.transport.abort()
    return response


# What people do

PERSON = {"id": 7, "is_bot": False, "first_name": "Amina"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Amina"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Corridor"}


def message(text: str | None = None, **more: Any) -> dict[str, Any]:
    """A Message of Telegram's, from a person in a private chat unless told otherwise."""
    content = {"message_id": 11, "date": 1, "chat": PRIVATE, "from": PERSON, **more}
    return content if text is None else {**content, "text": text}


def press(data: str, id: str = "q1", **more: Any) -> dict[str, Any]:
    """A CallbackQuery under a message of the bot's."""
    under = {"message_id": 12, "date": 1, "chat": PRIVATE, "from": BOT, "text": "…"}
    return {"id": id, "from": PERSON, "chat_instance": "1", "data": data, "message": {**under, **more}}
