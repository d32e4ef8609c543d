"""The steps of every size, in order. What is finished is kept, so that a run can go on where it was ended."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_TEXTS = ("bench/scale/names.py", "bench/scale/stories.py", "bench/scale/documents.py", "bench/scale/questions.py")
_READ = (*_TEXTS, "bench/scale/steps.py", "rahdari/extraction", "rahdari/encoding", "rahdari/knowledge")
_KEPT = (*_READ, "rahdari/ingestion", "rahdari/reading", "rahdari/store", "rahdari/records.py")
_ASKED = (*_KEPT, "rahdari")
_CODE = {
    "write": _TEXTS, "bare": _READ, "bare_shared": _READ,
    "ingest": _KEPT, "one_job": _KEPT, "answering": _ASKED, "bot": _ASKED,
}  # fmt: skip
_BY_JOBS = ("bare_shared", "ingest")


def run(sizes: Mapping[int, Sequence[str]], seed: int, home: Path) -> dict[int, dict[str, Any]]:
    """What each step measured at each size; of steps whose code is as it was when they were finished, what is kept.

    Args:
        sizes: numbers of documents, with the names of steps.

    Raises:
        SystemExit: a step failed; what it wrote is shown.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<20}"), BarColumn(), TextColumn("{task.completed:>7,} of {task.total:,}"))
    measured: dict[int, dict[str, Any]] = {}
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        for size, steps in sizes.items():
            folder = home / f"{size}-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            measured[size] = {}
            for name in steps:
                task = progress.add_task(f"{size:,}: {name}", total=1)
                done = _kept(folder, name)
                if done is None:
                    shown = partial(progress.update, task)
                    done = _step(name, folder, size, seed, lambda now, of, shown=shown: shown(completed=now, total=of))
                    (folder / f"{name}.json").write_text(json.dumps({"code": _code(name), "measured": done}))
                progress.update(task, total=1, completed=1)
                measured[size][name] = done
    return measured


def _kept(folder: Path, name: str) -> dict[str, Any] | None:
    try:
        kept = json.loads((folder / f"{name}.json").read_text())
    except (OSError, ValueError):
        return None
    return dict(kept["measured"]) if kept["code"] == _code(name) else None


def _code(step: str) -> str:
    """A hash of the code that a step's figures hang on, and of the number of processes."""
    digest = hashlib.sha256(os.environ["BENCH_JOBS"].encode() if step in _BY_JOBS else b"")
    for part in _CODE[step]:
        root = ROOT / part
        for path in sorted(root.rglob("*.*")) if root.is_dir() else [root]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _step(name: str, folder: Path, size: int, seed: int, progress: Any) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.scale.steps", name, str(folder), str(size), str(seed)]
    errors = folder / f"{name}.log"
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as `rahdari` has it
    with errors.open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True, env=one_thread)
        assert process.stdout is not None
        try:
            latest: dict[str, Any] = {}
            for line in process.stdout:
                if not line.startswith("{"):
                    continue
                latest = json.loads(line)
                if latest.keys() == {"done", "of"}:
                    progress(latest["done"], latest["of"])
            status = process.wait()
        finally:
            process.kill()
    if status or latest.keys() <= {"done", "of"}:
        raise SystemExit(f"{name} failed at {size:,} documents:\n{errors.read_text()[-3000:]}")
    return latest
