"""What can be ordered in the terminal, and what is said to an order that is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

INTRODUCTION = "Ask a question, or the number of a suggestion. /help lists the commands; Ctrl-D ends."


@dataclass(frozen=True)
class Command:
    """An order: its name with the slash, what may stand behind it, what it does."""

    name: str
    arguments: str
    does: str
    opinion: bool = False


COMMANDS = (
    Command("/help", "", "this list"),
    Command("/sources", "", "every source of the last answer, quoted in full"),
    Command("/source", "N", "source N in its place: the paragraph around it, the passage marked"),
    Command("/up", "[words]", "say that the last answer helped", opinion=True),
    Command("/down", "[words]", "say that it did not, and why", opinion=True),
    Command("/new", "", "start a new conversation"),
    Command("/quit", "", "end, as Ctrl-D does"),
)
_OTHER_NAMES = {"/exit": "/quit", "/q": "/quit", "/?": "/help", "/h": "/help", "/s": "/source"}


def known(opinions: bool) -> list[Command]:
    """The commands there are. `opinions`: whether there is anybody who keeps opinions."""
    return [command for command in COMMANDS if opinions or not command.opinion]


def parse(line: str) -> tuple[str, str]:
    """A line that begins with a slash as a command's name and what stands behind it."""
    name, _, rest = line.partition(" ")
    name = name.lower()
    return _OTHER_NAMES.get(name, name), rest.strip()


def unknown(name: str, commands: Iterable[Command]) -> str:
    """One sentence or two for a command that there is none of."""
    near = difflib.get_close_matches(name, [command.name for command in commands], 1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return f"There is no command {name}. {meant}/help lists them; a question needs no slash."


def completions(text: str, commands: Iterable[Command], form: Mapping[str, Any] | None) -> list[str]:
    """What a beginning of a line may become: commands, and behind /source the numbers of the last answer."""
    found = [command.name + (" " if command.arguments else "") for command in commands]
    found += [f"/source {citation['id']}" for citation in (form or {}).get("citations") or () if " " in text]
    return [each for each in found if text.startswith("/") and each.startswith(text) and each != text]
