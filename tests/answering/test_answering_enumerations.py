"""A line that opens a list stands for its items, and an item for its whole list."""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.answering.enumerations import items_after, opens, siblings, spread
from rahdari.answering.evidence import Candidate
from rahdari.records import Mention, Sentence, SentenceKind


@dataclass
class Lines:
    """A document of lines: its own store and corpus for these look-ups."""

    sentences: tuple[Sentence, ...]

    @property
    def store(self) -> Lines:
        return self

    def neighbours(self, key: tuple[str, int], before: int = 1, after: int = 1) -> tuple[Sentence, ...]:
        return self.sentences[max(0, key[1] - before) : key[1] + after + 1]

    def mentions(self, keys: list[tuple[str, int]]) -> dict[tuple[str, int], tuple[Mention, ...]]:
        return dict.fromkeys(keys, ())


def lines(*rows: tuple[SentenceKind, str, str | None]) -> Lines:
    return Lines(
        tuple(
            Sentence("d", i, i * 100, i * 100 + len(t), t, i, kind, heading)
            for i, (kind, t, heading) in enumerate(rows)
        )
    )


_SIGNED = lines(
    ("prose", "The ministers met.", None),
    ("prose", "The following were signed:", None),
    ("item", "a treaty", None),
    ("item", "a loan", None),
    ("item", "a letter", None),
    ("prose", "Then they left.", None),
    ("heading", "Withdrawn", None),
    ("item", "a tannery", "Withdrawn"),
    ("prose", "It rained.", "Withdrawn"),
)


def texts(found: list[Sentence]) -> list[str]:
    return [sentence.text for sentence in found]


def test_a_heading_and_a_line_with_a_colon_open_something_and_prose_does_not() -> None:
    assert [i for i, s in enumerate(_SIGNED.sentences) if opens(s)] == [1, 6]


def test_what_a_line_announces_are_the_items_right_under_it() -> None:
    found = items_after(_SIGNED.sentences[1], _SIGNED)  # type: ignore[arg-type]
    assert texts(found) == ["a treaty", "a loan", "a letter"]


def test_a_line_that_nothing_follows_announces_nothing() -> None:
    ending = lines(("prose", "These were signed:", None), ("heading", "Next", None), ("item", "a treaty", "Next"))
    assert items_after(ending.sentences[0], ending) == []  # type: ignore[arg-type]


def test_prose_under_a_heading_is_what_it_announces() -> None:
    headed = lines(
        ("heading", "History", None), ("prose", "It was built.", "History"), ("prose", "It burned.", "History")
    )
    assert texts(items_after(headed.sentences[0], headed)) == ["It was built.", "It burned."]  # type: ignore[arg-type]


def test_an_item_stands_in_its_whole_list_and_in_no_other() -> None:
    for number in (2, 3, 4):
        assert texts(siblings(_SIGNED.sentences[number], _SIGNED)) == ["a treaty", "a loan", "a letter"]  # type: ignore[arg-type]
    assert texts(siblings(_SIGNED.sentences[7], _SIGNED)) == ["a tannery"]  # type: ignore[arg-type]


def test_lists_are_spread_once_however_many_of_their_lines_were_found() -> None:
    chosen = [Candidate(_SIGNED.sentences[number], ()) for number in (1, 3, 5)]
    found = [candidate.sentence for candidate in spread(chosen, _SIGNED)]  # type: ignore[arg-type]
    assert texts(found) == ["a treaty", "a loan", "a letter", "Then they left."]
