"""Telegram as a channel of Rasa's, named in credentials.yml as `rahdari.channels.telegram.channel.TelegramChannel`.

Off without RAHDARI_TELEGRAM_TOKEN. With RAHDARI_TELEGRAM_WEBHOOK Telegram posts updates to /webhooks/telegram/webhook;
without, they are fetched. Either way an update is acknowledged first and answered in the background, once, and a
Telegram that cannot be reached is waited for while the server serves.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections import OrderedDict
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from rahdari.channels.background import Background
from rahdari.channels.feedback import KeepsFeedback, keeper
from rahdari.channels.incoming import Incoming
from rahdari.channels.replies import Message, sentence
from rahdari.channels.rest import LIMIT_SECONDS, OnMessage, forget, take_turn
from rahdari.channels.sources import whereabouts
from rahdari.channels.telegram import updates
from rahdari.channels.telegram.client import Client, TelegramError
from rahdari.channels.telegram.polling import FIRST_PAUSE, SECONDS, Denied, Poller, insist
from rahdari.channels.telegram.replying import CHANNEL, Behind, Replier
from rahdari.channels.telegram.sending import Sender
from rahdari.errors import SettingsError
from rahdari.nlu import surroundings
from rahdari.settings import Settings

PATH = "/webhooks/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
FINISH_SECONDS = 5.0
SEEN = 2_000

logger = logging.getLogger(__name__)


class TelegramChannel(InputChannel):
    """The connector.

    Args:
        client: calls the Bot API; None for a channel that is off.
        bot_id: the bot's number, the first part of its token.
        webhook: the public address that Telegram shall post to; None fetches updates instead.
        secret: what Telegram proves itself with at the webhook.
        limit: seconds for a turn.
        poll_seconds, pause: as for `Poller`.
    """

    def __init__(
        self,
        client: Client | None = None,
        bot_id: int = 0,
        webhook: str | None = None,
        secret: str = "",
        limit: float = LIMIT_SECONDS,
        poll_seconds: int = SECONDS,
        pause: float = FIRST_PAUSE,
    ) -> None:
        self._client = client
        self._me = updates.Me(bot_id)
        self._webhook = webhook
        self._secret = secret
        self._limit = limit
        self._pause = pause
        self._work = Background()
        self._seen: OrderedDict[object, None] = OrderedDict()
        self._replier: Replier | None = None
        self._connection: asyncio.Task[None] | None = None
        self._poller = Poller(client, self._fetched, poll_seconds, pause) if client and not webhook else None
        self._closing = False

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TelegramChannel:
        """The channel that the environment describes.

        Raises:
            SettingsError: credentials.yml holds settings; a token does not belong in a file of the project.
        """
        if credentials:
            raise SettingsError("the Telegram channel takes no settings in credentials.yml; set RAHDARI_TELEGRAM_TOKEN")
        return cls.from_settings(surroundings.settings())

    @classmethod
    def from_settings(cls, settings: Settings) -> TelegramChannel:
        """The channel that these settings describe; off where they hold no token."""
        token = settings.telegram_token
        if token is None:
            return cls()
        webhook = settings.telegram_webhook
        if webhook is not None and webhook.count("/") <= 2 + webhook.endswith("/"):
            webhook = webhook.rstrip("/") + PATH
        secret = settings.telegram_secret or secret_of(token)
        return cls(Client(token, settings.telegram_api), int(token.split(":")[0]), webhook, secret)

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The channel's routes, as Rasa asks for them; of a channel that is off only the one that says so."""
        routes = Blueprint("rahdari_telegram")
        way = "off" if self._client is None else "webhook" if self._webhook else "polling"

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return json_response({"status": "off" if way == "off" else "ok", "updates": way})

        if self._client is not None:
            routes.listener("after_server_start")(partial(self._start, self._client, on_new_message))
            routes.listener("before_server_stop")(self._stop)
        if way == "webhook":

            @routes.post("/webhook")
            async def receive(request: Request) -> HTTPResponse:
                return self._receive(request)

        return routes

    def _receive(self, request: Request) -> HTTPResponse:
        """Acknowledge an update. Whatever is not 2XX makes Telegram send it again later."""
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return empty(403)
        try:
            update = json.loads(request.body)
        except (ValueError, RecursionError):
            return json_response({"error": sentence("not_json")}, status=400)
        if self._closing or self._work.full or self._replier is None:
            return empty(503)
        self._take(update)
        return empty(200)

    async def _fetched(self, update: dict[str, Any]) -> None:
        await self._work.room()
        self._take(update)

    def _take(self, update: object) -> None:
        """Begin with an update, unless it was begun with before."""
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int) or not self._new(("update", number)):
            return
        if updates.needs_name(update) and self._me.name is None:
            self._work.start("name", partial(self._begin_named, update))
        else:
            self._begin(update)

    async def _begin_named(self, update: object) -> None:
        """An update from a group before the bot knows its own name, which it may be addressed by."""
        try:
            await self._ask_name()
        except TelegramError as error:
            logger.warning("%s; messages to the bot's @name are not seen yet", error)
        self._begin(update)

    def _begin(self, update: object) -> None:
        replier, event = self._replier, updates.read(update, self._me)
        if event is None or replier is None:
            return
        if isinstance(event, updates.Unreadable) and event.album and not self._new(("album", event.album)):
            return
        key = event.place.conversation if event.place is not None else "nowhere"
        self._work.start(key, partial(replier.reply, event))

    def _new(self, key: object) -> bool:
        """Whether this was not met before, among the last so many."""
        if key in self._seen:
            return False
        self._seen[key] = None
        while len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        return True

    async def _start(self, client: Client, on_new_message: OnMessage, app: Any, *_: Any) -> None:
        async def ask(text: str, conversation: str) -> list[Message]:
            return await take_turn(Incoming(text, conversation), CHANNEL, on_new_message, self._limit)

        async def over(conversation: str) -> None:
            await forget(app.ctx.agent, conversation)

        def feedback() -> KeepsFeedback:
            return getattr(app.ctx, "feedback", None) or keeper()

        self._replier = Replier(Sender(client), Behind(ask, over, feedback, whereabouts))
        self._connection = asyncio.get_running_loop().create_task(self._connect(client))

    async def _connect(self, client: Client) -> None:
        """Make Telegram's acquaintance, then fetch updates or say where to post them; as long as it takes."""
        try:
            await insist(self._ask_name, self._pause)
            await self._tell_commands(client)
            if self._poller is None:
                await insist(partial(client.call, "setWebhook", self._where(), attempts=1), self._pause)
                logger.info("Telegram posts updates of @%s to %s", self._me.name, self._webhook)
                return
            await insist(partial(client.call, "deleteWebhook", attempts=1), self._pause)
            logger.info("updates of @%s are fetched from Telegram", self._me.name)
            await self._poller.run()
        except Denied as error:
            logger.error("%s; see to RAHDARI_TELEGRAM_TOKEN and start again: there is no Telegram until then", error)
        except Exception:
            logger.exception("the Telegram channel failed; there is no Telegram until the server is started again")

    async def _ask_name(self) -> None:
        me = await self._client.call("getMe", attempts=1) if self._client is not None else None
        if isinstance(me, dict) and isinstance(me.get("username"), str):
            self._me = updates.Me(self._me.id, me["username"])

    async def _tell_commands(self, client: Client) -> None:
        """The menu of commands; the channel works without it."""
        try:
            await client.call("setMyCommands", {"commands": _commands()})
        except TelegramError as error:
            logger.warning("%s; the bot's menu of commands is as it was", error)

    def _where(self) -> dict[str, Any]:
        return {"url": self._webhook, "secret_token": self._secret, "allowed_updates": list(updates.ALLOWED)}

    async def _stop(self, *_: Any) -> None:
        """Take nothing more, and let what was taken be answered."""
        self._closing = True
        if self._connection is not None:
            self._connection.cancel()
            await asyncio.wait({self._connection})
        await self._work.finish(FINISH_SECONDS)
        if self._poller is not None:
            await self._poller.confirm()
        if self._client is not None:
            await self._client.close()


def secret_of(token: str) -> str:
    """A secret for the webhook that is the same after a restart, and tells nothing of the token: 64 characters."""
    return hmac.new(token.encode(), b"rahdari telegram webhook", hashlib.sha256).hexdigest()


def _commands() -> list[dict[str, str]]:
    return [{"command": name, "description": sentence(f"command_{name}")} for name in updates.COMMANDS]
