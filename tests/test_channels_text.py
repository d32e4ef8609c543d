"""Plain text: what a person in a terminal sees of an Answer."""

from __future__ import annotations

import pytest

from rahdari.channels.text import marked, render, shorten, source_lines, suggestion_lines, visible
from rahdari.records import Answer, Citation, Source


def citation(number: int = 1, **changes: object) -> Citation:
    fields: dict[str, object] = {
        "id": number,
        "role": "evidence",
        "document": "dam-report",
        "title": "The dam",
        "publisher": "The Post",
        "published": "2021-05-03",
        "quote": "The dam holds 12 km3.",
        "start": 10,
        "end": 31,
    }
    return Citation(**{**fields, **changes})  # type: ignore[arg-type]


def answer(**changes: object) -> Answer:
    fields: dict[str, object] = {
        "id": "a",
        "status": "answered",
        "text": "It holds 12 km3.",
        "citations": (citation(),),
    }
    return Answer(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_text_ends_in_the_marks_of_its_citations() -> None:
    assert marked(answer()) == "It holds 12 km3. [1]"
    assert marked(answer(citations=(citation(1), citation(2)))) == "It holds 12 km3. [1][2]"


def test_an_answer_without_citations_has_no_marks() -> None:
    assert render(answer(citations=(), text="Hello.", status="smalltalk")) == "Hello."


def test_a_source_line_shows_quote_title_publisher_and_date() -> None:
    assert source_lines(answer()) == ['  [1] "The dam holds 12 km3." — The dam, The Post, 2021-05-03']


def test_what_is_not_known_of_a_source_is_left_out() -> None:
    assert source_lines(answer(citations=(citation(publisher=None, published=None),))) == [
        '  [1] "The dam holds 12 km3." — The dam'
    ]
    bare = citation(title=None, publisher=None, published=None)
    assert source_lines(answer(citations=(bare,)))[0].endswith("— dam-report")


@pytest.mark.parametrize(
    ("cited", "other", "named"),
    [
        (("The dam", "The Post"), ("The dam", "Mirror"), "Mirror"),
        (("The dam", "The Post"), ("The dam opened", "The Post"), "The dam opened"),
        (("The dam", "The Post"), ("The dam", "The Post"), "dam-2"),
        (("The dam", None), ("The dam", None), "dam-2"),
        (("The dam", "The Post"), ("The dam", None), "dam-2"),
    ],
)
def test_a_document_with_the_same_text_is_named_by_what_tells_it_from_the_one_that_is_cited(
    cited: tuple[str, str | None], other: tuple[str, str | None], named: str
) -> None:
    also = (Source("dam-2", *other, None, None),)
    line = source_lines(answer(citations=(citation(title=cited[0], publisher=cited[1], also=also),)))[0]
    assert line.endswith(f"; also in {named}")


def test_the_nearest_thing_said_is_marked_as_such() -> None:
    lines = source_lines(answer(status="unknown", citations=(citation(role="nearest"),)))
    assert lines == ['  [1] the nearest they say: "The dam holds 12 km3." — The dam, The Post, 2021-05-03']


def test_no_line_is_blank_so_that_no_connector_cuts_the_reply() -> None:
    shown = render(answer(text="One.\n\nTwo.\n \n\nThree.", suggestions=("And who paid?",)))
    assert shown.splitlines()[:3] == ["One.", "Two.", "Three. [1]"]
    assert all(line.strip() for line in shown.splitlines())


def test_suggestions_stand_under_a_heading_unless_the_reply_is_itself_a_question() -> None:
    assert suggestion_lines(answer(suggestions=("a", "b"))) == ["You could ask:", "  - a", "  - b"]
    assert suggestion_lines(answer(suggestions=("a", "b"), status="clarify"), numbered=True) == ["  1. a", "  2. b"]
    assert suggestion_lines(answer()) == []


def test_the_json_form_renders_like_the_record() -> None:
    reply = answer(suggestions=("And who paid?",))
    assert render(reply.as_dict()) == render(reply)


def test_a_long_quote_is_cut_to_the_part_that_carries_the_answer() -> None:
    quote = "filler words here " * 30 + "the reservoir cost 40 million euros in all " + "and more filler " * 30
    short = shorten(quote, "The reservoir cost 40 million euros.", 120)
    assert "the reservoir cost 40 million euros" in short
    assert short.startswith("… ") and short.endswith(" …")
    assert len(short) <= 124
    assert short[2:-2].strip() in " ".join(quote.split())


@pytest.mark.parametrize("length", [81, 300, 999])
def test_a_cut_keeps_whole_words_where_there_are_any(length: int) -> None:
    quote = " ".join(["alpha"] * length)
    assert set(shorten(quote, "nothing alike").replace("…", "").split()) == {"alpha"}


def test_a_long_quote_without_a_space_is_cut_all_the_same() -> None:
    assert len(shorten("x" * 900, "y")) <= 404


def test_a_quote_over_several_lines_is_shown_on_one() -> None:
    assert shorten("one\n  two\tthree", "") == "one two three"


def test_nothing_in_an_answer_orders_the_terminal_about() -> None:
    evil = "a\x1b[2Jb\u202ec\x9bd\ud800"
    cited = citation(quote=evil, title=evil, publisher=evil, published=evil)
    shown = render(answer(text=f"{evil}\nsecond\tline", citations=(cited,), suggestions=(f"{evil}\n",)))
    assert shown.splitlines()[:2] == ["a\ufffd[2Jb\ufffdc\ufffdd\ufffd", "second\tline [1]"]
    assert shown.count("a\ufffd[2Jb\ufffdc\ufffdd\ufffd") == 6
    assert not set(evil) & set(shown) - set("a[2Jbcd")


def test_letters_of_every_script_are_printed_as_they_are() -> None:
    text = "می\u200cخواهم 走廊 café 🚉\u200d"
    assert visible(text) == text
    assert visible("a\nb", keep="\n") == "a\nb"
