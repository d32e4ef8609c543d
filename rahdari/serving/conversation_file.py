"""Conversations on disk: one row each in an SQLite file, written by a thread of its own.

Rasa's SQLTrackerStore talks to the database from the event loop: while another process holds a lock, every user
waits. Here a turn hands its conversation over and goes on; the thread writes the latest state of each. A write
that fails is kept and tried again, and the log says so once.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Events = list[dict[str, Any]]
RETRY_SECONDS = 1.0
READ_TIMEOUT = 1.0
WRITE_TIMEOUT = 10.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS conversations (sender TEXT PRIMARY KEY, updated REAL NOT NULL, events TEXT NOT NULL)"
)

logger = logging.getLogger(__name__)


class ConversationFile:
    """Reads at once, writes behind. Safe to use from several threads.

    Args:
        path: the SQLite file; it and its folder are made when they are missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
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
            self._waiting[sender] = events
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
        connection = self._connect(READ_TIMEOUT)
        try:
            row = connection.execute("SELECT events FROM conversations WHERE sender = ?", (sender,)).fetchone()
        finally:
            connection.close()
        return None if row is None else list(json.loads(row[0]))

    def senders(self) -> list[str]:
        """Everybody with a conversation on disk."""
        if not self._path.exists():
            return []
        connection = self._connect(READ_TIMEOUT)
        try:
            return [sender for (sender,) in connection.execute("SELECT sender FROM conversations ORDER BY sender")]
        finally:
            connection.close()

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
        connection.execute(_TABLE)
        return connection

    def _write_forever(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if self._closing:
                    return
                batch = self._under_way = self._waiting
                self._waiting = {}
            written = self._write(batch)
            with self._changed:
                self._under_way = {}
                if not written:
                    self._waiting = {**batch, **self._waiting}
                self._changed.notify_all()
                if not written:
                    self._changed.wait_for(lambda: self._closing, RETRY_SECONDS)

    def _write(self, batch: dict[str, Callable[[], Events]]) -> bool:
        """Write all of a batch, or nothing of it."""
        now = time.time()
        try:
            states = {sender: events() for sender, events in batch.items()}
            rows = [(sender, now, json.dumps(state)) for sender, state in states.items() if state]
            gone = [(sender,) for sender, state in states.items() if not state]
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = self._connect(WRITE_TIMEOUT)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?)", rows)
                    connection.executemany("DELETE FROM conversations WHERE sender = ?", gone)
            finally:
                connection.close()
        except Exception as error:
            if not self._failing:
                logger.error("conversations cannot be written to %s (%s); kept and tried again", self._path, error)
            self._failing = True
            return False
        if self._failing:
            logger.warning("conversations are written to %s again", self._path)
        self._failing = False
        return True
