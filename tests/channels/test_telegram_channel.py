"""The channel in a running server, between a scripted bot and a played Telegram, by both ways of updates."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fake_telegram import BOT, GROUP, PERSON, PRIVATE, FakeTelegram, bad, message, press, too_many
from telegram_stage import HOOK, ScriptedBot, Stage, channel_to, citation, form

from rahdari import bootstrap
from rahdari.channels.replies import sentence
from rahdari.channels.rest import forget
from rahdari.channels.telegram import channel as module
from rahdari.channels.telegram.channel import TelegramChannel, secret_of
from rahdari.errors import SettingsError
from rahdari.records import Document
from rahdari.settings import Settings
from rahdari.store import Feedback, GivenAnswer

WEBHOOK = {"webhook": f"{HOOK}/webhooks/telegram/webhook", "secret": "s3cret"}
LONG = "Tell me about the Agreement on the Joint Construction of the Corridor for Agriculture"
Scenario = Callable[[Stage], Awaitable[None]]


@pytest.fixture(params=["webhook", "polling"])
def play(request: pytest.FixtureRequest, stage: Any) -> Callable[..., None]:
    """Plays a scenario on a stage, once by each way."""

    def run(scenario: Scenario, **more: Any) -> None:
        async def whole() -> None:
            async with stage(**{**(WEBHOOK if request.param == "webhook" else {}), **more}) as on:
                await scenario(on)

        asyncio.run(whole())

    return run


@pytest.fixture()
def webhook(stage: Any) -> Callable[..., None]:
    def run(scenario: Scenario, **more: Any) -> None:
        async def whole() -> None:
            async with stage(**{**WEBHOOK, **more}) as on:
                await scenario(on)

        asyncio.run(whole())

    return run


def test_a_question_is_answered_with_typing_sources_and_buttons(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.says["how many?"] = form(citations=[citation(title="The <report>")], suggestions=["Which sectors?"])
        await on.hear("message", message("how many?"))
        assert await on.fake.said(1) == ["20 were signed. [1]\n\n[1] The <report>\nQuote 1."]
        assert [name for name, _ in on.fake.calls if name.startswith("send")] == ["sendChatAction", "sendMessage"]
        sent = on.fake.messages[0]["call"]
        assert [len(row) for row in sent["reply_markup"]["inline_keyboard"]] == [1, 2]
        assert "reply_parameters" not in sent
        assert on.bot.heard == [("how many?", "telegram:7:7")]

    play(scenario)


def test_a_long_answer_comes_in_parts_in_order_with_its_buttons_under_the_last(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        text = " ".join(f"Sentence {number} of the answer." for number in range(400))
        on.bot.says["all"] = form(text)
        on.fake.faults["sendMessage"] = [None, "bad gateway", too_many(0)]
        await on.hear("message", message("all"))
        parts = await on.fake.said(3)
        assert " ".join(parts) == text
        assert ["reply_markup" in each["call"] for each in on.fake.messages] == [False, False, True]

    play(scenario)


def test_a_group_is_answered_only_when_it_asks_and_under_the_question(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        await on.hear("message", message("how many?", chat=GROUP))
        await on.hear("message", message("@RahdariBot how many?", chat=GROUP, message_id=21))
        await on.hear("message", message("/help", chat=GROUP, message_thread_id=5, is_topic_message=True))
        await on.fake.said(2)
        assert [heard[0] for heard in on.bot.heard] == ["how many?", "help"]
        assert {heard[1] for heard in on.bot.heard} == {"telegram:-100500:7"}
        first, second = sorted(
            (each["call"] for each in on.fake.messages), key=lambda call: "message_thread_id" in call
        )
        assert first["reply_parameters"] == {"message_id": 21, "allow_sending_without_reply": True}
        assert second["message_thread_id"] == 5

    play(scenario)


def test_commands(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.says["hello"] = form("Hello!", status="smalltalk", suggestions=["One?", "Two?", "Three?"])
        on.bot.says["many"] = form(citations=[citation(quote="long " * 200)])
        await on.hear("message", message("/sources"))
        await on.hear("message", message("/start now"))
        await on.hear("message", message("/help"))
        await on.hear("message", message("many"))
        await on.hear("message", message("hello"))
        await on.hear("message", message("/sources"))
        await on.hear("message", message("/restart"))
        await on.hear("message", message("/sources"))
        await on.hear("message", message("/weather"))
        said = await on.fake.said(9)
        assert said[0] == sentence("no_answer_yet")
        assert said[1] == "Hello!"
        assert len(on.fake.messages[1]["call"]["reply_markup"]["inline_keyboard"]) == 3
        assert said[2] == f"heard: help\n\n{sentence('commands')}"
        assert said[3].startswith("20 were signed. [1]")
        assert said[4] == "Hello!"
        assert (said[3].count("long"), said[5].count("long")) == (80, 200)
        assert said[6] == sentence("restarted")
        assert on.bot.forgotten == ["telegram:7:7"]
        assert said[7] == sentence("no_answer_yet")
        assert said[8].startswith(sentence("unknown_command"))

    play(scenario)


def test_a_pressed_suggestion_is_confirmed_and_asked_under_its_question(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.says["more"] = form(suggestions=["Which sectors?", LONG])
        await on.hear("message", message("more"))
        await on.fake.said(1)
        markup = on.fake.messages[0]["call"]["reply_markup"]
        for number, row in enumerate(markup["inline_keyboard"][:2]):
            on.fake.queries.add(f"q{number}")
            await on.hear("callback_query", press(row[0]["callback_data"], f"q{number}", reply_markup=markup))
        said = await on.fake.said(3)
        assert said[1:] == ["Which sectors?\n\nheard: Which sectors?", f"{LONG}\n\nheard: {LONG}"]
        assert sorted(on.fake.confirmed) == ["q0", "q1"]
        names = [name for name, _ in on.fake.calls]
        assert names.index("answerCallbackQuery") < len(names) - names[::-1].index("sendMessage") - 1

    play(scenario)


def test_a_verdict_is_kept_and_thanked_for(play: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []

    class Keeper:
        def keep(self, *verdict: Any) -> bool:
            if len(kept) == 1:
                kept.append("full")
                raise OSError("disk full")
            kept.append(verdict)
            return verdict[0] == "7b1f"

    async def scenario(on: Stage) -> None:
        on.fake.queries |= {"q1", "q2", "q3", "q4"}
        on.app.ctx.feedback = Keeper()
        await on.hear("callback_query", press("f:up:7b1f", "q1"))
        await on.fake.until(lambda fake: len(fake.confirmed) == 1)
        await on.hear("callback_query", press("f:down:7b1f", "q2"))
        await on.fake.until(lambda fake: len(fake.confirmed) == 2)
        assert kept == [("7b1f", "up", None, "telegram", "7"), "full"]
        assert on.fake.confirmed["q1"]["text"] == sentence("thanks_up")
        assert on.fake.confirmed["q2"]["text"] == sentence("not_noted")
        await on.hear("callback_query", press("f:up:gone", "q4"))
        await on.fake.until(lambda fake: "q4" in fake.confirmed)
        assert on.fake.confirmed["q4"]["text"] == sentence("feedback_unknown")
        on.app.ctx.feedback = None
        await on.hear("callback_query", press("f:down:7b1f", "q3"))
        await on.fake.until(lambda fake: "q3" in fake.confirmed)
        assert on.fake.confirmed["q3"]["text"] == sentence("thanks_down")
        assert on.bot.heard == []

    monkeypatch.setenv("RAHDARI_HOME", str(tmp_path))
    given = GivenAnswer("7b1f", "how many?", "how many?", "answered", "20.", ())
    bootstrap.given_answers(Settings.from_environment()).note(given, "telegram:7:7")
    play(scenario)
    assert [(kept.answer, kept.verdict, kept.channel) for kept in Feedback(tmp_path).latest()] == [
        ("7b1f", "down", "telegram")
    ]


def test_a_button_that_means_nothing_any_more_gets_a_polite_word(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.fake.queries.add("q1")
        await on.hear("callback_query", press("q#0", "q1"))
        await on.fake.until(lambda fake: fake.confirmed)
        assert on.fake.confirmed["q1"]["text"] == sentence("old_button")
        await on.hear("callback_query", press("q#0", "too old"))
        assert await on.fake.said(1) == [sentence("old_button")]
        gone = press("q#0", "too old as well")
        del gone["message"]
        await on.hear("callback_query", gone)
        await on.fake.until(lambda fake: len(fake.called("answerCallbackQuery")) == 3)

    play(scenario)


def test_what_is_no_question_gets_a_polite_word_or_nothing_and_never_an_error(
    play: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(on: Stage) -> None:
        channel = {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}, "text": "news"}
        member = {"chat": PRIVATE, "from": PERSON, "date": 1, "new_chat_member": {"user": BOT, "status": "kicked"}}
        for kind, content in (
            ("channel_post", channel),
            ("my_chat_member", member),
            ("message", message(new_chat_members=[BOT], chat=GROUP)),
            ("message", message(photo=[], chat=GROUP)),
            ("edited_message", message("@RahdariBot hm", chat=GROUP)),
            ("message", None),
            ("message", message(photo=[], media_group_id="5")),
            ("message", message(photo=[], media_group_id="5")),
            ("message", message(voice={})),
            ("message", message("first")),
            ("edited_message", message("first")),
            ("edited_message", message("second")),
            ("message", message("x" * 4_001)),
            ("message", message("/ ")),
            ("message", message("last")),
        ):
            await on.hear(kind, content)  # type: ignore[arg-type]
        assert await on.fake.said(7) == [
            sentence("text_only"),
            sentence("text_only"),
            "heard: first",
            sentence("edited"),
            sentence("long_message"),
            sentence("empty_message"),
            "heard: last",
        ]

    play(scenario)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(("said", "told"), [(ValueError("no"), "failed"), (5.0, "slow"), ("", "silent")])
def test_a_turn_that_fails_gets_one_sentence(play: Any, said: Any, told: str) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.says["fail"] = said
        await on.hear("message", message("fail"))
        assert await on.fake.said(1) == [sentence(told)]

    play(scenario, limit=0.1)


def test_plain_texts_of_the_bot_are_said_too(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.says["plainly"] = "only <text>"
        await on.hear("message", message("plainly"))
        assert await on.fake.said(1) == ["only <text>"]

    play(scenario)


def test_what_fails_in_the_channel_itself_gets_a_sentence(play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(on: Stage) -> None:
        monkeypatch.setattr("rahdari.channels.telegram.html.reply", lambda *_: 1 / 0)
        await on.hear("message", message("how many?"))
        assert await on.fake.said(1) == [sentence("failed")]

    play(scenario)


def test_a_message_that_is_refused_is_sent_plainer(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.fake.faults["sendMessage"] = [bad("BUTTON_DATA_INVALID"), bad("can't parse entities: hm")]
        on.bot.says["a"] = form("a < b", citations=[citation()])
        await on.hear("message", message("a"))
        assert await on.fake.said(1) == ["a < b [1]\n\n[1] report-1\nQuote 1."]
        assert [sorted(call) for call in on.fake.called("sendMessage")] == [
            ["chat_id", "link_preview_options", "parse_mode", "reply_markup", "text"],
            ["chat_id", "link_preview_options", "parse_mode", "text"],
            ["chat_id", "link_preview_options", "text"],
        ]

    play(scenario)


def test_a_group_that_moved_is_answered_where_it_is_now(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.fake.moved[GROUP["id"]] = -1009  # type: ignore[index]
        await on.hear("message", message("@RahdariBot hi", chat=GROUP))
        await on.fake.said(1)
        assert on.fake.messages[0]["call"]["chat_id"] == -1009
        assert "reply_parameters" not in on.fake.messages[0]["call"]

    play(scenario)


def test_somebody_who_blocked_the_bot_is_no_error(play: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(on: Stage) -> None:
        on.fake.blocked.add(7)
        await on.hear("message", message("hi"))
        await on.fake.until(lambda fake: fake.called("sendMessage"))

    play(scenario)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_hanging_typing_holds_up_no_answer_for_long(play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rahdari.channels.telegram.sending.TYPING_SECONDS", 0.1)

    async def scenario(on: Stage) -> None:
        on.fake.faults["sendChatAction"] = ["hang"]
        await on.hear("message", message("hi"))
        assert await on.fake.said(1, seconds=1) == ["heard: hi"]

    play(scenario, seconds=5)


def test_a_reply_that_could_not_be_sent_is_logged(play: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(on: Stage) -> None:
        on.fake.faults["sendMessage"] = ["bad gateway"] * 4
        await on.hear("message", message("hi"))
        await on.fake.until(lambda fake: len(fake.called("sendMessage")) == 4)
        await on.hear("message", message("again"))
        assert await on.fake.said(1) == ["heard: again"]

    play(scenario)
    assert "a reply was not sent: Telegram answers sendMessage with 502" in caplog.text


def test_messages_of_one_person_are_answered_in_order_and_others_do_not_wait(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.says["slow"] = 0.2
        await on.hear("message", message("slow"))
        await on.hear("message", message("next"))
        other = {**PERSON, "id": 8}
        await on.hear("message", message("other", **{"from": other, "chat": {"id": 8, "type": "private"}}))
        assert await on.fake.said(3) == ["heard: other", sentence("silent"), "heard: next"]

    play(scenario)


def test_long_answers_to_two_people_of_a_group_do_not_mix(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        for name in ("one", "two"):
            on.bot.says[name] = form(f"{name} " * 4_000)
        for id, name in enumerate(("one", "two")):
            await on.hear("message", message(f"@RahdariBot {name}", chat=GROUP, **{"from": {**PERSON, "id": id}}))
        said = await on.fake.said(8)
        assert [part[:3] for part in said] in (["one"] * 4 + ["two"] * 4, ["two"] * 4 + ["one"] * 4)

    play(scenario)


def test_an_update_that_comes_twice_is_answered_once(play: Any) -> None:
    async def scenario(on: Stage) -> None:
        update = await on.hear("message", message("once"))
        if on.fake.webhook:
            assert await on.fake.deliver(update, on.address) == [200]
        else:
            await on.fake.queue(update)
        await on.hear("message", message("end"))
        assert await on.fake.said(2) == ["heard: once", "heard: end"]

    play(scenario)


@pytest.mark.parametrize("more", [WEBHOOK, {}], ids=["webhook", "polling"])
def test_turns_under_way_are_finished_when_the_server_stops(
    stage: Any, more: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        bot = ScriptedBot()
        bot.gate = asyncio.Event()
        async with stage(bot=bot, **more) as on:
            await on.hear("message", message("hi"))
            await on.fake.until(lambda fake: fake.called("sendChatAction"))
            fake, asked = on.fake, len(on.fake.called("getUpdates"))
            assert fake.messages == []
            asyncio.get_running_loop().call_later(0.05, bot.gate.set)
        assert [each["seen"] for each in fake.messages] == ["heard: hi"]
        if not more:  # what was taken is confirmed, so that nobody gets it again
            assert len(fake.called("getUpdates")) > asked
            assert fake.waiting == []

    asyncio.run(scenario())
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_turn_that_does_not_end_does_not_hold_up_the_stop(
    webhook: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "FINISH_SECONDS", 0.05)

    async def scenario(on: Stage) -> None:
        on.bot.gate = asyncio.Event()
        await on.hear("message", message("hi"))
        await on.fake.until(lambda fake: fake.called("sendChatAction"))

    webhook(scenario)
    assert "1 replies were still under way" in caplog.text


def test_a_hanging_confirmation_of_a_button_holds_up_no_answer(webhook: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.fake.faults["answerCallbackQuery"] = ["hang"] * 4
        await on.hear("callback_query", press("q:how many?"))
        assert await on.fake.said(1, seconds=0.9) == ["how many?\n\nheard: how many?"]

    webhook(scenario)


def test_a_source_leads_to_its_document_where_the_store_tells_where_that_is(
    play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Store:
        def document(self, id: str) -> Any:
            return Document(id, "\fQuote 1.", source="https://example.org/1") if id == "report-1" else None

    monkeypatch.setattr(bootstrap, "store", lambda settings: Store())

    async def scenario(on: Stage) -> None:
        on.bot.says["a"] = form(citations=[citation(1, start=1, end=9), citation(2)])
        await on.hear("message", message("a"))
        await on.fake.said(1)
        sent = on.fake.messages[0]["call"]["text"]
        assert '[1] <a href="https://example.org/1">report-1</a>, page 2\n' in sent
        assert "[2] report-2" in sent

    play(scenario)


def test_a_conversation_begins_anew_under_rasas_own_agent_too() -> None:
    from rasa.core.lock_store import InMemoryLockStore
    from rasa.core.tracker_store import InMemoryTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import SlotSet
    from rasa.shared.core.slots import AnySlot

    domain = Domain.empty()
    domain.slots.append(AnySlot("note", mappings=[{}]))
    store = InMemoryTrackerStore(domain)

    async def scenario() -> None:
        tracker = await store.get_or_create_tracker("telegram:7:7")
        tracker.update(SlotSet("note", "remember"))
        await store.save(tracker)
        assert (await store.retrieve("telegram:7:7")).get_slot("note") == "remember"
        agent = SimpleNamespace(tracker_store=store, lock_store=InMemoryLockStore())
        given = GivenAnswer("a1", "how many?", "how many?", "answered", "20.", ())
        bootstrap.given_answers(Settings.from_environment()).note(given, "telegram:7:7")
        await forget(agent, "telegram:7:7")
        assert bootstrap.given_answers(Settings.from_environment()).find("a1") is None
        assert (await store.retrieve("telegram:7:7")).get_slot("note") is None

    asyncio.run(scenario())


def test_a_conversation_that_cannot_be_forgotten_is_said_so(play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(on: Stage) -> None:
        monkeypatch.setattr(on.bot, "forget", lambda sender: 1 / 0)
        await on.hear("message", message("/restart"))
        assert await on.fake.said(1) == [sentence("not_restarted")]

    play(scenario)


# The webhook


def test_only_telegram_can_post_updates(webhook: Any) -> None:
    async def scenario(on: Stage) -> None:
        update = on.fake.update("message", message("hi"))
        address = f"{on.address}/webhooks/telegram/webhook"
        async with httpx.AsyncClient(verify=False) as client:
            for secret in ("", "S3cret", "s3cret,", "s3cre", "ß", "s3cret" * 50):
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
                assert (await client.post(address, json=update, headers=headers)).status_code == 403
            assert (await client.post(address, json=update)).status_code == 403
            assert (await client.get(address)).status_code == 405
            known = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}
            for body in (b"", b"{", b"\xff", b"[" * 50_000):
                assert (await client.post(address, content=body, headers=known)).status_code == 400
            for body in (b"[]", b"5", b"{}", b'{"update_id": [1]}', b'{"update_id": 1, "message": 5}'):
                assert (await client.post(address, content=body, headers=known)).status_code == 200
        assert on.bot.heard == []
        assert await on.fake.deliver(update, on.address) == [200]
        assert await on.fake.said(1) == ["heard: hi"]

    webhook(scenario)


def test_an_update_is_acknowledged_before_it_is_answered(webhook: Any) -> None:
    async def scenario(on: Stage) -> None:
        on.bot.gate = asyncio.Event()
        await asyncio.wait_for(on.hear("message", message("hi")), 1)
        assert on.fake.messages == []
        on.bot.gate.set()
        await on.fake.said(1)

    webhook(scenario)


def test_too_much_at_once_is_left_with_telegram_which_sends_it_again(stage: Any) -> None:
    async def scenario() -> None:
        bot = ScriptedBot()
        bot.gate = asyncio.Event()
        fake = await FakeTelegram().start()
        channel = channel_to(fake, **WEBHOOK)
        channel._work._most = 2
        async with stage(fake, bot, channel, **WEBHOOK) as on:
            for text in ("one", "two"):
                await on.hear("message", message(text))
            late = fake.update("message", message("three"))
            assert await fake.deliver(late, on.address, attempts=2) == [503, 503]
            bot.gate.set()
            await fake.said(2)
            assert (await fake.deliver(late, on.address))[-1] == 200
            assert await fake.said(3) == ["heard: one", "heard: two", "heard: three"]

    asyncio.run(scenario())


def test_the_webhook_is_told_to_telegram_with_its_secret(webhook: Any) -> None:
    async def scenario(on: Stage) -> None:
        assert on.fake.webhook == {
            "url": f"{HOOK}/webhooks/telegram/webhook",
            "secret_token": "s3cret",
            "allowed_updates": ["message", "edited_message", "callback_query"],
        }
        assert on.fake.called("getUpdates") == []
        async with httpx.AsyncClient(verify=False) as client:
            about = (await client.get(f"{on.address}/webhooks/telegram/")).json()
        assert about == {"status": "ok", "updates": "webhook"}

    webhook(scenario)


def test_a_group_that_asks_before_telegram_told_the_name_is_answered(stage: Any) -> None:
    async def scenario() -> None:
        fake = await FakeTelegram().start()
        fake.webhook = {"url": WEBHOOK["webhook"], "secret_token": "s3cret"}
        fake.faults["getMe"] = ["bad gateway"]
        async with stage(fake, **WEBHOOK, pause=30) as on:
            await fake.until(lambda fake: fake.called("getMe"))
            await on.hear("message", message("@RahdariBot hi", chat=GROUP))
            assert await fake.said(1) == ["heard: hi"]

    asyncio.run(scenario())


# Long polling


def test_without_a_public_address_a_webhook_is_taken_back_and_updates_are_fetched(stage: Any) -> None:
    async def scenario() -> None:
        fake = await FakeTelegram().start()
        fake.webhook = {"url": "https://elsewhere.example.org", "secret_token": "x"}
        await fake.queue(fake.update("message", message("waited")))
        async with stage(fake) as on:
            assert await fake.said(1) == ["heard: waited"]
            async with httpx.AsyncClient(verify=False) as client:
                assert (await client.post(f"{on.address}/webhooks/telegram/webhook", json={})).status_code == 404
                about = (await client.get(f"{on.address}/webhooks/telegram/")).json()
            assert about == {"status": "ok", "updates": "polling"}

    asyncio.run(scenario())


def confirming(fake: FakeTelegram) -> Any:
    return [0, *(call.get("offset") for call in fake.called("getUpdates"))][-1]


def test_what_was_fetched_is_confirmed_by_the_next_request_and_numbers_may_begin_anew(stage: Any) -> None:
    async def scenario() -> None:
        async with stage(poll_seconds=0) as on:
            update = await on.hear("message", message("one"))
            await on.fake.until(lambda fake: confirming(fake) == update["update_id"] + 1)
            await on.fake.until(lambda fake: confirming(fake) is None)
            on.fake._number = 5  # as Telegram does after a week without updates
            await on.hear("message", message("two"))
            assert await on.fake.said(2) == ["heard: one", "heard: two"]

    asyncio.run(scenario())


def test_polling_goes_on_through_every_failure(stage: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        fake = await FakeTelegram().start()
        conflict = bad("x")
        conflict.code, conflict.description = 409, "Conflict: terminated by other getUpdates request"
        fake.faults["getMe"] = ["bad gateway"] * 2
        fake.faults["deleteWebhook"] = ["reset"]
        fake.faults["setMyCommands"] = [bad("BOT_COMMAND_INVALID")]
        fake.faults["getUpdates"] = ["reset", "nonsense", conflict, too_many(0), "bad gateway", "lost"]
        await fake.queue(fake.update("message", message("still there?")))
        async with stage(fake):
            assert await fake.said(1) == ["heard: still there?"]

    asyncio.run(scenario())
    assert "Telegram is there again" in caplog.text


def test_a_batch_with_something_unreadable_in_it_is_read_all_the_same(stage: Any) -> None:
    async def scenario() -> None:
        fake = await FakeTelegram().start()
        await fake.queue(
            fake.update("message", {"chat": 5}),
            fake.update("something_new", {}),
            fake.update("message", message("hi")),
        )
        async with stage(fake):
            assert await fake.said(1) == ["heard: hi"]

    asyncio.run(scenario())


def test_a_token_that_is_not_accepted_stops_the_channel_and_not_the_server(
    stage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        fake = await FakeTelegram().start()
        denied = bad("x")
        denied.code, denied.description = 401, "Unauthorized"
        fake.faults["getMe"] = [denied]
        async with stage(fake) as on:
            await fake.until(lambda fake: fake.called("getMe"))
            async with httpx.AsyncClient(verify=False) as client:
                assert (await client.get(f"{on.address}/webhooks/telegram/")).status_code == 200

    asyncio.run(scenario())
    assert "RAHDARI_TELEGRAM_TOKEN" in caplog.text


def test_an_update_that_cannot_be_taken_does_not_end_the_polling(
    stage: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = module.updates.read
    monkeypatch.setattr(module.updates, "read", lambda update, me: real(update, me) if "message" in update else 1 / 0)

    async def scenario() -> None:
        async with stage() as on:
            await on.hear("poll", {})
            await on.hear("message", message("hi"))
            assert await on.fake.said(1) == ["heard: hi"]

    asyncio.run(scenario())
    assert "could not be taken" in caplog.text


# From settings


def settings(**more: str) -> Settings:
    return Settings.from_environment({f"RAHDARI_TELEGRAM_{name}": value for name, value in more.items()})


def test_the_channel_is_off_without_a_token(stage: Any) -> None:
    async def scenario() -> None:
        async with stage(channel=TelegramChannel.from_credentials(None)) as on:
            async with httpx.AsyncClient(verify=False) as client:
                about = (await client.get(f"{on.address}/webhooks/telegram/")).json()
                assert about == {"status": "off", "updates": "off"}
                assert (await client.post(f"{on.address}/webhooks/telegram/webhook", json={})).status_code == 404
            assert on.fake.calls == []

    asyncio.run(scenario())


def test_a_token_in_a_file_of_the_project_is_refused() -> None:
    with pytest.raises(SettingsError, match="RAHDARI_TELEGRAM_TOKEN"):
        TelegramChannel.from_credentials({"access_token": "1:a"})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("https://bot.example.org", "https://bot.example.org/webhooks/telegram/webhook"),
        ("https://bot.example.org/", "https://bot.example.org/webhooks/telegram/webhook"),
        ("https://example.org/bot/hook", "https://example.org/bot/hook"),
    ],
)
def test_a_public_address_without_a_path_gets_the_channels_own(given: str, told: str) -> None:
    channel = TelegramChannel.from_settings(settings(TOKEN="42:abc", WEBHOOK=given))
    assert channel._where() == {
        "url": told,
        "secret_token": secret_of("42:abc"),
        "allowed_updates": ["message", "edited_message", "callback_query"],
    }
    assert TelegramChannel.from_settings(settings(TOKEN="42:abc", WEBHOOK=given, SECRET="x-1"))._secret == "x-1"
