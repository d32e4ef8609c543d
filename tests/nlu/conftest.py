"""The committed model, as Rasa loads it."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from rahdari.nlu import lean
from rahdari.settings import Settings


@pytest.fixture(scope="session")
def parse(settings: Settings) -> Callable[[str], dict[str, Any]]:
    """A message -> what Rasa's NLU makes of it, with the model that is in git."""
    lean.install()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rasa.core.agent import Agent

        agent = Agent.load(settings.model)
    return lambda text: asyncio.run(agent.parse_message(text))
