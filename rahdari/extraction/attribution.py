"""Whose words a sentence reports.

Quotations are followed over sentences and paragraphs, also where they never close: a quotation left open goes on
into the next paragraph only when that paragraph opens with a quotation mark again. Indirect speech ("X said that")
and "according to X" count; what the document says itself has no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rahdari import knowledge

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENING = '"“«'
_CLOSING = '"”»'
_MARK = re.compile(r"[\"“”«»]")
_NOBODY = {"it", "that", "which", "who", "this", "i", "we", "you"}
_ACCORDING = re.compile(r"\b(?:according to|in the words of|in the view of)\s+(?P<who>[^,;.\"“”]+)", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s+(?:who|which|that|in|on|(?:cited|quoted|seen|obtained|published|carried|reported|reviewed) by)\s"
)


@dataclass(frozen=True)
class Speech:
    """What one sentence shows of speech; offsets in the sentence.

    Attributes:
        quoted: some of it stands in quotation marks, or in a quotation that is still open.
        speaker: the wording of who speaks ("Kelly", "she", "China"), None where the sentence does not say.
        start, end: of the speaker's wording.
    """

    quoted: bool
    speaker: str | None = None
    start: int = 0
    end: int = 0


def quotations(texts: Sequence[str], paragraphs: Sequence[int]) -> list[tuple[tuple[int, int], ...]]:
    """For each sentence of a document, the stretches of it that stand inside quotation marks."""
    inside = False
    found = []
    for position, text in enumerate(texts):
        if position > 0 and paragraphs[position] != paragraphs[position - 1]:
            inside = False
        ranges = []
        opened = 0
        for mark in _MARK.finditer(text):
            if mark.group() in _OPENING and not inside:
                inside, opened = True, mark.end()
            elif mark.group() in _CLOSING and inside:
                inside = False
                ranges.append((opened, mark.start()))
        if inside:
            ranges.append((opened, len(text)))
        found.append(tuple(ranges))
    return found


def is_speech(text: str, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether somebody's words stand in these stretches, rather than one quoted term."""
    return any(len(text[start:end].split()) >= 3 for start, end in ranges) or any(
        start == 0 and end == len(text) for start, end in ranges
    )


def speech(doc: Doc, ranges: Sequence[tuple[int, int]]) -> Speech:
    """Who speaks in one parsed sentence, by a reporting verb or an "according to" outside its quotations."""
    text = doc.text
    quoted = is_speech(text, ranges)
    match = _ACCORDING.search(text)
    if match and not _within(match.start(), ranges):
        who = _BEHIND.split(match["who"])[0].strip()  # the source itself, not who passes it on
        return Speech(quoted, who, match.start("who"), match.start("who") + len(who))
    verbs = knowledge.words("speech", "say")
    for token in doc:
        if token.lemma_.lower() in verbs and not _within(token.idx, ranges) and _reports(token, quoted):
            subject = _subject(token)
            if subject is not None and subject.pos_ in ("PROPN", "NOUN", "PRON") and subject.lower_ not in _NOBODY:
                start, end = _extent(subject)
                return Speech(quoted, doc[start:end].text, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    return Speech(quoted)


def _within(position: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in ranges)


def _reports(verb: Token, quoted: bool) -> bool:
    """A reporting verb reports when it takes a clause, stands beside a quotation, or is `say` itself."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    if verb.lemma_.lower() in ("say", "tell", "add", "note", "argue", "quip"):
        return True
    if any(child.dep_ == "ccomp" for child in verb.children) or verb.dep_ == "parataxis":
        return True
    if (
        verb.lemma_.lower() in ("call", "describe", "hail", "praise", "criticise", "criticize", "dismiss")
        and verb.dep_ == "ROOT"
    ):
        subject = _subject(verb)
        return subject is not None and subject.ent_type_ == "PERSON"
    return quoted


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
    if verb.dep_ in ("conj", "ccomp", "xcomp", "advcl") and verb.head is not verb and verb.dep_ != "ccomp":
        return _subject(verb.head)
    return None


def _extent(subject: Token) -> tuple[int, int]:
    """The subject with what stands before it, without relative clauses and appositions after it."""
    left = subject.left_edge.i
    right = subject.i + 1
    for child in subject.rights:
        of_something = child.dep_ == "prep" and child.lower_ == "of"
        if of_something or child.dep_ == "appos" and child.pos_ == "PROPN":  # "the harbour master, Jane Roe"
            right = child.right_edge.i + 1
    return left, right
