"""What is on pages of a PDF becomes text: tables without rules around cells, small capitals, sideways text, columns."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from making import Pdf

from rahdari.reading import pdf_files, read
from rahdari.reading.pdf_flow import Block, joined

BRIDGES = [("Bridge", "Cost"), ("Tartu", "$8 million"), ("Narva", "$9 million"), ("Valga", "$4 million")]
PROSE = "The council has paid for the bridges of the country in the last ten years."


def text(made: Pdf) -> str:
    return pdf_files.read(made.made(), "a.pdf")[1]


def set_out(
    rows: Sequence[Sequence[str]], places: Sequence[float] = (72, 250), ruled: Sequence[int] = (), high: float = 15
) -> Pdf:
    """Rows under a paragraph, with rules above those of these numbers, and another paragraph."""
    page = Pdf().page().text(72, 715, PROSE)
    for number, row in enumerate(rows):
        for place, cell in zip(places, row):
            page.text(place, 690 - high * number - 11, cell, 10)
    for number in ruled:
        page.rule(72, 690 - high * number, 540, 690 - high * number)
    return page.text(72, 690 - high * len(rows) - 40, PROSE)


def piped(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])


@pytest.mark.parametrize("ruled", [range(5), (0, 1, 4), (1, 4), (1, 2, 3), ()])
@pytest.mark.parametrize("high", [12, 15, 24])
def test_cells_under_each_other_are_a_table_with_rules_across_and_without(ruled: Sequence[int], high: float) -> None:
    assert text(set_out(BRIDGES, ruled=ruled, high=high)) == f"{PROSE}\n\n{piped(BRIDGES)}\n\n{PROSE}"


@pytest.mark.parametrize("ruled", [(0, 1, 4), ()])
def test_a_table_may_have_many_columns_cells_without_text_and_figures_at_the_right(ruled: Sequence[int]) -> None:
    rows = [
        ("Project", "Length", "Cost (US$ million)", "Status"),
        ("Tartu ring road", "8.4 km", "1,312", "completed"),
        ("Narva bridge", "1.2 km", "", "under way"),
        ("Valga tunnel", "0.4 km", "7", "planned"),
    ]
    page = Pdf().page()
    for number, (name, length, cost, status) in enumerate(rows):
        for place, cell in ((72, name), (180, length), (350 - 5 * len(cost), cost), (380, status)):
            page.text(place, 690 - 15 * number - 11, cell, 10)
    for number in ruled:
        page.rule(72, 690 - 15 * number, 460, 690 - 15 * number)
    assert text(page) == piped(rows)


def test_lines_of_one_cell_are_one_where_rules_part_the_rows() -> None:
    page = Pdf().page()
    page.text(72, 700, "Quay").text(180, 700, "What is built").text(380, 700, "Cost")
    page.text(72, 680, "Punta Arenas,").text(180, 680, "A wall of 400 metres and").text(380, 680, "$80 million")
    page.text(72, 667, "North").text(180, 667, "a road to the Town")
    page.text(72, 647, "Arica").text(180, 647, "New lamps").text(380, 647, "$2 million")
    for y in (715, 693, 660, 640):
        page.rule(72, y, 460, y)
    assert text(page) == piped(
        [
            ("Quay", "What is built", "Cost"),
            ("Punta Arenas, North", "A wall of 400 metres and a road to the Town", "$80 million"),
            ("Arica", "New lamps", "$2 million"),
        ]
    )


def test_the_name_of_a_group_of_rows_and_a_header_over_columns_are_kept() -> None:
    page = Pdf().page().text(185, 700, "Cost, as the bank says it")
    lines = [("Bridge", "planned", "paid"), ("", "the south", ""), ("Tartu", "$8 million", "$9 million")]
    lines += [("Valga", "$4 million", "$5 million")]
    for y, (name, planned, paid) in zip((686, 666, 652, 638), lines):
        page.text(72, y, name).text(150 if planned != "the south" else 225, y, planned).text(300, y, paid)
    for y in (715, 680, 630):
        page.rule(72, y, 460, y)
    assert text(page) == piped(
        [
            ("Bridge", "Cost, as the bank says it planned", "Cost, as the bank says it paid"),
            ("", "the south", ""),
            ("Tartu", "$8 million", "$9 million"),
            ("Valga", "$4 million", "$5 million"),
        ]
    )


def test_a_word_in_the_margin_of_a_table_that_sticks_out_of_its_rules_is_kept() -> None:
    page = Pdf().page()
    rows = [("Bridge", "Cost"), ("Tartu", "8,000,000,000"), ("Narva", "$9"), ("Valga", "$4")]
    for number, row in enumerate(rows):
        page.text(72, 679 - 15 * number, row[0], 10).text(265, 679 - 15 * number, row[1], 10)
        page.rule(72, 690 - 15 * number, 300, 690 - 15 * number)
    page.rule(72, 630, 300, 630).text(306, 649, "new", 10)
    assert text(page) == f"{piped(rows)}\n\nnew"


def test_two_tables_between_rules_of_one_length_stay_two() -> None:
    page = Pdf().page()
    roads = [("Road", "Length"), ("Tapa", "12 km"), ("Jogeva", "31 km")]
    for top, rows in ((700, BRIDGES), (560, roads)):
        for number, row in enumerate(rows):
            page.text(72, top - 15 * number - 11, row[0], 10).text(250, top - 15 * number - 11, row[1], 10)
        for number in (0, 1, len(rows)):
            page.rule(72, top - 15 * number, 460, top - 15 * number)
    page.text(72, 600, PROSE)
    assert text(page) == f"{piped(BRIDGES)}\n\n{PROSE}\n\n{piped(roads)}"


def test_a_table_with_rules_down_between_its_columns_only_is_read_whole() -> None:
    rows = [(*row, "2014" if number else "Year") for number, row in enumerate(BRIDGES)]
    page = set_out(rows, (76, 254, 404), range(5))
    page.rule(250, 690, 250, 630).rule(400, 690, 400, 630)
    assert piped(rows) in text(page)


def test_rows_whose_header_is_not_known_stay_rows() -> None:
    assert (
        text(set_out(BRIDGES[1:])) == f"{PROSE}\n\nTartu  $8 million\nNarva  $9 million\nValga  $4 million\n\n{PROSE}"
    )


def test_a_table_in_a_column_is_read_there() -> None:
    left = [f"Line {number} of the left column is as long as this" for number in range(12)]
    right = [f"Line {number} of the right column is as long as it" for number in range(12)]
    page = Pdf().page().lines(72, 700, left, 10).lines(330, 700, right[:3], 10).lines(330, 592, right[9:], 10)
    for number, row in enumerate(BRIDGES):
        page.text(330, 657 - 12 * number, row[0], 10).text(430, 657 - 12 * number, row[1], 10)
    found = text(page)
    table = f"{' '.join(right[:3])}\n\n{piped(BRIDGES)}\n\n{' '.join(right[9:])}"
    assert found == f"{' '.join(left)}\n\n{table}"


def test_columns_of_prose_items_and_justified_lines_are_no_tables() -> None:
    page = Pdf().page()
    page.rule(72, 740, 540, 740).text(72, 728, "Harbour news").text(480, 728, "May 2021").rule(72, 720, 540, 720)
    columns = [[f"{side} {number} tells what came to the harbour" for number in range(8)] for side in ("Left", "Right")]
    page.lines(72, 700, columns[0], 10).lines(330, 700, columns[1], 10).rule(72, 590, 540, 590)
    for number, item in enumerate(("roads", "bridges", "harbours")):
        page.text(72, 560 - 14 * number, f"{number + 1}.").text(100, 560 - 14 * number, item)
    found = text(page)
    assert "|" not in found and "  " not in found
    assert " ".join(columns[0]) in found and " ".join(columns[1]) in found


@pytest.mark.parametrize("size", [10, 24])
def test_a_word_of_several_sizes_is_one_and_the_mark_of_a_note_is_none_of_it(size: int) -> None:
    small = round(0.75 * size, 1)
    parts = "".join(
        f"/F1 {size} Tf ({word[0]}) Tj /F1 {small} Tf ({word[1:]} ) Tj " for word in ("THE", "KARUN", "DAM")
    )
    raised = f"/F1 {size} Tf (cost $410 million) Tj /F1 {0.6 * size} Tf {0.4 * size} Ts (2) Tj"
    page = Pdf().page().raw(f"BT 72 700 Td {parts}{raised} ET")
    assert text(page.text(72, 600, "A line of the usual size.", size)).startswith("THE KARUN DAM cost $410 million[2]")


UPWARDS, DOWNWARDS = (0, 1, -1, 0), (0, -1, 1, 0)


def turned(page: Pdf, matrix: tuple[int, ...], x: float, y: float, words: str) -> Pdf:
    """Words that run another way from this place on."""
    return page.raw(f"BT /F1 10 Tf {' '.join(map(str, matrix))} {x} {y} Tm ({words}) Tj ET")


@pytest.mark.parametrize(("matrix", "along"), [(UPWARDS, 1), (DOWNWARDS, -1)])
def test_a_table_set_sideways_is_read_after_the_rest_of_its_page(matrix: tuple[int, ...], along: int) -> None:
    page = Pdf().page().text(72, 740, PROSE)
    for number, row in enumerate(BRIDGES):
        for place, cell in enumerate(row):
            turned(page, matrix, 300 + along * 15 * number, 400 + along * 150 * place, cell)
    assert text(page) == f"{PROSE}\n\n{piped(BRIDGES)}"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_sideways_is_read(turn: int, tmp_path: Path) -> None:
    made = Pdf().page().text(72, 740, "Bridges", 16).lines(72, 700, ["They cost $19 million", "in all."]).made()
    (tmp_path / "a.pdf").write_bytes(made.replace(b"/MediaBox", b"/Rotate %d /MediaBox" % turn))
    assert read(tmp_path / "a.pdf").text == "# Bridges\n\nThey cost $19 million in all."


def test_a_label_set_sideways_neither_heads_what_follows_nor_parts_a_sentence_over_pages() -> None:
    made = Pdf().page().text(72, 740, PROSE).text(72, 700, "These are the costs of the")
    turned(made, UPWARDS, 30, 300, "Cost of a bridge").page().text(72, 740, "bridges that were built.")
    turned(made, UPWARDS, 30, 300, "Year").page().text(72, 740, "The end.")
    sentence = "These are the costs of the\n\fbridges that were built."
    assert text(made) == f"{PROSE}\n\n- Cost of a bridge\n\n{sentence}\n\n- Year\n\n\fThe end."


COLUMNS = [
    ["The harbour was built for the", "ships of the north, which came", "to it from the year 1911 on."],
    ["Its walls are made of the stone", "that was cut on the islands and", "shipped over in the summer."],
    ["Ice shuts it in the cold of the", "winter; then the roads over the", "lake are used by all the towns."],
]


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("rows", [2, 3])
@pytest.mark.parametrize("columns", [2, 3])
def test_columns_of_few_lines_are_read_one_after_the_other(columns: int, rows: int, above: bool) -> None:
    page = Pdf().page()
    if above:
        page.lines(72, 740, [f"{PROSE} All of them were opened on time,", "as it says."], 10)
    for place, lines in zip((72, 240, 408), COLUMNS[:columns]):
        page.lines(place, 700, lines[:rows], 10)
    told = [" ".join(lines[:rows]) for lines in COLUMNS[:columns]]
    found = [" ".join(block.split()) for block in text(page).split("\n\n")]
    assert found == [*([f"{PROSE} All of them were opened on time, as it says."] * above), *told]


@pytest.mark.parametrize("apart", [0, 3, 6, 9])
def test_lines_of_two_columns_need_not_stand_on_one_height(apart: float) -> None:
    left, right = (
        [f"{side} {number} tells what came to the harbour" for number in range(6)] for side in ("One", "Two")
    )
    page = Pdf().page().lines(72, 700, left, 10).lines(330, 700 + apart, right, 10)
    assert text(page) == f"{' '.join(left)}\n\n{' '.join(right)}"


@pytest.mark.parametrize(
    "rows",
    [
        [("The bridge of Tartu", "Built by Orsa Roads"), ("Narva ferry, all works", "Mended by Kalda Ships")],
        [("Name of the person:", "Oda Rehn of Narva"), ("Day of the decision:", "The first of May")],
        [("The bridge of Tartu and its roads", "under way since May"), ("Narva ferry", "planned for the spring")],
    ],
)
def test_cells_of_a_few_rows_are_no_columns(rows: list[tuple[str, str]]) -> None:
    page = Pdf().page()
    for number, row in enumerate(rows):
        for place, cell in zip((72, 330), row):
            page.text(place, 700 - 12 * number, cell, 10)
    assert text(page) == " ".join(cell for row in rows for cell in row)


@pytest.mark.parametrize("rise", [3, 4, 5])
@pytest.mark.parametrize(
    ("word", "mark", "said"), [("open.", "1", "open.[1]"), ("1.5 km", "2", "1.5 km2"), ("10", "6", "10 6")]
)
def test_a_raised_mark_stands_in_its_line(rise: int, word: str, mark: str, said: str) -> None:
    line = f"/F1 10 Tf (The quay is {word}) Tj /F1 6 Tf {rise} Ts ({mark}) Tj 0 Ts /F1 10 Tf ( It is new) Tj"
    raised = f"BT 72 700 Td {line} ET"
    page = (
        Pdf()
        .page()
        .text(72, 712, "This is what the council wrote:", 10)
        .raw(raised)
        .text(72, 688, "and it was told so.", 10)
    )
    assert text(page) == f"This is what the council wrote: The quay is {said} It is new and it was told so."


LEFT = [
    "The bank has paid. It told all who asked it in",
    "years that the loan for the new quay of the",
    "old harbour is paid by the Ministry of the",
]
RIGHT = [
    "Sea, which has its own means for such work,",
    "and that no other loan will ever be needed in",
    "any of the years that are still to come.",
]


@pytest.mark.parametrize("note", [(), ("1 See the report of the bank, page 14.", "2 Quays, 2021")])
@pytest.mark.parametrize("pages", [1, 2])
def test_a_sentence_goes_on_in_the_next_column_or_page_past_notes(note: Sequence[str], pages: int) -> None:
    above = [f"Line {number} tells what came to the harbour" for number in range(5)]
    page = Pdf().page().lines(72, 700, [*above[:-1], "This was the first of all days."], 10).lines(72, 630, LEFT, 10)
    page.lines(72, 540, note, 7)
    page = page.page() if pages == 2 else page
    page.lines(
        330 if pages == 1 else 72, 700, [*RIGHT, *[f"Line {number} tells of the harbour" for number in range(5)]], 10
    )
    found = text(page)
    told = [" ".join(paragraph.split()) for paragraph in found.split("\n\n")]
    assert any(" ".join([*LEFT, *RIGHT]) in paragraph for paragraph in told)
    assert not note or note[0] in found


@pytest.mark.parametrize("other", ["Costs of the quay", "Sea"])
def test_what_only_begins_a_column_is_no_end_of_a_sentence(other: str) -> None:
    page = Pdf().page().lines(72, 700, [*["Harbours of the north, which are all open"] * 4, *LEFT], 10)
    page.text(330, 700, other, 10).lines(330, 670, ["They were built by the council in these years.", *RIGHT], 10)
    assert f"\n\n{other}\n\nThey were" in text(page)


def test_a_year_in_a_header_is_no_figure_below_it() -> None:
    rows = [
        ("Indicator", "Baseline (2022)", "Target (2029)"),
        ("Farmers", "0", "28,000"),
        ("Hectares", "12", "47,600"),
        ("Wells", "3", "40"),
    ]
    assert piped(rows) in text(set_out(rows, (72, 250, 400), ruled=range(5)))
    assert piped(rows) in text(set_out(rows, (72, 250, 400)))


TOWNS = [
    ("Bridge", "Cost", "Built"),
    *[
        (f"{town} bridge", f"${cost} million", "1911")
        for cost, town in enumerate(("Tartu", "Narva", "Valga", "Kunda"), 4)
    ],
]


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("above", [(), ("Table 1, continued",)])
def test_a_table_that_goes_on_on_the_next_page_has_its_header_there(again: bool, above: Sequence[str]) -> None:
    page = Pdf().page().text(72, 740, PROSE).table(72, 120, (200, 100, 100), TOWNS[:3])
    page.page().lines(72, 740, above).table(72, 700, (200, 100, 100), [*TOWNS[:again], *TOWNS[3:]]).text(72, 500, PROSE)
    found = text(page)
    assert piped(TOWNS[:3]) in found
    assert piped([TOWNS[0], *TOWNS[3:]]) in found.partition("\f")[2]


def test_another_table_on_the_next_page_keeps_its_own_header() -> None:
    other = [("Quay", "Length", "Depth"), ("Kunda quay", "300 m", "9 m")]
    page = Pdf().page().text(72, 740, PROSE).table(72, 120, (200, 100, 100), TOWNS)
    page.page().table(72, 700, (200, 100, 100), other)
    assert text(page).endswith(f"\f{piped(other)}")


@pytest.mark.parametrize("again", [True, False])
def test_a_row_that_the_end_of_a_page_cuts_stays_one(again: bool) -> None:
    page = Pdf().page().text(72, 740, PROSE).table(72, 160, (200, 100, 100), TOWNS[:3])
    for place, cell in zip((72, 272, 372, 472), ("The old bridge of", "$9 million", "1912", "")):
        page.rule(place, 100, place, 60).text(place + 4, 86, cell, 10)
    rest = [("the town of Valga", "", "")]
    page.page().table(72, 700, (200, 100, 100), [*TOWNS[:again], *rest, *TOWNS[3:]]).text(72, 500, PROSE)
    first, _, second = text(page).partition("\f")
    assert piped([*TOWNS[:3], ("The old bridge of the town of Valga", "$9 million", "1912")]) in first
    assert second.startswith(piped([TOWNS[0], *TOWNS[3:]]))


def test_marks_of_items_that_are_drawn_keep_items_apart() -> None:
    items = ["Build three quays by 2030", "Keep the wall of the old", "Sell the two ferries"]
    page = Pdf().page().text(72, 740, PROSE, 10)
    for number, line in enumerate([*items[:2], "harbour of the town", items[2]]):
        page.text(90, 700 - 12 * number, line, 10)
        if line[0].isupper():
            page.raw(f"80 {702 - 12 * number} 3 3 re f")
    page.text(90, 600, "A box of 3 by 3 points", 10).raw("300 602 3 3 re f 40 500 4 4 re f")
    told = [f"- {items[0]}", f"- {items[1]} harbour of the town", f"- {items[2]}"]
    assert text(page) == "\n\n".join([PROSE, "\n".join(told), "A box of 3 by 3 points"])


def test_a_heading_parts_two_tables_between_rules_of_one_length() -> None:
    costs, sums = BRIDGES[:3], [("€ million", "2023"), ("Revenue", "412.0"), ("Profit", "126.9")]
    page = Pdf().page().text(72, 740, PROSE)
    for top, rows in ((700, costs), (590, sums)):
        for number, (name, cell) in enumerate(rows):
            height = top - 15 * number
            page.text(72, height - 11, name, 10).text(300, height - 11, cell, 10).rule(
                72, height - 15, 540, height - 15
            )
    page.text(72, 620, "Income statement", 14)
    found = text(page.text(72, 500, PROSE))
    assert f"{piped(costs)}\n\n# Income statement\n\n{piped(sums)}" in found


def test_cells_of_a_header_that_stand_half_a_line_apart_are_one_row() -> None:
    page = Pdf().page().text(72, 740, PROSE)
    page.text(265, 700, "Capacity of all (MW)", 10).text(72, 692, "Farm", 10).text(440, 692, "Status", 10)
    page.text(250, 684, "Gross", 10).text(350, 684, "Net", 10).rule(240, 695, 400, 695)
    rows = [
        ("Lomma Bank", "600", "450", "Approved"),
        ("Vadsund", "180", "180", "Pending"),
        ("Hestad", "12", "6", "On hold"),
    ]
    for number, row in enumerate(rows):
        page.rule(72, 680 - 15 * number, 540, 680 - 15 * number)
        for place, cell in zip((72, 250, 350, 440), row):
            page.text(place, 669 - 15 * number, cell, 10)
    page.rule(72, 635, 540, 635).text(72, 600, PROSE)
    assert piped([("Farm", "Capacity of all (MW) Gross", "Capacity of all (MW) Net", "Status"), *rows]) in text(page)


@pytest.mark.parametrize("figure", ["1.9 GW", "$412m", "64%", "12 million", "$3.5 bn"])
def test_a_figure_in_large_type_opens_what_it_is_about(figure: str) -> None:
    page = Pdf().page().text(72, 740, PROSE, 10).text(72, 700, figure, 20)
    page.text(72, 685, "was the sum of all in the year that ended in May", 10)
    assert text(page).endswith(f"{figure} was the sum of all in the year that ended in May")


@pytest.mark.parametrize("heading", ["2 Costs", "1.9 Risks", "2023 results", "Costs"])
def test_a_heading_with_a_number_stays_one(heading: str) -> None:
    page = Pdf().page().text(72, 740, PROSE, 10).text(72, 700, heading, 20).text(72, 685, "and what they are", 10)
    assert text(page).endswith(f"# {heading}\n\nand what they are")


def test_a_row_whose_rules_go_on_beyond_the_page_is_read() -> None:
    page = Pdf().page().text(72, 740, PROSE).table(72, 160, (200, 100, 100), TOWNS[:3])
    for place, cell in zip((72, 272, 372, 472), (*TOWNS[3], "")):
        page.rule(place, 100, place, -30).text(place + 4, 86, cell, 10)
    assert text(page).endswith(piped(TOWNS[:4]))


@pytest.mark.parametrize("title", [(), (("Bridges of the country", "", ""),)])
def test_a_title_over_a_table_that_goes_on_is_no_header(title: Sequence[Sequence[str]]) -> None:
    page = Pdf().page().text(72, 740, PROSE).table(72, 160, (200, 100, 100), [*title, *TOWNS[:3]])
    page.page().table(72, 700, (200, 100, 100), TOWNS[3:]).text(72, 500, PROSE)
    assert text(page).partition("\f")[2].startswith(piped([TOWNS[0], *TOWNS[3:]]))


def test_a_table_without_a_header_that_goes_on_tells_no_row_again() -> None:
    rows = [("Length", "48 km"), ("Cost", "$4 million"), ("Depth", "9 m"), ("Width", "20 m"), ("Height", "3 m")]
    page = Pdf().page().text(72, 740, PROSE).table(72, 120, (200, 100), rows[:3])
    page.page().table(72, 700, (200, 100), rows[3:]).text(72, 500, PROSE)
    assert text(page).count("48 km") == 1


def test_a_sentence_that_a_note_ends_is_no_open_one() -> None:
    said = ["The quay of the old town was opened in May. [12]", "The quay of the old town was opened in May of[12]"]
    assert [Block(one, 10, False, True, False, 0, 1).open for one in said] == [False, True]
    began = time.process_time()
    assert Block(f"{'[1]' * 20_000}of a b c d e f", 10, False, True, False, 0, 1).open
    assert time.process_time() - began < 3


def test_a_sentence_on_each_of_a_thousand_pages_takes_no_longer_than_reading_them() -> None:
    last = Block("The quay is new. It is long and wide of the", 10, False, True, False, 0, 1)
    began = time.process_time()
    told = joined([("The quay of the old town is open. " * 70 + "the", last, last)] * 1000, Counter())
    assert time.process_time() - began < 3
    assert told.count("the\n\fThe") == 999
