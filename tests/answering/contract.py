"""What every Answer keeps to, whatever was asked (docs/answers.md), as a list of what is wrong with one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from rahdari.records import Answer, Document

_STATUSES = ("answered", "unknown", "clarify", "out_of_scope", "smalltalk")
_ROLES = {"answered": {"evidence"}, "unknown": {"nearest"}}


def broken(answer: Answer, documents: Mapping[str, Document]) -> list[str]:
    """One line for each rule that an answer breaks."""
    return [*_text(answer), *_citations(answer, documents), *_rest(answer)]


def _text(answer: Answer) -> Iterator[str]:
    if answer.status not in _STATUSES:
        yield f"status {answer.status!r}"
    if not answer.text.strip():
        yield "the text is empty"
    if len(answer.text) > 1200:
        yield f"the text has {len(answer.text)} characters"
    if re.search(r"\[\d+\]", answer.text):
        yield "the text has a citation mark of its own"
    if re.search(r"\b(?:None|null|NaN|nan)\b|<\w+ object|\{\w*\}", answer.text):
        yield f"the text shows its works: {answer.text}"


def _citations(answer: Answer, documents: Mapping[str, Document]) -> Iterator[str]:
    if answer.status == "answered" and not 1 <= len(answer.citations) <= 5:
        yield f"{len(answer.citations)} citations"
    if not {citation.role for citation in answer.citations} <= _ROLES.get(answer.status, set()):
        yield f"{answer.status} with {[citation.role for citation in answer.citations]}"
    if [citation.id for citation in answer.citations] != list(range(1, len(answer.citations) + 1)):
        yield "the citations are not counted from 1"
    places = [(citation.document, citation.start) for citation in answer.citations]
    if len(set(places)) < len(places):
        yield "a sentence is cited twice"
    for citation in answer.citations:
        document = documents.get(citation.document)
        if document is None:
            yield f"there is no document {citation.document!r}"
        elif not citation.quote or citation.quote != document.text[citation.start : citation.end]:
            yield f"the quote is not the text of {citation.document}: {citation.quote!r}"
        elif (citation.title, citation.publisher, citation.published) != (
            document.title, document.publisher, document.published,
        ):  # fmt: skip
            yield f"the citation does not say what is known of {citation.document}"


def _rest(answer: Answer) -> Iterator[str]:
    if len(answer.suggestions) > 5 or len(set(answer.suggestions)) < len(answer.suggestions):
        yield f"suggestions {answer.suggestions}"
    if not all(suggestion.strip() for suggestion in answer.suggestions):
        yield "an empty suggestion"
    if not answer.id:
        yield "no id"
    cited = {citation.document for citation in answer.citations}
    if any(fact.document not in cited for fact in answer.facts):
        yield "a fact from a document that is not cited"
    try:
        json.dumps([answer.as_dict(), answer.memory.focus, dict(answer.memory.last_answer)], allow_nan=False)
    except (TypeError, ValueError) as error:
        yield f"not JSON: {error}"
