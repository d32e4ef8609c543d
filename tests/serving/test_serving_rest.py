"""The REST channel over a real socket: Rasa's format, and every request that is not as it should be."""

from __future__ import annotations

import asyncio
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from rahdari.channels.incoming import BadMessage, parse, plain
from rahdari.channels.rest import RestChannel, _body


def test_a_message_is_answered_in_rasas_format(server: Any) -> None:
    response = server.post({"sender": "u1", "message": "say it", "metadata": {"page": "/"}})
    assert response.status_code == 200
    assert response.json()[0] == {"recipient_id": "u1", "text": "heard: say it\n\nand a second paragraph [1]"}
    assert response.json()[1]["recipient_id"] == "u1"
    assert response.json()[1]["custom"]["answer"]["status"] == "answered"


def test_people_without_a_sender_do_not_share_a_conversation(server: Any) -> None:
    ids = {server.post({"message": "remember this"}).json()[0]["recipient_id"] for _ in range(3)}
    assert len(ids) == 3
    assert "default" not in ids
    assert server.post({"message": "recall"}).json()[0]["text"].endswith("note: None")


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"", 400, "not a JSON object"),
        (b"{", 400, "not a JSON object"),
        (b"[1]", 400, "not a JSON object"),
        (b"\xff\xfe", 400, "not a JSON object"),
        (b"[" * 60_000, 400, "not a JSON object"),
        ({"sender": "u1"}, 400, '"message"'),
        ({"message": None}, 400, '"message"'),
        ({"message": ["say"]}, 400, '"message"'),
        ({"message": " \n"}, 400, "empty"),
        ({"message": "/"}, 400, "empty"),
        ({"message": "x" * 4001}, 400, "4,000"),
        ({"message": "say", "sender": ""}, 400, '"sender"'),
        ({"message": "say", "sender": 7}, 400, '"sender"'),
        ({"message": "say", "sender": "s" * 201}, 400, '"sender"'),
        ({"message": "say", "sender": "a\x00b"}, 400, '"sender"'),
        ({"message": "say", "metadata": "m"}, 400, '"metadata"'),
        ({"message": "say", "metadata": {"m": "x" * 4_090}}, 400, "4 KiB"),
        ({"message": "say", "metadata": {"m": [[[[[[[[]]]]]]]]}}, 400, "8 deep"),
        (b'{"message": "say", "metadata": {"m": ' + b"[" * 500 + b"]" * 500 + b"}}", 400, "8 deep"),
        ({"message": "say", "metadata": {"m": "x" * 66_000}}, 413, "64 KiB"),
        (b"x" * 900_000, 413, "64 KiB"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(server: Any, body: Any, status: int, told: str) -> None:
    response = server.post(body)
    assert response.status_code == status
    assert told in response.json()["error"]
    assert server.post({"message": "say it"}).status_code == 200


def test_a_body_over_the_servers_limit_is_refused_unread(server: Any) -> None:
    try:
        assert server.post(b"x" * 5_000_000).status_code == 413
    except httpx.TransportError:
        pass  # the server may close before the client has sent all
    assert server.post({"message": "say it"}).status_code == 200


@pytest.mark.parametrize("message", ["/restart", '/say{"note": "taken over"}', "/session_start", "//recall"])
def test_a_typed_command_runs_no_intent(server: Any, message: str) -> None:
    server.post({"sender": "u1", "message": "remember me"})
    server.post({"sender": "u1", "message": message})
    assert server.post({"sender": "u1", "message": "recall"}).json()[0]["text"].endswith("note: remember me")


def test_a_stream_gives_one_json_object_a_line(server: Any) -> None:
    response = server.post({"sender": "u1", "message": "say it"}, "?stream=true")
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [sorted(line) for line in lines] == [["recipient_id", "text"], ["custom", "recipient_id"]]


def test_a_stream_with_a_bad_message_ends_at_once(server: Any) -> None:
    assert server.post({"message": 5}, "?stream=true").status_code == 400


@pytest.mark.parametrize("word", ["raise", "nothing", "wait", "block", "unruled"])
def test_no_turn_is_silent(server: Any, word: str) -> None:
    replies = server.post({"sender": "u1", "message": word}).json()
    assert replies[0]["text"].endswith(".")
    assert replies[1]["custom"]["answer"]["status"] == "unknown"


def test_the_page_and_health_are_there_while_an_action_blocks(server: Any) -> None:
    with ThreadPoolExecutor(1) as pool:
        blocked = pool.submit(server.post, {"sender": "u1", "message": "block"})
        health = httpx.get(f"{server.address}/health", timeout=1)
        assert httpx.get(f"{server.address}/", timeout=1).status_code == 200
        assert not blocked.done()
        assert blocked.result().status_code == 200
    assert health.json()["status"] == "ok"
    assert health.json()["model"].endswith(".tar.gz")
    assert health.json()["store"] == {}


def test_messages_of_one_user_sent_at_once_are_all_answered(server: Any) -> None:
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda n: server.post({"sender": "u1", "message": f"say {n}"}).json(), range(6)))
    assert sorted(reply[0]["text"][:12] for reply in replies) == [f"heard: say {n}"[:12] for n in range(6)]


def test_letters_of_every_script_come_back_as_they_were(server: Any) -> None:
    text = "say راہداری 走廊 café 🚉"
    assert server.post({"message": text}).json()[1]["custom"]["answer"]["text"] == f"heard: {text}"


def test_half_a_surrogate_pair_breaks_nothing(server: Any) -> None:
    response = server.post(b'{"message": "say \\ud83d it"}')
    assert response.json()[0]["text"].startswith("heard: say  ") or response.json()[0]["text"].startswith("heard: say")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1:1", "null"])
def test_a_page_of_a_site_that_is_not_named_asks_for_nothing(server: Any, origin: str) -> None:
    headers = {"Origin": origin, "Content-Type": "text/plain"}
    content = b'{"sender": "u1", "message": "remember this"}'
    response = httpx.post(f"{server.address}/webhooks/rest/webhook", content=content, headers=headers)
    assert response.status_code == 403
    assert "RAHDARI_ORIGINS" in response.json()["error"]
    assert server.post({"sender": "u1", "message": "recall"}).json()[0]["text"].endswith("note: None")


def test_pages_of_the_bots_own_address_and_programs_may_ask(server: Any) -> None:
    body = {"sender": "u1", "message": "say it"}
    for headers in ({"Origin": server.address}, {"Host": "bot"}, {}):
        response = httpx.post(f"{server.address}/webhooks/rest/webhook", json=body, headers=headers)
        assert response.json()[0]["text"].startswith("heard: say it")


def test_a_page_that_lets_its_own_name_lead_here_asks_for_nothing(server: Any) -> None:
    headers = {"Origin": "http://rebound.example:5005", "Host": "rebound.example:5005"}
    response = httpx.post(f"{server.address}/webhooks/rest/webhook", json={"message": "say"}, headers=headers)
    assert response.status_code == 403
    assert "RAHDARI_PUBLIC_NAMES" in response.json()["error"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/webhooks", 404),
        ("POST", "/webhooks/nothing", 404),
        ("GET", "/webhooks/web/nothing", 404),
        ("GET", "/webhooks/rest/webhook", 405),
        ("PUT", "/health", 405),
    ],
)
def test_what_is_not_there_is_told_as_any_refusal(server: Any, method: str, path: str, status: int) -> None:
    response = httpx.request(method, server.address + path)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert response.json()["error"].endswith(".")


def test_a_failure_of_a_route_is_told_as_any_refusal(server: Any, caplog: pytest.LogCaptureFixture) -> None:
    server.app.ctx.agent.store = lambda: 1 / 0
    response = httpx.get(f"{server.address}/health")
    assert response.status_code == 500
    assert "went wrong" in response.json()["error"]
    assert "ZeroDivisionError" in caplog.text


def test_a_body_over_the_servers_limit_is_told_as_any_refusal(server: Any) -> None:
    response = httpx.post(f"{server.address}/webhooks/web/message", content=b"x" * 1_100_000)
    assert response.status_code == 413
    assert "1 MiB" in response.json()["error"]


def test_a_page_with_a_slash_too_many_or_too_few_is_found(server: Any) -> None:
    for wrong, right in (("webhooks/web", "webhooks/web/"), ("explore/", "explore"), ("operator/?a=b", "operator?a=b")):
        response = httpx.get(f"{server.address}/{wrong}", follow_redirects=True)
        assert str(response.url) == f"{server.address}/{right}"
        assert response.text.startswith("<!doctype html>")


def test_rasas_api_is_off(server: Any) -> None:
    for path in ("/conversations/u1/tracker", "/status", "/domain", "/model/parse"):
        assert httpx.get(server.address + path).status_code == 404


def test_channels_come_from_the_credentials(server: Any) -> None:
    assert httpx.get(f"{server.address}/webhooks/rest/").json() == {"status": "ok"}
    assert 'api="./"' in httpx.get(f"{server.address}/webhooks/web/").text


def test_rest_and_the_page_are_there_without_credentials(tmp_path: Path) -> None:
    from rahdari.serving.server import _channels

    assert [channel.name() for channel in _channels(tmp_path / "none.yml")] == ["rest", "web"]


def test_a_typed_text_keeps_its_words_and_loses_its_commands() -> None:
    assert plain(" /ask\x00 me\n") == "ask me"
    assert plain("/\u00a0/ask") == "ask"
    assert plain("and/or") == "and/or"


def test_white_space_in_a_message_counts_as_one_blank() -> None:
    assert parse(json.dumps({"message": "how" + " " * 3_900 + "many\r\n\n\twere\u2028signed"}).encode()).text == (
        "how many were signed"
    )


def test_metadata_within_the_limits_is_kept() -> None:
    metadata = {"m": [[[[[[["x" * 4_000]]]]]]]}
    assert parse(json.dumps({"message": "a", "metadata": metadata}).encode()).metadata == metadata


def test_a_client_cannot_pass_for_another_channel() -> None:
    seen: list[Any] = []

    async def turn(message: Any) -> None:
        seen.append((message.input_channel, message.output_channel.name()))

    incoming = parse(b'{"message": "say", "input_channel": "cmdline"}')
    asyncio.run(RestChannel().replies(incoming, turn))
    assert seen == [("rest", "rest")]


def sent(server: Any, head: str, body: bytes = b'{"message": "say it"}', path: str = "/webhooks/rest/webhook") -> bytes:
    """What the server answers to a request with these headers, written to its socket as they are."""
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode() + body)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/health", "/nowhere"])
@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: -1",
        "Content-Length: -100",
        "Content-Length: abc",
        "Content-Length: +5",
        "Content-Length: 1_0",
        "Content-Length:",
        "Content-Length: 21\r\nContent-Length: 3",
        "Content-Length: 21\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
    ],
)
def test_a_request_that_does_not_tell_where_its_body_ends_is_refused_on_every_route(
    server: Any, head: str, path: str
) -> None:
    first, body = sent(server, head, path=path).split(b"\r\n\r\n", 1)
    assert first.startswith(b"HTTP/1.1 400 ")
    assert "where its body ends" in json.loads(body)["error"]
    assert server.post({"message": "say it"}, timeout=3).status_code == 200


def test_a_body_in_chunks_is_read(server: Any) -> None:
    body = b'15\r\n{"message": "say it"}\r\n0\r\n\r\n'
    answer = sent(server, "Connection: close\r\nTransfer-Encoding: chunked", body)
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_the_channel_alone_ends_at_an_empty_part_too() -> None:
    class Endless:
        request_body: Any = True
        keep_alive = True

        async def read(self) -> bytes:
            await asyncio.sleep(0)
            return b""

    stream = Endless()
    with pytest.raises(BadMessage, match="where its body ends"):
        asyncio.run(asyncio.wait_for(_body(SimpleNamespace(stream=stream)), 1))
    assert (stream.request_body, stream.keep_alive) == (None, False)


def test_a_sender_may_have_any_letters() -> None:
    assert parse('{"message": "a", "sender": "کاربر"}'.encode()).sender == "کاربر"
    with pytest.raises(BadMessage):
        parse(b'{"message": "a", "sender": "\\ud83d"}')


def test_nobody_goes_on_with_a_conversation_of_another_channel() -> None:
    heard: list[str] = []

    async def on_message(message: Any) -> None:
        heard.append(message.sender_id)
        await message.output_channel.send_text_message(message.sender_id, "said")

    said = asyncio.run(RestChannel().replies(parse(b'{"sender": "slack:T1:D1:U1", "message": "and?"}'), on_message))
    assert heard == ["rest:slack:T1:D1:U1"]
    assert {message["recipient_id"] for message in said} == {"slack:T1:D1:U1"}


def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from rahdari.channels import rest

    monkeypatch.setattr(rest, "BODY_SECONDS", 0.2)

    async def scenario() -> Any:
        class Stream:
            request_body, keep_alive = True, True

            async def read(self) -> bytes:
                await asyncio.sleep(60)
                return b""

        request = SimpleNamespace(stream=Stream(), args={}, headers={}, remote_addr="", ip="127.0.0.1", method="POST")
        handler = next(route.handler for route in _routes(RestChannel()) if "POST" in route.methods)
        return await handler(request)

    answer = asyncio.run(scenario())
    assert answer.status == 408
    assert "slowly" in answer.body.decode()


def _routes(channel: RestChannel) -> Any:
    return channel.blueprint(None)._future_routes  # type: ignore[arg-type]
