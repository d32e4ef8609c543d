"""Questions without an answer are counted in a small database of their own."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from rahdari.errors import StoreError
from rahdari.store import Unanswered


def at(hour: int) -> datetime:
    return datetime(2024, 5, 1, hour, tzinfo=timezone.utc)


def test_the_same_question_counts_up_however_it_is_typed(tmp_path: Path) -> None:
    kept = Unanswered(tmp_path / "home")
    kept.record("What does it cost?", "unknown", at(1))
    kept.record("  what does  it COST ", "unknown", at(3))
    kept.record("Tell me a joke", "out_of_scope", at(2))
    cost, joke = kept.most_frequent()
    assert (cost.text, cost.status, cost.count) == ("What does it cost?", "unknown", 2)
    assert (cost.first, cost.last) == ("2024-05-01T01:00:00+00:00", "2024-05-01T03:00:00+00:00")
    assert (joke.text, joke.count) == ("Tell me a joke", 1)


def test_the_list_can_be_cut_and_kept_to_one_status(tmp_path: Path) -> None:
    kept = Unanswered(tmp_path)
    for hour, text in enumerate(["a", "b", "c"]):
        kept.record(text, "unknown", at(hour))
    kept.record("d", "out_of_scope", at(9))
    assert [question.text for question in kept.most_frequent(2, "unknown")] == ["c", "b"]


def test_a_very_long_question_is_cut(tmp_path: Path) -> None:
    kept = Unanswered(tmp_path)
    kept.record("x" * 10_000, "unknown")
    assert len(kept.most_frequent()[0].text) == 500


def test_looking_at_nothing_makes_no_file(tmp_path: Path) -> None:
    assert Unanswered(tmp_path / "home").most_frequent() == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "unanswered.sqlite").write_bytes(b"no database" * 200)
    with pytest.raises(StoreError, match="unanswered.sqlite cannot be used"):
        Unanswered(tmp_path).record("a", "unknown")
