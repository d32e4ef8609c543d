"""A conversation with the answering side as a channel has it: memory carried as JSON from turn to turn."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Protocol

from rahdari.records import Answer, Memory, Question


class Answers(Protocol):
    """Whatever answers a question."""

    def answer(self, question: Question) -> Answer: ...


Talk = Callable[..., list[Answer]]
"""Has one fresh conversation and gives all of its answers."""


def carried(memory: Memory) -> Memory:
    """A memory after a channel has carried it: through JSON and back."""
    kept = json.loads(json.dumps({"focus": memory.focus, "last": memory.last_answer}))
    return Memory(tuple(kept["focus"]), kept["last"])


def talk_with(answerer: Answers) -> Talk:
    def talk(*turns: str) -> list[Answer]:
        answers: list[Answer] = []
        memory = Memory()
        for turn in turns:
            answers.append(answerer.answer(Question(turn, memory=memory)))
            memory = carried(answers[-1].memory)
        return answers

    return talk
