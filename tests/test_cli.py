"""The commands: what they print, what they exit with, and how little they load."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from store_fakes import FakeExtractor, fake_tools

from rahdari import bootstrap
from rahdari.cli import main
from rahdari.cli.ingesting import ensure_store
from rahdari.reading import files
from rahdari.records import Answer, Citation, Document, Extraction, Question
from rahdari.settings import Settings
from rahdari.store import SCHEMA, Feedback, GivenAnswer, Store, Unanswered


class Door:
    """Runs commands over a home and a folder of documents of their own, with a small extractor."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        (self.documents / "a.md").write_text(
            "---\ntitle: Alpha\npublisher: Press\npublished: 2020-05\n---\nThe AA, long planned, was signed. It is."
        )
        (self.documents / "b.txt").write_text("BB was signed too.")
        monkeypatch.setenv("RAHDARI_HOME", str(folder / "home"))
        monkeypatch.setenv("RAHDARI_DOCUMENTS", str(self.documents))
        monkeypatch.setattr(bootstrap, "_tools", fake_tools)
        monkeypatch.setattr(os, "nice", lambda _: 0)  # the tests' own process is not to be slowed down

    def __call__(self, *arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments, prog_name="rahdari")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(tmp_path, monkeypatch)


def test_ingest_tells_what_is_new_changed_removed_and_unchanged(door: Door) -> None:
    first = door("ingest")
    assert first.stdout == "new: a\nnew: b\nThe store is built: 2 new.\n"
    assert first.stderr == ""
    (door.documents / "b.txt").write_text("BB changed.")
    (door.documents / "a.md").unlink()
    (door.documents / "c.txt").write_text("CC.")
    second = door("ingest")
    assert second.stdout == ("new: c\nchanged: b\nremoved: a\nThe store is built: 1 new, 1 changed, 1 removed.\n")
    third = door("ingest")
    assert third.stdout == "Nothing to do, the store already holds exactly this: 2 unchanged.\n"
    assert [first.exit_code, second.exit_code, third.exit_code] == [0, 0, 0]


def test_options_of_ingest_tell_of_all_documents_until_the_next_ingest(door: Door) -> None:
    assert door("ingest", "--publisher", " The  Ministry ", "--language", "en-GB", "--published", "2020").exit_code == 0
    told = [
        (row["publisher"], row["language"], row["published"]) for row in json.loads(door("documents", "--json").stdout)
    ]
    assert told == [("The Ministry", "en", "2020")] * 2
    ensure_store(Settings.from_environment())  # as a bot does that starts
    assert json.loads(door("documents", "--json").stdout)[0]["publisher"] == "The Ministry"
    assert door("ingest").stdout.startswith("changed: a\nchanged: b\n")
    wrong = door("ingest", "--published", "yesterday")
    assert (wrong.exit_code, "--published: published is 'yesterday', not an ISO 8601 date" in wrong.stderr) == (2, True)
    several = door("ingest", "--title", "Alpha")
    assert (several.exit_code, "there are 2 at the paths" in several.stderr) == (1, True)


def test_of_very_many_documents_ingest_names_the_first_ones(door: Door) -> None:
    for number in range(30):
        (door.documents / f"d{number:02}.txt").write_text(f"DD{number} was signed.")
    lines = door("ingest", "--dry-run").stdout.splitlines()
    assert len(lines) == 22
    assert lines[19:] == ["new: d17", "new: 12 more, which --json names", "The store would be: 32 new."]
    assert len(json.loads(door("ingest", "--json").stdout)["new"]) == 32


def test_ingest_exits_with_1_when_something_is_left_out(door: Door) -> None:
    (door.documents / "c.odt").write_text("x")
    for _ in range(2):
        result = door("ingest")
        assert result.exit_code == 1
        assert "c.odt has the ending .odt; the known ones are .docx, .eml, .htm, " in result.stdout
        assert "1 left out." in result.stdout


def test_what_is_to_be_told_of_a_document_that_is_taken_in_changes_no_exit_status(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._Pass.made
    monkeypatch.setattr(files._Pass, "made", lambda *given: real(*given)._replace(note="page 2 was not read"))
    result = door("ingest", "--dry-run")
    assert result.exit_code == 0
    assert f"note: {door.documents / 'a.md'}: page 2 was not read\n" in result.stdout
    report = json.loads(door("ingest", "--json").stdout)
    assert report["notes"][0] == {"path": str(door.documents / "a.md"), "note": "page 2 was not read"}


@pytest.mark.parametrize(("home", "store"), [(".", None), ("var", "kept/my.db")])
def test_what_the_program_writes_among_the_documents_is_passed_over(
    door: Door, monkeypatch: pytest.MonkeyPatch, root: Path, home: str, store: str | None
) -> None:
    written = set()
    for path in (root / "rahdari").rglob("*.py"):
        written.update(re.findall(r'\bhome / "([^"]+)"', path.read_text()))
    assert {"secret", "conversations", "logs", "chat_history"} <= written
    folder = door.documents / home
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("RAHDARI_HOME", str(folder))
    if store:
        monkeypatch.setenv("RAHDARI_DATABASE_URL", f"sqlite:///{door.documents / store}")
    for name in written - {"conversations", "logs"} | {"conversations/web.sqlite", "logs/chat.log", "logs/more.1"}:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    Unanswered(folder).record("who?", "unknown")
    for _ in range(2):
        result = door("ingest")
        assert (result.exit_code, "left out" in result.stdout) == (0, False)
    assert door("backup", str(door.documents / "copies" / "yesterday")).exit_code == 0
    result = door("ingest")
    assert (result.exit_code, result.stdout) == (
        0, "Nothing to do, the store already holds exactly this: 2 unchanged.\n"
    )  # fmt: skip
    with closing(sqlite3.connect(door.documents / "other.sqlite")) as other:
        other.execute("CREATE TABLE documents (id)")
    result = door("ingest")
    assert result.exit_code == 1
    assert f"left out: {door.documents / 'other.sqlite'}: other.sqlite has the ending" in result.stdout


def test_a_pipe_among_the_documents_is_told_and_not_waited_for(door: Door) -> None:
    os.mkfifo(door.documents / "pipe")
    done = threading.Timer(20, lambda: os.close(os.open(door.documents / "pipe", os.O_WRONLY | os.O_NONBLOCK)))
    done.start()  # who waits for it goes on then
    result = door("ingest")
    assert done.is_alive()
    done.cancel()
    assert (result.exit_code, "left out: " in result.stdout) == (1, True)


class Slow(FakeExtractor):
    """Takes long enough for the bar to be drawn in between."""

    def extract(self, document: Document) -> Extraction:
        time.sleep(0.3)
        return super().extract(document)


def test_a_terminal_sees_what_is_read_how_quickly_and_how_much_is_left(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    (door.documents / "c\x1b[31m.txt").write_text("CC came.")
    (door.documents / "d.txt").write_text("DD came.")
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bootstrap, "_tools", lambda: fake_tools(Slow()))
    result = door("ingest")
    drawn = [line.strip() for line in re.split(r"[\r\n]+", re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", result.stderr))]
    reading = [line for line in drawn if line.startswith("understanding")]
    done = [int(count) for line in reading for count in re.findall(r"(\d)/4", line)]
    assert done == sorted(done) and {1, 2, 3} <= set(done)
    assert any(re.search(r" 2/4 \d+\.\d/s 0?0:0\d c\W+\[31m$", line) for line in reading), reading
    assert [line for line in drawn if line][-1].startswith("publishing")
    assert "\x1b[31m.txt" not in result.stderr and "c\x1b" not in result.stderr
    assert result.stderr.endswith("\x1b[2K")  # nothing of it stays
    assert "reading" not in result.stdout


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(door: Door, tmp_path: Path) -> None:
    assert door("ingest", "--dry-run").stdout == "new: a\nnew: b\nThe store would be: 2 new.\n"
    assert not (tmp_path / "home").exists()
    door("ingest")
    before = (tmp_path / "home" / "store.sqlite").read_bytes()
    (door.documents / "a.md").unlink()
    (door.documents / "c.odt").write_text("x")
    result = door("ingest", "--dry-run")
    assert "removed: a\nleft out: " in result.stdout
    assert result.stdout.endswith("The store would be: 1 removed, 1 unchanged, 1 left out.\n")
    assert result.exit_code == 1
    assert (tmp_path / "home" / "store.sqlite").read_bytes() == before
    assert door("ingest", "--dry-run", "--watch").exit_code == 2


def test_a_path_that_is_not_there_changes_nothing(door: Door) -> None:
    door("ingest")
    result = door("ingest", str(door.documents / "a.md"), "otherr")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: there is no otherr; check the path, or leave it out: nothing was changed\n"
    assert [row["id"] for row in json.loads(door("documents", "--json").stdout)] == ["a", "b"]


@pytest.mark.parametrize(
    "command",
    [
        ("ingest", ""), ("ingest", "a.md", ""), ("backup", ""), ("restore", ""), ("export", ""), ("evaluate", ""),
        ("fit", "=x"), ("fit", "x=y,"), ("fit", "x=y", "--diagram", ""),
    ],
)  # fmt: skip
def test_an_empty_path_is_none(door: Door, command: tuple[str, ...]) -> None:
    result = door(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a path is empty; is a variable not set?" in result.stderr or "lacks a path" in result.stderr


def test_the_report_of_an_ingest_can_be_had_as_json(door: Door) -> None:
    (door.documents / "c.odt").write_text("x")
    result = door("ingest", "--json")
    report = json.loads(result.stdout)
    assert (report["new"], report["changed"], report["removed"], report["built"]) == (["a", "b"], [], [], True)
    assert [entry["path"] for entry in report["left_out"]] == [str(door.documents / "c.odt")]
    assert result.exit_code == 1


def test_a_store_of_another_folder_is_not_overwritten(door: Door, tmp_path: Path, monkeypatch: Any) -> None:
    door("ingest")
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.txt").write_text("ZZ was signed.")
    monkeypatch.setenv("RAHDARI_DOCUMENTS", str(other))
    for arguments in (["ask", "what?"], ["chat"], ["serve"]):
        result = door(*arguments)
        assert result.exit_code == 1
        assert f"was made of the documents in {door.documents}, but RAHDARI_DOCUMENTS is {other}" in result.stderr
        assert "RAHDARI_HOME" in result.stderr and "`rahdari ingest`" in result.stderr
    assert [row["id"] for row in json.loads(door("documents", "--json").stdout)] == ["a", "b"]
    assert "new: z\nremoved: a\nremoved: b\n" in door("ingest").stdout


@pytest.mark.usefixtures("answering")
def test_a_home_that_was_moved_together_with_its_documents_goes_on(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door("ingest")
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("home", "documents"):
        (tmp_path / name).rename(moved / name)
    monkeypatch.setenv("RAHDARI_HOME", str(moved / "home"))
    monkeypatch.setenv("RAHDARI_DOCUMENTS", str(moved / "documents"))
    result = door("ask", "planned")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize("origin", ["paths", "settings"])
def test_a_store_of_an_earlier_version_is_brought_up_when_it_is_asked(
    door: Door, tmp_path: Path, origin: str, root: Path
) -> None:
    (tmp_path / "home").mkdir()
    with sqlite3.connect(tmp_path / "home" / "store.sqlite") as connection:
        connection.executescript((root / "tests" / "stores" / "schema_1.sql").read_text())
        connection.execute("UPDATE meta SET value = ? WHERE key = 'origin'", [origin])
    connection.close()
    assert "`rahdari migrate` brings up" in door("documents").stderr
    assert door("ask", "signed").exit_code == 0
    held = {"paths": ["orsa-one", "orsa-two", "other"], "settings": ["a", "b"]}
    assert [row["id"] for row in json.loads(door("documents", "--json").stdout)] == held[origin]


def test_a_store_of_an_earlier_version_is_brought_up_in_its_place(door: Door, tmp_path: Path, root: Path) -> None:
    assert "there is no store" in door("migrate").stderr
    assert not (tmp_path / "home").exists()
    (tmp_path / "home").mkdir()
    with closing(sqlite3.connect(tmp_path / "home" / "store.sqlite")) as connection:
        connection.executescript((root / "tests" / "stores" / "schema_2.sql").read_text())
    assert door("migrate").stdout.endswith(f"store.sqlite is brought up from the schema 2 to {SCHEMA}.\n")
    assert [row["id"] for row in json.loads(door("documents", "--json").stdout)] == ["orsa-one", "orsa-two", "other"]
    assert door("migrate").stdout.endswith("is of this version already.\n")
    assert door("migrate", "--replace").exit_code == door("migrate", "sqlite:///x").exit_code == 2


def test_documents_are_taken_out_by_hand_and_stay_out(door: Door) -> None:
    door("ingest")
    assert door("documents", "remove", "a").stdout == "removed: a\n"
    assert [row["id"] for row in json.loads(door("documents", "--json").stdout)] == ["b"]
    again = door("ingest")
    assert (
        again.stdout == "withheld: a\nNothing to do, the store already holds exactly this: 1 unchanged, 1 withheld.\n"
    )
    assert again.exit_code == 0
    [withheld] = json.loads(door("documents", "--withheld", "--json").stdout)
    assert (
        withheld.pop("taken_out")
        == json.loads(door("documents", "show", "a", "--json").stdout)["versions"][-1]["ended"]
    )
    assert withheld == {"id": "a", "title": "Alpha", "file": str(door.documents / "a.md")}
    assert "Alpha" in door("documents", "--withheld", "--find", "alpha").stdout
    assert door("documents", "--withheld", "--find", "zz").stdout == "No document fits.\n"
    assert "state: taken out by hand" in door("documents", "show", "a").stdout
    assert "b is not among those that were taken out" in door("documents", "remove", "--undo", "b").stderr
    assert "gone, zz is not in the store" in door("documents", "remove", "b", "zz", "gone").stderr
    assert door("documents", "remove", "b").stdout == "removed: b\n"
    assert door("documents").stdout == "The store holds no document.\n"
    assert door("ingest").stdout.endswith("Nothing to do, the store already holds exactly this: 2 withheld.\n")
    door("documents", "remove", "--undo", "a", "b")
    assert door("documents", "--withheld").stdout == "No document was taken out by hand.\n"
    assert "new: a\nnew: b\n" in door("ingest").stdout
    assert door("documents", "verify").stdout == "The store is whole.\n"


def test_a_document_is_shown_with_its_versions(door: Door) -> None:
    door("ingest")
    (door.documents / "a.md").write_text("---\ntitle: Alpha 2\n---\nThe AA was opened.")
    door("ingest")
    shown = door("documents", "show", "a").stdout
    assert "title: Alpha 2\n" in shown
    assert "state: in the store\n" in shown
    (door.documents / "a.md").unlink()
    door("ingest")
    shown = json.loads(door("documents", "show", "a", "--json").stdout)
    assert shown["state"] == "gone"
    assert [(version["title"], version["end"]) for version in shown["versions"]] == [
        ("Alpha", "changed"),
        ("Alpha 2", "removed"),
    ]
    assert all(version["ingested"] <= version["ended"] for version in shown["versions"])
    assert "there never was a document 'zz'" in door("documents", "show", "zz").stderr


def test_a_document_tells_which_file_it_was_made_of(door: Door, tmp_path: Path) -> None:
    with zipfile.ZipFile(door.documents / "minutes.zip", "w") as archive:
        archive.writestr("2023/annex.txt", "The CC was signed.")
    door("ingest")
    place = f"{door.documents}/minutes.zip/2023/annex.txt"
    assert f"file: {place}\n" in door("documents", "show", "annex").stdout
    assert [row["file"] for row in json.loads(door("documents", "--find", "annex", "--json").stdout)] == [place]
    door("backup", str(tmp_path / "copy"))
    (door.documents / "minutes.zip").unlink()
    (door.documents / "annex.txt").write_text("The DD was signed.")
    door("ingest")
    door("restore", str(tmp_path / "copy"))  # what it has under that name is not of the file that is there now
    assert json.loads(door("documents", "show", "annex", "--json").stdout)["file"] is None
    (tmp_path / "home" / "store.sqlite.seen").unlink()
    assert json.loads(door("documents", "--json").stdout)[0]["file"] is None


def test_a_later_version_under_another_name_is_known_by_its_address(door: Door) -> None:
    address = "source: https://example.org/minutes"
    (door.documents / "minutes.md").write_text(f"---\n{address}\ntitle: Draft\n---\nThe AA is planned.")
    door("ingest")
    (door.documents / "minutes.md").rename(door.documents / "minutes-final.md")
    (door.documents / "minutes-final.md").write_text(f"---\n{address}\ntitle: Final\n---\nThe AA was signed.")
    door("ingest")
    versions = json.loads(door("documents", "show", "minutes-final", "--json").stdout)["versions"]
    assert [(version["document"], version["title"], version["end"]) for version in versions] == [
        ("minutes", "Draft", "removed"),
        ("minutes-final", "Final", None),
    ]


def test_a_document_that_was_superseded_at_once_is_shown(door: Door) -> None:
    for name, day in (("port1", "2024-05-01"), ("port2", "2024-06-01")):
        head = f"---\nsource: https://example.org/port\npublished: {day}\ntitle: {name.title()}\n---\n"
        (door.documents / f"{name}.md").write_text(f"{head}The AA was signed by {name}.")
    door("ingest")
    for id, state in (("port1", "superseded"), ("port2", "in the store")):
        shown = json.loads(door("documents", "show", id, "--json").stdout)
        assert shown["state"] == state
        assert [(one["document"], one["title"], one["end"]) for one in shown["versions"]] == [
            ("port1", "Port1", "superseded"),
            ("port2", "Port2", None),
        ]


def test_a_copy_is_shown_as_a_copy(door: Door) -> None:
    text = " ".join(f"The AA{number} was signed in town {number}." for number in range(20))
    (door.documents / "gazette.md").write_text(f"---\npublished: 2024-05-01\n---\n{text}")
    (door.documents / "mirror.md").write_text(f"---\npublished: 2024-05-02\n---\n{text}")
    door("ingest")
    assert "facts: 0\ncopy_of: gazette\n" in door("documents", "show", "mirror").stdout
    assert json.loads(door("documents", "show", "mirror", "--json").stdout)["copy_of"] == "gazette"
    assert "copy_of" not in door("documents", "show", "gazette").stdout


def test_verify_exits_with_1_when_something_is_wrong(door: Door, tmp_path: Path) -> None:
    door("ingest")
    with sqlite3.connect(tmp_path / "home" / "store.sqlite") as connection:
        connection.execute("UPDATE facts SET sentence = 9")
    connection.close()
    result = door("documents", "verify")
    assert result.exit_code == 1
    assert "a fact stands in sentence 9" in result.stdout


def test_a_copy_is_made_and_brought_back(door: Door, tmp_path: Path) -> None:
    door("ingest")
    copy = tmp_path / "copy.sqlite"
    assert door("backup", str(copy)).exit_code == 0
    (door.documents / "a.md").unlink()
    door("ingest")
    assert door("restore", str(copy)).stdout == f"The store is what {copy} holds.\n"
    assert [row["id"] for row in json.loads(door("documents", "--json").stdout)] == ["a", "b"]
    assert door("restore", str(door.documents / "b.txt")).exit_code == 1


def test_a_copy_that_is_not_whole_is_brought_back_only_anyway(door: Door, tmp_path: Path) -> None:
    door("ingest")
    copy = tmp_path / "copy.sqlite"
    door("backup", str(copy))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute('UPDATE sentences SET start = start + 1, "end" = "end" + 1')
        connection.commit()
    refused = door("restore", str(copy))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "copy.sqlite is not whole, and nothing was changed: a: sentence 0 is not the text at 1 to" in refused.stderr
    assert ", and 2 more; give another copy, or this one with --anyway" in refused.stderr
    assert door("documents", "verify").stdout == "The store is whole.\n"
    assert door("restore", "--anyway", str(copy)).exit_code == 0
    assert "sentence 0 is not the text" in door("documents", "verify").stdout


def test_ingest_takes_the_paths_that_are_named(door: Door) -> None:
    assert "1 new" in door("ingest", str(door.documents / "b.txt")).stdout


def test_an_error_is_one_line_on_stderr_and_exit_1(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["documents"], ["facts", "--json"], ["ingest", "gone"], ["evaluate", "gone.jsonl"]):
        result = door(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
    monkeypatch.setenv("RAHDARI_PORT", "x")
    assert "RAHDARI_PORT" in door("ingest").stderr


def test_documents_are_listed_with_what_is_known_of_them(door: Door) -> None:
    door("ingest")
    rows = json.loads(door("documents", "--json").stdout)
    assert rows[0] == {
        "id": "a",
        "title": "Alpha",
        "publisher": "Press",
        "author": None,
        "published": "2020-05",
        "language": None,
        "source": None,
        "file": str(door.documents / "a.md"),
        "sentences": 2,
        "facts": 1,
    }
    assert [row["id"] for row in rows] == ["a", "b"]
    table = door("documents").stdout
    assert "Alpha" in table
    assert "None" not in table
    assert [row["title"] for row in csv.DictReader(io.StringIO(door("documents", "--csv").stdout))] == ["Alpha", ""]
    assert [row["id"] for row in json.loads(door("documents", "--find", "press", "--json").stdout)] == ["a"]
    assert door("documents", "--find", "zzz").stdout == "No document fits.\n"
    assert json.loads(door("documents", "--find", "zzz", "--json").stdout) == []
    assert door("documents", "--find", "zzz", "--csv").stdout.startswith("id,title,publisher")


def test_facts_are_listed_with_their_sentence_and_filtered(door: Door) -> None:
    door("ingest")

    def found(*filters: str) -> list[str]:
        return [row["document"] for row in json.loads(door("facts", "--json", *filters).stdout)]

    row = json.loads(door("facts", "--json").stdout)[0]
    assert row["predicate"] == "sign"
    assert row["quote"] == "The AA, long planned, was signed."
    assert found() == ["a", "b"]
    assert found("--document", "b") == ["b"]
    strange = door("facts", "--document", "nosuch")
    assert strange.exit_code == 1
    assert "there is no document 'nosuch' in the store; `rahdari documents` lists what there is" in strange.stderr
    assert found("--entity", "aa") == ["a"]
    assert found("--entity", "signed too") == ["b"]
    assert found("--predicate", "cost") == []
    assert found("--modality", "done") == ["a", "b"]
    assert found("--modality", "planned") == []
    assert found("--speaker", "x") == []
    assert found("--sector", "aa") == []  # a project, not a sector
    assert "sign" in door("facts").stdout
    assert door("facts", "--predicate", "cost").stdout == "No fact fits.\n"
    assert len(list(csv.DictReader(io.StringIO(door("facts", "--csv").stdout)))) == 2


def test_a_modality_that_does_not_exist_is_told_with_those_that_do(door: Door) -> None:
    result = door("facts", "--modality", "sure")
    assert result.exit_code == 2
    assert "under_way" in result.stderr


def test_feedback_is_listed_latest_first(door: Door, tmp_path: Path) -> None:
    assert door("feedback").stdout == "Nobody has said what they think of an answer.\n"
    kept = Feedback(tmp_path / "home")
    long = "It is told at length. " * 20
    first = GivenAnswer("a1", "and health?", "and health? (how many?)", "answered", long, ("lease", "visit"))
    second = GivenAnswer("a2", "=1+1 \x1b[2J", "=1+1", "unknown", "The documents don't say.", ())
    kept.keep(first, "down", "@too long", "web", "ann", datetime(2024, 5, 1, 1, tzinfo=timezone.utc))
    kept.keep(second, "up", None, "web", "ann", datetime(2024, 5, 1, 2, tzinfo=timezone.utc))
    assert [row["answer"] for row in json.loads(door("feedback", "--json").stdout)] == ["a2", "a1"]
    assert [row["words"] for row in json.loads(door("feedback", "--json", "--verdict", "down").stdout)] == ["@too long"]
    assert len(json.loads(door("feedback", "--json", "--limit", "1").stdout)) == 1
    row = json.loads(door("feedback", "--json", "--verdict", "down").stdout)[0]
    assert (row["asked"], row["understood"], row["status"]) == ("and health?", "and health? (how many?)", "answered")
    assert (row["text"], row["documents"]) == (long, ["lease", "visit"])
    table = door("feedback").stdout
    assert "and health?" in table and "The documents don't say." in table
    assert table.count("told at length") < 10
    for form in ("--json", "--csv", "--table"):
        assert "\x1b" not in door("feedback", form).stdout
    second, first = csv.DictReader(io.StringIO(door("feedback", "--csv").stdout))
    assert (second["asked"], first["words"], first["documents"]) == ("'=1+1 \ufffd[2J", "'@too long", "lease; visit")


def test_what_was_rated_before_answers_were_kept_is_listed_by_its_id(door: Door, tmp_path: Path) -> None:
    Feedback(tmp_path / "home").keep(GivenAnswer("a1", "", "", "", "", ()), "up", None, "web", "ann")
    with closing(sqlite3.connect(tmp_path / "home" / "feedback.sqlite")) as old, old:
        old.execute("UPDATE opinions SET asked = NULL, understood = NULL, status = NULL, text = NULL")
    assert "(not kept: a1)" in door("feedback").stdout
    assert json.loads(door("feedback", "--json").stdout)[0]["text"] is None


def test_unanswered_questions_are_listed_most_frequent_first(door: Door, tmp_path: Path) -> None:
    assert door("unanswered").stdout == "Nothing was asked without an answer.\n"
    kept = Unanswered(tmp_path / "home")
    for text, status in (("how long", "unknown"), ("a joke", "out_of_scope"), ("How long?", "unknown")):
        kept.record(text, status)
    rows = json.loads(door("unanswered", "--json").stdout)
    assert [(row["text"], row["count"]) for row in rows] == [("how long", 2), ("a joke", 1)]
    assert len(json.loads(door("unanswered", "--json", "--status", "unknown").stdout)) == 1
    assert len(json.loads(door("unanswered", "--json", "--limit", "1").stdout)) == 1


class Answering:
    """Says where the word stands that is asked for; does not know the others. Stands in for the answering side."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, question: Question) -> Answer:
        found = self._store.search([question.text], 1)
        if not found:
            return Answer("id", "unknown", "The documents do not say.")
        sentence = self._store.sentences_of([found[0][0]])[0]
        place = (sentence.text, sentence.start, sentence.end)
        citation = Citation(1, "evidence", sentence.document, "Alpha", "Press", "2020-05", *place)
        return Answer("id", "answered", "It is there.", (citation,))


@pytest.fixture
def answering(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def live(settings: Settings) -> bootstrap.LiveAnswerer:
        store = bootstrap.store(settings)
        unanswered = Unanswered(settings.home) if settings.keep_unanswered else None
        return bootstrap.LiveAnswerer(store, Answering(store), unanswered)  # type: ignore[arg-type]

    monkeypatch.setattr(bootstrap, "answerer", live)


@pytest.mark.usefixtures("answering")
def test_ask_reads_the_documents_first_and_shows_the_source(door: Door) -> None:
    result = door("ask", "planned")
    assert result.exit_code == 0
    assert result.stderr.startswith("Reading ")
    assert result.stdout.startswith("It is there. [1]\n")
    assert "The AA, long planned, was signed." in result.stdout
    assert "Alpha, Press" in result.stdout
    again = door("ask", "--json", "planned")
    assert again.stderr == ""
    assert json.loads(again.stdout)["citations"][0]["document"] == "a"


@pytest.mark.usefixtures("answering")
def test_ask_sees_a_document_that_came_since(door: Door) -> None:
    door("ask", "planned")
    assert "do not say" in door("ask", "tunnel").stdout
    (door.documents / "c.txt").write_text("A tunnel came.")
    assert "A tunnel came." in door("ask", "tunnel").stdout


@pytest.mark.usefixtures("answering")
def test_ask_goes_on_with_the_store_when_the_documents_are_gone(door: Door) -> None:
    door("ask", "planned")
    for path in door.documents.iterdir():
        path.unlink()
    result = door("ask", "planned")
    assert "The AA, long planned" in result.stdout
    assert result.stderr.startswith(f"The store stays as it is: {door.documents} holds no document")


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize("whole", [0, 20_000])
def test_ask_makes_a_damaged_store_anew_and_says_so(door: Door, tmp_path: Path, whole: int) -> None:
    door("ingest")
    store = tmp_path / "home" / "store.sqlite"
    content = store.read_bytes()
    store.write_bytes(content[:whole] + b"\xff" * (len(content) - whole))
    result = door("ask", "planned")
    assert "The AA, long planned" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "The store is damaged; it is made anew of" in result.stderr
    assert door("ask", "planned").stderr == ""


@pytest.mark.usefixtures("answering")
def test_ask_does_not_put_other_documents_in_the_place_of_named_ones(door: Door, tmp_path: Path) -> None:
    door("ingest", str(door.documents / "b.txt"))
    store = tmp_path / "home" / "store.sqlite"
    damaged = b"damage" + store.read_bytes()[6:]
    store.write_bytes(damaged)
    result = door("ask", "planned")
    assert result.exit_code == 1
    assert "run `rahdari ingest` with the paths that it was made of" in result.stderr
    assert store.read_bytes() == damaged


@pytest.mark.usefixtures("answering")
def test_ask_leaves_a_file_that_may_be_somebodys_alone(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = tmp_path / "letters"
    letters.write_text("somebody's letters" * 50)
    monkeypatch.setenv("RAHDARI_DATABASE_URL", f"sqlite:///{letters}")
    assert "no store that can be read" in door("ask", "planned").stderr
    assert letters.read_text() == "somebody's letters" * 50


def test_nothing_in_a_name_reaches_the_terminal_but_as_a_mark(door: Door) -> None:
    (door.documents / "c\x1b[2J\u202e\nnew: d.txt").write_text("CC.")
    (door.documents / "e\x1b.odt").write_text("E.")
    with open(bytes(door.documents) + b"/caf\xe9.txt", "w") as file:
        file.write("text")
    result = door("ingest")
    assert "new: c\ufffd[2J\ufffd\ufffdnew: d\n" in result.stdout
    assert "e\ufffd.odt has the ending .odt" in result.stdout
    assert "caf\ufffd.txt is not UTF-8; rename the file" in result.stdout
    shown = result.stdout + door("documents").stdout + door("ingest", "gone\x1b").stderr
    assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.usefixtures("answering")
def test_ask_leaves_a_store_of_named_paths_as_it_is(door: Door) -> None:
    door("ingest", str(door.documents / "b.txt"))
    assert "do not say" in door("ask", "planned").stdout


@pytest.mark.usefixtures("answering")
def test_a_question_without_an_answer_is_counted_unless_that_is_switched_off(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    door("ask", "railway")
    door("ask", "planned")
    monkeypatch.setenv("RAHDARI_KEEP_UNANSWERED", "no")
    door("ask", "railway")
    assert [(row["text"], row["count"]) for row in json.loads(door("unanswered", "--json").stdout)] == [("railway", 1)]


@pytest.mark.usefixtures("answering")
def test_evaluate_prints_a_table_and_each_failure_and_fails_below_a_figure(door: Door, tmp_path: Path) -> None:
    right = {
        "id": "1",
        "kind": "status",
        "turns": ["planned"],
        "expect_status": ["answered"],
        "evidence": ["long planned"],
    }
    wrong = {"id": "2", "kind": "unknown", "turns": ["hello", "railway"], "expect_status": ["answered"]}
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(right)}\n{json.dumps(wrong)}\n")
    result = door("evaluate", str(path), "--direct", "--at-least", "1")
    assert result.exit_code == 0
    assert "2: hello / railway\n  - status is unknown, not answered\n" in result.stdout
    assert "unknown: The documents do not say." in result.stdout
    assert "invalid citations: 0" in result.stdout
    assert [line.split() for line in result.stdout.splitlines() if line.strip().startswith("all")] == [
        ["all", "1", "2"]
    ]
    failing = door("evaluate", str(path), "--direct", "--json", "--at-least", "2")
    assert failing.exit_code == 1
    assert json.loads(failing.stdout)["kinds"] == {
        "status": {"passed": 1, "total": 1},
        "unknown": {"passed": 0, "total": 1},
    }
    assert json.loads(door("unanswered", "--json").stdout) == []  # an evaluation is nobody's question


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_an_example_that_it_understands(door: Door, command: str) -> None:
    result = door(command, "--help")
    assert result.exit_code == 0
    examples = [line.split() for line in result.stdout.splitlines() if line.startswith("    ") and "rahdari" in line]
    assert examples
    for example in examples:
        assert command in example


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['rahdari', '--help']\n"
        "from rahdari.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rasa', 'spacy', 'sqlalchemy', 'numpy', 'onnxruntime', 'rich', 'sanic'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    times = []
    for _ in range(3):
        start = time.monotonic()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        times.append(time.monotonic() - start)
    assert min(times) < 0.5  # 0.1 s on a quiet machine


def test_options_of_serve_come_before_the_environment_for_the_channels_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from rahdari import serving
    from rahdari.cli import ingesting
    from rahdari.nlu import surroundings

    served: list[Settings] = []
    monkeypatch.setattr(serving, "run", served.append)
    monkeypatch.setattr(ingesting, "ensure_store", lambda settings: None)
    monkeypatch.setenv("RAHDARI_HOST", "192.0.2.1")
    monkeypatch.setenv("RAHDARI_PORT", "5006")
    assert CliRunner().invoke(main, ["serve", "--host", "0.0.0.0"]).exit_code == 0
    assert [(one.host, one.port) for one in (served[0], surroundings.settings())] == [("0.0.0.0", 5006)] * 2


def test_a_full_disk_is_told_on_one_line(door: Door) -> None:
    door("ingest")
    result = door("export", "/dev/full", "--format", "jsonl")
    assert result.exit_code == 1
    assert result.stderr.endswith("cannot be written: No space left on device; make room, and run it again\n")
    assert result.stderr.count("\n") == 1
