"""What travels between a reading child process and its parent: jobs down, each with an open file, and frames up."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

HEADER = struct.Struct(">IQ")
"""Before each frame: bytes of its JSON head, and of its body."""
_JOB_BYTES = 65_536


def send_job(connection: socket.socket, job: Mapping[str, str], descriptor: int) -> None:
    """A job of a few short texts, and its file. Raises: OSError where nobody is there."""
    socket.send_fds(connection, [json.dumps(job).encode()], [descriptor])


def receive_job(connection: socket.socket) -> tuple[dict[str, str], int] | None:
    """A job, which comes in one piece, and the descriptor of its file; None when the other end is closed."""
    data, descriptors, _, _ = socket.recv_fds(connection, _JOB_BYTES, 1)
    return (json.loads(data), descriptors[0]) if data else None


def frame(head: Mapping[str, Any], length: int = 0) -> bytes:
    """The beginning of a frame whose body has so many bytes."""
    packed = json.dumps(head).encode()
    return HEADER.pack(len(packed), length) + packed


def send(connection: socket.socket, head: Mapping[str, Any], body: bytes = b"") -> None:
    """A whole frame."""
    connection.sendall(frame(head, len(body)))
    connection.sendall(body)
