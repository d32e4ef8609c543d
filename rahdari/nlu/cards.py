"""A model's card, for people and for programs, and the table of all versions."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from rahdari.errors import ModelError
from rahdari.nlu.archive import member

TABLE = "versions.tsv"
FIGURES = ("messages", "accuracy", "calibration_error")
COLUMNS = ("version", "file", "date", *FIGURES, "rasa", "bytes", "sha256", "data_sha256")


@dataclass(frozen=True)
class Card:
    """What there is to know of a trained model.

    Attributes:
        sha256, bytes: of the archive.
        data_sha256: of what it was trained from; see archive.data_digest.
        seconds: how long training took.
        scores: see fitting.fit.
    """

    version: int
    file: str
    date: str
    rasa: str
    sha256: str
    bytes: int
    data_sha256: str
    seconds: float
    temperature: float
    scores: dict[str, Any]

    def path(self, models: Path) -> Path:
        """The archive."""
        return models / self.file


def card(trained: Path, seconds: float, version: int, data_sha256: str) -> Card:
    """The card of an archive that was just trained."""
    kinds = json.loads(member(trained, "kinds.json"))
    content = trained.read_bytes()
    return Card(
        version=version,
        file=f"rahdari-{version}.tar.gz",
        date=datetime.now(timezone.utc).date().isoformat(),
        rasa=installed("rasa"),
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        data_sha256=data_sha256,
        seconds=round(seconds, 1),
        temperature=kinds["temperature"],
        scores=kinds["scores"],
    )


def write(card: Card, models: Path) -> None:
    """The card as JSON and as Markdown, and its row at the end of the table."""
    stem = f"rahdari-{card.version}"
    (models / f"{stem}.json").write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")
    (models / f"{stem}.md").write_text(_markdown(card), encoding="utf-8")
    rows = [row for row in _rows(models) if row["version"] != str(card.version)]
    known = {**asdict(card), **card.scores}
    rows.append({name: str(known[name]) for name in COLUMNS})
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (models / TABLE).write_text(table.getvalue(), encoding="utf-8")


def current(models: Path) -> Card | None:
    """The card of the version in the table's last row; None where there is no table.

    Raises:
        ModelError: the table names a version that has no card.
    """
    rows = _rows(models)
    if not rows:
        return None
    path = models / f"rahdari-{rows[-1]['version']}.json"
    try:
        return Card(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path} is not a model's card ({error}); run `rahdari train`") from error


def intact(card: Card, models: Path) -> bool:
    """Whether the archive is there, and is the one that the card tells of."""
    path = card.path(models)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == card.sha256


def check(models: Path) -> None:
    """Whether archive, card and table belong together. Raises ModelError where they don't."""
    card = current(models)
    if card is None:
        raise ModelError(f"{models / TABLE} names no model; run `rahdari train`")
    if not intact(card, models):
        raise ModelError(f"{card.file} is not the file that its card tells of; run `rahdari train`")
    row = _rows(models)[-1]
    known = {**asdict(card), **card.scores}
    wrong = [name for name in COLUMNS if row.get(name) != str(known[name])]
    if wrong or (models / f"rahdari-{card.version}.md").read_text(encoding="utf-8") != _markdown(card):
        raise ModelError(f"The card of {card.file} and the table differ {wrong}; run `rahdari train`")


def _rows(models: Path) -> list[dict[str, str]]:
    path = models / TABLE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _markdown(card: Card) -> str:
    scores = card.scores
    facts = {
        "Archive": f"`{card.file}`, {card.bytes:,} bytes, sha256 `{card.sha256}`",
        "Trained": f"{card.date} with Rasa {card.rasa}, in {card.seconds:.0f} s",
        "Trained from": f"`config.yml`, `domain.yml`, `data/`, `rahdari/nlu`: sha256 `{card.data_sha256}`",
        "Messages": f"{scores['messages']:,}, of {len(scores['intents'])} intents, all written for this",
        "Accuracy": f"{scores['accuracy']:.1%} of messages left out of training in turn ({scores['folds']} folds)",
        "Calibration": f"expected error {scores['calibration_error']:.1%} after dividing scores by "
        f"{card.temperature}, {scores['calibration_error_before']:.1%} before",
    }
    lines = [f"# Model {card.version}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {fact} |" for name, fact in facts.items()]
    lines += ["", "It tells the kind of a question, not its topic. On messages left out of training:", ""]
    lines += ["| intent | messages | precision | recall |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {intent} | {known['messages']} | {known['precision']:.0%} | {known['recall']:.0%} |"
        for intent, known in scores["intents"].items()
    ]
    return "\n".join(lines) + "\n"
