"""A thread with an event loop of its own in which turns are run, so that nothing in a turn can stop the server.

Rasa runs a turn on the loop that also reads the sockets: where a turn blocks, on a locked database or in a
regular expression, nobody else is heard, and no time limit fires. Here the server's loop only waits; a worker
that got stuck is left to itself and another takes over.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

BEAT_SECONDS = 0.25


class Worker:
    """One thread, one loop: turns interleave where they await, as in Rasa's own server."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._moved = time.monotonic()
        self._loop.call_soon(self._beat)
        self._thread = threading.Thread(target=self._run, name="turns", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Start something in the worker's loop; cancelling the future cancels it there."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stuck(self, after: float) -> bool:
        """Whether the loop has not moved for `after` seconds, to the quarter of a second."""
        return time.monotonic() - self._moved > after + BEAT_SECONDS

    def retire(self) -> None:
        """Stop once what is under way has ended. Returns at once."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._finish(), self._loop)

    def join(self, timeout: float) -> bool:
        """Wait for the thread to end; False when it has not."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _beat(self) -> None:
        self._moved = time.monotonic()
        self._loop.call_later(BEAT_SECONDS, self._beat)

    def _run(self) -> None:
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    async def _finish(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)
        self._loop.call_soon(self._loop.stop)
