"""`rahdari train`: from config.yml, domain.yml and data/ to models/, with a card and a row in the table of versions.

One model is kept, the newest; git holds those before it. Versions are counted: 1, 2, 3.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rahdari.errors import ModelError
from rahdari.nlu import archive, cards
from rahdari.settings import Settings, project_root

LIMIT_SECONDS = 900
PARTS = ("data/nlu", "data/rules", "data/stories")

# In a process of its own: PYTHONHASHSEED must be there from its start, and Rasa leaves much behind in memory.
_TRAIN = """
import sys, warnings
warnings.simplefilter("ignore")
from rahdari.nlu import lean
lean.install()
import rasa
domain, config, out, name, *data = sys.argv[1:]
result = rasa.train(domain, config, data, out, force_training=True, fixed_model_name=name,
                    core_additional_arguments={"augmentation_factor": 0})
sys.exit(0 if result.model else 1)
"""


@dataclass(frozen=True)
class Trained:
    """A model's archive, and how long it took to make, in seconds."""

    path: Path
    seconds: float


def run(settings: Settings) -> None:
    """Train; write the archive, its card and its row in the table. Where nothing changed nothing is written.

    Raises:
        ModelError: Rasa would not train, and why.
    """
    root = project_root()
    models = root / "models"
    digest = archive.data_digest(root)
    current = cards.current(models)
    if current and current.data_sha256 == digest and cards.intact(current, models):
        print(f"Nothing changed since model {current.version} was trained; {current.file} stays.")
        return
    version = current.version + 1 if current else 1
    models.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".training-") as scratch:
        trained = train(root, Path(scratch), f"rahdari-{version}")
        card = cards.card(trained.path, trained.seconds, version, digest)
        for old in [*models.glob("rahdari-*.tar.gz"), *models.glob("rahdari-*.md"), *models.glob("rahdari-*.json")]:
            old.unlink()
        shutil.move(str(trained.path), models / card.file)
    cards.write(card, models)
    print(f"Model {version} is trained: models/{card.file}, {card.bytes:,} bytes, in {card.seconds:.0f} s.")
    print(f"Of {card.scores['messages']:,} messages left out in turn, {card.scores['accuracy']:.1%} were told right.")


def check(settings: Settings) -> None:
    """Train into a temporary folder, and compare with the model that is kept.

    Raises:
        ModelError: there is none, or it is not the model of the data, configuration and domain that are here.
    """
    root = project_root()
    models = root / "models"
    current = cards.current(models)
    if current is None or not current.path(models).is_file():
        raise ModelError("models/ holds no trained model; run `rahdari train`")
    if current.data_sha256 != archive.data_digest(root):
        raise ModelError(f"models/{current.file} was trained before the data changed; run `rahdari train`")
    with tempfile.TemporaryDirectory(prefix="rahdari-check-") as scratch:
        fresh = train(root, Path(scratch), "fresh")
        found = archive.differences(current.path(models), fresh.path)
    if found:
        raise ModelError(f"models/{current.file} is not what training gives: {found[0]}; delete it, `rahdari train`")
    cards.check(models)
    print(f"models/{current.file} is what training gives ({fresh.seconds:.0f} s).")


def train(root: Path, folder: Path, name: str) -> Trained:
    """Train the project under `root` into `folder`/`name`.tar.gz, and leave no other trace.

    Raises:
        ModelError: Rasa would not train; its last words.
    """
    command = [sys.executable, "-c", _TRAIN, str(root / "domain.yml"), str(root / "config.yml"), str(folder), name]
    command += [str(root / part) for part in PARTS]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rahdari-cache-") as cache, _waiting("Training, a minute at most"):
        try:
            done = subprocess.run(
                command, cwd=root, env=_environment(root, Path(cache)), capture_output=True, text=True,
                timeout=LIMIT_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise ModelError(f"Training took more than {LIMIT_SECONDS} s and was stopped") from error
    path = folder / f"{name}.tar.gz"
    if done.returncode or not path.is_file():
        words = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise ModelError("Rasa did not train the model:\n" + "\n".join(words))
    return Trained(path, time.monotonic() - started)


def _environment(root: Path, cache: Path) -> dict[str, str]:
    """What makes two trainings alike, and Rasa silent."""
    return {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "LOG_LEVEL": "ERROR",
        "RASA_CACHE_DIRECTORY": str(cache),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def _waiting(words: str) -> AbstractContextManager[Any]:
    """Something that moves while a person waits; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(words)


if __name__ == "__main__":
    (check if "--check" in sys.argv[1:] else run)(Settings.from_environment())
