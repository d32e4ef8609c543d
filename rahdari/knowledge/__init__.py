"""What the program knows of language and of the field, as tables that a person without Python can edit.

Nothing here names a document, a person or a project: those come from the store.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """A table `<name>.txt` of lines `key: word, word, ...`; a line without words continues nothing.

    Returns: key -> its words, in the file's order. `#` opens a comment. A key may stand on several lines.
    """
    table: dict[str, list[str]] = {}
    for line in _lines(name):
        key, _, rest = line.partition(":")
        table.setdefault(key.strip(), []).extend(word.strip() for word in rest.split(",") if word.strip())
    return {key: tuple(words) for key, words in table.items()}


@cache
def lookup(name: str) -> dict[str, str]:
    """The same table the other way round: word -> its key (the first one that lists it)."""
    table: dict[str, str] = {}
    for key, words in groups(name).items():
        for word in words:
            table.setdefault(word.lower(), key)
    return table


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The words of one key of a table, for membership tests."""
    return frozenset(word.lower() for word in groups(name)[key])


@cache
def texts(name: str) -> dict[str, str]:
    """A table `<name>.txt` of lines `key: fixed wording`, commas kept."""
    pairs = (line.partition(":") for line in _lines(name))
    return {key.strip(): rest.strip() for key, _, rest in pairs}


@cache
def patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A table `<name>.tsv` of lines `key TAB regular expression`, in the file's order; case is ignored."""
    pairs = (line.split("\t", 1) for line in _lines(name, "tsv"))
    return tuple((key.strip(), re.compile(expression.strip(), re.IGNORECASE)) for key, expression in pairs)


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """The one regular expression that a key of such a table has. Raises KeyError where there is none."""
    return dict(patterns(name))[key]


def _lines(name: str, ending: str = "txt") -> list[str]:
    text = resources.files(__package__).joinpath(f"{name}.{ending}").read_text(encoding="utf-8")
    stripped = (line.split(" #")[0].strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]
