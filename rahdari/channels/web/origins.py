"""Which sites' pages may talk to the web channel, and the headers (CORS) that tell a browser so. Pure functions."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit


def may_ask(origin: str | None, host: str, origins: Collection[str]) -> bool:
    """Whether a request may be answered.

    Args:
        origin: the header Origin; a browser sets it, other programs have none.
        host: the header Host.
        origins: what RAHDARI_ORIGINS names.
    """
    if origin is None or "*" in origins or origin.lower() in origins:
        return True
    return bool(host) and urlsplit(origin).netloc.lower() == host.lower()


def headers(origin: str | None, allowed: bool) -> dict[str, str]:
    """What lets a page of that origin read the reply. No cookie is let in: tokens have a header of their own."""
    found = {"Vary": "Origin"}
    if origin is not None and allowed:
        found["Access-Control-Allow-Origin"] = origin
        found["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        found["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        found["Access-Control-Expose-Headers"] = "Retry-After"
        found["Access-Control-Max-Age"] = "600"
    return found
