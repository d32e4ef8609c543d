"""Slack's Web API as the bot uses it: a message is sent once, or an error says why it was not.

A thin layer over slack_sdk's AsyncWebClient, whose own retries are off: after a reset or a time-out nobody knows
whether Slack has taken the message, so before it is sent again Slack is asked whether it is there. Each message
carries as metadata which question it answers.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from rahdari.channels.slack.blocks import Block, SlackMessage
from rahdari.channels.slack.events import Place
from rahdari.errors import RahdariError

REQUEST_SECONDS = 8.0
ATTEMPTS = 4
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 120.0
EVENT_TYPE = "rahdari_answer"
_LOOKED_THROUGH = 200
_CLOCKS_APART = 60.0  # seconds that Slack's clock may be before ours

_REFUSED_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
_PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_REMEDIES = {
    "invalid_auth": "check RAHDARI_SLACK_BOT_TOKEN",
    "not_authed": "check RAHDARI_SLACK_BOT_TOKEN",
    "token_revoked": "install the app again and set its new RAHDARI_SLACK_BOT_TOKEN",
    "account_inactive": "install the app again and set its new RAHDARI_SLACK_BOT_TOKEN",
    "missing_scope": "add the scopes that docs/slack.md lists and install the app again",
    "not_in_channel": "invite the bot to the channel",
    "channel_not_found": "invite the bot to the channel",
    "is_archived": "the channel is archived",
}

logger = logging.getLogger(__name__)


class Undelivered(RahdariError):
    """Slack did not take a message; the text says why. `error` is Slack's own word for it, where it gave one."""

    def __init__(self, why: str, error: str | None = None) -> None:
        super().__init__(why)
        self.error = error


@dataclass(frozen=True)
class Mark:
    """What a message answers; it travels as the message's metadata, by which it is found again.

    Attributes:
        answers: `ts` of the message that asked, or another name of what was asked.
        person: Slack's id of who asked.
        part: running number of the message within the answer, from 0.
    """

    answers: str
    person: str
    part: int = 0

    def metadata(self) -> dict[str, Any]:
        """The form in which Slack keeps it."""
        return {
            "event_type": EVENT_TYPE,
            "event_payload": {"answers": self.answers, "person": self.person, "part": self.part},
        }

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Mark | None:
        """The mark of a message in a channel's history; None where it is none of ours."""
        metadata = message.get("metadata")
        if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
            return None
        payload = metadata.get("event_payload") or {}
        return cls(str(payload.get("answers")), str(payload.get("person")), int(payload.get("part") or 0))


@dataclass(frozen=True)
class Trouble:
    """What a failed request means.

    Attributes:
        why: for the log.
        error: Slack's word for it.
        passing: whether it may go better next time.
        wait: seconds that Slack asks to wait; None where it does not say.
        taken: whether Slack may have done what it was asked for all the same.
    """

    why: str
    error: str | None = None
    passing: bool = True
    wait: float | None = None
    taken: bool = False


class SlackClient:
    """Sends messages and looks up which were sent. One for a process; made inside the event loop that uses it.

    Args:
        token: the bot token.
        api: address of the Web API.
        timeout: seconds for one request.
        first_wait: seconds before the second attempt; it doubles with each.
        longest_wait: the longest that Slack may ask to wait before a message is given up.
    """

    def __init__(
        self,
        token: str,
        api: str,
        timeout: float = REQUEST_SECONDS,
        first_wait: float = FIRST_WAIT_SECONDS,
        longest_wait: float = LONGEST_WAIT_SECONDS,
    ) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=timeout))
        self._web = AsyncWebClient(token, base_url=api, session=self._session, retry_handlers=[])
        self._first_wait = first_wait
        self._longest_wait = longest_wait

    async def whoami(self) -> str:
        """Who Slack takes the bot for: `@name in team`. Raises Undelivered."""

        async def test() -> str:
            response = await self._web.auth_test()
            return f"@{response.get('user')} in {response.get('team')}"

        return str(await self._through(test))

    async def send(self, place: Place, message: SlackMessage, mark: Mark) -> None:
        """Send a message, once. Where Slack refuses its blocks it is sent in words.

        Raises:
            Undelivered: Slack refused it, or could not be reached in four attempts.
        """
        try:
            await self._send(place, message.text, message.blocks, mark)
        except Undelivered as error:
            if error.error not in _REFUSED_BLOCKS:
                raise
            logger.error("Slack refused the blocks of an answer (%s); it is sent in words", error.error)
            for text in message.texts:
                await self._send(place, text, (), mark)

    async def tell(self, url: str, text: str) -> None:
        """Show a sentence to one person, through the response_url of what they did. Raises Undelivered."""
        await self._through(lambda: self._respond(url, text, ()))

    async def marks(self, channel: str, thread: str | None, since: str | None = None) -> list[Mark]:
        """The marks of our messages in a thread, or in a channel since a message.

        Args:
            since: `ts` of the oldest message to look at.

        Raises:
            Undelivered: Slack did not tell; it is asked once.
        """
        arguments: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": _LOOKED_THROUGH}
        if since:
            arguments |= {"oldest": since, "inclusive": True}
        try:
            if thread is not None:
                response = await self._web.conversations_replies(ts=thread, **arguments)
            else:
                response = await self._web.conversations_history(**arguments)
        except Exception as error:
            trouble = trouble_of(error)
            raise Undelivered(trouble.why, trouble.error) from error
        return [mark for message in response.get("messages") or () if (mark := Mark.of(message)) is not None]

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _send(self, place: Place, text: str, blocks: Sequence[Block], mark: Mark) -> None:
        if place.response_url is not None:
            url = place.response_url
            await self._through(lambda: self._respond(url, text, blocks))
        else:
            begun = time.time()
            await self._through(
                lambda: self._post(place, text, blocks, mark), lambda: self._arrived(place, mark, begun)
            )

    async def _through(
        self, call: Callable[[], Awaitable[Any]], arrived: Callable[[], Awaitable[bool]] | None = None
    ) -> Any:
        """What a call returns, made again while it fails in a way that passes; None where it had arrived after all."""
        wait, taken = self._first_wait, False
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await call()
            except Exception as error:
                trouble = trouble_of(error)
                taken = taken or trouble.taken
                pause = wait if trouble.wait is None else trouble.wait
                last = not trouble.passing or attempt == ATTEMPTS or pause > self._longest_wait
                if last and not (taken and arrived is not None and await arrived()):
                    raise Undelivered(trouble.why, trouble.error) from error
                if last:
                    return None
            logger.warning("%s; attempt %d follows in %.1f s", trouble.why, attempt + 1, pause)
            await asyncio.sleep(pause)
            if taken and arrived is not None and await arrived():
                return None
            wait *= 2
        raise AssertionError("the last attempt returns or raises")

    async def _arrived(self, place: Place, mark: Mark, since: float) -> bool:
        """Whether Slack has this message already. Where it does not tell, it counts as lost: silence is worse."""
        try:
            return mark in await self.marks(place.channel, place.thread, f"{since - _CLOCKS_APART:.6f}")
        except Undelivered as error:
            logger.warning("whether an answer has arrived cannot be told (%s); it is sent again", error)
            return False

    async def _post(self, place: Place, text: str, blocks: Sequence[Block], mark: Mark) -> None:
        await self._web.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread,
            text=text,
            blocks=list(blocks) or None,
            metadata=mark.metadata(),
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            link_names=False,
            mrkdwn=False,
        )

    async def _respond(self, url: str, text: str, blocks: Sequence[Block]) -> None:
        body: dict[str, Any] = {
            "response_type": "ephemeral",
            "replace_original": False,
            "text": text,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if blocks:
            body["blocks"] = list(blocks)
        async with self._session.post(url, json=body, proxy=self._web.proxy) as response:
            said = await response.text()
            if response.status != 200:
                raise _Refused(response.status, response.headers, _word(said))


class _Refused(Exception):
    """A response_url's reply other than 200, with Slack's word for it where there is one."""

    def __init__(self, status: int, headers: Mapping[str, str], word: str | None) -> None:
        super().__init__(f"{status} {word}")
        self.status, self.headers, self.word = status, headers, word


def _word(body: str) -> str | None:
    """Slack's word for an error: the `error` of a JSON object, or a body that is nothing else."""
    found = re.fullmatch(r"\s*(?:\{.*\"error\"\s*:\s*\"(\w+)\".*\}|(\w+))\s*", body, re.DOTALL)
    return (found[1] or found[2]) if found else None


def trouble_of(error: Exception) -> Trouble:
    """What an exception of slack_sdk or aiohttp means for whoever wants to send a message."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return Trouble(f"Slack cannot be reached ({error})")
    if isinstance(error, asyncio.TimeoutError):
        return Trouble("Slack did not answer in time", taken=True)
    if isinstance(error, aiohttp.ClientError):
        return Trouble(f"the connection to Slack broke ({type(error).__name__})", taken=True)
    if isinstance(error, SlackApiError):
        response = error.response
        status = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
        data = getattr(response, "data", None)
        word = str(data["error"]) if isinstance(data, dict) and data.get("error") else None
        return _trouble_told(int(status), getattr(response, "headers", {}), word)
    if isinstance(error, _Refused):
        return _trouble_told(error.status, error.headers, error.word)
    return Trouble(f"{type(error).__name__}: {error}", passing=False)


def _trouble_told(status: int, headers: Mapping[str, str], word: str | None) -> Trouble:
    if status == 429 or word in ("ratelimited", "rate_limited"):
        return Trouble("Slack asks to wait", word, wait=_seconds(headers))
    if status >= 500 or word in _PASSING:
        return Trouble(f"Slack failed (status {status}, {word})", word, taken=True)
    remedy = _REMEDIES.get(word or "", "see docs/slack.md")
    return Trouble(f"Slack refused an answer ({word or f'status {status}'}): {remedy}", word, passing=False)


def _seconds(headers: Mapping[str, str]) -> float:
    """The header Retry-After in seconds; one where it is missing or no number."""
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(value) if value.strip().isdigit() else 1.0
