"""A graph's nodes as text: JSON-LD with its context inline, and Turtle. Both are written as nodes come.

https://www.w3.org/TR/json-ld11/, https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rahdari.channels.text import json_text
from rahdari.exchange.graph import Node, vocabulary


def jsonld(nodes: Iterable[Node]) -> Iterator[str]:
    """One JSON document, with a node on each line."""
    yield f'{{"@context": {json_text(vocabulary()["prefixes"])},\n"@graph": ['
    between = "\n"
    for node in nodes:
        yield between + json_text(node)
        between = ",\n"
    yield "\n]}\n"


def turtle(nodes: Iterable[Node]) -> Iterator[str]:
    """The prefixes, then a block for each node."""
    for name, stem in vocabulary()["prefixes"].items():
        yield f"@prefix {name}: <{stem}> .\n"
    for node in nodes:
        properties = _properties(node, " ;\n  ")
        yield f"\n<{node['@id']}>{properties} .\n"


def _properties(node: Node, between: str) -> str:
    pairs = [
        ("a" if key == "@type" else key, value if isinstance(value, list) else [value])
        for key, value in node.items()
        if key != "@id"
    ]
    return between.join(
        f" {verb} {', '.join(_object(value, verb == 'a') for value in values)}" for verb, values in pairs
    )


def _object(value: Any, name: bool = False) -> str:
    if name:
        return str(value)
    if isinstance(value, Mapping):
        if "@value" in value:
            return f"{json_text(value['@value'])}^^{value['@type']}"
        if "@id" in value:
            return f"<{value['@id']}>"
        return f"[{_properties(value, ' ;')} ]"
    return json_text(value)  # each escape that JSON knows in a string, Turtle knows, and it writes integers alike
