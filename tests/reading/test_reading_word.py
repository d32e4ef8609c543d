"""Nothing that stands in a Word file's body is lost, whatever Word put around it."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from making import word

from rahdari.reading import docx_files


def text_of(xml: str) -> str:
    """Of a body that holds these elements."""

    def fill(document: WordDocument) -> None:
        document.add_heading("Quays", 1)
        body = document.element.body
        for element in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
            body.insert(len(body) - 1, element)

    return docx_files.read(word(fill), "report.docx")[1].removeprefix("## Quays\n\n")


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def test_paragraphs_in_a_control_or_in_custom_xml_are_read_in_order() -> None:
    custom = f'<w:customXml w:element="x">{p("Three.")}{control(p("Four."))}</w:customXml>'
    assert text_of(p("One.") + control(control(p("Two."))) + custom + p("Five.")).split() == [
        *("One.", "Two.", "Three.", "Four.", "Five."),
    ]


def test_a_table_of_contents_is_not_told() -> None:
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    cover = contents.replace("Table of Contents", "Cover Pages")
    assert text_of(control(p("Harbours 7"), contents) + control(p("By Oda Rehn"), cover)) == "By Oda Rehn"


def test_tables_rows_and_cells_in_controls_are_read() -> None:
    riga, oslo = row(p("Riga quay"), p("$5 million")), row(p("Oslo quay"), control(p("$6 million")))
    cell = f"<w:tc>{p('Vaasa quay')}</w:tc>"
    vaasa = f"<w:tr>{control(cell)}<w:tc>{p('$7 million')}</w:tc></w:tr>"
    head = row(p("Quay"), p("Cost"))
    assert text_of(control(table(head, riga, control(oslo), f'<w:customXml w:element="x">{vaasa}</w:customXml>'))) == (
        "| Quay | Cost |\n| --- | --- |\n| Riga quay | $5 million |\n| Oslo quay | $6 million |\n"
        "| Vaasa quay | $7 million |"
    )


def test_a_table_in_a_cell_is_what_the_cell_says() -> None:
    inner = table(row(p("Length"), p("6 km")), row(p("Depth"), p("9 m")))
    head = row(p("Quay"), p("Measures"))
    assert text_of(table(head, row(p("Riga quay"), inner + p("")))).splitlines()[2] == (
        "| Riga quay | Length 6 km; Depth 9 m |"
    )


def test_a_table_that_only_sets_others_beside_each_other_is_none() -> None:
    inner = table(row(p("Quay"), p("Cost")), row(p("Riga quay"), p("$5 million")))
    assert text_of(table(row(p("On the left.") + inner, p("On the right.")))) == (
        "On the left.\n\n| Quay | Cost |\n| --- | --- |\n| Riga quay | $5 million |\n\nOn the right."
    )


HEADER = "<w:trPr><w:tblHeader/></w:trPr>"


def spanning(text: str, properties: str) -> str:
    return f"<w:tcPr>{properties}</w:tcPr>{p(text)}"


def test_header_rows_above_each_other_are_one() -> None:
    first = row(
        spanning("Bidder", '<w:vMerge w:val="restart"/>'), spanning("Bid (US$ million)", '<w:gridSpan w:val="2"/>')
    )
    second = row(spanning("", "<w:vMerge/>"), p("Read out"), p("Evaluated"))
    below = row(p("Vias"), p("110.9"), p("112.4")), row(p("Teku"), p("131.5"), p("131.5"))
    lines = text_of(table(first, second, *below)).split("\n")
    assert lines[0] == "| Bidder | Bid (US$ million) Read out | Bid (US$ million) Evaluated |"
    assert lines[2:] == ["| Vias | 110.9 | 112.4 |", "| Teku | 131.5 | 131.5 |"]
    marked = [row(p("Bidder"), p("Bid")), row(p(""), p("Evaluated"))]
    found = text_of(table(*(one.replace("<w:tr>", f"<w:tr>{HEADER}") for one in marked), row(p("Vias"), p("112.4"))))
    assert found == "| Bidder | Bid Evaluated |\n| --- | --- |\n| Vias | 112.4 |"


def test_rows_of_a_group_that_the_first_row_opens_stay_rows() -> None:
    first = row(spanning("North", '<w:vMerge w:val="restart"/>'), p("Quay"))
    assert text_of(table(first, row(spanning("", "<w:vMerge/>"), p("Wall")))).endswith("| North | Wall |")


MARKUP = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@pytest.mark.parametrize("listed", ["", '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'])
def test_text_boxes_are_told_once_behind_what_they_are_anchored_in(listed: str) -> None:
    walls = table(row(p("Wall"), p("Cost")), row(p("A"), p("5")))
    box = f"<w:txbxContent>{p('The wall is open.')}{walls}</w:txbxContent>"
    both = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    for held in (f"<w:pict>{box}</w:pict>", f"<mc:AlternateContent {MARKUP}>{both}</mc:AlternateContent>"):
        anchor = f"<w:p>{listed}<w:r><w:t>The quay is open.</w:t></w:r><w:r>{held}</w:r></w:p>"
        told = text_of(anchor + p("It is long.")).removeprefix("- ").split("\n\n")
        assert told == [
            "The quay is open.",
            "The wall is open.",
            "| Wall | Cost |\n| --- | --- |\n| A | 5 |",
            "It is long.",
        ]


def test_a_text_box_in_a_cell_is_what_the_cell_says() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('The wall is open.')}</w:txbxContent></w:pict></w:r>"
    anchor = f"<w:p><w:r><w:t>The quay is open.</w:t></w:r>{box}</w:p>"
    assert "| The quay is open. The wall is open. | 5 |" in text_of(table(row(p("A"), p("B")), row(anchor, p("5"))))


@pytest.mark.parametrize("value", ["0", "false"])
def test_rows_that_are_marked_as_no_header_stay_rows(value: str) -> None:
    rows = [row(p(name), p(cost)) for name, cost in (("Quay", "Cost"), ("A", "5 m"), ("B", "6 m"), ("C", "7 m"))]
    marks = [f'<w:tr><w:trPr><w:tblHeader w:val="{mark}"/></w:trPr>' for mark in ("1", value, value)]
    made = table(*(one.replace("<w:tr>", mark) for one, mark in zip(rows[:3], marks)), rows[3])
    assert text_of(made) == "| Quay | Cost |\n| --- | --- |\n| A | 5 m |\n| B | 6 m |\n| C | 7 m |"
