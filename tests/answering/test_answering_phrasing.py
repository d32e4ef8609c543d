"""Sentences become the bot's words: readable, attributed, and never longer than a reply may be."""

from __future__ import annotations

import pytest

from rahdari.answering.phrasing import joined, listed, readable, shortened, source_of, told
from rahdari.records import Document, Sentence


def sentence(text: str, speaker: str | None = None) -> Sentence:
    return Sentence("road", 0, 0, len(text), text, speaker=speaker)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("It opened.[1] It closed.[23]", "It opened. It closed."),
        ("The *Melati* and the **Kenanga**", "The Melati and the Kenanga"),
        ("Furthermore, the port opened.", "The port opened."),
        ("It opened\nin  May.", "It opened in May."),
        ("LUSAKA — Zambia signed.", "Zambia signed."),
        ("| Bank | 3 million |", "Bank · 3 million"),
    ],
)
def test_a_source_sentence_is_read_on_one_line_without_marks(text: str, line: str) -> None:
    assert readable(text) == line


def test_a_persons_words_are_told_with_the_persons_name() -> None:
    assert told(sentence("The port is small.", "Ilona Varga")) == "Ilona Varga: “The port is small.”"


def test_a_sentence_that_names_its_speaker_needs_no_second_name() -> None:
    text = "Varga said that the port is small."
    assert told(sentence(text, "Ilona Varga")) == text


def test_what_the_document_says_itself_is_told_as_it_stands() -> None:
    assert told(sentence("The port is small.")) == "The port is small."


@pytest.mark.parametrize(
    "text", ['"The port is small.', 'He said "it is small.', "“The port is small.", 'small," he said']
)
def test_a_lone_quotation_mark_is_put_right(text: str) -> None:
    said = told(sentence(text))
    assert said.count('"') % 2 == 0 and said.count("“") == said.count("”")
    assert "small" in said


def test_parts_are_joined_once_each_and_in_order() -> None:
    assert joined(["One.", "", "Two.", "One.", "Three."]) == "One. Two. Three."
    assert joined([]) == ""


def test_a_part_that_does_not_fit_is_left_out_whole() -> None:
    assert joined(["One.", "x" * 50, "Two."], longest=20) == "One. Two."


@pytest.mark.parametrize("length", [0, 1, 10, 1199, 1200, 1201, 5000])
def test_a_reply_is_never_longer_than_it_may_be(length: int) -> None:
    text = ("word " * (length // 5 + 1))[:length]
    assert len(joined([text, text + "!", "a" * length])) <= 1200
    assert len(shortened(text, 1200)) <= 1200
    assert len(shortened("x" * length, 1200)) <= 1200


def test_a_text_that_is_cut_says_so_and_ends_at_a_word() -> None:
    cut = shortened("one two three four five", 15)
    assert cut.endswith("…") and "one two three four five".startswith(cut.rstrip(" …"))
    assert cut.rstrip(" …").split()[-1] in ("one", "two", "three")


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_told_as_one_speaks(items: list[str], text: str) -> None:
    assert listed(items) == text


def test_a_source_is_named_by_what_is_known_of_it() -> None:
    assert (
        source_of(Document("road", "", "The Road", "The Courier", "2024-03-06"))
        == "“The Road” (The Courier, 2024-03-06)"
    )
    assert source_of(Document("the-road", "", publisher="The Courier")) == "the document by The Courier"
    assert source_of(Document("the-road", "")) == "the document the-road"


@pytest.mark.parametrize(
    ("source", "told_as"),
    [
        ("**Length:** 312 km, *in all*", "Length: 312 km, in all"),
        ("A capacity of 2*660 MW for $2*10 million", "A capacity of 2*660 MW for $2*10 million"),
        ("The formula 3 * 4 stands", "The formula 3 * 4 stands"),
    ],
)
def test_marks_of_emphasis_go_and_asterisks_in_figures_stay(source: str, told_as: str) -> None:
    assert readable(source) == told_as
