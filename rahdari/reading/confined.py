"""Reading in a child process: jobs go to it, texts and members come back, and one that overruns is replaced.

What comes back is JSON and bytes, never pickled objects: a child that a file took over can only tell tales.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePath
from types import TracebackType
from typing import Any

from rahdari.errors import ReaderFailed, ScannedDocument, UnreadableDocument
from rahdari.reading.frames import HEADER, send_job
from rahdari.reading.limits import Limits, size
from rahdari.reading.members import Member
from rahdari.reading.metadata import FIELDS, Metadata

_START_SECONDS = 60  # to load the libraries, on a machine that is busy
_HEAD_BYTES = 1 << 20
_PAGES = 1000  # in one job, which is to be short


class Confined:
    """Child processes that read: one for texts, and one for each archive that is open. Started when first needed.

    Use it in a `with`; its end ends them. One thread at a time.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._children: dict[int, _Child] = {}

    def __enter__(self) -> Confined:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for depth in list(self._children):
            self._children.pop(depth).end()

    def read(self, descriptor: int, name: str) -> tuple[Metadata, str]:
        """What the reader of this ending makes of an open file. Raises: UnreadableDocument."""
        for head, body in self._run("read", descriptor, name, 0, 8 * self._limits.characters):
            fields = {field: head["metadata"][field] for field in FIELDS}
            return Metadata(**fields), body.decode("utf-8", "surrogatepass")
        raise UnreadableDocument(f"{name} cannot be read: its reader gave nothing")

    def pictured(self, descriptor: int, name: str, pages: Sequence[int]) -> list[int]:
        """Those of some pages of an open PDF, numbers from 0, that hold a picture. Raises: UnreadableDocument."""
        found: list[int] = []
        for first in range(0, len(pages), _PAGES):
            for _, body in self._run("pictured", descriptor, name, 0, _HEAD_BYTES, pages[first : first + _PAGES]):
                found += map(int, json.loads(body))
        return found

    def pictures(self, descriptor: int, name: str, pages: Sequence[int] | None = None) -> Iterator[bytes]:
        """Some pages of an open PDF, numbers from 0, or all, as pictures, one by one. Raises: UnreadableDocument."""
        for _, body in self._run("pictures", descriptor, name, 0, self._limits.picture_dots + 100, pages):
            yield body

    def unpack(self, descriptor: int, name: str, depth: int) -> Iterator[list[str] | Member]:
        """The names in an open archive, then its members one by one. `depth`: 1 for an archive that lies in none.

        Raises: UnreadableDocument: no more can be got out of it.
        """
        for head, body in self._run("unpack", descriptor, name, depth, self._limits.file_bytes):
            if head["kind"] == "names":
                yield [str(known) for known in json.loads(body)]
            elif head["kind"] == "left out":
                yield Member(str(head["name"]), reason=str(head["reason"]))
            else:
                yield Member(str(head["name"]), body)

    def _run(
        self, task: str, descriptor: int, name: str, depth: int, most: int, pages: Sequence[int] | None = None
    ) -> Iterator[tuple[dict[str, Any], bytes]]:
        child = self._children.get(depth)
        if child is None:
            child = self._children[depth] = _Child(self._limits)
        done = False
        try:
            job = {"task": task, "name": name, "ending": PurePath(name).suffix.lower(), "pages": json.dumps(pages)}
            child.send(job, descriptor)
            while True:
                head, body = child.receive(3 * self._limits.seconds, most)
                kind = head["kind"]
                if kind in ("failed", "end"):
                    done = True
                    if kind == "failed":
                        raise (ScannedDocument if head.get("scan") else UnreadableDocument)(str(head["reason"]))
                    return
                if kind == "memory":
                    raise UnreadableDocument(self._reason(name, "memory"))
                done = kind == "text"
                yield head, body
                if done:
                    return
        except _Lost as lost:
            raise UnreadableDocument(self._reason(name, str(lost))) from None
        finally:
            if not done:
                self._children.pop(depth).end()

    def _reason(self, name: str, how: str) -> str:
        limits = self._limits
        reasons = {
            "time": f"takes longer than {limits.seconds} seconds to read; give a simpler or a shorter version",
            "memory": f"needs more than {size(limits.memory_bytes)} of memory to be read; give a smaller version",
            "size": "holds more than is read of one file; give it in parts",
        }
        return f"{name} {reasons.get(how, f'broke its reader ({how}); give it in another format')}"


class _Lost(Exception):
    """A child that does not answer any more, and how it ended: `time`, `size`, or what the system says of it."""


class _Child:
    """One process and the socket to it."""

    def __init__(self, limits: Limits) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            # It gets nothing of this process but the way to its modules: no secret that stands in the environment.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rahdari.reading.worker", str(theirs.fileno()), json.dumps(asdict(limits))],
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"},
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            self.receive(_START_SECONDS, 0)
        except _Lost as lost:
            self.end()
            raise ReaderFailed(
                f"the process that reads files does not start: {lost}; see that memory is left"
            ) from lost

    def send(self, job: dict[str, str], descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            send_job(self._socket, job, descriptor)
        except OSError as error:
            raise _Lost(self._how()) from error

    def receive(self, seconds: float, most: int) -> tuple[dict[str, Any], bytes]:
        """The next frame: its head, and its body of at most so many bytes."""
        self._deadline = time.monotonic() + seconds
        heads, bodies = HEADER.unpack(self._exactly(HEADER.size))
        if heads > _HEAD_BYTES or bodies > most:
            raise _Lost("size")
        head = json.loads(self._exactly(heads))
        return head, self._exactly(bodies)

    def end(self) -> None:
        """Kills the process where it still runs, and waits for it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()

    def _exactly(self, length: int) -> bytes:
        received = bytearray()
        while len(received) < length:
            self._socket.settimeout(max(self._deadline - time.monotonic(), 0.001))
            try:
                part = self._socket.recv(min(length - len(received), 1 << 20))
            except TimeoutError as error:
                raise _Lost("time") from error
            except OSError as error:
                raise _Lost(self._how()) from error
            if not part:
                raise _Lost(self._how())
            received += part
        return bytes(received)

    def _how(self) -> str:
        try:
            status = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "it closed its socket"
        if status == -signal.SIGXCPU:
            return "time"
        return f"signal {-status}" if status < 0 else f"exit status {status}"
