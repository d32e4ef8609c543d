"""One writer at a time. The lock is the system's: a process that is killed has let go of it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rahdari.errors import StoreBusy, StoreError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Holds the lock of the store in this file.

    Raises:
        StoreBusy: another process holds it.
        StoreError: the folder cannot be written to.
    """
    lock = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"the store cannot be written to {path.parent}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise StoreBusy(
                f"another ingest is writing to {path} (process {holder}); wait until it has ended, or end it: "
                "what it has read is kept"
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
