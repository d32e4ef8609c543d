"""Sees to it that each question gets one answer: not none, and not two, however often Slack delivers it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from weakref import WeakValueDictionary

from rahdari.channels.feedback import KeepsFeedback
from rahdari.channels.incoming import MESSAGE_LIMIT, Incoming, plain
from rahdari.channels.replies import Message, answer_of, sentence
from rahdari.channels.slack.blocks import SlackMessage, messages
from rahdari.channels.slack.client import Mark, SlackClient, Undelivered
from rahdari.channels.slack.events import Ask, Verdict, action_of, ask_of_command, ask_of_event
from rahdari.channels.sources import Find, Whereabouts
from rahdari.errors import RahdariError

ACKNOWLEDGE_SECONDS = 2.0  # Slack gives three
REMEMBERED = 20_000
_CLOCKS_APART = 60.0

TakeTurn = Callable[[Incoming], Awaitable[list[Message]]]

logger = logging.getLogger(__name__)


class Desk:
    """Takes what Slack delivers, has it answered, and sends the answers.

    A delivery is acknowledged when it is answered, or after two seconds: what this process loses before that, as it
    is killed, Slack delivers again. What a process before this one has answered is found in Slack itself, by the marks
    of the messages.

    Args:
        client: sends messages.
        take_turn: has the bot answer; it neither raises nor returns nothing.
        find: finds where the passages of an answer are.
        feedback: keeps opinions.
        acknowledge: seconds after which a delivery is acknowledged whatever its state.
    """

    def __init__(
        self,
        client: SlackClient,
        take_turn: TakeTurn,
        find: Find,
        feedback: KeepsFeedback,
        acknowledge: float = ACKNOWLEDGE_SECONDS,
    ) -> None:
        self._client = client
        self._take_turn = take_turn
        self._find = find
        self._feedback = feedback
        self._acknowledge = acknowledge
        self._begun = time.time()
        self._seen = _Latest()
        self._talks = _Latest()
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._orders: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._closed = False

    async def receive(self, kind: str, body: Mapping[str, Any], again: bool = False) -> bool:
        """One delivery.

        Args:
            kind: `events_api`, `slash_commands` or `interactive`, as Socket Mode calls them.
            body: the event's JSON, the command's form, or the action's payload.
            again: whether Slack says that this is a retry.

        Returns:
            Whether to acknowledge it. False while the bot stops: Slack is to deliver it again.
        """
        wanted: Ask | Verdict | None = None
        if body.get("type") == "app_rate_limited":
            logger.error("Slack holds back events: the app gets more than it delivers in an hour")
        elif kind == "events_api":
            wanted = ask_of_event(body, again)
        elif kind == "slash_commands":
            wanted = ask_of_command(body)
        elif kind == "interactive":
            wanted = action_of(body)
        if wanted is None:
            return True
        if self._closed:
            return False
        if not self._seen.first(wanted.keys):
            return True
        work = self._note(wanted) if isinstance(wanted, Verdict) else self._answer(wanted)
        task = asyncio.create_task(work)
        self._tasks[task] = wanted.keys[0]
        task.add_done_callback(self._finished)
        await asyncio.wait({task}, timeout=self._acknowledge)
        return True

    async def drain(self, seconds: float) -> None:
        """Take nothing more, and let what is under way end; what takes longer is cancelled, and the log names it."""
        self._closed = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        left = dict(self._tasks)
        for task, name in left.items():
            logger.error("the answer to %s was still under way when the bot stopped; it is lost", name)
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        name = self._tasks.pop(task)
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, RahdariError):
            logger.error("the answer to %s did not reach Slack: %s", name, error)
        elif error is not None:
            logger.error("the answer to %s did not reach Slack", name, exc_info=error)

    async def _answer(self, ask: Ask) -> None:
        if ask.unaddressed and not await self._talks_with(ask):
            return
        if ask.again and await self._answered_before(ask):
            return
        # Whoever talks with the bot in a thread need not name it again, from the moment of asking on.
        self._talks.first((_talk(ask),))
        said = await self._messages(ask)
        async with self._orders.setdefault(ask.sender, asyncio.Lock()):
            for part, message in enumerate(said):
                await self._client.send(ask.place, message, Mark(ask.answers or ask.keys[0], ask.person, part))

    async def _messages(self, ask: Ask) -> list[SlackMessage]:
        form = await self._form(ask)
        try:
            return messages(form, await self._whereabouts(form), asked=ask.text if ask.pressed else None)
        except Exception:
            logger.exception("an answer is not in the form of docs/answers.md")
            return messages({"text": sentence("failed")})

    async def _form(self, ask: Ask) -> Mapping[str, Any]:
        """The Answer to a question in its JSON form; one sentence where there is nothing that could be asked."""
        text = plain(ask.text)
        if not text or len(ask.text) > MESSAGE_LIMIT:
            return {"text": sentence("long_message" if text else "empty_message")}
        replies = await self._take_turn(Incoming(text, ask.sender))
        said = "\n".join(str(reply["text"]) for reply in replies if reply.get("text"))
        return answer_of(replies) or {"text": said or sentence("silent")}

    async def _whereabouts(self, form: Mapping[str, Any]) -> Whereabouts:
        if not form.get("citations"):
            return Whereabouts()
        try:
            return await asyncio.get_running_loop().run_in_executor(None, self._find, form)
        except Exception:
            logger.exception("the addresses of sources could not be looked up; they are shown without links")
            return Whereabouts()

    async def _note(self, verdict: Verdict) -> None:
        rated = (verdict.answer, verdict.opinion, None, "slack", verdict.person)
        try:
            kept = await asyncio.get_running_loop().run_in_executor(None, self._feedback.keep, *rated)
            thanks = "feedback_kept" if kept else "feedback_unknown"
        except Exception:
            logger.exception("an opinion could not be kept")
            thanks = "feedback_lost"
        if verdict.place.response_url is not None:
            await self._client.tell(verdict.place.response_url, sentence(thanks))

    async def _talks_with(self, ask: Ask) -> bool:
        """Whether the bot has answered this person in this thread, in this process or one before it."""
        thread = ask.place.thread
        if _talk(ask) in self._talks:
            return True
        if thread is None or _seconds(thread) > self._begun + _CLOCKS_APART:
            return False  # begun under this process, which would know
        looked_up = f"{ask.place.channel}:{thread}"
        async with self._orders.setdefault(looked_up, asyncio.Lock()):
            if looked_up not in self._talks:
                try:
                    marks = await self._client.marks(ask.place.channel, thread)
                except Undelivered as error:
                    logger.warning("whether the bot takes part in a thread cannot be told: %s", error)
                    return False
                self._talks.first((looked_up, *(f"{looked_up}:{mark.person}" for mark in marks)))
        return _talk(ask) in self._talks

    async def _answered_before(self, ask: Ask) -> bool:
        """Whether a process before this one has answered what Slack delivers again."""
        try:
            marks = await self._client.marks(ask.place.channel, ask.place.thread, ask.answers)
        except Undelivered as error:
            logger.warning("whether a question has its answer cannot be told (%s); it is answered", error)
            return False
        return any(mark.answers == ask.answers for mark in marks)


class _Latest:
    """The latest 20,000 names of something."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def first(self, names: tuple[str, ...]) -> bool:
        """Whether none of these was there before; now all of them are."""
        new = not any(name in self._names for name in names)
        for name in names:
            self._names[name] = None
            self._names.move_to_end(name)
        while len(self._names) > REMEMBERED:
            self._names.popitem(last=False)
        return new


def _talk(ask: Ask) -> str:
    return f"{ask.place.channel}:{ask.place.thread}:{ask.person}"


def _seconds(ts: str) -> float:
    """The time of a message, Unix seconds; 0 where its `ts` is none."""
    try:
        return float(ts)
    except ValueError:
        return 0.0
