"""Real objects are made once for each settings, and see what was ingested since."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_fakes import fake_tools

from rahdari import bootstrap
from rahdari.errors import StoreMissing
from rahdari.records import Answer, Question
from rahdari.settings import Settings
from rahdari.store import Unanswered


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(bootstrap, "_tools", fake_tools)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("AA was signed.")
    variables = {"RAHDARI_HOME": str(tmp_path / "home"), "RAHDARI_DOCUMENTS": str(tmp_path / "documents")}
    return Settings.from_environment(variables)


def test_a_store_that_comes_after_the_first_look_is_found(settings: Settings) -> None:
    for make in (bootstrap.store, bootstrap.linker, bootstrap.answerer):
        with pytest.raises(StoreMissing):
            make(settings)
    bootstrap.ingest(settings)
    assert len(bootstrap.store(settings).documents()) == 1
    assert bootstrap.store(settings) is bootstrap.store(settings)


def test_two_settings_have_two_stores(settings: Settings, tmp_path: Path) -> None:
    other = Settings.from_environment({"RAHDARI_HOME": str(tmp_path / "other")})
    bootstrap.ingest(settings)
    (tmp_path / "b.txt").write_text("BB.")
    bootstrap.ingest(other, [tmp_path / "b.txt"])
    assert [document.id for document in bootstrap.store(settings).documents()] == ["a"]
    assert [document.id for document in bootstrap.store(other).documents()] == ["b"]


def test_the_linker_knows_what_was_ingested_since(settings: Settings) -> None:
    bootstrap.ingest(settings)
    assert [link.entity for link in bootstrap.linker(settings).link("what about AA")] == ["aa"]
    (settings.documents / "z.txt").write_text("ZEBRAFISH came.")
    assert bootstrap.linker(settings).link("what about zebrafish") == ()
    bootstrap.ingest(settings)
    assert [link.entity for link in bootstrap.linker(settings).link("what about zebrafish")] == ["zebrafish"]


class Counting:
    """Answers with how many documents there are; small talk where the question is a greeting."""

    def __init__(self, settings: Settings) -> None:
        self._store = bootstrap.store(settings)

    def answer(self, question: Question) -> Answer:
        status = "smalltalk" if question.text == "hello" else "unknown"
        return Answer("id", status, str(len(self._store.documents())))  # type: ignore[arg-type]


def live(settings: Settings, unanswered: Unanswered | None) -> bootstrap.LiveAnswerer:
    return bootstrap.LiveAnswerer(bootstrap.store(settings), Counting(settings), unanswered)  # type: ignore[arg-type]


def test_each_question_is_answered_from_the_store_as_it_is_then(settings: Settings) -> None:
    bootstrap.ingest(settings)
    answerer = live(settings, None)
    assert answerer.answer(Question("how many?")).text == "1"
    (settings.documents / "b.txt").write_text("BB.")
    bootstrap.ingest(settings)
    assert answerer.answer(Question("how many?")).text == "2"


def test_only_questions_without_an_answer_are_counted(settings: Settings) -> None:
    bootstrap.ingest(settings)
    kept = Unanswered(settings.home)
    answerer = live(settings, kept)
    answerer.answer(Question("hello"))
    answerer.answer(Question("how long?"))
    answerer.answer(Question("nobody's question"), keep=False)
    assert [question.text for question in kept.most_frequent()] == ["how long?"]


def test_an_answer_is_given_even_where_the_question_cannot_be_counted(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bootstrap.ingest(settings)
    (tmp_path / "file").write_text("")
    answerer = live(settings, Unanswered(tmp_path / "file" / "no-folder"))
    assert answerer.answer(Question("how long?")).text == "1"
    assert "was not counted" in caplog.text
