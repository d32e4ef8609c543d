"""For everyone: axe, the keyboard alone, screen readers, small windows, zoom, text from right to left, less motion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browsing import ask, faults, focused, tab_to
from playwright.sync_api import Page, expect
from served import OtherSite, Served
from urdu import ANSWER, QUOTE, speak_urdu

COST = "How much will the Mwanjati Railway cost?"
TUNNEL = "Was the Quilcamayo tunnel dropped?"
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 568}
ZOOMED = {"width": 640, "height": 400}  # 1280 by 800 at 200 %
FAR = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %


def greet(page: Page) -> None:
    page.locator(".chip").first.wait_for()


def answered(page: Page) -> None:
    ask(page, TUNNEL)


def differing(page: Page) -> None:
    ask(page, COST)


def source(page: Page) -> None:
    ask(page, COST)
    page.locator("button.source").last.click()
    page.locator("rahdari-source mark").wait_for()


def wording(page: Page) -> None:
    ask(page, TUNNEL)
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_label("What was wrong with it?").wait_for()


def typing(page: Page) -> None:
    page.route("**/message", lambda route: None)
    page.get_by_label("Your question").fill(COST)
    page.keyboard.press("Enter")
    page.get_by_text("Looking it up").wait_for()


def offline(page: Page) -> None:
    ask(page, TUNNEL)
    page.context.set_offline(True)
    page.get_by_text("You are offline").wait_for()


def refused(page: Page) -> None:
    page.route("**/message", lambda route: route.fulfill(status=400, json={"error": "Write a shorter question."}))
    page.get_by_label("Your question").fill(COST)
    page.keyboard.press("Enter")
    page.get_by_text("Write a shorter question.").wait_for()


def urdu(page: Page) -> None:
    speak_urdu(page)
    ask(page, "ریلوے؟")


def asking(page: Page) -> None:
    answered(page)
    page.get_by_role("button", name="Start over", exact=True).click()
    page.get_by_role("group", name="Start over?").wait_for()


STATES: dict[str, Callable[[Page], None]] = {
    "greeting": greet,
    "answer": answered,
    "differing sources": differing,
    "source open": source,
    "feedback in words": wording,
    "asked whether to start over": asking,
    "typing": typing,
    "offline": offline,
    "refused": refused,
    "Urdu": urdu,
}


def check_light_and_dark(page: Page) -> None:
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")  # type: ignore[arg-type]
        assert faults(page) == [], colours


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_the_page(chat: Page, state: str) -> None:
    STATES[state](chat)
    check_light_and_dark(chat)


@pytest.mark.parametrize(
    "state", ["greeting", "differing sources", "source open", "feedback in words", "asked whether to start over"]
)
def test_axe_finds_nothing_in_the_widget(widget: Page, state: str) -> None:
    STATES[state](widget)
    check_light_and_dark(widget)


def test_axe_finds_nothing_while_the_widget_is_closed(visit: Any, site: OtherSite) -> None:
    page = visit(site.address)
    page.get_by_role("button", name="Ask the documents").wait_for()
    check_light_and_dark(page)


@pytest.mark.parametrize("state", ["differing sources", "source open"])
def test_axe_finds_nothing_in_the_widget_on_a_phone(visit: Any, site: OtherSite, state: str) -> None:
    page = visit(site.address, viewport=PHONE)
    page.get_by_role("button", name="Ask the documents").click()
    STATES[state](page)
    check_light_and_dark(page)


def test_the_page_can_be_used_with_the_keyboard_alone(chat: Page) -> None:
    tab_to(chat, "Your question")
    chat.keyboard.type(COST)
    chat.keyboard.press("Shift+Enter")
    chat.keyboard.type("Please.")
    chat.keyboard.press("Enter")
    chat.locator("rahdari-answer").wait_for()
    assert focused(chat) == "Your question"
    tab_to(chat, "Source 2", "Shift+Tab")
    chat.keyboard.press("Enter")
    chat.locator("rahdari-source mark").wait_for()
    assert focused(chat) == "Zambia Signs Loan for First Section of Mwanjati Railway"
    tab_to(chat, "Text of the document")
    chat.keyboard.press("Escape")
    chat.locator("rahdari-source").wait_for(state="detached")
    assert focused(chat).startswith("Source 2")
    tab_to(chat, "Good answer")
    chat.keyboard.press("Enter")
    chat.get_by_label("What was good about it?").wait_for()
    assert focused(chat) == "What was good about it?"
    chat.keyboard.type("The numbers")
    chat.keyboard.press("Enter")
    chat.get_by_text("Thank you, that is kept.").wait_for()
    assert focused(chat) == "Good answer"
    tab_to(chat, "Tell me about Agness Phiri")
    chat.keyboard.press("Space")
    chat.locator("rahdari-answer").nth(1).wait_for()
    assert focused(chat) == "Your question"


def test_the_widget_can_be_used_with_the_keyboard_alone(visit: Any, site: OtherSite) -> None:
    page = visit(site.address)
    page.get_by_role("button", name="Ask the documents").wait_for()
    tab_to(page, "Ask the documents")
    page.keyboard.press("Enter")
    page.locator(".chip").first.wait_for()
    assert focused(page) == "Your question"
    page.keyboard.type(COST)
    page.keyboard.press("Enter")
    page.locator("rahdari-answer").wait_for()
    tab_to(page, "Source 1", "Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("rahdari-source mark").wait_for()
    assert focused(page).startswith("Mwanjati Railway: Fact Sheet")
    page.keyboard.press("Escape")
    page.locator("rahdari-source").wait_for(state="detached")
    assert focused(page).startswith("Source 1")
    page.keyboard.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    assert focused(page) == "Ask the documents"


def test_a_source_over_the_conversation_keeps_the_focus_inside(widget: Page) -> None:
    source(widget)
    seen = set()
    for _ in range(12):
        widget.keyboard.press("Tab")
        seen.add(focused(widget))
    assert "Text of the document" in seen
    assert "Your question" not in seen


def test_on_a_phone_the_widget_covers_all_and_the_page_behind_is_out_of_reach(visit: Any, site: OtherSite) -> None:
    page = visit(site.address, viewport=PHONE, reduced_motion="reduce")
    page.get_by_role("button", name="Ask the documents").click()
    page.locator(".chip").first.wait_for()
    assert page.locator("dialog").bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert page.locator("dialog:modal").count() == 1


def test_each_message_is_added_to_the_log_once(chat: Page) -> None:
    assert chat.get_by_role("log", name="Conversation").count() == 1
    chat.evaluate(
        """() => {
          window.added = [];
          const log = document.querySelector("rahdari-chat").shadowRoot.querySelector("[role=log]");
          const note = (node) => node.dataset && node.dataset.id && window.added.push(node.innerText.split("\\n")[0]);
          new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(note)))
            .observe(log, { childList: true, subtree: true });
        }"""
    )
    ask(chat, COST)
    ask(chat, TUNNEL)
    chat.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    added = chat.evaluate("window.added")
    assert len(added) == 4
    assert [text.split(":")[0] for text in added] == ["You", "Rahdari", "You", "Rahdari"]


def test_that_the_bot_is_looking_is_a_status_outside_of_the_log(chat: Page) -> None:
    typing(chat)
    status = chat.get_by_role("status").filter(has_text="Looking it up")
    assert status.count() == 1
    assert chat.get_by_role("log").get_by_text("Looking it up").count() == 0


def no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate(
        """() => {
          const root = document.querySelector("rahdari-chat").shadowRoot;
          const inside = root.querySelectorAll(".log, .document, .shell, .talk, .viewer");
          const wide = [document.documentElement, ...inside].filter((box) => box.scrollWidth > box.clientWidth + 1);
          return wide.map((box) => box.className || box.tagName);
        }"""
    )
    assert wide == []


@pytest.mark.parametrize("window", [NARROW, ZOOMED], ids=["320 pixels", "200 %"])
def test_nothing_scrolls_sideways_in_a_small_window_or_zoomed(visit: Any, server: Served, window: Any) -> None:
    page = visit(server.address, viewport=window, device_scale_factor=2)
    greet(page)
    no_sideways_scroll(page)
    wording(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Not now").click()
    source(page)
    no_sideways_scroll(page)
    assert page.get_by_role("button", name="Close the source").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Send").is_visible()


def test_zoomed_far_in_there_is_room_to_read(visit: Any, server: Served) -> None:
    page = visit(server.address, viewport=FAR, device_scale_factor=4)
    differing(page)
    no_sideways_scroll(page)
    log = page.get_by_role("log").bounding_box()
    assert log is not None
    assert log["height"] > FAR["height"] / 2
    page.locator("button.source").last.click()
    mark = page.locator("rahdari-source mark")
    mark.wait_for()
    expect(mark).to_be_in_viewport()
    no_sideways_scroll(page)


def test_nothing_of_the_widget_scrolls_sideways_in_a_narrow_window(visit: Any, site: OtherSite) -> None:
    page = visit(site.address, viewport=NARROW)
    page.get_by_role("button", name="Ask the documents").click()
    source(page)
    no_sideways_scroll(page)


def direction(page: Page, selector: str) -> str:
    return str(page.locator(selector).last.evaluate("(element) => getComputedStyle(element).direction"))


def test_urdu_text_runs_from_right_to_left_in_a_page_that_does_not(chat: Page) -> None:
    urdu(chat)
    for selector in (".person .said", "rahdari-answer .said", "button.source q", "rahdari-answer .chip"):
        assert direction(chat, selector) == "rtl", selector
    assert direction(chat, ".head") == "ltr"
    chat.locator("button.source").click()
    chat.locator("rahdari-source mark").wait_for()
    assert chat.locator("rahdari-source mark").inner_text() == QUOTE
    assert direction(chat, ".viewer h2") == "rtl"
    assert direction(chat, ".viewer .text") == "rtl"
    assert chat.get_by_text("page 2").is_visible()
    assert ANSWER["text"] in chat.locator("rahdari-answer .said").inner_text()


def test_on_a_page_from_right_to_left_the_widget_stands_at_the_left(visit: Any, site: OtherSite) -> None:
    site.attributes = ' dir="rtl"'
    page = visit(site.address)
    launcher = page.get_by_role("button", name="Ask the documents")
    box = launcher.bounding_box()
    assert box is not None
    assert box["x"] < 100
    launcher.click()
    ask(page, COST)
    box = page.locator("dialog").bounding_box()
    assert box is not None
    assert box["x"] < 100
    assert direction(page, "rahdari-answer .said") == "ltr"
    no_sideways_scroll(page)


RUNNING = (
    "document.querySelector('rahdari-chat').shadowRoot.getAnimations()"
    ".filter((one) => one.playState === 'running').length"
)


def test_nothing_moves_for_whoever_wants_less_motion(visit: Any, server: Served) -> None:
    page = visit(server.address, reduced_motion="reduce")
    greet(page)
    typing(page)
    assert page.evaluate(RUNNING) == 0
    page.emulate_media(reduced_motion="no-preference")
    page.wait_for_function(f"{RUNNING} > 0")


@pytest.mark.parametrize(("theme", "system", "dark"), [("dark", "light", True), ("light", "dark", False)])
def test_an_attribute_decides_on_light_and_dark(
    visit: Any, site: OtherSite, theme: str, system: str, dark: bool
) -> None:
    site.widget = f' theme="{theme}"'
    page = visit(site.address, color_scheme=system)
    page.get_by_role("button", name="Ask the documents").click()
    greet(page)
    colour = page.locator("dialog").evaluate("(element) => getComputedStyle(element).backgroundColor")
    assert (sum(int(part) for part in colour[4:-1].split(",")) < 200) == dark
    assert faults(page) == []
