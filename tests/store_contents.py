"""All that a store holds, in a form that two stores can be compared in: numbers that only tell rows apart left out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from rahdari.store import Store, store_file

_TABLES = {
    "documents": "id, title, publisher, published, source, sha256, text, extraction, author, language, copy_of",
    "sentences": 'document, "index", start, "end", text, paragraph, kind, heading, speaker, modality, context, vector,'
    "echo_document, echo_index",
    "entities": "*",
    "aliases": "*",
    "joined": "*",
    "forms": "entity, form, kind, joined, initials, words, length",
    "vocabulary": "*",
    "bands": "*",
    "twins": "*",
    "mentions": 'document, sentence, start, "end", text, type, entity, value, own',
    "facts": "document, sentence, subject, predicate, object, modality, speaker, as_of, subject_entity, object_entity,"
    "own_subject, own_object",
}
_NAMED = (
    "SELECT document, mentions, own, name, type, aliases, spellings.key, ties.key FROM named "
    "JOIN spellings ON spellings.id = named.spelling LEFT JOIN ties ON ties.spelling = spellings.id"
)


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table, those of one document in their order."""
    path: Path = store_file(url)
    with closing(sqlite3.connect(path)) as connection:
        found = {}
        for table, columns in _TABLES.items():
            given = connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()
            # by document, and by sentence where there is one: what stands in one sentence keeps its order
            by_sentence = table in ("sentences", "mentions", "facts")
            found[table] = sorted(given, key=lambda row: row[:2] if by_sentence else (row[0], 0))
            if table in ("bands", "twins"):
                found[table].sort()
        found["named"] = sorted(connection.execute(_NAMED).fetchall(), key=repr)
        found["unused"] = connection.execute("SELECT id FROM spellings EXCEPT SELECT spelling FROM named").fetchall()
        found["meta"] = sorted(connection.execute("SELECT * FROM meta WHERE key IN ('inputs', 'code', 'schema')"))
        return found


def findings(url: str, terms: list[str]) -> list[object]:
    """What is found for words, with scores, and how often each stands there."""
    store = Store.open(url)
    return [(store.search([term], 1000), store.frequency(term)) for term in terms]
