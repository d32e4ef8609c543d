"""The web channel over HTTP, on the real server."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from served import OtherSite, Served

from rahdari.channels.web import pages

COST = "How much will the Mwanjati Railway cost?"


class Visitor:
    """Talks to the channel as the page does."""

    def __init__(self, server: Served, **headers: str) -> None:
        self._base = f"{server.address}/webhooks/web/"
        self.headers = headers
        self.token = self.post("session", {}).json()["token"]
        self.headers["Authorization"] = f"Bearer {self.token}"
        self._count = 0

    def post(self, path: str, body: Any) -> httpx.Response:
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        return httpx.post(self._base + path, headers=self.headers, timeout=10, **content)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self._base + path, headers=self.headers, timeout=10)

    def ask(self, message: Any) -> httpx.Response:
        self._count += 1
        return self.post("message", {"message": message, "nonce": f"nonce-{self._count:04}"})


@pytest.fixture()
def visitor(server: Served) -> Visitor:
    return Visitor(server)


def test_a_turn_carries_the_whole_answer_and_addresses_of_its_documents(visitor: Visitor) -> None:
    person, bot = visitor.ask(COST).json()["entries"]
    assert person["text"] == COST
    assert bot["answer"]["status"] == "answered"
    assert {one["document"] for one in bot["answer"]["citations"]} >= set(bot["links"]) != set()
    assert visitor.get("history").json()["entries"] == [person, bot]


def test_a_passage_of_a_citation_is_its_quote(visitor: Visitor) -> None:
    for one in visitor.ask(COST).json()["entries"][1]["answer"]["citations"]:
        shown = visitor.get(f"document/{one['document']}?start={one['start']}&end={one['end']}").json()
        assert shown["passage"] == one["quote"]
        assert (shown["title"], shown["publisher"], shown["published"]) == (
            one["title"],
            one["publisher"],
            one["published"],
        )
        piece = visitor.get(f"document/{one['document']}?from=0&to={one['start']}").json()
        assert piece["text"].endswith(shown["before"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("document/nowhere?start=0&end=5", 404),
        ("document/..%2F..%2Fsecret?start=0&end=5", 404),
        ("document/mwanjati-railway-fact-sheet?start=5&end=5", 400),
        ("document/mwanjati-railway-fact-sheet?start=-1&end=5", 400),
        ("document/mwanjati-railway-fact-sheet?start=0&end=999999", 400),
        ("document/mwanjati-railway-fact-sheet?start=0", 400),
        ("document/mwanjati-railway-fact-sheet?from=x&to=5", 400),
    ],
)
def test_what_is_no_passage_is_refused(visitor: Visitor, path: str, status: int) -> None:
    response = visitor.get(path)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x.1.y", "Basic abc"])
@pytest.mark.parametrize("path", ["history", "message", "restart", "feedback", "document/x?start=0&end=1"])
def test_without_a_session_nothing_is_read_or_written(server: Served, path: str, authorization: str) -> None:
    method = "GET" if path.startswith(("history", "document")) else "POST"
    headers = {"Authorization": authorization} if authorization else {}
    response = httpx.request(method, f"{server.address}/webhooks/web/{path}", headers=headers)
    assert response.status_code == 401
    assert "session" in response.json()["error"]


def test_nobody_reads_or_writes_anothers_conversation(server: Served, visitor: Visitor) -> None:
    _, bot = visitor.ask(COST).json()["entries"]
    other = Visitor(server)
    assert other.get("history").json()["entries"] == []
    assert other.post("feedback", {"answer": bot["id"], "verdict": "up"}).status_code == 404
    assert other.post("restart", {}).status_code == 200
    assert len(visitor.get("history").json()["entries"]) == 2
    mine = other.ask("who said that?").json()["entries"][1]["answer"]
    assert "Fact Sheet" not in mine["text"]
    name = visitor.token.split(".")[0]
    for sender in (name, f"web-{name}"):
        said = httpx.post(
            f"{server.address}/webhooks/rest/webhook", json={"sender": sender, "message": "who said that?"}
        ).json()
        assert "Fact Sheet" not in said[0]["text"]


def test_feedback_is_kept_beside_the_store(server: Served, visitor: Visitor) -> None:
    from rahdari.store import Feedback

    _, bot = visitor.ask(COST).json()["entries"]
    assert visitor.post("feedback", {"answer": bot["id"], "verdict": "up", "words": " good  one "}).status_code == 200
    kept = {one.answer: one for one in Feedback(server.home).latest()}
    assert (kept[bot["id"]].verdict, kept[bot["id"]].words, kept[bot["id"]].channel) == ("up", "good one", "web")


def test_starting_over_removes_what_was_said_from_the_disk(server: Served, visitor: Visitor) -> None:
    visitor.ask("Tell me about the word xylophone-of-mine")
    visitor.post("restart", {})
    path = server.home / "conversations" / "web.sqlite"
    for _ in range(50):
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT events FROM conversations").fetchall()
        if not any("xylophone-of-mine" in row[0] for row in rows):
            return
        time.sleep(0.1)
    raise AssertionError("what was said is still there")


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b"", 400, "not a JSON object"),
        (b"[1]", 400, "not a JSON object"),
        (b"[" * 60_000, 400, "not a JSON object"),
        ({"nonce": "nonce-0001"}, 400, '"message"'),
        ({"nonce": "nonce-0001", "message": " /"}, 400, "empty"),
        ({"nonce": "nonce-0001", "message": "x" * 4001}, 400, "4,000"),
        ({"message": "hello"}, 400, '"nonce"'),
        (b"x" * 70_000, 413, "64 KiB"),
    ],
)
def test_a_bad_message_is_told_what_is_wrong(visitor: Visitor, body: Any, status: int, told: str) -> None:
    response = visitor.post("message", body)
    assert response.status_code == status
    assert told in response.json()["error"]


@pytest.mark.parametrize("message", ["/restart", "/session_start", '/ask{"a": "b"}'])
def test_a_typed_command_gives_no_orders(visitor: Visitor, message: str) -> None:
    entries = visitor.ask(message).json()["entries"]
    assert entries[0]["text"] == message[1:]
    assert entries[1]["answer"]["text"]


def test_whoever_asks_too_often_is_told_to_wait(visitor: Visitor) -> None:
    responses = [visitor.ask("thanks") for _ in range(14)]
    refused = [one for one in responses if one.status_code == 429]
    assert refused
    assert all(one.status_code == 200 for one in responses[:10])
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert "wait a moment" in refused[0].json()["error"]


def preflight(server: Served, path: str, origin: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    return httpx.request("OPTIONS", f"{server.address}/webhooks/web/{path}", headers=headers)


@pytest.mark.parametrize(
    "path", ["session", "greeting", "history", "message", "restart", "feedback", "document/some%20document"]
)
def test_pages_of_named_sites_are_let_in_and_no_others(server: Served, site: OtherSite, path: str) -> None:
    allowed = preflight(server, path, site.address)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == site.address
    assert "Authorization" in allowed.headers["access-control-allow-headers"]
    refused = preflight(server, path, "https://elsewhere.example")
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


def test_a_page_of_an_unnamed_site_gets_nothing(server: Served) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    response = httpx.post(f"{server.address}/webhooks/web/session", headers=headers)
    assert response.status_code == 403
    assert "token" not in response.text


def test_replies_are_kept_by_no_cache(visitor: Visitor) -> None:
    assert visitor.get("history").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("base", ["/", "/webhooks/web/"])
def test_the_page_lets_nothing_run_but_its_own_script(server: Served, base: str) -> None:
    response = httpx.get(server.address + base)
    policy = response.headers["content-security-policy"]
    assert policy == pages.POLICY
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert ('api="./"' in response.text) == (base != "/")
    assert "http:" not in response.text
    assert "https:" not in response.text
    assert "style=" not in response.text


def test_assets_are_kept_for_ever_and_the_page_is_asked_for_again(server: Served) -> None:
    response = httpx.get(f"{server.address}/")
    assert response.headers["cache-control"] == "no-cache"
    again = httpx.get(f"{server.address}/", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    (script,) = [name for _, name in pages._files() if name.startswith("index-") and name.endswith(".js")]
    assert f"./assets/{script}" in response.text
    asset = httpx.get(f"{server.address}/assets/{script}")
    assert "immutable" in asset.headers["cache-control"]
    assert asset.headers["content-type"] == "text/javascript; charset=utf-8"
    assert asset.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("name", ["nowhere.js", "..%2F..%2Fchannel.py", "%2e%2e/index.html"])
def test_nothing_but_the_built_files_is_given_out(server: Served, name: str) -> None:
    assert httpx.get(f"{server.address}/assets/{name}").status_code == 404


def test_the_widget_may_be_loaded_by_any_page(server: Served) -> None:
    response = httpx.get(f"{server.address}/widget.js")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"] == "public, max-age=600"


def test_the_channel_stands_in_the_credentials(root: Path) -> None:
    from rahdari.channels.web import WebChannel

    named = f"{WebChannel.__module__.rpartition('.')[0]}.{WebChannel.__name__}"
    assert f"\n{named}:\n" in (root / "credentials.yml").read_text(encoding="utf-8")
