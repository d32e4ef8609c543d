"""The terminal's lines: when they are coloured, and what a pipe gets."""

from __future__ import annotations

import inspect
import io
from typing import Any

import pytest

from rahdari.answering import forms
from rahdari.channels.terminal.passages import Place
from rahdari.channels.terminal.screen import Screen, coloured
from rahdari.channels.text import json_text


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("target", "wanted", "environment", "expected"),
    [
        (Tty(), None, {}, True),
        (Tty(), None, {"TERM": "xterm"}, True),
        (Tty(), None, {"TERM": "dumb"}, False),
        (Tty(), None, {"NO_COLOR": "1"}, False),
        (Tty(), None, {"NO_COLOR": ""}, True),
        (Tty(), False, {}, False),
        (Tty(), True, {"NO_COLOR": "1"}, True),
        (io.StringIO(), None, {"FORCE_COLOR": "1"}, False),
        (io.StringIO(), True, {}, True),
    ],
)
def test_colour_is_for_terminals_unless_somebody_says_otherwise(
    target: io.StringIO, wanted: bool | None, environment: dict[str, str], expected: bool
) -> None:
    assert coloured(target, wanted, environment) is expected


def test_a_pipe_gets_long_lines_whole() -> None:
    target = io.StringIO()
    Screen(target).write("word " * 100 + "end", indent=4)
    assert target.getvalue() == "word " * 100 + "end\n"


def test_markup_and_emoji_names_of_a_document_are_text() -> None:
    target = Tty()
    Screen(target, colour=False).write("[bold]not[/bold] :smile: [link=x]y[/link]")
    assert target.getvalue() == "[bold]not[/bold] :smile: [link=x]y[/link]\n"


def test_a_source_that_is_gone_is_said_to_be() -> None:
    target = io.StringIO()
    citation = {"id": 2, "role": "nearest", "document": "dam", "title": None}
    Screen(target).source(citation, Place("It holds 12 km3.", lost=True))
    assert target.getvalue() == (
        "  [2] dam (the nearest they say)\n"
        "      It has changed or gone since; this is what it said:\n"
        "      >>> It holds 12 km3. <<<\n"
    )


def test_all_addresses_of_one_text_are_shown_with_a_source() -> None:
    target = io.StringIO()
    others = {"Mirror": "https://mirror.example/dam", "Herald": "javascript:x", "Gazette": None}
    also = [{"document": "d", "publisher": name, "source": address} for name, address in others.items()]
    Screen(target).source({"id": 1, "document": "dam", "also": also}, Place("It holds.", source="https://a.example/1"))
    assert target.getvalue() == (
        "  [1] dam; also in Mirror, Herald, Gazette\n"
        "      https://a.example/1\n"
        "      also in Mirror: https://mirror.example/dam\n"
        "      >>> It holds. <<<\n"
    )


def test_json_on_a_line_holds_nothing_that_a_terminal_obeys() -> None:
    assert json_text({"a": "سد\x9b\u2028\ud800\n"}) == '{"a": "سد\\u009b\\u2028\\ud800\\n"}'


def test_a_quote_that_the_answer_just_said_is_not_repeated_unless_documents_differ() -> None:
    def shown(text: str, **more: Any) -> str:
        citation = {"id": 1, "document": "dam", "title": "The dam", "quote": "It holds\n12 km3.", **more}
        target = Tty()
        Screen(target, colour=False).answer(
            {"status": "answered", "text": text, "citations": [citation]}, {1: "page 2"}
        )
        return target.getvalue()

    assert shown("It holds 12 km3.") == "It holds 12 km3. [1]\n  [1] The dam, page 2\n\n"
    assert '  [1] "It holds 12 km3." — The dam' in shown("12 km3.")
    assert '  [1] "It holds 12 km3." — The dam' in shown("It holds 12 km3.", against=[2])
    assert "“" not in shown("The documents differ: It holds 12 km3.")


def test_that_documents_differ_stands_out_in_the_words_of_the_answering_side() -> None:
    target = Tty()
    Screen(target, colour=True).answer({"status": "answered", "text": "So.\nThe documents differ: 1; 2."}, {})
    assert "\033[1;33mThe documents differ\033[0m: 1; 2." in target.getvalue()
    assert 'f"The documents differ: ' in inspect.getsource(forms)


def test_what_the_documents_do_not_say_looks_otherwise() -> None:
    target = Tty()
    Screen(target, colour=True).answer({"status": "unknown", "text": "The documents don't say."}, {})
    assert "\033[33m" in target.getvalue()
