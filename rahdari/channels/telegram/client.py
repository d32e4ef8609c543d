"""Telegram's Bot API over plain HTTP: one method, with the retries that its documentation asks for.

    TelegramError
    ├── Unreachable   no answer, or none that can be read, after all attempts
    └── Refused       Telegram says no; `code` and `description` tell why

The token is part of every address, so no exception of the HTTP client, whose text may hold the address, leaves here.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp

from rahdari.errors import RahdariError
from rahdari.settings import TELEGRAM_API

SECONDS = 10.0
ATTEMPTS = 4
PAUSE = 0.5
LONGEST_WAIT = 120.0

logger = logging.getLogger(__name__)


class TelegramError(RahdariError):
    """A call of the Bot API that came to nothing."""


class Unreachable(TelegramError):
    """Telegram gave no usable answer."""


class Refused(TelegramError):
    """Telegram answered that it does not do that.

    Attributes:
        code: as HTTP's: 400 for what is wrong with the call, 401 and 404 for the token, 403 for a closed chat,
            409 for another reader of the same bot, 429 for a wait that is longer than anybody would wait.
        retry_after: seconds to wait, where it asks for that.
        chat: the new id of a group that became a supergroup.
    """

    def __init__(self, method: str, code: int, description: str, parameters: dict[str, Any]) -> None:
        super().__init__(f"Telegram refuses {method}: {code} {description}")
        self.code = code
        self.description = description
        self.retry_after = _seconds(parameters.get("retry_after"))
        chat = parameters.get("migrate_to_chat_id")
        self.chat: int | None = chat if isinstance(chat, int) else None


class Client:
    """Calls methods of the Bot API. Belongs to the event loop of its first call; close it there.

    Args:
        token: as BotFather gave it.
        api: where the Bot API is; an own Bot API server, or one that plays it, is elsewhere.
        seconds: for one attempt, the answer read.
        attempts: how often a call is tried at most.
        pause: seconds before the second attempt, doubled before each further one.
        longest: a retry_after above so many seconds is not waited for.
    """

    def __init__(
        self,
        token: str,
        api: str = TELEGRAM_API,
        seconds: float = SECONDS,
        attempts: int = ATTEMPTS,
        pause: float = PAUSE,
        longest: float = LONGEST_WAIT,
    ) -> None:
        self._token = token
        self._base = f"{api.rstrip('/')}/bot{token}/"
        self._seconds = seconds
        self._attempts = attempts
        self._pause = pause
        self._longest = longest
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        parameters: dict[str, Any] | None = None,
        seconds: float | None = None,
        attempts: int | None = None,
    ) -> Any:
        """The result of a method. Parameters that are None are left out.

        429 is tried again after the wait that Telegram names, 5xx, silence and a broken connection after a pause that
        doubles. A message whose acknowledgement was lost may thus come twice: better than not at all.

        Raises:
            Unreachable: no attempt got a usable answer.
            Refused: Telegram refuses, or asks for too long a wait.
        """
        tries = self._attempts if attempts is None else attempts
        given = {key: value for key, value in (parameters or {}).items() if value is not None}
        for left in range(tries - 1, -1, -1):
            wait = self._pause * 2 ** (tries - 1 - left)
            try:
                return await self._once(method, given, self._seconds if seconds is None else seconds)
            except Refused as error:
                if error.code != 429 or not left or error.retry_after > self._longest:
                    raise
                wait = error.retry_after or wait
                logger.info("Telegram asks to wait %s s before %s", wait, method)
            except Unreachable as error:
                if not left:
                    raise
                logger.info("%s; trying again", error)
            await asyncio.sleep(wait)
        raise ValueError("at least one attempt is needed")

    async def close(self) -> None:
        """Close its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _once(self, method: str, parameters: dict[str, Any], seconds: float) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=True)  # HTTPS_PROXY: Telegram is not open everywhere
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(self._base + method, json=parameters, timeout=limit) as response:
                status, body = response.status, await response.read()
        except asyncio.TimeoutError:
            raise Unreachable(f"Telegram gives no answer to {method} within {seconds:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreachable(f"Telegram cannot be reached for {method} ({self._named(error)})") from None
        return self._result(method, status, body)

    def _result(self, method: str, status: int, body: bytes) -> Any:
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            answer = None
        if isinstance(answer, dict) and answer.get("ok") is True:
            return answer.get("result")
        told = answer if isinstance(answer, dict) else {}
        named = told.get("error_code")
        code = named if isinstance(named, int) else status
        if code < 400 or code >= 500:
            raise Unreachable(f"Telegram answers {method} with {status} and nothing to go by")
        parameters = told.get("parameters")
        description = str(told.get("description") or "no reason given").replace(self._token, "<token>")
        raise Refused(method, code, description, parameters if isinstance(parameters, dict) else {})

    def _named(self, error: Exception) -> str:
        """What went wrong, without the address, which holds the token."""
        cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
        reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else type(error).__name__
        return reason.replace(self._token, "<token>")


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and value > 0 else 0.0
