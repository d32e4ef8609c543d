"""The real extractor, loaded once for the tests of extraction."""

from __future__ import annotations

import pytest

from rahdari.extraction import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """spaCy's model behind the extractor. What it remembers of earlier documents changes nothing."""
    return Extractor.load()
