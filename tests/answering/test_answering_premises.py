"""What a question takes for granted is held against the evidence and put right."""

from __future__ import annotations

import pytest
from answering_fakes import FakeCorpus, FakeStore, mention, query

from rahdari.answering.corpus import Corpus
from rahdari.answering.evidence import Candidate
from rahdari.answering.premises import correction, denied
from rahdari.records import Document, Fact, Mention, Sentence


def candidate(text: str, *mentions: Mention) -> Candidate:
    return Candidate(Sentence("road", 0, 0, len(text), text), mentions)


def corrected(question: str, evidence: Candidate, *facts: Fact) -> str | None:
    return correction(query(question), evidence, FakeCorpus(FakeStore(facts)))  # type: ignore[arg-type]


_TWENTY = candidate("They signed 20 agreements.", mention("20 agreements", "quantity", "20 agreements"))
_THANKED = Fact("road", 0, "Norway", "thank", "Iceland", "done", None, None, "norway", "iceland")


def test_a_wrong_number_is_put_right_with_the_one_that_the_documents_give() -> None:
    said = corrected("Were the 25 agreements signed?", _TWENTY)
    assert said is not None and "20 agreements" in said and "25" in said


def test_a_right_number_needs_no_word() -> None:
    assert corrected("Were the 20 agreements signed?", _TWENTY) is None


def test_a_number_of_something_else_is_not_held_against_it() -> None:
    said = corrected("Did 25 ministers sign?", _TWENTY)
    assert said is None or "20 agreements" not in said


def test_a_number_that_stands_nowhere_in_the_evidence_is_said_not_to_be_given() -> None:
    said = corrected("Were the 25 agreements signed?", candidate("They signed agreements."))
    assert said is not None and "25" in said


@pytest.mark.parametrize("question", ["Why did Iceland thank Norway?", "Was Norway thanked by Iceland?"])
def test_roles_turned_round_are_put_right(question: str) -> None:
    said = corrected(question, candidate("Norway thanked Iceland."), _THANKED)
    assert said is not None and "other way round" in said


@pytest.mark.parametrize("question", ["Why did Norway thank Iceland?", "Was Iceland thanked by Norway?"])
def test_roles_the_right_way_round_need_no_word(question: str) -> None:
    assert corrected(question, candidate("Norway thanked Iceland."), _THANKED) is None


def test_another_verb_between_the_same_two_is_not_held_against_it() -> None:
    assert corrected("Did Iceland visit Norway?", candidate("Norway thanked Iceland."), _THANKED) is None


class _Store(FakeStore):
    """No neighbours: a sentence stands by itself."""

    version = "1"

    def neighbours(self, key: tuple[str, int], before: int = 1, after: int = 1) -> tuple[Sentence, ...]:
        return ()

    def document(self, id: str) -> Document:
        return Document(id, "", title="Road")


def denial(question: str, text: str, *mentions: Mention) -> str | None:
    return denied(query(question), candidate(text, *mentions), Corpus(_Store()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why was the railway not opened?", "The railway was opened on Monday."),
        ("What fell in price?", "The price of wheat rose last year."),
        ("Which packets are sent synchronously?", "The packets are sent asynchronously."),
    ],
)
def test_what_the_evidence_denies_is_denied(question: str, text: str) -> None:
    assert denial(question, text) is not None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why was the railway not opened?", "The railway was not opened because of the snow."),
        ("Why did they not sign?", "They refused to sign because of the price."),
        ("What rose in price?", "The price of wheat rose last year."),
        ("What fell in price?", "The price of wheat fell, that of rice rose."),
        ("Was the railway not opened?", "The railway was opened on Monday."),
    ],
)
def test_what_the_evidence_bears_out_is_not_denied(question: str, text: str) -> None:
    assert denial(question, text) is None


def test_a_year_for_which_the_evidence_has_another_is_denied() -> None:
    opened = "The line was opened in 1965.", mention("1965", "date", "1965")
    said = denial("Who opened the line in 1975?", *opened)
    assert said is not None and "1975" in said
    assert denial("Who opened the line in 1965?", *opened) is None
