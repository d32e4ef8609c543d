"""The bot as everybody meets it: a text in, messages out, within five seconds and never nothing."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from rahdari.channels.incoming import plain
from rahdari.channels.replies import Message, answer_of, never_silent
from rahdari.channels.rest import Collected
from rahdari.serving.attempt import Attempt
from rahdari.serving.conversations import Conversations
from rahdari.serving.order import TurnOrder
from rahdari.serving.worker import BEAT_SECONDS, Worker

LIMIT_SECONDS = 4.5
STUCK_SECONDS = 0.75
MOST_STUCK = 8

logger = logging.getLogger(__name__)


class Bot:
    """Runs turns of a Rasa agent and answers for whatever happens in them.

    To Rasa's connectors it looks like the agent: `handle_message` and `tracker_store` are all they use.

    Args:
        agent: a loaded agent; tests hand in agents that fail in all the ways there are.
        limit: seconds for a turn, waiting for the turns before it included.
        conversations: what `close` closes.
        store: tells what the bot answers from, for those who look after it.
    """

    def __init__(
        self,
        agent: Agent,
        limit: float = LIMIT_SECONDS,
        conversations: Conversations | None = None,
        store: Callable[[], dict[str, Any]] = dict,
    ) -> None:
        self.agent = agent
        self.store = store
        self._limit = limit
        self._conversations = conversations
        self._order = TurnOrder()
        self._worker = Worker()
        self._stuck: list[Worker] = []

    @property
    def tracker_store(self) -> Any:
        """Where the conversations are; Rasa's server asks for it when it stops."""
        return self.agent.tracker_store

    @property
    def model(self) -> str | None:
        """The file name of the model."""
        name = self.agent.model_name
        return None if name is None else str(name)

    async def handle(
        self, text: str, sender: str, channel: str = "rest", metadata: dict[str, Any] | None = None
    ) -> list[Message]:
        """One turn: what the bot says to a text, in Rasa's REST format.

        Args:
            text: what a person wrote; a leading slash gives no orders.
            sender: whose conversation it belongs to.
            channel: the name that the dialogue sees, e.g. `rest` or `cmdline`.

        Returns:
            At least one message that shows something, the custom message with the Answer last. Never raises.
        """
        collected = Collected(channel)
        message = UserMessage(plain(text), collected, sender, input_channel=channel, metadata=metadata)
        reason, started = "silent", time.monotonic()
        try:
            await asyncio.wait_for(self._in_order(message), self._limit)
        except asyncio.TimeoutError:
            logger.error("a turn took more than %s s and was given up", self._limit)
            # It may hold Rasa's ticket for this conversation for another minute.
            self.agent.lock_store.delete_lock(sender)
            reason = "slow"
        except Exception:
            logger.exception("a turn failed")
            reason = "failed"
        replies = never_silent(collected.messages, sender, reason)
        status = (answer_of(replies) or {}).get("status")
        logger.info("turn: channel=%s status=%s ms=%d", channel, status, 1000 * (time.monotonic() - started))
        return replies

    async def handle_message(self, message: UserMessage) -> None:
        """The same for a connector of Rasa's: replies go to the message's own output channel."""
        channel = message.input_channel or "rest"
        for reply in await self.handle(message.text or "", message.sender_id, channel, message.metadata):
            recipient = reply.pop("recipient_id", message.sender_id)
            await message.output_channel.send_response(recipient, reply)

    async def forget(self, sender: str) -> None:
        """Remove a conversation, as far as this bot keeps conversations, behind the turns that came before."""
        async with self._order.turn(sender):
            if self._conversations is not None:
                self._conversations.forget(sender)

    async def close(self) -> None:
        """Let the turns under way end, write what is left of the conversations, and stop."""
        loop = asyncio.get_running_loop()
        self._worker.retire()
        if not await loop.run_in_executor(None, self._worker.join, self._limit):
            logger.error("a turn was still under way when the bot stopped")
        if self._conversations is not None and not await loop.run_in_executor(None, self._conversations.close):
            logger.error("some conversations could not be written before the bot stopped")

    async def _in_order(self, message: UserMessage) -> None:
        async with self._order.turn(message.sender_id):
            while True:
                attempt = Attempt()
                turn = asyncio.wrap_future(self._free_worker().submit(self._turn(message, attempt)))
                try:
                    await asyncio.wait({turn}, timeout=STUCK_SECONDS + BEAT_SECONDS)
                    if turn.cancelled():
                        raise RuntimeError("something in the turn cancelled it")
                    if turn.done() or attempt.begun.is_set():
                        await turn
                        return
                finally:
                    attempt.over.set()
                    turn.cancel()

    async def _turn(self, message: UserMessage, attempt: Attempt) -> None:
        await attempt.run(self.agent.handle_message(message))

    def _free_worker(self) -> Worker:
        if not self._worker.stuck(STUCK_SECONDS):
            return self._worker
        self._stuck = [worker for worker in self._stuck if not worker.join(0)]
        if len(self._stuck) < MOST_STUCK:
            logger.error("a turn has blocked its thread for more than %s s; another takes over", STUCK_SECONDS)
            self._worker.retire()
            self._stuck.append(self._worker)
            self._worker = Worker()
        return self._worker
