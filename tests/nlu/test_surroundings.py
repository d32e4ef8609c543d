"""Settings for code that Rasa calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from rahdari.nlu.surroundings import settings


def test_settings_are_read_once_and_again_when_the_environment_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = settings()
    assert settings() is first
    monkeypatch.setenv("RAHDARI_HOME", str(tmp_path))
    assert settings().home == tmp_path
    monkeypatch.undo()
    assert settings() == first
