"""The client against a Telegram that fails in every documented way."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fake_telegram import TOKEN, FakeTelegram, bad, too_many

from rahdari.channels.telegram.client import Client, Refused, Unreachable
from rahdari.channels.telegram.polling import Denied, insist


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def run(scenario: Callable[[FakeTelegram, Client], Awaitable[Any]], token: str = TOKEN, **more: Any) -> Any:
    async def whole() -> Any:
        fake = await FakeTelegram().start()
        client = Client(token, fake.address, **{"seconds": 0.2, "pause": 0.01, **more})
        try:
            return await scenario(fake, client)
        finally:
            await client.close()
            await fake.stop()

    return asyncio.run(whole())


def say(text: str = "hi", **more: Any) -> dict[str, Any]:
    return {"chat_id": 7, "text": text, **more}


def test_a_call_gives_its_result_and_leaves_out_what_is_none() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        assert (await client.call("sendMessage", say(reply_markup=None)))["text"] == "hi"
        assert fake.called("sendMessage") == [say()]

    run(scenario)


@pytest.mark.parametrize("fault", ["reset", "hang", "bad gateway", "nonsense", too_many(0)])
def test_a_call_that_fails_twice_is_made_a_third_time(fault: Any) -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["sendMessage"] = [fault, fault]
        await client.call("sendMessage", say())
        assert (len(fake.called("sendMessage")), len(fake.messages)) == (3, 1)

    run(scenario)


def test_a_message_whose_acknowledgement_was_lost_is_sent_again_rather_than_not_at_all() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["sendMessage"] = ["lost"]
        await client.call("sendMessage", say())
        assert len(fake.messages) == 2

    run(scenario)


def test_retry_after_is_waited_for() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["sendMessage"] = [too_many(1)]
        started = time.monotonic()
        await client.call("sendMessage", say())
        assert 1 <= time.monotonic() - started < 2

    run(scenario)


def test_a_wait_that_is_too_long_is_refused_at_once() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["sendMessage"] = [too_many(497)]
        with pytest.raises(Refused, match="retry after 497") as caught:
            await client.call("sendMessage", say())
        assert (caught.value.code, caught.value.retry_after) == (429, 497)

    run(scenario)


@pytest.mark.parametrize("fault", ["reset", "hang", "bad gateway", "nonsense"])
def test_a_call_is_given_up_after_all_attempts(fault: str) -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["sendMessage"] = [fault] * 9
        with pytest.raises(Unreachable):
            await client.call("sendMessage", say())
        assert len(fake.called("sendMessage")) == 3

    run(scenario, attempts=3)


def test_what_telegram_refuses_is_not_tried_again() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        for call, told in (
            (say("x" * 4_097), "message is too long"),
            (say("🚉" * 2_049), "message is too long"),
            (say("<b>x", parse_mode="HTML"), "can't parse entities"),
            (say("<x@y.org>", parse_mode="HTML"), "can't parse entities"),
            (say(" "), "message text is empty"),
            (
                say(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]}),
                "BUTTON_DATA_INVALID",
            ),
        ):
            with pytest.raises(Refused, match=told) as caught:
                await client.call("sendMessage", call)
            assert caught.value.code == 400
        assert len(fake.calls) == 6
        await client.call("sendMessage", say("🚉" * 2_048))

    run(scenario)


def test_a_group_that_moved_tells_where_to() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.moved[7] = -1009
        with pytest.raises(Refused) as caught:
            await client.call("sendMessage", say())
        assert caught.value.chat == -1009

    run(scenario)


def test_the_token_is_in_no_error_and_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    errors: list[BaseException] = []

    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["sendMessage"] = ["reset", "hang", "nonsense", bad(f"no {TOKEN}")]
        fake.faults["getMe"] = [too_many(0), bad("x")]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            nobody = Client(TOKEN, f"http://127.0.0.1:{free.getsockname()[1]}", pause=0.01)
        for one, method in (
            (client, "sendMessage"),
            (client, "getMe"),
            (nobody, "getMe"),
            (Client(TOKEN, "http://:bad:"), "getMe"),
            (Client(TOKEN, "http://127.0.0.1:99999"), "getMe"),
        ):
            with pytest.raises((Refused, Unreachable)) as caught:
                await one.call(method, attempts=4 if one is client else 1)
            errors.append(caught.value)
            await one.close()

    run(scenario)
    assert len(errors) == 5
    for error in errors:
        assert TOKEN not in f"{error!r}{error}{error.__cause__}"
        assert error.__suppress_context__ or error.__context__ is None
    assert caplog.records
    assert TOKEN not in caplog.text


def test_insisting_waits_until_telegram_is_there_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        fake.faults["getMe"] = ["bad gateway", "reset", bad("nothing yet")]
        assert (await insist(lambda: client.call("getMe", attempts=1), 0.01))["username"] == "RahdariBot"

    run(scenario)
    warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 2
    assert warnings[1] == "Telegram is there again"


def test_a_token_that_is_not_accepted_ends_the_insisting() -> None:
    async def scenario(fake: FakeTelegram, client: Client) -> None:
        with pytest.raises(Denied, match="401 Unauthorized"):
            await insist(lambda: client.call("getMe"), 0.01)

    run(scenario, token="4242:wrong")
