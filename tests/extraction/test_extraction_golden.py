"""The fixture documents, one phenomenon a file, are extracted as the files beside them expect."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import documents, findings, golden_of, read_golden

from rahdari.extraction import Extractor
from rahdari.reading import read

_DOCUMENTS = documents()


@pytest.mark.parametrize("path", _DOCUMENTS, ids=[path.stem for path in _DOCUMENTS])
def test_a_fixture_document_is_extracted_as_expected(path: Path, extractor: Extractor) -> None:
    kinds, right, wrong = read_golden(golden_of(path))
    document = read(path)
    found = findings(document, extractor.extract(document), kinds)
    assert [line for line in found if line not in wrong] == right, "python -m tests.extraction.golden writes them anew"


def test_every_golden_file_has_its_document_and_holds_something() -> None:
    golden = sorted(_DOCUMENTS[0].parent.glob("*.expected.tsv"))
    assert golden == sorted(golden_of(path) for path in _DOCUMENTS)
    for path in golden:
        kinds, right, _ = read_golden(path)
        assert kinds and right, path.name
