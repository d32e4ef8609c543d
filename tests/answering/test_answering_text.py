"""Words as retrieval sees them."""

from __future__ import annotations

import pytest

from rahdari.answering.social import foreign
from rahdari.answering.text import opposites, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("neighbourhoods", "neighborhood"),
        ("programme", "programs"),
        ("organised", "organize"),
        ("centres", "center"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("led", "leads"),
        ("sold", "selling"),
        ("women", "woman"),
    ],
)
def test_two_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("called", "cale"), ("lead", "land"), ("rise", "rice")])
def test_two_words_keep_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_opposites_hold_both_ways_and_not_of_oneself() -> None:
    assert stem("decreasing") in opposites(stem("grew"))
    assert stem("grew") in opposites(stem("decreasing"))
    assert stem("grew") not in opposites(stem("increased"))
    assert opposites(stem("bridge")) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["Quand le port sera-t-il ouvert ?", "wie viele abkommen wurden unterzeichnet", "port ka kaam kab shuru hua hai"],
)
def test_a_message_in_another_language_is_seen_by_its_small_words(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize("text", ["how many live in la paz", "who won el gordo", "what do the people of the delta do"])
def test_an_english_message_with_a_foreign_name_is_english(text: str) -> None:
    assert not foreign(text)
