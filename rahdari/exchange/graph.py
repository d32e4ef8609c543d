"""Rows as nodes of a graph: schema.org for what documents are and speak of, PROV for where each fact comes from.

A node is a JSON-LD object whose keys are compact IRIs of the prefixes in vocabulary.json, so that it is JSON-LD as it
stands, and little is left to do for Turtle. An object without an `@id` is a blank node. docs/exchange.md draws it.

https://www.w3.org/TR/prov-o/, https://www.w3.org/TR/annotation-vocab/, https://schema.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

Node = Mapping[str, Any]
Row = Mapping[str, Any]

_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`\x7f-\xa0\u2028-\u202e\u2066-\u2069]+")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """`prefixes`: what short names stand for; `classes`: the class for each type of entity."""
    content = Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8")
    return dict(json.loads(content))


class Graph:
    """Makes nodes.

    Args:
        base: begins the address of each; ends with `/`, `#` or `:`.
    """

    def __init__(self, base: str) -> None:
        self._base = base

    def documents(self, rows: Iterable[Row]) -> Iterator[Node]:
        """A node for each row of `documents_read`."""
        for row in rows:
            yield _known(
                {
                    "@id": self._document(row["document"]),
                    "@type": ["schema:CreativeWork", "prov:Entity"],
                    "schema:identifier": row["document"],
                    "schema:name": row["title"],
                    "schema:publisher": _agent(row["publisher"]),
                    "schema:author": _agent(row["author"]),
                    "schema:datePublished": _date(row["published"]),
                    "schema:inLanguage": row["language"],
                    "schema:url": _address(row["source"]),
                    "prov:alternateOf": _ref(row["copy_of"] and self._document(row["copy_of"])),
                    "schema:text": row["text"],
                }
            )

    def sentences(self, rows: Iterable[Row]) -> Iterator[Node]:
        """A node for each row of `sentences_read`."""
        return map(self._sentence, rows)

    def facts(self, rows: Iterable[Row], with_sentences: bool) -> Iterator[Node]:
        """A node for each row of `facts_told`, and before the first one out of a sentence, that sentence.

        Args:
            with_sentences: False where all sentences come by themselves.
        """
        latest: tuple[str, int] | None = None
        for row in rows:
            key = row["document"], row["sentence_number"]
            if with_sentences and key != latest:
                yield self._sentence({**row, "speaker": None, "modality": None})
            latest = key
            subject, object_ = (row[end] and self._entity(row[end]) for end in ("subject_entity", "object_entity"))
            yield _known(
                {
                    "@id": f"{self._base}fact/{quote(row['id'], safe='/')}",
                    "@type": ["schema:Claim", "prov:Entity"],
                    "told:subject": row["subject"],
                    "told:predicate": row["predicate"],
                    "told:object": row["object"],
                    "told:modality": row["modality"],
                    "told:subjectNames": _ref(subject),
                    "told:objectNames": _ref(object_),
                    "schema:about": [_ref(one) for one in dict.fromkeys((subject, object_)) if one],
                    "schema:temporalCoverage": _date(row["as_of"]),
                    "prov:wasAttributedTo": _agent(row["speaker"]),
                    "prov:wasDerivedFrom": _ref(self._passage(row)),
                    "schema:appearance": _ref(self._document(row["document"])),
                }
            )

    def entities(self, rows: Iterable[Row]) -> Iterator[Node]:
        """A node for each row of `entities_named`."""
        classes = vocabulary()["classes"]
        for row in rows:
            yield _known(
                {
                    "@id": self._entity(row["entity"]),
                    "@type": [classes[row["type"]]],
                    "told:type": row["type"],
                    "schema:name": row["name"],
                    "schema:alternateName": row["other_names"],
                }
            )

    def _sentence(self, row: Row) -> Node:
        document = _ref(self._document(row["document"]))
        return _known(
            {
                "@id": self._passage(row),
                "@type": ["schema:Quotation", "prov:Entity", "oa:SpecificResource"],
                "prov:value": row["sentence"],
                "prov:wasQuotedFrom": document,
                "prov:wasAttributedTo": _agent(row["speaker"]),
                "told:modality": row["modality"],
                "schema:position": row["sentence_number"],
                "oa:hasSource": document,
                "oa:hasSelector": {
                    "@type": ["oa:TextPositionSelector"],
                    "oa:start": row["sentence_start"],
                    "oa:end": row["sentence_end"],
                },
            }
        )

    def _document(self, id: str) -> str:
        return f"{self._base}document/{quote(id, safe='')}"

    def _entity(self, id: str) -> str:
        return f"{self._base}entity/{quote(id, safe='')}"

    def _passage(self, row: Row) -> str:
        """https://www.rfc-editor.org/rfc/rfc5147 counts as records do: characters from 0, the end exclusive."""
        return f"{self._document(row['document'])}#char={row['sentence_start']},{row['sentence_end']}"


def _known(node: dict[str, Any]) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _ref(id: str | None) -> Node | None:
    return {"@id": id} if id else None


def _agent(name: str | None) -> Node | None:
    """Somebody who is known by name only: a person or an organisation, and perhaps one of several of that name."""
    return {"@type": ["prov:Agent"], "schema:name": name} if name else None


def _address(source: str | None) -> Node | str | None:
    return _ref(source) if source and _ADDRESS.fullmatch(source) else source


def _date(value: str | None) -> Node | str | None:
    if value is None:
        return None
    if _YEAR.fullmatch(value):
        return {"@value": value, "@type": "xsd:gYear"}
    if _MONTH.fullmatch(value):
        return {"@value": value, "@type": "xsd:gYearMonth"}
    try:
        return {"@value": date.fromisoformat(value).isoformat(), "@type": "xsd:date"}
    except ValueError:
        return value
