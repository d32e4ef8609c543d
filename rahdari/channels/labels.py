"""Whose words a source has and how real they are, read off the facts that an Answer carries beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TAKEN_AS_SAID = ("stated", "done")


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
