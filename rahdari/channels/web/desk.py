"""What the web channel does for a visitor, apart from HTTP: JSON values in, JSON values out."""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from rahdari import bootstrap
from rahdari.channels.feedback import KeepsFeedback, keeper, rateable
from rahdari.channels.incoming import BadMessage, Incoming, plain, text_of
from rahdari.channels.replies import Message, answer_of, sentence
from rahdari.channels.text import followable
from rahdari.channels.web import documents
from rahdari.channels.web.history import Entry, History, Talk, asked, replied
from rahdari.errors import StoreError
from rahdari.records import Answer, Document, Question
from rahdari.settings import Settings

STARTERS = 3
WORDS_LIMIT = 500
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
Result = TypeVar("Result")
Turn = Callable[[Incoming], Awaitable[list[Message]]]

logger = logging.getLogger(__name__)


class Desk:
    """Serves visitors whom somebody else has made sure of.

    Args:
        turn: what the bot says to a message; never nothing, and never an exception.
        history: the visitors' conversations.
        settings: name the store and the folder that feedback is kept in.
        feedback: where feedback is kept.
    """

    def __init__(self, turn: Turn, history: History, settings: Settings, feedback: KeepsFeedback | None = None) -> None:
        self._turn = turn
        self._history = history
        self._settings = settings
        self._feedback = feedback or keeper(settings)
        self._under_way: dict[tuple[str, str], asyncio.Task[dict[str, Any]]] = {}
        self._greeting: tuple[str, dict[str, Any]] | None = None

    async def message(self, visitor: str, request: dict[str, Any]) -> dict[str, Any]:
        """A question and its answer as entries of the conversation.

        The nonce makes it safe to ask again where a reply got lost: the same one gets the same reply, or waits for
        the turn that is under way. A visitor who goes away in the middle finds the answer when they are back.
        """
        text, nonce = text_of(request), request.get("nonce")
        if not isinstance(nonce, str) or not _NONCE.fullmatch(nonce):
            raise BadMessage("bad_nonce")
        talk = await self._history.talk(visitor)
        if reply := talk.reply_to(nonce):
            return {"entries": [_told(one) for one in (talk.question(nonce), reply) if one]}
        key = (talk.conversation, nonce)
        if key not in self._under_way:
            self._under_way[key] = asyncio.get_running_loop().create_task(self._answer(visitor, talk, nonce, text))
            self._under_way[key].add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(self._under_way[key])

    async def history(self, visitor: str) -> dict[str, Any]:
        """Everything that was said, oldest first."""
        return {"entries": [_told(one) for one in (await self._history.talk(visitor)).entries]}

    async def restart(self, visitor: str) -> tuple[dict[str, Any], str]:
        """Begin anew; gives back the new, empty history and the name of the conversation that is over.

        A turn under way finds that its conversation is over and leaves nothing in the history.
        """
        talk = await self._history.talk(visitor)
        over = talk.conversation
        talk.conversation, talk.entries = Talk().conversation, []
        self._history.keep(visitor, talk)
        return {"entries": []}, over

    async def ended(self, conversation: str) -> None:
        """Wait for the turns of a conversation that are under way."""
        turns = [turn for (name, _), turn in self._under_way.items() if name == conversation]
        if turns:
            await asyncio.wait(turns)

    async def feedback(self, visitor: str, request: dict[str, Any]) -> dict[str, Any]:
        """Keep a verdict on one of this visitor's own answers.

        Raises:
            BadMessage: there is no such answer, or none that can be rated.
        """
        id, verdict, words = request.get("answer"), request.get("verdict"), request.get("words")
        if verdict not in ("up", "down") or not isinstance(id, str) or not isinstance(words, (str, type(None))):
            raise BadMessage("bad_feedback")
        if len(words or "") > WORDS_LIMIT:
            raise BadMessage("bad_feedback")
        talk = await self._history.talk(visitor)
        reply = talk.reply(id)
        if reply is None:
            raise BadMessage("no_answer", 404)
        said = plain(words) if words else None
        if not await _aside(partial(self._feedback.keep, id, verdict, said, "web", visitor)):
            raise BadMessage("feedback_unknown", 404)
        reply["verdict"] = verdict
        self._history.keep(visitor, talk)
        return {"answer": id, "verdict": verdict}

    async def greeting(self) -> dict[str, Any]:
        """What the store holds: the number of documents, a sentence, three questions to begin with."""
        return await _aside(self._greet)

    async def document(self, id: str, start: int, end: int, whole: bool) -> dict[str, Any]:
        """A passage with its surroundings; a plain piece of the text where `whole` is asked for.

        Raises:
            BadMessage: there is no such document, or the passage is not in it.
        """
        document = (await _aside(partial(self._documents, [id]))).get(id)
        if document is None:
            raise BadMessage("no_document", 404)
        if whole:
            return documents.piece(document, start, end)
        try:
            return documents.passage(document, start, end)
        except ValueError as error:
            raise BadMessage("bad_passage") from error

    async def _answer(self, visitor: str, talk: Talk, nonce: str, text: str) -> dict[str, Any]:
        conversation = talk.conversation
        question = talk.question(nonce)
        if question is None:
            question = asked(nonce, text)
            talk.add(question)
            self._history.keep(visitor, talk)
        replies = await self._turn(Incoming(question["text"], conversation))
        answer = answer_of(replies) or _said(replies)
        cited = [citation["document"] for citation in answer.get("citations") or ()]
        found = await _aside(partial(self._documents, cited)) if cited else {}
        links = {document.id: link for document in found.values() if (link := followable(document.source))}
        if talk.conversation != conversation:
            return {"entries": []}  # started over meanwhile
        reply = replied(nonce, answer, links)
        talk.add(reply)
        self._history.keep(visitor, talk)
        return {"entries": [_told(question), _told(reply)]}

    def _documents(self, ids: list[str]) -> dict[str, Document]:
        try:
            store = bootstrap.store(self._settings)
            store.refresh()
            return {id: document for id in ids if (document := store.document(id)) is not None}
        except StoreError as error:
            logger.warning("no document can be looked up: %s", error)
            return {}

    def _greet(self) -> dict[str, Any]:
        try:
            store = bootstrap.store(self._settings)
            store.refresh()
            if self._greeting is None or self._greeting[0] != store.version:
                answer = bootstrap.answerer(self._settings).answer(Question("hello", "greet", 1.0))
                starters = list(answer.suggestions[:STARTERS])
                form = {"documents": store.document_count, "text": answer.text, "starters": starters}
                self._greeting = (store.version, form)
            return self._greeting[1]
        except Exception as error:
            if not isinstance(error, StoreError):
                logger.exception("no greeting could be made")
            return {"documents": 0, "text": sentence("nothing_read"), "starters": []}


def _told(entry: Entry) -> Entry:
    """An entry as the visitor gets it: with a reply, whether it can be rated."""
    return {**entry, "rateable": rateable(entry["answer"])} if entry["who"] == "bot" else entry


def _said(replies: list[Message]) -> dict[str, Any]:
    """Messages without an Answer, as actions of one's own may send them, in an Answer's form."""
    text = "\n".join(str(reply["text"]) for reply in replies if reply.get("text"))
    return Answer(uuid.uuid4().hex, "smalltalk", text).as_dict()


async def _aside(work: Callable[[], Result]) -> Result:
    """Do what may touch a disk in a thread, so that nobody else waits for it."""
    return await asyncio.get_running_loop().run_in_executor(None, work)
