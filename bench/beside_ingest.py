"""How much longer a message takes while documents are ingested beside the bot.

    python bench/beside_ingest.py
    python bench/beside_ingest.py --documents 1000 --jobs 1

`rahdari serve` answers one user, who asks without a pause, over data/documents and tests/corpus: before, during and
after `rahdari ingest` takes in so many small documents beside them. Reported are the percentiles of each, and the ratio
of those during the ingest to those of the idle bot.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from measure import Command, running
from serving import conversations, free_port

ROOT = Path(__file__).resolve().parent.parent
FIRST = "Anland Borve Castra Dorne Elvas Farrow Gildan Hesper Ilmar Jorvik Kelda Lunde Marisco Norvell Ostra".split()
KIND = "Dam,Port,Railway,Hospital,Bridge,Power Plant,Water Scheme,Research Centre,Airport,Pipeline".split(",")


def main() -> None:
    """Serve, ask, ingest, ask on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--idle", type=float, default=20.0, help="seconds to ask before, and after")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        for name in ("data/documents", "tests/corpus"):
            shutil.copytree(ROOT / name, documents / name)
        rahdari = (sys.executable, "-m", "rahdari")
        port = free_port()
        environment = {"RAHDARI_HOME": folder, "RAHDARI_DOCUMENTS": str(documents), "PYTHONPATH": str(ROOT)}
        whole = {**os.environ, **environment}
        subprocess.run([*rahdari, "ingest"], check=True, cwd=ROOT, env=whole, stdout=subprocess.DEVNULL)
        command = Command(((*rahdari, "serve", "--port", str(port)),), ROOT, environment, port)
        with running(command, "hello"), httpx.Client(timeout=60) as client:
            messages = itertools.cycle(message for talk in conversations() for message in talk)
            ask(client, command.webhook, messages, until=time.monotonic() + 10)
            before = ask(client, command.webhook, messages, until=time.monotonic() + given.idle)
            write(documents / "more", given.documents)
            begun = time.monotonic()
            with subprocess.Popen(
                [*rahdari, "ingest", "--jobs", str(given.jobs)], cwd=ROOT, env=whole, stdout=subprocess.DEVNULL
            ) as ingest:
                during = ask(client, command.webhook, messages, process=ingest)
            took = time.monotonic() - begun
            switch = ask(client, command.webhook, messages, until=time.monotonic() + 3)  # the new state is taken up
            after = ask(client, command.webhook, messages, until=time.monotonic() + given.idle)
    print(f"{given.documents} documents in {took:.0f} s, {given.jobs} jobs; times in ms\n")
    print("| | messages | p50 | p95 | p99 | longest |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    rows = {"before": before, "during": during, "3 s from its end on": switch, "after": after}
    for name, times in rows.items():
        figures = " | ".join(f"{1000 * percentile(times, share):.1f}" for share in (0.5, 0.95, 0.99, 1))
        print(f"| {name} | {len(times)} | {figures} |")
    ratio = percentile([*during, *switch], 0.99) / percentile(before, 0.99)
    print(f"\np99 while it is ingested and taken up, of the idle one: {ratio:.2f}")


def ask(
    client: httpx.Client,
    webhook: str,
    messages: itertools.cycle[str],
    until: float = 0.0,
    process: subprocess.Popen[bytes] | None = None,
) -> list[float]:
    """Asks one message after the other until a time, or until a process has ended: how long each took, in seconds."""
    times = []
    while process.poll() is None if process else time.monotonic() < until:
        begun = time.perf_counter()
        client.post(webhook, json={"sender": "bench", "message": next(messages)}).raise_for_status()
        times.append(time.perf_counter() - begun)
    return times


def percentile(times: list[float], share: float) -> float:
    """The time that this share of messages took at most."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def write(folder: Path, count: int) -> None:
    """So many documents of four sentences, no two of them alike."""
    folder.mkdir()
    luck = random.Random(1)
    for number in range(count):
        place, kind, year = luck.choice(FIRST) + luck.choice(FIRST).lower(), luck.choice(KIND), luck.randint(1990, 2030)
        day, cost = luck.randint(1, 28), luck.randint(2, 900)
        text = (
            f"The {place} {kind} was opened on {day} May {year}. It cost {cost} million "
            f"dollars. {luck.choice(FIRST)} {luck.choice(FIRST)}son, head of the {place} Works Authority, said that "
            f"{luck.randint(3, 99)} villages will use it. The works took {luck.randint(2, 60)} months."
        )
        (folder / f"{place.lower()}-{number}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
