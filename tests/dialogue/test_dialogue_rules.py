"""Rules and stories in the committed model: which action follows, whatever was said before."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rahdari.nlu import lean
from rahdari.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
STATUSES = DOMAIN["slots"]["status"]["values"]

lean.install()

Next = Callable[..., list[str]]


@pytest.fixture(scope="module")
def actions_after(settings: Settings) -> Next:
    """(intent, status of the reply before) -> the actions that the policies choose until they listen again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rasa.core.agent import Agent

        agent = Agent.load(settings.model)
    from rasa.shared.core.events import ActionExecuted, AllSlotsReset, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    def follow(intent: str | None, status: str | None = None, turns: int = 1) -> list[str]:
        tracker = DialogueStateTracker("u1", agent.domain.slots)
        tracker.update(ActionExecuted("action_listen"), agent.domain)
        for _ in range(turns if status else 0):
            for event in _turn("describe", status):
                tracker.update(event, agent.domain)
        tracker.update(UserUttered("words", {"name": intent, "confidence": 1.0}), agent.domain)
        chosen: list[str] = []
        while len(chosen) < 5 and (not chosen or chosen[-1] != "action_listen"):
            prediction = agent.processor._predict_next_with_tracker(tracker)  # type: ignore[union-attr]
            chosen.append(agent.domain.action_names_or_texts[prediction.max_confidence_index])
            tracker.update(ActionExecuted(chosen[-1]), agent.domain)
            if chosen[-1] == "action_start_over":
                tracker.update(AllSlotsReset(), agent.domain)
        return chosen

    def _turn(intent: str, status: str | None) -> list[Any]:
        said = UserUttered("before", {"name": intent, "confidence": 1.0})
        return [said, ActionExecuted("action_answer"), SlotSet("status", status), ActionExecuted("action_listen")]

    return follow


@pytest.mark.parametrize("status", [None, *STATUSES])
@pytest.mark.parametrize("intent", [*DOMAIN["intents"], "nlu_fallback"])
def test_every_message_is_answered_once_whatever_the_reply_before_was(
    actions_after: Next, intent: str, status: str | None
) -> None:
    forgets = intent == "start_over" or (intent, status) == ("deny", "clarify")
    expected = ["action_start_over"] * forgets + ["action_answer", "action_listen"]
    assert actions_after(intent, status) == expected


def test_a_long_conversation_changes_nothing(actions_after: Next) -> None:
    assert actions_after("deny", "clarify", turns=30) == ["action_start_over", "action_answer", "action_listen"]
    assert actions_after("choose", "answered", turns=30) == ["action_answer", "action_listen"]


def test_a_message_without_an_intent_is_answered_too(actions_after: Next) -> None:
    assert actions_after(None)[0] == "action_answer"


def test_entities_do_not_change_what_follows() -> None:
    assert all(list(entry.values()) == [{"influence_conversation": False}] for entry in DOMAIN["entities"])


def test_every_rule_and_story_is_named_by_a_sentence() -> None:
    names = []
    for path in [*(ROOT / "data" / "rules").glob("*.yml"), *(ROOT / "data" / "stories").glob("*.yml")]:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        names += [rule["rule"] for rule in content.get("rules", [])]
        names += [story["story"] for story in content.get("stories", [])]
    assert len(names) == len(set(names))
    assert not [name for name in names if len(name.split()) < 2 or any(char.isdigit() for char in name)]
