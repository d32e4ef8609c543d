"""What Slack sends, read into what is to be done: an Ask, a Verdict, or nothing.

Pure. Bodies are those of https://docs.slack.dev/apis/events-api, /interactivity/implementing-slash-commands and
/reference/interaction-payloads/block_actions-payload; over HTTP and Socket Mode they are the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from slack_sdk.signature import Clock, SignatureVerifier

from rahdari.channels.feedback import Opinion
from rahdari.channels.slack.blocks import ASK, DOWN, UP
from rahdari.channels.slack.escaping import mentioned, plain_text, unescape

_SPOKEN = {None, "file_share", "thread_broadcast", "me_message"}  # subtypes of messages that a person wrote just now


@dataclass(frozen=True)
class Place:
    """Where an answer goes.

    Attributes:
        channel: Slack's id of a channel or direct message.
        thread: `ts` of the message that the thread hangs on; None to answer outside of one.
        response_url: where to answer so that only who asked sees it; it comes before channel and thread.
    """

    channel: str
    thread: str | None = None
    response_url: str | None = None


@dataclass(frozen=True)
class Ask:
    """Something that a person wants answered.

    Attributes:
        keys: every name that Slack knows it by; a second delivery shares at least one of them.
        text: what was asked, as plain text; it may be empty.
        person: Slack's id of who asked.
        sender: the conversation: `slack:<team>:<channel>:<person>`, and the thread where there is one.
        answers: `ts` of the message that asks, by which its answer is found again; None where there is none.
        unaddressed: a reply in a thread that names nobody: meant for the bot only if it talks with this person there.
        again: Slack says that it delivered this before.
        pressed: it was pressed, not written, so that nobody can read it.
    """

    keys: tuple[str, ...]
    text: str
    person: str
    sender: str
    place: Place
    answers: str | None = None
    unaddressed: bool = False
    again: bool = False
    pressed: bool = False


@dataclass(frozen=True)
class Verdict:
    """A press of a feedback button."""

    keys: tuple[str, ...]
    answer: str
    opinion: Opinion
    person: str
    place: Place


def signed(secret: str, body: bytes, headers: Mapping[str, str], clock: Clock | None = None) -> bool:
    """Whether Slack signed this body, not more than five minutes ago."""
    try:
        return SignatureVerifier(secret, clock or Clock()).is_valid_request(body, dict(headers))
    except (ValueError, TypeError, OverflowError):  # a timestamp that is no number, a body or signature of other bytes
        return False


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises ValueError where there is none."""
    try:
        value = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("no JSON object")
    return value


def form_fields(body: bytes) -> dict[str, str]:
    """The fields of a form, the first value of each. Raises ValueError where the body is not UTF-8."""
    fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
    return {name: values[0] for name, values in fields.items()}


def ask_of_event(body: Mapping[str, Any], again: bool = False) -> Ask | None:
    """What a message or a mention asks.

    Asked are: any message in a direct message, a mention, and a reply in a thread that mentions nobody
    (`unaddressed`). All else, what bots wrote, edits and deletions ask nothing.

    Args:
        body: an `event_callback`.
        again: whether it is a retry.
    """
    event = body.get("event")
    if not isinstance(event, dict) or event.get("type") not in ("message", "app_mention"):
        return None
    channel, person, ts, text = (_text(event.get(name)) for name in ("channel", "user", "ts", "text"))
    if event.get("subtype") not in _SPOKEN or event.get("bot_id") or not (channel and person and ts):
        return None
    bot = _bot(body)
    if person in (bot, "USLACKBOT"):
        return None
    thread = _text(event.get("thread_ts")) or None
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    others = mentioned(text)
    addressed = direct or event["type"] == "app_mention" or (bot is not None and bot in others)
    if not addressed and (others or thread is None):
        return None
    if not direct:
        thread = thread or ts
    return Ask(
        keys=tuple(
            key
            for key in (f"{channel}:{ts}", _named(body.get("event_id")), _named(event.get("client_msg_id")))
            if key is not None
        ),
        text=plain_text(text, bot, addressed=event["type"] == "app_mention"),
        person=person,
        sender=_sender(_text(body.get("team_id")) or _text(event.get("team")), channel, person, thread),
        place=Place(channel, thread),
        answers=ts,
        unaddressed=not addressed,
        again=again,
    )


def ask_of_command(form: Mapping[str, Any]) -> Ask | None:
    """What a slash command asks; the answer is for who typed it only."""
    channel, person, url = (_text(form.get(name)) for name in ("channel_id", "user_id", "response_url"))
    if not (channel and person and url):
        return None
    return Ask(
        keys=(_named(form.get("trigger_id")) or url,),
        text=plain_text(_text(form.get("text"))),
        person=person,
        sender=_sender(_text(form.get("team_id")), channel, person, None),
        place=Place(channel, response_url=url),
    )


def action_of(payload: Mapping[str, Any]) -> Ask | Verdict | None:
    """What a press on one of our buttons, or a choice from our menu, asks or thinks."""
    actions = payload.get("actions")
    if payload.get("type") != "block_actions" or not isinstance(actions, list) or not actions:
        return None
    action, container = _object(actions[0]), _object(payload.get("container"))
    name = _text(action.get("action_id"))
    value = _text(action.get("value")) or _text(_object(action.get("selected_option")).get("value"))
    channel = _text(_object(payload.get("channel")).get("id")) or _text(container.get("channel_id"))
    person = _text(_object(payload.get("user")).get("id"))
    url = _text(payload.get("response_url")) or None
    if not (value and channel and person):
        return None
    press = ":".join((channel, _text(container.get("message_ts")), person, name, _text(action.get("action_ts"))))
    keys = (_named(payload.get("trigger_id")) or press, press)
    if name in (UP, DOWN):
        return Verdict(keys, unescape(value), "up" if name == UP else "down", person, Place(channel, response_url=url))
    if not name.startswith(ASK):
        return None
    thread = _text(container.get("thread_ts")) or _text(_object(payload.get("message")).get("thread_ts")) or None
    hidden = bool(container.get("is_ephemeral"))
    if thread is None and not hidden and not channel.startswith("D"):
        thread = _text(container.get("message_ts")) or None
    return Ask(
        keys=keys,
        text=unescape(value),
        person=person,
        sender=_sender(_text(_object(payload.get("team")).get("id")), channel, person, thread),
        place=Place(channel, thread, url if hidden else None),
        pressed=True,
    )


def _sender(team: str, channel: str, person: str, thread: str | None) -> str:
    return ":".join(("slack", team or "-", channel, person, *([thread] if thread else ())))


def _bot(body: Mapping[str, Any]) -> str | None:
    """The bot's user id, where the event says for whom it was sent."""
    authorizations = body.get("authorizations")
    for one in authorizations if isinstance(authorizations, list) else ():
        if _object(one).get("is_bot") and _text(_object(one).get("user_id")):
            return _text(_object(one).get("user_id"))
    return None


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _named(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
