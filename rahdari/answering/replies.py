"""Texts and candidates -> the record of a reply: citations, facts, suggestions, and what the next turn may need."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace

from rahdari.answering import conversation
from rahdari.answering.corpus import Corpus
from rahdari.answering.evidence import Candidate
from rahdari.answering.phrasing import LONGEST, listed, readable, shortened, wording
from rahdari.answering.query import Query
from rahdari.answering.suggestions import Suggester
from rahdari.records import Answer, Citation, Memory, Question, Role, Source, Status

_FOCUS = 6
_MOST_CITED = 5
_EMPTIED = re.compile(r"[^.!?:”]{3,60}: (?:“”|\"\")")  # a speaker whose words were said before
_SAYS_NOTHING = 12  # characters


class Replies:
    """Makes the records of replies. What they cite stands in the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._suggester = Suggester(corpus)

    def citing(
        self,
        status: Status,
        text: str,
        cited: Sequence[Candidate],
        memory: Memory,
        suggestions: Sequence[str],
        role: Role,
    ) -> Answer:
        citations = tuple(
            replace(self._citation(number, candidate, role), against=_against(candidate, cited))
            for number, candidate in enumerate(cited, 1)
        )
        found = self._corpus.facts([c.key for c in cited]) if role == "evidence" else {}
        facts = [fact for of_sentence in found.values() for fact in of_sentence]
        offered = tuple(suggestions)[:5]
        memory = _offering(memory, offered)
        return Answer(
            uuid.uuid4().hex,
            status,
            shortened(text, LONGEST),
            citations,
            tuple(facts)[:8],
            offered,
            memory,
            str(memory.last_answer.get("question", "")),
        )

    def answered(self, query: Query, text: str, cited: Sequence[Candidate], items: Sequence[str] = ()) -> Answer:
        """A text that answers a query out of what it cites, with what the next turn may need and what to ask next."""
        memory = self.memory(query, cited, items, "answered", tuple(candidate.key for candidate in cited))
        return self.citing("answered", text, cited, memory, self.suggestions(query, cited), "evidence")

    def together(self, answers: Sequence[Answer]) -> Answer:
        """Several answers as one: their texts one after the other, the sources of the answered ones first."""
        length = LONGEST // len(answers) - 1
        texts: list[str] = []
        for place, answer in enumerate(answers):  # what an earlier one quoted is not said again
            quoted = [readable(c.quote) for earlier in answers[:place] for c in earlier.citations]
            fresh = answer.text
            for quote in quoted:
                fresh = _EMPTIED.sub("", fresh.replace(quote, "")).replace("  ", " ").strip()
            texts.append(shortened(fresh if len(fresh) > _SAYS_NOTHING else answer.text, length))
        answered = [answer for answer in answers if answer.status == "answered"]
        chosen = answered or answers[-1:]
        share = max(1, _MOST_CITED // len(chosen))
        cited = _numbered([answer.citations[:share] for answer in chosen])
        return replace(
            answers[-1],
            status=chosen[0].status,
            text="\n".join(dict.fromkeys(texts)),
            citations=cited,
            facts=tuple(dict.fromkeys(fact for answer in chosen for fact in answer.facts))[:8],
            understood=" ".join(answer.understood for answer in answers),
        )

    def plain(self, status: Status, text: str, question: Question, suggestions: Sequence[str]) -> Answer:
        memory = _offering(question.memory, suggestions)
        id, offered = uuid.uuid4().hex, tuple(suggestions)[:5]
        return Answer(id, status, text, suggestions=offered, memory=memory, understood=question.text)

    def clarify(self, options: Sequence[str], question: Question, offered: Sequence[str] = ()) -> Answer:
        """Asks which; the options come as suggestions, and "the second one" picks from them.

        Args:
            offered: the questions to suggest, one for each option; else what there is on each.
        """
        text = wording("clarify")
        if options:
            text = f"{text} The documents tell of {listed(list(options))}."
        memory = Memory(question.memory.focus, {"question": question.text, "items": list(options), "status": "clarify"})
        suggestions = list(offered) or [f"Tell me about {name}" for name in options] or list(self.starters())
        return replace(self.plain("clarify", text, question, suggestions), memory=_offering(memory, suggestions))

    def memory(
        self,
        query: Query,
        cited: Sequence[Candidate],
        items: Sequence[str],
        status: Status,
        shown: Sequence[tuple[str, int]],
    ) -> Memory:
        focus = tuple(dict.fromkeys(link.entity for link in query.links))[:_FOCUS]
        keys = [list(candidate.key) for candidate in cited]
        last = conversation.remembered(
            query, cited=keys, shown=[list(key) for key in shown], items=list(items), status=status
        )
        return Memory(focus, last)

    def documents(self) -> str:
        number = self._corpus.store.document_count
        if number != 1:
            return f"{number} documents"
        title = self._corpus.store.newest(1)[0].title
        return f"“{title}”" if title else "one document"

    def starters(self) -> tuple[str, ...]:
        """Three questions to begin with, which the documents answer."""
        return self._suggester.starters()

    def suggestions(self, query: Query, cited: Sequence[Candidate]) -> tuple[str, ...]:
        """What to ask next: the things that the shown sentences speak of and the question did not."""
        return self._suggester.after({link.entity for link in query.links}, cited)

    def _citation(self, number: int, candidate: Candidate, role: Role) -> Citation:
        sentence = candidate.sentence
        document = self._corpus.document(sentence.document)
        quote = document.text[sentence.start : sentence.end]
        return Citation(
            number,
            role,
            document.id,
            document.title,
            document.publisher,
            document.published,
            quote,
            sentence.start,
            sentence.end,
            tuple(
                Source(other.id, other.title, other.publisher, other.published, other.source)
                for other in self._corpus.store.echoes(candidate.key)
            ),
        )


def _offering(memory: Memory, suggestions: Sequence[str]) -> Memory:
    """The memory with what was offered, so that "the second one" can pick it."""
    return replace(memory, last_answer={**memory.last_answer, "offered": list(suggestions)[:5]})


def _against(candidate: Candidate, cited: Sequence[Candidate]) -> tuple[int, ...]:
    """The numbers of those that give another value than this one does."""
    if candidate.gives is None:
        return ()
    return tuple(n for n, other in enumerate(cited, 1) if other.gives is not None and other.gives != candidate.gives)


def _numbered(groups: Sequence[Sequence[Citation]]) -> tuple[Citation, ...]:
    """The citations of several answers as those of one: each passage once, numbered anew."""
    numbers: dict[tuple[str, int], int] = {}
    kept: dict[int, Citation] = {}
    against: dict[int, set[int]] = {}
    for group in groups:
        new = {c.id: numbers.setdefault((c.document, c.start), len(numbers) + 1) for c in group}
        for c in group:
            kept.setdefault(new[c.id], c)
            against.setdefault(new[c.id], set()).update(new[other] for other in c.against if other in new)
    return tuple(replace(c, id=id, against=tuple(sorted(against[id]))) for id, c in kept.items())
