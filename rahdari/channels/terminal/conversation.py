"""What the terminal makes of a line: a question, a suggestion's number, or an order; for people and for programs."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from rahdari.channels.feedback import KeepsFeedback, Opinion, rateable
from rahdari.channels.incoming import MESSAGE_LIMIT
from rahdari.channels.replies import Message, answer_of, sentence
from rahdari.channels.sources import Find
from rahdari.channels.terminal import commands
from rahdari.channels.terminal.passages import Places
from rahdari.channels.terminal.screen import Screen
from rahdari.channels.text import json_text

CHANNEL = "terminal"

logger = logging.getLogger(__name__)
Ask = Callable[[str, str], "list[Message]"]


class Conversation:
    """Lines in, replies out: what is the same for people and for programs."""

    def __init__(self, screen: Screen, ask: Ask) -> None:
        self._screen = screen
        self._ask = ask
        self._begin()

    def run(self, lines: Iterable[str], attended: bool = False) -> None:
        """Until the lines end, or one says so. Where somebody attends, Ctrl-C only gives up what a line asked for."""
        for line in lines:
            try:
                if self._take(line) == "end":
                    return
            except KeyboardInterrupt:
                if not attended:
                    raise
                self.interrupted()

    def greet(self) -> None:
        """What comes before the first line."""

    def interrupted(self) -> None:
        """Ctrl-C took a line back, or gave up a turn."""
        self._screen.raw("")

    def completions(self, text: str) -> list[str]:
        """What the beginning of a line may become."""
        return []

    def refuse(self, reason: str) -> None:
        """A line that is not taken as a message."""
        raise NotImplementedError

    def show(self, replies: list[Message]) -> None:
        """The bot's reply."""
        raise NotImplementedError

    def order(self, name: str, rest: str, line: str) -> str | None:
        """A line with a slash before it; `end` ends the conversation."""
        if name == "/quit":
            return "end"
        if name == "/new":
            self._begin()
        return None

    def _begin(self) -> None:
        self._sender = uuid.uuid4().hex
        self._form: dict[str, Any] | None = None

    def _take(self, line: str) -> str | None:
        if len(line) > MESSAGE_LIMIT:
            self.refuse(sentence("long_message"))
        elif line.startswith("/"):
            return self.order(*commands.parse(line), line)
        elif line:
            self._turn(self._meant(line))
        return None

    def _turn(self, text: str) -> None:
        replies = self._ask(text, self._sender)
        self._form = answer_of(replies)
        self.show(replies)

    def _meant(self, line: str) -> str:
        """A line, or the suggestion whose number it is."""
        suggestions = (self._form or {}).get("suggestions") or ()
        if line.isdecimal() and 0 < int(line) <= len(suggestions):
            return str(suggestions[int(line) - 1])
        return line


class ForPrograms(Conversation):
    """A line of JSON for each message. Only /new and /quit are orders: other slashes are text, as over REST."""

    def refuse(self, reason: str) -> None:
        self._screen.raw(json_text({"error": reason}))

    def show(self, replies: list[Message]) -> None:
        self._screen.raw(json_text(replies))

    def order(self, name: str, rest: str, line: str) -> str | None:
        if name not in ("/new", "/quit"):
            self._turn(line)
        return super().order(name, rest, line)


class ForPeople(Conversation):
    """Answers, sources and hints as text.

    Args:
        feedback: keeps opinions; without it there are no commands for that.
        places: finds a citation's passage in its document.
        find: finds where the passages of an answer are.
    """

    def __init__(self, screen: Screen, ask: Ask, feedback: KeepsFeedback | None, places: Places, find: Find) -> None:
        super().__init__(screen, ask)
        self._feedback = feedback
        self._places = places
        self._find = find
        self._commands = commands.known(feedback is not None)

    def greet(self) -> None:
        try:
            self._turn("hello")
        except KeyboardInterrupt:
            self.interrupted()
        self._screen.note(commands.INTRODUCTION)

    def interrupted(self) -> None:
        super().interrupted()
        self._screen.note("Interrupted; Ctrl-D or /quit ends.")

    def completions(self, text: str) -> list[str]:
        return commands.completions(text, self._commands, self._form)

    def refuse(self, reason: str) -> None:
        self._screen.write(reason)

    def show(self, replies: list[Message]) -> None:
        if self._form is not None:
            self._screen.answer(self._form, self._find(self._form).places)
            return
        for reply in replies:
            self._screen.write(str(reply.get("text", "")))

    def order(self, name: str, rest: str, line: str) -> str | None:
        if name in ("/up", "/down") and self._feedback is None:
            self.refuse("Opinions are not kept here.")
        elif name not in {command.name for command in self._commands}:
            self.refuse(commands.unknown(name, self._commands))
        elif name == "/help":
            self._help()
        elif name == "/sources":
            self._sources()
        elif name == "/source":
            self._source(rest)
        elif name in ("/up", "/down"):
            self._opinion("up" if name == "/up" else "down", rest)
        elif name == "/new":
            self._screen.note(sentence("new_conversation"))
        return super().order(name, rest, line)

    def _meant(self, line: str) -> str:
        meant = super()._meant(line)
        if meant != line and self._screen.is_terminal:
            self._screen.note(meant)
        return meant

    def _help(self) -> None:
        self._screen.write("Ask a question, or the number of a suggestion. Tab completes commands.")
        shown = [f"{command.name} {command.arguments}".strip() for command in self._commands]
        width = max(map(len, shown)) + 2
        for command, usage in zip(self._commands, shown):
            self._screen.write(f"  {usage:{width}}{command.does}", indent=width + 2)

    def _citations(self) -> list[dict[str, Any]]:
        """The sources of the last answer; where there are none it says so."""
        citations = list((self._form or {}).get("citations") or ())
        if not citations:
            self.refuse("The last answer has no sources." if self._form else "There is no answer yet to have sources.")
        return citations

    def _sources(self) -> None:
        if self._citations() and self._form is not None:
            self._screen.sources(self._form, self._find(self._form))

    def _source(self, which: str) -> None:
        citations = self._citations()
        if not citations:
            return
        which = which.strip("[]#.") or (str(citations[0]["id"]) if len(citations) == 1 else "")
        chosen = next((citation for citation in citations if str(citation["id"]) == which), None)
        if chosen is not None:
            self._screen.source(chosen, self._places(chosen))
        elif len(citations) == 1:
            self.refuse("The last answer has one source: /source 1 shows it.")
        else:
            self.refuse(f"Say which: /source 1 to /source {len(citations)}, or /sources for all.")

    def _opinion(self, opinion: Opinion, words: str) -> None:
        if self._form is None or self._feedback is None or not rateable(self._form):
            self.refuse("There is no answer to have an opinion on.")
            return
        try:
            kept = self._feedback.keep(str(self._form["id"]), opinion, words or None, CHANNEL, self._sender)
        except Exception:  # whatever keeps it: the conversation is worth more
            logger.exception("an opinion could not be kept")
            self.refuse(sentence("feedback_lost"))
        else:
            self._screen.note(sentence("feedback_kept" if kept else "feedback_unknown"))
