"""Which stretches of a text stand in quotation marks, also where marks are missing."""

from __future__ import annotations

from rahdari.extraction.attribution import is_speech, quotations


def quoted(*sentences: str, paragraphs: tuple[int, ...] = ()) -> list[list[str]]:
    ranges = quotations(sentences, paragraphs or (0,) * len(sentences))
    return [[text[start:end] for start, end in spans] for text, spans in zip(sentences, ranges)]


def test_a_quotation_within_a_sentence_is_what_stands_between_its_marks() -> None:
    assert quoted('He said "it rains" and left.', "He left.") == [["it rains"], []]


def test_a_quotation_goes_on_over_sentences_until_it_closes() -> None:
    assert quoted('"It rains.', "It pours.", 'It stops," he said.') == [["It rains."], ["It pours."], ["It stops,"]]


def test_curly_and_angle_marks_count_too() -> None:
    assert quoted("“It rains,” he said.", "«It pours», she said.") == [["It rains,"], ["It pours"]]


def test_a_quotation_that_never_closes_ends_with_its_paragraph() -> None:
    assert quoted('He left. "It rains.', "It pours.", "The port opened.", paragraphs=(0, 0, 1)) == [
        ["It rains."],
        ["It pours."],
        [],
    ]


def test_an_open_quotation_goes_on_in_a_paragraph_that_opens_with_a_mark() -> None:
    assert quoted('"It rains.', '"It pours.', 'It stops."', paragraphs=(0, 1, 1)) == [
        ["It rains."],
        ["It pours."],
        ["It stops."],
    ]


def test_one_quoted_term_is_no_speech() -> None:
    text = 'The road is called the "Silk Gate" by drivers.'
    assert not is_speech(text, quotations([text], [0])[0])
    assert is_speech('He said "it rains all day".', quotations(['He said "it rains all day".'], [0])[0])


def test_a_sentence_within_a_quotation_is_speech_however_short() -> None:
    texts = ['"It rains today.', "No.", 'Yes," he said.']
    ranges = quotations(texts, [0, 0, 0])
    assert is_speech(texts[1], ranges[1])
