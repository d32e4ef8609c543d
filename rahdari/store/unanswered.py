"""What people asked and the documents did not say: a small database of its own beside the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rahdari.store.beside import moment, opened

NAME = "unanswered.sqlite"
_LONGEST = 500  # characters of a question that are kept
_SCHEMA = """CREATE TABLE IF NOT EXISTS unanswered (
    question TEXT NOT NULL, status TEXT NOT NULL, text TEXT NOT NULL, count INTEGER NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (question, status))"""


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question as it was first typed.

    Attributes:
        status: the status of its answer: unknown or out_of_scope.
        count: how often it was asked, letter case, end marks and white space aside.
        first, last: ISO 8601 times in UTC.
    """

    text: str
    status: str
    count: int
    first: str
    last: str


class Unanswered:
    """The questions without an answer, kept in a folder."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def record(self, text: str, status: str, now: datetime | None = None) -> None:
        """Counts a question.

        Raises:
            StoreError: it cannot be written; nothing else depends on it.
        """
        question = " ".join(text.lower().split()).strip(" ?!.…")[:_LONGEST]
        time = moment(now)
        with opened(self._path, _SCHEMA) as connection, connection:
            connection.execute(
                "INSERT INTO unanswered VALUES (?, ?, ?, 1, ?, ?) "
                "ON CONFLICT (question, status) DO UPDATE SET count = count + 1, last = excluded.last",
                (question, status, " ".join(text.split())[:_LONGEST], time, time),
            )

    def most_frequent(self, limit: int = 50, status: str | None = None) -> list[UnansweredQuestion]:
        """The questions asked most often, of equals the latest first.

        Raises:
            StoreError: the file cannot be read.
        """
        if not self._path.is_file():
            return []
        with opened(self._path, _SCHEMA) as connection:
            rows = connection.execute(
                "SELECT text, status, count, first, last FROM unanswered WHERE ?1 IS NULL OR status = ?1 "
                "ORDER BY count DESC, last DESC, question LIMIT ?2",
                (status, limit),
            ).fetchall()
        return [UnansweredQuestion(*row) for row in rows]
