"""The command: see `python -m bench.scale --help`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bench.scale import report, running
from bench.scale.steps import STEPS

_WITH_ONE = 10_000  # documents: more are not taken in with one process as well
_OF_SEVERAL = ("bare_shared", "one_job")
_EACH = tuple(name for name in STEPS if name not in _OF_SEVERAL)
_SMALLER = {200: _EACH, 1000: ("write", "ingest", "answering")}


def main() -> None:
    """Measures each size, prints the table, and writes the page and the picture where they are wanted."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description="Measures stores of many documents.")
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of documents, with commas between")
    parser.add_argument("--smaller", action="store_true", help="200 and 1,000 documents, as CI does; no page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, default=running.ROOT / "var" / "scale", help="where results are kept")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read documents in an ingest")
    parser.add_argument("--most-lost", type=float, help="fail where the share of right answers falls by more points")
    given = parser.parse_args()
    sizes = sorted(int(size) for size in given.sizes.split(","))
    wanted = {size: tuple(STEPS) if given.jobs > 1 and size <= _WITH_ONE else _EACH for size in sizes}
    os.environ["BENCH_JOBS"] = str(given.jobs)
    measured = running.run(_SMALLER if given.smaller else wanted, given.seed, given.home)
    print(report.table(measured))
    if not given.smaller:
        report.write(measured, running.ROOT / "docs" / "benchmarks")
    lost = report.lost(measured)
    if given.most_lost is not None and lost > given.most_lost:
        raise SystemExit(f"the share of right answers falls by {lost:.1f} points")


if __name__ == "__main__":
    main()
