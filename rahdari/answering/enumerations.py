"""Lists in a text: a line that opens one, or one of its items -> all of its items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rahdari.answering.evidence import Candidate
from rahdari.records import Sentence

if TYPE_CHECKING:
    from rahdari.answering.corpus import Corpus

_REACH = 24
_LONGEST = 120  # characters of an item, on the whole


def opens(sentence: Sentence) -> bool:
    """Whether a sentence only announces what follows: a heading, or "the following were signed:"."""
    return sentence.kind == "heading" or sentence.text.rstrip().endswith(":")


def items_after(sentence: Sentence, corpus: Corpus) -> list[Sentence]:
    """What a heading or an announcing line announces: its items, or the prose right under a heading."""
    following = [
        s for s in corpus.store.neighbours((sentence.document, sentence.index), 0, _REACH) if s.index > sentence.index
    ]
    found: list[Sentence] = []
    for position, other in enumerate(following):
        if other.kind == "item" or (
            sentence.kind == "heading"
            and other.kind == "prose"
            and not any(s.kind == "item" for s in found)
            and position < 4
        ):
            found.append(other)
        else:
            break
    return found


def siblings(sentence: Sentence, corpus: Corpus) -> list[Sentence]:
    """All items of the list that an item stands in, itself included."""
    around = corpus.store.neighbours((sentence.document, sentence.index), _REACH, _REACH)
    before = [s for s in around if s.index < sentence.index]
    after = [s for s in around if s.index > sentence.index]
    found = [sentence]
    for other in reversed(before):
        if other.kind != "item" or other.heading != sentence.heading:
            break
        found.insert(0, other)
    for other in after:
        if other.kind != "item" or other.heading != sentence.heading:
            break
        found.append(other)
    return found


def spread(chosen: Sequence[Candidate], corpus: Corpus) -> list[Candidate]:
    """Candidates with announcing lines replaced by what they announce, and an item by its whole list."""
    found: dict[tuple[str, int], Candidate] = {}
    for candidate in chosen:
        sentence = candidate.sentence
        members = (
            items_after(sentence, corpus)
            if opens(sentence)
            else siblings(sentence, corpus)
            if sentence.kind == "item"
            else []
        )
        if sum(len(member.text) for member in members) > _LONGEST * len(members):
            members = []  # numbered paragraphs, not a list
        for member in members or [sentence]:
            key = member.document, member.index
            found.setdefault(key, candidate if key == candidate.key else Candidate(member, corpus.mentions([key])[key]))
    return list(found.values())
