"""Conversations on disk: one row each in an SQLite file, written by a thread of its own.

Rasa's SQLTrackerStore talks to the database from the event loop: while another process holds a lock, every user
waits. Here a turn hands its conversation over and goes on; the thread writes the latest state of each. A write
that fails is kept and tried again, and the log says so once. A file that is damaged is moved aside, and another begun.
What nobody went on with for so many days is removed by the same thread, when it starts and once a day.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

Events = list[dict[str, Any]]
RETRY_SECONDS = 1.0
LINGER_SECONDS = 0.05
READ_TIMEOUT = 1.0
WRITE_TIMEOUT = 10.0
MOST_WAITING = 1000
DAY_SECONDS = 24 * 3600.0
SWEEP_SECONDS = DAY_SECONDS
_TABLE = (
    "CREATE TABLE IF NOT EXISTS conversations (sender TEXT PRIMARY KEY, updated REAL NOT NULL, events TEXT NOT NULL)"
)

logger = logging.getLogger(__name__)


class ConversationFile:
    """Reads at once, writes behind. Safe to use from several threads.

    Args:
        path: the SQLite file; it and its folder are made when they are missing.
        days: after which a conversation is removed, counted from its last write; None keeps all.
        removed: told who was removed for that, in the thread of the file.
        most_waiting: conversations that wait to be written at most; beyond, the one that waits longest is lost.
    """

    def __init__(
        self,
        path: Path,
        days: float | None = None,
        removed: Callable[[list[str]], None] = lambda _: None,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._path = path
        self._days = days
        self._removed = removed
        self._most_waiting = most_waiting
        self._moving = threading.Lock()
        self._waiting: dict[str, Callable[[], Events]] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._under_way: dict[str, Callable[[], Events]] = {}
        self._failing = False
        self._thread = threading.Thread(target=self._write_forever, name="conversations", daemon=True)
        self._thread.start()

    def put(self, sender: str, events: Callable[[], Events]) -> None:
        """Take over the state of a conversation; no events remove it. Returns at once: the thread calls `events`."""
        with self._changed:
            self._waiting.pop(sender, None)
            self._waiting[sender] = events
            self._bound()
            self._changed.notify_all()

    def forget(self, sender: str) -> None:
        """Remove a conversation; returns at once."""
        self.put(sender, list)

    def get(self, sender: str) -> Events | None:
        """The state of a conversation as JSON objects; None where there is none.

        Raises:
            sqlite3.Error, ValueError: the file cannot be read within a second, or holds something else.
        """
        with self._changed:
            waiting = self._waiting.get(sender) or self._under_way.get(sender)
        if waiting is not None:
            return waiting() or None
        if not self._path.exists():
            return None
        rows = self._rows("SELECT events FROM conversations WHERE sender = ?", sender)
        return list(json.loads(rows[0][0])) if rows else None

    def senders(self) -> list[str]:
        """Everybody with a conversation on disk."""
        if not self._path.exists():
            return []
        return [sender for (sender,) in self._rows("SELECT sender FROM conversations ORDER BY sender")]

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until all is written; False when it is not within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._under_way, timeout)

    def close(self, timeout: float = 5.0) -> bool:
        """Write what is left and stop; False when something could not be written in time."""
        done = self.flush(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        return done

    def _connect(self, timeout: float) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=timeout)
        try:
            connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _rows(self, query: str, *values: str) -> list[Any]:
        """What a query finds; nothing where the file is damaged, which then is moved aside."""
        try:
            with closing(self._connect(READ_TIMEOUT)) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._set_aside(error):
                return []
            raise

    def _set_aside(self, error: Exception) -> bool:
        """Whether an error tells of damage, and there is none any more: the damaged file has another name."""
        if type(error) is not sqlite3.DatabaseError:  # a lock, a full disk and the like are of a kind of their own
            return False
        with self._moving:
            if self._sound():
                return True  # the other thread was quicker
            other = self._path.with_name(f"{self._path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
            try:
                for ending in ("-wal", "-shm", ""):
                    part = self._path.with_name(self._path.name + ending)
                    if part.exists():
                        part.replace(other.with_name(other.name + ending))
            except OSError:
                return False
            logger.error(
                "%s is damaged (%s); it is now %s, and conversations begin anew", self._path, error, other.name
            )
            return True

    def _sound(self) -> bool:
        if not self._path.exists():
            return True
        try:
            with closing(self._connect(READ_TIMEOUT)) as connection:
                return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except sqlite3.DatabaseError as error:
            return type(error) is not sqlite3.DatabaseError

    def _bound(self) -> None:
        while len(self._waiting) > self._most_waiting:
            del self._waiting[next(iter(self._waiting))]

    def _write_forever(self) -> None:
        due = time.monotonic()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing, max(0.0, due - time.monotonic()))
                if self._closing:
                    return
            if time.monotonic() >= due:
                self._sweep()
                due = time.monotonic() + SWEEP_SECONDS
            with self._changed:
                if not self._waiting:
                    continue
                self._changed.wait_for(lambda: self._closing, LINGER_SECONDS)  # the reply goes out first
                batch = self._under_way = self._waiting
                self._waiting = {}
            written = self._write(batch)
            with self._changed:
                self._under_way = {}
                if not written:
                    kept = {sender: events for sender, events in batch.items() if sender not in self._waiting}
                    self._waiting = {**kept, **self._waiting}
                    self._bound()
                self._changed.notify_all()
                if not written:
                    self._changed.wait_for(lambda: self._closing, RETRY_SECONDS)

    def _sweep(self) -> None:
        """Remove what nobody went on with; where that fails, the log says so, and it is tried again the next day."""
        if self._days is None or not self._path.exists():
            return
        before = time.time() - self._days * DAY_SECONDS
        try:
            with closing(self._connect(WRITE_TIMEOUT)) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                rows = connection.execute("SELECT sender FROM conversations WHERE updated < ?", (before,)).fetchall()
                with self._changed:
                    gone = [sender for (sender,) in rows if sender not in self._waiting]
                connection.executemany("DELETE FROM conversations WHERE sender = ?", [(sender,) for sender in gone])
        except sqlite3.Error as error:
            if not self._set_aside(error):
                logger.warning("old conversations could not be removed from %s (%s)", self._path, error)
            return
        if gone:
            logger.info(
                "%d conversations of %s were older than %g days and are removed", len(gone), self._path, self._days
            )
            self._removed(gone)

    def _write(self, batch: dict[str, Callable[[], Events]]) -> bool:
        """Write all of a batch, or nothing of it."""
        now = time.time()
        try:
            states = {sender: events() for sender, events in batch.items()}
            rows = [(sender, now, json.dumps(state)) for sender, state in states.items() if state]
            gone = [(sender,) for sender, state in states.items() if not state]
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._commit(rows, gone)
            except sqlite3.DatabaseError as error:
                if not self._set_aside(error):
                    raise
                self._commit(rows, gone)
        except Exception as error:
            if not self._failing:
                logger.error("conversations cannot be written to %s (%s); kept and tried again", self._path, error)
            self._failing = True
            return False
        if self._failing:
            logger.warning("conversations are written to %s again", self._path)
        self._failing = False
        return True

    def _commit(self, rows: list[tuple[str, float, str]], gone: list[tuple[str]]) -> None:
        with closing(self._connect(WRITE_TIMEOUT)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            with connection:
                connection.executemany("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?)", rows)
                connection.executemany("DELETE FROM conversations WHERE sender = ?", gone)
