"""rasa_sdk actions for the tests of serving: each does what its name says."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

RELEASE = threading.Event()  # lets go of actions that block

Events = list[dict[str, Any]]


class Say(Action):
    def name(self) -> str:
        return "action_say"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        text = str(tracker.latest_message["text"])
        dispatcher.utter_message(text=f"heard: {text}\n\nand a second paragraph [1]")
        answer = {"id": "x", "status": "answered", "text": f"heard: {text}", "citations": [], "facts": []}
        dispatcher.utter_message(json_message={"answer": answer})
        return []


class Linger(Say):
    """Takes a second, as an answer over many documents may."""

    def name(self) -> str:
        return "action_linger"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        time.sleep(1)
        return super().run(dispatcher, tracker, domain)


class Remember(Action):
    def name(self) -> str:
        return "action_remember"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(text="noted")
        return [SlotSet("note", {"text": tracker.latest_message["text"]})]


class Recall(Action):
    def name(self) -> str:
        return "action_recall"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        note = tracker.get_slot("note")
        dispatcher.utter_message(text=f"{len(tracker.events)} events, note: {note['text'] if note else None}")
        return []


class Raise(Action):
    def name(self) -> str:
        return "action_raise"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        raise ZeroDivisionError("as planned")


class Wait(Action):
    """Hangs as an action does that waits for a server."""

    def name(self) -> str:
        return "action_wait"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        await asyncio.sleep(60)
        return []


class Block(Action):
    """Hangs as an action does that waits for a lock: the event loop it runs in stands still."""

    def name(self) -> str:
        return "action_block"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        RELEASE.wait(60)
        return []


class Nothing(Action):
    def name(self) -> str:
        return "action_nothing"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(text="  ")
        return []


class Reject(Action):
    def name(self) -> str:
        return "action_reject"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        raise ActionExecutionRejection(self.name(), "not now")


class Badly(Action):
    """Returns events that break Rasa's schema."""

    def name(self) -> str:
        return "action_badly"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        dispatcher.utter_message(text="said before it broke")
        return [{"event": "slot", "name": 12}]


class Unserialisable(Action):
    def name(self) -> str:
        return "action_unserialisable"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return [SlotSet("note", object())]


ALL = (Say, Linger, Remember, Recall, Raise, Wait, Block, Nothing, Reject, Badly, Unserialisable)
