"""What each kind of update is to the bot."""

from __future__ import annotations

import random
from typing import Any

import pytest
from fake_telegram import BOT, GROUP, PERSON, PRIVATE, message, press

from rahdari.channels.telegram.updates import (
    COMMANDS,
    UNREADABLE,
    Asked,
    Command,
    Edited,
    Me,
    Place,
    Pressed,
    Unreadable,
    needs_name,
    read,
)

ME = Me(4242, "RahdariBot")
HERE = Place(7, 7, private=True)
THERE = Place(-100500, 7, private=False, message=11)


def group(text: str | None = None, **more: Any) -> dict[str, Any]:
    return message(text, chat=GROUP, **more)


def said(content: dict[str, Any]) -> Any:
    return read({"update_id": 1, "message": content}, ME)


def test_a_private_message_is_a_question() -> None:
    assert said(message(" how many? ")) == Asked(HERE, "how many?")
    assert HERE.conversation == "telegram:7:7"


def test_each_person_in_a_group_has_a_conversation_of_their_own() -> None:
    asked = [said(group("@RahdariBot hi", **{"from": {**PERSON, "id": id}})) for id in (7, 8)]
    assert [event.place.conversation for event in asked] == ["telegram:-100500:7", "telegram:-100500:8"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@RahdariBot how many?", "how many?"),
        ("@rahdaribot: how many?", "how many?"),
        ("how many, @RAHDARIBOT", "how many"),
        ("say @RahdariBot how many?", "say   how many?"),
    ],
)
def test_a_group_asks_by_name(text: str, asked: str) -> None:
    assert said(group(text)) == Asked(THERE, asked)


def test_a_name_alone_is_a_greeting() -> None:
    assert said(group("@RahdariBot")) == Command(THERE, "start")


@pytest.mark.parametrize("text", ["how many?", "@RahdariBot2 hi", "me@RahdariBot.org", "/help@OtherBot", "/weather"])
def test_a_group_that_does_not_address_the_bot_gets_nothing(text: str) -> None:
    assert said(group(text)) is None


def test_a_reply_to_the_bot_addresses_it() -> None:
    before = {"message_id": 5, "date": 1, "chat": GROUP, "from": BOT}
    assert said(group("and health?", reply_to_message=before)) == Asked(THERE, "and health?")
    assert said(group("and health?", reply_to_message={**before, "from": PERSON})) is None
    assert said(group("and health?", reply_to_message={**before, "forum_topic_created": {}})) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_known_in_private_and_in_groups(name: str) -> None:
    assert said(message(f"/{name}")) == Command(HERE, name)
    assert said(message(f"/{name} payload")) == Command(HERE, name)
    assert said(group(f"/{name}")) == Command(THERE, name)
    assert said(group(f"/{name.upper()}@rahdaribot")) == Command(THERE, name)


def test_other_commands_are_commands_where_they_are_meant_for_the_bot() -> None:
    assert said(message("/weather")) == Command(HERE, "weather")
    assert said(group("/weather@RahdariBot")) == Command(THERE, "weather")
    assert said(message("/ML-1 costs?")) == Asked(HERE, "/ML-1 costs?")


def test_the_name_may_not_be_known_yet() -> None:
    update = {"update_id": 1, "message": group("@RahdariBot hi")}
    assert needs_name(update)
    assert not needs_name({"update_id": 1, "message": message("hi")})
    assert read(update, Me(4242)) is None
    assert read({"update_id": 1, "message": message("hi")}, Me(4242)) == Asked(HERE, "hi")


def test_a_topic_is_answered_in_the_topic() -> None:
    event = said(group("@RahdariBot hi", message_thread_id=3, is_topic_message=True))
    assert event.place.thread == 3
    assert said(group("@RahdariBot hi", message_thread_id=3)).place.thread is None


def test_an_anonymous_admin_has_a_conversation_too_and_other_bots_have_none() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    event = said(group("@RahdariBot hi", **{"from": anonymous, "sender_chat": GROUP}))
    assert event.place.conversation == "telegram:-100500:-100500"
    assert said(group("@RahdariBot hi", **{"from": {**PERSON, "is_bot": True}})) is None


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_holds_no_words_is_told_so_in_private_only(kind: str) -> None:
    assert said(message(**{kind: {}})) == Unreadable(HERE)
    assert said(group(**{kind: {}})) is None


def test_words_under_a_picture_are_the_question() -> None:
    assert said(message(photo=[], caption="how many?")) == Asked(HERE, "how many?")
    assert said(group(photo=[], caption="@RahdariBot how many?")) == Asked(THERE, "how many?")


def test_pictures_sent_together_are_known_as_one() -> None:
    assert said(message(photo=[], media_group_id="77")) == Unreadable(HERE, "7:77")


def test_a_change_counts_in_private_only() -> None:
    assert read({"update_id": 1, "edited_message": message("how few?")}, ME) == Edited(HERE, "how few?")
    assert read({"update_id": 1, "edited_message": group("@RahdariBot how few?")}, ME) is None
    assert read({"update_id": 1, "edited_message": message(location={})}, ME) is None


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}, "text": "/help"}},
        {"edited_channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}, "text": "a"}},
        {"my_chat_member": {"chat": GROUP, "from": PERSON, "date": 1, "new_chat_member": {"status": "kicked"}}},
        {"chat_member": {"chat": GROUP, "from": PERSON, "date": 1}},
        {"message": group(new_chat_members=[BOT])},
        {"message": group(left_chat_member=PERSON)},
        {"message": message(pinned_message={})},
        {"message": group(migrate_to_chat_id=-2)},
        {"message": group("@RahdariBot post", is_automatic_forward=True, sender_chat={"id": -3, "type": "channel"})},
        {"inline_query": {"id": "1", "from": PERSON, "query": "how", "offset": ""}},
        {"poll": {"id": "1"}},
        {"message_reaction": {}},
        {"something_new": {"chat": PRIVATE, "text": "hi"}},
        {},
    ],
)
def test_everything_else_is_passed_over(update: dict[str, Any]) -> None:
    assert read({"update_id": 1, **update}, ME) is None


def test_a_pressed_button_belongs_to_who_pressed_it() -> None:
    markup = {"inline_keyboard": []}
    query = press("q:how many?", reply_markup=markup)
    assert read({"update_id": 1, "callback_query": query}, ME) == Pressed(HERE, 7, "q1", "q:how many?", markup)
    elsewhere = press("q:how many?", chat=GROUP)
    assert read({"update_id": 1, "callback_query": elsewhere}, ME) == Pressed(
        Place(-100500, 7, private=False, message=12), 7, "q1", "q:how many?"
    )


def test_a_button_whose_message_is_gone_is_still_pressed() -> None:
    query = {"id": "q1", "from": PERSON, "chat_instance": "1", "data": "q#0"}
    assert read({"callback_query": query}, ME) == Pressed(None, 7, "q1", "q#0")
    gone = {**query, "message": {"chat": PRIVATE, "message_id": 12, "date": 0}}
    assert read({"callback_query": gone}, ME) == Pressed(HERE, 7, "q1", "q#0")


def test_no_update_of_any_shape_raises() -> None:
    chance = random.Random(1)
    whole = {
        "update_id": 1,
        "message": group("/help@RahdariBot", reply_to_message={"from": BOT}, sender_chat=GROUP),
        "edited_message": message("x"),
        "callback_query": press("q#0", reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}),
    }

    def spoilt(value: Any) -> Any:
        if chance.random() < 0.12:
            return chance.choice([None, 0, -1.5, True, "", "x", [], {}, [[]], {"id": None}, "\ud800"])
        if isinstance(value, dict):
            return {key: spoilt(inner) for key, inner in value.items() if chance.random() > 0.1}
        return [spoilt(inner) for inner in value] if isinstance(value, list) else value

    seen = set()
    for _ in range(3_000):
        update = spoilt(whole)
        if isinstance(update, dict):
            for kind in ("message", "edited_message", "callback_query"):
                one = {kind: update.get(kind)}
                needs_name(one)
                seen.add(type(read(one, ME)))
    assert {Command, Edited, Pressed, type(None)} <= seen
    assert read(None, ME) is None
    assert read([1], ME) is None
