"""What an update of Telegram's is to the bot: a question, a command, a pressed button, or nothing.

Pure, and never raises: an update of any shape is read as far as it can be. In a group only what is addressed to
the bot counts: a command, its @name, a reply to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALLOWED = ("message", "edited_message", "callback_query")
COMMANDS = ("start", "help", "sources", "restart")
UNREADABLE = (
    "animation",
    "audio",
    "contact",
    "dice",
    "document",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
)
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?=\s|$)")


@dataclass(frozen=True)
class Me:
    """The bot itself. `name` is its @name without the sign, None while Telegram has not told it yet."""

    id: int
    name: str | None = None


@dataclass(frozen=True)
class Place:
    """Where a reply goes, and whose conversation it belongs to.

    Attributes:
        thread: the forum topic, where there is one.
        message: what the reply refers to; None in a private chat, where it is plain.
    """

    chat: int
    person: int
    private: bool
    thread: int | None = None
    message: int | None = None

    @property
    def conversation(self) -> str:
        """One a person in each chat."""
        return f"telegram:{self.chat}:{self.person}"


@dataclass(frozen=True)
class Asked:
    """A message to answer; its text is as written, without the bot's @name."""

    place: Place
    text: str


@dataclass(frozen=True)
class Command:
    """One of COMMANDS, or another word behind a slash that was meant for this bot."""

    place: Place
    name: str


@dataclass(frozen=True)
class Pressed:
    """A button. `query` is the id to confirm it by; `place` is None where Telegram does not tell the chat.

    `person` is who pressed it: in a group that may be somebody else than who asked.
    """

    place: Place | None
    person: int
    query: str
    data: str
    markup: object = None


@dataclass(frozen=True)
class Unreadable:
    """A picture, a voice message or the like without a word. `album` is the same for all pictures sent together."""

    place: Place
    album: str | None = None


@dataclass(frozen=True)
class Edited:
    """A message that was changed after it was sent; told of in private chats only."""

    place: Place
    text: str


Event = Asked | Command | Pressed | Unreadable | Edited


def read(update: object, me: Me) -> Event | None:
    """What is to be done about an update; None for nothing: channel posts, membership, chats of others."""
    update = _mapping(update)
    if "callback_query" in update:
        return _pressed(_mapping(update["callback_query"]))
    if "message" in update:
        return _message(_mapping(update["message"]), me)
    if "edited_message" in update:
        message = _mapping(update["edited_message"])
        place, text = _place(message), _text(message)
        return Edited(place, text) if place is not None and place.private and text else None
    return None


def needs_name(update: object) -> bool:
    """Whether the bot has to know its @name to read an update: it comes from a group."""
    chat = _mapping(_mapping(_mapping(update).get("message")).get("chat"))
    return chat.get("type") in ("group", "supergroup")


def _message(message: Mapping[str, Any], me: Me) -> Event | None:
    place, text = _place(message), _text(message)
    if place is None:
        return None
    if not text:
        album = message.get("media_group_id")
        told = place.private and any(kind in message for kind in UNREADABLE)
        return Unreadable(place, None if album is None else f"{place.chat}:{album}") if told else None
    command = _COMMAND.match(text)
    if command:
        name, whose = command[1].lower(), command[2]
        ours = whose is not None and whose.lower() == (me.name or "").lower()
        if ours or place.private or (whose is None and name in COMMANDS):
            return Command(place, name)
        return None
    if place.private:
        return Asked(place, text)
    mention = re.compile(rf"(?<![\w@])@{re.escape(me.name)}(?!\w)", re.IGNORECASE) if me.name else None
    if mention is not None and mention.search(text):
        text = mention.sub(" ", text).strip(" ,:;")
        return Asked(place, text) if text else Command(place, "start")
    return Asked(place, text) if _replies_to(message, me) else None


def _replies_to(message: Mapping[str, Any], me: Me) -> bool:
    """Whether a message answers one of the bot's; what opened a topic counts as answered by everything in it."""
    before = _mapping(message.get("reply_to_message"))
    return _mapping(before.get("from")).get("id") == me.id and "forum_topic_created" not in before


def _pressed(query: Mapping[str, Any]) -> Pressed | None:
    id, data, person = query.get("id"), query.get("data"), _mapping(query.get("from")).get("id")
    if not isinstance(id, str) or not isinstance(person, int):
        return None
    message = _mapping(query.get("message"))
    place = _place({**message, "from": query.get("from"), "sender_chat": None}) if message else None
    return Pressed(place, person, id, data if isinstance(data, str) else "", message.get("reply_markup"))


def _place(message: Mapping[str, Any]) -> Place | None:
    """Where a message was said; None for channels, and for what other bots say."""
    chat, sender, on_behalf = (_mapping(message.get(key)) for key in ("chat", "from", "sender_chat"))
    person = on_behalf.get("id", sender.get("id"))  # an anonymous admin, or a channel, speaks in a group
    if not _number(chat.get("id")) or not _number(person) or (sender.get("is_bot") and not on_behalf):
        return None
    if chat.get("type") not in ("private", "group", "supergroup") or message.get("is_automatic_forward"):
        return None
    private = chat["type"] == "private"
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    number = message.get("message_id")
    return Place(
        chat["id"],
        person,
        private,
        thread if _number(thread) else None,
        number if _number(number) and not private else None,
    )


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text", message.get("caption"))
    return text.strip() if isinstance(text, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
