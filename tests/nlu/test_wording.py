"""The marks of how something is asked."""

from __future__ import annotations

from rahdari.nlu.wording import ngrams, vocabulary


def test_words_count_in_order_and_with_the_ends_of_the_message() -> None:
    marks = ngrams("By whom?")
    assert {"1:by", "2:< by", "2:by whom", "2:? >", "3:by whom ?", "n:3"} <= marks
    assert "2:whom by" not in marks


def test_a_question_mark_tells_a_question_from_an_answer() -> None:
    assert ngrams("right?") - ngrams("right") >= {"1:?", "2:right ?"}


def test_a_misspelt_word_keeps_some_of_its_letters() -> None:
    assert {"c:^ki", "c:met"} <= ngrams("kilometers") & ngrams("kilometres")
    assert {"s:hw", "t:hw mny"} <= ngrams("hw mny boats") & ngrams("how many boats")


def test_a_short_word_of_vowels_keeps_them() -> None:
    assert {"s:is", "s:no"} <= ngrams("is no")


def test_both_kinds_of_apostrophe_are_one() -> None:
    assert ngrams("what’s it") == ngrams("what's it")


def test_case_does_not_count_and_no_text_is_no_error() -> None:
    assert ngrams("WHEN") == ngrams("when")
    assert ngrams("") == {"n:0", "2:< >", "t:< >"}


def test_a_word_without_end_costs_no_more_than_a_long_one() -> None:
    assert len(ngrams("a" * 100_000)) < 20


def test_a_vocabulary_is_numbered_the_same_whatever_the_order_of_the_texts() -> None:
    texts = ["how many", "how much", "how"]
    known = vocabulary(texts, at_least=2)
    assert known == vocabulary(reversed(texts), at_least=2)
    assert "1:how" in known
    assert "1:many" not in known
    assert sorted(known.values()) == list(range(len(known)))
