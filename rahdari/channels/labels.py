"""How real a thing is and who says so, as short labels beside an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "proposed": "proposed",
    "planned": "planned",
    "agreed": "agreed",
    "under_way": "under way",
    "done": "done",
    "cancelled": "cancelled",
    "stated": "stated",
}
MOST = 10
_TAKEN_AS_SAID = ("stated", "done")


def labels(form: Mapping[str, Any]) -> list[str]:
    """One label for each kind of fact of an Answer: `planned, according to Ana Ruiz, as of 2024-05`.

    Where there are several kinds, each names what it is about: `done: the bridge, the port`. A description that
    nobody in particular gives needs no label.

    Args:
        form: an Answer in its JSON form.
    """
    kinds: dict[tuple[Any, Any, Any], list[str]] = {}
    for fact in form.get("facts") or ():
        kind = (fact.get("modality"), fact.get("speaker"), fact.get("as_of"))
        kinds.setdefault(kind, []).append(" ".join(str(fact.get("subject") or "").split()))
    found = [(label, subjects) for kind, subjects in kinds.items() if (label := _label(*kind))]
    if len(kinds) < 2:
        return [label for label, _ in found]
    told = [f"{label}: {about}" if (about := _listed(subjects)) else label for label, subjects in found]
    return list(dict.fromkeys(told))[:MOST]


def _label(modality: str | None, speaker: str | None, as_of: str | None) -> str:
    if not speaker and not as_of and modality in (None, "stated"):
        return ""
    parts = [_WORDS.get(str(modality), "stated")]
    parts += [f"according to {speaker}"] if speaker else []
    parts += [f"as of {as_of}"] if as_of else []
    return ", ".join(parts)


def _listed(subjects: list[str]) -> str:
    return ", ".join(dict.fromkeys(subject for subject in subjects if subject))


def label(form: Mapping[str, Any], citation: Mapping[str, Any]) -> str:
    """`Amina Khan · planned`, or as much of it as the facts in a citation's quote agree on; "" for nothing.

    A fact does not name its citation, so it counts where subject and object both stand in the quote. Where facts
    of one quote differ (signed, and agreed to cover) no single word is true of it, and none is given. That
    something was done or stated is what a reader takes a sentence for anyway.

    Args:
        form: an Answer's JSON form.
        citation: one of its citations.
    """
    quote = str(citation.get("quote") or "")
    facts = [fact for fact in form.get("facts") or () if _inside(fact, quote)]
    speakers = {str(fact["speaker"]) for fact in facts if fact.get("speaker")}
    modalities = {str(fact["modality"]) for fact in facts} - {"stated"}
    known = [*speakers] if len(speakers) == 1 else []
    if len(modalities) == 1 and not modalities & set(_TAKEN_AS_SAID):
        known.append(modalities.pop().replace("_", " "))
    return " · ".join(known)


def _inside(fact: Mapping[str, Any], quote: str) -> bool:
    subject, object_ = str(fact.get("subject") or ""), str(fact.get("object") or "")
    return bool(subject) and subject in quote and object_ in quote
