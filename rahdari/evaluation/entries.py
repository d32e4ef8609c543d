"""Question sets: JSON lines, checked as they are read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from rahdari.errors import QuestionSetError
from rahdari.records import Document, Status

KINDS = frozenset(
    "describe list count who when where how_much status quote verify compare why timeline conflict more follow_up "
    "source smalltalk out_of_scope unknown false_premise ambiguous other_language".split()
)
_LONGEST = 5  # turns
_SHOWN = 200  # characters of a value in a message


@dataclass(frozen=True)
class Entry:
    """One conversation, and what is right about the answer to its last turn.

    Attributes:
        turns: 1 to 5 messages.
        expect_status: the statuses that are acceptable.
        evidence: alternatives, each verbatim in a document; empty: any valid citation will do.
        must: of each inner tuple one string at least occurs in the answer's text.
        must_not: regular expressions that are found nowhere in it.
    """

    id: str
    kind: str
    turns: tuple[str, ...]
    expect_status: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    note: str = ""


def load(path: Path) -> tuple[Entry, ...]:
    """The entries of a file; empty lines are passed over.

    Raises:
        QuestionSetError: the file or a line of it is not as documented; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path} cannot be read: {error}") from error
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                entry = _entry(line)
                if entry.id in entries:
                    raise ValueError(f"a second entry with the id {entry.id!r}")
            except ValueError as error:
                raise QuestionSetError(f"{path} line {number}: {error}") from error
            entries[entry.id] = entry
    if not entries:
        raise QuestionSetError(f"{path} has no entries")
    return tuple(entries.values())


def missing_evidence(entry: Entry, documents: Iterable[Document]) -> tuple[str, ...]:
    """The strings of `evidence` that stand in none of the documents."""
    texts = [document.text for document in documents]
    return tuple(evidence for evidence in entry.evidence if not any(evidence in text for text in texts))


def _entry(line: str) -> Entry:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deeply") from error
    if not isinstance(values, dict):
        raise ValueError(f"a JSON object is expected, not {type(values).__name__}")
    names = {field.name for field in fields(Entry)}
    if unknown := sorted(set(values) - names):
        raise ValueError(f"unknown field {unknown[0]!r}; the known ones are {', '.join(sorted(names))}")
    entry = Entry(
        id=_text(values, "id"),
        kind=_text(values, "kind"),
        turns=_texts(values, "turns"),
        expect_status=_texts(values, "expect_status"),
        evidence=_texts(values, "evidence", ()),
        must=_alternatives(values),
        must_not=_texts(values, "must_not", ()),
        note=_note(values),
    )
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    if entry.kind not in KINDS:
        raise ValueError(f"kind is {entry.kind!r}; the known ones are {', '.join(sorted(KINDS))}")
    if not 1 <= len(entry.turns) <= _LONGEST:
        raise ValueError(f"{len(entry.turns)} turns; 1 to {_LONGEST} are expected")
    if not entry.expect_status:
        raise ValueError("expect_status is empty")
    for status in entry.expect_status:
        if status not in get_args(Status):
            raise ValueError(f"expect_status has {status!r}; the known ones are {', '.join(get_args(Status))}")
    for pattern in entry.must_not:
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"must_not: {_short(pattern)} is no regular expression: {error}") from error


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is {_short(value)}; a text is expected")
    return _whole(name, value)


def _note(values: dict[str, Any]) -> str:
    value = values.get("note")
    if not isinstance(value, (str, type(None))):
        raise ValueError(f"note is {_short(value)}; a text is expected")
    return _whole("note", value or "")


def _whole(name: str, text: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(f"{name} has half a surrogate pair, which is no character: {_short(text)}")
    return text


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]} …"


def _texts(values: dict[str, Any], name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
    value = values.get(name, default)
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f"{name} is {_short(value)}; a list of texts is expected")
    return tuple(_whole(name, item) for item in value)


def _alternatives(values: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    must = values.get("must", [])
    if not isinstance(must, list) or not all(isinstance(inner, list) and inner for inner in must):
        raise ValueError(f"must is {_short(must)}; a list of lists of texts is expected")
    return tuple(_texts({"must": inner}, "must") for inner in must)
