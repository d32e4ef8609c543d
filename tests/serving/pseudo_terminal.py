"""A program in a real pseudo-terminal, with somebody who types and reads."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[@-Z\\-_])")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
GONE = re.compile(r"[^\n]*\n[^\n]*\x1b\[1A\x1b\[2K")
LINE_GONE = re.compile(r"^.*\x1b\[2K", re.MULTILINE)
BELL = "\x07"


def plain(text: str) -> str:
    """What is left on the screen, roughly: without escape sequences and without lines that were taken back."""
    lines = [LINE_GONE.sub("", line) for line in GONE.sub("", text.replace("\r\n", "\n")).split("\n")]
    return "\n".join(ESCAPES.sub("", line).rpartition("\r")[2] for line in lines).replace(BELL, "")


class PseudoTerminal:
    """The program's only terminal: its input, its output, its errors, its Ctrl-C."""

    def __init__(self, command: Sequence[str], variables: Mapping[str, str], columns: int = 60) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        unset = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
        environment = {name: value for name, value in os.environ.items() if name not in unset}

        def take_terminal() -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [sys.executable, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**environment, "TERM": "xterm-256color", "INPUTRC": "/dev/null", "LANG": "C.UTF-8", **variables},
            start_new_session=True,
            preexec_fn=take_terminal,
        )
        os.close(theirs)
        self.everything = ""

    def until(self, end: str = "> ", seconds: float = 20) -> str:
        """All that was written since the last call, once it ends so on the screen; with its escape sequences."""
        written, over = "", time.monotonic() + seconds
        while not plain(written).endswith(end):
            assert time.monotonic() < over, f"no {end!r} in {seconds} s: {written!r}"
            written += self._read(0.1)
        return written

    def types(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def asks(self, line: str) -> str:
        """Type a line, and read up to the next prompt."""
        self.types(line + "\r")
        return self.until().partition("\n")[2]

    def ends(self, seconds: float = 20) -> str:
        """The rest, and the exit status is 0."""
        written, over = "", time.monotonic() + seconds
        while time.monotonic() < over:
            more = self._read(0.1)
            if not more and self.process.poll() is not None:
                break
            written += more
        assert self.process.poll() == 0, written
        return written

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def _read(self, seconds: float) -> str:
        if not select.select([self._ours], [], [], seconds)[0]:
            return ""
        try:
            read = os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # how Linux tells that the other side is closed
            return ""
        self.everything += read
        return read
