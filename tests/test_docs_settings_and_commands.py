"""Every command, option, setting and environment variable stands in the docs, and the docs name no other."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from rahdari.cli import main
from rahdari.settings import Settings

VARIABLE = re.compile(r"\bRAHDARI_[A-Z_]+\b")


def code_files(root: Path) -> Iterator[Path]:
    for folder in ("rahdari", "actions"):
        yield from sorted((root / folder).rglob("*.py"))


def variables_in_code(root: Path) -> set[str]:
    """Names of variables in string constants that are not docstrings or sentences."""
    return {
        node.value
        for path in code_files(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.fullmatch(node.value)
    }


def rows(page: str, title: str) -> set[str]:
    """What stands in backticks in the first column of the table whose first heading is `title`."""
    found: set[str] = set()
    for table in re.findall(rf"^\| {title} \|.*\n(?:\|.*\n)+", page, re.MULTILINE):
        found |= set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE))
    return found


def test_every_environment_variable_of_the_program_is_documented_and_no_other(root: Path) -> None:
    page = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    documented = {name for name in rows(page, "variable") if name.startswith("RAHDARI_")}
    used = variables_in_code(root)
    assert used, "no variable was found in the code: this test looks in the wrong place"
    assert documented == used


def test_every_variable_named_anywhere_in_the_docs_is_a_real_one(root: Path) -> None:
    used = variables_in_code(root)
    pages = [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]
    named = {name: page.name for page in pages for name in VARIABLE.findall(page.read_text(encoding="utf-8"))}
    assert {name: page for name, page in named.items() if name not in used} == {}


def test_every_setting_can_be_set_from_outside(root: Path) -> None:
    page = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    for field in fields(Settings):
        assert f"`RAHDARI_{field.name.upper()}`" in page, f"{field.name} has no row in docs/configuration.md"


def test_every_variable_of_the_makefile_is_documented(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    page = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    settable = set(re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE))
    settable |= set(re.findall(r"^export ([A-Z]+)$", makefile, re.MULTILINE))
    assert settable == {name for name in rows(page, "variable") if not name.startswith("RAHDARI_")}


def test_every_target_of_the_makefile_says_what_it_does(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(re.findall(r"^([a-z]+):.* ## \S", makefile, re.MULTILINE))


def test_the_page_of_the_command_line_is_what_the_commands_say(root: Path) -> None:
    page = runpy.run_path(str(root / "scripts" / "cli-docs"))["page"]()
    assert page == (root / "docs" / "cli.md").read_text(encoding="utf-8"), "run .venv/bin/python scripts/cli-docs"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_command_has_help_for_each_option_and_an_example(name: str) -> None:
    command = main.commands[name]
    assert command.help, f"{name} does not say what it does"
    assert f"rahdari {name}" in (command.epilog or ""), f"{name} has no example"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} does not say what it does"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_readme_or_the_docs_tell_of_each_command(root: Path, name: str) -> None:
    pages = [root / "README.md", *(page for page in (root / "docs").rglob("*.md") if page.name != "cli.md")]
    assert any(f"rahdari {name}" in page.read_text(encoding="utf-8") for page in pages)
