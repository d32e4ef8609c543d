"""Sessions: given out by the server, signed, of one visitor, for a time."""

from __future__ import annotations

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rahdari.channels.incoming import BadMessage
from rahdari.channels.web.sessions import Sessions


def test_a_token_tells_the_same_visitor_every_time_and_to_another_process(tmp_path: Path) -> None:
    token = Sessions(tmp_path).issue()
    assert Sessions(tmp_path).visitor(token) == Sessions(tmp_path).visitor(token)


def test_no_two_visitors_are_the_same(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path)
    assert len({sessions.visitor(sessions.issue()) for _ in range(50)}) == 50


def forgeries(token: str) -> dict[str, str]:
    visitor, issued, signature = token.split(".")
    other = base64.urlsafe_b64encode(b"0" * 16).rstrip(b"=").decode()
    return {
        "another visitor": f"{other}.{issued}.{signature}",
        "another time": f"{visitor}.{int(issued) + 1}.{signature}",
        "another signature": f"{visitor}.{issued}.{signature[:-2]}AA",
        "no signature": f"{visitor}.{issued}.",
        "nothing": "",
        "other digits": f"{visitor}.١٢٣.{signature}",
        "an end of line": f"{token}\n",
        "a path": f"../../secret.{issued}.{signature}",
    }


@pytest.mark.parametrize("forgery", forgeries("a.1.b"))
def test_a_forged_token_is_refused(tmp_path: Path, forgery: str) -> None:
    sessions = Sessions(tmp_path)
    with pytest.raises(BadMessage, match="not one that this bot gave out") as refused:
        sessions.visitor(forgeries(sessions.issue())[forgery])
    assert refused.value.status == 401


def test_a_token_of_another_bot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMessage):
        Sessions(tmp_path / "one").visitor(Sessions(tmp_path / "two").issue())


def test_a_token_runs_out_and_is_renewed_before_that_for_the_same_visitor(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path, lifetime=100)
    token = sessions.issue(now=1000)
    assert sessions.renewed(token, now=1049) is None
    fresh = sessions.renewed(token, now=1060)
    assert fresh is not None
    assert sessions.visitor(fresh, now=1150) == sessions.visitor(token, now=1099)
    for now in (1100, 500):
        with pytest.raises(BadMessage):
            sessions.visitor(token, now=now)


def test_the_key_is_for_its_owner_only_and_made_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: Sessions(tmp_path).issue(), range(16)))
    for token in tokens:
        Sessions(tmp_path).visitor(token)
    secret = tmp_path / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    secret.chmod(0o644)
    Sessions(tmp_path).visitor(tokens[0])
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_where_no_key_can_be_kept_sessions_last_as_long_as_the_process(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sessions = Sessions(tmp_path / "file" / "home")
    assert sessions.visitor(sessions.issue())


def test_a_key_that_is_too_short_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"abc")
    sessions = Sessions(tmp_path)
    assert sessions.visitor(sessions.issue())
    assert sessions._key != b"abc"
