"""What names a sentence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

_AT_ONCE = 400  # values in one query

Key = tuple[str, int]
"""A sentence: its document's id and its index there."""


def among(keys: Collection[Key]) -> Any:
    """These keys as a table with the columns `document` and `index`, to be joined with.

    With a row value `IN` a list SQLite goes through the whole index, which takes the longer the larger the store is.
    """
    each = func.json_each(json.dumps(list(dict.fromkeys(keys)))).table_valued("value")
    document, index = (func.json_extract(each.c.value, f"$[{place}]") for place in (0, 1))
    return select(document.label("document"), index.label("index")).cte("wanted")


def each(values: Collection[str]) -> Any:
    """Any number of texts, for `IN`: the statement is the same for all numbers of them."""
    return select(func.json_each(json.dumps(sorted(values))).table_valued("value").c.value)


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Any number of values, as many at a time as one statement may be given."""
    for first in range(0, len(values), _AT_ONCE):
        yield values[first : first + _AT_ONCE]
