"""The real bot on all channels at once, with a Slack, a Telegram and another site that are played, and a browser."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import httpx
from fake_telegram import TOKEN, FakeTelegram
from playwright.sync_api import Browser, sync_playwright
from served import OtherSite, free_port, launch
from slack_fakes import BOT_TOKEN, SECRET, Slack

if TYPE_CHECKING:
    from rahdari.store import Store

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10
T = TypeVar("T")


class Telegram:
    """A Telegram in a thread of its own, so that tests look at it from outside."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.fake = self.do(FakeTelegram().start())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    def stop(self) -> None:
        self.do(self.fake.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()
        self._loop.close()


class Running:
    """The bot on all channels, what is played around it, and what adapters find out with."""

    def __init__(self, opened: ExitStack, store: Store, home: Path) -> None:
        self.home = home
        self.slack = Slack()
        opened.callback(self.slack.stop)
        self.telegram = Telegram()
        opened.callback(self.telegram.stop)
        self.site = OtherSite()
        opened.callback(self.site.close)
        port = free_port()
        self.address = self.site.server = f"http://127.0.0.1:{port}"
        process = opened.enter_context(_bot(port, self._variables()))
        assert process.stdin is not None
        assert process.stdout is not None
        self.stdin: IO[str] = process.stdin
        self.stdout: IO[str] = process.stdout
        self.http = opened.enter_context(httpx.Client(base_url=self.address, timeout=SECONDS, trust_env=False))
        _wait_for(self.http, process)
        self._opened = opened
        self._sentences = [(" ".join(each.text.split()), each) for each in store.sentences()]

    @cached_property
    def browser(self) -> Browser:
        """Chromium, once somebody wants it."""
        playwright = self._opened.enter_context(sync_playwright())
        return self._opened.enter_context(closing(launch(playwright)))

    def statuses(self, channel: str) -> list[str]:
        """The status of each turn of a channel so far: what a channel for people doesn't show in one word."""
        log = (self.home / "logs" / "parity.log").read_text(encoding="utf-8")
        return re.findall(rf"turn: channel={channel} status=(\w+)", log)

    def source_of(self, quote: str) -> tuple[str, int, int]:
        """Where a quote stands, for channels that show no offsets."""
        whole = " ".join(quote.split()).strip("… ")
        found = [(each.document, each.start, each.end) for text, each in self._sentences if whole in text]
        assert len(found) == 1, f"{quote!r} stands in {len(found)} sentences"
        return found[0]

    def _variables(self) -> dict[str, str]:
        return {
            "RAHDARI_SLACK_BOT_TOKEN": BOT_TOKEN,
            "RAHDARI_SLACK_SIGNING_SECRET": SECRET,
            "RAHDARI_SLACK_API": self.slack.api,
            "RAHDARI_TELEGRAM_TOKEN": TOKEN,
            "RAHDARI_TELEGRAM_API": self.telegram.fake.address,
            "RAHDARI_ORIGINS": self.site.address,
        }


def environment() -> dict[str, str]:
    """What a process of the bot's is started with; RAHDARI_HOME is the session's."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": path}


@contextmanager
def _bot(port: int, variables: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """parity_serve.py with the project's own channels. It ends as its standard input does."""
    script, credentials = Path(__file__).with_name("parity_serve.py"), ROOT / "credentials.yml"
    process = subprocess.Popen(
        [sys.executable, str(script), str(port), str(credentials)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment() | variables,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process
        process.stdin.close()  # as Ctrl-D does
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def _wait_for(http: httpx.Client, process: subprocess.Popen[str]) -> None:
    for _ in range(400):
        try:
            if http.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            assert process.poll() is None, "the bot has ended"
        time.sleep(0.05)
    raise AssertionError("the bot did not start")
