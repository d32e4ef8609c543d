"""`rahdari serve`: one process with Rasa's channels on Sanic, the page and the bot."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import uuid
from pathlib import Path
from typing import Any

from rahdari import __version__
from rahdari.errors import SettingsError
from rahdari.serving import logs
from rahdari.serving.assembly import load_bot, warm_up
from rahdari.settings import Settings, project_root

BODY_LIMIT = 1024 * 1024
SHUTDOWN_SECONDS = 6.0

logger = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Listen on the settings' address until SIGINT or SIGTERM; turns under way are finished first.

    Raises:
        SettingsError: the address cannot be listened on.
        ModelError, StoreError: the bot cannot be loaded.
    """
    os.umask(0o077)  # what people said is for nobody else on this machine
    listener = listen(settings.host, settings.port)
    logs.to_file(settings.home / "logs")
    bot = load_bot(settings)
    warm_up(bot)
    gc.freeze()  # what is loaded stays: no collection need walk it again
    gc.set_threshold(20_000, 20, 50)  # a turn leaves little behind
    app = create_app(bot, project_root() / "credentials.yml")

    @app.after_server_start
    async def say_so(*_: Any) -> None:
        about = f"model {bot.model}, {bot.store()['documents']} documents"
        print(f"Rahdari serves at http://{settings.host}:{settings.port}/ ({about}). Stop with Ctrl-C.", flush=True)

    logger.info("serving on %s:%s", settings.host, settings.port)
    app.run(sock=listener, workers=1, motd=False, access_log=False)
    logger.info("stopped")


def listen(host: str, port: int) -> socket.socket:
    """A bound socket: whether the port is free shows before a model is loaded. Raises SettingsError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise SettingsError(
            f"{host}:{port} cannot be listened on ({error}); stop what runs there, or choose another with --port, "
            "`make run PORT=...` or RAHDARI_PORT"
        ) from error
    return listener


def create_app(bot: Any, credentials: Path | None = None) -> Any:
    """Rasa's Sanic application for one bot. Rasa's HTTP API, which lets anyone read conversations, stays off.

    Args:
        bot: what handles messages.
        credentials: Rasa's credentials.yml with the channels; those of REST and of the page are always there.
    """
    from rasa.core.channels.channel import register
    from sanic import Blueprint, Sanic
    from sanic.response import json

    from rahdari.channels.web import pages
    from rahdari.serving import framing, refusals

    app = Sanic(f"rahdari_{uuid.uuid4().hex[:8]}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = SHUTDOWN_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.ctx.agent = bot
    refusals.install(app)
    framing.install(app)
    register(_channels(credentials), app, route="/webhooks/")
    app.blueprint(pages.add_to(Blueprint("rahdari_page")))

    @app.get("/health")
    async def health(_: Any) -> Any:
        now = app.ctx.agent
        store = await asyncio.get_running_loop().run_in_executor(None, now.store)
        return json({"status": "ok", "version": __version__, "model": now.model, "store": store})

    async def harden(_: Any, response: Any) -> None:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")

    async def close(*_: Any) -> None:
        await app.ctx.agent.close()

    app.register_middleware(harden, "response")
    app.register_listener(close, "after_server_stop")
    return app


def _channels(credentials: Path | None) -> list[Any]:
    from rasa.core.run import create_http_input_channels

    from rahdari.channels.rest import RestChannel
    from rahdari.channels.web import WebChannel

    channels = create_http_input_channels(None, str(credentials)) if credentials and credentials.is_file() else []
    named = {channel.name() for channel in channels}
    return channels + [channel() for channel in (RestChannel, WebChannel) if channel.name() not in named]
