"""An ingest is killed at a random moment, 200 times: nothing is lost, nothing is half, the next one completes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_contents import rows
from store_fakes import fake_tools

from rahdari.errors import StoreMissing
from rahdari.ingestion import ingest
from rahdari.reading import read_all
from rahdari.store import Store

KILLS = 200
ROUNDS = 10
DOCUMENTS = 25


class Stage:
    """A folder, a store, and a process that ingests the one into the other as often as it is asked to."""

    def __init__(self, folder: Path) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.url = f"sqlite:///{folder}/store.sqlite"
        self.log = folder / "log"
        self.log.touch()
        command = [sys.executable, str(Path(__file__).with_name("kill_stage.py")), str(self.documents), self.url]
        self._process = subprocess.Popen(
            [*command, str(self.log)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, kill_after: float | None = None) -> int:
        """Starts an ingest and kills it after so many seconds: what it ended with, 9 where it was killed."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print("begin", file=self._process.stdin, flush=True)
        child = int(self._process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        print("wait", file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def texts(self) -> dict[str, str]:
        """What is in the folder, by id."""
        return {path.stem: path.read_text() for path in self.documents.iterdir()}

    def all_read(self, texts: dict[str, str]) -> bool:
        """Whether each of these documents was read as it is now."""
        read = set(self.log.read_text().splitlines())
        documents = read_all([self.documents]).documents
        return texts == self.texts() and all(f"{one.id} {one.sha256}" in read for one in documents)

    def change(self, luck: random.Random) -> None:
        """Adds, changes and removes documents until there are some 25 again."""
        here = sorted(self.documents.iterdir())
        for path in luck.sample(here, len(here) // 4):
            path.unlink()
        for number in luck.sample(range(DOCUMENTS), DOCUMENTS if not here else DOCUMENTS // 2):
            name = f"Q{chr(65 + number // 26)}{chr(65 + number % 26)}"
            text = f"The {name} PLANT was signed {luck.random()}. It is LONG number{number}. " * luck.randint(1, 3)
            (self.documents / f"{name.lower()}.txt").write_text(text)

    def end(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.end()


def held(store: Store) -> dict[str, str]:
    """The documents of a store, once it is sure that all else in it is of these and no others."""
    texts = {document.id: document.text for document in store.documents()}
    assert {sentence.document for sentence in store.sentences()} == set(texts)
    assert {mention.document for mention in store.mentions()} == set(texts)
    assert {key[0] for key, _ in store.search(["plant"], 1000)} == set(texts)
    assert {entity.id for entity in store.entities()} >= set(texts)
    assert len(store.vectors()[1]) == store.sentence_count
    for sentence in store.sentences():
        assert sentence.text == texts[sentence.document][sentence.start : sentence.end]
    return texts


def test_an_ingest_that_is_killed_loses_nothing_and_leaves_nothing_half(stage: Stage, tmp_path: Path) -> None:
    luck = random.Random(5)
    before: dict[str, str] | None = None
    bot: Store | None = None  # a reader that is there all the time
    kills, publishing, published = 0, 0, 0
    longest = 0.25  # seconds until the kill: more where a run gets nowhere near its end, less where it gets there
    for _ in range(ROUNDS):
        stage.change(luck)
        after = stage.texts()
        already = len(stage.log.read_text().splitlines())
        killed_here = 0
        while killed_here < KILLS // ROUNDS:
            if stage.run(kill_after=luck.uniform(0, longest)) == 0:
                longest *= 0.8
                path = luck.choice(sorted(stage.documents.iterdir()))
                path.write_text(f"The {path.stem.upper()} PLANT {luck.random()}.")
                before, after = after, stage.texts()
                continue
            killed_here += 1
            longest = min(1.0, longest * 1.05)
            try:
                now = held(Store.open(stage.url))
            except StoreMissing:
                assert before is None
                continue
            assert now in (before, after)
            published += now == after
            publishing += now != after and stage.all_read(after)
            with closing(sqlite3.connect(f"file:{stage.url[10:]}?mode=ro", uri=True)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if bot is None:
                bot = Store.open(stage.url)
            bot.refresh()
            assert held(bot) == now
        assert stage.run() == 0
        assert held(Store.open(stage.url)) == after
        kills += killed_here
        read = Counter(stage.log.read_text().splitlines()[already:])
        assert sum(count - 1 for count in read.values()) <= killed_here  # of one that was just being read, at most
        before = after
    assert kills >= KILLS
    print(f"{kills} kills, {publishing} when all was read but nothing published, {published} when it was")
    assert publishing >= 5
    assert published >= 1
    stage.change(luck)  # what a run leaves that is killed once it has published, the next that has work clears
    assert stage.run() == 0
    fresh = f"sqlite:///{tmp_path}/fresh.sqlite"
    ingest([stage.documents], fresh, fake_tools)
    assert rows(stage.url) == rows(fresh)
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {"documents", "log", "fresh.sqlite", "fresh.sqlite.lock", "fresh.sqlite.seen"} | {
        f"store.sqlite{end}" for end in ("", "-wal", "-shm", ".lock", ".seen")
    }
