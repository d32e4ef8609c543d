"""The server as a process, its Telegram from the environment: there, not there, and gone at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from fake_telegram import TOKEN, FakeTelegram, message


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def served(folder: Path, **variables: str) -> AsyncIterator[tuple[Any, str]]:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("serve_telegram.py")),
        str(port),
        str(folder),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **variables, "NO_PROXY": "127.0.0.1"},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(verify=False, trust_env=False) as client:
            for _ in range(400):
                try:
                    assert (await client.get(f"{address}/health")).json()["status"] == "ok"
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield process, address
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def test_a_server_waits_for_telegram_and_finishes_its_answers(tmp_path: Path) -> None:
    async def scenario() -> None:
        port = free_port()
        variables = {"RAHDARI_TELEGRAM_TOKEN": TOKEN, "RAHDARI_TELEGRAM_API": f"http://127.0.0.1:{port}"}
        async with served(tmp_path, **variables) as (process, address):
            async with httpx.AsyncClient(verify=False, trust_env=False) as client:
                hook = await client.post(f"{address}/webhooks/rest/webhook", json={"message": "alone"})
                assert hook.json()[0]["text"].startswith("heard: alone")
            fake = await FakeTelegram().start(port)
            await fake.queue(fake.update("message", message("hi")))
            assert await fake.said(1, seconds=10) == ["heard: hi"]
            await fake.queue(fake.update("message", message("linger")))
            await fake.until(lambda fake: len(fake.called("sendChatAction")) == 2)
            process.send_signal(signal.SIGTERM)
            assert await fake.said(2) == ["heard: hi", "heard: linger"]
            assert await asyncio.wait_for(process.wait(), 10) == 0
            assert await process.stdout.read() == b"stopped\n"
            assert fake.waiting == []
            await fake.stop()

    asyncio.run(scenario())
    log = (tmp_path / "serve.log").read_text(encoding="utf-8")
    assert "Telegram is there again" in log
    assert TOKEN not in log
