"""Rasa's own starter to compare with: `rasa init`, its DIET and TED as they come, over this project's messages."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements-starter.txt"
READY = ".rahdari-ready"
ACTION = "action_answer"


def environment(folder: Path) -> Path:
    """A Python 3.10 environment with stock Rasa and TensorFlow (2.7 GB); made once, gives its interpreter."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if not (folder / READY).is_file() or (folder / READY).read_text() != wanted:
        print("Making the starter's environment: 2.7 GB, some minutes.", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        _run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(folder)])
        install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        _run([*install, "-r", str(REQUIREMENTS)])
        # Bytecode compiled at install, as for our side: else the first start would pay for it.
        _run([str(python), "-m", "compileall", "-q", "-j", "0", str(folder / "lib")], succeeds=False)
        (folder / READY).write_text(wanted)
    return python


def project(folder: Path, python: Path, root: Path, plain: bool) -> Path:
    """A fresh `rasa init` project with this project's examples, intents and stories.

    Args:
        folder: is emptied first.
        python: the starter's interpreter.
        root: this project.
        plain: whether replies are texts in the domain; else one action of the action server replies, as it has to
            be where a reply is looked up. It looks nothing up: it says one sentence.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # What `rasa init` writes, without the training that it does afterwards.
    _run([str(python), "-c", f"from rasa.cli.scaffold import create_initial_project as c; c({str(folder)!r})"])
    shutil.rmtree(folder / "models", ignore_errors=True)
    shutil.rmtree(folder / "tests", ignore_errors=True)
    shutil.rmtree(folder / "data")
    shutil.copytree(root / "data" / "nlu", folder / "data" / "nlu")
    intents = sorted(_intents(root / "data" / "nlu"))
    _write(folder / "domain.yml", _domain(intents, plain))
    _write(folder / "data" / "stories.yml", _stories(intents, root / "data" / "stories", plain))
    if not plain:
        shutil.copy(HERE / "starter_action.py", folder / "actions" / "actions.py")
    return folder


def _domain(intents: list[str], plain: bool) -> dict[str, Any]:
    session = {"session_expiration_time": 60, "carry_over_slots_to_new_session": True}
    common = {"version": "3.1", "intents": intents, "session_config": session}
    if not plain:
        return {**common, "actions": [ACTION]}
    return {**common, "responses": {f"utter_{intent}": [{"text": f"A reply about {intent}."}] for intent in intents}}


def _stories(intents: list[str], folder: Path, plain: bool) -> dict[str, Any]:
    """A story of one turn for each intent, and this project's own with the starter's replies."""
    stories = [{"story": f"asks {intent}", "steps": _turn(intent, plain)} for intent in intents]
    for path in sorted(folder.glob("*.yml")):
        for story in YAML(typ="safe").load(path).get("stories", []):
            asked = [intent for step in story["steps"] for intent in _asked(step) if intent in intents]
            if len(asked) > 1:
                steps = [step for intent in asked for step in _turn(intent, plain)]
                stories.append({"story": story["story"], "steps": steps})
    return {"version": "3.1", "stories": stories}


def _turn(intent: str, plain: bool) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": f"utter_{intent}" if plain else ACTION}]


def _asked(step: dict[str, Any]) -> list[str]:
    if "or" in step:
        return [intent for choice in step["or"][:1] for intent in _asked(choice)]
    return [step["intent"]] if "intent" in step else []


def _intents(folder: Path) -> set[str]:
    files = (YAML(typ="safe").load(path) for path in folder.glob("*.yml"))
    return {entry["intent"] for file in files for entry in file.get("nlu", []) if "intent" in entry}


def _write(path: Path, value: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(value, file)


def _run(command: list[str], succeeds: bool = True) -> None:
    """Run a command in silence; tell what it said where it should have succeeded and did not."""
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if succeeds and result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")
