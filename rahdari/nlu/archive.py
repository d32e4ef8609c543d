"""A trained model's archive: what it was made from, and whether two of them are alike.

Two trainings of the same data never give the same bytes: Rasa writes dates, random ids and fingerprints of them
into metadata.json. All else is the same with PYTHONHASHSEED=0 on one machine; on another the last digits of the
weights move.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rahdari.nlu.fitting import RECIPE

INPUTS = ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories")
RANDOM = frozenset({"trained_at", "model_id", "project_fingerprint", "output_fingerprint"})
WEIGHTS_TOLERANCE = 0.02  # of their length
SCORES_TOLERANCE = 0.02  # accuracy, calibration error; temperature too


def data_digest(root: Path) -> str:
    """sha256 of all that a training depends on: configuration, domain, data, and the recipe of the fit."""
    digest = hashlib.sha256(f"recipe {RECIPE}".encode())
    for path in _inputs(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in (".yml", ".yaml", ".json"))
        else:
            yield path


def member(path: Path, ending: str) -> bytes:
    """The one file of an archive whose name ends so. Raises KeyError where there is none."""
    for name, content in _members(path).items():
        if name.endswith(ending):
            return content
    raise KeyError(f"{path.name} has no {ending}")


def differences(kept: Path, fresh: Path) -> list[str]:
    """In what two archives differ, in words; empty where they hold the same model."""
    old, new = _members(kept), _members(fresh)
    found = [f"only one of them has {name}" for name in sorted(old.keys() ^ new.keys())]
    for name in sorted(old.keys() & new.keys()):
        if not _alike(name, old[name], new[name]):
            found.append(f"{name.rsplit('/', 2)[-2] if '/' in name else name}: {name.rsplit('/', 1)[-1]} differs")
    return found


def _members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as opened:
        files = [entry for entry in opened.getmembers() if entry.isfile()]
        return {entry.name.lstrip("./"): opened.extractfile(entry).read() for entry in files}  # type: ignore[union-attr]


def _alike(name: str, old: bytes, new: bytes) -> bool:
    if old == new:
        return True
    if name.endswith(".npy"):
        return _near(_array(old), _array(new))
    if name.endswith(".json"):
        return _same(json.loads(old), json.loads(new))
    return False


def _array(content: bytes) -> np.ndarray[Any, Any]:
    loaded: np.ndarray[Any, Any] = np.load(io.BytesIO(content), allow_pickle=False).astype(np.float64)
    return loaded


def _near(old: np.ndarray[Any, Any], new: np.ndarray[Any, Any]) -> bool:
    return old.shape == new.shape and bool(np.linalg.norm(old - new) <= WEIGHTS_TOLERANCE * np.linalg.norm(old))


def _same(old: Any, new: Any) -> bool:
    """Equal JSON values, random fields aside; fractions within the tolerance."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = (old.keys() | new.keys()) - RANDOM
        return all(name in old and name in new and _same(old[name], new[name]) for name in names)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_same(a, b) for a, b in zip(old, new))
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) <= SCORES_TOLERANCE
    return bool(old == new)
