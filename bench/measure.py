"""Measures a bot behind Rasa's REST channel from outside, the same way whichever bot it is."""

from __future__ import annotations

import itertools
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

Conversations = list[list[str]]
START_LIMIT = 300.0


@dataclass(frozen=True)
class Command:
    """How to start a bot: the command lines of its processes, where, with what in the environment, on which port."""

    lines: tuple[tuple[str, ...], ...]
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


def measure(command: Command, conversations: Conversations, starts: int, turns: int, users: int) -> Measures:
    """Start a bot `starts` times; after the last let one user, then `users` at once, say `turns` messages each."""
    durations = []
    for number in range(starts):
        with running(command, conversations[0][0]) as (processes, took):
            durations.append(took)
            if number == starts - 1:
                alone = sorted(_talk(command.webhook, "alone", turns, conversations))
                began = time.perf_counter()
                _crowd(command.webhook, users, turns, conversations)
                rate = users * turns / (time.perf_counter() - began)
                memory, peak = _memory([process.pid for process in processes])
    p95 = alone[min(len(alone) - 1, int(0.95 * len(alone)))]
    return Measures(statistics.median(durations), statistics.median(alone), p95, rate, memory, peak)


@contextmanager
def running(command: Command, message: str) -> Iterator[tuple[list[subprocess.Popen[bytes]], float]]:
    """A started bot's processes, and how long it took to its first reply. Ends them, and their children, afterwards."""
    began = time.perf_counter()
    processes = [
        subprocess.Popen(
            line,
            cwd=command.folder,
            env={**os.environ, **command.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for line in command.lines
    ]
    try:
        _first_reply(command.webhook, processes, message)
        yield processes, time.perf_counter() - began
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)


def _first_reply(webhook: str, processes: list[subprocess.Popen[bytes]], message: str) -> None:
    give_up = time.perf_counter() + START_LIMIT
    while time.perf_counter() < give_up:
        for process in processes:
            if process.poll() is not None:
                raise SystemExit(f"{process.args!r} ended by itself; run it by hand to see why")
        try:
            if httpx.post(webhook, json={"sender": "first", "message": message}, timeout=30).json():
                return
        except (httpx.TransportError, ValueError):
            time.sleep(0.02)
    raise SystemExit(f"{webhook} gave no reply in {START_LIMIT:.0f} s")


def _talk(webhook: str, user: str, turns: int, conversations: Conversations) -> list[float]:
    """One user's turns, in one conversation after the other. Gives the seconds of each."""
    times: list[float] = []
    with httpx.Client(timeout=60) as client:
        for number, conversation in enumerate(itertools.cycle(conversations)):
            for message in conversation:
                if len(times) == turns:
                    return times
                began = time.perf_counter()
                reply = client.post(webhook, json={"sender": f"{user}-{number}", "message": message})
                times.append(time.perf_counter() - began)
                if not reply.json():
                    raise SystemExit(f"no reply to {message!r}")
    return times


def _crowd(webhook: str, users: int, turns: int, conversations: Conversations) -> None:
    """All users at once, each beginning elsewhere, so that they don't say the same."""
    step = len(conversations) // users
    threads = [
        threading.Thread(target=_talk, args=(webhook, f"user{n}", turns, conversations[n * step :] + conversations))
        for n in range(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _memory(pids: list[int]) -> tuple[int, int]:
    """Resident memory of processes and their children in bytes: now, and at its highest."""
    now = peak = 0
    for pid in [each for own in pids for each in (own, *_children(own))]:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        now += 1024 * int(fields["VmRSS"].split()[0])
        peak += 1024 * int(fields["VmHWM"].split()[0])
    return now, peak


def _children(pid: int) -> list[int]:
    own = [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]
    return own + [grandchild for child in own for grandchild in _children(child)]
