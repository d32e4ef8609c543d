"""Messages out to a chat: one reply after the other, its parts in order, and in a plainer form where one is refused."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from rahdari.channels.telegram.client import Client, Refused, TelegramError
from rahdari.channels.telegram.keyboards import Markup
from rahdari.channels.telegram.parts import Part
from rahdari.channels.telegram.updates import Place

TYPING_SECONDS = 2.0

logger = logging.getLogger(__name__)


class Sender:
    """Sends through one client; a chat gets its messages one at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def typing(self, place: Place) -> None:
        """Show that an answer is on its way; whether that works is of no consequence."""
        parameters = {"chat_id": place.chat, "message_thread_id": place.thread, "action": "typing"}
        try:
            await self._client.call("sendChatAction", parameters, seconds=TYPING_SECONDS, attempts=1)
        except TelegramError as error:
            logger.info("%s", error)

    async def send(self, place: Place, parts: Sequence[Part], keyboard: Markup | None = None) -> None:
        """Send a reply; its buttons are under the last part.

        Raises:
            TelegramError: a part could not be sent in any form; those behind it were not sent.
        """
        lock = self._chats.setdefault(place.chat, asyncio.Lock())
        async with lock:
            for number, part in enumerate(parts, 1):
                place = await self._part(place, part, keyboard if number == len(parts) else None)

    async def confirm(self, query: str, text: str | None = None) -> bool:
        """End the waiting on a pressed button, with a word beside it; False where Telegram no longer takes that."""
        try:
            await self._client.call("answerCallbackQuery", {"callback_query_id": query, "text": text})
        except TelegramError as error:
            logger.info("%s", error)
            return False
        return True

    async def _part(self, place: Place, part: Part, keyboard: Markup | None) -> Place:
        """Send one message; gives back the place, which is another one where the group moved."""
        forms = _forms(place, part, keyboard)
        form = next(forms)
        while True:
            try:
                await self._client.call("sendMessage", {"chat_id": place.chat, **form})
                return place
            except Refused as error:
                if error.code != 400:
                    raise
                if error.chat is not None and error.chat != place.chat:
                    place = replace(place, chat=error.chat, message=None)
                    forms = _forms(place, part, keyboard)
                    form = next(forms)
                    continue
                plainer = next(forms, None)
                if plainer is None:
                    raise
                logger.error("%s; sending it plainer", error)
                form = plainer


def _forms(place: Place, part: Part, keyboard: Markup | None) -> Iterator[dict[str, Any]]:
    """A message in each form that it may have, the best first."""
    thread = {"message_thread_id": place.thread}
    preview = {"link_preview_options": {"is_disabled": True}}
    refers = {"reply_parameters": {"message_id": place.message, "allow_sending_without_reply": True}}
    html = {"text": part.html, "parse_mode": "HTML", **preview}
    yield {**html, **thread, **(refers if place.message is not None else {}), "reply_markup": keyboard}
    if keyboard is not None or place.message is not None:
        yield {**html, **thread}
    yield {"text": part.plain, **preview}
