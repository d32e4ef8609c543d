"""What several jobs gain in an ingest, and what a second ingest saves by not reading again what looks the same.

    python bench/ingesting.py
    python bench/ingesting.py --documents 300 --files 1000

The corpus is tests/corpus again and again, with other names, titles and figures each time, so that nothing is known
from before. Each figure is a ratio of two runs here and now, with the machine's load beside it: only on a machine that
has nothing else to do it tells of several jobs.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = "o an er is um eth".split()


def main() -> None:
    """Write both corpora, ingest them, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--files", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "small"
        small.mkdir()
        for number in range(given.files):
            (small / f"note-{number}.txt").write_text(f"Note {number} says that all is well.\n")
        time.sleep(2.5)  # a file that has just changed is read again
        ingest(small, folder / "home", 2)
        again, _ = ingest(small, folder / "home", 1)
        (folder / "home" / "store.sqlite.seen").unlink()
        everything, _ = ingest(small, folder / "home", 1)
        start, _ = timed([sys.executable, "-m", "rahdari", "ingest", "--help"], {})
        print(f"{given.files} files again: {again:.2f} s, all read {everything:.2f} s, the command alone {start:.2f} s")
        write(folder / "long", given.documents)
        runs = [ingest(folder / "long", folder / f"home{jobs}", jobs) for jobs in (1, 2)]
        for jobs, (wall, processor) in enumerate(runs, 1):
            print(f"{given.documents} documents, {jobs} jobs: {wall:.1f} s, {processor:.1f} s of processors")
        print(f"2 jobs are {runs[0][0] / runs[1][0]:.2f} times as fast as 1; load {os.getloadavg()[0]:.1f}")


def ingest(documents: Path, home: Path, jobs: int) -> tuple[float, float]:
    """Seconds by the clock and of processors."""
    command = [sys.executable, "-m", "rahdari", "ingest", "--jobs", str(jobs), str(documents)]
    return timed(command, {"RAHDARI_HOME": str(home), "PYTHONPATH": str(ROOT)})


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds by the clock and of processors."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(folder: Path, count: int) -> None:
    """So many documents out of tests/corpus, each with other names, title and figures."""
    folder.mkdir()
    sources = sorted(path for path in (ROOT / "tests" / "corpus").rglob("*") if path.suffix in (".md", ".txt"))
    for number, (turn, path) in enumerate(itertools.product(itertools.count(), sources)):
        if number == count:
            return
        ending = ENDINGS[turn % len(ENDINGS)]
        head, body = "", path.read_text(encoding="utf-8")
        if body.startswith("---\n"):
            head, _, body = body[4:].partition("\n---\n")
            head = re.sub(r"(?m)^source:.*\n?", "", re.sub(r"(?m)^title: (\W?)", rf"title: \1{ending.title()} ", head))
            head = f"---\n{head}\n---\n"
        body = re.sub(r"\b[A-Z][a-z]{3,}\b", rf"\g<0>{ending}", body)
        body = re.sub(r"\d", lambda digit, by=turn: str((int(digit.group()) + by) % 9 + 1), body)
        (folder / f"{path.stem}-{turn}{path.suffix}").write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
