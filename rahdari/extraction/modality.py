"""How real the thing is that a verb tells of: proposed, planned, agreed, under way, done, cancelled, or stated."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.records import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FUTURE = {"will", "would", "shall", "'ll", "’ll", "wo"}
_POSSIBLE = {"may", "might", "could", "can"}
_IF = {"if", "unless", "whether", "provided"}
_UNTIL = {"until", "till", "once", "before"}
_STRENGTH: tuple[Modality, ...] = ("cancelled", "proposed", "planned", "agreed", "under_way", "done", "stated")


def modality(verb: Token) -> Modality:
    """The modality of what a verb says, read from the verb, its auxiliaries and what governs it."""
    lemma = verb.lemma_.lower()
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if any(child.dep_ == "neg" for child in verb.children):
        return "cancelled" if lemma in _verbs("cancelled") else "stated"
    condition = _condition(verb, auxiliaries)
    if condition is not None:
        return condition
    governed = _governed(verb)
    if governed is not None:
        return governed
    due = "to" in auxiliaries and (auxiliaries & {"is", "are", "was", "were"} or verb.head.lemma_ == "be")
    if auxiliaries & _FUTURE or due:
        return "planned"
    if auxiliaries & _POSSIBLE:
        return "proposed"
    if verb.tag_ == "VBG" and auxiliaries & {"is", "are", "was", "were", "being", "been"}:
        return "under_way" if lemma not in _verbs("planned") | _verbs("proposed") | {"say"} else _own(lemma)
    if auxiliaries & {"being"}:
        return "under_way"
    own = _own(lemma)
    if own == "done" and verb.tag_ in ("VBP", "VBZ", "VB") and not auxiliaries & {"has", "have", "had", "did"}:
        return "stated"
    return own


def sentence_modality(doc: Doc) -> Modality:
    """The modality of a sentence's main clause; a reporting verb hands over to what it reports."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None:
        return "stated"
    if root.lemma_.lower() in knowledge.words("speech", "say"):
        inner = next(
            (child for child in root.children if child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX")), None
        )
        if inner is not None:
            return modality(inner)
    due = next((child for child in root.children if child.dep_ == "xcomp" and child.tag_ in ("VB", "VBN")), None)
    return modality(due if root.lemma_ == "be" and due is not None else root)  # "was to open", "was to have opened"


def _governed(verb: Token) -> Modality | None:
    """What a governing verb makes of this one: "vowed to expedite", "is expected to be completed"."""
    if verb.dep_ not in ("xcomp", "acl", "advcl", "ccomp", "pcomp") or verb.head is verb:
        return None
    head = verb.head
    own = _own(head.lemma_.lower())
    if own in ("planned", "proposed", "cancelled") and verb.dep_ != "advcl":
        return own
    if own == "agreed" and verb.dep_ in ("xcomp", "acl", "ccomp"):
        return "agreed"
    return None


def _condition(verb: Token, auxiliaries: set[str]) -> Modality | None:
    """What a conjunction makes of its clause: "if they agree" is open, "until both have signed" is yet to come."""
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    if marks & _IF:
        return "proposed"
    to_come = verb.tag_ in ("VBP", "VBZ") or auxiliaries & {"has", "have", "is", "are"}
    return "planned" if marks & _UNTIL and to_come else None


def _own(lemma: str) -> Modality:
    return next((kind for kind in _STRENGTH[:-1] if lemma in _verbs(kind)), "stated")


@cache
def _verbs(kind: Modality) -> frozenset[str]:
    return knowledge.words("modality", kind)
