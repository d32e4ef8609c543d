"""Having the conversations of a question set, with the answering side alone or with the whole bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol
from uuid import uuid4

from rahdari.evaluation.entries import Entry, missing_evidence
from rahdari.evaluation.judging import Verdict, judge
from rahdari.records import Answer, Document, Memory, Question

Form = Mapping[str, Any]
"""An Answer's JSON form."""
Talk = Callable[[Sequence[str]], "Form | None"]
"""Has one fresh conversation and gives the Answer to its last turn; None when none came."""


class _Answers(Protocol):
    def answer(self, question: Question) -> Answer: ...


class _Bot(Protocol):
    async def handle(self, text: str, sender: str) -> list[dict[str, Any]]: ...

    async def close(self) -> None: ...


def evaluate(
    entries: Sequence[Entry],
    talk: Talk,
    documents: Sequence[Document],
    progress: Callable[[int], None] = lambda done: None,
) -> list[Verdict]:
    """A verdict for each entry, in order. Evidence that stands in no document counts against its entry."""
    texts = {document.id: document.text for document in documents}
    verdicts = []
    for number, entry in enumerate(entries):
        progress(number)
        absent = missing_evidence(entry, documents)
        if absent:
            reasons = tuple(f"evidence that is in no document: {text!r}" for text in absent)
            verdicts.append(Verdict(entry, reasons, "", "none"))
        else:
            verdicts.append(judge(entry, talk(entry.turns), texts))
    progress(len(entries))
    return verdicts


def direct(answerer: _Answers) -> Talk:
    """Talks with the answering side alone: no intent, no links, memory carried from turn to turn."""

    def talk(turns: Sequence[str]) -> Form | None:
        answer: Answer | None = None
        for turn in turns:
            answer = answerer.answer(Question(turn, memory=answer.memory if answer is not None else Memory()))
        return answer.as_dict() if answer is not None else None

    return talk


@contextmanager
def through_bot(bot: _Bot) -> Iterator[Talk]:
    """Talks with the whole bot, as one new user for each conversation, and stops it at the end."""
    loop = asyncio.new_event_loop()

    def talk(turns: Sequence[str]) -> Form | None:
        sender = f"evaluation-{uuid4().hex}"
        messages: Sequence[Mapping[str, Any]] = ()
        for turn in turns:
            messages = loop.run_until_complete(bot.handle(turn, sender))
        answers = [message["custom"]["answer"] for message in messages if "answer" in (message.get("custom") or {})]
        return answers[-1] if answers else None

    try:
        yield talk
    finally:
        loop.run_until_complete(bot.close())
        loop.close()
