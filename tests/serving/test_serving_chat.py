"""`rahdari chat`: the same bot in a terminal and in a pipe."""

from __future__ import annotations

import builtins
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rahdari.channels.replies import messages
from rahdari.records import Answer, Citation
from rahdari.serving.chat import talk

CITATION = Citation(1, "evidence", "dam-report", "The dam", None, "2021", "It holds 12 km3.", 0, 16)


class Scripted:
    """A bot that tells what it was asked and suggests two questions."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.closed = False

    async def handle(self, text: str, sender: str, channel: str) -> list[dict[str, Any]]:
        self.asked.append((text, sender))
        answer = Answer("a", "answered", f"About {text}.", (CITATION,), suggestions=("How big is it?", "Who paid?"))
        return messages(answer, sender)

    async def close(self) -> None:
        self.closed = True


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_answers_only_and_no_colour() -> None:
    bot, target = Scripted(), io.StringIO()
    talk(bot, io.StringIO("the dam\n\n/quit\nnever read\n"), target)
    assert target.getvalue() == (
        'About the dam. [1]\n  [1] "It holds 12 km3." — The dam, 2021\n'
        "You could ask:\n  1. How big is it?\n  2. Who paid?\n"
    )
    assert [text for text, _ in bot.asked] == ["the dam"]
    assert bot.closed


def test_a_number_asks_the_suggestion_of_that_number() -> None:
    bot = Scripted()
    talk(bot, io.StringIO("the dam\n2\n7\n"), io.StringIO())
    assert [text for text, _ in bot.asked] == ["the dam", "Who paid?", "7"]


def test_json_gives_one_reply_a_line() -> None:
    bot, target = Scripted(), io.StringIO()
    talk(bot, io.StringIO("the dam\n1\n"), target, as_json=True)
    replies = [json.loads(line) for line in target.getvalue().splitlines()]
    assert [reply[1]["custom"]["answer"]["text"] for reply in replies] == ["About the dam.", "About How big is it?."]


def test_a_new_conversation_is_with_somebody_new() -> None:
    bot = Scripted()
    talk(bot, io.StringIO("a\nb\n/new\nc\n"), io.StringIO())
    senders = [sender for _, sender in bot.asked]
    assert senders[0] == senders[1] != senders[2]


def test_a_message_too_long_is_not_sent() -> None:
    bot, target = Scripted(), io.StringIO()
    talk(bot, io.StringIO("x" * 4001 + "\n"), target)
    assert bot.asked == []
    assert "4,000" in target.getvalue()


@pytest.fixture()
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What a person types at the prompt; an exception stands for a key."""

    def types(*lines: Any) -> None:
        waiting: Iterator[Any] = iter(lines)

        def answer(_: str) -> str:
            line = next(waiting)
            if isinstance(line, type):
                raise line
            return str(line)

        monkeypatch.setattr(builtins, "input", answer)

    return types


@pytest.mark.parametrize("key", [EOFError, KeyboardInterrupt])
def test_at_a_terminal_the_bot_greets_first_and_a_key_ends_it(
    typed: Callable[..., None], tmp_path: Path, key: type
) -> None:
    bot, target = Scripted(), Screen()
    typed("the dam", key)
    talk(bot, Screen(), target, tmp_path / "home" / "chat_history")
    assert [text for text, _ in bot.asked] == ["hello", "the dam"]
    assert "\033[1mAbout hello. [1]\033[0m" in target.getvalue()
    assert "/quit" in target.getvalue()
    assert bot.closed
    assert (tmp_path / "home" / "chat_history").is_file()


def test_a_failing_bot_is_heard_in_the_terminal_too(make_bot: Callable[..., Any]) -> None:
    target = io.StringIO()
    talk(make_bot(), io.StringIO("raise\nsay it\n"), target)
    assert "went wrong" in target.getvalue() or "nothing to say" in target.getvalue()
    assert "heard: say it" in target.getvalue()
