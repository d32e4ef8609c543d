"""A question set is checked as it is read, and what is wrong is told with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from rahdari.errors import QuestionSetError
from rahdari.evaluation.entries import load

ENTRY: dict[str, Any] = {
    "id": "count-1",
    "kind": "count",
    "turns": ["How many?"],
    "expect_status": ["answered"],
    "evidence": ["20 agreements"],
    "must": [["20", "twenty"]],
    "must_not": ["(?i)perhaps"],
    "note": "",
}


def written(folder: Path, *lines: str) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_entries_are_read_and_empty_lines_passed_over(tmp_path: Path) -> None:
    second = {"id": "2", "kind": "smalltalk", "turns": ["hi"], "expect_status": ["smalltalk"]}
    first, other = load(written(tmp_path, json.dumps(ENTRY), "", json.dumps(second)))
    assert (first.turns, first.must, first.must_not) == (("How many?",), (("20", "twenty"),), ("(?i)perhaps",))
    assert (other.evidence, other.must, other.note) == ((), (), "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "riddle"}, "kind is 'riddle'"),
        ({"turns": []}, "0 turns"),
        ({"turns": ["a"] * 6}, "6 turns"),
        ({"turns": "How many?"}, "turns is 'How many\\?'"),
        ({"turns": [""]}, "turns is"),
        ({"expect_status": ["yes"]}, "expect_status has 'yes'"),
        ({"expect_status": []}, "expect_status is empty"),
        ({"must": ["20"]}, "a list of lists"),
        ({"must": [[]]}, "a list of lists"),
        ({"must_not": ["(("]}, "no regular expression"),
        ({"id": 7}, "id is 7"),
        ({"Must": [["x"]]}, "unknown field 'Must'"),
    ],
)
def test_what_is_not_as_documented_is_told_with_its_line(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = written(tmp_path, json.dumps(ENTRY), "", json.dumps({**ENTRY, "id": "other", **change}))
    with pytest.raises(QuestionSetError, match=f"line 3: .*{reason}"):
        load(path)


@pytest.mark.parametrize(
    ("line", "reason"), [("{", "not JSON"), ("[]", "a JSON object"), (json.dumps(ENTRY), "a second entry")]
)
def test_a_line_that_is_no_new_entry_is_told(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(QuestionSetError, match=f"line 2: .*{reason}"):
        load(written(tmp_path, json.dumps(ENTRY), line))


def test_a_missing_field_is_told(tmp_path: Path) -> None:
    for name in ("id", "kind", "turns", "expect_status"):
        with pytest.raises(QuestionSetError, match=f"line 1: {name}"):
            load(written(tmp_path, json.dumps({key: value for key, value in ENTRY.items() if key != name})))


def test_a_file_that_is_empty_or_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="no entries"):
        load(written(tmp_path))
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load(tmp_path / "gone.jsonl")


def test_our_own_question_sets_are_as_documented() -> None:
    sets = sorted((Path(__file__).parent / "questions").rglob("*.jsonl"))
    assert sets
    for path in sets:
        load(path)
