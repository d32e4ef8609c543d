"""Who may ask over HTTP, and how often: buckets, sites and the server's own names."""

from __future__ import annotations

import pytest

from rahdari.channels.limits import MOST_BUCKETS, Buckets, Rate, household
from rahdari.channels.names import OwnNames
from rahdari.channels.origins import headers, refusal
from rahdari.settings import Settings


def test_a_bucket_gives_its_burst_then_its_rate() -> None:
    buckets = Buckets(Rate(burst=3, per_minute=30))
    assert [buckets.wait("a", now=0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert buckets.wait("a", now=0.0) == pytest.approx(2.0)
    assert buckets.wait("b", now=0.0) == 0.0
    assert buckets.wait("a", now=2.1) == 0.0
    assert buckets.wait("a", now=2.2) > 1


def test_buckets_are_forgotten_beyond_their_number() -> None:
    buckets = Buckets(Rate(burst=1, per_minute=1))
    for number in range(MOST_BUCKETS + 5):
        buckets.wait(str(number), now=0.0)
    assert buckets.wait("0", now=0.0) == 0.0
    assert buckets.wait(str(MOST_BUCKETS), now=0.0) > 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:DB8:1:2::9]", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("/run/bot.sock", "/run/bot.sock"),
        ("", ""),
    ],
)
def test_an_address_of_ipv6_counts_by_its_network(address: str, counted: str) -> None:
    assert household(address) == counted


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("http://bot.example:5005", True),
        ("https://bot.example:5005", True),  # behind a proxy that ends TLS
        ("https://site.example", True),
        ("HTTPS://Site.Example", True),
        ("http://site.example", False),
        ("https://site.example.evil.example", False),
        ("https://bot.example", False),
        ("null", False),
    ],
)
def test_pages_of_the_bot_and_of_named_sites_may_ask(origin: str | None, allowed: bool) -> None:
    names = {"bot.example:5005"}
    assert (refusal(origin, "bot.example:5005", ("https://site.example",), names) is None) == allowed
    assert refusal(origin, "bot.example:5005", ("*",), names) is None
    assert ("Access-Control-Allow-Origin" in headers(origin, allowed)) == (allowed and origin is not None)


def test_no_cookie_is_ever_let_in() -> None:
    assert "Access-Control-Allow-Credentials" not in headers("https://site.example", True)


def names(**environment: str) -> OwnNames:
    return OwnNames(Settings.from_environment(environment))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:5005", "localhost.", "127.0.0.1:5005", "[::1]:5005", "[::1]"])
def test_every_server_knows_itself_under_the_names_of_its_machine(host: str) -> None:
    assert host in names()
    assert host in names(RAHDARI_HOST="192.0.2.1", RAHDARI_PUBLIC_NAMES="bot.example")


@pytest.mark.parametrize(
    "host", ["", ":5005", "rebound.example", "127.0.0.1.rebound.example", "[::1", "192.0.2.7", "a b"]
)
def test_other_names_are_not_the_servers(host: str) -> None:
    assert host not in names()
    assert host not in names(RAHDARI_HOST="192.0.2.1", RAHDARI_PUBLIC_NAMES="bot.example")


def test_what_it_listens_on_and_its_public_names_are_its_own() -> None:
    own = names(RAHDARI_HOST="192.0.2.1", RAHDARI_PUBLIC_NAMES="Bot.example, [2001:DB8::7]")
    for host in ("192.0.2.1:5005", "bot.example", "bot.example:443", "[2001:db8::7]:80"):
        assert host in own
    assert "a.bot.example" not in own
    assert "[2001:db8::1]:5005" in names(RAHDARI_HOST="2001:db8::1")


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::"])
def test_on_all_interfaces_every_address_in_figures_is_its_own_and_the_machines_name(
    everywhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Box.lan")
    own = names(RAHDARI_HOST=everywhere)
    for host in ("192.0.2.7:5005", "[2001:db8::7]:5005", "0.0.0.0:5005", "box.lan:5005", "box.local"):
        assert host in own
    for host in ("rebound.example", "192.0.2.7.rebound.example", "0x7f.1.rebound.example"):
        assert host not in own


def test_a_page_of_a_name_that_leads_here_is_told_from_the_bots_own() -> None:
    own = names(RAHDARI_PUBLIC_NAMES="bot.example")
    assert refusal(None, "rebound.example", (), own) == "bad_host"
    assert refusal("http://rebound.example", "rebound.example", (), own) == "bad_host"
    assert refusal("http://site.example", "bot.example", (), own) == "bad_origin"
    assert refusal("http://localhost:3000", "localhost:5005", (), own) == "bad_origin"
    assert refusal("https://bot.example", "bot.example", (), own) is None
    assert refusal("https://site.example", "proxy.internal", ("https://site.example",), own) is None
