"""From files to answers: tables of pages, Word files and PDFs are asked about by row."""

from __future__ import annotations

import pytest
from fixtures import FIXTURES
from making import word

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


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "ruled.pdf").write_bytes(FIXTURES["ruled_table.pdf"]())
    (folder / "energy.html").write_text(PAGE)

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
    }
    assert not [fact for fact in facts if fact.predicate == "$5 million"]


def test_the_store_keeps_what_is_known_of_a_document_and_what_made_its_text(settings: Settings) -> None:
    document = bootstrap.store(settings).document("energy")
    assert document is not None
    assert (document.author, document.language) == ("Ines Falk", "en")
    assert document.reader.startswith("html 3, trafilatura ")


def test_a_passage_says_where_in_its_document_it_stands(settings: Settings) -> None:
    from rahdari.channels.web import documents

    store = bootstrap.store(settings)
    document = store.document("energy")
    assert document is not None
    start = document.text.index("| 2 | Karl Hydro")
    shown = documents.passage(document, start, start + 10)
    assert shown["place"] == "Energy, table 1, row Karl Hydro"
    ruled = store.document("ruled")
    assert ruled is not None
    assert documents.passage(ruled, 0, 5)["place"] is None
