"""What tests share: a home of their own, and the real store over data/documents, built once a session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from postgres import Server

    from rahdari.bootstrap import LiveAnswerer
    from rahdari.encoding import Encoder
    from rahdari.settings import Settings
    from rahdari.store import Store

ROOT = Path(__file__).resolve().parent.parent

# Before anything of Rasa is imported. Whoever runs the tests may have settings of their own: they do not count here.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
for _name in [name for name in os.environ if name.startswith("RAHDARI_") and name != "RAHDARI_CACHE"]:
    del os.environ[_name]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Long parameters stand in a test's name by their first characters: some are a whole document."""
    if isinstance(val, (str, bytes)) and len(val) > 100:
        start = val[:60] if isinstance(val, str) else val[:60].decode("latin-1")
        return f"{start}... {len(val)}"
    return None


@pytest.fixture(scope="session")
def root() -> Path:
    """The clone's folder."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A RAHDARI_HOME for this session, so that no test writes into the one that the bot is used with."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["RAHDARI_HOME"] = str(folder)
    yield folder
    os.environ.pop("RAHDARI_HOME", None)


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    """The defaults, in the session's own home."""
    from rahdari.settings import Settings

    return Settings.from_environment({"RAHDARI_HOME": str(home)})


@pytest.fixture(scope="session")
def store(settings: Settings) -> Store:
    """The store over data/documents, extracted and encoded for real. For reading only."""
    from rahdari import bootstrap

    bootstrap.ingest(settings)
    return bootstrap.store(settings)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this session's own."""
    from postgres import Server

    server = Server()
    yield server
    server.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet, in each of the databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/deep/store.sqlite"
    return str(request.getfixturevalue("postgres").new())


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real sentence encoder."""
    from rahdari import bootstrap

    return bootstrap.encoder()


@pytest.fixture(scope="session")
def answerer(settings: Settings, store: Store) -> LiveAnswerer:
    """The real answering side over `store`."""
    from rahdari import bootstrap

    return bootstrap.answerer(settings)
