"""The bot's parts put together: a trained model, actions in the process, conversations in a file."""

from __future__ import annotations

import asyncio
import logging
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rahdari.errors import ModelError, StoreError
from rahdari.settings import Settings, project_root

if TYPE_CHECKING:
    from rahdari.serving.bot import Bot

_NOBODY = "nobody"

logger = logging.getLogger(__name__)


def load_bot(settings: Settings, keep: bool = True) -> Bot:
    """The bot that these settings describe.

    Args:
        settings: names the model, the store and where conversations are kept.
        keep: whether conversations outlive this process.

    Raises:
        ModelError: there is no model, or it cannot be loaded.
    """
    mend_rasa()
    from rahdari.serving.bot import Bot
    from rahdari.serving.conversations import Conversations

    path = settings.home / "conversations" / "conversations.sqlite" if keep else None
    conversations = Conversations(path=path, days=settings.keep_days)
    agent = load_agent(settings.model, conversations, project_actions())
    return Bot(agent, conversations=conversations, store=partial(_about_store, settings))


def warm_up(bot: Bot) -> None:
    """Let the bot greet and answer once, so that the first person waits for nothing to be opened."""
    from rahdari import bootstrap
    from rahdari.records import Question

    asyncio.run(_greet(bot))
    settings = Settings.from_environment()  # as the actions do, whose objects are to be warm
    try:
        entity = next(iter(bootstrap.store(settings).entities()), None)
        if entity is not None:
            question = Question(f"What do the documents say about {entity.name}?", "describe", 1.0)
            bootstrap.answerer(settings).answer(question, keep=False)
    except Exception:
        logger.exception("the first answer failed; those of people may, too")


async def _greet(bot: Bot) -> None:
    await bot.handle("hello", _NOBODY)
    await bot.forget(_NOBODY)


def load_agent(model: Path | None, conversations: Any, actions: Any) -> Any:
    """A Rasa agent as this project serves it: no TensorFlow, Rasa's slow spots mended, actions inside.

    Args:
        model: a trained model's archive.
        conversations: the tracker store.
        actions: rasa_sdk's executor, holding the actions.

    Raises:
        ModelError: there is no model, or it cannot be loaded.
    """
    if model is None:
        raise ModelError("there is no trained model; run `rahdari train`, or name one with RAHDARI_MODEL")
    if not model.is_file():
        raise ModelError(f"the model {model} is not there; run `rahdari train`, or name another with RAHDARI_MODEL")
    mend_rasa()
    from rasa.core.agent import Agent

    from rahdari.serving.actions import InProcessActions

    with warnings.catch_warnings():
        # Rasa says the first whenever it reads a domain with slots; the others are its dependencies' own affair.
        warnings.filterwarnings("ignore", "Slot auto-fill has been removed", UserWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return Agent.load(model, tracker_store=conversations, action_endpoint=InProcessActions(actions))
        except Exception as error:  # Rasa's loading raises whatever its components raise
            raise ModelError(f"the model {model} cannot be loaded ({error}); train it: `rahdari train`") from error


def mend_rasa() -> None:
    """Every workaround for Rasa, each in a module of its own that says why."""
    from rahdari.nlu import lean

    lean.install()

    from rahdari.serving import empty_domain, event_types, graph_runs, intent_rules, logs, validation

    logs.quiet_rasa()
    validation.install()
    event_types.install()
    graph_runs.install()
    empty_domain.install()
    intent_rules.install()


def project_actions() -> Any:
    """An executor with the actions of the project's `actions` package."""
    from rahdari.serving.actions import load_actions

    root = str(project_root())
    if root not in sys.path:
        sys.path.insert(0, root)
    return load_actions()


def _about_store(settings: Settings) -> dict[str, Any]:
    from rahdari import bootstrap

    try:
        store = bootstrap.store(settings)
        store.refresh()
    except StoreError:
        return {"version": None, "documents": 0}
    return {"version": store.version, "documents": store.document_count}
