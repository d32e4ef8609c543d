"""A misread intent may cost the form of an answer, never its truth; links found elsewhere change nothing."""

from __future__ import annotations

import re

import pytest

from rahdari import bootstrap
from rahdari.records import Question
from rahdari.settings import Settings

_INTENTS = (
    "describe", "list", "count", "who", "when", "where", "how_much", "status", "quote", "verify", "compare", "why",
    "timeline", "more", "source", "greet", "thank", "help", "out_of_scope", "nlu_fallback", "no_such_intent", "",
)  # fmt: skip


@pytest.mark.parametrize("intent", _INTENTS)
def test_no_intent_makes_a_cost_up(intent: str, many: Settings) -> None:
    text = "How much did the new border post at Dayan-Tas cost?"
    answer = bootstrap.answerer(many).answer(Question(text, intent=intent, confidence=0.99))
    assert answer.status == "unknown"
    assert not re.search(r"[$€]\s?\d|\b\d[\d.,]*\s*(?:million|billion)", answer.text)


@pytest.mark.parametrize("intent", _INTENTS)
def test_no_intent_hides_a_value_that_is_there(intent: str, many: Settings) -> None:
    text = "How long is the Mwanjati Railway?"
    links = bootstrap.linker(many).link(text)  # as the bot hands it over
    answer = bootstrap.answerer(many).answer(Question(text, intent=intent, confidence=0.99, links=links))
    assert answer.status == "answered" and "312" in answer.text


@pytest.mark.parametrize(
    "text", ["Tell me about Gwadar Port", "what did Joseph Mulwanda say", "how far is the qiulcamayo tunnel", "hello"]
)
def test_links_found_before_give_the_answer_that_finding_them_gives(text: str, many: Settings) -> None:
    answerer = bootstrap.answerer(many)
    links = bootstrap.linker(many).link(text)
    alone, given = answerer.answer(Question(text)), answerer.answer(Question(text, links=links))
    assert {**alone.as_dict(), "id": ""} == {**given.as_dict(), "id": ""}
    assert alone.memory == given.memory


def test_a_question_about_one_document_is_answered_out_of_it(many: Settings) -> None:
    questions = {
        "How many women are in the marine engines class at Cane River Head?": "blue-mahoe-colleges",
        "How many women were examined at least once?": "nusa-ibu-health-programme",
        "What happened on 14 January 2003 at Quay 2?": "port-of-rannakula",
        "How many chapters of the trade agreement have been closed?": "altai-dialogue-documents-signed",
        "How long is the new jetty?": "vatusere-fisheries-landing-minutes",
    }
    answers = {text: bootstrap.answerer(many).answer(Question(text)) for text in questions}
    assert {text: answer.citations[0].document for text, answer in answers.items() if answer.citations} == questions
    assert {answer.status for answer in answers.values()} == {"answered"}
