"""Amounts, quantities and dates in a sentence: the wording stays, the value is normalised."""

from __future__ import annotations

import pytest

from rahdari.extraction.tables import told
from rahdari.extraction.values import Value, number_of, values


def found(text: str, kind: str) -> list[tuple[str, str]]:
    """(wording, value) of every value of a kind in a text."""
    return [(text[v.start : v.end], v.value) for v in values(text) if v.type == kind]


@pytest.mark.parametrize(
    ("text", "wording", "value"),
    [
        ("It cost $640 million.", "$640 million", "640000000 USD"),
        ("It cost US$1.41 billion in all.", "US$1.41 billion", "1410000000 USD"),
        ("a $95 million airport", "$95 million", "95000000 USD"),
        ("a €210m fund", "€210m", "210000000 EUR"),
        ("They paid €31 million.", "€31 million", "31000000 EUR"),
        ("some 24 billion rupiah were raised", "24 billion rupiah", "24000000000 IDR"),
        ("a fee of 10,000 rupiah a visit", "10,000 rupiah", "10000 IDR"),
        ("up to 22 soles a cubic metre", "22 soles", "22 PEN"),
        ("F$18,000 was set aside", "F$18,000", "18000 FJD"),
        ("ZMW 4.2 billion", "ZMW 4.2 billion", "4200000000 ZMW"),
        ("six million dollars were lost", "six million dollars", "6000000 USD"),
        ("P2.7 billion for the plant", "P2.7 billion", "2700000000 peso"),
        ("up P3.80 per cubic meter", "P3.80", "3.8 peso"),
        ("a P1.2-billion plant", "P1.2-billion", "1200000000 peso"),
        ("The road costs R450 million.", "R450 million", "450000000 ZAR"),
        ("R2.50 a litre", "R2.50", "2.5 ZAR"),
        ("K2.5 billion was paid", "K2.5 billion", "2500000000 K"),
        ("an N1.5 trillion budget", "N1.5 trillion", "1500000000000 NGN"),
        ("a line of S/ 300 million", "S/ 300 million", "300000000 PEN"),
        ("The ferry costs Shs 12 billion.", "Shs 12 billion", "12000000000 shilling"),
        ("Ush12 billion was lent", "Ush12 billion", "12000000000 UGX"),
        ("UAH 4.5 million", "UAH 4.5 million", "4500000 UAH"),
    ],
)
def test_an_amount_is_a_number_and_a_currency(text: str, wording: str, value: str) -> None:
    assert found(text, "amount") == [(wording, value)]


@pytest.mark.parametrize(
    "text", ["Project ID P178442", "as page 14 p 12 tells", "It has 14 p.", "Lot P12", "K2", "N95 masks", "the R450"]
)
def test_a_letter_by_a_number_is_no_currency(text: str) -> None:
    assert found(text, "amount") == []


@pytest.mark.parametrize(
    ("text", "wording", "value"),
    [
        ("a 312-kilometer line", "312-kilometer", "312 km"),
        ("312 km of track", "312 km", "312 km"),
        ("183 megawatts of power", "183 megawatts", "183 MW"),
        ("9,400 hectares of land", "9,400 hectares", "9400 ha"),
        ("60 percent of it", "60 percent", "60 %"),
        ("61% of it", "61%", "61 %"),
        ("The lease runs for 22 years.", "22 years", "22 year"),
        ("Some 2,740 households moved.", "2,740 households", "2740 households"),
        ("20 agreements were signed", "20 agreements", "20 agreements"),
        ("twenty-one bridges", "twenty-one bridges", "21 bridges"),
        ("five quays", "five quays", "5 quays"),
        ("- **Stations:** nine", "Stations:** nine", "9 stations"),
        ("1.2 million people live there", "1.2 million people", "1200000 people"),
    ],
)
def test_a_quantity_is_a_number_and_a_unit_or_what_is_counted(text: str, wording: str, value: str) -> None:
    assert found(text, "quantity") == [(wording, value)]


@pytest.mark.parametrize(
    ("text", "wording", "value"),
    [
        ("It opened on 4 March 2024.", "4 March 2024", "2024-03-04"),
        ("It opened on March 4, 2024.", "March 4, 2024", "2024-03-04"),
        ("It opened on the 4th of March 2024.", "4th of March 2024", "2024-03-04"),
        ("It opened on 2024-03-04.", "2024-03-04", "2024-03-04"),
        ("in September 2023 it opened", "September 2023", "2023-09"),
        ("It was built in 1931.", "1931", "1931"),
        ("It was built in 1097, by hand.", "1097", "1097"),
        ("since the early 19th century", "early 19th century", "early 19th century"),
        ("in the fifteenth century", "fifteenth century", "fifteenth century"),
        ("In the 1060s he left.", "1060s", "1060s"),
        ("open until May 2024", "May 2024", "2024-05"),
        ("two years ago it opened", "two years ago", "two years ago"),
        ("It opened yesterday.", "yesterday", "yesterday"),
        ("On Monday it opened.", "On Monday", "on monday"),
    ],
)
def test_a_date_is_iso_8601_as_far_as_it_is_given(text: str, wording: str, value: str) -> None:
    assert found(text, "date") == [(wording, value)]


@pytest.mark.parametrize(
    "text",
    [
        "It may be built.",
        "They march on.",
        "Route 66 was closed.",
        "See page 12.",
        "It is 2,019 metres high.",
        "1950 people came.",
        "from 1200 villages",
        "to 1100 homes",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert found(text, "date") == []


def test_an_amount_is_not_a_quantity_as_well() -> None:
    text = "The loan of $640 million covers 168 kilometers, 40 percent of the line, from 2024."
    assert [v.type for v in values(text)] == ["amount", "quantity", "quantity", "date"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", 1200.0),
        ("3.5 billion", 3.5e9),
        ("twenty-one", 21.0),
        ("twelve", 12.0),
        ("2 crore", 2e7),
        ("forty", 40.0),
        ("some", None),
        ("", None),
    ],
)
def test_number_words_and_figures_give_numbers(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("number", [1, 7, 19, 42, 99, 100, 1234, 56789, 1234567])
def test_a_figure_with_thousands_separators_is_the_same_number(number: int) -> None:
    assert number_of(f"{number:,}") == number_of(str(number)) == number
    assert found(f"It has {number:,} tonnes of it.", "quantity")[0][1].split()[0] == str(number)


@pytest.mark.parametrize(
    "text", ["", "no values here", "$", "million", "€ million km", "%%%", "1", "." * 500, "9" * 300]
)
def test_values_lie_within_their_text_in_order(text: str) -> None:
    ordered: list[Value] = values(text)
    assert all(0 <= v.start < v.end <= len(text) for v in ordered)
    assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:]))


def test_the_mark_of_a_note_is_none_of_a_figure_or_a_unit() -> None:
    (row,) = told("| Quay | Cost (US$ million)[1] |\n| --- | --- |\n| Halden quay | 430[2] |")
    assert [(one.predicate, one.object) for one in row.said] == [("cost", "US$430 million")]
