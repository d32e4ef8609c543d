"""Who agreed with whom, by the words between the names."""

from __future__ import annotations

import pytest

from rahdari.records import Mention
from rahdari.store import parties

COUNTRIES = {"Peru", "Chile", "Kenya", "Uganda", "Japan", "Brazil"}
PEOPLE = {"Ana Ruiz", "Tom Berg", "Lea Koch"}
BODIES = {"Sierra Works", "Harbour Bank", "Delta Rail", "Nord Fund"}


def mentions(text: str) -> list[Mention]:
    found = []
    for type, names in (("place", COUNTRIES), ("person", PEOPLE), ("organisation", BODIES)):
        for name in names:
            at = text.find(name)
            if at >= 0:
                found.append(Mention("a", 0, 100 + at, 100 + at + len(name), name, type, name))  # type: ignore[arg-type]
    return sorted(found, key=lambda mention: mention.start)


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "expected"),
    [
        ("Kenya and Uganda signed a pact on trade.", "Kenya and Uganda", "sign", ["Kenya-Uganda"]),
        ("LIMA, May 3 (Harbour Bank) -- Peru signed a pact with Chile.", "LIMA", "sign", ["Peru-Chile"]),
        (
            "Peru on Monday agreed with Chile and Brazil on a fee.",
            "Peru",
            "agree",
            ["Peru-Chile", "Peru-Brazil"],
        ),
        (
            "In Kenya, Delta Rail signed a deal with the Harbour Bank.",
            "Delta Rail",
            "sign",
            ["Delta Rail-Harbour Bank"],
        ),
        ("Delta Rail signed a lease for land in Kenya near Uganda.", "Delta Rail", "sign", []),
        (
            "Delta Rail, based in Peru, signed a lease with the Nord Fund.",
            "Delta Rail",
            "sign",
            ["Delta Rail-Nord Fund"],
        ),
        ("The ministers of Peru and Chile ratified it.", "The ministers of Peru and Chile", "ratify", ["Peru-Chile"]),
        (
            "Chile's Sierra Works concluded a deal with Japan's Delta Rail.",
            "Chile's Sierra Works",
            "conclude",
            ["Sierra Works-Delta Rail"],
        ),
        (
            "The loan was signed by Ana Ruiz and Tom Berg of the Nord Fund.",
            "The loan",
            "be sign",
            ["Ana Ruiz-Nord Fund"],
        ),
        (
            "The loan was signed in Kenya by Peru's minister, Ana Ruiz, and the head of the Nord Fund, Tom Berg.",
            "The loan",
            "be sign",
            ["Peru-Nord Fund"],
        ),
        ("The pact between Kenya and Uganda was initialled in Japan.", "The pact", "be initial", ["Kenya-Uganda"]),
        ("A contract was awarded to a consortium of Sierra Works and Delta Rail.", "A contract", "be award", []),
        (
            "Peru signed it with a consortium of Sierra Works and Delta Rail.",
            "Peru",
            "sign",
            ["Peru-Sierra Works", "Peru-Delta Rail"],
        ),
        ("Ana Ruiz, who met Tom Berg in Chile, signed a pact with Kenya.", "Ana Ruiz", "sign", ["Ana Ruiz-Kenya"]),
        ("A pact was signed by Kenya, which owes the Harbour Bank a sum, and Uganda.", "A pact", "be sign", []),
        (
            "The minister of Peru, Ana Ruiz, today signed in Lima a pact, to open the line between Kenya and Uganda.",
            "The minister of Peru",
            "be sign",
            [],
        ),
        ("Work that Peru began ended.", "Work", "end", []),
    ],
)
def test_parties_are_tied_by_the_words_between_them(
    text: str, subject: str, predicate: str, expected: list[str]
) -> None:
    assert ["-".join(pair) for pair in parties.pairs(text, 100, subject, predicate, mentions(text))] == expected


def test_a_phrase_that_stands_for_two_ties_them() -> None:
    text = "The two countries signed a treaty."
    both = [Mention("a", 0, 0, 17, text[:17], "place", name) for name in ("Peru", "Chile")]
    assert list(parties.pairs(text, 0, "The two countries", "sign", both)) == [("Peru", "Chile")]
