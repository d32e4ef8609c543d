"""Ways to find what is near are measured: those that need no other library, over a small store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from store_fakes import fake_tools

from bench import nearest
from rahdari.ingestion import ingest

SENTENCES = 90


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The address of a store of 90 sentences, in three documents."""
    url, folder = f"sqlite:///{tmp_path}/store.sqlite", tmp_path / "documents"
    folder.mkdir()
    for verb in ("opens", "leads", "closes"):
        text = " ".join(f"{verb} road {verb}{number} there." for number in range(SENTENCES // 3))
        (folder / f"{verb}.txt").write_text(text)
    ingest([folder], url, fake_tools)
    return url


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A set of five questions."""
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps({"turns": [f"Is road {number} open?"]}) + "\n" for number in range(5)))
    return path


def test_over_a_small_store_all_that_is_near_is_found(store: str, questions: Path) -> None:
    measured = nearest.measure(store, questions, ["exact", "store"], most=3, rounds=1)
    assert (measured["sentences"], measured["questions"], measured["left_out"]) == (SENTENCES, 3, {})
    assert [(row["way"], row["found"]) for row in measured["rows"]] == [("exact", [1.0] * 4), ("store", [1.0] * 4)]
    exact, own = measured["rows"]
    assert exact["disk"] == 1536 * SENTENCES
    assert own["disk"] >= 48 * SENTENCES
    assert all(row["look_up"] > 0 and row["opened"] > 0 for row in measured["rows"])


def test_a_way_whose_library_is_not_installed_is_told_and_left_out(
    store: str, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = nearest.WAYS["usearch-f16"]
    monkeypatch.setitem(nearest.WAYS, way.name, replace(way, needs=("no_such_library.index",)))
    measured = nearest.measure(store, questions, [way.name, "exact"], most=1, rounds=1)
    assert [row["way"] for row in measured["rows"]] == ["exact"]
    told = nearest.table(measured)
    assert "Left out: usearch-f16 (no_such_library not installed: see bench/requirements-nearest.txt)." in told
    assert "| exact | 100.0 % |" in told


def test_what_is_farther_than_the_nearest_does_not_count(tmp_path: Path) -> None:
    cosines = np.linspace(1, 0, 200, dtype=np.float32)
    vectors = np.zeros((200, 384), np.float32)
    vectors[:, 0] = cosines
    vectors[1, 0] = 1  # as near as the first
    np.save(tmp_path / "vectors.npy", vectors)
    np.save(tmp_path / "questions.npy", np.eye(1, 384, dtype=np.float32))
    judge = nearest.Judge(tmp_path, {("d", n): n for n in range(200)}, lambda done, of: None)
    assert judge.shares([list(range(80))]) == [1, 1, 1, 1]
    assert judge.shares([[["d", 1], ["d", 0], *range(2, 10)]]) == [1, 0.5, 0.25, 0.125]
    assert judge.shares([[0] * 10 + list(range(100, 170))]) == [0.1, 0.05, 0.025, 0.0125]
