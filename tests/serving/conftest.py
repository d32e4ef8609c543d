"""A model of a few words, trained in a second: turns that go right and wrong in every way, without the real bot."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

WORDS = ("say", "remember", "recall", "raise", "wait", "block", "nothing", "reject", "badly", "unserialisable")
OUT_OF_RULES = "unruled"


def _domain() -> str:
    intents = "".join(f"  - {word}\n" for word in (*WORDS, OUT_OF_RULES))
    actions = "".join(f"  - action_{word}\n" for word in WORDS)
    return (
        f'version: "3.1"\nintents:\n{intents}actions:\n{actions}'
        "slots:\n  note:\n    type: any\n    influence_conversation: false\n    mappings:\n    - type: custom\n"
        "session_config:\n  session_expiration_time: 60\n  carry_over_slots_to_new_session: true\n"
    )


def _training_data() -> str:
    nlu = "".join(f"- intent: {word}\n  examples: |\n    - {word}\n" for word in (*WORDS, OUT_OF_RULES))
    rules = "".join(f"- rule: {word}\n  steps:\n  - intent: {word}\n  - action: action_{word}\n" for word in WORDS)
    return f'version: "3.1"\nnlu:\n{nlu}rules:\n{rules}'


CONFIG = """
recipe: default.v1
assistant_id: tests
language: en
pipeline:
- name: KeywordIntentClassifier
policies:
- name: RulePolicy
  enable_fallback_prediction: false
"""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model's archive."""
    from rahdari.serving.assembly import mend_rasa

    mend_rasa()
    import rasa

    folder = tmp_path_factory.mktemp("project")
    for name, text in (("domain.yml", _domain()), ("config.yml", CONFIG), ("data.yml", _training_data())):
        (folder / name).write_text(text, encoding="utf-8")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Rasa's, about its own imports and about these few words
        result = rasa.train(
            str(folder / "domain.yml"), str(folder / "config.yml"), [str(folder / "data.yml")], str(folder / "models")
        )
    return Path(result.model)


@pytest.fixture(scope="session")
def executor() -> Any:
    """Actions that say something, and actions that fail."""
    from rasa_sdk.executor import ActionExecutor

    from tests.serving import failing_actions

    executor = ActionExecutor()
    for action in failing_actions.ALL:
        executor.register_action(action)
    return executor


@pytest.fixture()
def make_agent(model: Path, executor: Any, tmp_path: Path) -> Callable[..., Any]:
    """Makes agents over the same file of conversations."""
    from rahdari.serving.assembly import load_agent

    def make(actions: Any = executor, path: Path | None = tmp_path / "conversations.sqlite") -> Any:
        return load_agent(model, path, actions)

    return make


@pytest.fixture()
def make_bot(make_agent: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Makes bots with a short limit; their conversations are closed after the test."""
    from rahdari.serving.bot import Bot

    bots: list[Any] = []

    def make(agent: Any = None, limit: float = 1.5) -> Any:
        bots.append(Bot(agent if agent is not None else make_agent(), limit))
        return bots[-1]

    yield make
    from tests.serving import failing_actions

    failing_actions.RELEASE.set()
    time.sleep(0.05)
    failing_actions.RELEASE.clear()
