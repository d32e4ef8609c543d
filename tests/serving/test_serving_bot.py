"""The bot's promise: within the limit, in order, and never nothing, whatever fails behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rahdari.channels.replies import answer_of

MakeBot = Callable[..., Any]
MakeAgent = Callable[..., Any]


def ask(bot: Any, *texts: str, sender: str = "u1") -> list[list[dict[str, Any]]]:
    async def turns() -> list[list[dict[str, Any]]]:
        return [await bot.handle(text, sender) for text in texts]

    return asyncio.run(turns())


def assert_plain_sentence(replies: list[dict[str, Any]], sender: str = "u1") -> None:
    assert [sorted(reply) for reply in replies] == [["recipient_id", "text"], ["custom", "recipient_id"]]
    assert all(reply["recipient_id"] == sender for reply in replies)
    answer = answer_of(replies)
    assert answer is not None
    assert answer["status"] == "unknown"
    assert answer["citations"] == []
    assert answer["text"] == replies[0]["text"]
    assert answer["text"].endswith(".")
    assert "Traceback" not in answer["text"]


def test_a_turn_gives_the_text_whole_and_the_answer_after_it(make_bot: MakeBot) -> None:
    (replies,) = ask(make_bot(), "say it")
    assert replies[0] == {"recipient_id": "u1", "text": "heard: say it\n\nand a second paragraph [1]"}
    assert replies[1]["custom"]["answer"]["status"] == "answered"
    assert len(replies) == 2


@pytest.mark.parametrize("word", ["raise", "nothing", "reject", "badly", "unserialisable", "unruled", "gibberish", ""])
def test_a_turn_that_fails_gets_one_plain_sentence(make_bot: MakeBot, word: str) -> None:
    bot = make_bot()
    failed, after = ask(bot, word, "say it")
    assert_plain_sentence(failed)
    assert after[0]["text"].startswith("heard: say it")


@pytest.mark.parametrize("word", ["wait", "block"])
def test_an_action_that_hangs_gets_a_sentence_in_time_and_the_bot_goes_on(make_bot: MakeBot, word: str) -> None:
    bot = make_bot(limit=1.3)
    started = time.monotonic()
    failed, after = ask(bot, word, "say it")
    assert_plain_sentence(failed)
    assert "in time" in failed[0]["text"]
    assert after[0]["text"].startswith("heard: say it")
    assert time.monotonic() - started < 2.6


def test_another_user_is_answered_while_an_action_blocks_its_thread(make_bot: MakeBot) -> None:
    bot = make_bot(limit=4.0)

    async def turns() -> tuple[Any, float]:
        blocked = asyncio.create_task(bot.handle("block", "u1"))
        await asyncio.sleep(0.1)
        started = time.monotonic()
        reply = await bot.handle("say it", "u2")
        took = time.monotonic() - started
        blocked.cancel()
        return reply, took

    reply, took = asyncio.run(turns())
    assert reply[0]["text"].startswith("heard: say it")
    assert took < 2.5


@pytest.mark.parametrize("method", ["save", "retrieve"])
def test_a_broken_tracker_store_is_no_reason_to_be_silent(
    make_bot: MakeBot, make_agent: MakeAgent, method: str
) -> None:
    async def broken(*_: Any) -> None:
        raise OSError("disk on fire")

    agent = make_agent()
    setattr(agent.tracker_store._tracker_store, method, broken)
    (reply,) = ask(make_bot(agent), "say it")
    assert reply[0]["text"].startswith("heard: say it")


def test_a_tracker_store_that_hangs_gets_a_sentence(make_bot: MakeBot, make_agent: MakeAgent) -> None:
    async def hanging(*_: Any) -> None:
        await asyncio.sleep(60)

    agent = make_agent()
    agent.tracker_store._tracker_store.retrieve = hanging
    (reply,) = ask(make_bot(agent, limit=0.5), "say it")
    assert_plain_sentence(reply)


@pytest.mark.parametrize("error", [RuntimeError("nothing left"), RecursionError(), asyncio.CancelledError()])
def test_an_agent_that_raises_gets_a_sentence(make_bot: MakeBot, make_agent: MakeAgent, error: BaseException) -> None:
    async def broken(_: Any) -> None:
        raise error

    agent = make_agent()
    agent.handle_message = broken
    (reply,) = ask(make_bot(agent), "say it")
    assert_plain_sentence(reply)


def test_what_was_said_before_something_failed_is_kept(make_bot: MakeBot, make_agent: MakeAgent) -> None:
    async def broken(*_: Any) -> None:
        raise OSError("disk on fire")

    agent = make_agent()
    agent.processor.save_tracker = broken
    (reply,) = ask(make_bot(agent), "say it")
    assert reply[0]["text"].startswith("heard: say it")


def test_turns_of_one_user_come_in_order_and_nobody_waits_a_second_for_the_lock(make_bot: MakeBot) -> None:
    bot = make_bot()
    ask(bot, "say it")

    async def burst() -> list[Any]:
        return await asyncio.gather(*(bot.handle(f"remember {number}", "u1") for number in range(5)))

    started = time.monotonic()
    asyncio.run(burst())
    assert time.monotonic() - started < 0.9
    (reply,) = ask(bot, "recall")
    assert reply[0]["text"].endswith("note: remember 4")


def test_a_typed_command_is_plain_text(make_bot: MakeBot) -> None:
    bot = make_bot()
    ask(bot, "remember this")
    replies = ask(bot, "/restart", '/say{"note": "x"}', "  //recall")
    assert_plain_sentence(replies[0])
    assert replies[1][0]["text"].startswith('heard: say{"note": "x"}')
    assert replies[2][0]["text"].endswith("note: remember this")


def test_two_users_do_not_see_each_others_slots(make_bot: MakeBot) -> None:
    bot = make_bot()
    ask(bot, "remember mine", sender="a")
    (reply,) = ask(bot, "recall", sender="b")
    assert reply[0]["text"].endswith("note: None")


def test_a_connector_of_rasa_gets_the_replies_on_its_own_channel(make_bot: MakeBot) -> None:
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    output = CollectingOutputChannel()
    asyncio.run(make_bot().handle_message(UserMessage("raise", output, "u1", input_channel="other")))
    assert_plain_sentence(output.messages)


def test_closing_waits_for_the_turn_under_way(make_bot: MakeBot) -> None:
    bot = make_bot()

    async def turn_and_close() -> Any:
        turn = asyncio.create_task(bot.handle("say it", "u1"))
        await asyncio.sleep(0.001)
        await bot.close()
        return await turn

    assert asyncio.run(turn_and_close())[0]["text"].startswith("heard: say it")


def test_threads_that_block_are_left_behind_up_to_a_limit_and_free_ones_are_not_counted(make_bot: MakeBot) -> None:
    import failing_actions

    from rahdari.serving.bot import MOST_STUCK

    bot = make_bot(limit=1.2)

    async def block_and_ask() -> str:
        await bot.handle("block", "u1")
        return str((await bot.handle("say it", "u2"))[0]["text"])

    for _ in range(3):
        assert asyncio.run(block_and_ask()).startswith("heard: say it")
    assert len(bot._stuck) == 3 <= MOST_STUCK
    failing_actions.RELEASE.set()
    time.sleep(0.2)
    failing_actions.RELEASE.clear()
    assert asyncio.run(block_and_ask()).startswith("heard: say it")
    assert len(bot._stuck) == 1


@pytest.fixture()
def kept(tmp_path: Path) -> Any:
    """What keeps the conversations of `keeping`."""
    from rahdari.serving.conversations import Conversations

    return Conversations(path=tmp_path / "kept.sqlite")


@pytest.fixture()
def keeping(make_agent: MakeAgent, kept: Any) -> Callable[[float], Any]:
    """Makes bots that know where their conversations are kept."""
    from rahdari.serving.bot import Bot

    return lambda limit: Bot(make_agent(kept), limit, conversations=kept)


def everybody(kept: Any) -> list[str]:
    assert kept.flush()
    return list(asyncio.run(kept.keys()))


def test_forgetting_waits_for_the_turn_under_way_and_nothing_is_left(keeping: Callable[..., Any], kept: Any) -> None:
    bot = keeping(4.0)

    async def start_over_in_a_turn() -> tuple[str, str]:
        await bot.handle("remember me", "u1")
        slow = asyncio.create_task(bot.handle("linger a while", "u1"))
        await asyncio.sleep(0.2)
        forgotten = asyncio.create_task(bot.forget("u1"))
        await asyncio.sleep(0)
        after = asyncio.create_task(bot.handle("recall", "u1"))
        await forgotten
        return (await slow)[0]["text"], (await after)[0]["text"]

    said, after = asyncio.run(start_over_in_a_turn())
    assert said.startswith("heard: linger")
    assert after.endswith("note: None")
    assert after.startswith(asyncio.run(keeping(4.0).handle("recall", "u2"))[0]["text"].split()[0])
    assert everybody(kept) == ["u1", "u2"]
    asyncio.run(bot.forget("u1"))
    assert everybody(kept) == ["u2"]


def test_a_turn_that_was_given_up_leaves_nothing_and_undoes_nothing(keeping: Callable[..., Any], kept: Any) -> None:
    import failing_actions

    bot = keeping(1.3)

    async def give_up_and_go_on() -> str:
        for sender in ("u1", "u2"):
            assert_plain_sentence(await bot.handle("block", sender), sender)
        await bot.forget("u1")
        await bot.handle("remember this", "u2")
        failing_actions.RELEASE.set()  # now the turns that were given up come to their end
        await asyncio.sleep(0.5)
        return str((await bot.handle("recall", "u2"))[0]["text"])

    try:
        assert asyncio.run(give_up_and_go_on()).endswith("note: remember this")
    finally:
        failing_actions.RELEASE.clear()
    assert everybody(kept) == ["u2"]
