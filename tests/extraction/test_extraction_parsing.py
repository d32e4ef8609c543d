"""The parser's model: where it cannot be loaded, what to do is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from rahdari.errors import ModelError
from rahdari.extraction import parsing


def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of that name, with nothing in it."""
    (folder / "half_a_model" / "inner").mkdir(parents=True)
    (folder / "half_a_model" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(parsing, "MODEL", ("half_a_model", "inner"))


def test_a_model_that_is_damaged_is_told_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, monkeypatch)
    with pytest.raises(ModelError, match=r"half_a_model cannot be loaded \(.*Could not read.*delete \.venv"):
        parsing.language()


def test_a_model_that_is_not_installed_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MODEL", ("no_such_model", "inner"))
    with pytest.raises(ModelError, match="no_such_model is not installed"):
        parsing.language()
