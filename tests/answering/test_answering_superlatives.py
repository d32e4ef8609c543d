"""The longest, the dearest, the newest: told by what the documents give for each; never where they give nothing."""

from __future__ import annotations

import pytest
from answering_fakes import query
from talking import Talk

from rahdari.answering.interrogative import superlative


@pytest.mark.parametrize(
    ("text", "wanted", "least"),
    [
        ("which is the longest tunnel?", "length", False),
        ("what is the cheapest railway", "amount", True),
        ("which project costs the most?", "amount", False),
        ("which loan is the smallest", "amount", True),
        ("the biggest loan", "amount", False),
        ("which dam is the largest", "capacity", False),
        ("what is the oldest treaty", "date", True),
    ],
)
def test_a_superlative_of_something_measured_is_seen(text: str, wanted: str, least: bool) -> None:
    found = superlative(text)
    assert found is not None
    assert (found.wanted, found.least) == (wanted, least)


@pytest.mark.parametrize("text", ["what is the biggest worry", "latest news on the railway", "how long is the line"])
def test_what_cannot_be_measured_is_no_superlative(text: str) -> None:
    assert superlative(text) is None
    assert query(text).superlative is None


def test_the_first_of_several_is_told_with_those_behind_it(talk_news: Talk) -> None:
    answer = talk_news("which railway is the longest?")[-1]
    assert answer.status == "answered"
    assert len(answer.citations) >= 2
    lead = answer.text.split(". Then")[0]
    assert "first comes" in lead and "272-kilometer" in lead
    assert "Cable" not in answer.text  # it is longer, and no railway


def test_a_superlative_that_the_documents_give_no_figures_for_is_not_known(talk_seed: Talk) -> None:
    assert talk_seed("which is the longest tunnel?")[-1].status == "unknown"


def test_a_sentence_that_says_so_itself_comes_before_any_reckoning(talk: Talk) -> None:
    answer = talk("which port is the fourth-largest of its country?")[-1]
    assert answer.status == "answered"
    assert "fourth-largest" in answer.text
