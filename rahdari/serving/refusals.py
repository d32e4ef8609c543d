"""What Sanic itself refuses, before a route or instead of one, told in the form of the REST channel.

`{"error": "<one sentence>"}` with Sanic's status, instead of a form of its own.
"""

from __future__ import annotations

import logging
from typing import Any

from rahdari.channels.replies import sentence

_SENTENCES = {404: "no_route", 405: "bad_method", 408: "slow_body", 413: "huge_body"}

logger = logging.getLogger(__name__)


def install(app: Any) -> None:
    """Have a Sanic application tell so, and of its own failures too."""
    from sanic.response import json

    async def refuse(_: Any, error: Exception) -> Any:
        status = int(getattr(error, "status_code", 500))
        if status >= 500:
            logger.error("a request failed", exc_info=error)
        name = _SENTENCES.get(status, "bad_request" if status < 500 else "failed")
        return json({"error": sentence(name)}, status=status, headers=getattr(error, "headers", None) or {})

    app.error_handler.add(Exception, refuse)
