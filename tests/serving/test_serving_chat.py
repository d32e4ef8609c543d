"""`rahdari chat`: the same bot in a terminal and in a pipe."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from chat_scripted import PLACE, Kept, Scripted

from rahdari.channels.sources import Whereabouts
from rahdari.serving.chat import talk


def heard(*lines: str, **options: Any) -> str:
    """What a pipe gets for these lines."""
    target = io.StringIO()
    options = {
        "places": lambda _: PLACE,
        "find": lambda _: Whereabouts({"dam-report": "https://example.org/dam"}, {1: "page 2"}),
    } | options
    talk(options.pop("bot", Scripted()), io.StringIO("".join(f"{line}\n" for line in lines)), target, **options)
    return target.getvalue()


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


def test_a_failing_bot_is_heard_in_the_terminal_too(make_bot: Callable[..., Any]) -> None:
    target = io.StringIO()
    talk(make_bot(), io.StringIO("raise\nsay it\n"), target)
    assert "went wrong" in target.getvalue() or "nothing to say" in target.getvalue()
    assert "heard: say it" in target.getvalue()


def test_a_source_is_shown_in_its_place() -> None:
    shown = heard("the dam", "/source 1")
    assert shown.endswith(
        "  [1] The dam, 2021\n"
        "      https://example.org/dam\n"
        "      under “Water”\n"
        "      The dam was built in 2019. >>> It holds 12 km3. <<< It feeds the town.\n"
    )


@pytest.mark.parametrize("order", ["/source", "/source [1]", "/SOURCE #1", "/s 1"])
def test_the_only_source_is_found_however_it_is_named(order: str) -> None:
    assert ">>> It holds 12 km3. <<<" in heard("the dam", order)


def test_sources_shows_each_in_full_with_its_address() -> None:
    shown = heard("the dam", "/sources")
    assert shown.endswith("  [1] The dam, 2021, page 2\n      https://example.org/dam\n      “It holds 12 km3.”\n")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["/source 1"], "There is no answer yet to have sources."),
        (["/sources"], "There is no answer yet to have sources."),
        (["bare", "/source 1"], "The last answer has no sources."),
        (["the dam", "/source 2"], "The last answer has one source: /source 1 shows it."),
        (["two", "/source"], "Say which: /source 1 to /source 2, or /sources for all."),
        (
            ["/sorce 1"],
            "There is no command /sorce. Did you mean /source? /help lists them; a question needs no slash.",
        ),
        (["/etc/passwd"], "There is no command /etc/passwd. /help lists them; a question needs no slash."),
        (["/up"], "Opinions are not kept here."),
        (["the dam", "/new", "/source 1"], "There is no answer yet to have sources."),
    ],
)
def test_an_order_that_cannot_be_followed_gets_a_plain_hint(lines: list[str], told: str) -> None:
    bot = Scripted()
    assert heard(*lines, bot=bot).splitlines()[-1] == told
    assert not [text for text, _ in bot.asked if text.startswith("/")]


def test_help_lists_what_there_is() -> None:
    plain, keeping = heard("/help"), heard("/help", feedback=Kept())
    for name in ("/help", "/sources", "/source N", "/new", "/quit"):
        assert f"  {name} " in plain
    assert "/up" not in plain
    assert "/up [words]" in keeping
    assert "/down [words]" in keeping


def test_opinions_are_kept_with_their_words() -> None:
    kept = Kept()
    shown = heard("/up", "the dam", "/up", "/down it is old: 2021", feedback=kept)
    assert kept.opinions == [("a", "up", None, "terminal"), ("a", "down", "it is old: 2021", "terminal")]
    assert len(kept.people) == 1
    assert shown.startswith("There is no answer to have an opinion on.")
    assert shown.count("noted") == 2


def test_an_opinion_that_cannot_be_kept_is_not_passed_over() -> None:
    kept = Kept(OSError("full"))
    assert "could not keep that" in heard("the dam", "/down", "the dam", feedback=kept)


def test_json_stays_json_whatever_is_written() -> None:
    bot = Scripted()
    shown = heard("/help", "/new", "x" * 4001, "evil", "/quit", "not read", bot=bot, as_json=True)
    help_, long_, evil = (json.loads(line) for line in shown.splitlines())
    assert help_[1]["custom"]["answer"]["text"] == "About /help."
    assert "4,000" in long_["error"]
    assert evil[1]["custom"]["answer"]["citations"][0]["quote"] == "\x9b31mred\x1b[2J\u202eback"
    assert not set("\x9b\x1b\u202e") & set(shown)
    assert len({sender for _, sender in bot.asked}) == 2


def test_labels_stand_below_the_answer_and_documents_that_differ_side_by_side() -> None:
    assert "  (planned, according to Ana Ruiz)\n" in heard("labelled")
    shown = heard("differ").splitlines()
    assert shown[0] == "The documents differ: 12 km3; 14 km3. [1][2]"
    assert shown[1:3] == [
        '  [1] "It holds 12 km3." — The dam, 2021, page 2',
        '  [2] "It holds 14 km3." — Dams, The Post, 2019',
    ]


@pytest.mark.parametrize("order", ["/source 1", "/sources", ""])
def test_a_document_cannot_give_orders_to_the_terminal(order: str) -> None:
    from rahdari.channels.terminal.passages import Place

    evil = "\x1b]0;owned\x07\x9b2J\u202e"
    shown = heard(
        "evil",
        *([order] if order else []),
        places=lambda _: Place(evil, evil, evil, evil, "https://example.org/" + evil),
        find=lambda _: Whereabouts({"dam-report": evil}),
    )
    assert not set("\x1b\x07\x9b\u202e\r") & set(shown)
    assert "red" in shown


def test_colour_can_be_asked_for_in_a_pipe() -> None:
    assert "\033[36m" in heard("the dam", colour=True)
    assert "\033" not in heard("the dam", colour=False)
