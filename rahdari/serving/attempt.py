"""One attempt at a turn, in the thread that runs it: whether it has begun, and whether it still counts.

A turn that is given up, as too slow or because another thread took over, cannot always be stopped: where it blocks, it
goes on to its end some time later. By then the next turn, or the order to forget, has had its way.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable
from contextvars import ContextVar
from typing import Any


class Attempt:
    """Shared between the loop that waits and the thread that works."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.over = threading.Event()  # ended, or given up

    async def run(self, turn: Awaitable[Any]) -> None:
        """Do the turn as this attempt; in a task of its own."""
        _current.set(self)
        self.begun.set()
        await turn


_current: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


def is_over() -> bool:
    """Whether nobody waits for the attempt that asks any more; False outside of any."""
    attempt = _current.get()
    return attempt is not None and attempt.over.is_set()
