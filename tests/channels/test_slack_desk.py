"""One answer to each question, whatever Slack's servers do: over real sockets, against a Slack on loopback."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import pytest
from slack_fakes import APP_TOKEN, BOT_TOKEN, Slack, command, direct, event, press, texts_of

from rahdari.channels.incoming import Incoming
from rahdari.channels.replies import messages
from rahdari.channels.slack.blocks import UP, SlackMessage
from rahdari.channels.slack.client import Mark, SlackClient, Undelivered
from rahdari.channels.slack.desk import Desk
from rahdari.channels.slack.events import Place
from rahdari.channels.slack.socket_mode import Socket
from rahdari.channels.sources import Whereabouts
from rahdari.records import Answer, Citation

WORD = "the answer is twelve"


@pytest.fixture(scope="module")
def loopback() -> Iterator[Slack]:
    server = Slack()
    yield server
    server.stop()


@pytest.fixture()
def slack(loopback: Slack, monkeypatch: pytest.MonkeyPatch) -> Slack:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    loopback.forget()
    return loopback


class Bot:
    """Answers at once, or as a test says; keeps what it was asked and what people thought of it."""

    def __init__(self) -> None:
        self.asked: list[Incoming] = []
        self.opinions: list[tuple[Any, ...]] = []
        self.seconds = 0.0
        self.answer = Answer("a1", "answered", WORD, (Citation(1, "evidence", "dam", "Dam", None, None, "q", 0, 1),))
        self.replies: list[dict[str, Any]] | None = None

    async def turn(self, incoming: Incoming) -> list[dict[str, Any]]:
        self.asked.append(incoming)
        await asyncio.sleep(self.seconds)
        return messages(self.answer, incoming.sender) if self.replies is None else self.replies

    def keep(self, *opinion: Any) -> bool:
        self.opinions.append(opinion)
        return opinion[0] == "a1"


Steps = Callable[[Desk], Awaitable[Any]]


def everywhere(form: Mapping[str, Any]) -> Whereabouts:
    """Every document at one address."""
    return Whereabouts({citation["document"]: "https://example.org/" for citation in form["citations"]})


def at_the_desk(slack: Slack, bot: Bot, steps: Steps, **options: Any) -> Any:
    """Run steps with a desk of their own; all that was begun has ended afterwards."""

    async def run() -> Any:
        client = SlackClient(BOT_TOKEN, slack.api, timeout=0.4, first_wait=0.02, **options)
        desk = Desk(client, bot.turn, everywhere, bot)
        try:
            return await steps(desk)
        finally:
            await desk.drain(5)
            await client.close()

    return asyncio.run(run())


def delivered(slack: Slack, bot: Bot, *bodies: dict[str, Any], kind: str = "events_api", **options: Any) -> None:
    async def steps(desk: Desk) -> None:
        for body in bodies:
            assert await desk.receive(kind, body)

    at_the_desk(slack, bot, steps, **options)


def said(message: dict[str, Any]) -> str:
    return " ".join(text["text"] for text in texts_of(message["blocks"]))


def test_a_mention_is_answered_in_a_thread_with_nothing_unfurled(slack: Slack) -> None:
    bot = Bot()
    delivered(slack, bot, event(ts="100.1"))
    (message,) = slack.messages
    assert (message["channel"], message["thread_ts"]) == ("C1", "100.1")
    assert message["unfurl_links"] is message["unfurl_media"] is message["link_names"] is False
    assert message["parse"] == "none"
    assert said(message).startswith(f"{WORD} [1] [1] <https://example.org/|Dam>")
    assert message["text"].startswith(WORD)
    assert (bot.asked[0].text, bot.asked[0].sender) == ("How many were signed?", "slack:T1:C1:U1:100.1")


def test_every_retry_and_both_events_of_a_mention_get_one_answer(slack: Slack) -> None:
    bot = Bot()
    mention = event(ts="100.1")
    message = event("message", ts="100.1", client_msg_id=mention["event"]["client_msg_id"])

    async def steps(desk: Desk) -> None:
        bot.seconds = 0.1
        deliveries = [(mention, False), (message, False), (mention, True), (message, True), (mention, True)]
        assert all(await asyncio.gather(*(desk.receive("events_api", *one) for one in deliveries)))
        assert await desk.receive("events_api", mention, True)

    at_the_desk(slack, bot, steps)
    assert len(slack.messages) == len(bot.asked) == 1


def test_a_message_that_comes_before_its_mention_does_not_swallow_it(slack: Slack) -> None:
    bot = Bot()
    unknown = event("message", ts="100.1") | {"authorizations": []}
    delivered(slack, bot, unknown, event(ts="100.1"))
    assert len(slack.messages) == 1


def test_what_a_process_before_this_one_answered_is_not_answered_again(slack: Slack) -> None:
    bot, body = Bot(), event()
    delivered(slack, bot, body)

    async def again(desk: Desk) -> None:
        assert await desk.receive("events_api", body, True)
        assert await desk.receive("events_api", event(), True), "a first delivery that failed comes as a retry, too"

    at_the_desk(slack, bot, again)
    assert len(slack.messages) == len(bot.asked) == 2
    slack.fail("conversations.replies", "500")
    at_the_desk(slack, bot, again)
    assert len(slack.messages) == 4, "where Slack does not tell, an answer too many is better than none"


def test_in_a_thread_the_bot_goes_on_with_who_it_talks_with(slack: Slack) -> None:
    bot = Bot()
    begun = f"{time.time() + 100:.6f}"  # well after the process began, which need not ask Slack about it then
    thread = {"thread_ts": begun}
    bodies = [
        event(ts=begun),
        event("message", "and health?", **thread),
        event("message", "who is this bot?", user="U2", **thread),
        event("message", "<@U2> look at that", **thread),
        event("message", "lunch?", channel="C2", **thread),
    ]
    delivered(slack, bot, *bodies)
    assert [one.text for one in bot.asked] == ["How many were signed?", "and health?"]
    assert {one.sender for one in bot.asked} == {f"slack:T1:C1:U1:{begun}"}
    assert "conversations.replies" not in slack.calls


def test_a_thread_from_before_a_restart_goes_on(slack: Slack) -> None:
    bot = Bot()
    root = "100.1"
    delivered(slack, bot, event(ts=root))
    bodies = [event("message", "and health?", thread_ts=root), event("message", "hm", user="U2", thread_ts=root)]
    delivered(slack, bot, *bodies)
    assert [one.text for one in bot.asked][1:] == ["and health?"]
    assert slack.calls.count("conversations.replies") == 1, "Slack is asked once about a thread"
    slack.fail("conversations.replies", "missing_scope")
    later = event("message", "and the road?", thread_ts=root)
    delivered(slack, bot, bodies[0], later)
    assert [one.text for one in bot.asked][2:] == ["and the road?"], "a look-up that fails is made anew"


def test_messages_at_once_in_a_thread_from_before_a_restart_are_all_answered(slack: Slack) -> None:
    bot = Bot()
    delivered(slack, bot, event(ts="100.1"))

    async def steps(desk: Desk) -> None:
        several = [event("message", f"and {number}?", thread_ts="100.1") for number in range(3)]
        await asyncio.gather(*(desk.receive("events_api", one) for one in several))

    at_the_desk(slack, bot, steps)
    assert len(slack.messages) == 4
    assert slack.calls.count("conversations.replies") == 1


def test_a_command_is_answered_to_who_typed_it_only(slack: Slack) -> None:
    bot = Bot()
    delivered(slack, bot, command("how many?", slack.respond_url()), kind="slash_commands")
    (response,) = slack.responses
    assert (response["response_type"], response["replace_original"]) == ("ephemeral", False)
    assert WORD in said(response)
    assert slack.messages == []


def test_a_press_asks_in_the_persons_own_conversation_and_shows_what_was_asked(slack: Slack) -> None:
    bot = Bot()
    button = {"type": "button", "action_id": "rahdari_ask_0", "value": "Who built it?"}
    there = {"type": "message", "message_ts": "100.2", "thread_ts": "100.1", "channel_id": "C1"}
    payload = press(button, slack.respond_url(), container=there, user={"id": "U7"})
    delivered(slack, bot, payload, payload, kind="interactive")
    (message,) = slack.messages
    assert said(message).startswith(f"Asked: Who built it? {WORD}")
    assert message["thread_ts"] == "100.1"
    assert bot.asked[0].sender == "slack:T1:C1:U7:100.1"


@pytest.mark.parametrize("broken", [False, True])
def test_an_opinion_is_kept_and_its_giver_is_thanked(slack: Slack, broken: bool) -> None:
    bot = Bot()
    if broken:
        bot.keep = None  # type: ignore[assignment,method-assign]
    payload = press({"type": "button", "action_id": UP, "value": "a1"}, slack.respond_url())
    delivered(slack, bot, payload, payload, kind="interactive")
    (response,) = slack.responses
    assert response["response_type"] == "ephemeral"
    assert ("could not keep" in response["text"]) is broken
    assert bot.opinions == ([] if broken else [("a1", "up", None, "slack", "U1")])


def test_an_opinion_on_an_answer_that_is_not_known_is_told_so(slack: Slack) -> None:
    payload = press({"type": "button", "action_id": UP, "value": "old"}, slack.respond_url())
    delivered(slack, Bot(), payload, kind="interactive")
    assert "no longer know that answer" in slack.responses[0]["text"]


def test_two_people_of_a_channel_have_an_opinion_each(slack: Slack) -> None:
    bot = Bot()
    for person in ("U1", "U2"):
        button = {"type": "button", "action_id": UP, "value": "a1"}
        payload = press(button, slack.respond_url(), user={"id": person}, trigger_id=person)
        delivered(slack, bot, payload, kind="interactive")
    assert [opinion[4] for opinion in bot.opinions] == ["U1", "U2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "The message is empty"), ("/", "The message is empty"), ("x" * 4001, "longer than 4,000")],
)
def test_what_cannot_be_asked_is_told(slack: Slack, text: str, told: str) -> None:
    bot = Bot()
    delivered(slack, bot, direct(text))
    assert told in said(slack.messages[0])
    assert bot.asked == []


@pytest.mark.parametrize(
    "replies",
    [
        [{"recipient_id": "u", "text": "one\n\ntwo"}],
        [{"recipient_id": "u", "text": "one"}, {"recipient_id": "u", "text": "two"}],
        [{"recipient_id": "u", "custom": {"answer": {"no": "answer"}}}],
        [{"recipient_id": "u", "custom": {"answer": {"text": "x", "citations": [{"id": 1}]}}}],
        [{"recipient_id": "u", "image": "https://example.org/x.png"}],
    ],
)
def test_no_reply_of_whatever_form_is_silent(slack: Slack, replies: list[dict[str, Any]]) -> None:
    bot = Bot()
    bot.replies = replies
    delivered(slack, bot, direct("how many?"))
    (message,) = slack.messages
    assert said(message)
    if "text" in replies[0]:
        assert "one" in said(message)
        assert "two" in said(message)


@pytest.mark.parametrize(
    ("faults", "calls"),
    [
        (["500"], 2),
        (["hang"], 2),
        (["reset"], 2),
        (["internal_error", "500", "reset"], 4),
        (["500+taken"], 1),
        (["hang+taken"], 1),
        (["reset+taken"], 1),
        (["reset", "reset+taken"], 2),
        (["internal_error", "internal_error", "internal_error", "hang+taken"], 4),
    ],
)
def test_what_slack_does_in_mid_answer_leaves_one_answer(
    slack: Slack, caplog: pytest.LogCaptureFixture, faults: list[str], calls: int
) -> None:
    slack.fail("chat.postMessage", *faults)
    delivered(slack, Bot(), event())
    assert "did not reach" not in caplog.text
    assert len(slack.messages) == 1
    assert slack.calls.count("chat.postMessage") == calls


def test_a_look_up_that_fails_means_sending_again(slack: Slack) -> None:
    slack.fail("chat.postMessage", "reset")
    slack.fail("conversations.replies", "429")
    delivered(slack, Bot(), event())
    assert len(slack.messages) == 1


def test_the_time_that_slack_asks_to_wait_is_waited(slack: Slack) -> None:
    slack.fail("chat.postMessage", "429")
    slack.fail("response_url", "429")

    async def steps(desk: Desk) -> None:
        await asyncio.gather(
            desk.receive("events_api", direct("how many?")),
            desk.receive("slash_commands", command("how many?", slack.respond_url())),
        )

    started = time.monotonic()
    at_the_desk(slack, Bot(), steps)
    assert 1 <= time.monotonic() - started < 1.9
    assert len(slack.messages) == len(slack.responses) == 1
    assert slack.calls.count("chat.postMessage") == 2


def test_a_wait_that_is_too_long_is_not_begun(slack: Slack, caplog: pytest.LogCaptureFixture) -> None:
    slack.fail("chat.postMessage", "429")
    started = time.monotonic()
    delivered(slack, Bot(), event(), longest_wait=0.5)
    assert time.monotonic() - started < 0.9
    assert "Slack asks to wait" in caplog.text


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        ("not_in_channel", "invite the bot"),
        ("invalid_auth", "check RAHDARI_SLACK_BOT_TOKEN"),
        ("missing_scope", "add the scopes"),
        ("cannot_reply_to_message", "docs/slack.md"),
    ],
)
def test_what_slack_refuses_for_good_is_tried_once_and_logged_with_a_remedy(
    slack: Slack, caplog: pytest.LogCaptureFixture, fault: str, remedy: str
) -> None:
    slack.fail("chat.postMessage", fault)
    body = event()
    delivered(slack, Bot(), body)
    assert slack.calls.count("chat.postMessage") == 1
    assert fault in caplog.text
    assert remedy in caplog.text
    assert body["event"]["text"] not in caplog.text


def test_a_slack_that_cannot_be_reached_is_given_up_after_four_attempts(caplog: pytest.LogCaptureFixture) -> None:
    class Nowhere:
        api = "http://127.0.0.1:9/api/"

    delivered(Nowhere(), Bot(), direct("how many?"))  # type: ignore[arg-type]
    assert "did not reach Slack: Slack cannot be reached" in caplog.text
    assert caplog.text.count("follows in") == 3


def test_an_answer_whose_blocks_are_refused_is_sent_in_words(slack: Slack) -> None:
    slack.fail("chat.postMessage", "invalid_blocks")
    delivered(slack, Bot(), event())
    (message,) = slack.messages
    assert message.get("blocks") is None
    assert message["text"].startswith(f"{WORD} [1]")


def test_the_loopback_refuses_what_the_real_one_refuses(slack: Slack) -> None:
    async def send() -> None:
        client = SlackClient(BOT_TOKEN, slack.api)
        block = {"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}
        try:
            await client.send(Place("C1"), SlackMessage((block,), "in words"), Mark("1.1", "U1"))
            with pytest.raises(Undelivered, match="channel_not_found"):
                await client.send(Place("X1"), SlackMessage((), "in words"), Mark("1.1", "U1"))
        finally:
            await client.close()
        stranger = SlackClient("xoxb-another", slack.api)
        try:
            with pytest.raises(Undelivered, match="check RAHDARI_SLACK_BOT_TOKEN"):
                await stranger.whoami()
        finally:
            await stranger.close()

    asyncio.run(send())
    assert slack.refused == ["invalid_blocks"]
    assert [message["text"] for message in slack.messages] == ["in words"]


@pytest.mark.parametrize("fault", ["500", "reset", "hang"])
def test_a_response_url_is_tried_again_too(slack: Slack, fault: str) -> None:
    slack.fail("response_url", fault)
    delivered(slack, Bot(), command("how many?", slack.respond_url()), kind="slash_commands")
    assert len(slack.responses) == 1


def test_a_response_url_that_has_expired_is_logged(slack: Slack, caplog: pytest.LogCaptureFixture) -> None:
    slack.fail("response_url", "expired")
    delivered(slack, Bot(), command("how many?", slack.respond_url()), kind="slash_commands")
    assert slack.responses == []
    assert "expired_url" in caplog.text


def test_an_answer_too_long_for_one_message_comes_in_several_in_order(slack: Slack) -> None:
    bot = Bot()
    quotes = [f"{number} " + f"word{number} " * 1200 for number in range(5)]
    cited = tuple(Citation(n, "evidence", "dam", "Dam", None, None, quote, 0, 1) for n, quote in enumerate(quotes))
    bot.answer = Answer("a1", "answered", WORD, cited)
    delivered(slack, bot, event())
    assert len(slack.messages) > 2
    assert slack.refused == []
    together = " ".join(said(message) for message in slack.messages)
    positions = [together.index(f"word{number}") for number in range(5)]
    assert positions == sorted(positions)
    assert all(together.count(f"word{number} ") + together.count(f"word{number}”") >= 1200 for number in range(5))


def test_answers_to_one_person_keep_their_order_while_slack_falters(slack: Slack) -> None:
    bot = Bot()
    slack.fail("chat.postMessage", "hang")

    async def steps(desk: Desk) -> None:
        bot.answer = Answer("1", "answered", "first", ())
        one = asyncio.create_task(desk.receive("events_api", direct("one")))
        await asyncio.sleep(0.01)
        bot.answer = Answer("2", "answered", "second", ())
        await asyncio.gather(one, desk.receive("events_api", direct("two")))

    at_the_desk(slack, bot, steps)
    assert [message["text"].split()[0] for message in slack.messages] == ["first", "second"]


def test_a_slow_answer_is_acknowledged_before_it_is_there(slack: Slack) -> None:
    bot = Bot()
    bot.seconds = 0.5

    async def steps(desk: Desk) -> float:
        desk._acknowledge = 0.1
        started = time.monotonic()
        assert await desk.receive("events_api", event())
        assert slack.messages == []
        return time.monotonic() - started

    assert at_the_desk(slack, bot, steps) < 0.4
    assert len(slack.messages) == 1, "draining waits for it"


def test_a_desk_that_closes_ends_what_it_began_and_takes_nothing_more(
    slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    bot, lost = Bot(), event()

    async def steps(desk: Desk) -> None:
        bot.seconds = 0.2
        taken = asyncio.create_task(desk.receive("events_api", event()))
        await asyncio.sleep(0.05)
        bot.seconds = 20
        never = asyncio.create_task(desk.receive("events_api", lost))
        await asyncio.sleep(0.05)
        await desk.drain(0.4)
        assert await taken
        assert await never
        assert not await desk.receive("events_api", event()), "Slack is to deliver it to the next process"
        assert await desk.receive("events_api", event("message", "just talk"))

    at_the_desk(slack, bot, steps)
    assert len(slack.messages) == 1
    assert f"C1:{lost['event']['ts']} was still under way" in caplog.text


def test_socket_mode_delivers_acknowledges_and_connects_again(slack: Slack) -> None:
    bot, answered = Bot(), event()
    delivered(slack, bot, answered)

    async def steps(desk: Desk) -> None:
        loop = asyncio.get_running_loop()
        socket = Socket(APP_TOKEN, slack.api, desk.receive, ping=0.1)
        before = len(slack.sockets)

        async def until(*condition: Callable[[], bool]) -> None:
            end = time.monotonic() + 5
            while not all(one() for one in condition):
                assert time.monotonic() < end
                await asyncio.sleep(0.01)

        async def push(kind: str, payload: dict[str, Any], retry: int = 0) -> str:
            return await loop.run_in_executor(None, slack.push, kind, payload, retry)

        async def deliveries(desk: Desk) -> None:
            await until(lambda: len(slack.sockets) == before + 1)
            body = event()
            sent = [await push("events_api", body), await push("events_api", body, 1)]
            sent.append(await push("slash_commands", command("how many?", slack.respond_url())))
            menu = {"type": "static_select", "action_id": "rahdari_ask", "selected_option": {"value": "Where?"}}
            sent.append(await push("interactive", press(menu, slack.respond_url())))
            await until(lambda: sorted(slack.acknowledged) == sorted(sent))
            assert (len(slack.messages), len(slack.responses)) == (3, 1)
            again = await push("events_api", answered, 1)
            await until(lambda: again in slack.acknowledged)
            assert len(slack.messages) == 3, "the process before this one has answered it"

            await loop.run_in_executor(None, slack.socket_says, {"type": "disconnect", "reason": "refresh_requested"})
            await until(lambda: len(slack.sockets) == before + 2)
            await push("events_api", event())
            await until(lambda: len(slack.messages) == 4)

            slack.cut_socket()
            await until(lambda: len(slack.sockets) == before + 3)
            await push("events_api", event())
            await until(lambda: len(slack.messages) == 5)

            await desk.drain(1)
            late = await push("events_api", event())
            await asyncio.sleep(0.1)
            assert late not in slack.acknowledged

        socket.start()
        try:
            await deliveries(desk)
        finally:
            await socket.stop()
        assert len(asyncio.all_tasks()) <= 1

    at_the_desk(slack, bot, steps)


def test_socket_mode_stops_at_once_where_slack_never_lets_it_in(slack: Slack, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        async def receive(*_: Any) -> bool:
            return True

        socket = Socket("xapp-another", slack.api, receive, ping=0.05)
        socket.start()
        await asyncio.sleep(0.3)
        await socket.stop()

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert slack.calls.count("apps.connections.open") == 1
    assert "does not accept RAHDARI_SLACK_APP_TOKEN (invalid_auth)" in caplog.text
