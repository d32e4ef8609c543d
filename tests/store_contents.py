"""All that a store holds, in a form that two stores can be compared in: numbers that only tell rows apart left out."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import create_engine

from rahdari.store import Store, on_server
from rahdari.store.postgresql import PostgresServer

_TABLES = {
    "documents": "id, title, publisher, published, source, sha256, text, extraction, author, language, copy_of",
    "sentences": 'document, "index", start, "end", text, paragraph, kind, heading, speaker, modality, context, vector,'
    "echo_document, echo_index",
    "passages": "document, together, signs",
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
    engine = PostgresServer(url).reading_engine() if on_server(url) else create_engine(url, future=True)
    with closing(engine.connect()) as connection:

        def read(query: str) -> list[tuple[object, ...]]:
            # PostgreSQL's driver gives bytes in a form of its own
            found = connection.exec_driver_sql(query).all()
            return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in found]

        found = {}
        for table, columns in _TABLES.items():
            numbered = "row" if table in ("sentences", "passages", "mentions", "facts", "forms") else "1, 2"
            given = read(f"SELECT {columns} FROM {table} ORDER BY {numbered if on_server(url) else 'rowid'}")
            # by document, and by sentence where there is one: what stands in one sentence keeps its order
            by_sentence = table in ("sentences", "mentions", "facts")
            found[table] = sorted(given, key=lambda row: row[:2] if by_sentence else (row[0], 0))
            if table in ("bands", "twins"):
                found[table].sort()
        found["named"] = sorted(read(_NAMED), key=repr)
        found["unused"] = read("SELECT id FROM spellings EXCEPT SELECT spelling FROM named")
        found["meta"] = sorted(read("SELECT * FROM meta WHERE key IN ('inputs', 'code', 'schema')"))
    engine.dispose()
    return found


def findings(url: str, terms: list[str]) -> list[object]:
    """What is found for words, with scores, and how often each stands there."""
    store = Store.open(url)
    return [(store.search([term], 1000), store.frequency(term)) for term in terms]
