"""Who a visitor is: a random id that the server gave out and signed, so that nobody can pass for another.

A token is `<visitor>.<issued>.<signature>`: 16 random bytes, seconds since 1970, and the HMAC-SHA256 of both under a
key that never leaves `secret` in RAHDARI_HOME.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import os
import re
import secrets
import time
from functools import cached_property
from pathlib import Path

from rahdari.channels.incoming import BadMessage
from rahdari.settings import KEEP_DAYS

DAY_SECONDS = 24 * 3600
LIFETIME = KEEP_DAYS * DAY_SECONDS
KEY_BYTES = 32
_TOKEN = re.compile(r"([A-Za-z0-9_-]{22})\.(\d{1,12})\.([A-Za-z0-9_-]{43})", re.ASCII)
_AHEAD = 300  # seconds that another server's clock may be ahead

logger = logging.getLogger(__name__)


class Sessions:
    """Gives out tokens and reads them.

    Args:
        home: the folder for `secret`, which is made at the first use.
        lifetime: seconds after which a token counts no more.
    """

    def __init__(self, home: Path, lifetime: float = LIFETIME) -> None:
        self._path = home / "secret"
        self._lifetime = lifetime

    def issue(self, visitor: str | None = None, now: float | None = None) -> str:
        """A token for a new visitor, or a fresh one for a visitor who has one."""
        body = f"{visitor or _text(secrets.token_bytes(16))}.{int(time.time() if now is None else now)}"
        return f"{body}.{self._sign(body)}"

    def visitor(self, token: str, now: float | None = None) -> str:
        """Whose token it is. Raises BadMessage, status 401, where it was not given out here or has run out."""
        parts = _TOKEN.fullmatch(token)
        if parts is None or not hmac.compare_digest(self._sign(f"{parts[1]}.{parts[2]}"), parts[3]):
            raise BadMessage("bad_session", 401)
        age = self._age(parts, now)
        if not -_AHEAD <= age < self._lifetime:
            raise BadMessage("bad_session", 401)
        return parts[1]

    def renewed(self, token: str, now: float | None = None) -> str | None:
        """A fresh token where this one has lived half its time, else None. Raises as `visitor`."""
        visitor, parts = self.visitor(token, now), _TOKEN.fullmatch(token)
        assert parts is not None
        return self.issue(visitor, now) if self._age(parts, now) > self._lifetime / 2 else None

    def _age(self, parts: re.Match[str], now: float | None) -> float:
        return (time.time() if now is None else now) - int(parts[2])

    def _sign(self, body: str) -> str:
        return _text(hmac.new(self._key, body.encode(), hashlib.sha256).digest())

    @cached_property
    def _key(self) -> bytes:
        try:
            return _kept_key(self._path)
        except OSError as error:
            logger.error("%s cannot be used (%s); sessions end with this process", self._path, error)
            return secrets.token_bytes(KEY_BYTES)


def _kept_key(path: Path) -> bytes:
    """The key in a file of mode 0600, made where there is none. Of two processes that make it, one wins for both.

    Raises OSError where it cannot be read or written.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise OSError(f"it has {len(key)} bytes instead of {KEY_BYTES}; remove it, and sessions begin anew")
    return key


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
