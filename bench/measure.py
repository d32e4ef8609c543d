"""Measures a bot behind Rasa's REST channel from outside, the same way whichever bot it is."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

MESSAGES = (
    "hello",
    "How many agreements were signed?",
    "what was agreed about the railway",
    "who said that?",
    "is it done?",
    "and health?",
    "what did it cost",
    "list the projects",
    "when did the visit take place?",
    "thanks",
)
START_LIMIT = 300.0


@dataclass(frozen=True)
class Command:
    """How to start a bot: the command line, where, with what in the environment, on which port."""

    line: tuple[str, ...]
    folder: Path
    environment: dict[str, str]
    port: int

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks/rest/webhook"


@dataclass(frozen=True)
class Measures:
    """What was measured; times in seconds, memory in bytes.

    Attributes:
        start: from the command to the first reply that says something, the median of all starts.
        p50, p95: of one user's turns.
        rate: turns a second with all users at once.
        memory: resident, of all processes together, after the load; `peak` is the highest there was.
    """

    start: float
    p50: float
    p95: float
    rate: float
    memory: int
    peak: int


def measure(command: Command, starts: int, turns: int, users: int) -> Measures:
    """Start a bot `starts` times; after the last let one user, then `users` at once, say `turns` messages each."""
    durations = []
    for number in range(starts):
        with running(command) as (process, took):
            durations.append(took)
            if number == starts - 1:
                alone = sorted(_talk(command.webhook, "alone", turns))
                began = time.perf_counter()
                _crowd(command.webhook, users, turns)
                rate = users * turns / (time.perf_counter() - began)
                memory, peak = _memory(process.pid)
    p95 = alone[min(len(alone) - 1, int(0.95 * len(alone)))]
    return Measures(statistics.median(durations), statistics.median(alone), p95, rate, memory, peak)


@contextmanager
def running(command: Command) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A started bot, and how long it took to its first reply. Ends it, and its children, afterwards."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command.line,
        cwd=command.folder,
        env={**os.environ, **command.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _first_reply(command.webhook, process)
        yield process, time.perf_counter() - began
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _first_reply(webhook: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.perf_counter() + START_LIMIT
    while time.perf_counter() < give_up:
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended by itself; run it by hand to see why")
        try:
            if httpx.post(webhook, json={"sender": "first", "message": MESSAGES[1]}, timeout=30).json():
                return
        except (httpx.TransportError, ValueError):
            time.sleep(0.02)
    raise SystemExit(f"{process.args!r} gave no reply in {START_LIMIT:.0f} s")


def _talk(webhook: str, sender: str, turns: int) -> list[float]:
    """One user's turns, a new conversation every time all messages are through. Gives the seconds of each."""
    times = []
    with httpx.Client(timeout=60) as client:
        for number in range(turns):
            body = {"sender": f"{sender}-{number // len(MESSAGES)}", "message": MESSAGES[number % len(MESSAGES)]}
            began = time.perf_counter()
            reply = client.post(webhook, json=body)
            times.append(time.perf_counter() - began)
            if not reply.json():
                raise SystemExit(f"no reply to {body['message']!r}")
    return times


def _crowd(webhook: str, users: int, turns: int) -> None:
    threads = [threading.Thread(target=_talk, args=(webhook, f"user{number}", turns)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _memory(pid: int) -> tuple[int, int]:
    """Resident memory of a process and its children in bytes: now, and at its highest."""
    now = peak = 0
    for process in [pid, *_children(pid)]:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
        now += 1024 * int(fields["VmRSS"].split()[0])
        peak += 1024 * int(fields["VmHWM"].split()[0])
    return now, peak


def _children(pid: int) -> list[int]:
    own = [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]
    return own + [grandchild for child in own for grandchild in _children(child)]
