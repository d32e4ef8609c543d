"""The one process says what stock Rasa says: same model, same messages, same replies."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from rahdari.channels.replies import answer_of

if TYPE_CHECKING:
    from rahdari.settings import Settings
    from rahdari.store import Store

CONVERSATIONS = {
    "asks on": [
        "hello",
        "How many agreements were signed?",
        "and in which fields?",
        "who said that?",
        "source?",
        "more",
    ],
    "changes its mind": [
        "what is planned for the railway",
        "is it done?",
        "how much does it cost?",
        "what's the weather like in Rome",
        "ok thanks",
        "what about health",
    ],
    "types oddly": ["wat abt gwader prot??", "asdf qwer", "help", "start over", "when was the visit", "bye"],
}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            if httpx.get(address, timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            assert process.poll() is None, f"what should serve {address} has ended"
        time.sleep(0.1)
    raise AssertionError(f"nothing serves {address}")


@pytest.fixture(scope="module")
def processes(
    root: Path, settings: Settings, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Stock `rasa run` with `rasa run actions`, as its documentation tells: the first's address, and the second."""
    assert settings.model is not None
    assert settings.model.is_file()
    folder = tmp_path_factory.mktemp("stock")
    actions, bot = free_port(), free_port()
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n', encoding="utf-8")
    environment = {**os.environ, "SANIC_HOST": "127.0.0.1", "PYTHONWARNINGS": "ignore", "RAHDARI_PROXIES": "1"}
    rasa = [sys.executable, "-m", "rasa", "run"]
    commands = [
        [*rasa, "actions", "--port", str(actions)],
        [*rasa, "-i", "127.0.0.1", "-p", str(bot), "-m", str(settings.model), "--endpoints", str(endpoints)]
        + ["--credentials", str(root / "credentials.yml")],
    ]
    started: list[subprocess.Popen[bytes]] = []
    with (folder / "log").open("wb") as log:
        try:
            for command in commands:
                started.append(subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log))
            wait_for(f"http://127.0.0.1:{actions}/health", started[0])
            wait_for(f"http://127.0.0.1:{bot}/webhooks/rest/", started[1])
            yield f"http://127.0.0.1:{bot}/webhooks/rest/webhook", started[0]
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(20)


@pytest.fixture()
def stock(processes: tuple[str, subprocess.Popen[bytes]]) -> str:
    """The address of stock Rasa's REST channel."""
    return processes[0]


def without_id(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answer = answer_of(replies)
    assert answer is not None
    assert answer.pop("id")
    return [{"text": reply["text"]} for reply in replies if "text" in reply] + [{"answer": answer}]


def test_the_one_process_replies_as_stock_rasa_does(stock: str, settings: Settings) -> None:
    from rahdari.serving.assembly import load_bot

    bot = load_bot(settings, keep=False)

    async def ours(texts: list[str], sender: str) -> list[Any]:
        return [without_id(await bot.handle(text, sender)) for text in texts]

    seen = set()
    for sender, texts in CONVERSATIONS.items():
        theirs = [
            without_id(httpx.post(stock, json={"sender": sender, "message": text}, timeout=30).json()) for text in texts
        ]
        for text, one, other in zip(texts, asyncio.run(ours(texts, sender)), theirs):
            assert one == other, text
            seen.add(one[-1]["answer"]["status"])
    asyncio.run(bot.close())
    assert {"answered", "smalltalk", "unknown"} <= seen


@pytest.mark.parametrize("body", [b"{", b'{"message": 5}', b'{"message": "/"}'])
def test_the_channel_refuses_bad_requests_under_stock_rasa_too(stock: str, body: bytes) -> None:
    response = httpx.post(stock, content=body, timeout=10)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")


def test_a_typed_command_is_text_under_stock_rasa_too(stock: str) -> None:
    replies = httpx.post(stock, json={"sender": "commander", "message": "/session_start"}, timeout=10).json()
    assert answer_of(replies) is not None


def test_visitors_behind_a_proxy_are_told_apart_under_stock_rasa_too(stock: str) -> None:
    def sessions(visitor: str, times: int) -> set[int]:
        with httpx.Client(headers={"X-Forwarded-For": visitor}) as http:
            return {http.post(f"{stock.partition('/rest/')[0]}/web/session").status_code for _ in range(times)}

    assert sessions("203.0.113.1", 80) == {200, 429}
    assert sessions("203.0.113.2", 3) == {200}


def test_a_dead_action_server_is_no_silence_under_stock_rasa(processes: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, actions = processes
    actions.terminate()
    actions.wait(20)
    replies = httpx.post(address, json={"sender": "late", "message": "who paid for it?"}, timeout=10).json()
    answer = answer_of(replies)
    assert answer is not None
    assert answer["status"] == "unknown"
    assert replies[0]["text"] == answer["text"]
