"""The interpreter is found or what is missing is said plainly; set-up does nothing twice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REAL = os.path.realpath(sys.executable)
TOOLS = ("sh", "bash", "cat", "dirname", "grep", "head", "readlink", "sha256sum", "tail", "uname")


@pytest.fixture()
def machine(tmp_path: Path) -> Path:
    """A folder with a bare `bin` of tools and an empty `home`: a machine without any Python."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    return tmp_path


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def python(path: Path, before: str = "") -> Path:
    """A Python 3.10 at `path`; `before` runs ahead of what it is asked to run, to make it another or a poor one."""
    return program(path, f'code="import sys\n{before}\n$3"\nexec {REAL} -I -c "$code"')


def find(root: Path, machine: Path, *folders: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = ":".join(str(folder) for folder in (*folders, machine / "bin"))
    environment = {"PATH": path, "HOME": str(machine / "home"), **variables}
    return subprocess.run(
        [root / "scripts" / "find-python"], env=environment, capture_output=True, text=True, check=False
    )


def test_a_python_on_the_path_is_found(root: Path, machine: Path) -> None:
    python(machine / "tools" / "python3.10")
    assert os.path.realpath(find(root, machine, machine / "tools").stdout.strip()) == REAL


def test_a_shim_that_leads_nowhere_is_passed_over(root: Path, machine: Path) -> None:
    program(machine / "shims" / "python3.10", 'echo "pyenv: python3.10: command not found" >&2; exit 127')
    python(machine / "tools" / "python3.10")
    found = find(root, machine, machine / "shims", machine / "tools")
    assert found.returncode == 0
    assert os.path.realpath(found.stdout.strip()) == REAL


def test_a_program_that_is_named_like_it_but_is_another_python_is_passed_over(root: Path, machine: Path) -> None:
    python(machine / "other" / "python3.10", "sys.version_info = (3, 11, 4, 'final', 0)")
    found = find(root, machine, machine / "other")
    assert found.returncode == 1
    assert "is Python 3.11" in found.stderr


@pytest.mark.parametrize(
    "place", [".pyenv/versions/3.10.13/bin", ".local/share/uv/python/cpython-3.10.16-linux-x86_64-gnu/bin"]
)
def test_a_version_of_pyenv_or_uv_that_is_not_on_the_path_is_found(root: Path, machine: Path, place: str) -> None:
    python(machine / "home" / place / "python3.10")
    assert os.path.realpath(find(root, machine).stdout.strip()) == REAL


def test_without_any_it_says_what_it_looked_for_and_how_to_get_one(root: Path, machine: Path) -> None:
    found = find(root, machine)
    assert (found.returncode, found.stdout) == (1, "")
    for words in ("No usable Python 3.10", "python3.10 on the PATH", "pyenv install 3.10", "uv python install 3.10"):
        assert words in found.stderr


def test_a_python_without_venv_is_refused_with_what_it_lacks(root: Path, machine: Path) -> None:
    python(machine / "tools" / "python3.10", "sys.modules['ensurepip'] = None")
    found = find(root, machine, machine / "tools")
    assert found.returncode == 1
    assert "lacks ensurepip" in found.stderr
    assert "python3.10-venv" in found.stderr


def test_a_named_python_is_taken_even_when_the_path_has_another(root: Path, machine: Path) -> None:
    program(machine / "shims" / "python3.10", "exit 127")
    found = find(root, machine, machine / "shims", PYTHON=str(python(machine / "own" / "py")))
    assert os.path.realpath(found.stdout.strip()) == REAL


def test_a_named_python_that_will_not_do_is_never_replaced_by_another(root: Path, machine: Path) -> None:
    python(machine / "tools" / "python3.10")
    own = python(machine / "own" / "py", "sys.version_info = (3, 12, 0, 'final', 0)")
    found = find(root, machine, machine / "tools", PYTHON=str(own))
    assert (found.returncode, found.stdout) == (1, "")
    assert f"PYTHON={own} cannot be used" in found.stderr
    missing = find(root, machine, machine / "tools", PYTHON="/nowhere/python3.10")
    assert missing.returncode == 1
    assert "there is no such program" in missing.stderr


def test_set_up_says_when_git_is_missing(root: Path, machine: Path) -> None:
    (machine / "clone").mkdir()
    shutil.copytree(root / "scripts", machine / "clone" / "scripts")
    environment = {"PATH": str(machine / "bin"), "HOME": str(machine / "home")}
    command = [machine / "clone" / "scripts" / "set-up"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "git is missing: apt install git" in done.stderr


def test_every_package_is_pinned_with_hashes_and_neither_tensorflow_nor_torch_is_one(root: Path) -> None:
    lines = (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [number for number, line in enumerate(lines) if line and line[0].isalnum()]
    assert len(pins) > 100
    for number in pins:
        assert "==" in lines[number]
        assert "--hash=sha256:" in lines[number + 1], lines[number]
    names = {lines[number].split("==")[0] for number in pins}
    assert not {name for name in names if name.startswith(("tensorflow", "torch", "nvidia"))}
    assert not [line for line in lines if line.startswith("-")], "requirements.txt carries an option"


def test_the_environment_takes_less_than_1_2_gigabytes() -> None:
    blocks = sum(os.lstat(Path(folder) / name).st_blocks for folder, _, names in os.walk(sys.prefix) for name in names)
    assert blocks * 512 < 1.2e9


def test_nothing_is_missing_from_the_environment_but_what_is_left_out_on_purpose(root: Path) -> None:
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    left_out = set(re.findall(r'"([\w-]+); sys_platform == \'never\'"', project))
    command = [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    missing = set(re.findall(r"requires ([\w-]+), which is not installed", said))
    assert missing
    assert missing <= left_out
    assert "but you have" not in said, said
