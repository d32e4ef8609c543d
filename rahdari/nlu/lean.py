"""Rasa without TensorFlow.

Rasa 3.6.21 imports TensorFlow in every process, whatever its configuration, through eight modules. `install`
puts stand-ins in their place whose classes can be named, compared and listed, as Rasa does with all of its
components, and which refuse in one plain sentence to be made. Nothing of Rasa is imported or changed by that,
so it may run before anything else: a line in a `.pth` file, installed with this package, calls it whenever a
Python of this environment starts. This is why a bare `rasa train` or `rasa shell` works too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

REPLACED = frozenset(
    {
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
        "rasa.nlu.selectors.response_selector",
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.data_generator",
    }
)


class TensorFlowLeftOut(ImportError):
    """A component of Rasa that needs TensorFlow was asked for."""


def install() -> None:
    """Replace the eight modules in this process; a second call does nothing."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        return ModuleSpec(fullname, _StandInLoader()) if fullname in REPLACED else None


class _StandInLoader(Loader):
    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name, "Stands in for a module of Rasa that needs TensorFlow; see rahdari.nlu.lean.")

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run: names come into being when they are asked for."""


class _StandIn(ModuleType):
    """A module in which every public name is a class that refuses to be made."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(f"{self.__name__} has no {name}")
        made = _Refusing(name, (), {"__module__": self.__name__, "__doc__": self.__doc__})
        setattr(self, name, made)
        return made


class _Refusing(type):
    """The class of such classes: calling one, or a class method such as Rasa's `create`, raises."""

    def __call__(cls, *_: Any, **__: Any) -> Any:
        raise TensorFlowLeftOut(_refusal(cls))

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{cls.__name__} has no {name}")
        raise TensorFlowLeftOut(_refusal(cls))


def _refusal(cls: type) -> str:
    return (
        f"{cls.__name__} needs TensorFlow, which is left out where Rahdari is installed: take a component "
        "of rahdari.nlu, or RulePolicy and MemoizationPolicy, in config.yml"
    )
