"""The settings of the process that Rasa's components and actions run in: nobody hands them any."""

from __future__ import annotations

import os
from functools import lru_cache

from rahdari.settings import Settings


def settings() -> Settings:
    """What the environment says now. Read once for each state of it: it is asked for twice a turn, at 1 ms."""
    return _read(tuple(sorted((key, value) for key, value in os.environ.items() if key.startswith("RAHDARI_"))))


@lru_cache(maxsize=4)
def _read(environment: tuple[tuple[str, str], ...]) -> Settings:
    return Settings.from_environment(dict(environment))
