"""docs/extraction.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from golden import FOLDER, documents, golden_of, read_golden

from rahdari.extraction.values import values
from rahdari.records import EntityType, Modality

_PAGE = (Path(__file__).resolve().parents[2] / "docs" / "extraction.md").read_text(encoding="utf-8")


def test_every_modality_and_kind_of_thing_stands_in_the_page() -> None:
    assert set(get_args(Modality)) == set(re.findall(r"^\| `(\w+)` \|", _PAGE, re.MULTILINE))
    assert [kind for kind in get_args(EntityType) if kind not in _PAGE.lower()] == []


def test_every_kind_of_finding_stands_in_the_page_and_is_held_by_some_fixture() -> None:
    held = {kind for path in documents() for kind in read_golden(golden_of(path))[0]}
    listed = _PAGE[_PAGE.index("the kinds are") : _PAGE.index("A line that opens with `!`")]
    assert held == set(re.findall(r"`(\w+)`", listed))


@pytest.mark.parametrize("name", re.findall(r"^ {4}(\w+\.(?:txt|expected\.tsv))$", _PAGE, re.MULTILINE))
def test_a_file_that_the_page_names_is_there(name: str) -> None:
    assert (FOLDER / name).is_file()


def test_the_values_of_the_page_are_what_is_found() -> None:
    rows = re.findall(r"^\| (amount|quantity|date) \| (.+?) \| (.+?) \|$", _PAGE, re.MULTILINE)
    assert len(rows) == 3
    for kind, wordings, normal in rows:
        for wording, value in zip(wordings.split(" · "), normal.split(" · "), strict=True):
            assert [(v.type, f"`{v.value}`") for v in values(wording)] == [(kind, value)]
