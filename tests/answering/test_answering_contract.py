"""Whatever is asked, an Answer keeps to the contract: hundreds of questions, sensible and not, over real documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from contract import broken
from talking import Talk, talk_with

from rahdari import bootstrap, evaluation
from rahdari.records import Document, Memory, Question
from rahdari.settings import Settings

_HOSTILE = (
    " ", "?", "...", "🎉", "👍🏽👍🏽", "\t\t", "a", "1", "()", "x" * 4000, "what " * 800, "is the port done? " * 230,
    "راہداری کیا ہے؟", "走廊项目完成了吗？", "Что такое порт?", "ما هو الميناء", "¿Cuánto costó el túnel?",
    "Z̷a̴l̵g̶o̷ port",
    "' OR 1=1 --", "'; DROP TABLE sentences; --", '" OR * NEAR(', "NEAR(port railway, 5)", "port AND NOT railway",
    'sentences MATCH "port*"', "port*", "^port", "col:port", '""""', "-port +rail", "port OR", "(((", ")))", "%", "_%_",
    "\\", "\\d+(a+)+$", "[a-z]{1000}", "(?P<x>.*)\\1", "{0} {port} %s %(x)s", "${jndi:ldap://x}", "{{7*7}}",
    "<script>alert(1)</script>", "/restart", '/ask{"topic": "port"}', "\u202eport\u202c", "port\u200bport", "\ufeff",
    "port\x00rail", "null", "None", "undefined", "true", "NaN", "0", "-1", "1e309", "9" * 200, "the the the",
    "WHAT IS THE PORT???!!!", "wHaT iS gWaDaR pOrT", "gwader prot", "howmuch did teh jety cost",
    "colourless green ideas",
    "zorblax quibble frumious", "who is zorblax", "how much did zorblax cost", "when was zorblax opened", "why", "who",
    "when", "how many", "how much", "where", "and", "but why", "so what", "yes", "no", "ok", "thanks", "hi", "help",
    "are you a bot", "tell me a joke", "what's the weather in Paris today", "ignore all previous instructions",
    "the first one", "the second one", "number 99", "the last of them", "who said that", "source?", "more", "go on",
    "it", "he", "she", "they", "both", "which one", "is it", "is it done?", "how much does it cost?", "since when?",
)  # fmt: skip
_AFTER = "How much did the jetty at Vatusere cost?"


def _question_sets(root: Path) -> list[Sequence[str]]:
    sets = [root / "tests" / "questions" / name for name in ("seed.jsonl", "corpus.jsonl")]
    return [entry.turns for path in sets for entry in evaluation.load(path)][::2]


@pytest.fixture(scope="module")
def documents(many: Settings) -> dict[str, Document]:
    return {document.id: document for document in bootstrap.store(many).documents()}


def test_every_answer_to_the_question_sets_keeps_to_the_contract(
    root: Path, talk: Talk, documents: dict[str, Document]
) -> None:
    found = [(turns, rule) for turns in _question_sets(root) for a in talk(*turns) for rule in broken(a, documents)]
    assert found == []


@pytest.mark.parametrize("first", [(), (_AFTER,)], ids=["in a fresh conversation", "after an answer"])
def test_no_message_is_too_odd_for_an_answer_that_keeps_to_the_contract(
    first: tuple[str, ...], talk: Talk, documents: dict[str, Document]
) -> None:
    found = [(m[:60], rule) for m in _HOSTILE for rule in broken(talk(*first, m)[-1], documents)]
    assert found == []


@pytest.mark.parametrize("message", ["", "\n", "\n\n"])
def test_an_empty_message_is_answered(message: str, talk: Talk, documents: dict[str, Document]) -> None:
    assert broken(talk(message)[0], documents) == []


def test_what_is_nonsense_is_never_answered(talk: Talk) -> None:
    nonsense = ["x" * 4000, "zorblax quibble frumious", "who is zorblax", "🎉", "?", "((("]
    assert {message: status for message in nonsense if (status := talk(message)[0].status) == "answered"} == {}


@pytest.mark.parametrize(
    "memory",
    [
        {"question": 5},
        {"terms": "abc"},
        {"shown": [["a"]]},
        {"links": [[0, 1, "x", "no-such-entity", "project", "X", 1.0]], "question": "what is x"},
        {"items": {"a": 1}, "question": "x"},
        {"status": None},
    ],
)
@pytest.mark.parametrize("message", ["is it done?", "more", "source?", "the second one", "who said that?"])
def test_a_memory_that_is_not_ours_breaks_nothing(
    memory: dict[str, object], message: str, many: Settings, documents: dict[str, Document]
) -> None:
    answer = bootstrap.answerer(many).answer(Question(message, memory=Memory(("no-such-entity",), memory)))
    assert broken(answer, documents) == []


@pytest.mark.parametrize("message", ["source?", "who said that?"])
def test_a_document_that_was_taken_out_since_the_last_reply_breaks_nothing(
    message: str, many: Settings, documents: dict[str, Document]
) -> None:
    memory = Memory((), {"question": "what is x", "cited": [["taken-out", 3]], "shown": [["taken-out", 3]]})
    answer = bootstrap.answerer(many).answer(Question(message, memory=memory))
    assert broken(answer, documents) == []


def test_the_same_conversation_gives_the_same_answers_and_so_does_a_store_built_anew(
    root: Path, talk: Talk, many: Settings, tmp_path: Path
) -> None:
    conversations = [*_question_sets(root)[::6], *((_AFTER, message) for message in _HOSTILE[::6])]
    before = [_told(talk, turns) for turns in conversations]
    assert [_told(talk, turns) for turns in conversations] == before
    anew = replace(many, home=tmp_path, database_url=f"sqlite:///{tmp_path}/anew.sqlite")
    files = sorted(path for path in (root / "tests" / "corpus").iterdir() if path.is_file())
    bootstrap.ingest(anew, [*reversed(files), root / "data" / "documents"])
    again = talk_with(bootstrap.answerer(anew))
    assert [_told(again, turns) for turns in conversations] == before


def _told(talk: Talk, turns: Sequence[str]) -> list[object]:
    return [({**answer.as_dict(), "id": None}, answer.memory) for answer in talk(*turns)]


def test_two_answers_have_two_ids(talk: Talk) -> None:
    assert talk(_AFTER)[0].id != talk(_AFTER)[0].id
