"""The verdict follows the rules of docs/questions.md, each by itself."""

from __future__ import annotations

from typing import Any

import pytest

from rahdari.evaluation import Entry, evaluate, judge, summarise
from rahdari.evaluation.running import direct, through_bot
from rahdari.records import Answer, Document, Memory, Question

TEXT = "The visit was short. It ended with the signing of 20 agreements in many fields. Twenty is many."
TEXTS = {"visit": TEXT}
EVIDENCE = "the signing of 20 agreements"


def entry(**change: Any) -> Entry:
    values: dict[str, Any] = {"id": "1", "kind": "count", "turns": ("How many?",), "expect_status": ("answered",)}
    return Entry(**{**values, **change})


def citation(quote: str, document: str = "visit", shift: int = 0) -> dict[str, Any]:
    start = TEXT.index(quote) + shift
    return {"id": 1, "document": document, "quote": quote, "start": start, "end": start + len(quote)}


def answer(text: str = "20 were signed.", status: str = "answered", *citations: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "status": status, "citations": list(citations or [citation("It ended with the signing")])}


def reasons(checked: Entry, given: dict[str, Any] | None) -> str:
    return "; ".join(judge(checked, given, TEXTS).reasons)


def test_an_answer_that_is_right_passes() -> None:
    verdict = judge(entry(evidence=(EVIDENCE,), must=(("20", "twenty"),), must_not=("perhaps",)), answer(), TEXTS)
    assert verdict.passed
    assert (verdict.status, verdict.text, verdict.invalid_citations) == ("answered", "20 were signed.", 0)


def test_no_answer_at_all_fails() -> None:
    assert reasons(entry(), None) == "no Answer came back"


def test_a_status_that_is_not_expected_fails() -> None:
    assert (
        reasons(entry(expect_status=("unknown", "clarify")), answer()) == "status is answered, not unknown or clarify"
    )


@pytest.mark.parametrize(("text", "passes"), [("", False), ("  \n", False), ("x" * 1200, True), ("x" * 1201, False)])
def test_a_text_is_neither_empty_nor_longer_than_1200_characters(text: str, passes: bool) -> None:
    assert judge(entry(), answer(text), TEXTS).passed is passes


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (citation("short", document="trip"), "there is no document 'trip'"),
        (citation("short", shift=1), "the quote is not the text"),
        ({**citation("short"), "quote": "Short"}, "the quote is not the text"),
        ({**citation("short"), "start": None}, "is no stretch"),
        ({**citation("short"), "start": -5, "end": -1}, "is no stretch"),
        ({**citation("short"), "start": 5, "end": 5, "quote": ""}, "is no stretch"),
    ],
)
def test_a_citation_that_is_not_the_documents_text_fails_whatever_the_status(
    wrong: dict[str, Any], reason: str
) -> None:
    for status in ("answered", "unknown"):
        verdict = judge(entry(expect_status=(status,)), answer("text", status, citation("short"), wrong), TEXTS)
        assert reason in "; ".join(verdict.reasons)
        assert verdict.invalid_citations == 1


def test_an_answer_has_one_to_five_citations() -> None:
    none = {**answer(), "citations": []}
    assert reasons(entry(), none) == "0 citations, not 1 to 5"
    assert reasons(entry(), answer("t", "answered", *[citation("short")] * 6)) == "6 citations, not 1 to 5"
    assert judge(entry(), answer("t", "answered", *[citation("short")] * 5), TEXTS).passed
    assert judge(entry(expect_status=("unknown",)), {**none, "status": "unknown"}, TEXTS).passed


def test_one_citation_must_overlap_one_of_the_evidence() -> None:
    checked = entry(evidence=("Twenty is many", EVIDENCE))
    assert judge(checked, answer("t", "answered", citation("short"), citation("20 agreements in many")), TEXTS).passed
    assert (
        reasons(checked, answer("t", "answered", citation("The visit was short.")))
        == "no citation overlaps the evidence"
    )


def test_what_only_touches_the_evidence_does_not_overlap_it() -> None:
    assert not judge(entry(evidence=(EVIDENCE,)), answer("t", "answered", citation("It ended with ")), TEXTS).passed


def test_evidence_counts_wherever_it_stands() -> None:
    last = {"id": 1, "document": "visit", "quote": "many.", "start": len(TEXT) - 5, "end": len(TEXT)}
    assert judge(entry(evidence=("many",)), answer("t", "answered", last), TEXTS).passed


def test_evidence_counts_only_for_answered() -> None:
    checked = entry(expect_status=("unknown",), evidence=(EVIDENCE,))
    assert judge(checked, answer("t", "unknown", citation("short")), TEXTS).passed


@pytest.mark.parametrize(
    "text", ["Twenty\u00a0agreements", "twenty\n agreements", "\uff54wenty agreements", "TWENTY AGREEMENTS"]
)
def test_must_forgives_case_width_and_white_space(text: str) -> None:
    assert judge(entry(must=(("twenty agreements",),)), answer(text), TEXTS).passed


def test_must_forgives_the_kind_of_dash_and_quotation_mark() -> None:
    given = answer("the \u201call\u2013weather\u201d partner\u2019s word")
    assert judge(entry(must=(('"all-weather"',), ("partner's", "no"), ("all\u2014weather",))), given, TEXTS).passed


def test_each_inner_list_of_must_is_needed() -> None:
    assert reasons(entry(must=(("20",), ("ten", "nine"))), answer()) == "the text has none of 'ten', 'nine'"


def test_must_not_is_a_search_over_the_text_made_alike() -> None:
    checked = entry(must_not=("all-weather friend's",))
    assert "must not" in reasons(checked, answer("an all\u2013weather \n friend\u2019s"))
    assert judge(entry(must_not=("^were",)), answer(), TEXTS).passed
    assert "'20'" in reasons(entry(must_not=(r"\b20\b",)), answer())


def test_must_not_sees_lines_as_lines_too() -> None:
    assert "must not" in reasons(entry(must_not=(r"\nopen",)), answer("It is:\n open"))


def test_every_reason_is_told() -> None:
    verdict = judge(entry(expect_status=("unknown",), must=(("x",),), must_not=("20",)), answer(), TEXTS)
    assert len(verdict.reasons) == 3


class Answering:
    """Answers with the question's text, remembers how many questions there were, and cites the whole document."""

    def answer(self, question: Question) -> Answer:
        count = int(question.memory.last_answer.get("count", 0)) + 1
        return Answer("1", "unknown", f"{question.text} {count}", memory=Memory((), {"count": count}))


def test_memory_is_carried_from_turn_to_turn_and_not_from_entry_to_entry() -> None:
    talk = direct(Answering())
    assert (talk(["a", "b", "c"]) or {})["text"] == "c 3"
    assert (talk(["d"]) or {})["text"] == "d 1"


class Bot:
    """Keeps who said what; replies as the REST channel does."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.closed = False

    async def close(self) -> None:
        self.closed = True

    async def handle(self, text: str, sender: str) -> list[dict[str, Any]]:
        self.heard.append((sender, text))
        if text == "silence":
            return [{"recipient_id": sender, "text": "hm"}]
        form = {"text": f"about {text}", "status": "unknown", "citations": []}
        return [{"recipient_id": sender, "text": "t"}, {"recipient_id": sender, "custom": {"answer": form}}]


def test_each_entry_is_a_conversation_of_a_user_of_its_own() -> None:
    bot = Bot()
    with through_bot(bot) as talk:
        assert (talk(["a", "b"]) or {})["text"] == "about b"
        assert talk(["silence"]) is None
    assert bot.closed
    senders = [sender for sender, _ in bot.heard]
    assert senders[0] == senders[1] != senders[2]


def test_evidence_that_is_in_no_document_counts_against_its_entry() -> None:
    checked = entry(evidence=("30 agreements", EVIDENCE))
    (verdict,) = evaluate([checked], lambda turns: answer(), [Document("visit", TEXT)])
    assert verdict.reasons == ("evidence that is in no document: '30 agreements'",)


def test_the_summary_counts_by_kind() -> None:
    entries = [entry(id="a"), entry(id="b", kind="who", must=(("x",),)), entry(id="c", kind="who")]
    wrong = answer("20", "answered", citation("short", shift=1))
    replies = iter([answer(), answer(), wrong])
    seen: list[int] = []
    verdicts = evaluate(entries, lambda turns: next(replies), [Document("visit", TEXT)], seen.append)
    summary = summarise(verdicts)
    assert (summary.passed, summary.total, summary.invalid_citations, summary.forbidden) == (1, 3, 1, 0)
    assert summary.kinds == (("count", 1, 1), ("who", 0, 2))
    assert [failure["id"] for failure in summary.as_dict()["failures"]] == ["b", "c"]
    assert seen == [0, 1, 2, 3]


def test_what_a_text_must_not_say_is_counted() -> None:
    verdict = judge(entry(must_not=("twenty", "were built")), answer("20 were built."), {"short": TEXT, "visit": TEXT})
    assert verdict.forbidden == 1
    assert "the text has what it must not: 'were built'" in verdict.reasons
