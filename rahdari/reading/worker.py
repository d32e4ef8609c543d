"""The child process that reads files which others wrote: `python -m rahdari.reading.worker SOCKET`.

Before its first job it gives up what a reader does not need. Its limits leave it one descriptor more than it has,
and that one is the file of the job: it can open no other file, no socket and no pipe, whatever the file makes it do.
It can write no file, start no process, take no more than so much memory, and no more than so many seconds a job.
rahdari.reading.confined is the other end.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import pkgutil
import resource
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from io import BytesIO

from rahdari.errors import DocumentError, ScannedDocument
from rahdari.reading import docx_files, pdf_files, samples
from rahdari.reading.formats import READERS, UNPACKERS
from rahdari.reading.frames import frame, receive_job, send
from rahdari.reading.limits import LIMITS, Limits


def main() -> None:
    """Serves jobs until the other end is closed."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(**json.loads(sys.argv[2]))
    _prepare()
    _confine(limits, connection.fileno())
    send(connection, {"kind": "ready"})
    while True:
        received = receive_job(connection)
        if received is None:
            return
        job, descriptor = received
        _allow(limits.seconds)
        _serve(connection, job, descriptor, limits)
        os.close(descriptor)


def _serve(connection: socket.socket, job: Mapping[str, str], descriptor: int, limits: Limits) -> None:
    name, ending = job["name"], job["ending"]
    try:
        if job["task"] == "read":
            with open(descriptor, "rb", closefd=False) as file:
                metadata, text = READERS[ending].read(file.read(), name)
            send(connection, {"kind": "text", "metadata": asdict(metadata)}, text.encode("utf-8", "surrogatepass"))
        elif job["task"] == "pictures":
            pages = json.loads(job["pages"])
            _pictures(connection, name, descriptor, limits, pages)
        elif job["task"] == "pictured":
            with open(descriptor, "rb", closefd=False) as file:
                held = pdf_files.pictured(file.read(), json.loads(job["pages"]))
            send(connection, {"kind": "pages"}, json.dumps(held).encode())
            send(connection, {"kind": "end"})
        else:
            _unpack(connection, name, ending, descriptor, limits)
    except DocumentError as error:
        send(connection, {"kind": "failed", "reason": str(error), "scan": isinstance(error, ScannedDocument)})
    except BrokenPipeError:
        raise  # nobody listens any more
    except Exception as error:  # a reader's own fault, on a file that somebody made: named, and nothing else suffers
        causes = list(_causes(error))
        if any(isinstance(cause, MemoryError) for cause in causes):
            # What the reader held may be in any state: this process has had its day.
            os.write(connection.fileno(), frame({"kind": "memory"}))
            os._exit(1)
        send(connection, {"kind": "failed", "reason": f"{name} {_fault(causes, ending)}"})


def _pictures(
    connection: socket.socket, name: str, descriptor: int, limits: Limits, pages: Sequence[int] | None
) -> None:
    with open(descriptor, "rb", closefd=False) as file:
        data = file.read()
    for picture in pdf_files.pictures(data, name, limits, pages):
        send(connection, {"kind": "picture"}, picture)
        _allow(limits.seconds)
    send(connection, {"kind": "end"})


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and those that libraries wrapped in it."""
    following: list[object] = [error]
    for _ in range(20):
        one = following.pop(0) if following else None
        if isinstance(one, BaseException):
            yield one
            following += [one.__cause__ or one.__context__, *one.args]


def _fault(causes: Sequence[BaseException], ending: str) -> str:
    if any(isinstance(cause, RecursionError) for cause in causes):
        return "is nested too deeply; give a flatter version"
    if any(isinstance(cause, OSError) and cause.errno == errno.EMFILE for cause in causes):
        return "wants another file or an address opened, which is not done; give a version that stands by itself"
    what = " ".join(str(causes[0]).split())[:200]
    return f"cannot be read as {ending[1:]}: {type(causes[0]).__name__}{': ' if what else ''}{what}"


def _unpack(connection: socket.socket, name: str, ending: str, descriptor: int, limits: Limits) -> None:
    with open(descriptor, "rb", closefd=False) as file:
        for part in UNPACKERS[ending](file, name, limits):
            if isinstance(part, list):
                send(connection, {"kind": "names"}, json.dumps(part).encode())
            elif part.data is None:
                send(connection, {"kind": "left out", "name": part.name, "reason": part.reason})
            else:
                send(connection, {"kind": "member", "name": part.name}, part.data)
            _allow(limits.seconds)
    send(connection, {"kind": "end"})


def _prepare() -> None:
    """Loads all that a reader loads when it is first used: afterwards no file can be opened."""
    import encodings

    for module in pkgutil.iter_modules(encodings.__path__):
        try:
            importlib.import_module(f"encodings.{module.name}")
        except ImportError:  # those of other systems
            continue
    pdf_files.hold_character_maps()
    pdf_files.hold_ciphers()
    docx_files.hold_template()
    for ending, data in samples.all_samples().items():
        if ending in READERS:
            READERS[ending].read(data, f"sample{ending}")
        if ending in UNPACKERS:
            for _ in UNPACKERS[ending](BytesIO(data), f"sample{ending}", LIMITS):
                pass
        if ending == ".pdf":
            for pages in (None, [0]):
                for _ in pdf_files.pictures(data, "sample.pdf", LIMITS, pages):
                    pass
            pdf_files.pictured(data, [0])


def _confine(limits: Limits, kept: int) -> None:
    spare = os.dup(0)  # the lowest free number: the file of a job gets it
    os.close(spare)
    os.closerange(spare, kept)
    os.closerange(kept + 1, kept + 1024)
    for what, most in (
        (resource.RLIMIT_NOFILE, spare + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        resource.setrlimit(what, (most, most))
    try:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    except ValueError:
        pass  # not every system has it


def _allow(seconds: int) -> None:
    """So many seconds of processor time from now on; then the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
