"""Rasa's tracker store: a window of events in memory and on disk; a turn never waits for the disk's lock.

What is in memory is the truth; the file serves restarts and conversations that memory had to let go. What a turn
leaves that was given up counts no more: the next turn, or the order to forget, may have come before it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from rahdari.serving import attempt
from rahdari.serving.window import WINDOW, window
from rahdari.settings import KEEP_DAYS
from rahdari.store.conversation_file import ConversationFile

REMEMBERED = 200

logger = logging.getLogger(__name__)


class Conversations(TrackerStore):
    """Keeps the last turns of each conversation and every slot, however long ago it was set.

    Can be named in endpoints.yml: `type: rahdari.serving.conversations.Conversations` with `path: ...`.

    Args:
        domain: Rasa sets it once the model is loaded.
        path: the SQLite file; None keeps conversations in memory only.
        limit: events kept of a conversation.
        remembered: conversations held in memory at most.
        days: after which a conversation that nobody went on with is removed.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: Any = None,
        host: str | None = None,
        path: str | Path | None = None,
        limit: int = WINDOW,
        remembered: int = REMEMBERED,
        days: int = KEEP_DAYS,
    ) -> None:
        super().__init__(domain, event_broker)
        self._events: OrderedDict[str, list[Any]] = OrderedDict()
        self._changing = threading.Lock()  # turns are run by several threads
        self._limit = limit
        self._remembered = remembered
        self._file = ConversationFile(Path(path), days, self._let_go) if path is not None else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker's window. Returns at once: writing is behind."""
        await self.stream_events(tracker)
        events = window(list(tracker.events), self._limit)
        with self._changing:
            if attempt.is_over():
                return
            self._remember(tracker.sender_id, events)
            if self._file is not None:
                self._file.put(tracker.sender_id, partial(_as_dicts, events))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was left; None for a new one, or where the file cannot be read."""
        events = self._events.get(sender_id)
        if events is None and self._file is not None:
            events = await self._read(self._file, sender_id)
        if events is None:
            return None
        with self._changing:
            if not attempt.is_over():
                self._remember(sender_id, events)
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Everybody with a conversation."""
        stored = await asyncio.get_running_loop().run_in_executor(None, self._file.senders) if self._file else []
        return sorted({*stored, *self._events})

    def forget(self, sender_id: str) -> None:
        """Remove a conversation from memory and, soon, from the disk."""
        with self._changing:
            self._events.pop(sender_id, None)
            if self._file is not None:
                self._file.forget(sender_id)

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until all is on disk; False when it is not in time."""
        return self._file.flush(timeout) if self._file is not None else True

    def close(self) -> bool:
        """Write what is left; False when something could not be written."""
        return self._file.close() if self._file is not None else True

    async def _read(self, file: ConversationFile, sender_id: str) -> list[Any] | None:
        try:
            stored = await asyncio.get_running_loop().run_in_executor(None, file.get, sender_id)
            return None if stored is None else list(deserialise_events(stored))
        except Exception:
            # A conversation that cannot be read begins anew: an answer without its context beats none.
            logger.exception("a conversation could not be read; it begins anew")
            return None

    def _let_go(self, senders: list[str]) -> None:
        with self._changing:
            for sender in senders:
                self._events.pop(sender, None)

    def _remember(self, sender_id: str, events: list[Any]) -> None:
        self._events[sender_id] = events
        self._events.move_to_end(sender_id)
        while len(self._events) > self._remembered:
            self._events.popitem(last=False)


def _as_dicts(events: list[Any]) -> list[dict[str, Any]]:
    return [event.as_dict() for event in events]
