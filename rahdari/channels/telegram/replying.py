"""What the bot does about each event of Telegram's."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rahdari.channels.feedback import KeepsFeedback
from rahdari.channels.incoming import MESSAGE_LIMIT, plain
from rahdari.channels.replies import Message, answer_of, sentence
from rahdari.channels.sources import Find, Whereabouts
from rahdari.channels.telegram import html, keyboards
from rahdari.channels.telegram.client import Refused, TelegramError
from rahdari.channels.telegram.parts import Part
from rahdari.channels.telegram.sending import Sender
from rahdari.channels.telegram.updates import Asked, Command, Edited, Event, Place, Pressed, Unreadable
from rahdari.channels.text import marked

CHANNEL = "telegram"
REMEMBERED = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Behind:
    """What is behind the channel.

    Attributes:
        ask: a text and a conversation → the bot's messages in Rasa's format. Never raises, never gives nothing.
        forget: removes a conversation.
        feedback: gives who keeps verdicts.
        find: finds where the passages of an answer are; may wait for a disk, so it is called in a thread.
    """

    ask: Callable[[str, str], Awaitable[list[Message]]]
    forget: Callable[[str], Awaitable[None]]
    feedback: Callable[[], KeepsFeedback]
    find: Find


@dataclass(frozen=True)
class _Latest:
    """What a conversation came to: what was asked last, and the last answer that was no small talk."""

    asked: str = ""
    form: Mapping[str, Any] | None = None


class Replier:
    """Answers events, one at a time for each conversation. `Background` sees to that."""

    def __init__(self, sender: Sender, behind: Behind) -> None:
        self._sender = sender
        self._behind = behind
        self._latest: OrderedDict[str, _Latest] = OrderedDict()

    async def reply(self, event: Event) -> None:
        """Do what an event asks for. Failures end in a sentence where there is a way to say it, and in the log."""
        place = event.place
        try:
            await self._reply(event)
        except Refused as error:
            logger.log(logging.INFO if error.code == 403 else logging.ERROR, "a reply was not sent: %s", error)
        except TelegramError as error:
            logger.error("a reply was not sent: %s", error)
        except Exception:
            logger.exception("a reply failed")
            if place is not None:
                await self._say(place, sentence("failed"))

    async def _reply(self, event: Event) -> None:
        if isinstance(event, Asked):
            await self._answer(event.place, event.text)
        elif isinstance(event, Command):
            await self._command(event.place, event.name)
        elif isinstance(event, Pressed):
            await self._pressed(event)
        elif isinstance(event, Unreadable):
            await self._say(event.place, sentence("text_only"))
        elif isinstance(event, Edited) and event.text != self._latest_of(event.place).asked:
            await self._say(event.place, sentence("edited"))

    async def _answer(self, place: Place, text: str, pressed: bool = False, more: str | None = None) -> None:
        """Ask the bot and send what it says; `more` is said below it."""
        words = plain(text)
        if not words or len(text) > MESSAGE_LIMIT:
            await self._say(place, sentence("long_message" if words else "empty_message"))
            return
        typing = asyncio.ensure_future(self._sender.typing(place))
        self._remember(place, replace(self._latest_of(place), asked=text))
        try:
            replies = await self._behind.ask(words, place.conversation)
        finally:
            await typing
        form = answer_of(replies)
        parts = [part for text in _besides(replies, form) for part in html.said(text)]
        if form is not None:
            if form.get("status") != "smalltalk":
                self._remember(place, _Latest(text, form))
            parts += html.reply(form, words if pressed else None, await self._whereabouts(form), more)
        await self._sender.send(place, parts, keyboards.keyboard(form) if form is not None else None)

    async def _command(self, place: Place, name: str) -> None:
        if name == "start":
            await self._answer(place, "hello")
        elif name == "help":
            await self._answer(place, "help", more=sentence("commands"))
        elif name == "sources":
            await self._sender.send(place, await self._sources(place))
        elif name == "restart":
            await self._say(place, sentence("restarted" if await self._forgotten(place) else "not_restarted"))
        else:
            await self._say(place, f"{sentence('unknown_command')} {sentence('commands')}")

    async def _sources(self, place: Place) -> Sequence[Part]:
        form = self._latest_of(place).form
        if form is None:
            return html.said(sentence("no_answer_yet"))
        if not form.get("citations"):
            return html.said(sentence("no_sources"))
        return html.sources(form, await self._whereabouts(form))

    async def _forgotten(self, place: Place) -> bool:
        self._latest.pop(place.conversation, None)
        try:
            await self._behind.forget(place.conversation)
        except Exception:
            logger.exception("a conversation could not be forgotten")
            return False
        return True

    async def _pressed(self, event: Pressed) -> None:
        meant = keyboards.pressed(event.data, event.markup)
        if isinstance(meant, keyboards.Suggestion) and event.place is not None:
            confirming = asyncio.ensure_future(self._sender.confirm(event.query))
            try:
                await self._answer(event.place, meant.text, pressed=True)
            finally:
                await confirming
            return
        word = sentence("old_button")
        if isinstance(meant, keyboards.Judgement):
            word = await self._noted(meant, event.person)
        if not await self._sender.confirm(event.query, word) and event.place is not None:
            await self._say(event.place, word)

    async def _noted(self, meant: keyboards.Judgement, person: int) -> str:
        """Have a verdict kept; a sentence on what became of it."""
        rated = (meant.answer_id, meant.verdict, None, CHANNEL, str(person))
        try:
            kept = await asyncio.get_running_loop().run_in_executor(None, self._behind.feedback().keep, *rated)
        except Exception:
            logger.exception("a verdict could not be kept")
            return sentence("not_noted")
        return sentence(f"thanks_{meant.verdict}" if kept else "feedback_unknown")

    async def _whereabouts(self, form: Mapping[str, Any]) -> Whereabouts:
        return await asyncio.get_running_loop().run_in_executor(None, self._behind.find, form)

    async def _say(self, place: Place, text: str) -> None:
        try:
            await self._sender.send(place, html.said(text))
        except TelegramError as error:
            logger.error("a reply was not sent: %s", error)

    def _latest_of(self, place: Place) -> _Latest:
        return self._latest.get(place.conversation) or _Latest()

    def _remember(self, place: Place, latest: _Latest) -> None:
        self._latest[place.conversation] = latest
        self._latest.move_to_end(place.conversation)
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)


def _besides(replies: Sequence[Message], form: Mapping[str, Any] | None) -> list[str]:
    """What the bot says that is not the text of the Answer itself."""
    texts = [str(reply["text"]) for reply in replies if str(reply.get("text") or "").strip()]
    own = "" if form is None else " ".join(marked(form).split())
    return [text for text in texts if " ".join(text.split()) != own]
