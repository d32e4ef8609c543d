"""What people think of answers, with what was rated: a small database of its own beside the store."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from rahdari.store.beside import moment, opened

NAME = "feedback.sqlite"
WORDS_LIMIT = 500  # characters
_SCHEMA = """CREATE TABLE IF NOT EXISTS opinions (
    answer TEXT NOT NULL, channel TEXT NOT NULL, person TEXT NOT NULL, verdict TEXT NOT NULL, words TEXT,
    time TEXT NOT NULL, asked TEXT, understood TEXT, status TEXT, text TEXT, documents TEXT NOT NULL,
    PRIMARY KEY (answer, channel, person))"""
_OLD = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'feedback'"
_TAKE_OVER = """INSERT OR IGNORE INTO opinions
    SELECT answer, channel, '', verdict, words, time, NULL, NULL, NULL, NULL, '[]' FROM feedback"""


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as it was given, for whoever reads later what people thought of it.

    Attributes:
        id: the Answer's id.
        asked: the question as it was typed; `understood` as it was completed by what was said before.
        status, text: of the Answer.
        documents: ids of the documents that it cites, each once.
    """

    id: str
    asked: str
    understood: str
    status: str
    text: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of an answer.

    Attributes:
        time: ISO 8601 time in UTC.
        channel: where it was given, e.g. `web`.
        verdict: up or down.
        words: at most 500 characters; None where the person said nothing.
        asked, understood, status, text, documents: of the answer, as in GivenAnswer. None, and no documents, where
            it was rated before these were kept.
        answer: the Answer's id.
    """

    time: str
    channel: str
    verdict: str
    words: str | None
    asked: str | None
    understood: str | None
    status: str | None
    text: str | None
    documents: tuple[str, ...]
    answer: str


class Feedback:
    """The feedback on answers, kept in a folder: one verdict a person and answer."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def keep(
        self,
        answer: GivenAnswer,
        verdict: Literal["up", "down"],
        words: str | None,
        channel: str,
        person: str,
        now: datetime | None = None,
    ) -> None:
        """Keeps a person's verdict; a later one of theirs takes its place, or adds words to it where it is the same.

        Args:
            answer: what is rated.
            person: whatever tells people on this channel apart. Only a digest is kept, another for each answer.

        Raises:
            StoreError: it cannot be written; nothing else depends on it.
        """
        said = " ".join((words or "").split())[:WORDS_LIMIT] or None
        rated = (answer.asked, answer.understood, answer.status, answer.text, json.dumps(answer.documents))
        who = hashlib.sha256("\0".join((answer.id, channel, person)).encode("utf-8", "replace")).hexdigest()[:32]
        with self._opened() as connection, connection:
            connection.execute(
                "INSERT INTO opinions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (answer, channel, person) DO UPDATE SET "
                "words = CASE WHEN verdict = excluded.verdict THEN coalesce(excluded.words, words) "
                "ELSE excluded.words END, verdict = excluded.verdict, time = excluded.time",
                (answer.id, channel, who, verdict, said, moment(now), *rated),
            )

    def latest(self, limit: int = 50, verdict: str | None = None) -> list[Opinion]:
        """The latest opinions first.

        Raises:
            StoreError: the file cannot be read.
        """
        if not self._path.is_file():
            return []
        with self._opened() as connection:
            connection.row_factory = _named
            rows = connection.execute(
                "SELECT time, channel, verdict, words, asked, understood, status, text, documents, answer "
                "FROM opinions WHERE ?1 IS NULL OR verdict = ?1 ORDER BY time DESC, rowid DESC LIMIT ?2",
                (verdict, limit),
            ).fetchall()
        return [Opinion(**{**row, "documents": tuple(json.loads(row["documents"]))}) for row in rows]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection; what a version before this one kept, without people and answers, is taken over first."""
        with opened(self._path, _SCHEMA) as connection:
            if connection.execute(_OLD).fetchone():
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    if connection.execute(_OLD).fetchone():  # another process may have been quicker
                        connection.execute(_TAKE_OVER)
                        connection.execute("DROP TABLE feedback")
            yield connection


def _named(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row)}
