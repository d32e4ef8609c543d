"""Conversations: a window that keeps every slot, over restarts, and never in the way of a turn."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rahdari.store.conversation_file import ConversationFile

MakeBot = Callable[..., Any]
MakeAgent = Callable[..., Any]


def turn(number: int, slot: tuple[str, Any] | None = None) -> list[Any]:
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    middle = [SlotSet(*slot)] if slot else []
    return [
        UserUttered(f"q{number}"),
        ActionExecuted("action_say"),
        *middle,
        BotUttered("a"),
        ActionExecuted("action_listen"),
    ]


def conversation(turns: int, **slots_at: tuple[str, Any]) -> list[Any]:
    from rasa.shared.core.events import ActionExecuted, SessionStarted

    events: list[Any] = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    for number in range(turns):
        events += turn(number, slots_at.get(f"t{number}"))
    return events


def replayed_slots(events: list[Any]) -> dict[str, Any]:
    from rasa.shared.core.slots import AnySlot
    from rasa.shared.core.trackers import DialogueStateTracker

    slots = [AnySlot(name, [{"type": "custom"}], influence_conversation=False) for name in ("note", "focus")]
    return dict(DialogueStateTracker.from_events("u", events, slots).current_slot_values())


def test_a_short_conversation_is_kept_whole() -> None:
    from rahdari.serving.window import window

    events = conversation(3)
    assert window(events, 80) == events


@pytest.mark.parametrize("limit", [10, 33, 80])
def test_a_window_holds_whole_turns_and_replays_to_the_same_slots(limit: int) -> None:
    from rasa.shared.core.events import UserUttered

    from rahdari.serving.window import window

    events = conversation(60, t0=("note", "old"), t2=("focus", ["a"]), t40=("focus", ["b"]))
    kept = window(events, limit)
    opening = next(place for place, event in enumerate(kept) if isinstance(event, UserUttered))
    assert len(kept) - opening <= limit
    assert kept[opening:] == events[-(len(kept) - opening) :]
    assert replayed_slots(kept) == replayed_slots(events) == {"note": "old", "focus": ["b"]}


def test_windows_of_windows_keep_a_slot_for_ever() -> None:
    from rahdari.serving.window import window

    events = conversation(1, t0=("note", "first"))
    for number in range(200):
        events = window(events + turn(number), 20)
    assert replayed_slots(events)["note"] == "first"
    assert len(events) < 30


def test_a_slot_that_was_emptied_stays_empty() -> None:
    from rahdari.serving.window import window

    events = conversation(60, t0=("note", "old"), t1=("note", None))
    assert replayed_slots(window(events, 20))["note"] is None


@pytest.mark.parametrize("limit", [4, 80])
@pytest.mark.parametrize("kind", ["AllSlotsReset", "Restarted"])
def test_nothing_is_kept_of_what_was_said_before_somebody_started_over(kind: str, limit: int) -> None:
    from rasa.shared.core import events as rasa_events
    from rasa.shared.core.events import UserUttered

    from rahdari.serving.window import window

    events = conversation(3, t0=("note", "secret"))
    asked, acted, said, listens = turn(3)
    events = window([*events, asked, getattr(rasa_events, kind)(), acted, said, listens], limit)
    assert [event.text for event in events if isinstance(event, UserUttered)] == ["q3"]
    assert "secret" not in str([event.as_dict() for event in events])
    assert replayed_slots(events)["note"] is None
    on = window(events + turn(4, ("note", "new")), 80)
    assert [event.text for event in on if isinstance(event, UserUttered)] == ["q3", "q4"]
    assert replayed_slots(on)["note"] == "new"


def test_a_turn_longer_than_the_window_is_kept() -> None:
    from rahdari.serving.window import window

    events = conversation(3)
    assert window(events, 2)[-4:] == events[-4:]


def test_slots_outlive_two_hundred_turns_and_the_last_turns_cost_what_the_first_did(make_bot: MakeBot) -> None:
    bot = make_bot()

    async def talk() -> tuple[list[float], str]:
        await bot.handle("remember the start", "u1")
        times = []
        for number in range(200):
            started = time.perf_counter()
            await bot.handle(f"say {number}", "u1")
            times.append(time.perf_counter() - started)
        return times, (await bot.handle("recall", "u1"))[0]["text"]

    times, recalled = asyncio.run(talk())
    assert recalled.endswith("note: remember the start")
    assert int(recalled.split()[0]) < 100
    early, late = sorted(times[20:60])[20], sorted(times[160:])[20]
    assert late < 2 * early


def test_a_conversation_goes_on_after_a_restart(make_bot: MakeBot, make_agent: MakeAgent, tmp_path: Path) -> None:
    from rahdari.serving.bot import Bot
    from rahdari.serving.conversations import Conversations

    async def first() -> None:
        conversations = Conversations(path=tmp_path / "c.sqlite")
        bot = Bot(make_agent(conversations), conversations=conversations)
        await bot.handle("remember me", "u1")
        await bot.close()

    async def second() -> str:
        return str(
            (await make_bot(make_agent(Conversations(path=tmp_path / "c.sqlite"))).handle("recall", "u1"))[0]["text"]
        )

    asyncio.run(first())
    assert asyncio.run(second()).endswith("note: remember me")


def test_a_conversation_that_memory_let_go_is_read_again(
    make_bot: MakeBot, make_agent: MakeAgent, tmp_path: Path
) -> None:
    from rahdari.serving.conversations import Conversations

    bot = make_bot(make_agent(Conversations(path=tmp_path / "c.sqlite", remembered=2)))

    async def talk() -> str:
        await bot.handle("remember me", "u1")
        for number in range(5):
            await bot.handle("say it", f"other{number}")
        return str((await bot.handle("recall", "u1"))[0]["text"])

    assert asyncio.run(talk()).endswith("note: remember me")


def test_a_locked_file_delays_nobody_and_is_written_when_it_is_free(
    make_bot: MakeBot, make_agent: MakeAgent, tmp_path: Path
) -> None:
    from rahdari.serving.conversations import Conversations

    path = tmp_path / "c.sqlite"
    conversations = Conversations(path=path)
    bot = make_bot(make_agent(conversations))
    asyncio.run(bot.handle("say it", "u1"))
    assert conversations.flush()
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")

    async def talk() -> tuple[float, str]:
        started = time.monotonic()
        await asyncio.gather(*(bot.handle("remember this", f"u{number}") for number in range(1, 5)))
        took = time.monotonic() - started
        return took, str((await bot.handle("recall", "u1"))[0]["text"])

    took, recalled = asyncio.run(talk())
    assert took < 1.5
    assert recalled.endswith("note: remember this")
    lock.execute("ROLLBACK")
    lock.close()
    assert conversations.flush(timeout=15)
    assert set(asyncio.run(conversations.keys())) == {"u1", "u2", "u3", "u4"}


def test_a_file_that_cannot_be_written_loses_no_context_and_says_so_once(
    make_bot: MakeBot, make_agent: MakeAgent, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from rahdari.serving.conversations import Conversations

    (tmp_path / "file").write_text("in the way")
    conversations = Conversations(path=tmp_path / "file" / "c.sqlite")
    bot = make_bot(make_agent(conversations))

    async def talk() -> str:
        await bot.handle("remember me", "u1")
        await asyncio.sleep(1.2)
        return str((await bot.handle("recall", "u1"))[0]["text"])

    assert asyncio.run(talk()).endswith("note: remember me")
    assert sum("cannot be written" in record.message for record in caplog.records) == 1
    (tmp_path / "file").unlink()
    assert conversations.flush(timeout=5)
    assert conversations.close()


def test_a_file_that_is_no_database_begins_the_conversation_anew(
    make_bot: MakeBot, make_agent: MakeAgent, tmp_path: Path
) -> None:
    from rahdari.serving.conversations import Conversations

    path = tmp_path / "c.sqlite"
    path.write_bytes(b"not a database at all, but longer than a header of one hundred bytes" * 4)
    bot = make_bot(make_agent(Conversations(path=path)))
    assert asyncio.run(bot.handle("say it", "u1"))[0]["text"].startswith("heard: say it")


STATE = [{"event": "restart"}]


@pytest.mark.parametrize("whole", [0, 4096])
@pytest.mark.parametrize("read_first", [True, False])
def test_a_damaged_file_is_moved_aside_and_another_begun(
    tmp_path: Path, whole: int, read_first: bool, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "c.sqlite"
    file = ConversationFile(path)
    for number in range(200):
        file.put(f"u{number}", lambda: STATE)
    assert file.close()
    content = path.read_bytes()
    assert len(content) > 8192
    damaged = content[:whole] + b"\xff" * (len(content) - whole)
    path.write_bytes(damaged)
    file = ConversationFile(path)
    if read_first:
        assert file.get("u1") is None
    file.put("u1", lambda: STATE)
    assert file.flush()
    assert file.close()
    assert ConversationFile(path).get("u1") == STATE
    assert [aside.read_bytes() for aside in tmp_path.glob("c.sqlite.damaged-*")] == [damaged]
    assert [record.message.count("is damaged") for record in caplog.records] == [1]


def test_a_file_that_is_only_locked_is_not_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    file = ConversationFile(path)
    file.put("u1", lambda: STATE)
    assert file.close()
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("PRAGMA locking_mode = EXCLUSIVE")
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError):
        ConversationFile(path).get("u1")
    lock.close()
    assert not list(tmp_path.glob("*damaged*"))


def test_what_cannot_be_written_is_bounded_the_latest_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = ConversationFile(tmp_path / "file" / "c.sqlite", most_waiting=10)
    for number in range(100):
        file.put(f"u{number}", lambda: STATE)
    file.put("u95", lambda: STATE)
    assert not file.flush(0.2)
    assert len(file._waiting) + len(file._under_way) <= 20
    (tmp_path / "file").unlink()
    assert file.close()
    assert set(file.senders()) == {f"u{number}" for number in range(90, 100)}


def test_the_latest_state_of_a_conversation_is_what_is_written(tmp_path: Path) -> None:
    file = ConversationFile(tmp_path / "c.sqlite")
    for number in range(50):
        file.put("u1", lambda number=number: [{"event": "slot", "name": "n", "value": number}])
    assert file.close()
    assert ConversationFile(tmp_path / "c.sqlite").get("u1") == [{"event": "slot", "name": "n", "value": 49}]


def test_what_is_being_written_can_be_read(tmp_path: Path) -> None:
    file = ConversationFile(tmp_path / "c.sqlite")
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> list[dict[str, Any]]:
        begun.set()
        go_on.wait(5)
        return [{"event": "restart"}]

    file.put("u1", slow)
    assert begun.wait(5)
    go_on.set()
    assert file.get("u1") == [{"event": "restart"}]
    assert file.close()


def test_a_forgotten_conversation_is_gone_from_memory_and_disk(make_agent: MakeAgent, tmp_path: Path) -> None:
    from rahdari.serving.conversations import Conversations

    conversations = Conversations(path=tmp_path / "c.sqlite")
    agent = make_agent(conversations)

    async def talk() -> Any:
        from rasa.core.channels.channel import UserMessage

        await agent.handle_message(UserMessage("remember me", sender_id="u1"))
        conversations.flush()
        conversations.forget("u1")
        return await conversations.retrieve("u1")

    assert asyncio.run(talk()) is None
    assert conversations.close()
    assert asyncio.run(Conversations(path=tmp_path / "c.sqlite").keys()) == []


def age(path: Path, sender: str, days: float) -> None:
    """As if somebody had gone on with a conversation so long ago last."""
    with closing(sqlite3.connect(path)) as connection, connection:
        then = time.time() - days * 24 * 3600
        connection.execute("UPDATE conversations SET updated = ? WHERE sender = ?", (then, sender))


def test_what_nobody_went_on_with_is_removed_at_the_start_and_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rahdari.store import conversation_file

    path = tmp_path / "c.sqlite"
    file = ConversationFile(path)
    for sender in ("old", "young", "busy"):
        file.put(sender, lambda: STATE)
    assert file.close()
    age(path, "old", 91)
    age(path, "young", 89)
    monkeypatch.setattr(conversation_file, "SWEEP_SECONDS", 0.1)
    gone: list[str] = []
    file = ConversationFile(path, days=90, removed=gone.extend)
    until(lambda: gone == ["old"])
    assert file.senders() == ["busy", "young"]
    age(path, "young", 90.1)
    until(lambda: gone == ["old", "young"])
    assert file.senders() == ["busy"]
    assert file.close()
    age(path, "busy", 1000)
    assert ConversationFile(path).get("busy") == STATE


def test_a_start_makes_no_file_and_a_day_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[Any] = []
    sweep = ConversationFile._sweep
    monkeypatch.setattr(ConversationFile, "_sweep", lambda self: (swept.append(self), sweep(self)))
    file = ConversationFile(tmp_path / "c.sqlite", days=90)
    until(lambda: file in swept)
    assert not (tmp_path / "c.sqlite").exists()
    for number in range(3):
        file.put(f"u{number}", lambda: STATE)
        assert file.flush()
    assert file.close()
    assert swept.count(file) == 1


def test_conversations_too_old_leave_memory_and_disk(
    make_agent: MakeAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasa.core.channels.channel import UserMessage

    from rahdari.serving.conversations import Conversations
    from rahdari.store import conversation_file

    monkeypatch.setattr(conversation_file, "SWEEP_SECONDS", 0.1)
    conversations = Conversations(path=tmp_path / "c.sqlite", days=7)
    agent = make_agent(conversations)
    for sender in ("u1", "u2"):
        asyncio.run(agent.handle_message(UserMessage("remember me", sender_id=sender)))
    assert conversations.flush()
    age(tmp_path / "c.sqlite", "u1", 8)
    until(lambda: asyncio.run(conversations.keys()) == ["u2"])
    assert asyncio.run(conversations.retrieve("u1")) is None


def until(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it does not come true")
