"""Waiting for files to change, by looking at them again and again.

Looking works everywhere, on network folders and in containers too, where the system tells of no changes; a look at
ten thousand files takes some 0.1 s.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rahdari.reading.walking import matters

_EVERY = 1.0  # seconds

State = dict[str, tuple[int, int, int, int]]


def changes(paths: Sequence[Path], sleep: Callable[[float], None] = time.sleep) -> Iterator[bool]:
    """Yields True at once, then False whenever the files at these paths have changed and then rested for a second.

    A change that comes while the caller is busy is told of when they come back.
    """
    seen = _state(paths)
    yield True
    while True:
        now = seen
        while now == seen:
            sleep(_EVERY)
            now = _state(paths)
        while True:  # a file that is being copied is not finished yet
            sleep(_EVERY)
            latest = _state(paths)
            if latest == now:
                break
            now = latest
        seen = now
        yield False


def _state(paths: Sequence[Path]) -> State:
    """Each file with its inode, times of change of content and of inode in ns, and size.

    What cannot be looked at is as good as gone. Of a folder, only files that matter: Rahdari may write there, and each
    ingest would be followed by another.
    """
    found: State = {}
    for start in paths:
        folder = os.path.isdir(start)
        for parent, folders, names in os.walk(start) if folder else [(str(start.parent), [], [start.name])]:
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if folder and not matters(name):
                    continue
                path = os.path.join(parent, name)
                try:
                    stat = os.stat(path)
                except OSError:
                    continue
                found[path] = stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size
    return found
