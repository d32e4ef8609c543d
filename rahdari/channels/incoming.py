"""A message that came from outside, checked before anything else sees it."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from rahdari.channels.replies import sentence
from rahdari.errors import RahdariError

BODY_LIMIT = 64 * 1024
MESSAGE_LIMIT = 4000
SENDER_LIMIT = 200
CHANNEL_LIMIT = 50
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class BadMessage(RahdariError):
    """A request that cannot be taken as a message; its text says why, `status` is for HTTP."""

    def __init__(self, name: str, status: int = 400) -> None:
        super().__init__(sentence(name))
        self.status = status


@dataclass(frozen=True)
class Incoming:
    """One checked message.

    Attributes:
        text: 1 to 4,000 characters, free of control characters and of Rasa's command sign.
        sender: who the conversation is with; a fresh id where the request named nobody.
        channel: what `tracker.get_latest_input_channel()` will tell, or None.
    """

    text: str
    sender: str
    metadata: dict[str, Any] | None = None
    channel: str | None = None


def parse(body: bytes) -> Incoming:
    """The message in the body of a request in Rasa's REST format.

    A missing sender gets an id of its own: Rasa's REST channel lets all such people share one conversation.

    Raises:
        BadMessage: the body is too large, is no JSON object, or a field is not as documented.
    """
    if len(body) > BODY_LIMIT:
        raise BadMessage("too_large", 413)
    try:
        request = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadMessage("not_json") from error
    if not isinstance(request, dict):
        raise BadMessage("not_json")
    metadata = request.get("metadata")
    if metadata is not None and not isinstance(metadata, dict):
        raise BadMessage("bad_metadata")
    return Incoming(_text(request.get("message")), _sender(request.get("sender")), metadata, _channel(request))


def plain(text: str) -> str:
    """A person's text as text only: control characters gone, and the slash that would make it a command.

    Rasa takes `/restart` or `/intent{"entity": "value"}` for an order from whoever types it.
    """
    return _CONTROL.sub(" ", text).lstrip("/ \t\r\n").strip()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadMessage("no_message")
    if len(value) > MESSAGE_LIMIT:
        raise BadMessage("long_message")
    text = plain(value)
    if not text:
        raise BadMessage("empty_message")
    return text


def _sender(value: object) -> str:
    if value is None:
        return uuid.uuid4().hex
    if not isinstance(value, str) or not value.strip() or len(value) > SENDER_LIMIT or _CONTROL.search(value):
        raise BadMessage("bad_sender")
    return value


def _channel(request: dict[str, Any]) -> str | None:
    value = request.get("input_channel")
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= CHANNEL_LIMIT or _CONTROL.search(value):
        raise BadMessage("bad_channel")
    return value
