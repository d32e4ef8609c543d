"""Watching: a change is ingested once it has come to rest, by a real process too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest
from store_fakes import fake_tools

from rahdari.cli import ingesting
from rahdari.errors import StoreBusy
from rahdari.ingestion import Report, changes, ingest

COMMAND = """
import signal
from rahdari import bootstrap, cli
from store_fakes import fake_tools
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background has it ignored
bootstrap._tools = fake_tools
cli.main()
"""


def test_a_change_is_told_of_when_it_has_come_to_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    slept = 0

    def sleep(_: float) -> None:
        nonlocal slept
        slept += 1
        if slept in (3, 4, 5):  # it is being copied
            path.write_text("more" * slept)
        if slept > 20:
            raise KeyboardInterrupt

    told = changes([tmp_path], sleep)
    assert next(told) is True
    assert slept == 0
    assert next(told) is False
    assert slept == 6
    path.unlink()
    assert next(told) is False
    assert slept == 8
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "b.txt").write_text("b")
    assert next(told) is False
    (tmp_path / "deep" / "er" / "b.txt").chmod(0o600)  # it may be opened now
    assert next(told) is False


def test_an_ingest_into_a_store_among_the_documents_is_followed_by_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The AA was signed.")
    slept = 0

    def sleep(_: float) -> None:
        nonlocal slept
        slept += 1
        if slept == 20:
            (tmp_path / "sources.tsv").write_text("file\ttitle\na.txt\tAlpha\n")
        if slept > 40:
            raise KeyboardInterrupt

    ingests = []
    with pytest.raises(KeyboardInterrupt):
        for _ in changes([tmp_path], sleep):
            url = f"sqlite:///{tmp_path}/store.sqlite"
            ingests.append(ingest([tmp_path], url, fake_tools, own=lambda path: path.name.startswith("store.")))
    assert [(report.new, report.changed, report.left_out) for report in ingests] == [
        (("a",), (), ()),
        ((), ("a",), ()),
    ]


def test_what_changes_while_the_caller_is_busy_is_told_of(tmp_path: Path) -> None:
    told = changes([tmp_path / "README.md"], lambda _: None)  # which is read where it is named
    assert next(told)
    (tmp_path / "README.md").write_text("one")
    assert next(told) is False


def test_a_change_that_comes_while_another_ingest_writes_is_taken_in_when_that_has_ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report((), (), (), (), (), (), (), (), False, "x")
    outcomes: list[Report | StoreBusy] = [report, StoreBusy("busy"), StoreBusy("busy"), report]

    def run() -> Report:
        outcome = outcomes.pop(0)
        if isinstance(outcome, StoreBusy):
            raise outcome
        return outcome

    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr("rahdari.ingestion.changes", lambda _: iter([True, False]))
    ingesting._watch(run, (), False)
    assert outcomes == []
    assert capsys.readouterr().err == "What has changed waits: busy\n"
    outcomes.append(StoreBusy("busy"))
    with pytest.raises(StoreBusy):
        ingesting._watch(run, (), False)


def test_a_watching_ingest_takes_in_what_comes(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    environment = {**os.environ, "RAHDARI_HOME": str(tmp_path / "home")}
    environment["PYTHONPATH"] = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    command = [sys.executable, "-c", COMMAND, "ingest", "--watch", "--json", str(documents)]
    with subprocess.Popen(command, env=environment, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        assert "nothing to ingest: the paths hold no files" in process.stderr.readline()
        (documents / "a.txt").write_text("AA was signed.")
        assert json.loads(process.stdout.readline())["new"] == ["a"]
        (documents / "b.txt").write_text("BB came.")
        assert json.loads(process.stdout.readline())["new"] == ["b"]
        (documents / "a.txt").unlink()
        assert json.loads(process.stdout.readline())["removed"] == ["a"]
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(20) == 130
        finally:
            process.kill()
        assert process.stdout.read() + process.stderr.read() == ""
