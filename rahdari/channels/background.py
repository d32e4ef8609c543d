"""Work that goes on after a request was acknowledged: in order, counted, and awaited at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


class Background:
    """Jobs of one event loop. Those with the same key run one after the other, in the order they were started.

    Args:
        most: how many jobs, waiting ones included, are taken at a time.
    """

    def __init__(self, most: int = 200) -> None:
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        """How many jobs are under way or waiting."""
        return len(self._tasks)

    @property
    def full(self) -> bool:
        """Whether whoever has another job should come back later."""
        return len(self._tasks) >= self._most

    async def room(self) -> None:
        """Wait until it is not full."""
        while self.full:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    def start(self, key: str, job: Callable[[], Awaitable[None]]) -> None:
        """Run a job behind those with the same key. What it raises is logged."""
        task = asyncio.get_running_loop().create_task(self._run(self._last.get(key), job))
        self._last[key] = task
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._forget(key, task))

    async def finish(self, seconds: float) -> int:
        """Wait for all jobs, at most so long; then end the rest, and say so in the log.

        Returns:
            How many jobs did not come to their end.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._tasks and loop.time() < end:  # a job may start others
            await asyncio.wait(self._tasks, timeout=end - loop.time())
        late = [task for task in self._tasks if not task.done()]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if late:
            logger.error("%d replies were still under way after %s s and were given up", len(late), seconds)
        return len(late)

    async def _run(self, before: asyncio.Task[None] | None, job: Callable[[], Awaitable[None]]) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            await job()
        except Exception:
            logger.exception("a reply failed")

    def _forget(self, key: str, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(key) is task:
            del self._last[key]
