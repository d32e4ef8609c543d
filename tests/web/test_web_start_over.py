"""What could be lost is asked for first: the conversation, and what was typed and not sent."""

from __future__ import annotations

from typing import Any

from browsing import ask, focused, said, start_over, tab_to
from playwright.sync_api import Page, expect
from served import OtherSite, Served

COST = "How much will the Mwanjati Railway cost?"


def asked_whether(page: Page) -> Any:
    return page.get_by_role("group", name="Start over? This conversation is then gone")


def test_starting_over_asks_first_and_the_keyboard_alone_can_answer(chat: Page) -> None:
    ask(chat, COST)
    before = said(chat)
    tab_to(chat, "Start over", "Shift+Tab")
    button = chat.get_by_role("button", name="Start over", exact=True)
    assert button.get_attribute("aria-expanded") == "false"
    chat.keyboard.press("Enter")
    asked_whether(chat).wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    assert focused(chat) == "No, keep it"  # a second Enter loses nothing
    chat.keyboard.press("Enter")
    expect(asked_whether(chat)).to_have_count(0)
    assert (said(chat), focused(chat)) == (before, "Start over")
    chat.keyboard.press("Enter")
    asked_whether(chat).wait_for()
    chat.keyboard.press("Escape")
    expect(asked_whether(chat)).to_have_count(0)
    assert (said(chat), focused(chat)) == (before, "Start over")
    chat.keyboard.press("Enter")
    asked_whether(chat).wait_for()
    tab_to(chat, "Yes, start over", "Shift+Tab")
    with chat.expect_response("**/restart"):
        chat.keyboard.press("Enter")
    expect(chat.locator("rahdari-answer")).to_have_count(0)
    assert (said(chat), focused(chat)) == ([], "Your question")


def test_where_nothing_was_said_nothing_is_asked(chat: Page) -> None:
    chat.get_by_role("button", name="Start over", exact=True).click()
    expect(chat.get_by_label("Your question")).to_be_focused()
    assert asked_whether(chat).count() == 0


def test_a_question_under_way_would_be_lost_too(chat: Page) -> None:
    chat.route("**/message", lambda route: None)
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    chat.get_by_text("Looking it up").wait_for()
    chat.get_by_role("button", name="Start over", exact=True).click()
    asked_whether(chat).wait_for()


def test_what_another_tab_has_already_forgotten_is_asked_for_no_more(chat: Page, visit: Any, server: Served) -> None:
    ask(chat, COST)
    other = visit(server.address, beside=chat)
    other.locator("rahdari-answer").wait_for()
    other.get_by_role("button", name="Start over", exact=True).click()
    asked_whether(other).wait_for()
    start_over(chat)
    expect(asked_whether(other)).to_have_count(0)
    assert said(other) == []


def test_in_the_widget_escape_takes_back_the_question_and_only_then_closes(visit: Any, site: OtherSite) -> None:
    page = visit(site.address, viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Ask the documents").click()
    ask(page, COST)
    page.get_by_role("button", name="Start over", exact=True).click()
    asked_whether(page).wait_for()
    page.keyboard.press("Escape")
    expect(asked_whether(page)).to_have_count(0)
    assert page.locator("dialog[open]").count() == 1
    assert len(said(page)) == 2
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_what_is_typed_outlives_the_widget_being_closed(widget: Page) -> None:
    widget.get_by_label("Your question").fill("Who signed the loan, and")
    widget.keyboard.press("Escape")
    widget.get_by_role("button", name="Ask the documents").click()
    expect(widget.get_by_label("Your question")).to_have_value("Who signed the loan, and")
    ask(widget, COST)
    widget.keyboard.press("Escape")
    widget.get_by_role("button", name="Ask the documents").click()
    expect(widget.get_by_label("Your question")).to_have_value("")
