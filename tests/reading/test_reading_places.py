"""Where a passage stands: page, section, table and row, told from the text alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rahdari.reading.places import Place, parted, place, tables

TEXT = """# Report

Opening.

## Costs

### Second phase ###

| No. | Project | Cost |
| --- | --- | --- |
| 1 | Halden tunnel | 312 |

\f## Outlook

One | two without a rule

| Project | Status |
|:--|--:|
| Orsa \\| bridge | planned |
| Road |

| Project | Cost (US$ million) | Length (km) | Lots (2023) |
| --- | --- | --- | --- |
| Sarn road | 1,315 | 84 km | |
| Total | (20) | 84 | 3 |

The end.
"""


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        ("# Report", "page 1"),
        ("Opening.", "page 1, Report"),
        ("## Costs", "page 1, Report"),
        ("| No.", "page 1, Report › Costs › Second phase, table 1"),
        ("| 1 | Halden", "page 1, Report › Costs › Second phase, table 1, row Halden tunnel"),
        ("312 |", "page 1, Report › Costs › Second phase, table 1, row Halden tunnel"),
        ("One |", "page 2, Report › Outlook"),
        ("planned", "page 2, Report › Outlook, table 2, row Orsa \\| bridge"),
        ("| Road |", "page 2, Report › Outlook, table 2, row Road"),
        ("| Project | Cost (", "page 2, Report › Outlook, table 3"),
        ("| Sarn", "page 2, Report › Outlook, table 3, row Sarn road: Cost (US$ million)"),
        ("84 |", "page 2, Report › Outlook, table 3, row Total: Cost (US$ million), Length (km), Lots (2023)"),
        ("The end.", "page 2, Report › Outlook"),
    ],
)
def test_a_place_is_told(passage: str, told: str) -> None:
    assert str(place(TEXT, TEXT.index(passage))) == told


def test_a_plain_text_has_no_places() -> None:
    assert place("One sentence. Another.", 14) == Place()
    assert str(Place()) == ""


def test_cells_are_the_text_at_their_offsets() -> None:
    for table in tables(TEXT):
        for row in (table.header, *table.rows):
            assert TEXT[row.start : row.end].startswith("|")
            for cell in row.cells:
                assert TEXT[cell.start : cell.end] == cell.text


def test_a_header_is_parted_from_its_unit() -> None:
    assert parted("Cost (US$ million)") == ("Cost", "US$ million")
    assert parted("Length, in km") == ("Length", "km")
    assert parted("Cost (US$ million) Actual") == ("Cost Actual", "US$ million")
    assert parted("Status") == ("Status", "")
    assert parted("Cost (US$ million)[2]") == ("Cost", "US$ million")
    assert parted("Status[1]") == ("Status", "")
    endless = "Cost" + " " * 1_000_000 + "of it"
    assert parted(endless) == (endless, "")


def test_a_place_in_short_leaves_out_outer_headings_first() -> None:
    where = Place(3, ("Costs of all the works", "Second phase"), 2, "Halden tunnel")
    assert where.brief(90) == str(where)
    assert where.brief(60) == "page 3, Second phase, table 2, row Halden tunnel"
    assert where.brief(40) == "page 3, table 2, row Halden tunnel"
    assert where.brief(30) == "page 3, table 2, row Halden t…"
    assert Place(section=("Costs of all the works",)).brief(10) == ""
    measured = replace(where, units=("Cost (US$ million)",))
    assert measured.brief(60) == "page 3, table 2, row Halden tunnel: Cost (US$ million)"
    assert measured.brief(40) == "page 3, table 2, row Halden tunnel"


def test_a_heading_that_says_the_title_again_is_left_out() -> None:
    assert str(Place(2, ("The Works", "Costs")).beneath("the  works")) == "page 2, Costs"
