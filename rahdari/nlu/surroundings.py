"""The settings of the process that Rasa's components and actions run in: nobody hands them any."""

from __future__ import annotations

import os
from functools import lru_cache

from rahdari.settings import VARIABLES, Settings


def settings() -> Settings:
    """What the environment says now. Read once for each state of it: it is asked for twice a turn, at 1 ms."""
    return _read(tuple((name, os.environ.get(name, "")) for name in VARIABLES))


@lru_cache(maxsize=4)
def _read(environment: tuple[tuple[str, str], ...]) -> Settings:
    return Settings.from_environment(dict(environment))
