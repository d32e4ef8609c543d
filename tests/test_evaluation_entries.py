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
        ({"must_not": ["a{99999999999}"]}, "no regular expression"),
        ({"must_not": ["(" * 3_000 + ")" * 3_000]}, "no regular expression"),
        ({"turns": ["How \ud800 many?"]}, "turns has half a surrogate pair"),
        ({"must": [["\udc00"]]}, "must has half a surrogate pair"),
        ({"note": 5}, "note is 5"),
        ({"note": []}, "note is \\[\\]"),
    ],
)
def test_what_is_not_as_documented_is_told_with_its_line(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = written(tmp_path, json.dumps(ENTRY), "", json.dumps({**ENTRY, "id": "other", **change}))
    with pytest.raises(QuestionSetError, match=f"line 3: .*{reason}"):
        load(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps(ENTRY), "a second entry"),
    ],
)
def test_a_line_that_is_no_new_entry_is_told(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(QuestionSetError, match=f"line 2: .*{reason}"):
        load(written(tmp_path, json.dumps(ENTRY), line))


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert load(written(tmp_path, "\ufeff" + json.dumps(ENTRY)))[0].id == "count-1"


def test_what_is_told_of_a_long_value_is_short_and_can_be_printed(tmp_path: Path) -> None:
    for change in ({"must_not": ["(" * 3_000]}, {"id": "\ud800"}, {"turns": "x" * 3_000}):
        with pytest.raises(QuestionSetError) as told:
            load(written(tmp_path, json.dumps({**ENTRY, **change})))
        assert len(str(told.value).removeprefix(str(tmp_path))) < 400
        str(told.value).encode()


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
