"""The Slack channel in a server of its own: HTTP as Slack speaks it, signals, tokens that are missing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rasa.shared.utils.io
from slack_fakes import (
    APP_TOKEN,
    BOT_TOKEN,
    SECRET,
    Slack,
    command,
    deliver,
    direct,
    event,
    post_event,
    post_form,
    press,
    sign,
    texts_of,
)

from rahdari.channels.slack.blocks import DOWN
from rahdari.channels.slack.channel import SlackChannel
from rahdari.errors import SettingsError
from rahdari.settings import Settings


@pytest.fixture(scope="module")
def loopback() -> Iterator[Slack]:
    server = Slack()
    yield server
    server.stop()


class Server:
    """A process that serves, and the address of its Slack channel."""

    def __init__(self, **variables: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        script = Path(__file__).with_name("slack_serve.py")
        environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        path = os.pathsep.join([str(script.parents[2]), environment.get("PYTHONPATH", "")])
        self.address = f"http://127.0.0.1:{port}/webhooks/slack"
        self.process = subprocess.Popen(
            [sys.executable, str(script), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment | {"PYTHONPATH": path} | variables,
        )

    def wait(self) -> None:
        for _ in range(400):
            try:
                httpx.get(f"{self.address}/", timeout=1)
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")


@pytest.fixture(scope="module")
def servers(loopback: Slack) -> Iterator[list[Server]]:
    """Two servers that take the loopback for Slack: the first over HTTP and Socket Mode, the second over HTTP."""
    variables = {
        "RAHDARI_SLACK_BOT_TOKEN": BOT_TOKEN,
        "RAHDARI_SLACK_SIGNING_SECRET": SECRET,
        "RAHDARI_SLACK_API": loopback.api,
    }
    started = [Server(**variables, RAHDARI_SLACK_APP_TOKEN=APP_TOKEN), Server(**variables)]
    try:
        for server in started:
            server.wait()
        yield started
    finally:
        for server in started:
            server.process.kill()
            server.process.communicate()


@pytest.fixture()
def address(servers: list[Server], loopback: Slack) -> str:
    loopback.forget()
    return servers[0].address


def said(message: dict[str, Any]) -> str:
    return " ".join(text["text"] for text in texts_of(message["blocks"]))


def test_a_mention_is_answered(address: str, loopback: Slack) -> None:
    assert deliver(address, event()) == 1
    (message,) = loopback.wait_for(loopback.messages)
    assert said(message).startswith("heard: How many were signed?")


def test_a_slow_answer_needs_no_retry_and_comes_once(address: str, loopback: Slack) -> None:
    started = time.monotonic()
    assert deliver(address, direct("wait for it")) == 1
    assert 1.5 < time.monotonic() - started < 2.9
    (message,) = loopback.wait_for(loopback.messages)
    assert said(message).startswith("heard: wait for it")


def test_a_redelivery_in_time_is_acknowledged_and_not_answered(address: str, loopback: Slack) -> None:
    body = event()
    assert post_event(address, body).status_code == 200
    for number, reason in enumerate(("http_timeout", "http_error", "connection_failed"), 1):
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        assert post_event(address, body, retry).status_code == 200
    assert post_event(address, body).status_code == 200, "a replay within the five minutes"
    loopback.wait_for(loopback.messages)


@pytest.mark.parametrize("word", ["raise", "nothing"])
def test_no_turn_is_silent(address: str, loopback: Slack, word: str) -> None:
    deliver(address, direct(word))
    (message,) = loopback.wait_for(loopback.messages)
    assert message["blocks"][0]["text"]["text"].endswith(".")


def test_a_typed_command_of_rasas_is_text(address: str, loopback: Slack) -> None:
    deliver(address, direct("/restart"))
    (message,) = loopback.wait_for(loopback.messages)
    assert said(message).startswith("heard: restart")


def test_slack_can_verify_the_address(address: str) -> None:
    response = post_event(address, {"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"})
    assert (response.status_code, response.text) == (200, "3eZbrw1a")


def test_what_slack_did_not_sign_is_refused(address: str, loopback: Slack) -> None:
    body = json.dumps(event()).encode()
    for headers in ({}, sign(body, "another secret"), sign(body, at=time.time() - 301), sign(body + b" ")):
        response = httpx.post(f"{address}/events", content=body, headers=headers)
        assert response.status_code == 401
        assert "not signed" in response.json()["error"]
    for path in ("command", "actions"):
        assert httpx.post(f"{address}/{path}", data={"text": "how many?"}).status_code == 401
    loopback.wait_for(loopback.messages, 0, 0)


@pytest.mark.parametrize(
    ("path", "body"), [("events", b"[1]"), ("events", b"{"), ("actions", b"payload=x"), ("command", b"a=%ff&" * 200)]
)
def test_what_is_not_in_slacks_form_is_told(address: str, path: str, body: bytes) -> None:
    response = httpx.post(f"{address}/{path}", content=body, headers=sign(body))
    assert response.status_code == 400
    assert "form that Slack sends" in response.json()["error"]


def test_a_slash_command_and_the_buttons_below_its_answer(address: str, loopback: Slack) -> None:
    response = post_form(address, "command", command("how many?", loopback.respond_url()))
    assert (response.status_code, response.content) == (200, b"")
    (answer,) = loopback.wait_for(loopback.responses)
    button = next(block for block in answer["blocks"] if block["type"] == "actions")["elements"][0]
    hidden = {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True}
    payload = press(button, loopback.respond_url("second"), container=hidden)
    assert post_form(address, "actions", {"payload": json.dumps(payload)}).status_code == 200
    _, second = loopback.wait_for(loopback.responses, 2)
    assert said(second).startswith("Asked: Who built it? heard: Who built it?")
    assert second["url"] == "/respond/second"
    opinion = press({"type": "button", "action_id": DOWN, "value": "a1"}, loopback.respond_url())
    assert post_form(address, "actions", {"payload": json.dumps(opinion)}).status_code == 200
    assert loopback.wait_for(loopback.responses, 3)[2]["text"] == "Thank you, that is noted."


def test_the_same_answers_come_over_socket_mode(address: str, loopback: Slack) -> None:
    body = event()
    envelope = loopback.push("events_api", body)
    loopback.wait_for(loopback.messages)
    assert loopback.acknowledged == [envelope]
    assert deliver(address, body) == 1, "over HTTP it is known, too"
    loopback.wait_for(loopback.messages)


def test_a_signal_in_mid_turn_loses_nothing_and_the_next_process_answers_nothing_twice(
    address: str, servers: list[Server], loopback: Slack
) -> None:
    process, other = servers[1].process, servers[1].address
    body, later = direct("linger a while"), direct("and this?")
    delivered: list[int] = []
    turn = threading.Thread(target=lambda: delivered.append(deliver(other, body)))
    turn.start()
    time.sleep(0.4)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    assert post_event(other, later).status_code == 503, "Slack is to deliver it again"
    turn.join(10)
    assert process.wait(10) == 0
    assert delivered == [1]
    (message,) = loopback.wait_for(loopback.messages)
    assert said(message).startswith("heard: linger a while")
    for again in (body, later):
        assert post_event(address, again, {"X-Slack-Retry-Num": "1"}).status_code == 200
    first, second = loopback.wait_for(loopback.messages, 2)
    assert said(second).startswith("heard: and this?")


def test_the_manifest_in_the_docs_asks_for_what_the_channel_serves(root: Path, address: str) -> None:
    page = (root / "docs" / "slack.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block is not None
    manifest = rasa.shared.utils.io.read_yaml(block[1])
    bot = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(bot) == list(bot)
    assert all(f"`{scope}`" in page for scope in bot)
    wanted = {"app_mentions:read", "chat:write", "commands"} | {f"{kind}:history" for kind in ("im", "channels")}
    assert wanted < set(bot)
    subscribed = manifest["settings"]["event_subscriptions"]
    assert {name.partition(".")[0] for name in subscribed["bot_events"]} == {"app_mention", "message"}
    urls = [subscribed["request_url"], manifest["settings"]["interactivity"]["request_url"]]
    urls += [one["url"] for one in manifest["features"]["slash_commands"]]
    for url in urls:
        path = url.removeprefix("https://bot.example.org/webhooks/slack")
        assert httpx.post(f"{address}{path}").status_code == 401, f"nothing is served at {url}"


def settings(**values: str) -> Settings:
    return Settings.from_environment({f"RAHDARI_SLACK_{name.upper()}": value for name, value in values.items()})


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"bot_token": "xoxb-1"}, "RAHDARI_SLACK_SIGNING_SECRET.*or RAHDARI_SLACK_APP_TOKEN"),
        ({"signing_secret": "s"}, "RAHDARI_SLACK_BOT_TOKEN is missing"),
        ({"app_token": "xapp-1"}, "RAHDARI_SLACK_BOT_TOKEN is missing"),
        ({"bot_token": "xapp-1", "signing_secret": "s"}, "begins with xoxb-"),
        ({"bot_token": "xoxb-1", "app_token": "xoxb-1"}, "begins with xapp-"),
    ],
)
def test_a_token_that_is_missing_or_another_is_named(values: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        SlackChannel(settings(**values))


@pytest.mark.parametrize(
    "values", [{}, {"bot_token": "xoxb-1", "signing_secret": "s"}, {"bot_token": "xoxb-1", "app_token": "xapp-1"}]
)
def test_the_channel_is_on_or_off_as_a_whole(values: dict[str, str]) -> None:
    SlackChannel(settings(**values))


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    shown = repr(settings(bot_token="xoxb-1", signing_secret="secret", app_token="xapp-1"))
    assert not any(secret in shown for secret in ("xoxb-1", "secret'", "xapp-1"))
