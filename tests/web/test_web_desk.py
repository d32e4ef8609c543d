"""What the web channel does for a visitor, without HTTP and with a bot of a few words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from rahdari.channels.incoming import BadMessage, Incoming
from rahdari.channels.replies import messages
from rahdari.channels.web import documents
from rahdari.channels.web.desk import Desk
from rahdari.channels.web.history import ENTRIES, History
from rahdari.records import Answer, Document
from rahdari.settings import Settings
from rahdari.store.conversation_file import ConversationFile

TEXT = "".join(f"Sentence {number} of the document.\n" for number in range(400))
DOCUMENT = Document(id="lease", text=TEXT, title="Lease", source="https://example.org/lease")


class Bot:
    """Says how often it was asked; remembers for whom."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.hold: asyncio.Event | None = None

    async def turn(self, incoming: Incoming) -> list[dict[str, Any]]:
        self.asked.append((incoming.sender, incoming.text))
        number = len(self.asked)
        if self.hold:
            await self.hold.wait()
        return messages(Answer(id=f"answer-{number}", status="answered", text=f"{incoming.text}!"), incoming.sender)


@pytest.fixture()
def bot() -> Bot:
    return Bot()


@pytest.fixture()
def desk(bot: Bot, tmp_path: Path) -> Desk:
    return Desk(bot.turn, History(tmp_path / "web.sqlite", 1000), settings(tmp_path))


def settings(home: Path) -> Settings:
    return Settings.from_environment({"RAHDARI_HOME": str(home)})


def say(message: str, nonce: str = "nonce-0001") -> dict[str, Any]:
    return {"message": message, "nonce": nonce}


def texts(said: dict[str, Any]) -> list[str]:
    return [one["text"] if one["who"] == "person" else one["answer"]["text"] for one in said["entries"]]


def run(work: Awaitable[Any]) -> Any:
    async def whole() -> Any:
        return await work

    return asyncio.run(whole())


def test_a_question_and_its_answer_are_kept_for_that_visitor_only(desk: Desk, bot: Bot) -> None:
    async def whole() -> None:
        assert texts(await desk.message("ann", say("hello"))) == ["hello", "hello!"]
        assert texts(await desk.history("ann")) == ["hello", "hello!"]
        assert texts(await desk.history("bob")) == []
        await desk.message("bob", say("hello"))

    run(whole())
    assert len({sender for sender, _ in bot.asked}) == 2
    assert not any("ann" in sender or "bob" in sender for sender, _ in bot.asked)


def test_a_question_sent_again_is_not_answered_again(desk: Desk, bot: Bot) -> None:
    async def whole() -> None:
        first = await desk.message("ann", say("hello"))
        assert await desk.message("ann", say("hello")) == first
        bot.hold = asyncio.Event()
        both = asyncio.gather(*(desk.message("ann", say("again", "nonce-0002")) for _ in range(3)))
        await asyncio.sleep(0.01)
        bot.hold.set()
        one, two, three = await both
        assert one == two == three

    run(whole())
    assert [text for _, text in bot.asked] == ["hello", "again"]


def test_whoever_goes_away_in_the_middle_finds_the_answer_later(desk: Desk, bot: Bot) -> None:
    async def whole() -> None:
        bot.hold = asyncio.Event()
        gone = asyncio.get_running_loop().create_task(desk.message("ann", say("hello")))
        await asyncio.sleep(0.01)
        gone.cancel()
        assert texts(await desk.history("ann")) == ["hello"]
        bot.hold.set()
        await asyncio.sleep(0.01)
        assert texts(await desk.history("ann")) == ["hello", "hello!"]

    run(whole())


def test_starting_over_forgets_and_a_turn_under_way_leaves_nothing(desk: Desk, bot: Bot) -> None:
    async def whole() -> None:
        await desk.message("ann", say("hello"))
        bot.hold = asyncio.Event()
        late = asyncio.get_running_loop().create_task(desk.message("ann", say("slow", "nonce-0002")))
        await asyncio.sleep(0.01)
        said, over = await desk.restart("ann")
        assert said == {"entries": []}
        assert over == bot.asked[0][0]
        ended = asyncio.get_running_loop().create_task(desk.ended(over))
        await asyncio.sleep(0.01)
        assert not ended.done()
        bot.hold.set()
        await ended
        assert late.done()
        assert await late == {"entries": []}
        assert texts(await desk.history("ann")) == []
        await desk.message("ann", say("hello", "nonce-0003"))

    run(whole())
    assert bot.asked[2][0] != bot.asked[0][0]


def test_history_outlives_the_server(bot: Bot, tmp_path: Path) -> None:
    async def before() -> None:
        history = History(tmp_path / "web.sqlite", 1000)
        await Desk(bot.turn, history, settings(tmp_path)).message("ann", say("hello"))
        assert history.close()

    async def after() -> None:
        desk = Desk(bot.turn, History(tmp_path / "web.sqlite", 1000), settings(tmp_path))
        assert texts(await desk.history("ann")) == ["hello", "hello!"]
        await desk.message("ann", say("and", "nonce-0002"))

    run(before())
    run(after())
    assert bot.asked[0][0] == bot.asked[1][0]


def test_history_is_bounded(desk: Desk) -> None:
    async def whole() -> None:
        for number in range(ENTRIES):
            await desk.message("ann", say(f"q{number}", f"nonce-{number:04}"))
        kept = texts(await desk.history("ann"))
        assert len(kept) == ENTRIES
        assert kept[-1] == f"q{ENTRIES - 1}!"

    run(whole())


def test_a_conversation_that_nobody_goes_on_with_is_removed(tmp_path: Path) -> None:
    file = ConversationFile(tmp_path / "web.sqlite")
    file.put("ann", lambda: [{"conversation": "web-1"}, {"who": "person", "id": "nonce-0001", "text": "hello"}])
    assert file.close()
    time.sleep(0.02)

    async def entries(days: float) -> list[Any]:
        history = History(tmp_path / "web.sqlite", days)
        history.open()
        await asyncio.sleep(0.2)
        return (await history.talk("ann")).entries

    assert len(run(entries(90))) == 1
    assert run(entries(0.01 / (24 * 3600))) == []


def test_a_damaged_file_costs_the_history_and_not_the_answer(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "web.sqlite").write_bytes(b"no database" * 1000)
    desk = Desk(bot.turn, History(tmp_path / "web.sqlite", 1000), settings(tmp_path))
    assert texts(run(desk.message("ann", say("hello")))) == ["hello", "hello!"]


@pytest.mark.parametrize("nonce", [None, 5, "", "short", "x" * 65, "nonce 0001", "nonce-0001\n"])
def test_a_nonce_that_is_none_is_refused(desk: Desk, nonce: Any) -> None:
    with pytest.raises(BadMessage, match="nonce"):
        run(desk.message("ann", {"message": "hello", "nonce": nonce}))


class Kept:
    """Stands for the store of feedback."""

    def __init__(self) -> None:
        self.all: list[tuple[Any, ...]] = []
        self.knows = True

    def keep(self, answer_id: str, verdict: str, words: str | None, channel: str, person: str) -> bool:
        if self.knows:
            self.all.append((answer_id, verdict, words, channel, person))
        return self.knows


def test_feedback_is_taken_on_ones_own_answers_only(bot: Bot, tmp_path: Path) -> None:
    kept = Kept()
    desk = Desk(bot.turn, History(tmp_path / "web.sqlite", 1000), settings(tmp_path), kept)

    async def whole() -> None:
        await desk.message("ann", say("hello"))
        await desk.feedback("ann", {"answer": "answer-1", "verdict": "down", "words": "old"})
        assert (await desk.history("ann"))["entries"][1]["verdict"] == "down"
        with pytest.raises(BadMessage, match="no such answer"):
            await desk.feedback("bob", {"answer": "answer-1", "verdict": "up"})
        kept.knows = False
        with pytest.raises(BadMessage, match="no longer know that answer"):
            await desk.feedback("ann", {"answer": "answer-1", "verdict": "up"})
        assert (await desk.history("ann"))["entries"][1]["verdict"] == "down"

    run(whole())
    assert kept.all == [("answer-1", "down", "old", "web", "ann")]


def test_each_reply_tells_whether_it_can_be_rated(tmp_path: Path) -> None:
    async def turn(incoming: Incoming) -> list[dict[str, Any]]:
        status: Any = "smalltalk" if incoming.text == "hello" else "unknown"
        return messages(Answer(id=incoming.text, status=status, text="so"), incoming.sender)

    desk = Desk(turn, History(tmp_path / "web.sqlite", 1000), settings(tmp_path))

    async def whole() -> list[Any]:
        nonces = ("nonce-0001", "nonce-0002", "nonce-0002")
        told = [await desk.message("ann", say(text, nonce)) for text, nonce in zip(("hello", "who", "who"), nonces)]
        return [*told, await desk.history("ann")]

    entries = [one for said in run(whole()) for one in said["entries"] if one["who"] == "bot"]
    assert [(one["id"], one["rateable"]) for one in entries] == [
        ("hello", False), ("who", True), ("who", True), ("hello", False), ("who", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"answer": "answer-1", "verdict": "maybe"},
        {"answer": 5, "verdict": "up"},
        {"answer": "answer-1", "verdict": "up", "words": 5},
        {"answer": "answer-1", "verdict": "up", "words": "x" * 501},
    ],
)
def test_feedback_that_is_none_is_refused(desk: Desk, request_: dict[str, Any]) -> None:
    with pytest.raises(BadMessage, match="Feedback needs"):
        run(desk.feedback("ann", request_))


def test_without_documents_it_says_so_instead_of_greeting(desk: Desk) -> None:
    assert run(desk.greeting()) == {
        "documents": 0,
        "text": "I have no documents to answer from yet; whoever runs this bot can give me some.",
        "starters": [],
    }
    with pytest.raises(BadMessage, match="no document of this name"):
        run(desk.document("lease", 0, 5, False))


def test_messages_without_an_answer_come_through_too(tmp_path: Path) -> None:
    async def turn(incoming: Incoming) -> list[dict[str, Any]]:
        return [{"recipient_id": "x", "text": "one"}, {"recipient_id": "x", "text": "two"}]

    desk = Desk(turn, History(tmp_path / "web.sqlite", 1000), settings(tmp_path))
    assert texts(run(desk.message("ann", say("hello")))) == ["hello", "one\ntwo"]


def test_a_passage_stands_between_its_surroundings() -> None:
    start = TEXT.index("Sentence 200")
    shown = documents.passage(DOCUMENT, start, start + 12)
    assert shown["passage"] == "Sentence 200"
    assert shown["before"] + shown["passage"] + shown["after"] == TEXT[shown["start"] : shown["end"]]
    assert shown["before"].startswith("Sentence ")
    assert shown["after"].endswith("document.")
    assert 1000 < len(shown["before"]) <= documents.AROUND
    assert (shown["title"], shown["publisher"], shown["source"]) == ("Lease", None, "https://example.org/lease")


def test_pieces_join_to_the_whole_text() -> None:
    start = TEXT.index("Sentence 200")
    shown = documents.passage(DOCUMENT, start, start + 12)
    text, first, last = shown["before"] + shown["passage"] + shown["after"], shown["start"], shown["end"]
    while first > 0:
        piece = documents.piece(DOCUMENT, first - documents.PIECE, first)
        text, first = piece["text"] + text, piece["start"]
    while last < len(TEXT):
        piece = documents.piece(DOCUMENT, last, last + documents.PIECE)
        text, last = text + piece["text"], piece["end"]
    assert text == TEXT


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, len(TEXT) + 1)])
def test_a_passage_that_is_not_in_the_document_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is no passage"):
        documents.passage(DOCUMENT, start, end)


def test_offsets_count_code_points_and_a_page_is_told_where_there_are_pages() -> None:
    document = Document(id="urdu", text="🚉 راہداری\fدوسرا صفحہ 🚉 یہاں")
    start = document.text.index("یہاں")
    shown = documents.passage(document, start, start + 4)
    assert (shown["passage"], shown["place"]) == ("یہاں", "page 2")
    assert documents.passage(DOCUMENT, 0, 5)["place"] is None


def test_a_piece_is_bounded_and_never_fails() -> None:
    assert len(documents.piece(DOCUMENT, 0, 10**9)["text"]) == documents.PIECE
    assert documents.piece(DOCUMENT, 10**9, 10**9 + 5)["text"] == ""
    assert documents.piece(DOCUMENT, 50, 20)["text"] == ""
