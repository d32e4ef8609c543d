"""From files to answers: tables of pages, Word files and PDFs are asked about by row."""

from __future__ import annotations

import pytest
from fixtures import FIXTURES
from making import Pdf, word

from rahdari import bootstrap
from rahdari.records import Question
from rahdari.settings import Settings

PAGE = """<html lang="en"><head><title>Projects of the council</title>
<meta name="author" content="Ines Falk"></head><body><h1>Projects of the council</h1>
<p>The council keeps a list of its projects.</p><h2>Energy</h2>
<table><tr><th>No.</th><th>Project</th><th>Capacity (MW)</th><th>Cost (US$ million)</th><th>Contractor</th></tr>
<tr><td>1</td><td>Luki Falls plant</td><td>884</td><td>1,707</td><td>Orsa Builders</td></tr>
<tr><td>2</td><td>Karl Hydro</td><td>720</td><td>1,720</td><td></td></tr></table>
<table><caption>What quays cost</caption><tr><td>Riga quay</td><td>$5 million</td></tr>
<tr><td>Oslo quay</td><td>$6 million</td></tr></table></body></html>"""

HIGHWAYS = """# Roads of the lake

Parliament approved the Lake Highway Programme in March. Half of the Lake Highway Programme is paid.

## Roads of the Lake Highway Programme

| Project | Cost (US$ million) | Length (km) | Status |
| --- | --- | --- | --- |
| Velm ring road | 1,315 | 84 | under construction |
| Ulm bypass | 2,980 | 120 | planned |
| Total | 4,295 | 204 | |
"""

TURNED = """# Two ring railways

The office put them side by side.

| Project | Sarn ring | Alda ring |
| --- | --- | --- |
| Cost (US$ million) | 350 | 410 |
| Length | 35 km | 20 km |
| Status | completed | planned |
"""

CANALS = """# The Nile canals

Egypt renews its canals. The Canal Lining Programme runs until 2026. It saves water, the engineers say.

| Scheme | Cost (EGP million) | Length (km) |
| --- | --- | --- |
| Minya canal | 840 | 55 |
| Asyut canal | 1,260 | 71 |
| Total | 2,100 | 126 |
"""


def rules_across() -> bytes:
    """Three tables: between rules, in the open, and in the open without a header."""
    tables = [
        [("Bridge", "Cost"), ("Tartu", "$8 million"), ("Narva", "$9 million"), ("Valga", "$4 million")],
        [("Harbour", "Length", "Opened"), ("Sillamae", "300 m", "May 2016"), ("Kunda", "1,200 m", "June 2018")],
        [("Rakvere", "31 km"), ("Otepaa", "12 km"), ("Elva", "9 km")],
    ]
    page = Pdf().page().text(72, 740, "Works in the east", 16)
    for top, rows in zip((700, 560, 420), tables):
        page.text(72, top, "The council tells here of all that was built in its part of the country.")
        for number, row in enumerate(rows):
            for place, cell in zip((72, 200, 300), row):
                page.text(place, top - 36 - 20 * number, cell, 10)
    for number in range(5):
        page.rule(72, 678 - 20 * number, 400, 678 - 20 * number)
    return page.made()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "ruled.pdf").write_bytes(FIXTURES["ruled_table.pdf"]())
    (folder / "across.pdf").write_bytes(rules_across())
    (folder / "energy.html").write_text(PAGE)
    (folder / "highways.md").write_text(HIGHWAYS)
    (folder / "turned.md").write_text(TURNED)
    (folder / "canals.md").write_text(CANALS)

    def fill(document: object) -> None:
        table = document.add_table(2, 3)  # type: ignore[attr-defined]
        for row, texts in zip(table.rows, [("Project", "Length", "Status"), ("Thale bypass", "20 km", "planned")]):
            for cell, text in zip(row.cells, texts):
                cell.text = text

    (folder / "roads.docx").write_bytes(word(fill))
    made = Settings.from_environment({"RAHDARI_HOME": str(folder / "home"), "RAHDARI_DOCUMENTS": str(folder)})
    report = bootstrap.ingest(made)
    assert not report.left_out
    return made


@pytest.mark.parametrize(
    ("question", "told", "quoted"),
    [
        ("How long is the Halden tunnel?", "8.4 km.", "| Halden tunnel | 8.4 km | $312 million | completed |"),
        ("What does the Orsa bridge cost?", "$40 million.", "| Orsa bridge |"),
        ("Is the Halden tunnel completed?", "Yes.", "| Halden tunnel |"),
        ("What is the status of the Thale bypass?", "It is a plan or an intent", "| Thale bypass | 20 km | planned |"),
        ("How much does Karl Hydro cost?", "1,720,000,000 USD.", "| 2 | Karl Hydro |"),
        ("What is the total cost of the Lake Highway Programme?", "4,295,000,000 USD.", "| Total | 4,295 | 204 |"),
        ("What is the total length of the Lake Highway Programme?", "204 km.", "| Total | 4,295 | 204 |"),
        ("What is the total length of the Velm ring road?", "84 km.", "| Velm ring road |"),
        ("What is the total cost of the Canal Lining Programme?", "2,100,000,000 EGP.", "| Total | 2,100 | 126 |"),
        ("How much does the Canal Lining Programme cost?", "Asyut canal · 1,260 · 71.", "| Asyut canal |"),
        ("How much does the Sarn ring cost?", "350,000,000 USD.", "| Cost (US$ million) | 350 | 410 |"),
        ("How long is the Alda ring?", "20 km.", "| Length | 35 km | 20 km |"),
        ("Is the Sarn ring completed?", "Yes.", "| Status | completed | planned |"),
        ("Is the Alda ring completed?", "It is a plan or an intent", "| Status | completed | planned |"),
        ("Is the Sarn ring planned?", "Status · completed · planned.", "| Status | completed | planned |"),
        ("How much does the Tartu bridge cost?", "$8 million.", "| Tartu | $8 million |"),
        ("How much does the Narva bridge cost?", "$9 million.", "| Narva | $9 million |"),
        ("How long is the Kunda harbour?", "1,200 m.", "| Kunda | 1,200 m | June 2018 |"),
        ("How much did the Riga quay cost?", "$5 million.", "| Riga quay | $5 million |"),
    ],
)
def test_a_row_of_a_table_is_asked_about(settings: Settings, question: str, told: str, quoted: str) -> None:
    answer = bootstrap.answerer(settings).answer(Question(question))
    assert answer.status == "answered"
    assert answer.text.startswith(told)
    assert answer.citations[0].quote.startswith(quoted)


def test_rows_are_facts_of_their_projects(settings: Settings) -> None:
    facts = bootstrap.store(settings).facts()
    found = {(f.subject_entity, f.predicate, f.object, f.modality) for f in facts}
    assert found >= {
        ("halden-tunnel", "length", "8.4 km", "stated"),
        ("halden-tunnel", "cost", "$312 million", "stated"),
        ("halden-tunnel", "be complete", "completed", "done"),
        ("orsa-bridge", "be", "under way", "under_way"),
        ("thale-bypass", "length", "20 km", "planned"),
        ("luki-falls-plant", "contractor", "Orsa Builders", "stated"),
        ("karl-hydro", "capacity", "720 MW", "stated"),
        ("alda-ring", "cost", "US$410 million", "planned"),
        ("sarn-ring", "be complete", "completed", "done"),
        ("karl-hydro", "cost", "US$1,720 million", "stated"),
    }
    assert not [fact for fact in facts if fact.predicate == "$5 million"]


def test_a_row_that_sums_up_others_is_no_thing(settings: Settings) -> None:
    assert bootstrap.store(settings).entity("total") is None
    answer = bootstrap.answerer(settings).answer(Question("Tell me about the Lake Highway Programme"))
    assert not any("Total" in suggestion for suggestion in answer.suggestions)


def test_the_store_keeps_what_is_known_of_a_document_and_what_made_its_text(settings: Settings) -> None:
    document = bootstrap.store(settings).document("energy")
    assert document is not None
    assert (document.author, document.language) == ("Ines Falk", "en")
    assert document.reader.startswith("html 4, trafilatura ")


def test_a_passage_says_where_in_its_document_it_stands(settings: Settings) -> None:
    from rahdari.channels.web import documents

    store = bootstrap.store(settings)
    document = store.document("energy")
    assert document is not None
    start = document.text.index("| 2 | Karl Hydro")
    shown = documents.passage(document, start, start + 10)
    assert shown["place"] == "Energy, table 1, row Karl Hydro: Capacity (MW), Cost (US$ million)"
    ruled = store.document("ruled")
    assert ruled is not None
    assert documents.passage(ruled, 0, 5)["place"] is None
