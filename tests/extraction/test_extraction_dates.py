"""Relative dates are counted from the day of publication, and left as they are where they cannot be told."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.extraction.dates import resolve

_WEDNESDAY = "2024-03-06"


@pytest.mark.parametrize(
    ("wording", "date"),
    [
        ("on monday", "2024-03-04"),
        ("wednesday", "2024-03-06"),
        ("on thursday", "2024-02-29"),
        ("last wednesday", "2024-02-28"),
        ("next monday", "2024-03-11"),
        ("today", "2024-03-06"),
        ("yesterday", "2024-03-05"),
        ("tomorrow", "2024-03-07"),
        ("two years ago", "2022"),
        ("a year ago", "2023"),
        ("three months ago", "2023-12"),
        ("a week ago", "2024-02-28"),
        ("ten days ago", "2024-02-25"),
        ("last year", "2023"),
        ("this year", "2024"),
        ("next year", "2025"),
        ("last month", "2024-02"),
        ("next month", "2024-04"),
        ("in january", "2024-01"),
        ("in november", "2023-11"),
        ("by june", "2024-06"),
        ("next january", "2025-01"),
        ("last march", "2023-03"),
    ],
)
def test_a_relative_date_is_counted_from_the_day_of_publication(wording: str, date: str) -> None:
    assert resolve(wording, _WEDNESDAY) == date


@pytest.mark.parametrize("wording", ["2019", "2024-05", "1931-02-03"])
def test_a_date_that_is_given_stays(wording: str) -> None:
    assert resolve(wording, _WEDNESDAY) == wording


@pytest.mark.parametrize("wording", ["last century", "this spring", "the coming decade", "early"])
def test_what_cannot_be_told_stays_as_it_is_worded(wording: str) -> None:
    assert resolve(wording, _WEDNESDAY) == wording


@pytest.mark.parametrize("published", [None, "2024", "2024-03", "yesterday", ""])
def test_without_a_day_of_publication_nothing_is_guessed(published: str | None) -> None:
    assert resolve("last month", published) == "last month"


@pytest.mark.parametrize("published", ["2024-01-01", "2023-12-31", "2024-02-29"])
@pytest.mark.parametrize("name", ["monday", "tuesday", "friday", "sunday"])
def test_a_weekday_is_one_of_the_seven_days_up_to_publication(name: str, published: str) -> None:
    day = dt.date.fromisoformat(resolve(f"on {name}", published))
    assert day.strftime("%A").lower() == name
    assert 0 <= (dt.date.fromisoformat(published) - day).days < 7
