"""What names a sentence; and any number of values in one query, as JSON in one parameter: the statement stays the same.

With a row value `IN` a list SQLite goes through the whole index, which takes the longer the larger the store is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

_AT_ONCE = 400  # values in one query

Key = tuple[str, int]
"""A sentence: its document's id and its index there."""

_NOWHERE = re.compile("[\0\ud800-\udfff]")  # characters that no text of a store has, and PostgreSQL's JSON neither


def among(keys: Collection[Key]) -> Any:
    """These keys as a table with the columns `document` and `index`, to be joined with."""
    wanted = [key for key in dict.fromkeys(keys) if not _NOWHERE.search(key[0])]
    each = _Lists(json.dumps(wanted)).table_valued("value")
    document, index = _Part(each.c.value, "$[0]"), _Number(_Part(each.c.value, "$[1]"))
    return select(document.label("document"), index.label("index")).cte("wanted")


def each(values: Iterable[str]) -> Any:
    """These texts, for `IN`."""
    return select(table_of(values).c.value)


def table_of(values: Iterable[str]) -> Any:
    """These texts as a table with the column `value`, to be joined with."""
    return _Texts(json.dumps(sorted(value for value in values if not _NOWHERE.search(value)))).table_valued("value")


def table_of_rows(rows: Iterable[int]) -> tuple[Any, Any]:
    """These row numbers as a table, to be joined with, and its column."""
    table = _Texts(json.dumps(list(rows))).table_valued("value")
    return table, _Number(table.c.value)


def parts(values: Sequence[Any], most: int = _AT_ONCE) -> Iterator[Sequence[Any]]:
    """Any number of values, as many at a time as one statement may be given."""
    for first in range(0, len(values), most):
        yield values[first : first + most]


class _Texts(FunctionElement):  # type: ignore[misc]
    """The elements of a list, as rows with the column `value`."""

    inherit_cache = True


class _Lists(_Texts):
    """The same, where each element is a list itself."""

    inherit_cache = True


class _Part(FunctionElement):  # type: ignore[misc]
    """The text or number at a path."""

    inherit_cache = True


class _Number(FunctionElement):  # type: ignore[misc]
    """What is a number already in SQLite, where JSON has types, and a text in PostgreSQL."""

    inherit_cache = True


_SQL = {
    "sqlite": {_Texts: "json_each({})", _Lists: "json_each({})", _Part: "json_extract({}, {})", _Number: "{}"},
    "postgresql": {
        _Texts: "jsonb_array_elements_text(CAST({} AS jsonb))",
        _Lists: "jsonb_array_elements(CAST({} AS jsonb))",
        _Part: "jsonb_path_query_first({}, CAST({} AS jsonpath)) #>> '{{}}'",
        _Number: "CAST({} AS integer)",
    },
}


def _written(element: FunctionElement, compiler: Any, **more: Any) -> str:
    parts = (compiler.process(clause, **more) for clause in element.clauses)
    return _SQL[compiler.dialect.name][type(element)].format(*parts)


for _element in (_Texts, _Lists, _Part, _Number):
    compiles(_element)(_written)
