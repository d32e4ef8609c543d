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
def stock(root: Path, settings: Settings, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Stock `rasa run` with `rasa run actions`, as its documentation tells; gives the address."""
    assert settings.model is not None
    assert settings.model.is_file()
    folder = tmp_path_factory.mktemp("stock")
    actions, bot = free_port(), free_port()
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n', encoding="utf-8")
    environment = {**os.environ, "SANIC_HOST": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
    rasa = [sys.executable, "-m", "rasa", "run"]
    commands = [
        [*rasa, "actions", "--port", str(actions)],
        [*rasa, "-i", "127.0.0.1", "-p", str(bot), "-m", str(settings.model), "--endpoints", str(endpoints)]
        + ["--credentials", str(root / "credentials.yml")],
    ]
    processes = []
    with (folder / "log").open("wb") as log:
        try:
            for command in commands:
                processes.append(subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log))
            wait_for(f"http://127.0.0.1:{actions}/health", processes[0])
            wait_for(f"http://127.0.0.1:{bot}/webhooks/rest/", processes[1])
            yield f"http://127.0.0.1:{bot}/webhooks/rest/webhook"
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(20)


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
