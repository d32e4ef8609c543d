"""Each fixture file, one phenomenon a file, is read as the file beside it expects; both are made alike each time."""

from __future__ import annotations

import pytest
from fixtures import FIXTURES
from reading_golden import FOLDER, expected_of, shown

from rahdari.reading.formats import READERS, UNPACKERS


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_file_is_made_alike_each_time(name: str) -> None:
    assert FIXTURES[name]() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_file_is_read_as_expected(name: str) -> None:
    told = "python -m tests.reading.reading_golden writes them anew"
    assert shown(FOLDER / name) == expected_of(name).read_bytes().decode(), told


def test_every_file_of_the_folder_is_a_fixture_or_its_expectation() -> None:
    known = set(FIXTURES) | {expected_of(name).name for name in FIXTURES}
    assert {path.name for path in FOLDER.iterdir()} == known


def test_every_ending_has_a_fixture() -> None:
    plain = {".markdown", ".md", ".text", ".txt"}  # test_reading_texts.py
    assert {f".{name.rpartition('.')[2]}" for name in FIXTURES} == {*READERS, *UNPACKERS} - plain
