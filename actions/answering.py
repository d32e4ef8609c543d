"""The bot's two actions. What is answered, and how, is decided in rahdari.answering."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from rahdari import bootstrap
from rahdari.channels.feedback import CHANNELS
from rahdari.channels.replies import sentence
from rahdari.channels.sources import whereabouts
from rahdari.channels.text import marked, render
from rahdari.nlu.surroundings import settings
from rahdari.records import Answer, Link, Memory, Question
from rahdari.store import GivenAnswer

logger = logging.getLogger(__name__)

NO_HINT = (None, "nlu_fallback")
TERMINAL = "cmdline"
LISTEN = "action_listen"
Events = list[dict[str, Any]]


class ActionAnswer(Action):
    """Answers the latest message, and remembers what it was about.

    An answer ends the turn. Rasa needs to be told so where this action is its fallback, which no rule ends.
    """

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        answer = answer_to(tracker)
        say(dispatcher, answer, tracker.get_latest_input_channel())
        memory = answer.memory
        slots = {"focus": list(memory.focus), "last_answer": dict(memory.last_answer), "status": answer.status}
        return [*(SlotSet(name, value) for name, value in slots.items()), FollowupAction(LISTEN)]


class ActionStartOver(Action):
    """Forgets what the conversation was about."""

    def name(self) -> str:
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return [AllSlotsReset()]


def question_of(tracker: Tracker) -> Question:
    """The latest message as the answering side sees it. A fallback gives no hint."""
    message = tracker.latest_message
    text = message.get("text") or ""
    intent = message.get("intent") or {}
    name = intent.get("name")
    links = tuple(link_of(entity, text) for entity in message.get("entities") or () if "id" in entity)
    return Question(
        text=text,
        intent=None if name in NO_HINT else name,
        confidence=0.0 if name in NO_HINT else float(intent.get("confidence") or 0.0),
        links=links if links or message.get("linked") else None,
        memory=memory_of(tracker),
    )


def memory_of(tracker: Tracker) -> Memory:
    """What the turn before left in the slots; what is of another type than an answer leaves counts as nothing."""
    focus, last_answer = tracker.get_slot("focus"), tracker.get_slot("last_answer")
    return Memory(
        tuple(each for each in focus if isinstance(each, str)) if isinstance(focus, (list, tuple)) else (),
        last_answer if isinstance(last_answer, dict) else {},
    )


def link_of(entity: dict[str, Any], text: str) -> Link:
    """An entity of the message as the linker found it."""
    start, end = entity["start"], entity["end"]
    score = entity.get("confidence_entity", 1.0)
    return Link(start, end, text[start:end], entity["id"], entity["entity"], entity["value"], score)


def answer_to(tracker: Tracker) -> Answer:
    """The answer to the latest message; where anything fails, one plain sentence, and the memory as it was."""
    try:
        question = question_of(tracker)
        answer = bootstrap.answerer(settings()).answer(question)
        note(question, answer, tracker)
        return answer
    except Exception:
        logger.exception("a question could not be answered")
        return Answer(uuid.uuid4().hex, "unknown", sentence("failed"), memory=memory_of(tracker))


def note(question: Question, answer: Answer, tracker: Tracker) -> None:
    """Keep an answer for whoever says what they think of it, where the channel lets them."""
    channel = tracker.get_latest_input_channel()
    if channel not in CHANNELS:
        return
    documents = tuple(dict.fromkeys(citation.document for citation in answer.citations))
    given = GivenAnswer(answer.id, question.text, answer.understood, answer.status, answer.text, documents)
    bootstrap.given_answers(settings()).note(given, tracker.sender_id, lasting=CHANNELS[channel])


def say(dispatcher: CollectingDispatcher, answer: Answer, channel: str | None) -> None:
    """Text and sources for a terminal; for all other channels the text, then the whole Answer for programs."""
    if channel == TERMINAL:
        dispatcher.utter_message(text=render(answer, whereabouts(answer.as_dict()).places))
        return
    dispatcher.utter_message(text=marked(answer))
    dispatcher.utter_message(json_message={"answer": answer.as_dict()})
