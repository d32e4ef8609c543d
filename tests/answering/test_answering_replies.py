"""What the record of a reply says of its citations: which give another value, also where several answers become one."""

from __future__ import annotations

from rahdari.answering.evidence import Candidate
from rahdari.answering.replies import _against, _numbered
from rahdari.records import Citation, Sentence


def candidate(gives: str | None) -> Candidate:
    return Candidate(Sentence("d", 0, 0, 1, "."), (), gives=gives)


def citation(id: int, document: str, against: tuple[int, ...] = ()) -> Citation:
    return Citation(id, "evidence", document, None, None, None, ".", 0, 1, against=against)


def test_two_that_give_the_same_value_stand_together_against_the_third() -> None:
    cited = [candidate("3 km"), candidate("4 km"), candidate("3 km"), candidate(None)]
    assert [_against(one, cited) for one in cited] == [(2,), (1, 3), (2,), ()]


def test_several_answers_as_one_keep_each_passage_once_and_who_is_against_whom() -> None:
    first = [citation(1, "a"), citation(2, "b")]
    second = [citation(1, "b", (2, 3)), citation(2, "c", (1,))]  # its third was left out
    together = _numbered([first, second])
    assert [(one.id, one.document, one.against) for one in together] == [(1, "a", ()), (2, "b", (3,)), (3, "c", (2,))]
