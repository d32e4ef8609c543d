"""The time that a question is about, and what of it a sentence tells."""

from __future__ import annotations

import pytest
from talking import Talk

from rahdari.answering import periods
from rahdari.records import Mention


def dated(value: str) -> list[Mention]:
    return [Mention("road", 0, 0, 1, "then", "date", None, value)]


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("what was signed in 2024", ["2024", "2024-03-04"], ["2023", "2025-01-01"]),
        ("what was agreed before 2000", ["1999", "1999-12-31"], ["2000", "2000-01-01"]),
        ("which were signed after 2023?", ["2024", "2024-01-01"], ["2023", "2023-12-31"]),
        ("loans since May 2020", ["2020", "2020-05-01", "2021"], ["2020-04-30", "2019"]),
        ("what is due by 2030", ["2029-01", "2030"], ["2031"]),
        ("built between 2020 and 2022", ["2020", "2022-12-31"], ["2019", "2023"]),
        ("opened from 2020 to 2022", ["2021"], ["2019", "2023"]),
        ("what came before 4 March 2024", ["2024-03-03", "2024-02"], ["2024-03-04", "2024-03-05"]),
        ("what was signed in May 2024", ["2024-05-31", "2024-05"], ["2024-06", "2024-04-30"]),
    ],
)
def test_a_period_holds_its_days_and_no_others(question: str, inside: list[str], outside: list[str]) -> None:
    period = periods.asked(question)
    assert period is not None
    assert [v for v in (*inside, *outside) if periods.within(period, dated(v), None)] == inside


def test_a_sentence_without_a_date_has_that_of_its_document() -> None:
    period = periods.asked("what was signed in 2024")
    assert period is not None
    assert periods.within(period, (), "2024-05-01") and not periods.within(period, (), "2023-05-01")
    assert not periods.within(period, (), None)


@pytest.mark.parametrize("question", ["what was signed", "the 2030 plan", "how many of the 2000 jobs"])
def test_a_number_is_not_a_time(question: str) -> None:
    assert periods.asked(question) is None


def test_a_time_may_be_given_by_what_happened_then() -> None:
    event = periods.event("what happened to the line before the loan was signed?")
    assert event is not None and event.before and event.text == "the loan was signed"
    assert periods.event("what happened to the line?") is None


def test_what_came_before_and_after_something_is_told_by_its_date(talk: Talk) -> None:
    before = talk("what happened to the Mwanjati Railway before the loan was signed")[-1]
    after = talk("what was built on the Mwanjati Railway after the loan was signed")[-1]
    assert "first proposed in 2011" in before.text and "Loan signed on" not in before.text
    assert "Under construction since 12 June 2024" in after.text and "2011" not in after.text


def test_nothing_from_that_time_is_said_to_be_nothing(talk: Talk) -> None:
    assert talk("what was agreed before 1900")[-1].status == "unknown"
