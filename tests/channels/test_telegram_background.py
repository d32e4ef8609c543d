"""Work behind an acknowledged request: in order, bounded, and none lost without a word."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from rahdari.channels.background import Background


def test_jobs_of_one_key_run_in_order_and_others_beside_them() -> None:
    async def scenario() -> None:
        work, done, gate = Background(), [], asyncio.Event()

        async def job(name: str, wait: bool = False) -> None:
            if wait:
                await gate.wait()
            done.append(name)

        work.start("a", partial(job, "a1", True))
        work.start("a", partial(job, "a2"))
        work.start("b", partial(job, "b1"))
        await asyncio.sleep(0.01)
        assert done == ["b1"]
        gate.set()
        assert await work.finish(1) == 0
        assert done == ["b1", "a1", "a2"]
        assert len(work) == 0

    asyncio.run(scenario())


def test_a_job_that_fails_is_logged_and_the_next_runs(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        work, done = Background(), []

        async def fails() -> None:
            raise ValueError("no luck")

        async def works() -> None:
            done.append(1)

        work.start("a", fails)
        work.start("a", works)
        await work.finish(1)
        assert done == [1]

    asyncio.run(scenario())
    assert "no luck" in caplog.text


def test_there_is_room_again_when_a_job_has_ended() -> None:
    async def scenario() -> None:
        work, gate = Background(most=2), asyncio.Event()
        for key in "ab":
            work.start(key, gate.wait)  # type: ignore[arg-type]
        assert work.full
        waiting = asyncio.ensure_future(work.room())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        gate.set()
        await asyncio.wait_for(waiting, 1)
        assert not work.full

    asyncio.run(scenario())


def test_a_job_that_another_starts_at_the_end_is_waited_for_too() -> None:
    async def scenario() -> None:
        work, done = Background(), []

        async def second() -> None:
            await asyncio.sleep(0.01)
            done.append(2)

        async def first() -> None:
            await asyncio.sleep(0.01)
            work.start("b", second)

        work.start("a", first)
        assert await work.finish(1) == 0
        assert done == [2]

    asyncio.run(scenario())


def test_what_does_not_end_in_time_is_ended_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        work = Background()
        for _ in range(3):
            work.start("a", partial(asyncio.sleep, 60))
        assert await work.finish(0.02) == 3
        assert await work.finish(0.02) == 0

    asyncio.run(scenario())
    assert "3 replies were still under way" in caplog.text
