"""Rasa's own commands, as its documentation tells them, in this environment: bare, in processes of their own."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rahdari.settings import Settings
from rahdari.store import Store

ROOT = Path(__file__).resolve().parents[2]
RASA = str(Path(sys.executable).with_name("rasa"))
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore"}
MARKS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **QUIET}
    return subprocess.run([RASA, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_rasa_test_core_finds_every_conversation_as_it_is_written(settings: Settings, tmp_path: Path) -> None:
    arguments = ["--stories", "tests/conversations", "--fail-on-prediction-errors", "--no-plot", "--out", str(tmp_path)]
    done = rasa("test", "core", "-m", str(settings.model), *arguments)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    assert report["accuracy"] == 1.0
    assert report["conversation_accuracy"]["total"] >= 17


def test_rasa_test_core_fails_on_a_conversation_that_goes_another_way(settings: Settings, tmp_path: Path) -> None:
    story = tmp_path / "wrong.yml"
    story.write_text(
        'version: "3.1"\nstories:\n- story: is greeted and forgets everything\n  steps:\n'
        "  - user: |\n      hello\n    intent: greet\n  - action: action_start_over\n",
        encoding="utf-8",
    )
    arguments = ["--stories", str(story), "--fail-on-prediction-errors", "--no-plot", "--out", str(tmp_path)]
    assert rasa("test", "core", "-m", str(settings.model), *arguments).returncode != 0


def test_rasa_test_nlu_judges_the_messages_held_out(settings: Settings, tmp_path: Path) -> None:
    arguments = ["--nlu", "tests/nlu/held_out.yml", "--no-plot", "--out", str(tmp_path)]
    done = rasa("test", "nlu", "-m", str(settings.model), *arguments)
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads((tmp_path / "intent_report.json").read_text(encoding="utf-8"))
    assert report["weighted avg"]["support"] >= 200
    assert report["weighted avg"]["f1-score"] >= 0.85


@pytest.fixture()
def action_server(store: Store, tmp_path: Path) -> Iterator[Path]:
    """`rasa run actions` over the session's store; the endpoints file that names it."""
    port = free_port()
    command = [RASA, "run", "actions", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **QUIET}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        endpoints = tmp_path / "endpoints.yml"
        endpoints.write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{port}/webhook"\n', encoding="utf-8")
        yield endpoints
    finally:
        server.terminate()
        server.wait(30)


class Terminal:
    """A command on a terminal of its own, as a person sees it."""

    def __init__(self, *command: str) -> None:
        self.screen = ""
        self._pid, self._descriptor = pty.fork()
        if self._pid == 0:  # the child
            os.chdir(ROOT)
            os.execve(command[0], list(command), {**os.environ, **QUIET, "TERM": "xterm"})

    def type(self, text: str) -> None:
        self.screen = ""
        os.write(self._descriptor, text.encode() + b"\r")

    def wait_for(self, words: str, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while words not in self.screen and time.monotonic() < end:
            if select.select([self._descriptor], [], [], 0.2)[0]:
                try:
                    seen = os.read(self._descriptor, 65536)
                except OSError:  # the child has gone
                    break
                if b"\x1b[6n" in seen:  # it asks where the cursor is
                    os.write(self._descriptor, b"\x1b[1;1R")
                self.screen += MARKS.sub("", seen.decode(errors="replace"))
        assert words in self.screen, self.screen[-2000:]

    def close(self) -> None:
        os.write(self._descriptor, b"/stop\r")
        end = time.monotonic() + 30
        while os.waitpid(self._pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(self._pid, 9)
            if select.select([self._descriptor], [], [], 0.1)[0]:
                try:
                    os.read(self._descriptor, 65536)
                except OSError:
                    time.sleep(0.1)
        os.close(self._descriptor)


def test_rasa_shell_shows_an_answer_with_its_source_and_no_json(settings: Settings, action_server: Path) -> None:
    arguments = ["-m", str(settings.model), "--endpoints", str(action_server), "--port", str(free_port())]
    terminal = Terminal(RASA, "shell", *arguments)
    try:
        terminal.wait_for("Your input")
        terminal.type("how many agreements were signed?")
        terminal.wait_for('[1] "')
        assert "20" in terminal.screen
        assert '"answer"' not in terminal.screen
        assert "citations" not in terminal.screen
    finally:
        terminal.close()
