"""How quick and how big the bot is, beside Rasa's default starter on the same example messages, in one run.

    python bench/serving.py              prints the table and writes docs/benchmarks/serving.md
    python bench/serving.py --plain      measures the starter a second time, with plain texts
    python bench/serving.py --only ours  one side alone, printed only

The starter lives in an environment of its own (2.7 GB, under var/bench, made at the first run from
requirements-starter.txt): Rasa 3.6.21 as it installs, `rasa init` with its DIET and TED. It is measured with an action
on Rasa's action server, which a bot that looks things up needs, and on demand with plain texts in its domain, which
need none. It looks nothing up either way; our side answers from the documents. A training of the starter takes some
ten minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import starter
from measure import Command, Conversations, Measures, measure

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "bench"
REPORT = ROOT / "docs" / "benchmarks" / "serving.md"
MB = 1_000_000


@dataclass(frozen=True)
class Side:
    """One bot's figures: `training` in seconds, `model` in bytes."""

    measures: Measures
    training: float
    model: int


def main() -> None:
    """Measure both sides and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=SIDES, help="measure one side, and print it only")
    parser.add_argument("--plain", action="store_true", help="measure the starter with plain texts as well")
    parser.add_argument("--starts", type=int, default=3, help="how often each bot is started")
    parser.add_argument("--turns", type=int, default=200, help="messages a user")
    parser.add_argument("--users", type=int, default=8, help="users at once")
    given = parser.parse_args()
    chosen = [given.only] if given.only else [name for name in SIDES if given.plain or name != PLAIN]
    results = {name: SIDES[name](given.starts, given.turns, given.users) for name in chosen}
    lines = table(results, given.users)
    print("\n".join(lines))
    if given.only is None:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text("\n".join(report(lines, given)) + "\n", encoding="utf-8")


def ours(starts: int, turns: int, users: int) -> Side:
    """`rahdari serve` with the committed model over data/documents, in a home of its own."""
    home = WORK / "home"
    shutil.rmtree(home, ignore_errors=True)
    unbounded = {"RAHDARI_REST_MESSAGES": "0", "RAHDARI_REST_CONVERSATIONS": "0"}  # all users have one address here
    environment = {"RAHDARI_HOME": str(home), "PYTHONPATH": str(ROOT), **unbounded}
    rahdari = (sys.executable, "-m", "rahdari")
    subprocess.run(
        [*rahdari, "ingest"], check=True, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    training, model = train(Path(sys.executable), ROOT, WORK / "model")
    port = free_port()
    command = Command(((*rahdari, "serve", "--port", str(port)),), ROOT, environment, port)
    return Side(measure(command, conversations(), starts, turns, users), training, model)


def stock(starts: int, turns: int, users: int, plain: bool = False) -> Side:
    """`rasa run` of the default starter, with `rasa run actions` beside it unless its replies are plain texts."""
    python = starter.environment(WORK / "starter")
    folder = starter.project(WORK / "project", python, ROOT, plain)
    training, model = train(python, folder, folder / "models")
    port, actions = free_port(), free_port()
    rasa = (str(python), "-m", "rasa", "run")
    lines = [(*rasa, "-i", "127.0.0.1", "-p", str(port), "-m", str(folder / "models"))]
    if not plain:
        (folder / "endpoints.yml").write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n')
        lines.append((*rasa, "actions", "--port", str(actions)))
    command = Command(tuple(lines), folder, {"SANIC_HOST": "127.0.0.1"}, port)
    return Side(measure(command, conversations(), starts, turns, users), training, model)


def train(python: Path, folder: Path, out: Path) -> tuple[float, int]:
    """Seconds that `rasa train` takes, and bytes of the model that it writes to an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    began = time.perf_counter()
    line = [str(python), "-m", "rasa", "train", "--force", "--out", str(out)]
    subprocess.run(line, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, next(out.glob("*.tar.gz")).stat().st_size


PLAIN = "starter, plain texts"
SIDES: dict[str, Callable[[int, int, int], Side]] = {
    "ours": ours,
    "starter with an action": stock,
    PLAIN: partial(stock, plain=True),
}


def table(results: dict[str, Side], users: int) -> list[str]:
    """A Markdown table; beside each other side stands how many times better ours is."""
    rows = {
        "start to first answer, s": [f"{side.measures.start:.1f}" for side in results.values()],
        "p50, one user, ms": [f"{1000 * side.measures.p50:.1f}" for side in results.values()],
        "p95, one user, ms": [f"{1000 * side.measures.p95:.1f}" for side in results.values()],
        f"messages a second, {users} users": [f"{side.measures.rate:.1f}" for side in results.values()],
        "memory after it, MB": [f"{side.measures.memory / MB:.0f}" for side in results.values()],
        "memory at its highest, MB": [f"{side.measures.peak / MB:.0f}" for side in results.values()],
        "training, s": [f"{side.training:.1f}" for side in results.values()],
        "model, MB": [f"{side.model / MB:.2f}" for side in results.values()],
    }
    lines = ["| | " + " | ".join(results) + " |", "| --- |" + " ---: |" * len(results)]
    for name, (first, *others) in rows.items():
        cells = [first, *(f"{other} ({_better(name, first, other)}×)" for other in others)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _better(name: str, mine: str, theirs: str) -> str:
    ratio = float(theirs) / float(mine)
    return f"{1 / ratio if name.startswith('messages') else ratio:.1f}"


def report(lines: list[str], given: argparse.Namespace) -> list[str]:
    """The table with how it came about."""
    starts, turns, users = given.starts, given.turns, given.users
    plain = "- *starter, plain texts*: the same, with one text an intent in the domain and no action server."
    options = f"{'--plain ' * given.plain}--starts {starts} --turns {turns} --users {users}"
    return [
        "# Serving, beside Rasa's default starter",
        "",
        *lines,
        "",
        f"Measured on {date.today()}, {os.cpu_count()} cores ({_processor()}), Python {platform.python_version()},",
        f"both sides in one run of `python bench/serving.py {options}`.",
        "",
        "- *ours*: `rahdari serve` with the committed model over `data/documents`: every reply is looked up and cited.",
        "- *starter with an action*: Rasa 3.6.21 as it installs, `rasa init` with its own configuration (DIET, TED),",
        "  the same example messages and stories, `rasa run` with `rasa run actions`: an action says one sentence.",
        *([plain] * given.plain),
        "- In brackets: how many times better ours is.",
        f"- Each is started {starts} times; the median counts, bytecode compiled beforehand. One user says {turns}",
        f"  messages of `tests/questions/seed.jsonl`, then {users} say {turns} each at once, over kept connections.",
        "- Memory is resident memory of all processes. Training is `rasa train --force`, its own start included.",
    ]


def _processor() -> str:
    rows = Path("/proc/cpuinfo").read_text().splitlines()
    return next((row.split(":", 1)[1].strip() for row in rows if row.startswith("model name")), "unknown")


def conversations() -> Conversations:
    """The project's own questions over its first document: each entry's turns."""
    lines = (ROOT / "tests" / "questions" / "seed.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["turns"] for line in lines if line.strip()]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
