"""The store as people look at it: views with plain names, and the same rows one by one for who takes them elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from rahdari.store.database import database_at
from rahdari.store.snapshot import Snapshot

_ORDER = {  # of the rows of a view that can be read one by one; indexes give it, nothing is sorted
    "facts_told": "document, sentence_number, fact",
    "documents_read": "document",
    "sentences_read": "document, sentence_number",
    "entities_named": "entity",
}
_VIEW = re.compile(r"^CREATE VIEW (\w+) AS\n(.*?);\n", re.MULTILINE | re.DOTALL)


_OTHERWISE = {
    "postgresql": (
        (r"CAST\(substr\(m\.value, 1, instr\(m\.value, ' '\)\) AS REAL\)",
         r"CAST(substring(m.value FROM '^[0-9]+(?:[.][0-9]+)?') AS double precision)"),
        (r"instr\(", "strpos("),
        (r"GLOB '\[0-9\]\* \*'", "~ '^[0-9].* '"),
        (r"GLOB '(?:\[0-9\]){4}\*'", "~ '^[0-9]{4}'"),
        (r"json_group_array\(x\.alias\)",
         "coalesce(replace(CAST(json_agg(x.alias) AS text), '\", \"', '\",\"'), '[]')"),
    )
}  # fmt: skip
_THERE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'view'",
    "postgresql": "SELECT relname AS name, obj_description(oid, 'pg_class') AS sql FROM pg_class "
    "WHERE relkind = 'v' AND relnamespace = CAST(current_schema() AS regnamespace)",
}


@lru_cache(maxsize=2)
def views(dialect: str = "sqlite") -> Mapping[str, str]:
    """The query behind each view, by its name; views.sql has them as SQLite reads them."""
    found = dict(_VIEW.findall(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")))
    for pattern, otherwise in _OTHERWISE.get(dialect, ()):
        found = {name: re.sub(pattern, otherwise, query) for name, query in found.items()}
    return MappingProxyType(found)


def renew(connection: Connection) -> None:
    """Makes the views as they are now, in the place of those that another version of the code made."""
    dialect = connection.dialect.name
    wanted = {name: f"CREATE VIEW {name} AS\n{query}" for name, query in views(dialect).items()}
    there = {row.name: row.sql for row in connection.exec_driver_sql(_THERE[dialect])}
    if dialect == "postgresql":  # which keeps no view as it was written
        wanted = {name: f"{sql};\nCOMMENT ON VIEW {name} IS '{_hash(sql)}'" for name, sql in wanted.items()}
        if there == {name: _hash(sql.partition(";\n")[0]) for name, sql in wanted.items()}:
            return
    if there == wanted:
        return
    for name in there:
        connection.exec_driver_sql(f'DROP VIEW "{name}"')
    for statement in wanted.values():
        connection.exec_driver_sql(statement)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Told:
    """The rows of the views, all of one state of the store. However many there are, one is in memory at a time.

    It does not matter whether the file has the views, and which: the queries of this code are asked.

    Raises:
        StoreMissing, StoreOutdated, StoreError: as of Store.open.
    """

    def __init__(self, url: str) -> None:
        self._snapshot = Snapshot(database_at(url))

    def count(self, view: str) -> int:
        """The number of rows of a view."""
        for row in self._read(f"SELECT count(*) AS number FROM ({self._query(view)}) AS told"):
            return int(row["number"])
        return 0

    def columns(self, view: str) -> tuple[str, ...]:
        """The names of a view's columns, in order."""
        with self._snapshot.held.lock:
            result = self._snapshot.held.connection.exec_driver_sql(
                f"SELECT * FROM ({self._query(view)}) AS told LIMIT 0"
            )
            return tuple(result.keys())

    def rows(self, view: str) -> Iterator[Mapping[str, Any]]:
        """The rows of `facts_told`, `documents_read`, `sentences_read` or `entities_named`, by column name.

        Documents and entities come in the order of ids, facts and sentences in that of the text.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._read(f"SELECT * FROM ({self._query(view)}) AS told ORDER BY {_ORDER[view]}")

    def _query(self, view: str) -> str:
        return views(self._snapshot.held.connection.dialect.name)[view]

    def _read(self, query: str) -> Iterator[Mapping[str, Any]]:
        held = self._snapshot.held
        try:
            rows = held.connection.exec_driver_sql(query, execution_options={"stream_results": True})
            for row in rows.mappings():
                yield dict(row)
        except SQLAlchemyError as error:
            raise held.database.unreadable(error) from error
