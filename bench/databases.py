"""What a question costs over PostgreSQL, against the same store in a file, and whether the replies are the same.

    python -m bench.databases STORE.sqlite QUESTIONS.jsonl [--most 200]

A server out of Debian's packages is started for it (tests/postgres.py), the store copied there as `rahdari migrate`
does it, and each question asked of both in turn, in one process. Times are of a server on this machine, over a socket.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))


def main() -> None:
    """Measures, and prints a few lines."""
    parser = argparse.ArgumentParser(prog="python -m bench.databases", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--most", type=int, default=200, help="questions that are asked")
    given = parser.parse_args()
    from postgres import Server

    server = Server()
    try:
        _compare(f"sqlite:///{given.store.absolute()}", server.new(), _questions(given.questions)[: given.most])
    finally:
        server.end()


def _questions(path: Path) -> list[str]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [turn for row in rows for turn in row["turns"][:1]]


def _compare(file: str, there: str, questions: list[str]) -> None:
    from rahdari import bootstrap
    from rahdari.records import Question
    from rahdari.settings import Settings
    from rahdari.store import copy

    began = time.perf_counter()
    counts = copy(file, there)
    print(f"copied: {counts['sentences']} sentences in {time.perf_counter() - began:.0f} s")
    settings = Settings.from_environment()
    asked: dict[str, Callable[[str], Any]] = {}
    for url in (file, there):
        answerer = bootstrap.answerer(replace(settings, database_url=url, keep_unanswered=False))
        asked[url] = lambda text, answerer=answerer: answerer.answer(Question(text))  # type: ignore[misc]
    took: dict[str, list[float]] = {file: [], there: []}
    same = 0
    for number, text in enumerate(questions):
        answers = {}
        for url in (file, there) if number % 2 else (there, file):
            before = time.perf_counter()
            answers[url] = asdict(asked[url](text))
            took[url].append(time.perf_counter() - before)
        same += _plain(answers[file]) == _plain(answers[there])
    for share, name in ((50, "half of them"), (95, "95 of 100")):
        here, other = (statistics.quantiles(took[url], n=100)[share - 1] for url in (file, there))
        times = f"at most {1000 * here:.1f} ms in the file, {1000 * other:.1f} ms over the server"
        print(f"{name}: {times}: {other / here:.2f} times as long")
    print(f"the same answer to {same} of {len(questions)} questions")


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "id"}


if __name__ == "__main__":
    main()
