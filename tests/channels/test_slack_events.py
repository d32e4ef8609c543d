"""What Slack sends, read into what is to be done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_fakes import BOT, SECRET, command, direct, event, press, sign

from rahdari.channels.slack.blocks import ASK, DOWN, UP
from rahdari.channels.slack.events import (
    Place,
    Verdict,
    action_of,
    ask_of_command,
    ask_of_event,
    form_fields,
    json_object,
    signed,
)


class At:
    """A clock that stands still."""

    def __init__(self, now: float) -> None:
        self._now = now

    def now(self) -> float:
        return self._now


def test_a_signature_holds_for_its_body_its_secret_and_five_minutes() -> None:
    headers = sign(b"{}", at=1000)
    assert signed(SECRET, b"{}", headers, At(1000))
    assert signed(SECRET, b"{}", headers, At(1300))
    assert not signed(SECRET, b"{}", headers, At(1301))
    assert not signed(SECRET, b"{}", headers, At(699))
    assert not signed(SECRET, b"{} ", headers, At(1000))
    assert not signed("another", b"{}", headers, At(1000))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{}", {}),
        (b"{}", {"X-Slack-Signature": "v0=1"}),
        (b"{}", {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"}),
        (b"{}", {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=1"}),
        (b"{}", {"X-Slack-Request-Timestamp": "1000", "X-Slack-Signature": "v0=é"}),
        (b"\xff", {"X-Slack-Request-Timestamp": "1000", "X-Slack-Signature": "v0=1"}),
    ],
)
def test_headers_and_bodies_that_are_none_of_slacks_are_not_signed(body: bytes, headers: dict[str, str]) -> None:
    assert not signed(SECRET, body, headers, At(1000))


def test_a_mention_is_answered_in_its_thread() -> None:
    ask = ask_of_event(event(ts="100.1"))
    assert ask is not None
    assert (ask.text, ask.person, ask.sender) == ("How many were signed?", "U1", "slack:T1:C1:U1:100.1")
    assert (ask.place, ask.answers, ask.unaddressed) == (Place("C1", "100.1"), "100.1", False)
    later = ask_of_event(event(ts="105.0", thread_ts="100.1"))
    assert later is not None
    assert (later.sender, later.place) == ("slack:T1:C1:U1:100.1", Place("C1", "100.1"))


def test_a_direct_message_is_answered_in_place() -> None:
    ask = ask_of_event(direct("How many?", ts="100.1"))
    assert ask is not None
    assert (ask.sender, ask.place) == ("slack:T1:D1:U1", Place("D1"))
    threaded = ask_of_event(direct("How many?", thread_ts="100.1"))
    assert threaded is not None
    assert (threaded.sender, threaded.place) == ("slack:T1:D1:U1:100.1", Place("D1", "100.1"))


def test_both_events_of_a_mention_are_one_thing_that_is_asked() -> None:
    mention, message = event(ts="100.1", client_msg_id=None), event("message", ts="100.1")
    first, second = ask_of_event(mention), ask_of_event(message)
    assert first is not None
    assert second is not None
    assert set(first.keys) & set(second.keys) == {"C1:100.1"}
    assert (first.text, first.sender, first.place) == (second.text, second.sender, second.place)


def test_a_redelivery_and_a_message_sent_twice_share_a_name() -> None:
    body = event()
    assert ask_of_event(body) != ask_of_event(body, again=True)
    first, again = ask_of_event(body), ask_of_event(body, again=True)
    assert first is not None
    assert again is not None
    assert first.keys == again.keys
    assert again.again
    twice = ask_of_event(event(client_msg_id=body["event"]["client_msg_id"], ts="9.9"))
    assert twice is not None
    assert set(twice.keys) & set(first.keys)


def test_a_reply_in_a_thread_that_names_nobody_may_be_meant_for_the_bot() -> None:
    ask = ask_of_event(event("message", "and health?", thread_ts="100.1"))
    assert ask is not None
    assert ask.unaddressed


@pytest.mark.parametrize(
    "body",
    [
        event("message", "just talk"),
        event("message", "<@U2> what do you think?", thread_ts="100.1"),
        event("message", f"<@{BOT}> how many?") | {"authorizations": []},
        event(bot_id="B1"),
        event(user=BOT),
        event(user=None),
        event(channel=None),
        event("message", "x", subtype="message_changed", channel="D1"),
        event("message", "x", subtype="channel_join", channel="D1"),
        event("reaction_added"),
        {"type": "event_callback"},
        {"type": "event_callback", "event": "no"},
        {"type": "app_rate_limited"},
        event(text=7, user=["U1"]),
    ],
)
def test_what_asks_the_bot_nothing_is_left_alone(body: dict[str, Any]) -> None:
    assert ask_of_event(body) is None


def test_a_mention_is_understood_without_knowing_the_bots_id() -> None:
    ask = ask_of_event(event() | {"authorizations": None})
    assert ask is not None
    assert ask.text == "How many were signed?"


def test_a_command_is_answered_to_who_typed_it() -> None:
    ask = ask_of_command(command("how many?", "https://hooks.example/1", trigger_id="t"))
    assert ask is not None
    assert (ask.text, ask.sender, ask.keys) == ("how many?", "slack:T1:C1:U1", ("t",))
    assert ask.place == Place("C1", response_url="https://hooks.example/1")
    assert ask_of_command({"text": "how many?"}) is None


def test_a_suggestion_is_asked_by_who_presses_it() -> None:
    button = {"type": "button", "action_id": f"{ASK}_0", "value": "Who &amp; why?"}
    there = {"type": "message", "message_ts": "100.2", "thread_ts": "100.1", "channel_id": "C1"}
    ask = action_of(press(button, "https://h", user={"id": "U9"}, container=there))
    assert not isinstance(ask, Verdict)
    assert ask is not None
    assert (ask.text, ask.sender, ask.pressed) == ("Who & why?", "slack:T1:C1:U9:100.1", True)
    assert ask.place == Place("C1", "100.1")
    menu = {"type": "static_select", "action_id": ASK, "selected_option": {"value": "Where?"}}
    chosen = action_of(press(menu, "https://h"))
    assert not isinstance(chosen, Verdict)
    assert chosen is not None
    assert (chosen.text, chosen.place) == ("Where?", Place("C1", "100.2"))


def test_what_only_one_person_sees_is_answered_to_that_person() -> None:
    button = {"type": "button", "action_id": f"{ASK}_0", "value": "Who?"}
    hidden = {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True}
    ask = action_of(press(button, "https://h", container=hidden))
    assert not isinstance(ask, Verdict)
    assert ask is not None
    assert (ask.place, ask.sender) == (Place("C1", None, "https://h"), "slack:T1:C1:U1")


@pytest.mark.parametrize(("action", "opinion"), [(UP, "up"), (DOWN, "down")])
def test_a_feedback_button_is_an_opinion_of_an_answer(action: str, opinion: str) -> None:
    verdict = action_of(press({"type": "button", "action_id": action, "value": "a1"}, "https://h"))
    assert isinstance(verdict, Verdict)
    assert (verdict.answer, verdict.opinion, verdict.person) == ("a1", opinion, "U1")
    assert verdict.place.response_url == "https://h"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "view_submission"},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": ["x"]},
        press({"type": "button", "action_id": "another_app", "value": "x"}, "https://h"),
        press({"type": "button", "action_id": f"{ASK}_0"}, "https://h"),
        press({"type": "button", "action_id": f"{ASK}_0", "value": "x"}, "https://h", user=None),
    ],
)
def test_presses_on_anything_else_ask_nothing(payload: dict[str, Any]) -> None:
    assert action_of(payload) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"[" * 100_000, b"null"])
def test_a_body_without_a_json_object_is_told(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        json_object(body)


def test_a_form_is_read_field_by_field() -> None:
    assert form_fields(b"text=how+many%3F&empty=") == {"text": "how many?", "empty": ""}
    with pytest.raises(ValueError, match="fields"):
        form_fields(b"&".join(b"a=1" for _ in range(200)))
    assert json.loads(form_fields(b"payload=%7B%7D")["payload"]) == {}
