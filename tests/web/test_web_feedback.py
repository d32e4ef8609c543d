"""What people think of answers, from the thumb to the operator's page and its file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, ask, faults, focused
from playwright.sync_api import Page, expect
from served import Served

from rahdari.channels.text import spreadsheet_cell

COST = "How much will the Mwanjati Railway cost?"
TEXTS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "\t=1+1", "\tplain", "\r=1", "\n=1", "\uff1d1", "\uff20x", "a=1", "",
    "'=1", '1,5; "x"', "line\nline", "line\r\nline", "\x1b[2J", "\x9b2J", "\u202egnp", "\u2028", "نمونہ", "x\ty",
]  # fmt: skip


def saved(page: Page, name: str) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_small_talk_is_not_rated_and_every_answer_is(chat: Page) -> None:
    ask(chat, "hello")
    assert chat.get_by_role("button", name="Good answer").count() == 0
    for number, question in enumerate((COST, "What does the moon weigh?"), 1):
        ask(chat, question)
        assert chat.get_by_role("button", name="Good answer").count() == number


def test_a_person_may_change_their_mind_and_escape_leaves_the_words_only(chat: Page) -> None:
    ask(chat, COST)
    chat.get_by_role("button", name="Good answer").click()
    chat.get_by_label("What was good about it?").wait_for()
    chat.keyboard.press("Escape")
    expect(chat.get_by_label("What was good about it?")).to_have_count(0)
    assert focused(chat) == "Good answer"
    with chat.expect_response("**/feedback") as kept:
        chat.get_by_role("button", name="Bad answer").click()
    assert kept.value.ok
    assert chat.get_by_role("button", name="Bad answer").get_attribute("aria-pressed") == "true"
    assert chat.get_by_role("button", name="Good answer").get_attribute("aria-pressed") == "false"


def test_the_field_for_words_is_in_sight_whole(chat: Page) -> None:
    ask(chat, COST)
    chat.set_viewport_size({"width": 1000, "height": 560})
    chat.get_by_role("button", name="Bad answer").click()
    field = chat.get_by_label("What was wrong with it?")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)
    log, box = chat.get_by_role("log").bounding_box(), field.bounding_box()
    assert log is not None
    assert box is not None
    assert box["y"] + box["height"] + 4 <= log["y"] + log["height"]


def test_an_answer_can_be_rated_after_a_restart_of_the_server_and_the_operator_sees_what_was_rated(
    chat: Page, visit: Visit, server: Served
) -> None:
    ask(chat, COST)
    ask(chat, "and who pays for it?")
    server.stop()
    chat.wait_for_timeout(300)
    server.start()
    chat.reload()
    chat.locator("rahdari-answer").nth(1).wait_for()
    chat.get_by_role("button", name="Bad answer").last.click()
    chat.get_by_label("What was wrong with it?").fill("=Who does?")
    chat.keyboard.press("Enter")
    chat.get_by_text("Thank you, that is kept.").wait_for()
    answer = chat.locator("rahdari-answer").last.locator(".said").inner_text()
    page = visit(f"{server.address}/operator", viewport={"width": 1280, "height": 1200})
    row = page.get_by_role("region", name="Feedback").get_by_role("row").nth(1)
    for shown in ("Bad", "=Who does?", "and who pays for it?", f"Understood as: and who pays for it? ({COST})", "web"):
        expect(row).to_contain_text(shown)
    expect(row).to_contain_text(answer[:100])
    expect(row).to_contain_text("mwanjati-railway")
    assert faults(page) == []
    kept = saved(page, "CSV: download “Feedback”")[0]
    assert (kept["verdict"], kept["words"], kept["asked"]) == ("down", "'=Who does?", "and who pays for it?")
    assert kept["understood"] == f"and who pays for it? ({COST})"
    assert (kept["status"], kept["text"][:100]) == ("answered", answer[:100])


def report(**more: Any) -> dict[str, Any]:
    empty = {"built": None, "documents": [], "left_out": [], "unanswered": [], "feedback": [], "problems": []}
    return {**empty, "keeps_unanswered": True, **more}


def test_what_was_rated_before_answers_were_kept_is_shown_by_its_id(visit: Visit, server: Served) -> None:
    old = {
        "time": "2024-04-01T00:00:00+00:00", "channel": "web", "verdict": "down", "words": "why?", "asked": None,
        "understood": None, "status": None, "text": None, "documents": [], "answer": "7b1f0c2e",
    }  # fmt: skip
    page = visit(server.address)
    page.route("**/operator/report", lambda route: route.fulfill(json=report(feedback=[old])))
    page.goto(f"{server.address}/operator")
    page.get_by_text("Not kept: rated before questions and answers were (answer 7b1f0c2e)").wait_for()
    assert faults(page) == []


def test_a_file_is_as_safe_for_spreadsheets_as_that_of_the_command_line(visit: Visit, server: Served) -> None:
    rows = [{"path": str(number), "reason": text} for number, text in enumerate(TEXTS)]
    page = visit(server.address)
    page.route("**/operator/report", lambda route: route.fulfill(json=report(left_out=rows)))
    page.goto(f"{server.address}/operator")
    page.get_by_role("heading", name="Left out").wait_for()
    written = [row["reason"] for row in saved(page, "CSV: download “Left out”")]
    assert written == [spreadsheet_cell(text) for text in TEXTS]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("\t@x", "'\t@x"), ("\r=1", "\ufffd=1"), ("a\x1b[2J", "a\ufffd[2J"), ("1 - 1", "1 - 1")],
)
def test_a_cell_runs_nothing(text: str, cell: str) -> None:
    assert spreadsheet_cell(text) == cell


def test_on_a_phone_the_operators_tables_are_cards(visit: Visit, server: Served) -> None:
    page = visit(f"{server.address}/operator", viewport={"width": 360, "height": 640})
    first = page.get_by_role("region", name="Documents").get_by_role("row").nth(1)
    first.wait_for()
    assert "Publisher" in first.inner_text()
    assert page.locator(".wide").evaluate_all("(boxes) => boxes.every((box) => box.scrollWidth <= box.clientWidth)")
