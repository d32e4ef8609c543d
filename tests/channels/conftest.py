"""The Telegram channel in a real server."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fake_telegram import FakeTelegram
from telegram_stage import ScriptedBot, Stage, channel_to


@pytest.fixture()
def stage(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a stage: `async with stage(webhook=...) as on:`; what the channel is made with can be given."""
    from sanic.touchup import TouchUp

    # Sanic rewrites its own code when a server starts, which works once: what it was comes back after the test.
    # Where another test's server did so before, its rewriting is as good for this one, whose signals are the same.
    if any(getattr(target, "__touched__", False) for target, _ in TouchUp._registry):
        monkeypatch.setattr(TouchUp, "run", lambda app: None)
    for target, method in TouchUp._registry:
        monkeypatch.setattr(target, method, getattr(target, method))
        monkeypatch.setattr(target, "__touched__", getattr(target, "__touched__", False), raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)

    @asynccontextmanager
    async def opened(
        fake: FakeTelegram | None = None, bot: ScriptedBot | None = None, channel: Any = None, **more: Any
    ) -> AsyncIterator[Stage]:
        from rasa.core.channels.channel import register
        from sanic import Sanic

        from rahdari.serving import framing

        fake = fake or await FakeTelegram().start()
        app = Sanic(f"telegram_{uuid.uuid4().hex[:8]}", configure_logging=False)
        app.ctx.agent = bot or ScriptedBot()
        framing.install(app)
        register([channel or channel_to(fake, **more)], app, route="/webhooks/")
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.before_start()
        await server.after_start()
        try:
            on = Stage(fake, app.ctx.agent, app, f"http://127.0.0.1:{listener.getsockname()[1]}")
            if more.get("webhook"):
                await fake.until(lambda fake: fake.webhook)
            yield on
        finally:
            await server.before_stop()
            server.close()
            await server.wait_closed()
            await server.after_stop()
            await fake.stop()

    return opened
