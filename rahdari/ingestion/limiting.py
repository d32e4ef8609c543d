"""A limit on the processor time that one document may take: a text that was made to take hours is given up.

Processor time, not time by the clock: what is read on a busy machine is the same.
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rahdari.records import Document

SECONDS = 60
"""What a document may take, where nothing else is set: extraction takes 3 seconds for 50,000 characters of prose."""
_CHARACTERS = 500_000  # a longer document may take as much more as it is longer


class TooLong(BaseException):
    """The time is over. No Exception, so that nobody on its way takes it for a mistake of their own."""


def allowed(document: Document, seconds: int) -> float:
    """Seconds of processor time that a document may take, where `seconds` are for one of usual length."""
    return seconds * max(1.0, len(document.text) / _CHARACTERS)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends the block with TooLong after so many seconds of processor time of this process.

    Code that is compiled is ended when it comes back to Python. Only the main thread can be limited.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _end)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # again each second, should one be lost in a callback
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def end_process_after(seconds: float) -> None:
    """Has the kernel end this process after so many more seconds of processor time, whatever it does then."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _end(_: int, __: FrameType | None) -> None:
    raise TooLong
