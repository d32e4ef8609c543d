"""Several documents looked at together: what is found in each is what is found in it alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from golden import documents

from rahdari.extraction import Extractor, parsing
from rahdari.extraction.parsing import Parser, language
from rahdari.reading import read


class Counting:
    """spaCy, and how many texts it was given at a time."""

    def __init__(self) -> None:
        self.nlp = language()
        self.given: list[list[str]] = []

    def pipe(self, texts: Iterable[str], **how: Any) -> Any:
        self.given.append(list(texts))
        return self.nlp.pipe(self.given[-1], **how)


@pytest.fixture(scope="module")
def spacy() -> Counting:
    return Counting()


def test_what_is_found_is_the_same_alone_together_and_when_nothing_is_remembered(
    spacy: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_ = [read(path) for path in documents()][:12]
    alone = [Extractor(Parser(spacy.nlp)).extract(document) for document in read_]
    together = Extractor(Parser(spacy.nlp))
    together.look_ahead(read_)
    assert [together.extract(document) for document in read_] == alone
    monkeypatch.setattr(parsing, "_REMEMBERED", 3)
    forgetful = Extractor(Parser(spacy.nlp))
    forgetful.look_ahead(read_)
    assert [forgetful.extract(document) for document in read_] == alone


def test_after_looking_ahead_nothing_is_parsed_again(spacy: Counting) -> None:
    spacy.given.clear()
    read_ = [read(path) for path in documents()][:4]
    extractor = Extractor(Parser(spacy))
    extractor.look_ahead(read_)
    for document in read_:
        extractor.extract(document)
    assert [len(texts) > 0 for texts in spacy.given] == [True, False, False, False, False]


def test_equal_sentences_are_parsed_once_and_the_oldest_are_forgotten(
    spacy: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "_REMEMBERED", 2)
    spacy.given.clear()
    parser = Parser(spacy)
    one, two, again = parser.parse(["It rains.", "It snows.", "It rains."])
    assert one is again and (one.text, two.text) == ("It rains.", "It snows.")
    parser.parse(["It rains."])
    parser.parse(["It hails."])
    parser.parse(["It rains.", "It snows."])
    assert spacy.given == [["It rains.", "It snows."], [], ["It hails."], ["It snows."]]
