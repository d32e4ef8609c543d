"""The store as people look at it: views with plain names, and the same rows one by one for who takes them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from rahdari.errors import StoreError
from rahdari.store import address
from rahdari.store.snapshot import Snapshot

_ORDER = {  # of the rows of a view that can be read one by one; indexes give it, nothing is sorted
    "facts_told": "document, sentence_number, fact",
    "documents_read": "document",
    "sentences_read": "document, sentence_number",
    "entities_named": "entity",
}
_VIEW = re.compile(r"^CREATE VIEW (\w+) AS\n(.*?);\n", re.MULTILINE | re.DOTALL)


@lru_cache(maxsize=1)
def views() -> Mapping[str, str]:
    """The query behind each view, by its name; views.sql has them."""
    found = _VIEW.findall(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    return MappingProxyType(dict(found))


def renew(connection: Connection) -> None:
    """Makes the views as they are now, in the place of those that another version of the code made."""
    wanted = {name: f"CREATE VIEW {name} AS\n{query}" for name, query in views().items()}
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    there = {row.name: row.sql for row in rows}
    if there == wanted:
        return
    for name in there:
        connection.exec_driver_sql(f'DROP VIEW "{name}"')
    for statement in wanted.values():
        connection.exec_driver_sql(statement)


class Told:
    """The rows of the views, all of one state of the store. However many there are, one is in memory at a time.

    It does not matter whether the file has the views, and which: the queries of this code are asked.

    Raises:
        StoreMissing, StoreOutdated, StoreError: as of Store.open.
    """

    def __init__(self, url: str) -> None:
        self._snapshot = Snapshot(address.file_of(url))

    def count(self, view: str) -> int:
        """The number of rows of a view."""
        for row in self._read(f"SELECT count(*) AS number FROM ({views()[view]})"):
            return int(row["number"])
        return 0

    def columns(self, view: str) -> tuple[str, ...]:
        """The names of a view's columns, in order."""
        with self._snapshot.held.lock:
            result = self._snapshot.held.connection.exec_driver_sql(f"SELECT * FROM ({views()[view]}) LIMIT 0")
            return tuple(result.keys())

    def rows(self, view: str) -> Iterator[Mapping[str, Any]]:
        """The rows of `facts_told`, `documents_read`, `sentences_read` or `entities_named`, by column name.

        Documents and entities come in the order of ids, facts and sentences in that of the text.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._read(f"SELECT * FROM ({views()[view]}) ORDER BY {_ORDER[view]}")

    def _read(self, query: str) -> Iterator[Mapping[str, Any]]:
        held = self._snapshot.held
        try:
            for row in held.connection.exec_driver_sql(query).mappings():
                yield dict(row)
        except SQLAlchemyError as error:
            raise StoreError(f"{held.path} cannot be read: {error}") from error
