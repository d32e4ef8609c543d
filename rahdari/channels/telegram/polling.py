"""Long polling: updates fetched from Telegram, for bots without a public address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rahdari.channels.telegram.client import Client, Refused, TelegramError
from rahdari.channels.telegram.updates import ALLOWED

SECONDS = 50
MORE_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

logger = logging.getLogger(__name__)


class Denied(Exception):
    """Telegram does not know the token: there is no use in going on."""


async def insist(call: Callable[[], Awaitable[Any]], pause: float = FIRST_PAUSE) -> Any:
    """What a call gives, however long Telegram takes to be there; says once in the log that it waits.

    Args:
        pause: seconds before the second attempt; doubled before each further one, up to a minute.

    Raises:
        Denied: the token is not accepted.
    """
    failed = False
    while True:
        try:
            result = await call()
            if failed:
                logger.warning("Telegram is there again")
            return result
        except TelegramError as error:
            if isinstance(error, Refused) and error.code in (401, 404):
                raise Denied(str(error)) from None
            (logger.info if failed else logger.warning)("%s; it is tried again until it works", error)
            wait = max(pause, error.retry_after) if isinstance(error, Refused) else pause
        failed = True
        await asyncio.sleep(wait)
        pause = min(2 * pause, max(LONGEST_PAUSE, pause))


class Poller:
    """Fetches updates and hands each on, in order, until it is cancelled.

    Args:
        take: takes an update; waiting in it holds up the next ones, which stay with Telegram meanwhile.
        seconds: how long Telegram may hold a request open while there is nothing.
        pause: as for `insist`.
    """

    def __init__(
        self,
        client: Client,
        take: Callable[[dict[str, Any]], Awaitable[None]],
        seconds: int = SECONDS,
        pause: float = FIRST_PAUSE,
    ) -> None:
        self._client = client
        self._take = take
        self._seconds = seconds
        self._pause = pause
        self._next: int | None = None

    async def run(self) -> None:
        """Fetch for ever. Raises Denied where the token is not accepted."""
        while True:
            updates = await insist(lambda: self._fetch(self._seconds), self._pause)
            if not updates:
                # All is confirmed. Ids begin anew, perhaps lower, after a week without updates: none to wait for.
                self._next = None
            for update in updates:
                try:
                    await self._take(update)
                except Exception:
                    logger.exception("an update could not be taken; the next one is")
                self._next = update["update_id"] + 1

    async def confirm(self) -> None:
        """Tell Telegram what was taken, so that it is not sent again after a restart."""
        if self._next is not None:
            try:
                await self._fetch(0)
            except TelegramError as error:
                logger.warning("what was answered may be answered again after the restart: %s", error)

    async def _fetch(self, seconds: int) -> list[dict[str, Any]]:
        parameters = {"offset": self._next, "timeout": seconds, "allowed_updates": list(ALLOWED)}
        if not seconds:
            parameters["limit"] = 1
        wait = seconds + MORE_SECONDS if seconds else 2.0
        updates = await self._client.call("getUpdates", parameters, seconds=wait, attempts=1)
        return [
            update
            for update in (updates if isinstance(updates, list) else [])
            if isinstance(update, dict) and isinstance(update.get("update_id"), int)
        ]
