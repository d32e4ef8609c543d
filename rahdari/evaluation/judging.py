"""The verdict on one Answer: a pure function of the entry, the Answer's JSON form and the documents' texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rahdari.evaluation.entries import Entry

LONGEST = 1200  # characters of an answer's text
MOST = 5  # citations
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_SINGLE = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc"), "'")
_DOUBLE = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"')
_ALIKE = {**_DASHES, **_SINGLE, **_DOUBLE}


@dataclass(frozen=True)
class Verdict:
    """What is wrong with an Answer; nothing: it passes.

    Attributes:
        reasons: one sentence for each thing that is wrong.
        invalid_citations: how many citations are not a document's text at their offsets.
        forbidden: how many things the text says that it must not: a plan told as done, a value that nobody gave.
    """

    entry: Entry
    reasons: tuple[str, ...]
    text: str
    status: str
    invalid_citations: int = 0
    forbidden: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.reasons


def judge(entry: Entry, answer: Mapping[str, Any] | None, texts: Mapping[str, str]) -> Verdict:
    """Judges the Answer to an entry's last turn.

    Args:
        answer: its JSON form; None when no Answer came.
        texts: every document's text by the document's id.
    """
    if answer is None:
        return Verdict(entry, ("no Answer came back",), "", "none")
    text, status = str(answer.get("text") or ""), str(answer.get("status"))
    citations = answer.get("citations") or ()
    invalid = [reason for citation in citations if (reason := _invalid(citation, texts))]
    forbidden = _forbidden(entry, text)
    reasons = [
        *_form(entry, text, status),
        *invalid,
        *(_support(entry, citations, texts) if status == "answered" else ()),
        *_wanting(entry, text),
        *forbidden,
    ]
    return Verdict(entry, tuple(reasons), text, status, len(invalid), len(forbidden))


def alike(text: str, keep_lines: bool = False) -> str:
    """The text with dashes, quotation marks, width and white space made alike; `keep_lines` keeps line ends."""
    text = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    if keep_lines:
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return " ".join(text.split())


def _form(entry: Entry, text: str, status: str) -> list[str]:
    reasons = []
    if status not in entry.expect_status:
        reasons.append(f"status is {status}, not {' or '.join(entry.expect_status)}")
    if not text.strip():
        reasons.append("the text is empty")
    if len(text) > LONGEST:
        reasons.append(f"the text has {len(text)} characters, over {LONGEST}")
    return reasons


def _invalid(citation: Mapping[str, Any], texts: Mapping[str, str]) -> str | None:
    name, start, end, quote = (citation.get(key) for key in ("document", "start", "end", "quote"))
    if name not in texts:
        return f"citation {citation.get('id')}: there is no document {name!r}"
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        return f"citation {citation.get('id')}: {start!r} to {end!r} is no stretch"
    if texts[str(name)][start:end] != quote:
        return f"citation {citation.get('id')}: the quote is not the text of {name} from {start} to {end}"
    return None


def _support(entry: Entry, citations: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> list[str]:
    if not 1 <= len(citations) <= MOST:
        return [f"{len(citations)} citations, not 1 to {MOST}"]
    valid = [citation for citation in citations if _invalid(citation, texts) is None]
    if not entry.evidence or any(_overlaps(citation, entry.evidence, texts) for citation in valid):
        return []
    return ["no citation overlaps the evidence"]


def _overlaps(citation: Mapping[str, Any], evidence: Sequence[str], texts: Mapping[str, str]) -> bool:
    text = texts[citation["document"]]
    for wanted in evidence:
        start = text.find(wanted)
        while start >= 0:
            if start < citation["end"] and citation["start"] < start + len(wanted):
                return True
            start = text.find(wanted, start + 1)
    return False


def _wanting(entry: Entry, text: str) -> list[str]:
    said = alike(text).casefold()
    return [
        f"the text has none of {', '.join(map(repr, options))}"
        for options in entry.must
        if not any(alike(option).casefold() in said for option in options)
    ]


def _forbidden(entry: Entry, text: str) -> list[str]:
    reasons = []
    # a pattern may look for a line's end, so both forms of the text are tried
    forms = (alike(text), alike(text, keep_lines=True))
    for pattern in entry.must_not:
        found = next((match for form in forms if (match := re.search(pattern, form))), None)
        if found is not None:
            reasons.append(f"the text has what it must not: {found.group(0).strip()!r}")
    return reasons
