"""An Answer as Telegram's HTML: escaped, within 4,096 UTF-16 code units, in order, nothing lost."""

from __future__ import annotations

import random

import pytest
from fake_telegram import checked_text
from telegram_stage import citation, form

from rahdari.channels.labels import label
from rahdari.channels.sources import Whereabouts
from rahdari.channels.telegram import html
from rahdari.channels.telegram.parts import LIMIT, Block, Part, Span, link, pack, units

FULL = {"title": "The report", "publisher": "WealthPK", "published": "2023-10-18"}


def seen(parts: list[Part]) -> list[str]:
    """What Telegram makes of the parts; it refuses what it would refuse."""
    texts = [checked_text({"text": part.html, "parse_mode": "HTML"}) for part in parts]
    assert texts == [part.plain.strip() for part in parts]
    return texts


def words(*texts: str) -> str:
    return "".join("".join(texts).split())


def test_the_text_comes_first_then_each_source_under_its_title() -> None:
    answer = form(citations=[citation(1, **FULL), citation(2)])
    assert seen(html.reply(answer)) == [
        "20 were signed. [1][2]\n\n[1] The report, WealthPK, 2023-10-18\nQuote 1.\n\n[2] report-2\nQuote 2."
    ]
    assert "<blockquote expandable>Quote 1.</blockquote>" in html.reply(answer)[0].html


def test_a_source_tells_its_place_and_who_else_has_the_same_text() -> None:
    others = {"document": "d", "title": None, "published": None}
    also = [{**others, "publisher": name, "source": None} for name in ("Mirror", "Herald", "Gazette", "Echo")]
    also[0]["source"] = "https://mirror.example/dam"
    answer = form(citations=[citation(1, **FULL, also=also)])
    parts = html.reply(answer, found=Whereabouts(places={1: "page 3, table 2, row Havelian"}))
    assert seen(parts)[0].split("\n")[2] == (
        "[1] The report, WealthPK, 2023-10-18, page 3, table 2, row Havelian"
        " · also in Mirror, Herald, Gazette and 1 more"
    )
    assert '<a href="https://mirror.example/dam">Mirror</a>' in parts[0].html


@pytest.mark.parametrize("nasty", ["<b>bold</b>", "a < b & c > d", '</blockquote>"', "&lt;script&gt;", "<a href='x'>"])
def test_everything_from_outside_is_escaped(nasty: str) -> None:
    source = citation(title=nasty, publisher=nasty, published=nasty, quote=nasty)
    facts = [{"subject": nasty, "object": "", "speaker": nasty, "modality": "planned"}]
    answer = form(nasty, citations=[source], facts=facts)
    for parts in (
        html.reply(answer, nasty, Whereabouts({"report-1": f"https://example.org/{nasty}"}, {1: nasty})),
        html.sources(answer),
        html.said(nasty),
    ):
        assert nasty in "".join(seen(parts))


def test_an_address_leads_there_from_the_title_if_it_is_one_of_the_web() -> None:
    answer = form(citations=[citation(1, **FULL)])
    assert '<a href="https://e.org/?a=1&amp;b=&quot;">The report</a>' in (
        html.reply(answer, found=Whereabouts({"report-1": 'https://e.org/?a=1&b="'}))[0].html
    )
    for address in ("javascript:alert(1)", "tg://user?id=1", "/etc/passwd", None):
        assert link("The report", address) == Span("The report")


def test_the_nearest_is_marked_as_such() -> None:
    answer = form("The documents don't say that.", status="unknown", citations=[citation(role="nearest", **FULL)])
    assert "[1] The nearest they say · The report, WealthPK" in seen(html.reply(answer))[0]


def fact(subject: str, object_: str = "", modality: str = "stated", speaker: str | None = None) -> dict[str, object]:
    return {"subject": subject, "object": object_, "modality": modality, "speaker": speaker}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([fact("the line", "a bridge", "planned", "Amina Khan")], "Amina Khan · planned"),
        ([fact("the line", "a bridge", "under_way")], "under way"),
        ([fact("the line", modality="planned"), fact("a bridge", modality="done")], ""),
        ([fact("the line", speaker="Amina Khan"), fact("a bridge", speaker="Omar")], ""),
        ([fact("the line", modality="done")], ""),
        ([fact("the line", "a tunnel", "planned", "Amina Khan")], ""),
        ([fact("", "", "planned", "Amina Khan")], ""),
    ],
)
def test_a_source_is_labelled_with_what_its_facts_agree_on(facts: list[dict[str, object]], expected: str) -> None:
    source = citation(quote="For the line they plan a bridge.")
    answer = form(facts=facts, citations=[source])
    assert label(answer, source) == expected
    assert seen(html.reply(answer))[0].splitlines()[2] == "[1] report-1" + (f" · {expected}" if expected else "")


def test_a_long_quote_is_shortened_below_an_answer_and_whole_for_sources() -> None:
    quote = " ".join(f"Sentence {number} of the quote." for number in range(60))
    answer = form(citations=[citation(quote=quote)])
    assert quote not in seen(html.reply(answer))[0]
    shown = seen(html.sources(answer))[0]
    assert shown.startswith("Sources of: 20 were signed.")
    assert quote in shown


def test_the_question_of_a_button_stands_above_its_answer() -> None:
    assert html.reply(form(), "Which sectors?")[0].html == "<b>Which sectors?</b>\n\n20 were signed."


def test_characters_that_would_disturb_the_text_become_visible() -> None:
    assert seen(html.said("a\u202eb\x00c\nd")) == ["a\ufffdb\ufffdc\nd"]


@pytest.mark.parametrize("letter", ["a", "é", "ق", "走", "🚉"])
def test_the_limit_counts_utf16_code_units(letter: str) -> None:
    fitting = letter * (LIMIT // units(letter))
    assert [units(part.plain) for part in html.said(fitting)] == [LIMIT]
    longer = seen(html.said(fitting + letter))
    assert len(longer) == 2
    assert "".join(longer) == fitting + letter


def test_markup_does_not_count() -> None:
    assert len(pack([Block((Span("&" * 2_000, "b"), Span("<" * 2_096, "i")))])) == 1


def test_what_parts_two_blocks_counts_too() -> None:
    def lengths(first: int, second: int) -> list[int]:
        return [units(part.plain) for part in pack([Block((Span("a" * n),)) for n in (first, second)], limit=50)]

    assert lengths(24, 24) == [50]
    assert lengths(24, 25) == [24, 25]
    assert lengths(50, 0) == [50]


def test_a_cut_falls_between_sources() -> None:
    quotes = [" ".join([f"Quote {number} goes on."] * 150) for number in (1, 2, 3)]
    texts = seen(html.sources(form(citations=[citation(n, quote=quote) for n, quote in enumerate(quotes, 1)])))
    assert [text[:12] for text in texts] == ["Sources of: ", "[2] report-2", "[3] report-3"]
    assert [quote in text for quote, text in zip(quotes, texts)] == [True] * 3


def test_a_cut_in_a_source_falls_between_sentences_and_each_piece_is_a_quotation() -> None:
    quote = " ".join(f"This is the sentence number {number}." for number in range(400))
    parts = html.sources(form(citations=[citation(quote=quote)]))
    texts = seen(parts)
    assert len(texts) > 2
    assert all(text.endswith(".") for text in texts)
    assert all(part.html.count("<blockquote>") == 1 for part in parts[1:])
    assert quote == " ".join(texts[1:]).removeprefix("[1] report-1\n")


def test_a_cut_does_not_tear_a_word_a_pair_or_a_joined_sign() -> None:
    family = "👨\u200d👩\u200d👧"
    texts = seen(html.said("x" + family * 800))
    assert "".join(texts) == "x" + family * 800
    assert not any(text.startswith("\u200d") or text.endswith("\u200d") for text in texts)
    for text in seen(html.said("word " * 2_000)):
        assert set(text.split()) == {"word"}


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_lost_whatever_the_lengths(seed: int) -> None:
    chance = random.Random(seed)
    letters = ["a", "b ", ". ", "! ", "<", "&", "🚉", "\n", " ", "e\u0301", "走", '"']
    blocks = [
        Block(tuple(Span("".join(chance.choices(letters, k=chance.randrange(0, 60))), tag) for tag in ("", "b", "i")))
        for _ in range(chance.randrange(1, 8))
    ]
    parts = pack(blocks, limit=50)
    assert words(*(block.plain for block in blocks)) == words(*(part.plain for part in parts))
    for part in parts:
        assert units(part.plain) <= 50
        if part.plain.strip():
            assert checked_text({"text": part.html, "parse_mode": "HTML"}) == part.plain.strip()
