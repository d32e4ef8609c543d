"""What the Explore page and the operator's page ask the server: facts in pages, counts, and who may see what."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from served import Served

from rahdari.channels.web.operator import made, may_look
from rahdari.errors import SettingsError
from rahdari.settings import Settings
from rahdari.store import Feedback, GivenAnswer, Unanswered

TOKEN = "a-token-of-24-characters"
LOCAL = {"host": "127.0.0.1:5005"}


def get(server: Served, path: str, headers: dict[str, str] | None = None) -> tuple[int, Any, Any]:
    """Status, JSON and headers of a reply."""
    request = urllib.request.Request(f"{server.address}/webhooks/web/{path}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.load(response), response.headers
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), error.headers


@pytest.fixture()
def visitor(server: Served) -> dict[str, str]:
    """The headers of a new visitor."""
    request = urllib.request.Request(f"{server.address}/webhooks/web/session", data=b"{}")
    with urllib.request.urlopen(request, timeout=10) as response:
        return {"Authorization": f"Bearer {json.load(response)['token']}"}


def test_facts_come_in_pages_each_with_its_passage(server: Served, visitor: dict[str, str]) -> None:
    status, first, headers = get(server, "explore/facts?limit=3", visitor)
    assert (status, len(first["facts"]), first["offset"]) == (200, 3, 0)
    assert headers["Cache-Control"] == "no-store"
    _, second, _ = get(server, "explore/facts?limit=3&offset=2", visitor)
    assert second["facts"][0] == first["facts"][2]
    _, beyond, _ = get(server, f"explore/facts?offset={first['total']}", visitor)
    assert (beyond["facts"], beyond["total"]) == ([], first["total"])
    row = first["facts"][0]
    place = f"document/{quote(row['document'])}?start={row['start']}&end={row['end']}"
    assert get(server, place, visitor)[1]["passage"] == row["text"]


def test_every_choice_leads_to_as_many_facts_as_it_says(server: Served, visitor: dict[str, str]) -> None:
    _, reply, _ = get(server, "explore/choices?status=planned", visitor)
    for name, options in reply["choices"].items():
        assert options, name
        chosen = {"status": "planned", name: options[0]["id"], "limit": 1}
        _, found, _ = get(server, f"explore/facts?{urlencode(chosen)}", visitor)
        assert found["total"] == options[0]["count"], name


def test_dates_sectors_and_ties_are_counted_by_the_server(server: Served, visitor: dict[str, str]) -> None:
    _, dates, _ = get(server, "explore/dates", visitor)
    _, events, _ = get(server, "explore/facts?events=yes&order=oldest&limit=1", visitor)
    assert sum(one["count"] for one in dates["dates"]) == events["total"] > 10
    assert events["facts"][0]["as_of"] == min(one["key"] for one in dates["dates"])
    _, sectors, _ = get(server, "explore/sectors", visitor)
    assert "railways" in {one["key"] for one in sectors["projects"]}
    _, ties, _ = get(server, "explore/ties", visitor)
    named = {one["id"] for one in ties["parties"]}
    assert {id for tie in ties["ties"] for id in (tie["one"], tie["other"])} == named
    assert "mongolia" in named


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("facts?colour=red", "filter"),
        ("facts?sector=a&sector=b", "filter"),
        (f"facts?words={'x' * 201}", "filter"),
        ("facts?words=a%00b", "filter"),
        ("facts?events=no", "filter"),
        ("dates?limit=5", "filter"),
        ("facts?since=yesterday", "date"),
        ("facts?until=2024-13", "date"),
        ("facts?since=%D9%A2%D9%A0%D9%A2%D9%A4", "date"),
        ("facts?limit=0", "page"),
        ("facts?limit=501", "page"),
        ("facts?limit=-1", "page"),
        ("facts?offset=1e9", "page"),
        ("facts?offset=99999999999", "page"),
        ("facts?order=row;DROP TABLE facts".replace(" ", "%20"), "page"),
    ],
)
def test_what_is_not_as_documented_is_refused_in_one_sentence(
    server: Served, visitor: dict[str, str], query: str, word: str
) -> None:
    status, reply, _ = get(server, f"explore/{query}", visitor)
    assert status == 400
    assert word in reply["error"]


@pytest.mark.parametrize("name", ["words", "sector", "speaker", "document"])
def test_hostile_words_find_nothing_and_break_nothing(server: Served, visitor: dict[str, str], name: str) -> None:
    for hostile in ("' OR 1=1 --", '") UNION SELECT 1', "%", "*", '"', "NEAR(", "{text}:x", "\\", "💧"):
        status, reply, _ = get(server, f"explore/facts?{urlencode({name: hostile})}", visitor)
        assert (status, reply["total"]) == (200, 0), hostile


def test_who_has_no_session_sees_no_facts(server: Served) -> None:
    for view in ("facts", "choices", "dates", "sectors", "ties"):
        assert get(server, f"explore/{view}")[0] == 401


@pytest.mark.parametrize("page", ["explore", "operator"])
def test_the_pages_have_a_strict_policy_and_name_nobody_else(server: Served, page: str) -> None:
    for address in (f"{server.address}/{page}", f"{server.address}/webhooks/web/{page}"):
        with urllib.request.urlopen(address, timeout=10) as response:
            policy, text = response.headers["Content-Security-Policy"], response.read().decode()
        assert "unsafe" not in policy
        assert "https:" not in policy + text
        assert ('api="./"' in text) == ("/webhooks/" in address)


def test_without_a_token_the_operators_page_is_for_this_machine_only(server: Served) -> None:
    status, report, headers = get(server, "operator/report")
    assert status == 200
    assert len(report["documents"]) == 6
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers
    for refused in (
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Host": "rahdari.example"},
        {"Origin": "https://other.example"},
    ):
        status, reply, _ = get(server, "operator/report", refused)
        assert (status, set(reply)) == (401, {"error"}), refused


@pytest.mark.parametrize(
    ("address", "headers", "token", "allowed"),
    [
        ("127.0.0.1", {}, None, True),
        ("::1", {"host": "[::1]:5005"}, None, True),
        ("::ffff:127.0.0.1", {"host": "localhost"}, None, True),
        ("192.168.1.9", {}, None, False),
        ("127.0.0.1", {"host": "[::1"}, None, False),
        ("127.0.0.1", {"host": "evil.example"}, None, False),  # a name that was made to lead to this machine
        ("127.0.0.1", {"sec-fetch-site": "cross-site"}, None, False),
        ("127.0.0.1", {"via": "1.1 proxy"}, None, False),
        ("127.0.0.1", {}, TOKEN, False),
        ("203.0.113.7", {"authorization": f"Bearer {TOKEN}", "host": "rahdari.example"}, TOKEN, True),
        ("203.0.113.7", {"authorization": f"Basic {TOKEN}"}, TOKEN, False),
        ("203.0.113.7", {"authorization": f"Bearer {TOKEN[:-1]}"}, TOKEN, False),
        ("203.0.113.7", {"authorization": "Bearer é"}, TOKEN, False),
        ("203.0.113.7", {"authorization": f"Bearer {TOKEN}", "origin": "https://other.example"}, TOKEN, False),
    ],
)
def test_who_may_see_what_people_asked(address: str, headers: dict[str, str], token: str | None, allowed: bool) -> None:
    assert may_look({**LOCAL, **headers}, address, token) is allowed


def test_a_token_that_could_be_guessed_is_refused_and_none_is_printed() -> None:
    for token in ("short", "with a blank in between", "mit-ümlaut-und-lang"):
        with pytest.raises(SettingsError, match="RAHDARI_OPERATOR_TOKEN"):
            Settings.from_environment({"RAHDARI_OPERATOR_TOKEN": token})
    settings = Settings.from_environment({"RAHDARI_OPERATOR_TOKEN": TOKEN})
    assert settings.operator_token == TOKEN
    assert TOKEN not in repr(settings)


def test_the_report_tells_what_it_can_where_a_part_cannot_be_read(tmp_path: Path) -> None:
    settings = Settings.from_environment({"RAHDARI_HOME": str(tmp_path), "RAHDARI_KEEP_UNANSWERED": "no"})
    Unanswered(tmp_path).record("Who pays?", "unknown")
    answer = GivenAnswer("a1", "and then?", "and then? (who pays?)", "answered", "The state.", ("lease",))
    Feedback(tmp_path).keep(answer, "down", "too long", "web", "ann")
    report = made(settings)
    assert [one["text"] for one in report["unanswered"]] == ["Who pays?"]
    (opinion,) = report["feedback"]
    assert (opinion["words"], opinion["asked"], opinion["documents"]) == ("too long", "and then?", ("lease",))
    assert not report["keeps_unanswered"]
    assert len(report["problems"]) == 1
    assert "rahdari ingest" in report["problems"][0]
