"""The real answering side over several documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from talking import Talk, talk_with

from rahdari import bootstrap
from rahdari.settings import Settings


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Settings:
    """Settings of a store over the seed document and the corpus of the tests, built for real."""
    home = tmp_path_factory.mktemp("many")
    settings = replace(Settings.from_environment({"RAHDARI_HOME": str(home)}), keep_unanswered=False)
    paths = [root / "data" / "documents", *sorted(p for p in (root / "tests" / "corpus").iterdir() if p.is_file())]
    bootstrap.ingest(settings, paths)
    return settings


@pytest.fixture(scope="session")
def texts(many: Settings) -> dict[str, str]:
    """Every document's text by its id."""
    return {document.id: document.text for document in bootstrap.store(many).documents()}


@pytest.fixture(scope="session")
def talk(many: Settings) -> Talk:
    """A fresh conversation over the seed document and the corpus."""
    return talk_with(bootstrap.answerer(many))


@pytest.fixture(scope="session")
def talk_seed(settings: Settings, store: object) -> Talk:
    """A fresh conversation over the seed document alone."""
    return talk_with(bootstrap.answerer(replace(settings, keep_unanswered=False)))


@pytest.fixture(scope="session")
def talk_news(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Talk:
    """A fresh conversation over the news and reports of the corpus."""
    home = tmp_path_factory.mktemp("news")
    settings = replace(Settings.from_environment({"RAHDARI_HOME": str(home)}), keep_unanswered=False)
    bootstrap.ingest(settings, [root / "tests" / "corpus" / name for name in ("news", "reports")])
    return talk_with(bootstrap.answerer(settings))


@pytest.fixture(scope="session")
def talk_wires(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Talk:
    """A fresh conversation over the wires of the corpus."""
    home = tmp_path_factory.mktemp("wires")
    settings = replace(Settings.from_environment({"RAHDARI_HOME": str(home)}), keep_unanswered=False)
    bootstrap.ingest(settings, [root / "tests" / "corpus" / "wires"])
    return talk_with(bootstrap.answerer(settings))
