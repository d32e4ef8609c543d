"""What runs the README's commands sees when one of them does not do what it should."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

import rahdari


@pytest.fixture()
def script(root: Path) -> dict[str, Any]:
    return runpy.run_path(str(root / "scripts" / "readme-commands"))


@pytest.fixture()
def reader(script: dict[str, Any], tmp_path: Path) -> Any:
    return script["Reader"](tmp_path, tmp_path / "log")


def test_commands_are_the_lines_of_sh_blocks_without_comments(script: dict[str, Any]) -> None:
    page = '```sh\n# first\nmake run   # serves\n\nrahdari ask "x"\n```\n```text\nnot this\n```\n`nor this`\n'
    assert script["commands"](page) == ["make run", 'rahdari ask "x"']


def test_the_readme_has_its_two_commands_and_shows_rasas_own(script: dict[str, Any], root: Path) -> None:
    commands = script["commands"]((root / "README.md").read_text(encoding="utf-8"))
    for wanted in ("make run", "make chat", "rasa shell", "rahdari train"):
        assert wanted in commands
    assert any(command.startswith("rasa test") for command in commands)


def test_a_command_that_fails_is_told_with_what_it_printed(reader: Any) -> None:
    with pytest.raises(SystemExit, match=r"ended with 3(?s:.*)sorry"):
        reader.follow("echo sorry >&2; exit 3")


def test_a_command_that_prints_nothing_has_failed(reader: Any) -> None:
    with pytest.raises(SystemExit, match="should print"):
        reader.follow("true")


def test_a_command_that_prints_something_else_has_failed(reader: Any) -> None:
    with pytest.raises(SystemExit, match="should print '\"status\"'"):
        reader.follow("echo curl: hello")


def test_a_server_that_ends_before_it_serves_has_failed(reader: Any, tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("run:\n\t@echo no model; exit 1\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"does not serve at 59999(?s:.*)no model"):
        reader.follow("make run PORT=59999")


def test_settings_of_whoever_runs_the_tests_do_not_reach_the_readers_commands(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAHDARI_DOCUMENTS", "elsewhere")
    monkeypatch.setenv("MAKEFLAGS", "-k")
    assert not {"RAHDARI_DOCUMENTS", "MAKEFLAGS"} & set(script["environment"]())


def test_package_project_and_changelog_tell_the_same_version(root: Path) -> None:
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'\nversion = "{rahdari.__version__}"\n' in project
    assert changes.split("\n## ")[1].startswith(rahdari.__version__)
