"""The Slack channel as Rasa's connector: routes for HTTP, a socket where there is a token for one, start and stop.

Named in credentials.yml as `rahdari.channels.slack.channel.SlackChannel`. Tokens come from the environment; without
any the channel is there but off.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text
from sanic.response import json as json_response

from rahdari.channels.feedback import KeepsFeedback, keeper
from rahdari.channels.incoming import Incoming
from rahdari.channels.replies import Message, sentence
from rahdari.channels.rest import OnMessage, take_turn
from rahdari.channels.slack.client import SlackClient, Undelivered
from rahdari.channels.slack.desk import Desk
from rahdari.channels.slack.events import form_fields, json_object, signed
from rahdari.channels.slack.socket_mode import Socket
from rahdari.channels.sources import Find, whereabouts
from rahdari.errors import SettingsError
from rahdari.nlu import surroundings
from rahdari.settings import Settings

DRAIN_SECONDS = 5.0
BODY_LIMIT = 1024 * 1024

logger = logging.getLogger(__name__)


class SlackChannel(InputChannel):
    """`POST /webhooks/slack/events`, `/command` and `/actions`, Socket Mode, and `GET /webhooks/slack/` for its state.

    Args:
        settings: the tokens and the address of Slack's Web API.
        feedback: keeps what people think of answers; it may be set until the server starts.
        find: finds where the passages of an answer are.

    Raises:
        SettingsError: some of the tokens are set, but not those that belong together.
    """

    def __init__(self, settings: Settings, feedback: KeepsFeedback | None = None, find: Find = whereabouts) -> None:
        check_tokens(settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token)
        self._bot_token = settings.slack_bot_token
        self._signing_secret = settings.slack_signing_secret
        self._app_token = settings.slack_app_token
        self._api = settings.slack_api
        self._find = find
        self.feedback: KeepsFeedback = feedback or keeper()
        self._client: SlackClient | None = None
        self._desk: Desk | None = None
        self._socket: Socket | None = None
        self._greeting: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackChannel:
        """The channel as the environment sets it; credentials.yml holds no secrets."""
        return cls(surroundings.settings())

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The channel's routes, as Rasa asks for them."""
        routes = Blueprint("rahdari_slack")

        @routes.get("/")
        async def state(_: Request) -> HTTPResponse:
            ways = {"http": self._signing_secret, "socket_mode": self._app_token}
            return json_response(
                {"status": "ok" if self._bot_token else "off", **{n: bool(t) for n, t in ways.items()}}
            )

        @routes.post("/events")
        async def events(request: Request) -> HTTPResponse:
            return await self._take(request, "events_api")

        @routes.post("/command")
        async def command(request: Request) -> HTTPResponse:
            return await self._take(request, "slash_commands")

        @routes.post("/actions")
        async def actions(request: Request) -> HTTPResponse:
            return await self._take(request, "interactive")

        if self._bot_token:

            @routes.listener("after_server_start")
            async def start(*_: Any) -> None:
                self.start(on_new_message)

            @routes.listener("before_server_stop")
            async def stop(*_: Any) -> None:
                await self.stop()

        return routes

    def start(self, on_new_message: OnMessage) -> None:
        """Open what is needed to answer, and the socket where there is a token for it; inside the event loop."""
        from rahdari.channels.slack.client import SlackClient
        from rahdari.channels.slack.desk import Desk

        async def turn(incoming: Incoming) -> list[Message]:
            return await take_turn(incoming, self.name(), on_new_message)

        self._client = SlackClient(self._bot_token or "", self._api)
        self._desk = Desk(self._client, turn, self._find, self.feedback)
        self._greeting = asyncio.create_task(self._greet(self._client))
        if self._app_token:
            self._socket = Socket(self._app_token, self._api, self._desk.receive)
            self._socket.start()

    async def stop(self) -> None:
        """Let the answers under way end, then close the connections."""
        if self._desk is not None:
            await self._desk.drain(DRAIN_SECONDS)
        if self._socket is not None:
            await self._socket.stop()
        if self._greeting is not None:
            self._greeting.cancel()
            await asyncio.gather(self._greeting, return_exceptions=True)
        if self._client is not None:
            await self._client.close()

    async def _greet(self, client: SlackClient) -> None:
        try:
            logger.info("Slack knows the bot as %s", await client.whoami())
        except Undelivered as error:
            logger.error("Slack does not answer as it should: %s", error)

    async def _take(self, request: Request, kind: str) -> HTTPResponse:
        body = request.body
        if not self._bot_token or not self._signing_secret:
            return _told("slack_off", 404)
        if len(body) > BODY_LIMIT:
            return _told("slack_malformed", 413)
        if not signed(self._signing_secret, body, request.headers):
            return _told("slack_unsigned", 401)
        try:
            delivered = _READ[kind](body)
        except ValueError:
            return _told("slack_malformed", 400)
        if kind == "events_api" and delivered.get("type") == "url_verification":
            return text(str(delivered.get("challenge") or ""))
        again = "x-slack-retry-num" in request.headers
        if self._desk is None or not await self._desk.receive(kind, delivered, again):
            return _told("slack_stopping", 503)
        return empty(200)


def check_tokens(bot_token: str | None, signing_secret: str | None, app_token: str | None) -> None:
    """Whether these make a channel, or none at all.

    Raises:
        SettingsError: it names the one that is missing, or that holds something else.
    """
    if bot_token and not (signing_secret or app_token):
        raise SettingsError(
            "RAHDARI_SLACK_BOT_TOKEN is set, but no way for Slack to reach the bot; set RAHDARI_SLACK_SIGNING_SECRET "
            "(events over HTTP) or RAHDARI_SLACK_APP_TOKEN (Socket Mode), as docs/slack.md tells"
        )
    if not bot_token and (signing_secret or app_token):
        given = "RAHDARI_SLACK_SIGNING_SECRET" if signing_secret else "RAHDARI_SLACK_APP_TOKEN"
        raise SettingsError(f"{given} is set, but RAHDARI_SLACK_BOT_TOKEN is missing; docs/slack.md tells where it is")
    if bot_token and not bot_token.startswith(("xoxb-", "xoxe.xoxb-")):
        raise SettingsError("RAHDARI_SLACK_BOT_TOKEN is no bot token; give the one that begins with xoxb-")
    if app_token and not app_token.startswith("xapp-"):
        raise SettingsError("RAHDARI_SLACK_APP_TOKEN is no app-level token; give the one that begins with xapp-")


_READ: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "events_api": json_object,
    "slash_commands": lambda body: dict(form_fields(body)),
    "interactive": lambda body: json_object(form_fields(body).get("payload", "").encode()),
}


def _told(name: str, status: int) -> HTTPResponse:
    return json_response({"error": sentence(name)}, status=status)
