"""The reliability diagram: bins of like probability, and a drawing that is the same for the same figures."""

from __future__ import annotations

from pathlib import Path

from rahdari.evaluation.reliability import bins, draw

_JUDGED = [(0.12, False), (0.18, True), (0.95, True), (0.97, True), (1.0, True)]


def test_questions_of_like_probability_are_counted_together() -> None:
    low, high = bins(_JUDGED)
    assert (round(low.probability, 2), low.share, low.count) == (0.15, 0.5, 2)
    assert (round(high.probability, 2), high.share, high.count) == (0.97, 1.0, 3)


def test_the_drawing_holds_its_series_and_is_repeatable(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw({"talks": _JUDGED, "others": _JUDGED[:2]}, tmp_path / name)
    text = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert "talks: 5 questions" in text and "others: 2 questions" in text
    assert text == (tmp_path / "two.svg").read_text(encoding="utf-8")
