"""`rahdari chat`: a conversation in the terminal with the same bot."""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from rahdari.channels.incoming import MESSAGE_LIMIT
from rahdari.channels.replies import Message, answer_of, sentence
from rahdari.channels.text import marked, source_lines, suggestion_lines, visible
from rahdari.settings import Settings

if TYPE_CHECKING:
    from rahdari.serving.bot import Bot

CHANNEL = "terminal"
QUIT = {"/quit", "/exit", "/q"}
HELP = "Ask a question, or the number of a suggestion. /new starts over, /quit ends (so does Ctrl-D)."
_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"


def run(settings: Settings, as_json: bool = False) -> None:
    """Talk until the input ends or somebody writes /quit.

    Args:
        settings: as for the server; the conversation itself is not kept.
        as_json: write each reply as one line of JSON, the list of messages that REST would give.

    Raises:
        ModelError, StoreError: the bot cannot be loaded.
    """
    if sys.stderr.isatty():
        print("Loading the bot …", file=sys.stderr)
    from rahdari.serving.assembly import load_bot

    talk(load_bot(settings, keep=False), sys.stdin, sys.stdout, settings.home / "chat_history", as_json)


def talk(bot: Bot, source: IO[str], target: IO[str], history: Path | None = None, as_json: bool = False) -> None:
    """The conversation itself. In a pipe: no colour, no prompt, no greeting; one message a line."""
    terminal = Terminal(source, target, history)
    loop = asyncio.new_event_loop()
    try:
        _Conversation(terminal, lambda text, sender: loop.run_until_complete(bot.handle(text, sender, CHANNEL))).run(
            as_json
        )
        loop.run_until_complete(bot.close())
    finally:
        loop.close()


class Terminal:
    """Where messages come from and replies go; colour, prompt and history only where a person sits at it."""

    def __init__(self, source: IO[str], target: IO[str], history: Path | None) -> None:
        self._source = source
        self._target = target
        self._coloured = target.isatty()
        self.attended = source.isatty() and target.isatty()
        self._history = history

    def lines(self) -> Iterator[str]:
        """Lines as they are written; ends with the input, or with Ctrl-C at the prompt."""
        if not self.attended:
            yield from (line.strip() for line in self._source)
            return
        with _History(self._history):
            while True:
                try:
                    yield input("> ").strip()
                except (EOFError, KeyboardInterrupt):
                    self.write("")
                    return

    def write(self, line: str, style: str = "") -> None:
        """One line, styled only on a terminal."""
        self._target.write(f"{style}{line}{_PLAIN}\n" if style and self._coloured else f"{line}\n")
        self._target.flush()

    def reply(self, replies: list[Message]) -> list[str]:
        """Show a reply; gives back what its numbered suggestions stand for."""
        answer = answer_of(replies)
        if answer is None:
            for reply in replies:
                self.write(visible(str(reply.get("text", "")), keep="\n\t"))
            return []
        self.write(marked(answer), _BOLD)
        for line in source_lines(answer):
            self.write(line, _DIM)
        for line in suggestion_lines(answer, numbered=True):
            self.write(line)
        return [str(suggestion) for suggestion in answer.get("suggestions") or ()]


class _Conversation:
    def __init__(self, terminal: Terminal, ask: Callable[[str, str], list[Message]]) -> None:
        self._terminal = terminal
        self._ask = ask
        self._sender = uuid.uuid4().hex
        self._suggestions: list[str] = []

    def run(self, as_json: bool) -> None:
        if self._terminal.attended and not as_json:
            self._suggestions = self._terminal.reply(self._ask("hello", self._sender))
            self._terminal.write(HELP, _DIM)
        for line in self._terminal.lines():
            if line.lower() in QUIT:
                break
            if line.lower() == "/new":
                self._sender, self._suggestions = uuid.uuid4().hex, []
                self._terminal.write("A new conversation.", _DIM)
            elif len(line) > MESSAGE_LIMIT:
                self._terminal.write(sentence("long_message"))
            elif line:
                self._turn(line, as_json)

    def _turn(self, line: str, as_json: bool) -> None:
        replies = self._ask(self._meant(line), self._sender)
        if as_json:
            self._terminal.write(json.dumps(replies, ensure_ascii=False))
            self._suggestions = [str(each) for each in (answer_of(replies) or {}).get("suggestions") or ()]
        else:
            self._suggestions = self._terminal.reply(replies)

    def _meant(self, line: str) -> str:
        if line.isdecimal() and 0 < int(line) <= len(self._suggestions):
            return self._suggestions[int(line) - 1]
        return line


class _History:
    """Arrow keys bring back earlier lines, those of earlier conversations too; without readline nothing happens."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._readline: Any = None

    def __enter__(self) -> None:
        try:
            import readline
        except ImportError:
            return
        self._readline = readline
        readline.set_history_length(500)
        if self._path is not None and self._path.is_file():
            readline.read_history_file(self._path)

    def __exit__(self, *_: object) -> None:
        if self._readline is not None and self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._readline.write_history_file(self._path)
