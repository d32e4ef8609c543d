"""Pictures of pages read by tesseract, where it is installed: each in a child process with limits.

The picture is made by the confined reader (rahdari.reading.worker): what tesseract gets is pixels, no file of others.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from functools import cache
from statistics import median

from rahdari.errors import UnreadableDocument
from rahdari.reading.limits import Limits
from rahdari.reading.pdf_pages import Page, Word

DPI = 300
GET_IT = "install tesseract (Debian: `apt install tesseract-ocr`) to have it read"
_WORD = "5"  # level of a row that holds a word; https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html
_COLUMNS = 12
_POINTS = 72 / DPI


def program() -> str | None:
    """The path of tesseract; None where it is not installed."""
    return shutil.which("tesseract")


def present() -> str:
    """Which tesseract is installed, with its languages: `tesseract 5.3.0 eng+urd`; empty where none is."""
    path = program()
    if path is None:
        return ""
    try:
        return f"{version(path)} {languages(path)}"
    except UnreadableDocument as error:
        return str(error)


@cache
def version(program: str) -> str:
    """`tesseract 5.3.0`, kept with each document that was read by it."""
    return " ".join(_said([program, "--version"]).split()[:2])


@cache
def languages(program: str) -> str:
    """All that are installed, as tesseract takes them: `eng+urd`. Raises: UnreadableDocument."""
    found = [line.strip() for line in _said([program, "--list-langs"]).splitlines()[1:]]
    chosen = sorted(name for name in found if name and name != "osd" and "/" not in name)
    if not chosen:
        raise UnreadableDocument("tesseract has no language; install one (Debian: `apt install tesseract-ocr-eng`)")
    return "+".join(chosen)


def page(picture: bytes, name: str, limits: Limits) -> Page:
    """The words of a page.

    Args:
        picture: of 300 dots an inch, in a format that tesseract reads.
        name: of the document, for errors.

    Raises:
        UnreadableDocument: tesseract takes too long or fails.
    """
    path = program()
    if path is None:
        raise UnreadableDocument(f"{name} is a scan; {GET_IT}")
    command = [path, "stdin", "stdout", "--dpi", str(DPI), "-l", languages(path), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=3 * limits.seconds,
            env=_environment(),
            preexec_fn=lambda: _confine(limits),
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(f"{name}: tesseract takes longer than {limits.seconds} seconds for a page") from error
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise UnreadableDocument(f"{name}: tesseract cannot read a page of it ({done.returncode}) {said}".rstrip())
    return _page(done.stdout.decode("utf-8", "replace"))


def _page(table: str) -> Page:
    rows = [row for line in table.splitlines()[1:] if len(row := line.split("\t", _COLUMNS - 1)) == _COLUMNS]
    boxes = [tuple(_POINTS * int(cell) for cell in row[6:10]) for row in rows]
    words = [(row[11].strip(), box) for row, box in zip(rows, boxes) if row[0] == _WORD and row[11].strip()]
    # A word's box is as high as its letters, which says little of the size of type: all are taken as of one size.
    size = round(median(box[3] for _, box in words), 1) if words else 0.0
    width, height = (max((box[side] for box in boxes), default=0.0) for side in (2, 3))
    return Page(width, height, [Word(text, x, y, x + w, y + h, size) for text, (x, y, w, h) in words])


def _said(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=30, env=_environment())
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnreadableDocument(f"tesseract does not start: {error}") from error
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """One thread, and nothing of this process but where tesseract's data may lie."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8"}


def _confine(limits: Limits) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
