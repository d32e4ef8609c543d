"""What libraries give of the same files: the fixtures, with those that the project has anyway."""

from __future__ import annotations

import pytest

from bench import reading_libraries


@pytest.fixture(params=reading_libraries.READERS)
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of file."""
    return str(request.param)


def test_of_the_fixtures_this_project_has_every_piece(kind: str) -> None:
    own = {"this project": reading_libraries.READERS[kind]["this project"]}
    row = reading_libraries.table(kind, own, [])[2].split(" | ")
    found, _, of = row[1].partition(" of ")
    assert found == of and int(found) > 10
    if kind == "pdf":
        assert row[2] == "3 of 3"
    if kind == "html":
        assert row[2] == "0 of 9"


def test_what_a_library_does_not_give_is_counted() -> None:
    rows = reading_libraries.table("pdf", {"pdfplumber": reading_libraries.READERS["pdf"]["pdfplumber"]}, [])
    assert rows[2].split(" | ")[2] == "0 of 3"
    rows = reading_libraries.table("html", {"lxml": reading_libraries.READERS["html"]["lxml, all text"]}, [])
    assert rows[2].split(" | ")[2] == "9 of 9"


def test_a_library_that_is_not_installed_is_told_and_left_out(kind: str) -> None:
    lines = reading_libraries.table(kind, {"another": ("no_such_library", lambda data: "")}, [])
    assert lines[2:] == ["Left out: another (not installed: see bench/requirements-reading.txt)."]
