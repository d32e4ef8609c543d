"""The server as a process: signals, restarts, a sudden end."""

from __future__ import annotations

import json
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., tuple[Any, str]]


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


def kept(path: Path) -> str:
    """All that a file of conversations holds."""
    with closing(sqlite3.connect(path)) as connection:
        return json.dumps(connection.execute("SELECT sender, events FROM conversations").fetchall())


def test_starting_over_on_the_page_in_a_slow_turn_leaves_nothing_of_the_conversation(
    start: Start, tmp_path: Path
) -> None:
    process, address = start()
    with httpx.Client(base_url=f"{address}/webhooks/web/", timeout=10) as http:
        token = http.post("session").json()["token"]
        http.headers["Authorization"] = f"Bearer {token}"
        http.post("message", json={"message": "remember my xylophone", "nonce": "nonce-0001"})
        turn = threading.Thread(
            target=httpx.post,
            args=[f"{address}/webhooks/web/message"],
            kwargs={"json": {"message": "linger here", "nonce": "nonce-0002"}, "headers": dict(http.headers)},
        )
        turn.start()
        time.sleep(0.4)
        begun = time.monotonic()
        assert http.post("restart", json={}).json() == {"entries": []}
        assert time.monotonic() - begun < 0.4
        after = http.post("message", json={"message": "recall", "nonce": "nonce-0003"}).json()["entries"][1]
        assert after["answer"]["text"].endswith("note: None")
        turn.join(10)
        assert len(http.get("history").json()["entries"]) == 2
    process.send_signal(signal.SIGTERM)  # what is to be forgotten is, before the server ends
    assert process.wait(15) == 0
    for path in (tmp_path / "c.sqlite", tmp_path / "conversations" / "web.sqlite"):
        held = kept(path)
        assert "recall" in held
        assert "xylophone" not in held
        assert "linger" not in held
        assert b"xylophone" not in path.read_bytes()  # not in a page that is free again either
