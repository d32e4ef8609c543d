"""A text's blocks and the sentences in them: what is prose, heading, item, byline or none of these."""

from __future__ import annotations

import pytest

from rahdari.extraction.blocks import blocks
from rahdari.extraction.sentences import split


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text))]


def test_a_short_line_without_a_full_stop_above_prose_is_a_heading() -> None:
    text = "History\n\nThe pier was built in 1867.\n\nIt burned."
    assert kinds(text) == [("heading", "History"), ("prose", "The pier was built in 1867."), ("prose", "It burned.")]
    assert [block.heading for block in blocks(text)] == [None, "History", "History"]


def test_the_marks_of_a_markdown_heading_are_no_part_of_it() -> None:
    assert kinds("### A dropped airport ###\n\nIt was dropped.")[0] == ("heading", "A dropped airport")


def test_list_items_are_blocks_of_their_own_without_their_marks() -> None:
    text = "- five quays\n- one crane\n1. a mole"
    assert kinds(text) == [("item", "five quays"), ("item", "one crane"), ("item", "a mole")]


def test_an_item_goes_on_in_the_line_below_it() -> None:
    assert kinds("- a mole that was\n  built in 1893\n- a crane") == [
        ("item", "a mole that was\n  built in 1893"),
        ("item", "a crane"),
    ]


def test_a_wrapped_paragraph_is_one_block() -> None:
    text = "The pier was built by a merchant\nwho shipped timber and flax,\nand it burned."
    assert kinds(text) == [("prose", text)]


def test_rows_of_a_table_are_items() -> None:
    text = "| Source | Amount |\n| --- | --- |\n| Bank | 3 million |"
    assert [kind for kind, _ in kinds(text)] == ["item", "other", "item"]


def test_a_byline_is_no_prose() -> None:
    assert kinds("By Clara Stone\n\nThe ferry sank.")[0] == ("byline", "By Clara Stone")


@pytest.mark.parametrize("heading", ["References", "See also", "External links", "## References"])
def test_what_stands_under_references_is_no_prose(heading: str) -> None:
    text = f"The pier burned.\n\n{heading}\n\nRails and Lakes, p. 88.\n\nHistory\n\nIt was rebuilt."
    assert [kind for kind, _ in kinds(text)] == ["prose", "heading", "other", "heading", "prose"]


def test_a_paragraph_counts_up_and_keeps_its_number_over_its_lines() -> None:
    assert [block.paragraph for block in blocks("One line here.\n\n- a\n- b\n\nLast line here.")] == [0, 1, 1, 2]


@pytest.mark.parametrize("text", ["", "\n\n\n", "   ", "\t\n \n"])
def test_a_text_of_blanks_has_no_blocks(text: str) -> None:
    assert blocks(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Did it rain? Yes! It did.", ["Did it rain?", "Yes!", "It did."]),
        ("Mr. Brandt met Dr. Novak.", ["Mr. Brandt met Dr. Novak."]),
        ("J. P. Holt came. He left.", ["J. P. Holt came.", "He left."]),
        ("It cost 3.5 million. It is 2.1 percent.", ["It cost 3.5 million.", "It is 2.1 percent."]),
        ("The U.S. Embassy was told.", ["The U.S. Embassy was told."]),
        ("It went to the U.S. The ship sank.", ["It went to the U.S.", "The ship sank."]),
        ('"It rains." He left.', ['"It rains."', "He left."]),
        ("“It rains.” He left.", ["“It rains.”", "He left."]),
        ("It opened.[1] It closed.[2][3] It sank.", ["It opened.[1]", "It closed.[2][3]", "It sank."]),
        ("It works at 9 a.m. in Bergen.", ["It works at 9 a.m. in Bergen."]),
        ("See www.example.org for more. It is new.", ["See www.example.org for more.", "It is new."]),
        ("He waited … and left. Then it rained.", ["He waited … and left.", "Then it rained."]),
        ("The line has 5 m. It is short.", ["The line has 5 m.", "It is short."]),
        ("No. 4 was left out. It was old.", ["No. 4 was left out.", "It was old."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_sentences_are_found_within_the_given_stretch_only() -> None:
    text = "Before. It rained. It stopped. After."
    start, end = text.index("It rained"), text.index(" After")
    assert [text[a:b] for a, b in split(text, start, end)] == ["It rained.", "It stopped."]
