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
