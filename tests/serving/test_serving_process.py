"""The server as a process: signals, restarts, a sudden end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[[], tuple[Any, str]]


@pytest.fixture()
def start(model: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts servers over the same conversations; gives back the process and its address."""
    processes: list[subprocess.Popen[str]] = []

    def make() -> tuple[subprocess.Popen[str], str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [
            sys.executable,
            str(Path(__file__).with_name("serve_tests.py")),
            str(model),
            str(tmp_path),
            str(port),
        ]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(f"{address}/health", timeout=1)
                return processes[-1], address
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    yield make
    for process in processes:
        process.kill()
        process.communicate()


def say(address: str, message: str) -> Any:
    return httpx.post(f"{address}/webhooks/rest/webhook", json={"sender": "u1", "message": message}, timeout=10).json()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_turn_under_way_end_and_the_conversation_goes_on_afterwards(
    start: Start, stop: signal.Signals
) -> None:
    process, address = start()
    assert say(address, "remember me")[0]["text"] == "noted"
    replies: list[Any] = []
    turn = threading.Thread(target=lambda: replies.append(say(address, "linger a while")))
    turn.start()
    time.sleep(0.4)
    process.send_signal(stop)
    turn.join(10)
    assert replies[0][0]["text"].startswith("heard: linger a while")
    assert process.wait(10) == 0
    assert process.stdout is not None
    assert process.stdout.read() == "stopped\n"
    _, address = start()
    assert say(address, "recall")[0]["text"].endswith("note: remember me")


def test_a_sudden_end_loses_at_most_the_turn_under_way(start: Start) -> None:
    process, address = start()
    say(address, "remember me")
    time.sleep(0.3)
    turn = threading.Thread(target=lambda: pytest.raises(httpx.TransportError, say, address, "linger a while"))
    turn.start()
    time.sleep(0.3)
    process.kill()
    turn.join(10)
    _, address = start()
    assert say(address, "recall")[0]["text"].endswith("note: remember me")
