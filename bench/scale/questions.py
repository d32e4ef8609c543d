"""A story -> questions, and what is right about their answers, as docs/questions.md has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.scale.documents import OF_A_STORY, critic_says, day, document, size_of, sum_of
from bench.scale.stories import Story, story

_EACH = 2  # questions on a story
_MONEY = r"(?i)(?:[$€£¥]\s?\d|\b\d[\d.,]*\s*(?:million|billion))"
_YES, _NO = r"(?i)^\W*(?:yes|yeah|correct|indeed)\b", r"(?i)^\W*no\b"


def entries(documents: int, seed: int) -> list[dict[str, Any]]:
    """The questions on the stories that these first documents tell whole."""
    made = []
    for number in range(documents // OF_A_STORY):
        told = story(number, seed)
        fitting = [one for ask in _ASKED if (one := ask(told)) is not None]
        texts = [document(OF_A_STORY * number + place, seed).text for place in range(OF_A_STORY)]
        for place in range(_EACH):
            kind, turn, right = fitting[(number + place * len(fitting) // _EACH) % len(fitting)]
            for evidence in right.get("evidence", ()):
                assert any(evidence in text for text in texts), evidence
            made.append({"id": f"{kind}-{number:05}-{place}", "kind": kind, "turns": [turn], **right})
    return made


def write(documents: int, seed: int, path: Path) -> None:
    """Writes a question set."""
    lines = (json.dumps(one, ensure_ascii=False) for one in entries(documents, seed))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


Asked = tuple[str, str, dict[str, Any]]


def _answered(*evidence: str, must: list[list[str]], must_not: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"expect_status": ["answered"], "evidence": list(evidence), "must": must, "must_not": list(must_not)}


def _unknown(*must_not: str) -> dict[str, Any]:
    return {"expect_status": ["unknown"], "must_not": list(must_not)}


def _cost(told: Story) -> Asked | None:
    question = f"How much will the {told.project} cost?"
    if told.cost is None:
        return "unknown", question, _unknown(_MONEY)
    if told.other_cost:
        both = [[sum_of(told.cost)], [sum_of(told.other_cost)]]
        return "conflict", question, _answered(must=both)
    if told.revised:
        return (
            "how_much",
            f"What has the cost of the {told.project} risen to?",
            _answered(must=[[sum_of(told.revised)]]),
        )
    return "how_much", question, _answered(must=[[sum_of(told.cost)]])


def _size(told: Story) -> Asked | None:
    question = f"How long is the {told.project}?" if told.kind.two else _many(told)
    if told.other_size:
        both = [[f"{told.size} {told.kind.unit}"], [f"{told.other_size} {told.kind.unit}"]]
        return "conflict", question, _answered(must=both)
    return "how_much", question, _answered(size_of(told, told.size), must=[[f"{told.size} {told.kind.unit}"]])


def _many(told: Story) -> str:
    return f"How many {told.kind.unit} will the {told.project} have?"


def _signed(told: Story) -> Asked:
    when = day(told.agreed)
    american = f"{told.agreed:%B} {told.agreed.day}"
    return "when", f"When was the agreement on the {told.project} signed?", _answered(must=[[when, american]])


def _begun(told: Story) -> Asked:
    right = _answered(f"Works on the {told.project} began on {day(told.begun)}", must=[[day(told.begun)]])
    return "when", f"When did works on the {told.project} begin?", right


def _director(told: Story) -> Asked:
    right = _answered(must=[[told.director.split()[-1]]])
    return "who", f"Who is the project director of the {told.project}?", right


def _builder(told: Story) -> Asked:
    right = _answered(must=[[told.builder]])
    return "who", f"Which company signed the agreement on the {told.project}?", right


def _where(told: Story) -> Asked:
    right = _answered(must=[[told.capital]])
    return "where", f"In which city was the agreement on the {told.project} signed?", right


def _status(told: Story) -> Asked:
    question = f"Has the {told.project} been completed?"
    if told.outcome == "done":
        return "status", question, _answered(must=[["complet", "opened"]], must_not=(_NO,))
    words = ["cancel"] if told.outcome == "cancelled" else ["not be ready", "under way", "not "]
    return "status", question, _answered(must=[words], must_not=(_YES,))


def _quote(told: Story) -> Asked:
    right = _answered(critic_says(told), must=[[critic_says(told)]])
    return "quote", f"What did {told.critic} say about the {told.project}?", right


def _verify(told: Story) -> Asked:
    right = _answered(must=[["sign", "yes"]], must_not=(_NO,))
    return "verify", f"Did {told.agency} and {told.builder} sign an agreement on the {told.project}?", right


def _workers(told: Story) -> Asked:
    said = f"{told.workers:,} workers are employed on the {told.project}"
    return (
        "count",
        f"How many workers are employed on the {told.project}?",
        _answered(said, must=[[f"{told.workers:,}"]]),
    )


def _moved(told: Story) -> Asked:
    question = f"How many households will have to move for the {told.project}?"
    if told.moved is None:
        return "unknown", question, _unknown(r"(?i)\b\d[\d,]* households")
    said = f"About {told.moved} households will have to move"
    return "count", question, _answered(said, must=[[str(told.moved)]])


def _idea(told: Story) -> Asked:
    said = f"has proposed the {told.idea}, but no decision has been taken"
    right = _answered(said, must=[["propos", "not ", "no "]], must_not=(_YES,))
    return "status", f"Has the {told.idea} been built?", right


def _architect(told: Story) -> Asked:
    people = (told.minister, told.director, told.engineer, told.mayor)
    names = "|".join(name.split()[-1] for name in people)
    return "unknown", f"Who is the architect of the {told.project}?", _unknown(rf"^[^.]*\b(?:{names})\b")


_ASKED: tuple[Callable[[Story], Asked | None], ...] = (
    _cost, _signed, _director, _status, _size, _quote, _workers, _builder, _verify, _begun, _moved, _where, _architect,
    _idea,
)  # fmt: skip


def kinds(made: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """How many questions there are of each kind."""
    for kind in sorted({one["kind"] for one in made}):
        yield kind, sum(one["kind"] == kind for one in made)
