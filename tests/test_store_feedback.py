"""What people think of answers is kept in a small database of its own, with what was rated."""

import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import pytest

from rahdari.channels.feedback import Keeper, KeepsFeedback, rateable
from rahdari.channels.replies import FAILURES, sentence
from rahdari.errors import StoreError
from rahdari.store import Feedback, GivenAnswer, GivenAnswers
from rahdari.store.conversation_file import ConversationFile
from rahdari.store.given import LIFETIME


def at(hour: int) -> datetime:
    return datetime(2024, 5, 1, hour, tzinfo=timezone.utc)


def given(id: str, status: str = "answered", text: str = "20 were.") -> GivenAnswer:
    return GivenAnswer(id, "and health?", "and health? (how many were signed?)", status, text, ("lease", "visit"))


A, B = given("a"), given("b")


def test_the_latest_opinion_comes_first_and_can_be_kept_to_one_verdict(tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "home")
    assert kept.latest() == []
    kept.keep(A, "up", None, "web", "ann", at(1))
    kept.keep(B, "down", "  too   old ", "slack", "ann", at(2))
    assert [(one.answer, one.verdict, one.words, one.channel) for one in kept.latest()] == [
        ("b", "down", "too old", "slack"),
        ("a", "up", None, "web"),
    ]
    assert kept.latest()[0].time == "2024-05-01T02:00:00+00:00"
    assert [one.answer for one in kept.latest(verdict="up")] == ["a"]
    assert len(kept.latest(limit=1)) == 1


def test_an_opinion_holds_what_was_rated(tmp_path: Path) -> None:
    Feedback(tmp_path).keep(A, "up", None, "web", "ann")
    (one,) = Feedback(tmp_path).latest()
    assert (one.asked, one.understood) == ("and health?", "and health? (how many were signed?)")
    assert (one.status, one.text, one.documents) == ("answered", "20 were.", ("lease", "visit"))


def test_a_later_verdict_takes_the_place_of_an_earlier_one_and_words_join_it(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    kept.keep(A, "down", None, "web", "ann")
    kept.keep(A, "down", "old", "web", "ann")
    kept.keep(A, "down", None, "web", "ann")
    (one,) = kept.latest()
    assert (one.verdict, one.words) == ("down", "old")
    kept.keep(A, "up", None, "web", "ann")
    (one,) = kept.latest()
    assert (one.verdict, one.words) == ("up", None)


def test_each_person_has_a_verdict_of_their_own_and_no_file_names_them(tmp_path: Path) -> None:
    kept = Feedback(tmp_path)
    kept.keep(A, "down", "wrong", "slack", "U0ANN", at(1))
    kept.keep(A, "up", None, "slack", "U0BOB", at(2))
    kept.keep(A, "up", None, "telegram", "U0ANN", at(3))
    assert [(one.channel, one.verdict, one.words) for one in kept.latest()] == [
        ("telegram", "up", None),
        ("slack", "up", None),
        ("slack", "down", "wrong"),
    ]
    assert not [path for path in tmp_path.iterdir() if b"U0ANN" in path.read_bytes()]


def test_what_was_kept_before_answers_were_is_still_listed(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as old, old:
        old.execute(
            "CREATE TABLE feedback (answer TEXT NOT NULL, channel TEXT NOT NULL, verdict TEXT NOT NULL, words TEXT, "
            "time TEXT NOT NULL, PRIMARY KEY (answer, channel))"
        )
        old.execute("INSERT INTO feedback VALUES ('old', 'web', 'down', 'why?', '2024-04-01T00:00:00+00:00')")
    kept = Feedback(tmp_path)
    (one,) = kept.latest()
    assert (one.answer, one.channel, one.verdict, one.words) == ("old", "web", "down", "why?")
    assert (one.asked, one.understood, one.status, one.text, one.documents) == (None, None, None, None, ())
    kept.keep(A, "up", None, "web", "ann")
    assert [each.answer for each in kept.latest()] == ["a", "old"]


def test_words_are_cut_at_500_characters(tmp_path: Path) -> None:
    Feedback(tmp_path).keep(A, "up", "x" * 9000, "web", "ann")
    assert len(Feedback(tmp_path).latest()[0].words or "") == 500


def test_a_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"feedback\.sqlite cannot be used"):
        Feedback(tmp_path).keep(A, "up", None, "web", "ann")


def test_all_answers_can_be_rated_but_small_talk_and_failures() -> None:
    for status in ("answered", "unknown", "clarify", "out_of_scope"):
        assert rateable({"status": status, "text": "20 were."})
    assert not rateable({"status": "smalltalk", "text": "Hello."})
    for name in FAILURES:
        assert not rateable({"status": "unknown", "text": sentence(name)})


def test_what_cannot_be_rated_is_not_kept(tmp_path: Path) -> None:
    answers = GivenAnswers(tmp_path)
    for answer in (A, given("hello", "smalltalk"), given("failure", "unknown", sentence("failed"))):
        answers.note(answer)
    keeper: KeepsFeedback = Keeper(answers, Feedback(tmp_path))
    kept = {id: keeper.keep(id, "up", None, "web", "ann") for id in ("a", "hello", "failure", "never was")}
    assert kept == {"a": True, "hello": False, "failure": False, "never was": False}
    assert [one.answer for one in Feedback(tmp_path).latest()] == ["a"]
    assert answers.close()


def test_an_answer_that_was_given_is_known_to_the_next_process_until_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = GivenAnswers(tmp_path)
    before.note(A)
    assert before.find("a") == A
    assert before.close()
    after = GivenAnswers(tmp_path)
    assert after.find("a") == A
    assert after.close()
    monkeypatch.setattr("rahdari.store.given.time.time", lambda: datetime.now().timestamp() + LIFETIME + 1)
    late = GivenAnswers(tmp_path)
    assert late.find("a") is None
    assert late.close()


def test_an_answer_that_is_not_to_last_is_in_no_file_and_among_the_last_hundred(tmp_path: Path) -> None:
    answers = GivenAnswers(tmp_path)
    for number in range(101):
        answers.note(given(str(number)), lasting=False)
    assert answers.find("0") is None
    assert answers.find("1") == given("1")
    assert answers.find("100") == given("100")
    assert answers.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_answers_that_cannot_be_read_costs_no_more_than_a_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(ConversationFile, "get", broken)
    answers = GivenAnswers(tmp_path)
    assert answers.find("a") is None
    assert answers.close()
