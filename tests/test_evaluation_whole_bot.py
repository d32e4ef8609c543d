"""`rahdari evaluate` and `rahdari ask` as a person calls them: real store, real model, the whole bot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ENTRIES = [
    {
        "id": "count-1",
        "kind": "count",
        "turns": ["hello", "How many agreements were signed?"],
        "expect_status": ["answered"],
        "evidence": ["the signing of 20 agreements"],
        "must": [["20", "twenty"]],
    },
    {"id": "smalltalk-1", "kind": "smalltalk", "turns": ["thanks!"], "expect_status": ["smalltalk"]},
    {
        "id": "unknown-1",
        "kind": "unknown",
        "turns": ["what colour is the harbour crane in Oslo"],
        "expect_status": ["unknown", "out_of_scope"],
    },
    {"id": "count-2", "kind": "count", "turns": ["How many agreements were signed?"], "expect_status": ["smalltalk"]},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


def rahdari(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RAHDARI_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "rahdari", *arguments], env=environment, capture_output=True, text=True
    )


def test_a_question_set_is_judged_through_the_whole_bot(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, ENTRIES)))
    result = rahdari(home, "evaluate", str(path), "--json", "--at-least", "4")
    assert result.returncode == 1, result.stderr
    summary = json.loads(result.stdout)
    assert (summary["passed"], summary["total"], summary["invalid_citations"]) == (3, 4, 0)
    assert [failure["id"] for failure in summary["failures"]] == ["count-2"]
    assert summary["failures"][0]["reasons"] == ["status is answered, not smalltalk"]
    assert "3 passed, fewer than 4" in result.stderr
    assert "Traceback" not in result.stderr
    assert json.loads(rahdari(home, "unanswered", "--json").stdout) == []


def test_one_question_is_answered_with_its_source_and_one_without_an_answer_is_kept(home: Path) -> None:
    answer = json.loads(rahdari(home, "ask", "--json", "How many agreements were signed?").stdout)
    assert answer["status"] == "answered"
    assert "20" in answer["text"]
    assert "the signing of 20 agreements" in answer["citations"][0]["quote"]
    text = rahdari(home, "ask", "what colour is the harbour crane in Oslo")
    assert (text.returncode, text.stderr) == (0, "")
    kept = json.loads(rahdari(home, "unanswered", "--json").stdout)
    assert [row["text"] for row in kept] == ["what colour is the harbour crane in Oslo"]


def test_an_evaluation_without_a_model_says_what_to_do(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(ENTRIES[1]))
    monkeypatch.setenv("RAHDARI_MODEL", str(tmp_path / "gone.tar.gz"))
    result = rahdari(home, "evaluate", str(path))
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "rahdari train" in result.stderr
