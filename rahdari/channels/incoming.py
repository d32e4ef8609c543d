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
METADATA_LIMIT = 4 * 1024
METADATA_DEPTH = 8
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
        text: 1 to 4,000 characters on one line, free of control characters and of Rasa's command sign.
        sender: who the conversation is with; a fresh id where the request named nobody.
        metadata: at most 4 KiB of JSON, nested at most 8 deep.
    """

    text: str
    sender: str
    metadata: dict[str, Any] | None = None


def parse(body: bytes) -> Incoming:
    """The message in the body of a request in Rasa's REST format.

    A missing sender gets an id of its own: Rasa's REST channel lets all such people share one conversation. The field
    `input_channel`, by which Rasa's lets a client pass for another channel, is not read: replies depend on the channel.

    Raises:
        BadMessage: the body is too large, is no JSON object, or a field is not as documented.
    """
    request = json_object(body)
    return Incoming(text_of(request), _sender(request.get("sender")), _metadata(request.get("metadata")))


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in the body of a request. Raises BadMessage where it is too large or something else."""
    if len(body) > BODY_LIMIT:
        raise BadMessage("too_large", 413)
    try:
        request = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadMessage("not_json") from error
    if not isinstance(request, dict):
        raise BadMessage("not_json")
    return request


def plain(text: str) -> str:
    """A person's text as text only: control characters gone, and the slash that would make it a command.

    Rasa takes `/restart` or `/intent{"entity": "value"}` for an order from whoever types it. White space of any kind
    and length becomes one space: nothing that is read here depends on it, and patterns are slow over thousands.
    """
    return " ".join(_CONTROL.sub(" ", text).split()).lstrip("/ ")


def text_of(request: dict[str, Any]) -> str:
    """The field `message` as plain text of 1 to 4,000 characters. Raises BadMessage where it is something else."""
    value = request.get("message")
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


def _metadata(value: object) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadMessage("bad_metadata")
    if _deeper(value, METADATA_DEPTH) or len(json.dumps(value)) > METADATA_LIMIT:
        raise BadMessage("large_metadata")
    return value


def _deeper(value: object, depth: int) -> bool:
    """Whether objects and lists are nested deeper than this; level by level, for a recursion has its own limit."""
    level = [value]
    for _ in range(depth):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(inner, (dict, list))
        ]
    return bool(level)
