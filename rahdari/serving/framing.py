"""Where a request's body ends, checked before Sanic reads one.

Workaround: Sanic 21.12 takes any number for a Content-Length. With a negative one its reading loop, which waits for
the bytes left to come down to none, never ends, and with it the whole process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sanic.exceptions import InvalidUsage

from rahdari.channels.replies import sentence


class BadLength(InvalidUsage):
    """The headers do not tell where the body ends; the connection is closed after the reply, status 400."""

    quiet = True


def install(app: Any) -> None:
    """Refuse such requests on every route of a Sanic application, in the form of the REST channel."""
    from sanic.response import json

    async def check(request: Any) -> None:
        headers = request.headers
        if not well_framed(headers.getall("content-length", []), headers.getall("transfer-encoding", [])):
            raise BadLength(sentence("bad_length"))

    async def refuse(_: Any, error: Any) -> Any:
        return json({"error": str(error)}, status=400)

    app.add_signal(check, "http.lifecycle.request")
    app.error_handler.add(BadLength, refuse)


def well_framed(lengths: Sequence[str], encodings: Sequence[str]) -> bool:
    """Whether these headers tell one end of the body: one number of digits, or chunks, or neither for no body."""
    if encodings:
        return list(encodings) == ["chunked"] and not lengths
    return len(set(lengths)) < 2 and all(value.strip().isascii() and value.strip().isdigit() for value in lengths)
