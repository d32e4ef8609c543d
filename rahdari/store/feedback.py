"""What people think of answers: a small database of its own beside the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from rahdari.store.beside import moment, opened

NAME = "feedback.sqlite"
WORDS_LIMIT = 500  # characters
_SCHEMA = """CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT NOT NULL, channel TEXT NOT NULL, verdict TEXT NOT NULL, words TEXT, time TEXT NOT NULL,
    PRIMARY KEY (answer, channel))"""


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of an answer.

    Attributes:
        answer: the Answer's id.
        channel: where it was given, e.g. `web`.
        verdict: up or down.
        words: at most 500 characters; None where the person said nothing.
        time: ISO 8601 time in UTC.
    """

    answer: str
    channel: str
    verdict: str
    words: str | None
    time: str


class Feedback:
    """The feedback on answers, kept in a folder."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def keep(
        self,
        answer_id: str,
        verdict: Literal["up", "down"],
        words: str | None,
        channel: str,
        now: datetime | None = None,
    ) -> None:
        """Keeps a verdict; a later one on the same answer takes its place, or adds words to it where it is the same.

        Raises:
            StoreError: it cannot be written; nothing else depends on it.
        """
        time = moment(now)
        said = " ".join((words or "").split())[:WORDS_LIMIT] or None
        with opened(self._path, _SCHEMA) as connection, connection:
            connection.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?) ON CONFLICT (answer, channel) DO UPDATE SET "
                "words = CASE WHEN verdict = excluded.verdict THEN coalesce(excluded.words, words) "
                "ELSE excluded.words END, verdict = excluded.verdict, time = excluded.time",
                (answer_id, channel, verdict, said, time),
            )

    def latest(self, limit: int = 50, verdict: str | None = None) -> list[Opinion]:
        """The latest opinions first.

        Raises:
            StoreError: the file cannot be read.
        """
        if not self._path.is_file():
            return []
        with opened(self._path, _SCHEMA) as connection:
            rows = connection.execute(
                "SELECT answer, channel, verdict, words, time FROM feedback WHERE ?1 IS NULL OR verdict = ?1 "
                "ORDER BY time DESC, rowid DESC LIMIT ?2",
                (verdict, limit),
            ).fetchall()
        return [Opinion(*row) for row in rows]
