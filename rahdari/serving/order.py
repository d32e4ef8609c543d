"""One conversation's turns one after the other, in the order they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class TurnOrder:
    """A first-come-first-served lock for each conversation, forgotten when nobody wants it.

    Rasa's lock store asks once a second whether it is its turn, so the second of two quick messages waits a
    second for nothing. For one event loop.
    """

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[None]:
        """Holds the conversation for the time of the `with` block."""
        lock, wanted = self._locks.get(conversation) or (asyncio.Lock(), 0)
        self._locks[conversation] = (lock, wanted + 1)
        try:
            async with lock:
                yield
        finally:
            wanted = self._locks[conversation][1] - 1
            if wanted:
                self._locks[conversation] = (lock, wanted)
            else:
                del self._locks[conversation]

    def __len__(self) -> int:
        """How many conversations have a turn under way or waiting."""
        return len(self._locks)
