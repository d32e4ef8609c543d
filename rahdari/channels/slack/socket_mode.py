"""Socket Mode: the same deliveries over a connection that the bot opens, for those without a public address.

slack_sdk keeps the connection: it answers pings, opens a new one when Slack announces the end of the old, and tries
again while Slack cannot be reached.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

Receive = Callable[[str, Mapping[str, Any], bool], Awaitable[bool]]

PING_SECONDS = 5.0
CLOSE_SECONDS = 1.0
_HOPELESS = {"invalid_auth", "not_authed", "not_allowed_token_type", "account_inactive", "token_revoked"}
_HOPELESS |= {"missing_scope", "forbidden_team", "app_uninstalled"}

logger = logging.getLogger(__name__)


class Socket:
    """A connection of Socket Mode. Made inside the event loop that uses it.

    Args:
        token: the app-level token.
        api: address of the Web API, which tells the address of the socket.
        receive: takes a delivery (kind, body, whether it is a retry) and tells whether to acknowledge it.
        ping: seconds between pings, and between attempts to connect.
    """

    def __init__(self, token: str, api: str, receive: Receive, ping: float = PING_SECONDS) -> None:
        self._receive = receive
        web = AsyncWebClient(base_url=api, retry_handlers=[])
        self._client = _Client(token, web_client=web, ping_interval=ping)
        self._client.socket_mode_request_listeners.append(self._deliver)
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to connect; nobody need wait for it."""
        self._connecting = asyncio.create_task(self._client.connect())  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Close the connection and end all that belongs to it."""
        client = self._client
        tasks = [client.message_processor, client.current_session_monitor, client.message_receiver, self._connecting]
        try:
            await asyncio.wait_for(client.close(), CLOSE_SECONDS)  # type: ignore[no-untyped-call]
        except asyncio.TimeoutError:
            logger.warning("Slack did not end the connection of Socket Mode in time; it is cut")
            await client.aiohttp_client_session.close()
        ours = [task for task in tasks if task is not None]
        for task in ours:
            task.cancel()
        await asyncio.gather(*ours, return_exceptions=True)

    async def _deliver(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if await self._receive(request.type, request.payload, bool(request.retry_attempt)):
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))


class _Client(SocketModeClient):
    """slack_sdk's, but that it stops where Slack will never let it in, instead of trying every five seconds."""

    async def issue_new_wss_url(self) -> str:
        try:
            return await super().issue_new_wss_url()
        except SlackApiError as error:
            word = error.response.get("error") if isinstance(error.response.get("error"), str) else None
            if word in _HOPELESS:
                self.closed = True
                logger.error("Slack does not accept RAHDARI_SLACK_APP_TOKEN (%s); see docs/slack.md", word)
            raise
