"""A model of a few words, trained in a second: turns that go right and wrong in every way, without the real bot."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

WORDS = (
    "say",
    "linger",
    "remember",
    "recall",
    "raise",
    "wait",
    "block",
    "nothing",
    "reject",
    "badly",
    "unserialisable",
)
OUT_OF_RULES = "unruled"


def _domain() -> str:
    intents = "".join(f"  - {word}\n" for word in (*WORDS, OUT_OF_RULES))
    actions = "".join(f"  - action_{word}\n" for word in WORDS)
    return (
        f'version: "3.1"\nintents:\n{intents}actions:\n{actions}'
        "slots:\n  note:\n    type: any\n    influence_conversation: false\n    mappings:\n    - type: custom\n"
        "session_config:\n  session_expiration_time: 60\n  carry_over_slots_to_new_session: true\n"
    )


def _training_data() -> str:
    nlu = "".join(f"- intent: {word}\n  examples: |\n    - {word}\n" for word in (*WORDS, OUT_OF_RULES))
    rules = "".join(f"- rule: {word}\n  steps:\n  - intent: {word}\n  - action: action_{word}\n" for word in WORDS)
    return f'version: "3.1"\nnlu:\n{nlu}rules:\n{rules}'


CONFIG = """
recipe: default.v1
assistant_id: tests
language: en
pipeline:
- name: KeywordIntentClassifier
policies:
- name: RulePolicy
  enable_fallback_prediction: false
"""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model's archive."""
    from rahdari.serving.assembly import mend_rasa

    mend_rasa()
    import rasa

    folder = tmp_path_factory.mktemp("project")
    for name, text in (("domain.yml", _domain()), ("config.yml", CONFIG), ("data.yml", _training_data())):
        (folder / name).write_text(text, encoding="utf-8")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Rasa's, about its own imports and about these few words
        result = rasa.train(
            str(folder / "domain.yml"), str(folder / "config.yml"), [str(folder / "data.yml")], str(folder / "models")
        )
    return Path(result.model)


@pytest.fixture(scope="session")
def executor() -> Any:
    """Actions that say something, and actions that fail."""
    import failing_actions
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    for action in failing_actions.ALL:
        executor.register_action(action)
    return executor


@pytest.fixture()
def make_agent(model: Path, executor: Any, tmp_path: Path) -> Callable[..., Any]:
    """Makes agents whose conversations are in one file."""
    from rahdari.serving.assembly import load_agent
    from rahdari.serving.conversations import Conversations

    def make(conversations: Any = None) -> Any:
        if conversations is None:
            conversations = Conversations(path=tmp_path / "conversations.sqlite")
        return load_agent(model, conversations, executor)

    return make


@pytest.fixture()
def make_bot(make_agent: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Makes bots with a short limit; actions that block are let go after the test."""
    import failing_actions

    from rahdari.serving.bot import Bot

    def make(agent: Any = None, limit: float = 1.5) -> Any:
        return Bot(agent if agent is not None else make_agent(), limit)

    yield make
    failing_actions.RELEASE.set()
    time.sleep(0.05)
    failing_actions.RELEASE.clear()


class Server:
    """The real HTTP server in a thread; one a process, for Sanic rewrites its own code as it starts."""

    def __init__(self, bot: Any, credentials: Path) -> None:
        from rahdari.serving.server import create_app, listen

        listener = listen("127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.app = create_app(bot, credentials)
        ready = threading.Event()

        async def started(_: Any, loop: Any) -> None:
            self._loop = loop
            ready.set()

        self.app.register_listener(started, "after_server_start")
        arguments = {"sock": listener, "register_sys_signals": False, "motd": False, "access_log": False}
        self._thread = threading.Thread(target=self.app.run, kwargs=arguments, daemon=True)
        self._thread.start()
        assert ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(15)
        assert not self._thread.is_alive()

    def post(self, body: Any, query: str = "", timeout: float = 10) -> Any:
        """Post to the REST channel: a JSON value, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.post(f"{self.address}/webhooks/rest/webhook{query}", content=content, timeout=timeout)


@pytest.fixture(scope="session")
def running(model: Path, executor: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The session's server, with its channels from a file as Rasa reads it."""
    from rahdari.serving.assembly import load_agent
    from rahdari.serving.bot import Bot
    from rahdari.serving.conversations import Conversations

    credentials = tmp_path_factory.mktemp("channels") / "credentials.yml"
    credentials.write_text("rahdari.channels.rest.RestChannel:\nrahdari.channels.web.WebChannel:\n", encoding="utf-8")
    server = Server(Bot(load_agent(model, Conversations(), executor)), credentials)
    yield server
    server.stop()


@pytest.fixture()
def server(running: Server, make_bot: Callable[..., Any]) -> Iterator[Server]:
    """The server with a bot of its own for each test."""
    before, running.app.ctx.agent = running.app.ctx.agent, make_bot()
    yield running
    running.app.ctx.agent = before


@pytest.fixture()
def start(model: Path, tmp_path: Path) -> Iterator[Callable[..., tuple[Any, str]]]:
    """Starts servers over the same conversations, `start(RAHDARI_X="…")`; gives back the process and its address."""
    processes: list[subprocess.Popen[str]] = []

    def make(**environment: str) -> tuple[subprocess.Popen[str], str]:
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
        known = {**os.environ, "RAHDARI_HOME": str(tmp_path), **environment}
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=known))
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
