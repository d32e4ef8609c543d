"""Nothing that a page says is lost, however its elements stand in each other."""

from __future__ import annotations

import pytest

from rahdari.errors import UnreadableDocument
from rahdari.reading import html_files, html_parsing

SAYINGS = [f"Bridge {number} of Vaasa cost ${number} million." for number in range(1, 401)]


def text_of(body: str) -> str:
    return html_files.read(f"<html><body>{body}".encode(), "page.html")[1]


@pytest.mark.parametrize(
    "saying",
    [
        "<b>{}<br><br>",
        "<p><font size=2>{}",
        "<div>{}",
        "<blockquote>{}",
        "<table><tr><td>{}",
        "<a name=x>{}<p>",
        "<center>{}<i>",
    ],
)
def test_elements_that_nobody_closed_lose_nothing(saying: str) -> None:
    text = text_of("".join(saying.format(one) + "\n" for one in SAYINGS))
    assert text.split("\n\n") == SAYINGS


@pytest.mark.parametrize("saying", ["<dl><dd>{}", "<ul><li>{}"])
def test_lists_that_nobody_closed_lose_nothing(saying: str) -> None:
    lines = text_of("".join(saying.format(one) + "\n" for one in SAYINGS)).split("\n")
    assert [line.strip(" -") for line in lines if line] == SAYINGS


def test_the_entries_of_lists_in_lists_are_told_once() -> None:
    inner = "<ul><li>Tender <a href=x>now</a><ul><li>Lots<ul><li>One</ul></ul><li>Award</ul>"
    assert text_of(f"<ol><li>Survey{inner}<li>Building</ol>").split("\n") == [
        *("1. Survey", "  - Tender now", "    - Lots", "      - One", "  - Award", "2. Building"),
    ]


def test_what_is_too_deep_stands_in_the_order_of_the_page() -> None:
    deep = "<div>" * 300
    text = text_of(
        f"{deep}One.<p>Two <b>and <i>three</i></b> of <br>four.</p>Five. <script>six</script>Seven.</div>Eight."
    )
    assert text == "One.\n\nTwo and three of\nfour.\n\nFive. Seven. Eight."


def test_a_page_with_odd_names_and_values_is_read_however_deep() -> None:
    odd = '<o:p @click=1 hid"den title="&#1;\x01">The quay is open.</o:p>'
    assert text_of("<div>" * 300 + odd) == "The quay is open."


def test_what_says_of_itself_is_found_in_a_page_that_is_too_deep() -> None:
    page = '<html lang="fi"><head><title>The quay</title></head><body>' + "<div>" * 300 + "The quay is open."
    metadata, text = html_files.read(page.encode(), "page.html")
    assert (metadata.title, metadata.language, text) == ("The quay", "fi", "The quay is open.")


def test_a_text_beyond_what_the_parser_holds_is_read_to_its_end() -> None:
    tree = html_parsing.parsed(b"<p>" + b"word " * 2_100_000 + b"end", "page.html")
    assert tree is not None
    assert tree.text_content().endswith("word end")


def test_a_page_that_the_parser_cannot_end_is_left_out_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_parsing, "_stopped", lambda _: "Excessive depth in document")
    with pytest.raises(
        UnreadableDocument, match=r"page\.html cannot be read to its end \(Excessive depth in document\)"
    ):
        text_of("<p>The quay is open.")


@pytest.mark.parametrize(
    "box", "a address b center dd del details dt font form hgroup i ins li o:p span summary u x-card".split()
)
def test_a_box_of_any_kind_keeps_its_loose_text(box: str) -> None:
    text = text_of(f"<p>One.</p><{box}>Two.<p>Three.</p>Four.<p>Five.</p></{box}>Six.")
    assert text.split() == ["One.", "Two.", "Three.", "Four.", "Five.", "Six."]
    assert text_of(f"<p>One.</p><{box}>Two, and this is most of it.</{box}><p>Six.").split("\n\n")[1][:4] == "Two,"


@pytest.mark.parametrize("mark", "a b bdi cite font i ins mark nobr o:p ruby s small span time tt u x-date".split())
@pytest.mark.parametrize(
    ("before", "after"),
    [("<p>", "</p>"), ("<ul><li>", "</ul>"), ("<h2>", "</h2><p>x"), ("<table><tr><td>a<td>", "<tr><td>b<td>c</table>")],
)
def test_a_sentence_keeps_its_words_whatever_marks_them(before: str, after: str, mark: str) -> None:
    assert "opened on 2 May in Oslo." in text_of(f"{before}It opened on <{mark}>2 May</{mark}> in Oslo.{after}")


def test_a_form_beside_the_text_is_not_the_text() -> None:
    text = text_of("<p>The quay of Vaasa is open since May.</p><form><p>Your mail <input></p></form>")
    assert text == "The quay of Vaasa is open since May."


@pytest.mark.parametrize(
    "first",
    [
        "Riga quay|$5 million",
        "Riga quay|EUR€5",
        "7|Riga quay|open",
        "Riga quay|2019",
    ],
)
def test_a_first_row_like_the_others_is_no_header(first: str) -> None:
    second = first.replace("Riga", "Oslo").replace("5", "6").replace("7", "8")
    rows = "".join(f"<tr><td>{row.replace('|', '<td>')}" for row in (first, second))
    lines = text_of(f"<p>x<table>{rows}</table>").split("\n")[2:]
    assert lines[0].strip("| ") == ""
    assert [line.strip("| ").replace(" | ", "|") for line in lines[2:]] == [first, second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Quay|Cost", "Riga quay|$5 million"),
        ("Quay|2019|2020", "Riga quay|5|6"),
        ("1|2|3", "Riga quay|4|5"),
        ("Quay|Over 5 years", "Riga quay|7 years"),
        ("Quay|10 km", "Riga quay|yes"),
        ("Quay|Phase 1", "Riga quay|open"),
    ],
)
def test_a_first_row_unlike_the_others_is_the_header(first: str, second: str) -> None:
    rows = "".join(f"<tr><td>{row.replace('|', '<td>')}" for row in (first, second))
    lines = text_of(f"<p>x<table>{rows}</table>").split("\n")[2:]
    assert [line.strip("| ").replace(" | ", "|") for line in (lines[0], lines[2])] == [first, second]


def test_heads_of_rows_are_no_header_and_those_of_columns_are() -> None:
    assert text_of("<p>x<table><tr><th>Owner<td>Port of Riga<tr><th>Length<td>6 km</table>").split("\n")[2:] == [
        "|  |  |",
        "| --- | --- |",
        "| Owner | Port of Riga |",
        "| Length | 6 km |",
    ]
    turned = text_of("<p>x<table><tr><th>Told<td>Riga quay<td>Oslo quay<tr><th>Length<td>6 km<td>7 km</table>")
    assert turned.split("\n")[2] == "| Told | Riga quay | Oslo quay |"
    assert text_of("<p>x<table><tr><th>Quay<th>5<tr><th>Riga<td>6</table>").split("\n")[2] == "| Quay | 5 |"


def test_empty_cells_keep_the_others_in_their_columns() -> None:
    table = "<table><tr><td><th>Cost<th>Status<tr><td>Riga<td><td>open<tr><td>Oslo<td>&nbsp;<td><img src=x></table>"
    assert text_of(f"<p>x{table}").split("\n")[2:] == [
        "|  | Cost | Status |",
        "| --- | --- | --- |",
        "| Riga |  | open |",
        "| Oslo |  |  |",
    ]


@pytest.mark.parametrize("mark", ["<b>", "<font size=2>", "<i><b>"])
def test_marks_that_nobody_closed_keep_cells_and_rows_apart(mark: str) -> None:
    rows = ["Quay|Cost|Status", "Riga|$5|open", "Oslo|$6|planned"]
    cells = "".join("<tr>" + "".join(f"<td>{mark}{cell}" for cell in row.split("|")) for row in rows)
    lines = text_of(f"<p>x<table>{cells}</table>").split("\n")[2:]
    assert [line.strip("| ").replace(" | ", "|") for line in (lines[0], *lines[2:])] == rows


def test_the_caption_of_a_table_stands_before_it() -> None:
    table = "<table><caption>Quays <b>of</b> the Baltic</caption><tr><th>Quay<th>Cost<tr><td>Riga<td>$5</table>"
    blocks = text_of(f"<p>The list.{table}<p>End.").split("\n\n")
    assert (blocks[:2], blocks[3:]) == (["The list.", "Quays of the Baltic"], ["End."])


def test_a_table_of_data_in_one_for_layout_stays_a_table() -> None:
    layout = "<table><tr><td><h2>Grants</h2><table><tr><th>Grant<th>Sum<tr><td>Quay<td>$5 million</table></table>"
    assert text_of(layout) == "## Grants\n\n| Grant | Sum |\n| --- | --- |\n| Quay | $5 million |"


@pytest.mark.parametrize(
    "pairs",
    ["<dt>Depot<dd>Ruskela, <b>opened</b> in 2024", "<div><dt>Depot:</dt><dd>Ruskela, opened in 2024</dd></div>"],
)
def test_a_definition_says_what_it_is_about(pairs: str) -> None:
    assert text_of(f"<article><p>The line is open.</p><dl>{pairs}</dl></article>").endswith(
        "Depot: Ruskela, opened in 2024"
    )


@pytest.mark.parametrize(
    ("before", "raised", "said"),
    [
        ("It is open.", "<sup>3</sup>", "It is open.[3] So it was."),
        ("It is open.", '<sup><a href="#n3">3</a></sup>', "It is open.[3] So it was."),
        ("It is open", '<sup><a href="#n3">3</a></sup>', "It is open[3] So it was."),
        ("It is open.", '<sup><a href="#n3">[3]</a></sup>', "It is open.[3] So it was."),
        ("It holds 10", "<sup>6</sup>", "It holds 106 So it was."),
        ("It is 3 km", "<sup>2</sup>", "It is 3 km2 So it was."),
    ],
)
def test_the_mark_of_a_note_is_none_of_the_sentence(before: str, raised: str, said: str) -> None:
    assert text_of(f"<p>{before}{raised} So it was.</p>") == said


@pytest.mark.parametrize("cell", ["th", "td"])
def test_a_first_row_that_is_one_cell_is_the_title_of_its_table(cell: str) -> None:
    rows = (
        f"<tr><{cell} colspan=2>Bids for lot 2<tr><th>Bidder<th>Bid<tr><td>Vias<td>$5 million<tr><td>Teku<td>$6 million"
    )
    table = "| Bidder | Bid |\n| --- | --- |\n| Vias | $5 million |\n| Teku | $6 million |"
    assert text_of(f"<table>{rows}</table>") == f"Bids for lot 2\n\n{table}"


@pytest.mark.parametrize(
    "rows",
    [
        (("To:", "The council"), ("From:", "The director"), ("Date:", "4 May 2022")),
        (("Capacity", "1,100 litres a second"), ("Investment", "$430 million"), ("Pipeline", "48 km")),
    ],
)
def test_labels_and_what_they_say_have_no_header(rows: tuple[tuple[str, str], ...]) -> None:
    cells = "".join(f"<tr><td>{label}<td>{said}" for label, said in rows)
    assert text_of(f"<table>{cells}</table>").startswith("|  |  |\n| --- | --- |\n")


@pytest.mark.parametrize(
    ("aside", "kept"),
    [
        ("<div>ADVERTISEMENT</div>", False),
        ("<p><em>READ MORE: <a href=x>Ferries run again</a></em></p>", False),
        ("<p>Also read <a href=x>Ferries run again</a></p>", False),
        ("<p>Read what the <a href=x>council</a> wrote.</p>", True),
        ("<p>Advertisement is the trade of the town.</p>", True),
        ("<p>Related: none of it.</p>", True),
    ],
)
def test_what_leads_elsewhere_between_paragraphs_is_none_of_the_text(aside: str, kept: bool) -> None:
    blocks = text_of(f"<article><p>The quay is open.</p>{aside}<p>It is long.</p></article>").split("\n\n")
    assert blocks[0] == "The quay is open." and blocks[-1] == "It is long." and (len(blocks) == 3) is kept


def test_what_a_budget_says_of_advertising_is_kept() -> None:
    rows = "".join(
        f"<tr><td><p>{name}</p><td><p>{cost}</p>" for name, cost in (("Ad", "$4 m"), ("Advertising", "$5 m"))
    )
    found = text_of(f"<article><p>The budget:</p><table>{rows}</table><ul><li><p>Advertising</p></ul></article>")
    assert "| Ad | $4 m |" in found and "| Advertising | $5 m |" in found and found.endswith("- Advertising")
