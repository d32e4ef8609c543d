"""What people think of answers is kept in a small database of its own."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from rahdari.channels.feedback import KeepsFeedback
from rahdari.errors import StoreError
from rahdari.store import Feedback


def at(hour: int) -> datetime:
    return datetime(2024, 5, 1, hour, tzinfo=timezone.utc)


def test_the_latest_opinion_comes_first_and_can_be_kept_to_one_verdict(tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "home")
    assert kept.latest() == []
    kept.keep("a", "up", None, "web", at(1))
    kept.keep("b", "down", "  too   old ", "slack", at(2))
    assert [(one.answer, one.verdict, one.words, one.channel) for one in kept.latest()] == [
        ("b", "down", "too old", "slack"),
        ("a", "up", None, "web"),
    ]
    assert kept.latest()[0].time == "2024-05-01T02:00:00+00:00"
    assert [one.answer for one in kept.latest(verdict="up")] == ["a"]
    assert len(kept.latest(limit=1)) == 1


def test_a_later_verdict_takes_the_place_of_an_earlier_one_and_words_join_it(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    kept.keep("a", "down", None, "web")
    kept.keep("a", "down", "old", "web")
    kept.keep("a", "down", None, "web")
    (one,) = kept.latest()
    assert (one.verdict, one.words) == ("down", "old")
    kept.keep("a", "up", None, "web")
    (one,) = kept.latest()
    assert (one.verdict, one.words) == ("up", None)


def test_words_are_cut_at_500_characters(tmp_path: Path) -> None:
    Feedback(tmp_path).keep("a", "up", "x" * 9000, "web")
    assert len(Feedback(tmp_path).latest()[0].words or "") == 500


def test_a_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"feedback\.sqlite cannot be used"):
        Feedback(tmp_path).keep("a", "up", None, "web")


def test_it_is_what_channels_ask_for(tmp_path: Path) -> None:
    keeper: KeepsFeedback = Feedback(tmp_path)
    keeper.keep("a", "up", None, "web")
