"""What holds for every document, whatever it says: offsets, order, and the same result each time."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from golden import documents
from merging_whole import merge_entities

from rahdari.extraction import Extractor
from rahdari.reading import read
from rahdari.records import Document, Extraction

_ROOT = Path(__file__).resolve().parents[2]
_REAL = [_ROOT / "data" / "documents", _ROOT / "tests" / "corpus", _ROOT / "tests" / "corpus" / "heldout"]
_HOSTILE = {
    "empty": "",
    "blanks": " \n\n \t\n",
    "one-word": "Bergen",
    "no-letters": "1 2 3\n\n4 | 5 | 6\n\n...",
    "emoji": "👋🏽 The bridge opened 🎉. Bergen 🇳🇴 paid €3 million! 👍",
    "other-scripts": "راہداری کا منصوبہ۔\n\n走廊项目已完成。 The line is 3 km long.",
    "combining": "Zu\u0308rich signed. E\u0301lise Marchand said so. The cafe\u0301 closed.",
    "quotes": 'He said "no. ""Why"? “Yes «and "so” on.\n\n"""\n\n" "',
    "line-ends": "The port opened.\r\n\r\nIt is small.\r\nIt closed.\u2028Then it opened.\x0cPage two.",
    "one-long-line": "The bridge at Bergen was opened and " * 400 + "closed.",
    "regular-expressions": r"The (a+)+$ bridge [x]{2} \1 cost $5 million. .* ^$ ?: (?P<x>",
}


@pytest.fixture(scope="module")
def extracted(extractor: Extractor) -> list[tuple[Document, Extraction]]:
    """Real documents, fixtures and hostile texts, each with its extraction."""
    paths = [path for folder in _REAL for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]
    read_in = [read(path) for path in [*paths, *documents()]]
    hostile = [Document(name, text, published="2024-03-06") for name, text in _HOSTILE.items()]
    return [(document, extractor.extract(document)) for document in [*read_in, *hostile]]


def test_a_sentence_is_its_documents_text_at_its_offsets(extracted: list[tuple[Document, Extraction]]) -> None:
    for document, found in extracted:
        assert [s.index for s in found.sentences] == list(range(len(found.sentences))), document.id
        for sentence in found.sentences:
            assert sentence.text and sentence.text == document.text[sentence.start : sentence.end], document.id
            assert sentence.text == sentence.text.strip(), document.id


def test_sentences_stand_in_order_and_do_not_overlap(extracted: list[tuple[Document, Extraction]]) -> None:
    for document, found in extracted:
        for first, second in zip(found.sentences, found.sentences[1:]):
            assert first.end <= second.start, (document.id, first.text, second.text)
            assert first.paragraph <= second.paragraph, document.id


def test_every_word_of_a_document_stands_in_a_sentence(extracted: list[tuple[Document, Extraction]]) -> None:
    for document, found in extracted:
        covered = set(chain.from_iterable(range(s.start, s.end) for s in found.sentences))
        left_out = "".join(char for i, char in enumerate(document.text) if i not in covered and char.isalpha())
        marks = sum(line.lstrip()[1:2] in (".", ")") for line in document.text.split("\n"))  # "a." of a list
        assert len(left_out) <= marks, (document.id, left_out)


def test_a_mention_lies_within_its_sentence_and_is_its_text(extracted: list[tuple[Document, Extraction]]) -> None:
    for document, found in extracted:
        for mention in found.mentions:
            sentence = found.sentences[mention.sentence]
            assert sentence.start <= mention.start < mention.end <= sentence.end, (document.id, mention)
            assert mention.text == document.text[mention.start : mention.end], (document.id, mention)


def test_a_mention_names_an_entity_or_has_a_value_and_never_both(
    extracted: list[tuple[Document, Extraction]],
) -> None:
    for document, found in extracted:
        ids = {entity.id for entity in found.entities}
        for mention in found.mentions:
            if mention.type in ("amount", "quantity", "date"):
                assert mention.entity is None and mention.value, (document.id, mention)
            else:
                assert mention.entity in ids and mention.value is None, (document.id, mention)


def test_values_do_not_overlap(extracted: list[tuple[Document, Extraction]]) -> None:
    for document, found in extracted:
        valued = [m for m in found.mentions if m.value is not None]
        for first, second in zip(valued, valued[1:]):
            assert first.sentence != second.sentence or first.end <= second.start, (document.id, first, second)


def test_a_fact_points_at_a_sentence_and_at_entities_that_there_are(
    extracted: list[tuple[Document, Extraction]],
) -> None:
    for document, found in extracted:
        ids = {entity.id for entity in found.entities}
        for fact in found.facts:
            assert 0 <= fact.sentence < len(found.sentences), document.id
            assert fact.subject and fact.predicate, (document.id, fact)
            assert {fact.subject_entity, fact.object_entity} - {None} <= ids, (document.id, fact)


def test_an_entity_is_one_of_its_own_aliases_and_has_an_id_of_its_own(
    extracted: list[tuple[Document, Extraction]],
) -> None:
    for document, found in extracted:
        assert len({entity.id for entity in found.entities}) == len(found.entities), document.id
        assert all(entity.name in entity.aliases for entity in found.entities), document.id


def test_the_same_text_gives_the_same_extraction_alone_and_after_others(
    extracted: list[tuple[Document, Extraction]], extractor: Extractor
) -> None:
    for document, found in [extracted[0], *extracted[-len(_HOSTILE) :]]:
        assert extractor.extract(document) == found, document.id


def test_merging_documents_keeps_offsets_and_leaves_no_loose_end(extracted: list[tuple[Document, Extraction]]) -> None:
    merged = merge_entities([found for _, found in extracted])
    for (document, before), after in zip(extracted, merged):
        assert after.sentences == before.sentences
        assert [(m.start, m.end) for m in after.mentions] == [(m.start, m.end) for m in before.mentions]
        ids = {entity.id for entity in after.entities}
        assert {m.entity for m in after.mentions if m.entity} <= ids, document.id
        assert {e for fact in after.facts for e in (fact.subject_entity, fact.object_entity) if e} <= ids, document.id


def test_merging_gives_an_entity_one_name_type_and_set_of_aliases_over_all_documents(
    extracted: list[tuple[Document, Extraction]],
) -> None:
    seen: dict[str, object] = {}
    for found in merge_entities([found for _, found in extracted]):
        for entity in found.entities:
            assert seen.setdefault(entity.id, entity) == entity


def test_merging_twice_changes_nothing_more(extracted: list[tuple[Document, Extraction]]) -> None:
    once = merge_entities([found for _, found in extracted])
    assert merge_entities(once) == once
