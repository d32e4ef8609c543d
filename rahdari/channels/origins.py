"""Which sites' pages may talk to the bot, and the headers (CORS) that tell a browser so. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Container


def refusal(origin: str | None, host: str, origins: Collection[str], names: Container[str]) -> str | None:
    """Why a request may not be answered, as wording.tsv names the sentence; None where it may.

    Args:
        origin: the header Origin. A browser sets it, unless a page reads from its own server; other programs have none.
        host: the header Host.
        origins: what RAHDARI_ORIGINS names.
        names: tells whether a Host is the server's own.
    """
    if "*" in origins or (origin is not None and origin.lower() in origins):
        return None
    if origin is not None and not is_own(origin, host):
        return "bad_origin"
    return None if host in names else "bad_host"


def is_own(origin: str, host: str) -> bool:
    """Whether an origin is the address that was asked; HTTPS may have ended at a server before this one."""
    return bool(host) and origin.lower().partition("://")[2] == host.lower()


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
