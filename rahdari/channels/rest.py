"""The REST channel: Rasa's path and message format, with the holes of Rasa's own connector closed.

Named in credentials.yml as `rahdari.channels.rest.RestChannel`, so it serves under `rahdari serve` and under a
plain `rasa run` alike. Against the stock one: requests are checked, nobody shares a conversation unasked, typed
commands are text, a reply stays one message, and no turn is silent: an error or a turn over the limit gets a
sentence.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text
from sanic.response import json as json_response

from rahdari import bootstrap
from rahdari.channels.gate import Gate, address_of, believe_proxies, take
from rahdari.channels.incoming import BODY_LIMIT, BadMessage, Incoming, parse
from rahdari.channels.limits import MOST_BUCKETS, Buckets, Rate
from rahdari.channels.replies import Message, never_silent
from rahdari.nlu.surroundings import settings as settings_now
from rahdari.settings import Settings

LIMIT_SECONDS = 4.8
BODY_SECONDS = 10.0  # for a request to come in
OnMessage = Callable[[UserMessage], Awaitable[Any]]

logger = logging.getLogger(__name__)


class Collected(CollectingOutputChannel):
    """Keeps what the bot sends, each text whole: Rasa's own class cuts it at blank lines.

    Args:
        name: what the dialogue takes for the name of the channel.
    """

    def __init__(self, name: str = "collector") -> None:
        super().__init__()
        self._name = name

    def name(self) -> str:
        return self._name

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        self.messages.append({"recipient_id": recipient_id, "text": text.strip()})


class RestChannel(InputChannel):
    """`POST /webhooks/rest/webhook`, and `GET /webhooks/rest/` to see whether it is there.

    Args:
        limit: seconds after which a turn under way is answered with a sentence instead.
        settings: what the environment says when the routes are made, unless others are given.
    """

    def __init__(self, limit: float = LIMIT_SECONDS, settings: Settings | None = None) -> None:
        self._limit = limit
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestChannel:
        return cls(**(credentials or {}))

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The channel's routes, as Rasa asks for them."""
        routes = Blueprint("rahdari_rest")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        settings = self._settings or settings_now()
        believe_proxies(routes, settings)
        gate, bounds = Gate(settings, programs=True), Bounds(settings)

        @routes.options("/webhook")
        @gate.guarded
        async def preflight(_: Request) -> HTTPResponse:
            return empty()

        @routes.post("/webhook", stream=True)
        @gate.guarded
        async def receive(request: Any) -> HTTPResponse:
            bounds.asked(address_of(request))
            try:
                incoming = parse(await asyncio.wait_for(_body(request), BODY_SECONDS))
            except asyncio.TimeoutError as error:
                request.stream.request_body, request.stream.keep_alive = None, False
                raise BadMessage("slow_body", 408) from error
            bounds.goes_on(incoming.sender, address_of(request))
            replies = await self.replies(incoming, on_new_message)
            if request.args.get("stream", "").lower() != "true":
                return json_response(replies, dumps=dumps)
            return text("".join(f"{dumps(reply)}\n" for reply in replies), content_type="text/event-stream")

        return routes

    async def replies(self, incoming: Incoming, on_new_message: OnMessage) -> list[Message]:
        """What one turn says, within the limit; never an empty list and never an exception.

        Conversations are kept under names of this channel's own: a sender called as one of another channel's people
        does not go on with their conversation.
        """
        own = replace(incoming, sender=self.conversation(incoming.sender))
        said = await take_turn(own, self.name(), on_new_message, self._limit)
        return [{**reply, "recipient_id": incoming.sender} for reply in said]

    def conversation(self, sender: str) -> str:
        """The name under which the dialogue keeps a conversation."""
        return f"{self.name()}:{sender}"


class Bounds:
    """How much one address may ask and begin over REST."""

    def __init__(self, settings: Settings) -> None:
        messages, conversations = settings.rest_messages, settings.rest_conversations
        self._messages = Buckets(Rate(burst=messages, per_minute=messages))
        self._conversations = Buckets(Rate(burst=conversations, per_minute=conversations / 60))
        self._begun: OrderedDict[str, None] = OrderedDict()

    def asked(self, address: str) -> None:
        """A request came. Raises TooMany."""
        take(self._messages, address)

    def goes_on(self, sender: str, address: str) -> None:
        """A message came; one of a sender who is not among the last 10,000 begins a conversation. Raises TooMany."""
        if sender not in self._begun:
            take(self._conversations, address, "many_conversations")
        self._begun[sender] = None
        self._begun.move_to_end(sender)
        while len(self._begun) > MOST_BUCKETS:
            self._begun.popitem(last=False)


async def take_turn(
    incoming: Incoming, channel: str, on_new_message: OnMessage, limit: float = LIMIT_SECONDS
) -> list[Message]:
    """What the bot says to one message, in Rasa's message format; never an empty list and never an exception.

    Args:
        channel: the name that the dialogue sees.
        on_new_message: Rasa's handler, as a channel's blueprint is given it.
        limit: seconds after which a turn under way gets a sentence instead.
    """
    collected = Collected(channel)
    message = UserMessage(incoming.text, collected, incoming.sender, input_channel=channel, metadata=incoming.metadata)
    reason = "silent"
    try:
        await asyncio.wait_for(on_new_message(message), limit)
    except asyncio.TimeoutError:
        logger.error("a turn took more than %s s and was given up", limit)
        reason = "slow"
    except Exception:
        logger.exception("a turn failed")
        reason = "failed"
    return never_silent(collected.messages, incoming.sender, reason)


async def forget(agent: Any, conversation: str) -> None:
    """Remove a conversation behind the turns that came before, from what a Rasa server calls its agent.

    Under a plain `rasa run`, where that is Rasa's own, which removes none, begin it anew. Its answers, which people
    could say what they think of, are removed either way.
    """
    await _begun_anew(agent, conversation)
    given = bootstrap.given_answers(settings_now())
    await asyncio.get_running_loop().run_in_executor(None, given.forget, conversation)


async def _begun_anew(agent: Any, conversation: str) -> None:
    if hasattr(agent, "forget"):
        await agent.forget(conversation)
        return
    from rasa.shared.core.events import Restarted

    async with agent.lock_store.lock(conversation):
        tracker = await agent.tracker_store.get_or_create_tracker(conversation)
        tracker.update(Restarted())
        await agent.tracker_store.save(tracker)


async def _body(request: Any) -> bytes:
    """The request's body, read no further than its limit. Raises BadMessage when it is longer.

    An empty part comes where Content-Length was negative, which `rahdari serve` refuses before: then Sanic, which
    would go on reading for ever, is told that there is no more, and that the connection is of no further use.
    """
    body = b""
    while len(body) <= BODY_LIMIT:
        part = await request.stream.read()
        if part is None:
            return body
        if not part:
            request.stream.request_body, request.stream.keep_alive = None, False
            raise BadMessage("bad_length")
        body += part
    raise BadMessage("too_large", 413)


def dumps(value: object) -> str:
    """A JSON text with its letters as they are."""
    return json.dumps(value, ensure_ascii=False)
