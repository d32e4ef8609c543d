"""`rahdari chat`: a conversation in the terminal with the same bot."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from rahdari.channels.feedback import KeepsFeedback
from rahdari.channels.replies import Message
from rahdari.channels.sources import Find, whereabouts
from rahdari.channels.terminal.conversation import CHANNEL, Conversation, ForPeople, ForPrograms
from rahdari.channels.terminal.passages import Places, in_store
from rahdari.channels.terminal.prompt import Prompt
from rahdari.channels.terminal.screen import Screen
from rahdari.settings import Settings

if TYPE_CHECKING:
    from rahdari.serving.bot import Bot

PATIENCE_SECONDS = 0.2  # without a sign that something is under way


def run(
    settings: Settings, as_json: bool = False, colour: bool | None = None, feedback: KeepsFeedback | None = None
) -> None:
    """Talk until the input ends or somebody writes /quit.

    Args:
        settings: as for the server; the conversation itself is not kept.
        as_json: write each reply as one line of JSON, the list of messages that REST would give.
        colour: whether to colour; None leaves it to the terminal and NO_COLOR.
        feedback: keeps what people think of answers; without it there are no commands for that.

    Raises:
        ModelError, StoreError: the bot cannot be loaded.
    """
    attended = sys.stdin.isatty() and sys.stdout.isatty()
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # what a terminal cannot show ends nothing
    with Screen(sys.stderr, colour).busy("Loading the bot …"):
        from rahdari.serving import logs
        from rahdari.serving.assembly import load_bot

        logs.to_file(settings.home / "logs", logging.CRITICAL if attended else logging.WARNING, "chat.log")
        bot = load_bot(settings, keep=False)
    talk(bot, sys.stdin, sys.stdout, settings.home / "chat_history", as_json, colour, feedback)


def talk(
    bot: Bot,
    source: IO[str],
    target: IO[str],
    history: Path | None = None,
    as_json: bool = False,
    colour: bool | None = None,
    feedback: KeepsFeedback | None = None,
    places: Places = in_store,
    find: Find = whereabouts,
) -> None:
    """The conversation itself. In a pipe: no colour, no prompt, no greeting; one message a line."""
    screen = Screen(target, colour)
    loop = asyncio.new_event_loop()
    try:
        ask = _Turns(bot, loop, nullcontext if as_json else screen.busy)
        if as_json:
            conversation: Conversation = ForPrograms(screen, ask)
        else:
            conversation = ForPeople(screen, ask, feedback, places, find)
        if source.isatty() and screen.is_terminal:
            conversation.greet()
            prompt = Prompt(history, conversation.completions, conversation.interrupted, screen.note, screen.colour)
            conversation.run(prompt.lines(), attended=True)
            screen.raw("")
        else:
            conversation.run(line.strip() for line in source)
        loop.run_until_complete(bot.close())
    finally:
        loop.close()


class _Turns:
    """Has the bot answer, for who is not asynchronous; Ctrl-C gives up the turn, and nothing of it goes on."""

    def __init__(
        self, bot: Bot, loop: asyncio.AbstractEventLoop, busy: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        self._bot = bot
        self._loop = loop
        self._busy = busy

    def __call__(self, text: str, sender: str) -> list[Message]:
        turn = self._loop.create_task(self._bot.handle(text, sender, CHANNEL))
        try:
            self._loop.run_until_complete(asyncio.wait({turn}, timeout=PATIENCE_SECONDS))
            if not turn.done():
                with self._busy():
                    self._loop.run_until_complete(asyncio.wait({turn}))
            return turn.result()
        except KeyboardInterrupt:
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            raise
