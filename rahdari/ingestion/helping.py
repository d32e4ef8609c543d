"""Reading documents for an ingest that runs elsewhere, on this machine or another, into the same store on a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from rahdari.ingestion import fingerprint
from rahdari.ingestion.limiting import SECONDS
from rahdari.ingestion.working import Failure, Load, work, work_through
from rahdari.records import Document
from rahdari.store import Piece, Progress, helping, name_of

WAITING = "waiting for an ingest"
_PAUSE = 1.0  # seconds between two looks whether an ingest has begun


def help_out(
    url: str,
    load: Load,
    progress: Progress = lambda *_: None,
    jobs: int = 1,
    once: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Reads what ingests into a store want to be read, for ever, under the limits that each of them sets.

    Documents of an ingest by another version of the code are left to that version. A helper that is killed loses
    nothing: others take what it was at.

    Args:
        load, progress, jobs: as of rahdari.ingestion.ingest.
        once: end when nothing is left to be read.
        tell: is told when it begins to wait, how many documents were read each time that none is left, and, once,
            when there are some that another version of the code is to read.

    Raises:
        StoreError: the store is in a file, or the database cannot be reached any more.
    """
    with helping(url, fingerprint.code_fingerprint()) as tasks:
        tell(f"Connected to {name_of(url)}, to read what an ingest wants read.")
        told = False
        while True:
            read = failed = 0
            if not told and tasks.others():
                told = True
                tell("An ingest by another version of Rahdari wants documents read; they are left to that version.")
            seconds = tasks.seconds() or SECONDS

            def do(documents: Iterable[Document], total: int, seconds: int = seconds) -> Iterable[Piece | Failure]:
                nonlocal read, failed
                for found in work(documents, load, progress, jobs, seconds, total):
                    yield found
                    read += 1
                    failed += isinstance(found, Failure)

            work_through(tasks, do)
            if read or once:
                progress(WAITING, 0, 0, "")
                tell(f"Read {read:,} documents{f'; {failed:,} not understood' if failed else ''}.")
            if once:
                return
            time.sleep(_PAUSE)
