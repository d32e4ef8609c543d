"""What `rahdari export` writes, read back by other people's libraries."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import socket
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from store_fakes import build

from rahdari import exchange
from rahdari.cli import exporting, main
from rahdari.errors import StoreError
from rahdari.records import Document, Entity, Extraction, Fact, Sentence
from rahdari.settings import Settings
from rahdari.store import Store, Told

SCHEMA = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
TOLD = Namespace("https://rahdari.invalid/terms#")

# rdflib's own reader of JSON-LD uses what rdflib has deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

HOSTILE = '=HYPERLINK("x") "quoted" \\ back 🚄\u202e\u2028\x1b[2J <tag> @id\nand a line.'
DOCUMENT = Document(
    'naïve "id" <1>/2',
    f"Head 🚆. {HOSTILE} Und dann.",
    title='A "title" \\ of\ntwo lines',
    publisher="@press",
    published="2023-05",
    source="not an address",
    sha256="1",
)
ODD = Document("b", "Nothing known.", sha256="2", source="https://example.org/a|b?c=d")


def extraction_of(document: Document, text: str, facts: int) -> Extraction:
    start = document.text.index(text)
    sentence = Sentence(document.id, 0, start, start + len(text), text)
    one = Fact(
        document.id, 0, text, "sign", "-1+1", "agreed", "=Ann", "2023-05-06", subject_entity="aa", object_entity="aa"
    )
    rows = tuple(replace(one, as_of=f"{1900 + number}") if number else one for number in range(facts))
    return Extraction((sentence,), (Entity("aa", "AA", "person", ("AA", "A; A", "=A")),), (), rows)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store of what makes trouble in one format or another."""
    address = f"sqlite:///{tmp_path}/store.sqlite"
    extractions = [extraction_of(DOCUMENT, HOSTILE, 3), extraction_of(ODD, "Nothing known.", 1)]
    build(address, [DOCUMENT, ODD], extractions, [np.ones((1, 384), "f4")] * 2, {"inputs": "x"})
    return address


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every attempt to reach anything fails the test."""

    def refuse(*_: Any) -> None:
        raise AssertionError("something was looked up")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def written(url: str, form: str, *tables: str, **options: Any) -> str:
    stream = io.StringIO()
    exchange.export(url, stream, form, tables or exchange.default_tables(form, False), **options)
    return stream.getvalue()


def graph_of(url: str, form: str, *tables: str, **options: Any) -> Graph:
    return Graph().parse(data=written(url, form, *tables, **options), format={"jsonld": "json-ld"}.get(form, form))


def plain(node: Any) -> Any:
    return None if node is None else node.toPython() if isinstance(node, Literal) else str(node)


def told_by(graph: Graph) -> Iterator[tuple[Any, ...]]:
    """Each fact of a graph, with its quotation as its document's text at its offsets has it."""
    for fact in graph.subjects(RDF.type, SCHEMA.Claim):
        (passage,) = graph.objects(fact, PROV.wasDerivedFrom)
        (document,) = graph.objects(passage, PROV.wasQuotedFrom)
        (selector,) = graph.objects(passage, OA.hasSelector)
        (text,) = graph.objects(document, SCHEMA.text)
        start, end = (int(graph.value(selector, name)) for name in (OA.start, OA.end))
        quote = str(text)[start:end]
        assert str(graph.value(passage, PROV.value)) == quote
        assert graph.value(passage, OA.hasSource) == document == graph.value(fact, SCHEMA.appearance)
        assert str(passage) == f"{document}#char={start},{end}"
        speaker = graph.value(fact, PROV.wasAttributedTo)
        yield (
            str(graph.value(document, SCHEMA.identifier)),
            quote,
            *(
                str(graph.value(fact, name) or "")
                for name in (TOLD.subject, TOLD.predicate, TOLD.object, TOLD.modality)
            ),
            plain(speaker and graph.value(speaker, SCHEMA.name)),
            plain(graph.value(fact, SCHEMA.temporalCoverage) and str(graph.value(fact, SCHEMA.temporalCoverage))),
            *(
                str(graph.value(fact, name) or "").removeprefix(f"{exchange.BASE}entity/")
                for name in (TOLD.subjectNames, TOLD.objectNames)
            ),
        )


def told_in(store: Store) -> Iterator[tuple[Any, ...]]:
    for fact in store.facts():
        sentence = store.sentence((fact.document, fact.sentence))
        assert sentence is not None
        yield (
            fact.document,
            sentence.text,
            *(fact.subject, fact.predicate, fact.object, fact.modality, fact.speaker, fact.as_of),
            *(fact.subject_entity or "", fact.object_entity or ""),
        )


def in_order(rows: Iterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("form", ["jsonld", "turtle"])
def test_a_graph_tells_each_fact_with_the_text_at_its_offsets(form: str, store: Store, settings: Settings) -> None:
    graph = graph_of(settings.database_url, form)
    assert len(store.facts()) > 50
    assert in_order(told_by(graph)) == in_order(told_in(store))
    for document in store.documents():
        (node,) = graph.subjects(SCHEMA.identifier, Literal(document.id))
        assert str(graph.value(node, SCHEMA.text)) == document.text
        assert plain(graph.value(node, SCHEMA.name)) == document.title
        assert plain(graph.value(node, SCHEMA.url)) == document.source
    kinds = {"organisation": SCHEMA.Organization, "person": SCHEMA.Person, "place": SCHEMA.Place}
    for entity in store.entities():
        node = URIRef(f"{exchange.BASE}entity/{entity.id}")
        assert str(graph.value(node, SCHEMA.name)) == entity.name
        assert {str(name) for name in graph.objects(node, SCHEMA.alternateName)} == {*entity.aliases} - {entity.name}
        assert graph.value(node, RDF.type) == kinds.get(entity.type, graph.value(node, RDF.type))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("tables", [(), ("facts",), ("sentences", "facts", "documents", "entities")])
def test_jsonld_and_turtle_say_the_same_whatever_stands_in_the_texts(url: str, tables: tuple[str, ...]) -> None:
    one, other = graph_of(url, "jsonld", *tables), graph_of(url, "turtle", *tables)
    assert len(one) > 20
    assert isomorphic(one, other)
    if len(tables) != 1:
        assert in_order(told_by(one)) == in_order(told_in(Store.open(url)))


def test_what_is_known_in_part_stays_so_in_a_graph(url: str) -> None:
    graph = graph_of(url, "turtle")
    known, odd = (graph.value(None, SCHEMA.identifier, Literal(one.id)) for one in (DOCUMENT, ODD))
    assert known == URIRef(f"{exchange.BASE}document/na%C3%AFve%20%22id%22%20%3C1%3E%2F2")
    published = graph.value(known, SCHEMA.datePublished)
    assert (str(published), published.datatype.fragment) == ("2023-05", "gYearMonth")
    assert graph.value(known, SCHEMA.url) == Literal("not an address")
    assert graph.value(odd, SCHEMA.url) == Literal("https://example.org/a|b?c=d")
    assert set(graph.predicates(odd)) == {RDF.type, SCHEMA.identifier, SCHEMA.url, SCHEMA.text}


def test_a_base_of_ones_own_begins_every_address(url: str) -> None:
    graph = graph_of(url, "jsonld", base="https://example.org/corridor#")
    assert {str(one).startswith("https://example.org/corridor#") for one in graph.subjects(SCHEMA.name, None)} != set()
    assert exchange.BASE not in "".join(str(one) for one in graph.subjects() if isinstance(one, URIRef))


def test_each_type_of_entity_has_its_class() -> None:
    from typing import get_args

    from rahdari.exchange.graph import vocabulary
    from rahdari.records import EntityType

    assert set(vocabulary()["classes"]) == set(get_args(EntityType))


def test_json_lines_are_exact(url: str) -> None:
    store = Store.open(url)
    text = written(url, "jsonl")
    assert "\x1b" not in text and "\u202e" not in text
    rows = [json.loads(line) for line in text.split("\n")[:-1]]
    assert [row["sentence"] for row in rows] == ["Nothing known.", *[HOSTILE] * 3]
    assert [
        tuple(row[name] for name in vars(fact) if name != "sentence") for row, fact in zip(rows, store.facts())
    ] == [tuple(value for name, value in vars(fact).items() if name != "sentence") for fact in store.facts()]
    assert [row["id"] for row in rows] == ["b/0/1", *(f"{DOCUMENT.id}/0/{number}" for number in (1, 2, 3))]
    documents = [json.loads(line) for line in written(url, "jsonl", "documents").splitlines()]
    assert [(row["document"], row["text"], row["facts"]) for row in documents] == [
        ("b", ODD.text, 1),
        (DOCUMENT.id, DOCUMENT.text, 3),
    ]
    (entity,) = [json.loads(line) for line in written(url, "jsonl", "entities").splitlines()]
    assert (entity["name"], entity["other_names"]) == ("AA", ["A; A", "=A"])


def test_a_folder_gets_a_csv_file_for_each_table_safe_for_spreadsheets(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "tables"
    tables = exchange.default_tables("csv", True)
    counts = exchange.export(url, folder, "csv", tables, folder=True)
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.csv" for name in sorted(tables)]
    assert {path.read_bytes()[:3] for path in folder.iterdir()} == {b"\xef\xbb\xbf"}
    found: dict[str, list[dict[str, str]]] = {}
    for name in tables:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found[name] = list(csv.DictReader(file))
    assert counts == [(name, len(found[name])) for name in tables]
    fact = found["facts"][1]
    assert fact["sentence"].startswith("'=HYPERLINK") and fact["sentence"].endswith("\nand a line.")
    assert (fact["object"], fact["speaker"], fact["publisher"], fact["title"]) == (
        *("'-1+1", "'=Ann", "'@press"),
        DOCUMENT.title,
    )
    assert found["facts"][0]["publisher"] == ""
    assert "text" not in found["documents"][0]
    assert found["entities"][0]["other_names"] == "A; A; =A"
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"\x1b" not in everything


def test_what_is_written_is_one_state_of_the_store(url: str) -> None:
    told = Told(url)
    rows = told.rows("facts_told")
    next(rows)
    build(url, [ODD], [extraction_of(ODD, "Nothing known.", 1)], [np.ones((1, 384), "f4")], {"inputs": "y"})
    assert len(list(rows)) == 3
    assert [row["document"] for row in told.rows("documents_read")] == ["b", DOCUMENT.id]
    assert [row["document"] for row in Told(url).rows("documents_read")] == ["b"]


def test_memory_does_not_grow_with_the_number_of_facts(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 10_000):
        url = f"sqlite:///{tmp_path}/{count}.sqlite"
        build(url, [ODD], [extraction_of(ODD, "Nothing known.", count)], [np.ones((1, 384), "f4")], {"inputs": "x"})
        for form in exchange.FORMS:
            tracemalloc.start()
            ((_, lines),) = exchange.export(url, tmp_path / "facts", form, ["facts"])
            peaks.append((count, tracemalloc.get_traced_memory()[1]))
            tracemalloc.stop()
            assert lines == count
    few, many = (max(peak for number, peak in peaks if number == count) for count in (500, 10_000))
    assert many < few + 200_000, peaks


def test_an_export_that_fails_leaves_the_file_as_it_was(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Told, view: str) -> Iterator[dict[str, Any]]:
        yield {}
        raise StoreError("the disk is gone")

    path = tmp_path / "facts.jsonl"
    path.write_text("before")
    monkeypatch.setattr(Told, "rows", broken)
    with pytest.raises((StoreError, KeyError)):
        exchange.export(url, path, "jsonl", ["documents"])
    assert path.read_text() == "before"
    assert sorted(one.name for one in tmp_path.iterdir() if "facts" in one.name) == ["facts.jsonl"]


def test_a_link_stays_a_link_and_its_file_is_replaced(url: str, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("before")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    exchange.export(url, tmp_path / "link.jsonl", "jsonl", ["facts"])
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text() == written(url, "jsonl")


Run = Callable[..., Result]


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`rahdari export` with these arguments, over `url`."""
    monkeypatch.setenv("RAHDARI_DATABASE_URL", url)

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(main, ["export", *map(str, arguments)], prog_name="rahdari")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return call


@pytest.mark.parametrize(
    ("name", "form"), [("f.csv", "csv"), ("f.JSONL", "jsonl"), ("f.jsonld", "jsonld"), ("f.ttl", "turtle")]
)
def test_the_ending_tells_the_form(run: Run, url: str, tmp_path: Path, name: str, form: str) -> None:
    result = run(tmp_path / name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("4 facts.\n")
    assert (tmp_path / name).read_text(encoding="utf-8-sig") == written(url, form)
    assert run("-", "--format", form).stdout == written(url, form)
    assert form != "turtle" or run("-", "--format", "ttl").stdout == written(url, form)


def test_a_name_without_an_ending_is_a_folder(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "new").stdout == f"{tmp_path}/new holds 4 facts, 2 documents, 1 entities, 2 sentences.\n"
    assert run(tmp_path / "new", "--format", "jsonl", "--what", "facts", "--what", "entities").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(
        [*(f"{name}.csv" for name in exchange.TABLES), "entities.jsonl", "facts.jsonl"]
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["f.odt"], "Nothing tells the form of f.odt; add --format"),
        (["-"], "Nothing tells the form of -; add --format"),
        (["f.csv", "--what", "facts", "--what", "entities"], "A csv file holds one table; name a folder"),
        (["folder", "--format", "turtle"], "turtle is one file; name one, such as facts.ttl."),
        (["f.csv", "--base", "https://example.org/"], "--base is for jsonld and turtle"),
        (["f.ttl", "--base", "https://example.org"], "an address that ends with / # or :"),
        (["f.ttl", "--base", "https://exa>mple.org/"], "an address that ends with / # or :"),
    ],
)
def test_what_cannot_be_meant_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_where_nothing_was_ingested_it_says_so(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAHDARI_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    result = run(tmp_path / "f.csv")
    assert (result.exit_code, "run `rahdari ingest`" in result.stderr) == (1, True)
    assert not (tmp_path / "f.csv").exists()


def test_the_command_offers_what_there_is() -> None:
    assert list(exporting._FORMS) == list(exchange.FORMS)
    assert list(exporting._TABLES) == list(exchange.TABLES)


def test_a_pipe_by_its_name_gets_it_too_and_who_stops_reading_is_no_failure_of_ours(url: str, root: Path) -> None:
    environment = {**os.environ, "RAHDARI_DATABASE_URL": url, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "rahdari", "export", "/dev/stdout", "--format", "jsonl"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout.decode().startswith(written(url, "jsonl"))
    line = f"{sys.executable} -m rahdari export - --format jsonl | head -1"
    done = subprocess.run(line, shell=True, env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == written(url, "jsonl").split("\n")[0] + "\n"
    assert done.stderr == b""


@pytest.mark.parametrize("terminal", [True, False])
def test_a_progress_bar_is_shown_on_a_terminal_only(url: str, root: Path, tmp_path: Path, terminal: bool) -> None:
    environment = {**os.environ, "RAHDARI_DATABASE_URL": url, "PYTHONPATH": str(root), "TERM": "xterm"}
    mine, theirs = pty.openpty() if terminal else os.pipe()
    command = [sys.executable, "-m", "rahdari", "export", str(tmp_path / "f.csv")]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.write(theirs, b"end\n")
    seen = os.read(mine, 10_000)
    os.close(mine), os.close(theirs)
    assert (b"writing" in seen) == terminal


def test_the_example_in_the_docs_is_turtle_and_its_offsets_fit(root: Path) -> None:
    from rahdari.exchange.graph import vocabulary

    page = (root / "docs" / "exchange.md").read_text(encoding="utf-8")
    example = page.split("```turtle\n")[1].split("```")[0]
    stems = "".join(f"@prefix {name}: <{stem}> .\n" for name, stem in vocabulary()["prefixes"].items())
    graph = Graph().parse(data=stems + example, format="turtle")
    (fact,) = graph.subjects(RDF.type, SCHEMA.Claim)
    passage = graph.value(fact, PROV.wasDerivedFrom)
    selector = graph.value(passage, OA.hasSelector)
    start, end = (int(graph.value(selector, name)) for name in (OA.start, OA.end))
    assert len(str(graph.value(passage, PROV.value))) == end - start
    assert str(passage).endswith(f"#char={start},{end}")


def test_each_own_term_stands_in_the_docs(url: str, root: Path) -> None:
    page = (root / "docs" / "exchange.md").read_text(encoding="utf-8")
    graph = graph_of(url, "turtle", *exchange.TABLES)
    terms = {str(term).removeprefix(str(TOLD)) for term in graph.predicates() if str(term).startswith(str(TOLD))}
    assert terms == set(re.findall(r"`told:(\w+)`", page)) and len(terms) == 7
