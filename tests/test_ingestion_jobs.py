"""Several processes read documents: the store is the same, a document that ends its process is left out, none stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from store_contents import rows
from store_fakes import FakeExtractor, fake_tools

from rahdari.ingestion import Tools, ingest
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
    seen: list[tuple[int, int, str]] = []
    for jobs, url in enumerate(urls, start=1):
        seen.clear()
        report = ingest([tmp_path / "documents"], url, fake_tools, lambda *now: seen.append(now), jobs=jobs)
        assert len(report.new) == 40
        assert [done for done, _, _ in seen] == list(range(41))
    assert rows(urls[0]) == rows(urls[1])


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


def test_an_ingest_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    write(tmp_path / "documents", 400)
    code = f"""
import time
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
