"""Rasa without TensorFlow: the stand-ins, and a bare `rasa` command."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rahdari.nlu import lean

ENVIRONMENT = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


def test_a_second_installation_changes_nothing() -> None:
    lean.install()
    before = list(sys.meta_path)
    lean.install()
    assert sys.meta_path == before


def test_a_replaced_component_can_be_named_and_compared_but_not_made() -> None:
    lean.install()
    module = importlib.import_module("rasa.core.policies.ted_policy")
    policy = module.TEDPolicy
    assert policy is module.TEDPolicy
    assert policy.__name__ == "TEDPolicy"
    assert not issubclass(dict, policy)
    with pytest.raises(lean.TensorFlowLeftOut, match="TEDPolicy needs TensorFlow"):
        policy({})
    with pytest.raises(lean.TensorFlowLeftOut, match="TEDPolicy needs TensorFlow"):
        policy.create({}, None, None, None)


def test_private_names_of_a_replaced_module_are_missing_as_in_any_module() -> None:
    lean.install()
    module = importlib.import_module("rasa.nlu.classifiers.diet_classifier")
    assert not hasattr(module, "_anything")


def test_rasa_lists_its_components_and_tensorflow_stays_out() -> None:
    code = (
        "import sys; from rahdari.nlu import lean; lean.install()\n"
        "from rasa.engine.recipes.default_recipe import DefaultV1Recipe\n"
        "import rasa.model_training, rasa.core.agent, rasa.core.test, rasa.nlu.test\n"
        "assert DefaultV1Recipe._from_registry('RulePolicy')\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0].startswith(('tensorflow', 'torch', 'keras'))))"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_a_bare_rasa_command_finds_the_stand_ins_without_being_told(tmp_path: Path) -> None:
    rasa = Path(sys.executable).with_name("rasa")
    code = (
        "import sys\n"
        "from rahdari.nlu import lean\n"
        "assert any(type(finder).__module__ == lean.__name__ for finder in sys.meta_path), 'not installed at start'"
    )
    python = [sys.executable, "-c", code]
    started = subprocess.run(python, cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT)
    assert started.returncode == 0, started.stderr
    help_text = subprocess.run([rasa, "train", "--help"], cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT)
    assert help_text.returncode == 0, help_text.stderr
