"""A store goes from one database into another and back, and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from postgres import Server
from store_contents import findings, rows
from store_fakes import fake_tools

from rahdari.cli import main
from rahdari.errors import StoreError, StoreMissing
from rahdari.ingestion import ingest, removing
from rahdari.settings import Settings
from rahdari.store import Store, backup, copy, name_of, restore, verify

TERMS = ["signed", "agreement", "the", "project", "2018", "million"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    long = " ".join(f"The {name} was signed by number{name.lower()} and others." for name in ("AA", "BB", "CC", "DD"))
    texts = {"a": long, "b": f"{long} A word more.", "c": "CC is short.", "gone": "DD."}  # b echoes a
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def filled(folder: Path, url: str) -> None:
    ingest([folder], url, fake_tools)
    removing.remove(url, ["gone"])


def test_the_sample_comes_back_from_postgresql_as_it_went(
    postgres: Server, settings: Settings, store: Store, tmp_path: Path
) -> None:
    there, back = postgres.new(), f"sqlite:///{tmp_path}/back.sqlite"
    counts = copy(settings.database_url, there)
    assert counts["sentences"] == store.sentence_count and counts["documents"] == len(store.documents())
    assert rows(there) == rows(settings.database_url)
    words = sorted(store.words(), key=lambda word: (-store.words()[word], word))[::29]
    assert findings(there, [*TERMS, *words]) == findings(settings.database_url, [*TERMS, *words])
    assert verify(there) == []
    copy(there, back)
    assert [path.name for path in tmp_path.iterdir()] == ["back.sqlite"]
    assert rows(back) == rows(settings.database_url)
    assert verify(back) == []


def test_a_copy_goes_on_as_the_store_would_have(postgres: Server, folder: Path, tmp_path: Path) -> None:
    here, there = f"sqlite:///{tmp_path}/store.sqlite", postgres.new()
    filled(folder, here)
    copy(here, there)
    assert Store.open(there).withheld() == {"gone"}
    assert [one.sha256 for one in Store.open(there).versions("a")] == [
        one.sha256 for one in Store.open(here).versions("a")
    ]
    (folder / "d.txt").write_text("EE was signed. It is new.")
    (folder / "c.txt").unlink()
    for url in (here, there):
        report = ingest([folder], url, fake_tools)
        assert (report.new, report.removed, report.withheld) == (("d",), ("c",), ("gone",))
    assert rows(here) == rows(there)
    assert verify(there) == []


def test_a_store_that_is_there_is_replaced_only_when_that_is_said(anywhere: str, folder: Path, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path}/source.sqlite"
    with pytest.raises(StoreMissing):
        copy(source, anywhere)
    filled(folder, source)
    ingest([folder / "c.txt"], anywhere, fake_tools)
    reader = Store.open(anywhere)
    with pytest.raises(StoreError, match="there is a store already in .*; give --replace"):
        copy(source, anywhere)
    copy(source, anywhere, replace=True)
    assert [document.id for document in reader.documents()] == ["c"]
    assert reader.refresh()
    assert [document.id for document in reader.documents()] == ["a", "b", "c"]
    assert rows(anywhere) == rows(source) and verify(anywhere) == []
    with pytest.raises(StoreError, match="to itself"):
        copy(anywhere, anywhere, replace=True)


def test_what_cannot_be_copied_whole_changes_nothing(
    postgres: Server, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, there = f"sqlite:///{tmp_path}/source.sqlite", postgres.new()
    filled(folder, source)
    ingest([folder / "c.txt"], there, fake_tools)
    before = rows(there)
    import rahdari.store.schema as schema

    whole = schema.fill

    def lossy(connection: object, table: object, given: object) -> None:
        kept = list(given)  # type: ignore[call-overload]
        whole(connection, table, kept[:-1] if table is schema.facts else kept)  # type: ignore[arg-type]

    monkeypatch.setattr(schema, "fill", lossy)
    with pytest.raises(StoreError, match=r"of \d+ rows of facts \d+ came to be; nothing was copied"):
        copy(source, there, replace=True)
    assert rows(there) == before


def test_pg_dump_makes_a_copy_that_comes_back_and_goes_on(postgres: Server, folder: Path) -> None:
    url, again, file = postgres.new(), postgres.new(), postgres.folder / "store.dump"  # root's folders are not its own
    filled(folder, url)
    postgres.run("pg_dump", "--format=custom", "--schema=rahdari", f"--file={file}", url)
    postgres.run("pg_restore", f"--dbname={again}", str(file))
    assert rows(again) == rows(url) and verify(again) == []
    (folder / "d.txt").write_text("EE was signed. It is new.")
    for at in (url, again):
        assert ingest([folder], at, fake_tools).new == ("d",)
    assert rows(again) == rows(url) and verify(again) == []


def test_a_backup_of_a_server_is_left_to_the_server(postgres: Server, tmp_path: Path) -> None:
    url, file = postgres.new(), tmp_path / "copy.sqlite"
    for make in (backup, restore):
        with pytest.raises(StoreError, match=r"postgresql://\S+ is no file; its own pg_dump and pg_restore"):
            make(url, file)


def test_the_command_tells_what_was_copied(postgres: Server, folder: Path, tmp_path: Path) -> None:
    here, there = f"sqlite:///{tmp_path}/store.sqlite", postgres.new()
    filled(folder, here)
    done = CliRunner().invoke(main, ["migrate", here, there])
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"Copied to {name_of(there)}: 3 documents, ")
    assert done.output.endswith("Every table has as many rows as before, and all is in order.\n")
    again = CliRunner().invoke(main, ["migrate", here, there])
    assert again.exit_code == 1 and "give --replace" in again.output
    assert CliRunner().invoke(main, ["migrate", "--replace", there, here]).exit_code == 0
