"""Links lead somewhere, and no tracked file tells of the machine or the registry it was made with."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


def tracked() -> list[Path]:
    """Every file of the project: those in git, or about to be; without git, all that are no product of set-up."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def pages() -> list[Path]:
    """The project's own Markdown pages; documents that people wrote are not ours to mend."""
    skipped = (ROOT / "data" / "documents", ROOT / "tests")
    return [path for path in tracked() if path.suffix == ".md" and not any(path.is_relative_to(one) for one in skipped)]


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to a page's headings."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL), re.M
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_to_something(page: Path) -> None:
    for link in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
        parts = urlsplit(link)
        if parts.scheme in ("http", "https", "mailto"):
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the clone"
        if parts.fragment:
            assert parts.fragment in anchors(target), f"{target.name} has no heading for #{parts.fragment}"


def test_every_page_of_the_docs_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for link in LINK.findall(without_code(page.read_text(encoding="utf-8"))):
            target = (page.parent / unquote(urlsplit(link).path)).resolve()
            ahead += target.glob("*.md") if target.is_dir() else [target] if target.is_file() else []
    missed = [page.relative_to(ROOT) for page in pages() if page.is_relative_to(ROOT / "docs") and page not in seen]
    assert not missed


# Spelt in parts, so that this file itself is clean.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "np" + "mjs.org",
    "np" + "mjs.com",
    "proxy." + "golang.org",
    "crates" + ".io",
]
PATHS = re.compile(r"(?<![\w.~*-])/(?:root|work|opt/(?:py|wheels)|home/\w+|Users/\w+)(?:/|\b)")


def hosts_of_this_machine() -> list[str]:
    """Registries that pip or npm are told to use here, if any."""
    addresses = " ".join(
        value for name, value in os.environ.items() if re.match(r"(?i)(pip|uv|npm)_\w*(index|registry)", name)
    )
    for file in (Path("/etc/pip.conf"), Path.home() / ".config/pip/pip.conf", Path.home() / ".pip/pip.conf"):
        if file.is_file():
            addresses += file.read_text(encoding="utf-8")
    return [host for host in re.findall(r"https?://(?:[^@/\s]*@)?([\w.-]+)", addresses) if "." in host]


def test_no_tracked_file_names_a_registry_host_or_a_path_of_this_machine() -> None:
    hosts = HOSTS + hosts_of_this_machine()
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a model or a picture
        found += [f"{path.relative_to(ROOT)}: {host}" for host in hosts if host in text]
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in PATHS.finditer(text)]
        if str(ROOT) in text:
            found.append(f"{path.relative_to(ROOT)}: {ROOT}")
    assert not found


def test_no_file_of_the_program_is_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix == ".py"
        and path.is_relative_to(ROOT / "rahdari")
        and (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert not long, "one idea a file: split them"
