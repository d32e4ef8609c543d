"""Several processes read documents: the store is the same, a document that ends its process is left out, none stays."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from store_contents import rows
from store_fakes import FakeExtractor, fake_tools

from rahdari.errors import ModelError, StoreError
from rahdari.ingestion import Tools, ingest
from rahdari.ingestion.limiting import allowed
from rahdari.ingestion.working import Failure, _groups, work
from rahdari.reading import read_all
from rahdari.records import Document, Extraction


class Deadly(FakeExtractor):
    """A document with the word `deadly` ends the process that reads it."""

    def extract(self, document: Document) -> Extraction:
        if "deadly" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(document)


def deadly_tools() -> Tools:
    return fake_tools(Deadly())


def write(folder: Path, count: int = 40) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"d{number:02}.txt").write_text(f"The AA was signed {number}. BB{chr(65 + number % 26)} is new.")


def test_two_jobs_make_the_same_store_as_one(tmp_path: Path) -> None:
    write(tmp_path / "documents")
    urls = [f"sqlite:///{tmp_path}/{jobs}.sqlite" for jobs in (1, 2)]
    seen: list[tuple[str, int, int, str]] = []
    for jobs, url in enumerate(urls, start=1):
        seen.clear()
        report = ingest([tmp_path / "documents"], url, fake_tools, lambda *now: seen.append(now), jobs=jobs)
        assert len(report.new) == 40
        assert [done for step, done, _, _ in seen if step == "understanding"] == list(range(41))
    assert rows(urls[0]) == rows(urls[1])


def test_the_command_reads_with_two_jobs(tmp_path: Path) -> None:
    write(tmp_path / "documents", 16)
    environment = {
        **os.environ,
        "RAHDARI_HOME": str(tmp_path / "home"),
        "RAHDARI_DOCUMENTS": str(tmp_path / "documents"),
    }
    command = [str(Path(sys.executable).parent / "rahdari"), "ingest", "--jobs", "2", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["new"]) == 16


@pytest.mark.parametrize("jobs", [1, 2])
def test_models_that_cannot_be_loaded_end_the_ingest_and_say_why(tmp_path: Path, jobs: int) -> None:
    write(tmp_path / "documents")
    with pytest.raises(ModelError, match="no model here"):
        ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", no_tools, jobs=jobs)


def no_tools() -> Tools:
    raise ModelError("no model here")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_models_is_not_told_as_one_of_the_file_that_keeps_what_was_read(
    tmp_path: Path, jobs: int
) -> None:
    write(tmp_path / "documents")
    with pytest.raises(OSError, match="the models' disk"):
        ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", no_disk, jobs=jobs)


def no_disk() -> Tools:
    raise OSError("the models' disk")


def test_a_file_that_cannot_keep_what_was_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "documents")

    def in_the_way() -> Tools:  # what another program does to the file while documents are read
        with sqlite3.connect(tmp_path / "s.sqlite.staging") as connection:
            connection.execute("DROP TABLE found")
        return fake_tools()

    with pytest.raises(StoreError, match=r"s\.sqlite\.staging cannot be used: no such table"):
        ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", in_the_way)


def test_processes_that_are_ended_before_they_begin_leave_the_documents_out(tmp_path: Path) -> None:
    write(tmp_path / "documents", 8)
    documents = read_all([tmp_path / "documents"]).documents
    found = list(work(documents * 2, ended_tools, lambda *_: None, jobs=2))
    assert len(found) == 16
    assert {one.reason.split(" ", 1)[1] for one in found if isinstance(one, Failure)} == {
        "was not understood: the process that read it was ended"
    }


def ended_tools() -> Tools:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_a_document_that_ends_its_process_is_left_out_and_the_others_are_not(tmp_path: Path) -> None:
    write(tmp_path / "documents")
    (tmp_path / "documents" / "d07.txt").write_text("This is deadly.")
    (tmp_path / "documents" / "d33.txt").write_text("This is unreadable.")
    report = ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", deadly_tools, jobs=2)
    assert len(report.new) == 38
    assert [(entry.path.name, entry.reason) for entry in report.left_out] == [
        ("d07", "d07 was not understood: the process that read it was ended"),
        ("d33", "d33 was not understood: ValueError('no sense in it')"),
    ]


class Endless(FakeExtractor):
    """A document with the word `endless` takes for ever in Python, one with `stuck` in a regular expression."""

    def extract(self, document: Document) -> Extraction:
        if "endless" in document.text:
            try:
                while True:
                    pass
            except Exception:  # what a careless extractor does
                return super().extract(document)
        if "stuck" in document.text:
            re.fullmatch(r"(a|a)*b", "a" * 60)
        return super().extract(document)


class Deaf(FakeExtractor):
    """A document with the word `deaf` takes for ever and hears no signal, as compiled code does."""

    def extract(self, document: Document) -> Extraction:
        if "deaf" in document.text:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
            while True:
                pass
        return super().extract(document)


def endless_tools() -> Tools:
    return fake_tools(Endless())


def deaf_tools() -> Tools:
    return fake_tools(Deaf())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_takes_too_long_is_left_out_and_not_tried_again_before_it_changes(
    tmp_path: Path, jobs: int
) -> None:
    folder, url = tmp_path / "documents", f"sqlite:///{tmp_path}/s.sqlite"
    write(folder)
    (folder / "d07.txt").write_text("This is endless.")
    (folder / "d33.txt").write_text("This is stuck.")
    report = ingest([folder], url, endless_tools, jobs=jobs, seconds=1)
    assert len(report.new) == 38
    assert [(entry.path.name, entry.reason.split(";")[0]) for entry in report.left_out] == [
        ("d07", "d07 takes longer than 1 seconds to be understood"),
        ("d33", "d33 takes longer than 1 seconds to be understood"),
    ]

    def never() -> Tools:
        raise AssertionError("nothing is to be tried again")

    again = ingest([folder], url, never, jobs=jobs, seconds=1)
    assert (again.built, again.left_out) == (False, report.left_out)
    (folder / "d07.txt").write_text("The AA ended.")
    (folder / "d08.txt").write_text("The BB is another.")
    mended = ingest([folder], url, endless_tools, jobs=jobs, seconds=1)
    assert (mended.new, mended.changed, len(mended.left_out)) == (("d07",), ("d08",), 1)
    (folder / "d33.txt").unlink()
    assert ingest([folder], url, never, jobs=jobs, seconds=1).left_out == ()


def test_a_higher_limit_tries_again(tmp_path: Path) -> None:
    folder, url = tmp_path / "documents", f"sqlite:///{tmp_path}/s.sqlite"
    write(folder)
    (folder / "d07.txt").write_text("This is endless.")
    assert len(ingest([folder], url, endless_tools, seconds=1).left_out) == 1
    report = ingest([folder], url, fake_tools, seconds=2)
    assert (report.new, report.left_out) == (("d07",), ())


def test_a_document_that_no_signal_reaches_ends_its_process_and_nothing_else(tmp_path: Path) -> None:
    folder, url = tmp_path / "documents", f"sqlite:///{tmp_path}/s.sqlite"
    write(folder)
    (folder / "d07.txt").write_text("This is deaf.")
    report = ingest([folder], url, deaf_tools, jobs=2, seconds=1)
    assert len(report.new) == 39
    assert "d07 takes longer than 1 seconds" in report.left_out[0].reason
    assert ingest([folder], url, deaf_tools, jobs=2, seconds=1).built is False


def test_a_long_document_may_take_longer() -> None:
    assert allowed(Document("a", "x" * 1000), 60) == 60
    assert allowed(Document("a", "x" * 2_000_000), 60) == 240


def test_an_ingest_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    write(tmp_path / "documents", 400)
    code = f"""
import time
from collections.abc import Sequence
from store_fakes import FakeExtractor, fake_tools
import test_ingestion_jobs
from rahdari.ingestion import ingest
if __name__ == "__main__":
    ingest([{str(tmp_path / "documents")!r}], "sqlite:///{tmp_path}/s.sqlite", test_ingestion_jobs.slow_tools, jobs=2)
"""
    script = tmp_path / "run.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])}
    with subprocess.Popen([sys.executable, str(script)], env=environment) as process:
        until = time.monotonic() + 30
        while len(children := children_of(process.pid)) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        assert len(children) >= 2
        process.kill()
    until = time.monotonic() + 20
    while any(alive(child) for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [child for child in children if alive(child)]


class Slow(FakeExtractor):
    def extract(self, document: Document) -> Extraction:
        time.sleep(0.2)
        return super().extract(document)


def slow_tools() -> Tools:
    return fake_tools(Slow())


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Ahead(FakeExtractor):
    """Looking ahead at a document with the word `confusing` fails, `endless` takes for ever, `deadly` ends all."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead: list[list[str]] = []

    def look_ahead(self, documents: Sequence[Document]) -> None:
        self.ahead.append([document.id for document in documents])
        if any("confusing" in document.text for document in documents):
            raise ValueError("no sense in it")
        if any("endless" in document.text for document in documents):
            while True:
                pass
        if any("deadly" in document.text for document in documents):
            os.kill(os.getpid(), signal.SIGKILL)


def test_short_documents_are_looked_at_together_and_long_ones_alone(tmp_path: Path) -> None:
    write(tmp_path / "documents", 70)
    (tmp_path / "documents" / "d03.txt").write_text("The AA is long. " * 2000)
    extractor = Ahead()
    report = ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", lambda: fake_tools(extractor))
    assert len(report.new) == 70
    assert [(group[0], group[-1], len(group)) for group in extractor.ahead] == [
        ("d00", "d02", 3), ("d04", "d19", 16), ("d20", "d35", 16), ("d36", "d51", 16), ("d52", "d67", 16),
        ("d68", "d69", 2),
    ]  # fmt: skip


def test_towards_the_end_fewer_are_looked_at_together_so_that_no_process_is_left_with_many() -> None:
    documents = [Document(f"d{number}", "The AA is here.") for number in range(100)]
    groups = list(_groups(documents, 8))
    assert [document for group in groups for document in group] == documents
    sizes = [len(group) for group in groups]
    assert (sizes[0], sizes[-1]) == (12, 1) and sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("word", ["confusing", "endless"])
def test_a_document_that_cannot_be_looked_at_ahead_is_read_all_the_same(tmp_path: Path, word: str) -> None:
    write(tmp_path / "documents", 20)
    (tmp_path / "documents" / "d03.txt").write_text(f"The AA is {word}.")
    load = lambda: fake_tools(Ahead())  # noqa: E731
    report = ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", load, seconds=1)
    assert (len(report.new), report.left_out) == (20, ())


def ahead_tools() -> Tools:
    return fake_tools(Ahead())


def test_of_documents_that_end_their_process_together_each_is_read_alone(tmp_path: Path) -> None:
    write(tmp_path / "documents", 40)
    (tmp_path / "documents" / "d03.txt").write_text("The AA is deadly.")
    report = ingest([tmp_path / "documents"], f"sqlite:///{tmp_path}/s.sqlite", ahead_tools, jobs=2)
    assert (len(report.new), report.left_out) == (40, ())
