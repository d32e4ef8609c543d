"""What a second ingest saves by not reading again what looks the same.

    python bench/ingesting.py
    python bench/ingesting.py --files 10000

Small files are ingested again, with and without what was noted of them. What several jobs gain is in `bench.scale`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the files, ingest them, print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files, home = folder / "files", folder / "home"
        files.mkdir()
        for number in range(given.files):
            (files / f"note-{number}.txt").write_text(f"Note {number} says that all is well.\n")
        time.sleep(2.5)  # a file that has just changed is read again
        ingest = ["ingest", "--jobs", "2", str(files)]
        rahdari(ingest, home)
        again = rahdari(ingest, home)
        (home / "store.sqlite.seen").unlink()
        everything = rahdari(ingest, home)
        start = rahdari(["ingest", "--help"], home)
        print(f"{given.files} files again: {again:.2f} s, all read {everything:.2f} s, the command alone {start:.2f} s")


def rahdari(arguments: list[str], home: Path) -> float:
    """Seconds that the command takes."""
    environment = {**os.environ, "RAHDARI_HOME": str(home), "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "rahdari", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
