"""`rahdari chat` where a person sits at it: in a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chat_scripted import PERSIAN
from pseudo_terminal import COLOURS, PseudoTerminal, plain

if TYPE_CHECKING:
    from rahdari.settings import Settings
    from rahdari.store import Store

Open = Callable[..., PseudoTerminal]
CTRL_C, CTRL_D, UP, TAB = "\x03", "\x04", "\x1b[A", "\t"


@pytest.fixture()
def opened(root: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens the scripted bot's chat and waits for its first prompt."""
    terminals = []

    def open_(*arguments: str, columns: int = 60, **variables: str) -> PseudoTerminal:
        script = Path(__file__).with_name("chat_scripted.py")
        variables = {"PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])} | variables
        terminal = PseudoTerminal([str(script), str(tmp_path / "home"), *arguments], variables, columns)
        terminals.append(terminal)
        return terminal

    yield open_
    for terminal in terminals:
        terminal.close()


def test_the_bot_greets_tells_of_help_and_ends_with_ctrl_d(opened: Open) -> None:
    terminal = opened()
    first = plain(terminal.until())
    assert first.startswith("About hello. [1]\n")
    assert "/help" in first
    terminal.types(CTRL_D)
    assert "Traceback" not in terminal.ends()


@pytest.mark.parametrize("order", ["/quit", "/exit", "/q", "/QUIT"])
def test_quit_ends(opened: Open, order: str) -> None:
    terminal = opened()
    terminal.until()
    terminal.types(order + "\r")
    terminal.ends()


def test_answers_are_coloured_and_wrapped_at_the_width(opened: Open) -> None:
    terminal = opened(columns=40)
    terminal.until()
    shown = terminal.asks("long")
    assert COLOURS.search(shown)
    lines = plain(shown).rstrip("> ").splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 40
    assert not [line for line in lines if re.search(r"\b(?:lon|tal)$", line)], "words are whole"


def test_a_passage_is_marked_in_its_place_by_colour(opened: Open) -> None:
    terminal = opened()
    terminal.until()
    terminal.asks("the dam")
    shown = terminal.asks("/source 1")
    assert "\x1b[30;43mIt holds 12 km3.\x1b[0m" in shown
    assert "The dam was built in 2019. It holds 12 km3. It feeds" in plain(shown)


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_is_honoured(opened: Open, variables: dict[str, str]) -> None:
    terminal = opened(**variables)
    terminal.until()
    terminal.asks("the dam")
    assert ">>> It holds 12 km3. <<<" in plain(terminal.asks("/source 1"))
    assert not COLOURS.search(terminal.everything)


def test_ctrl_c_takes_back_the_line_only(opened: Open) -> None:
    terminal = opened()
    terminal.until()
    terminal.types("not this")
    terminal.until("not this")
    time.sleep(0.3)  # Python's readline hears Ctrl-C only while it waits for a key
    terminal.types(CTRL_C)
    assert "Interrupted" in plain(terminal.until())
    assert "About this." in plain(terminal.asks("this"))


def test_ctrl_c_gives_up_an_answer_and_the_conversation_goes_on(opened: Open) -> None:
    terminal = opened()
    terminal.until()
    terminal.types("hang\r")
    terminal.until("looking it up")
    terminal.types(CTRL_C)
    assert "Interrupted" in plain(terminal.until())
    assert "About this." in plain(terminal.asks("this"))
    terminal.types(CTRL_D)
    terminal.ends()
    assert "Traceback" not in terminal.everything
    assert "Task was destroyed" not in terminal.everything


def test_what_takes_long_gets_a_sign_that_goes_again(opened: Open) -> None:
    terminal = opened()
    terminal.until()
    terminal.asks("hello again")
    started = time.monotonic()
    terminal.types("slow\r")
    shown = terminal.until("looking it up")
    assert time.monotonic() - started < 0.9, "and it comes before the answer, which takes a second"
    shown += terminal.until()
    assert "looking it up" in shown
    assert "looking it up" not in plain(shown)
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l"), "the cursor is back"
    assert "looking it up" not in terminal.asks("quick")


def test_tab_completes_commands_and_numbers_of_sources(opened: Open) -> None:
    terminal = opened()
    terminal.until()
    terminal.asks("the dam")
    terminal.types("/he" + TAB)
    terminal.until("/help")
    assert "/sources" in plain(terminal.asks(""))
    terminal.types("/source " + TAB)
    terminal.until("/source 1")
    assert "It holds 12 km3." in plain(terminal.asks(""))


def test_arrows_bring_back_lines_of_this_and_of_earlier_conversations(opened: Open, tmp_path: Path) -> None:
    terminal = opened()
    terminal.until()
    terminal.asks("the dam")
    terminal.asks("the dam")
    terminal.asks("the road")
    terminal.types(CTRL_D)
    terminal.ends()
    history = tmp_path / "home" / "chat_history"
    assert history.read_text(encoding="utf-8") == "the dam\nthe road\n"
    assert history.stat().st_mode & 0o077 == 0, "nobody else reads what was asked"
    again = opened()
    again.until()
    again.types(UP)
    again.until("the road")
    again.types(UP)
    again.until("dam")
    assert "About the dam." in plain(again.asks(""))


def test_a_history_that_cannot_be_kept_ends_nothing(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be", encoding="utf-8")
    terminal = opened()
    assert "Earlier lines are not kept" in plain(terminal.until())
    assert "About the dam." in plain(terminal.asks("the dam"))


def test_a_suggestion_is_asked_by_its_number_and_shown(opened: Open) -> None:
    terminal = opened()
    terminal.until()
    terminal.asks("the dam")
    assert plain(terminal.asks("2")).startswith("Who paid?\nAbout Who paid?. [1]")


def test_text_from_right_to_left_keeps_its_words_and_their_order(opened: Open) -> None:
    terminal = opened(columns=40)
    terminal.until()
    shown = plain(terminal.asks("persian"))
    said = shown.partition(" [1]")[0]
    assert " ".join(said.split()) == PERSIAN
    assert "[1] گزارش سد, 2021" in " ".join(shown.split())
    assert max(map(len, said.splitlines())) <= 41, "a joiner takes no room"


def test_json_at_a_terminal_is_not_greeted(opened: Open) -> None:
    terminal = opened("--json")
    assert plain(terminal.until()) == "> "
    assert plain(terminal.asks("the dam")).lstrip().startswith('[{"recipient_id"')


def test_the_real_command_in_a_terminal(root: Path, settings: Settings, store: Store) -> None:
    variables = {"RAHDARI_HOME": str(settings.home), "PYTHONPATH": str(root)}
    terminal = PseudoTerminal(["-m", "rahdari", "chat"], variables, 80)
    try:
        assert "Hello!" in plain(terminal.until(seconds=60))
        assert "20 agreements." in plain(terminal.asks("How many agreements were signed?"))
        shown = terminal.asks("/source 1")
        assert re.search(r"\x1b\[30;43mThe successful visit culminated in the signing of 20 agreements", shown)
        assert "The significance of Gwadar Port" in plain(shown)
        terminal.types(CTRL_D)
        terminal.ends()
        for word in ("Traceback", "Warning", "ERROR"):
            assert word not in terminal.everything
    finally:
        terminal.close()


@pytest.mark.parametrize(("options", "coloured"), [([], False), (["--color"], True)])
def test_the_real_command_in_a_pipe(
    root: Path, settings: Settings, store: Store, options: list[str], coloured: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rahdari", "chat", *options],
        input=b"How many agreements were signed?\n\xff\xfe\n/source 1\n",
        capture_output=True,
        env={**os.environ, "RAHDARI_HOME": str(settings.home), "PYTHONPATH": str(root), "PYTHONIOENCODING": "ascii"},
        timeout=60,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"20 agreements. ")
    assert (b"\x1b" in done.stdout) is coloured
    assert done.stderr == b""


def test_whoever_reads_a_few_lines_only_sees_no_traceback(root: Path, settings: Settings, store: Store) -> None:
    done = subprocess.run(
        f"yes 'How many agreements were signed?' | head -50 | {sys.executable} -m rahdari chat | head -1",
        shell=True,
        capture_output=True,
        env={**os.environ, "RAHDARI_HOME": str(settings.home), "PYTHONPATH": str(root)},
        timeout=60,
    )
    assert done.stdout.startswith(b"20 agreements. ")
    assert done.stderr == b""
