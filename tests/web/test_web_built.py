"""What is built of web/: small, of itself only, and what the sources say."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from rahdari.channels.web import pages

LIMIT = 40_000  # bytes of the widget over the wire


@pytest.fixture()
def static(root: Path) -> Path:
    return root / "rahdari" / "channels" / "web" / "static"


def test_the_widget_is_small(static: Path) -> None:
    assert len(gzip.compress((static / "widget.js").read_bytes(), 9)) < LIMIT
    assert len(pages.file("", "widget.js").packed) < LIMIT


def test_no_built_file_names_an_address_elsewhere(static: Path) -> None:
    for path in static.rglob("*"):
        if path.suffix in (".js", ".css", ".html", ".svg"):
            found = set(re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8")))
            assert found <= {"http://www.w3.org/2000/svg"}, path.name


def test_nothing_built_needs_eval_or_inline_style(static: Path) -> None:
    text = (static / "widget.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function\(|document\.write", text)
    assert not re.search(r"<style|\sstyle=[\"$]", text)


def test_every_file_of_the_page_is_there(static: Path) -> None:
    page = (static / "index.html").read_text(encoding="utf-8")
    for name in re.findall(r'(?:src|href)="\./([^"]+)"', page):
        assert (static / name).is_file()
    assert f'api="{pages.API}"' in page


def test_versions_of_packages_are_exact_and_no_registry_is_named(root: Path) -> None:
    package = json.loads((root / "web" / "package.json").read_text(encoding="utf-8"))
    for versions in (package["dependencies"], package["devDependencies"]):
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    lock = json.loads((root / "web" / "package-lock.json").read_text(encoding="utf-8"))
    entries = [entry for name, entry in lock["packages"].items() if name]
    assert all("integrity" in entry for entry in entries)
    assert not [entry for entry in entries if "resolved" in entry]


def test_the_page_has_a_word_for_each_modality(root: Path) -> None:
    from typing import get_args

    from rahdari.records import Modality

    strings = (root / "web" / "src" / "strings.ts").read_text(encoding="utf-8")
    block = strings[strings.index("modality: {") : strings.index("} as Record")]
    assert set(re.findall(r"^ +(\w+): ", block, re.MULTILINE)) - {"modality"} == set(get_args(Modality))


def documented(root: Path, title: str) -> set[str]:
    """What stands in backticks in the first column of a table of docs/web.md."""
    page = (root / "docs" / "web.md").read_text(encoding="utf-8")
    table = re.search(rf"^\| {title} \|.*\n((?:\|.*\n)+)", page, re.MULTILINE)
    assert table is not None
    return {name for row in table[1].splitlines()[1:] for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def sources(root: Path, name: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((root / "web" / "src").glob(name)))


def test_every_attribute_is_documented_and_no_other(root: Path) -> None:
    declared = re.findall(r"@property\([^)]*\) (\w+)", sources(root, "chat.ts"))
    in_styles = re.findall(r":host\((?::not\()?\[(theme|position)=", sources(root, "styles.ts"))
    assert documented(root, "attribute") == {*declared, *in_styles}


def test_every_variable_is_documented_and_no_other(root: Path) -> None:
    used = set(re.findall(r"var\((--rahdari-[a-z-]+)", sources(root, "*.ts")))
    assert documented(root, "variable") == used


def test_every_event_is_documented_and_no_other(root: Path) -> None:
    told = set(re.findall(r'emit\("(\w+)"', sources(root, "chat.ts"))) | {"open", "close"}
    assert documented(root, "event") == {f"rahdari-{name}" for name in told}


def test_the_size_in_the_docs_is_the_size(root: Path) -> None:
    size = round(len(pages.file("", "widget.js").packed) / 1000)
    assert f"| size, packed | {size} kB |" in (root / "docs" / "web.md").read_text(encoding="utf-8")
