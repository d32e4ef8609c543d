"""A parsed sentence -> facts: who did what, in the sentence's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rahdari.extraction.modality import modality
from rahdari.records import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SKIPPED = {"say", "tell", "add"}
_LONGEST = 240


@dataclass(frozen=True)
class Clause:
    """One verb with its subject and what follows; spans are characters of the sentence."""

    subject: str
    predicate: str
    object: str
    modality: Modality
    subject_span: tuple[int, int]
    object_span: tuple[int, int]


def clauses(doc: Doc) -> list[Clause]:
    """The facts of one sentence: its clauses, its appositions ("X, a director of Y") and signed things."""
    return [*_verb_clauses(doc), *_appositions(doc), *_signings(doc)]


def _verb_clauses(doc: Doc) -> Iterator[Clause]:
    for token in doc:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        subject, passive = _subject(token)
        if subject is None:
            continue
        object_span = _object(doc, token)
        if object_span is None and token.lemma_ in _SKIPPED:
            continue
        predicate = _predicate(token, passive)
        subject_span = doc[subject.left_edge.i : _without_clauses(subject)]
        yield _clause(subject_span, predicate, object_span, modality(token))


def _appositions(doc: Doc) -> Iterator[Clause]:
    for token in doc:
        if (
            token.dep_ == "appos"
            and token.head.pos_ == "PROPN"
            and token.pos_ == "NOUN"
            and token.head.ent_type_ != "PERSON"
        ):
            head = doc[token.head.left_edge.i : token.head.i + 1]
            yield _clause(head, "be", doc[token.left_edge.i : token.right_edge.i + 1], "stated")


def _signings(doc: Doc) -> Iterator[Clause]:
    """Deverbal nouns: "the signing of 20 agreements", "the agreement to implement the upgrade"."""
    for token in doc:
        if token.lower_ in ("signing", "launch", "inauguration", "completion", "opening", "cancellation", "approval"):
            of = next((child for child in token.children if child.dep_ == "prep" and child.lower_ == "of"), None)
            if of is not None:
                subject = doc[token.left_edge.i : token.i + 1]
                yield _clause(subject, token.lower_, doc[of.i + 1 : of.right_edge.i + 1], "done")
        if (
            token.lower_ in ("agreement", "decision", "plan", "proposal", "pledge", "commitment")
            and token.pos_ == "NOUN"
        ):
            verb = next((child for child in token.children if child.dep_ == "acl" and child.tag_ == "VB"), None)
            if verb is not None:
                kinds: dict[str, Modality] = {"agreement": "agreed", "decision": "agreed", "proposal": "proposed"}
                yield _clause(
                    doc[token.left_edge.i : token.i + 1],
                    verb.lemma_,
                    _object(doc, verb),
                    kinds.get(token.lower_, "planned"),
                )


def _clause(subject: Span, predicate: str, object_span: Span | None, kind: Modality) -> Clause:
    text = object_span.text if object_span is not None else ""
    span = (object_span.start_char, object_span.end_char) if object_span is not None else (0, 0)
    return Clause(subject.text, predicate, text[:_LONGEST], kind, (subject.start_char, subject.end_char), span)


def _subject(verb: Token) -> tuple[Token | None, bool]:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return child, child.dep_ == "nsubjpass"
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head is not verb and verb.head.pos_ in ("VERB", "AUX"):
        subject, passive = _subject(verb.head)
        own = any(child.dep_ == "auxpass" for child in verb.children)
        return subject, own or passive and verb.dep_ == "conj" and verb.tag_ == "VBN"
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
        return verb.head, verb.tag_ == "VBN"
    return None, False


def _without_clauses(subject: Token) -> int:
    """Where the subject ends: before relative clauses and appositions."""
    cuts = [child.left_edge.i for child in subject.rights if child.dep_ in ("relcl", "appos", "acl", "punct")]
    return max(subject.i + 1, min(cuts, default=subject.right_edge.i + 1))


def _object(doc: Doc, verb: Token) -> Span | None:
    rights = [child for child in verb.rights if child.dep_ not in ("punct", "conj", "cc", "parataxis", "prt", "neg")]
    if not rights:
        return None
    start = rights[0].left_edge.i
    end = max(child.right_edge.i for child in rights) + 1
    joined = [child.left_edge.i for child in verb.rights if child.dep_ in ("conj", "cc") and child.i > start]
    end = min([end, *joined])
    while end > start and doc[end - 1].is_punct:
        end -= 1
    return doc[start:end] if end > start else None


def _predicate(verb: Token, passive: bool) -> str:
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    negative = "not " if any(child.dep_ == "neg" for child in verb.children) else ""
    return f"{negative}{'be ' if passive else ''}{verb.lemma_.lower()}{' ' + particle if particle else ''}"
