"""What people are: titles before a name, roles beside it ("the agency's director, Jane Roe"; "Jane Roe, a nurse")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.extraction.names import Name
from rahdari.knowledge.roles import role_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc

_AFTER = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?,\s+(?P<role>[^,;.()\"“”]{3,110}?)"
    r"(?=\s*(?:[,;.()\"“”]|\s(?:sa(?:id|ys)|told|who|which|and\s+[A-Z]|at an?|in a|ha[sd]|was|is|will|would)\b|$))"
)
_BEFORE_COMMA = re.compile(
    r"(?P<role>(?:[Tt]he |[Aa]n? |[Ii]ts |[Tt]heir |[A-Z][\w.’'-]*(?:’s|'s) )[^,;.()\"“”]{2,90}?),\s+$"
)
_WORDS_BEFORE = re.compile(r"(?P<role>(?:(?:[A-Z][\w&’'-]*|[a-z]+)\s+){0,5})$")


@dataclass(frozen=True)
class Held:
    """A person's role as one sentence gives it; the spans are characters of the sentence."""

    name: Name
    role: str


def roles(doc: Doc, names: Sequence[Name]) -> Iterator[Held]:
    """The roles that a sentence gives to the people that it names."""
    persons = [name for name in names if name.type == "person"]
    text = doc.text if persons else ""
    for name in persons:
        others = [other.text for other in persons if other is not name]
        for role in (_title(text, name), _apposed_before(text, name), _apposed_after(text, name)):
            if role and not any(other in role for other in others):
                yield Held(name, role)


def people(doc: Doc, found: Sequence[Name]) -> list[Name]:
    """The names, with those taken for people that a role stands beside, whatever the label says."""
    heads = knowledge.lookup("heads")
    text = doc.text if found else ""
    result = []
    for name in found:
        words = name.text.split()
        unclear = name.type in ("organisation", "place") and 2 <= len(words) <= 4 and words[-1].lower() not in heads
        if unclear and (_apposed_before(text, name) or _apposed_after(text, name) and name.label not in ("GPE", "LOC")):
            name = replace(name, type="person", titled=True)
        result.append(name)
    return result


def _title(text: str, name: Name) -> str | None:
    """Words directly before the name: "Transport Minister", "local resident", "economist"."""
    match = _WORDS_BEFORE.search(text[: name.start])
    words = (match["role"] if match else "").split()
    for first in range(len(words)):
        if not (words[first][0].isupper() or role_noun().fullmatch(words[first].lower()) or words[first] in _LEADING):
            continue
        role = " ".join(words[first:])
        if role_noun().search(words[-1].lower()) or knowledge.words("titles", "title") & {
            words[-1].lower().rstrip(".")
        }:
            role = re.sub(r"^(?:.*\band\s+(?=[A-Z])|(?:and|of|for|the|According to|By|With|But|While)\s+)", "", role)
            return role if role_noun().search(role.lower()) else None
    return None


_LEADING = {"local", "acting", "deputy", "senior", "chief", "former", "then", "vice", "interim", "opposition", "energy"}


def _apposed_before(text: str, name: Name) -> str | None:
    match = _BEFORE_COMMA.search(text[: name.start])
    return match["role"] if match and role_noun().search(match["role"].lower()) else None


def _apposed_after(text: str, name: Name) -> str | None:
    match = _AFTER.match(text[name.end :])
    if match and re.match(r"(?:and|or|but)\b", match["role"]):
        return None
    return match["role"] if match and role_noun().search(match["role"].lower()) else None
