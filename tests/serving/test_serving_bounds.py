"""How much one address may ask, whence a request comes behind other servers, and the names a server is asked under."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

Start = Callable[..., tuple[Any, str]]


def post(address: str, forwarded: str | None = None, sender: str | None = "u1") -> httpx.Response:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    body = {"message": "say it", **({} if sender is None else {"sender": sender})}
    return httpx.post(f"{address}/webhooks/rest/webhook", json=body, headers=headers, timeout=10)


def statuses(*responses: httpx.Response) -> list[int]:
    return [response.status_code for response in responses]


def test_one_address_sends_so_many_messages_and_no_more_whatever_it_says_of_itself(start: Start) -> None:
    _, address = start(RAHDARI_REST_MESSAGES="4")
    assert statuses(*(post(address, f"203.0.113.{number}") for number in range(4))) == [200] * 4
    refused = post(address, "203.0.113.9")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 15
    assert "wait a moment" in refused.json()["error"]


def test_behind_a_proxy_each_visitor_is_counted_alone_and_cannot_make_up_another(start: Start) -> None:
    _, address = start(RAHDARI_REST_MESSAGES="2", RAHDARI_PROXIES="1")
    ann, made_up = "203.0.113.1", "198.51.100.7, 203.0.113.1"  # the proxy adds what it sees at the end
    assert statuses(post(address, ann), post(address, made_up), post(address, made_up)) == [200, 200, 429]
    assert statuses(post(address, "203.0.113.2"), post(address, "2001:db8::1")) == [200, 200]
    line = [post(address, f"2001:db8::{number:x}:1") for number in (5, 6)]  # of one line, as 2001:db8::1 is
    assert statuses(*line, post(address, "2001:db8:0:1::1")) == [200, 429, 200]
    assert statuses(post(address), post(address), post(address)) == [200, 200, 429]


def test_sessions_are_bounded_for_each_visitor_behind_a_proxy(start: Start) -> None:
    def sessions(address: str, visitor: str, times: int) -> set[int]:
        with httpx.Client(headers={"X-Forwarded-For": visitor}) as http:
            return {http.post(f"{address}/webhooks/web/session").status_code for _ in range(times)}

    _, address = start(RAHDARI_PROXIES="1")
    assert sessions(address, "203.0.113.1", 80) == {200, 429}
    assert sessions(address, "203.0.113.2", 3) == {200}
    _, address = start()
    assert sessions(address, "203.0.113.1", 80) == {200, 429}
    assert 429 in sessions(address, "203.0.113.2", 10)  # one more is allowed each second


def test_one_address_begins_so_many_conversations_and_goes_on_with_them(start: Start) -> None:
    _, address = start(RAHDARI_REST_CONVERSATIONS="3")
    assert statuses(post(address), post(address, sender="u2"), post(address, sender=None)) == [200] * 3
    refused = post(address, sender="u3")
    assert refused.status_code == 429
    assert "conversations" in refused.json()["error"]
    assert int(refused.headers["Retry-After"]) > 60
    assert statuses(post(address, sender=None), post(address), post(address, sender="u2")) == [429, 200, 200]


def test_bounds_can_be_taken_away_and_usual_rates_meet_none(start: Start) -> None:
    _, address = start(RAHDARI_REST_MESSAGES="0", RAHDARI_REST_CONVERSATIONS="0")
    assert set(statuses(*(post(address, sender=None) for _ in range(5)))) == {200}
    _, address = start()
    assert set(statuses(*(post(address, sender=None) for _ in range(60)))) == {200}


def test_a_session_is_for_the_servers_own_names(start: Start) -> None:
    def status(address: str, host: str, origin: str | None = None, path: str = "greeting") -> int:
        headers = {"Host": host, **({} if origin is None else {"Origin": origin})}
        method = "POST" if path == "session" else "GET"
        return httpx.request(method, f"{address}/webhooks/web/{path}", headers=headers).status_code

    _, address = start(RAHDARI_PUBLIC_NAMES="Bot.example", RAHDARI_ORIGINS="https://site.example")
    for host in ("localhost:5005", "127.0.0.1", "[::1]:80", "bot.example", "BOT.example:8443"):
        assert (host, status(address, host)) == (host, 200)
        assert status(address, host, f"https://{host}", "session") == 200
    for host in ("rebound.example", "localhost.rebound.example", "192.0.2.7", "[::1", ""):
        assert (host, status(address, host)) == (host, 403)
        assert status(address, host, f"http://{host}", "session") == 403
    assert status(address, "proxy.internal", "https://site.example") == 200
    assert status(address, "bot.example", "https://bot.example:8443", "session") == 403
    _, address = start(RAHDARI_HOST="0.0.0.0")
    assert status(address, "192.0.2.7:5005") == status(address, "[2001:db8::7]:5005") == 200
    assert status(address, "rebound.example:5005") == 403


def test_why_it_is_refused_a_page_can_read(start: Start) -> None:
    _, address = start()
    for path in ("webhooks/web/greeting", "webhooks/rest/webhook"):
        headers = {"Origin": "https://elsewhere.example"}
        method = "GET" if "greeting" in path else "POST"
        response = httpx.request(method, f"{address}/{path}", headers=headers, content=b"{}" * (method == "POST"))
        assert response.status_code == 403
        assert response.headers["access-control-allow-origin"] == "https://elsewhere.example"
        assert list(response.json()) == ["error"]
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    for path in ("webhooks/web/message", "webhooks/rest/webhook"):
        preflight = httpx.request("OPTIONS", f"{address}/{path}", headers=asked)
        assert preflight.status_code == 403
        assert "access-control-allow-origin" not in preflight.headers


def test_the_pages_of_named_sites_can_ask_over_rest(start: Start) -> None:
    _, address = start(RAHDARI_ORIGINS="https://site.example")
    url, headers = f"{address}/webhooks/rest/webhook", {"Origin": "https://site.example"}
    preflight = httpx.request("OPTIONS", url, headers={**headers, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    response = httpx.post(url, json={"message": "say it"}, headers=headers)
    assert response.json()[0]["text"].startswith("heard: say it")
    for each in (preflight, response):
        assert each.headers["access-control-allow-origin"] == "https://site.example"
