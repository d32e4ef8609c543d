"""Several processes, as on several machines, read documents for one ingest into one PostgreSQL; some are killed."""

from __future__ import annotations

import random
import re
import string
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from postgres import Server
from store_contents import rows
from store_fakes import FakeExtractor, fake_tools

from rahdari.cli import main
from rahdari.errors import StoreError
from rahdari.ingestion import Report, fingerprint, help_out, ingest
from rahdari.ingestion.limiting import SECONDS
from rahdari.reading import read_all
from rahdari.records import Document, Extraction, Sentence
from rahdari.store import Piece, Store, copy, helping, verify
from rahdari.store.postgresql import PostgresServer

DOCUMENTS = 24


class Field:
    """A folder, a store in PostgreSQL, and workers whose doings are noted."""

    def __init__(self, folder: Path, url: str) -> None:
        self.documents, self.url, self.log = folder / "documents", url, folder / "log"
        self.documents.mkdir()
        self.log.touch()
        for number in range(DOCUMENTS):
            name = f"d{number:02}"
            text = f"The {chr(65 + number) * 3} PLANT was signed by number{number}. It is LONG. " * (1 + number % 4)
            (self.documents / f"{name}.txt").write_text(text)
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, what: str = "work", milliseconds: int = 30) -> subprocess.Popen[bytes]:
        """A process that works or ingests."""
        command = [sys.executable, str(Path(__file__).with_name("work_stage.py")), what, self.url, str(self.log)]
        process = subprocess.Popen([*command, str(milliseconds), str(self.documents)])
        self._started.append(process)
        return process

    def ingest(self, extractor: FakeExtractor | None = None) -> Report:
        return ingest([self.documents], self.url, lambda: fake_tools(extractor))

    def did(self, what: str, by: int | None = None) -> list[str]:
        """Which documents were begun or read, by one process or all."""
        lines = [line.split() for line in self.log.read_text().splitlines()]
        return [id for pid, does, id in lines if does == what and by in (None, int(pid))]

    def wait(self, until: Callable[[], object]) -> None:
        for _ in range(600):
            if until():
                return
            time.sleep(0.05)
        raise AssertionError(f"nothing came of it: {self.log.read_text()}")

    def held(self) -> int:
        """How many documents somebody is at work on."""
        return self._one("SELECT count(*) FROM rahdari_work.tasks WHERE worker IS NOT NULL")

    def tries(self) -> int:
        """The highest number of processes that ended while they read one document."""
        return self._one("SELECT max(tries) FROM rahdari_work.tasks")

    def _one(self, query: str) -> int:
        engine = PostgresServer(self.url).reading_engine()
        with engine.connect() as connection:
            found = int(connection.exec_driver_sql(query).scalar_one())
        engine.dispose()
        return found

    def end(self) -> None:
        for process in self._started:
            process.kill()
            process.wait(30)


@pytest.fixture
def field(tmp_path: Path, postgres: Server) -> Iterator[Field]:
    field = Field(tmp_path, postgres.new())
    yield field
    field.end()


def test_two_workers_and_the_ingest_share_the_documents_and_one_that_is_killed_loses_nothing(
    field: Field, tmp_path: Path
) -> None:
    first, second = field.start(milliseconds=200), field.start(milliseconds=200)
    ingesting = field.start("ingest", milliseconds=200)
    field.wait(lambda: len(field.did("read", by=first.pid)) >= 1 and len(field.did("read", by=second.pid)) >= 1)
    first.kill()
    first.wait()
    assert ingesting.wait(60) == 0
    for process in (second, ingesting):
        assert field.did("read", by=process.pid)
    lost = set(field.did("begins", by=first.pid)) - set(field.did("read", by=first.pid))
    assert len(lost) <= 1
    read = Counter(field.did("read"))
    assert len(read) == DOCUMENTS
    assert {id for id, times in read.items() if times > 1} <= {field.did("read", by=first.pid)[-1]}  # not yet written
    fresh = f"sqlite:///{tmp_path}/fresh.sqlite"
    ingest([field.documents], fresh, fake_tools)
    assert rows(field.url) == rows(fresh)
    assert verify(field.url) == []


def test_an_ingest_that_is_killed_is_gone_on_with_while_workers_read_on(field: Field) -> None:
    worker = field.start()
    ingesting = field.start("ingest", milliseconds=60)
    field.wait(lambda: field.did("read", by=ingesting.pid) and field.did("read", by=worker.pid))
    ingesting.kill()
    ingesting.wait()
    with pytest.raises(StoreError):
        Store.open(field.url)
    field.wait(lambda: len(set(field.did("read"))) == DOCUMENTS)  # the worker does the rest
    time.sleep(0.3)  # and writes down the last
    extractor = FakeExtractor()
    report = field.ingest(extractor)
    assert len(report.new) == DOCUMENTS and extractor.read == []
    assert len(Store.open(field.url).documents()) == DOCUMENTS
    assert not field.ingest().built


def test_a_document_that_ends_every_process_is_left_out_with_its_reason(field: Field) -> None:
    (field.documents / "d05.txt").write_text("This is deadly. " * 99)  # the longest, so the first that is taken
    workers = [field.start() for _ in range(3)]
    lacking = read_all([field.documents]).documents
    with helping(field.url, fingerprint.code_fingerprint()) as tasks:
        tasks.offer(lacking, SECONDS)
        field.wait(lambda: all(worker.poll() is not None for worker in workers))
    report = field.ingest()
    assert [(str(entry.path), entry.reason) for entry in report.left_out] == [
        ("d05", "d05 was not understood: the process that read it was ended, 3 times")
    ]
    assert len(report.new) == DOCUMENTS - 1


def test_of_all_that_a_killed_process_had_claimed_only_what_it_was_at_counts_as_tried(field: Field) -> None:
    code = fingerprint.code_fingerprint()
    with helping(field.url, code) as tasks:
        tasks.offer(read_all([field.documents]).documents, SECONDS)
        first = None
        for _ in range(3):
            script = (
                "import os\nfrom itertools import islice\nfrom rahdari.store import helping\n"
                f"with helping({field.url!r}, {code!r}) as tasks:\n"
                "    print(*(one.id for one in islice(tasks.claims(), 16)), flush=True)\n    os._exit(9)\n"
            )
            done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
            claimed = done.stdout.split()
            assert len(claimed) == 16 and claimed[0] == (first or claimed[0])
            first = claimed[0]
            field.wait(lambda: tasks.left() < DOCUMENTS or not field.held())
        assert [one.document for one in tasks.given_up()] == [first]
        assert len({document.id for document in tasks.claims()}) == DOCUMENTS - 1


def test_a_worker_tells_the_ingest_what_it_could_not_understand(field: Field) -> None:
    (field.documents / "d05.txt").write_text("This is unreadable. " * 99)
    lacking = read_all([field.documents]).documents
    with helping(field.url, fingerprint.code_fingerprint()) as tasks:
        tasks.offer(lacking, SECONDS)
        help_out(field.url, fake_tools, once=True)
        assert tasks.left() == 0
        assert [(one.document, one.lasting) for one in tasks.given_up()] == [("d05", False)]
        assert len(list(tasks.pieces(lacking))) == DOCUMENTS - 1
    assert field.ingest().left_out[0].reason == "d05 was not understood: ValueError('no sense in it')"


def test_no_two_take_the_same_and_who_ends_lets_go(field: Field) -> None:
    code = fingerprint.code_fingerprint()
    lacking = read_all([field.documents]).documents
    with (
        helping(field.url, code) as one,
        helping(field.url, code) as other,
        helping(field.url, "other code") as strange,
    ):
        one.offer(lacking, SECONDS)
        taken = [next(iter(tasks.claims())).id for tasks in (one, other, one, other)]
        assert len(set(taken)) == 4
        assert list(strange.claims()) == [] and strange.left() == 0
    with helping(field.url, code) as again:
        assert {document.id for document in again.claims()} == {document.id for document in lacking}


def test_a_worker_that_is_told_to_end_has_not_tried_what_it_was_at(field: Field) -> None:
    lacking = read_all([field.documents]).documents
    with helping(field.url, fingerprint.code_fingerprint()) as tasks:
        tasks.offer(lacking, SECONDS)
        worker = field.start("command", milliseconds=60_000)
        field.wait(lambda: field.did("begins"))
        worker.terminate()
        assert worker.wait(30) == 0
        field.wait(lambda: tasks.left() == DOCUMENTS and not field.held())
        assert field.tries() == 0


def test_what_the_database_cannot_keep_is_left_out_and_named(field: Field, tmp_path: Path) -> None:
    name = "".join(random.Random(1).choices(string.ascii_uppercase, k=3000))
    (field.documents / "d05.txt").write_text(f"The {name} DAM was signed.")
    report = field.ingest()
    assert [str(entry.path) for entry in report.left_out] == ["d05"]
    told = f"d05 cannot be taken in: it names '{name[:60].lower()}' and so on, 3000 letters, and PostgreSQL looks up"
    assert report.left_out[0].reason.startswith(told)
    assert len(report.new) == DOCUMENTS - 1 and verify(field.url) == []
    extractor = FakeExtractor()
    assert not field.ingest(extractor).built and extractor.read == []  # no other try before it changes
    here = f"sqlite:///{tmp_path}/store.sqlite"
    assert ingest([field.documents], here, fake_tools).left_out == ()
    with pytest.raises(StoreError, match="do not fit there: .*; ingest the documents there instead"):
        copy(here, field.url, replace=True)
    assert len(Store.open(field.url).documents()) == DOCUMENTS - 1
    sentence = Sentence("a", 0, 0, 2, "A.")
    for document in (Document("a", "A.", title="t\0"), Document("a", "A.", sha256="b")):
        with helping(field.url, "code") as tasks:
            tasks.add(Piece.of(document, Extraction((sentence,), (), (), ()), np.ones((1, 384), np.float32)))
            assert len(list(tasks.pieces([document]))) == (document.title is None)


def test_a_changed_document_is_not_taken_from_what_was_found_before(field: Field) -> None:
    lacking = read_all([field.documents]).documents
    with helping(field.url, fingerprint.code_fingerprint()) as tasks:
        tasks.offer(lacking, SECONDS)
        help_out(field.url, fake_tools, once=True)
    (field.documents / "d03.txt").write_text("It is NEW.")
    extractor = FakeExtractor()
    field.ingest(extractor)
    assert extractor.read == ["d03"]
    assert Store.open(field.url).sentences("d03")[0].text == "It is NEW."


def test_the_command_needs_a_server(tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setenv("RAHDARI_DATABASE_URL", f"sqlite:///{tmp_path}/store.sqlite")
    done = CliRunner().invoke(main, ["work", "--once"])
    assert done.exit_code == 1 and "several machines need a store in PostgreSQL" in done.output
    monkeypatch.setenv("RAHDARI_DATABASE_URL", postgres.new())
    done = CliRunner().invoke(main, ["work", "--once"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert re.sub(r"to \S+,", "to X,", done.stderr) == (
        "Connected to X, to read what an ingest wants read.\nRead 0 documents.\n"
    )


def test_a_worker_tells_how_many_documents_it_has_read(field: Field) -> None:
    told: list[str] = []
    (field.documents / "d03.txt").write_text("This is unreadable.")
    documents = read_all([field.documents]).documents
    with helping(field.url, fingerprint.code_fingerprint()) as tasks:
        tasks.offer(documents, SECONDS)
        help_out(field.url, fake_tools, once=True, tell=told.append)
    assert told[0].startswith("Connected to postgresql://")
    assert told[1:] == [f"Read {DOCUMENTS} documents; 1 not understood."]


def test_a_worker_of_another_version_says_why_it_does_nothing(field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setenv("RAHDARI_DATABASE_URL", field.url)
    with helping(field.url, "another version") as tasks:
        tasks.offer(read_all([field.documents]).documents, SECONDS)
        done = CliRunner().invoke(main, ["work", "--once"])
        assert done.exit_code == 0 and "by another version of Rahdari wants documents read" in done.output
        assert tasks.left() == DOCUMENTS
