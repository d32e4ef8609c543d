"""The widget on another site's page with a strict Content-Security-Policy and a style of its own."""

from __future__ import annotations

from typing import Any

from browsing import ask, faults, focused, said, start_over
from playwright.sync_api import Page, expect
from served import OtherSite, Served

COST = "How much will the Mwanjati Railway cost?"
EVENTS = ("open", "close", "question", "answer", "source", "feedback", "restart", "connection")


def listen(page: Page) -> None:
    page.evaluate(
        """(names) => {
          window.told = [];
          for (const name of names)
            document.addEventListener(`rahdari-${name}`, (event) => window.told.push([name, event.detail]));
        }""",
        EVENTS,
    )


def told(page: Page) -> dict[str, Any]:
    return dict(page.evaluate("window.told"))


def test_it_works_under_the_policy_that_the_docs_tell(widget: Page, site: OtherSite) -> None:
    assert "unsafe" not in site.policy
    ask(widget, COST)
    assert said(widget)[1].startswith("The documents differ")
    sheets = "document.querySelector('rahdari-chat').shadowRoot.adoptedStyleSheets.length"
    assert widget.evaluate(sheets) > 0
    assert widget.evaluate("document.querySelector('rahdari-chat').shadowRoot.querySelectorAll('style').length") == 0


def test_the_page_and_the_widget_do_not_reach_into_each_other(widget: Page) -> None:
    style = (
        "(element) => { const s = getComputedStyle(element); return [s.fontFamily, s.textTransform, s.outlineColor]; }"
    )
    family, transform, _ = widget.locator(".launcher").evaluate(style)
    assert "Georgia" not in family
    assert transform == "none"
    assert "Georgia" not in widget.locator(".name h2").evaluate(style)[0]
    assert widget.locator("body > main h1").evaluate(style)[0].startswith("Georgia")
    assert widget.evaluate("Object.keys(window).filter((name) => /rahdari|^lit$/i.test(name))") == []


def test_a_source_opens_over_the_conversation_and_closes_back_to_it(widget: Page) -> None:
    ask(widget, COST)
    widget.locator("button.source").last.click()
    widget.locator("rahdari-source mark").wait_for()
    viewer = widget.get_by_role("dialog", name="Zambia Signs Loan for First Section of Mwanjati Railway")
    box, panel = viewer.bounding_box(), widget.locator("dialog").bounding_box()
    assert box is not None
    assert panel is not None
    assert abs(box["x"] - panel["x"]) < 3
    assert abs(box["width"] - panel["width"]) < 5
    assert widget.locator(".talk").evaluate("(element) => element.inert")
    widget.get_by_role("button", name="Close the source").click()
    expect(viewer).to_have_count(0)
    assert not widget.locator(".talk").evaluate("(element) => element.inert")
    assert focused(widget).startswith("Source 2")


def test_it_opens_closes_and_stays_as_it_was_on_the_next_page(widget: Page) -> None:
    ask(widget, COST)
    before = said(widget)
    widget.reload()
    widget.locator("rahdari-answer").wait_for()
    assert said(widget) == before
    assert widget.evaluate("document.activeElement === document.body")
    widget.get_by_role("button", name="Close", exact=True).click()
    expect(widget.locator("dialog[open]")).to_have_count(0)
    assert focused(widget) == "Ask the documents"
    widget.reload()
    widget.get_by_role("button", name="Ask the documents").wait_for()
    assert widget.locator("dialog[open]").count() == 0


def test_closed_by_the_page_it_leaves_the_focus_where_the_page_has_it(visit: Any, site: OtherSite) -> None:
    page = visit(site.address)
    page.get_by_role("button", name="Ask the documents").click()
    page.locator(".chip").first.wait_for()
    page.locator("main h1").first.evaluate("(element) => { element.tabIndex = -1; element.focus(); }")
    page.evaluate("document.querySelector('rahdari-chat').hide()")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert focused(page).startswith("Corridors")


def test_nothing_is_asked_of_the_server_until_it_is_opened(visit: Any, site: OtherSite) -> None:
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.address)
    page.get_by_role("button", name="Ask the documents").wait_for()
    page.wait_for_timeout(300)
    assert [url for url in asked if "/webhooks/" in url] == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_the_page_hears_of_what_happens(visit: Any, site: OtherSite) -> None:
    page = visit(site.address)
    listen(page)
    page.get_by_role("button", name="Ask the documents").click()
    ask(page, COST)
    page.locator("button.source").first.click()
    page.get_by_role("button", name="Close the source").click()
    page.get_by_role("button", name="Good answer").click()
    page.context.set_offline(True)
    page.get_by_text("You are offline.").wait_for()
    page.context.set_offline(False)
    start_over(page)
    page.get_by_role("button", name="Close", exact=True).click()
    heard = told(page)
    assert set(heard) == set(EVENTS)
    assert heard["question"] == {"text": COST}
    assert heard["answer"]["answer"]["status"] == "answered"
    assert heard["source"]["document"] == "mwanjati-railway-fact-sheet"
    assert heard["feedback"]["verdict"] == "up"


def test_the_page_can_open_ask_and_start_over(visit: Any, site: OtherSite) -> None:
    page = visit(site.address)
    page.get_by_role("button", name="Ask the documents").wait_for()
    page.evaluate("(text) => { const one = document.querySelector('rahdari-chat'); one.show(); one.ask(text); }", COST)
    page.locator("rahdari-answer").wait_for()
    assert said(page)[0] == COST
    page.evaluate("document.querySelector('rahdari-chat').restart()")
    expect(page.locator("rahdari-answer")).to_have_count(0)
    page.evaluate("document.querySelector('rahdari-chat').hide()")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_variables_and_attributes_change_how_it_looks(visit: Any, site: OtherSite) -> None:
    site.widget = ' label="Ask us" heading="Helper" tagline="" position="start"'
    page = visit(site.address)
    page.evaluate(
        """() => {
          const style = document.querySelector("rahdari-chat").style;
          style.setProperty("--rahdari-accent", "rgb(120, 0, 60)");
          style.setProperty("--rahdari-width", "20em");
        }"""
    )
    launcher = page.get_by_role("button", name="Ask us")
    assert launcher.evaluate("(element) => getComputedStyle(element).backgroundColor") == "rgb(120, 0, 60)"
    box = launcher.bounding_box()
    assert box is not None
    assert box["x"] < 100
    launcher.click()
    assert page.get_by_role("heading", name="Helper").is_visible()
    assert page.locator(".name p").count() == 0
    box = page.locator("dialog").bounding_box()
    assert box is not None
    assert box["x"] < 100
    assert abs(box["width"] - 320) < 3


def test_it_fills_its_place_where_it_is_put_into_a_page(visit: Any, site: OtherSite) -> None:
    site.widget = ' layout="inline"'
    page = visit(site.address)
    ask(page, COST)
    assert page.locator(".launcher").count() == 0
    box = page.locator("rahdari-chat").bounding_box()
    assert box is not None
    assert box["width"] > 1200


def test_a_site_that_is_not_let_in_can_show_it_but_not_talk(visit: Any, server: Served, site: OtherSite) -> None:
    page = visit(site.address)
    page.route("**/webhooks/**", lambda route: route.abort())  # what a browser does for want of the header
    page.get_by_role("button", name="Ask the documents").click()
    page.get_by_text("The bot cannot be reached just now.").wait_for()


def test_a_site_that_is_not_named_is_told_so_in_the_widget_and_in_the_console(browser: Any, site: OtherSite) -> None:
    unnamed = site.address.replace("localhost", "127.0.0.1")
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    try:
        page.goto(unnamed)
        page.get_by_role("button", name="Ask the documents").click()
        page.get_by_role("alert").get_by_text("Pages of this site may not talk to the bot").wait_for(timeout=8000)
        page.wait_for_timeout(1500)  # it is not tried again, and nothing else is said
        assert page.get_by_text("cannot be reached").count() == 0
        assert page.get_by_role("textbox").count() == 0, "there is no box for what nobody will read"
        assert page.get_by_role("button", name="Start over").count() == 0
        assert page.get_by_text("Opening the conversation").count() == 0
        assert not page.evaluate("document.querySelector('rahdari-chat').ask('hello')")
        assert said(page) == []
        assert page.get_by_role("alert").count() == 1
        assert focused(page).startswith("Pages of this site may not talk")
        assert faults(page) == []
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    finally:
        page.close()
    own = [text for text in told if text.startswith("rahdari-chat: ")]
    assert len(own) == 1
    assert "RAHDARI_ORIGINS" in own[0]
    assert own[0].endswith(unnamed)
