"""The corpus of any size: it is the same whatever its size, its questions can be answered, and they are at any size."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bench.scale import documents, questions
from bench.scale.stories import story
from rahdari.evaluation import load
from rahdari.evaluation.entries import missing_evidence
from rahdari.reading import read_all

FEW = 80  # documents


def test_a_document_is_the_same_in_a_corpus_of_any_size(tmp_path: Path) -> None:
    for size in (FEW, FEW // 2):
        assert list(documents.write(size, 1, tmp_path / str(size))) == list(range(1, size + 1))
    larger, smaller = ({path.name: path.read_text() for path in (tmp_path / str(n)).rglob("*.md")} for n in (80, 40))
    assert len(larger) == 80 and len(smaller) == 40
    assert smaller.items() <= larger.items()
    assert documents.document(7, 2) != documents.document(7, 1)


def test_every_evidence_stands_in_a_document_that_is_read(tmp_path: Path) -> None:
    list(documents.write(FEW, 1, tmp_path / "documents"))
    questions.write(FEW, 1, tmp_path / "questions.jsonl")
    found = read_all([tmp_path / "documents"])
    assert not found.left_out and len(found.documents) == FEW
    assert all(one.title and one.publisher and one.published for one in found.documents)
    entries = load(tmp_path / "questions.jsonl")
    assert not [evidence for entry in entries for evidence in missing_evidence(entry, found.documents)]


def test_a_question_names_one_story_among_as_many_as_a_hundred_thousand_documents_tell() -> None:
    projects = Counter(story(number, 1).project for number in range(100_000 // documents.OF_A_STORY))
    assert max(projects.values()) == 1


def test_stories_have_twins_contradictions_updates_and_what_is_not_told() -> None:
    texts = [documents.document(number, 1).text for number in range(16)]
    assert texts[1].endswith(texts[0])
    sums = [re.findall(r"Wind Farm.*?\$(\d+) million|worth \$(\d+) million", text) for text in (texts[0], texts[2])]
    assert sums[0] and sums[1] and sums[0] != sums[1]
    kinds = Counter(entry["kind"] for entry in questions.entries(1000, 1))
    assert kinds.keys() >= {"who", "when", "where", "how_much", "status", "quote", "verify", "unknown", "conflict"}


def test_right_answers_do_not_fall_from_two_hundred_documents_to_a_thousand(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.scale", "--smaller", "--home", str(tmp_path), "--most-lost", "3"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    shares = re.findall(r"right answers \| ([\d.]+) % of 50 \| ([\d.]+) % of 250", done.stdout)
    assert shares and min(float(share) for share in shares[0]) >= 94, done.stdout
