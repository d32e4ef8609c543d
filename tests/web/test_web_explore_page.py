"""The Explore page and the operator's page in a real browser."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, faults, focused, tab_to
from playwright.sync_api import Page, expect
from served import Served
from urdu import AFTER, BEFORE, QUOTE, TITLE

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 568}
ZOOMED = {"width": 640, "height": 400}  # 1280 by 800 at 200 %
SVG = "{http://www.w3.org/2000/svg}"
LIMITS = ("timeline", "charts", "ties")


@pytest.fixture()
def explore(visit: Visit, server: Served) -> Callable[..., Page]:
    """Opens the page: `explore("view=charts", viewport=…)`."""

    def open_page(hash: str = "", **options: Any) -> Page:
        page = visit(f"{server.address}/explore#{hash}", **options)
        page.locator("button.fact, figure").first.wait_for()
        return page

    return open_page


def count(page: Page) -> int:
    found = page.locator(".found")
    expect(found).to_contain_text("fact")
    return int(found.inner_text().split()[0].replace(",", ""))


def test_facts_are_filtered_with_the_keyboard_alone_and_each_is_one_step_from_its_passage(explore: Any) -> None:
    page = explore()
    everything = count(page)
    tab_to(page, "Sector")
    page.keyboard.type("water")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take away the filter Sector: water")).to_be_visible()
    expect(page.locator(".found")).not_to_have_text(f"{everything} facts")
    few = count(page)
    assert f"({few})" in page.get_by_label("Sector", exact=True).locator("option:checked").inner_text()
    expect(page.locator("button.fact")).to_have_count(min(few, 50))
    opener = page.locator("button.fact").first
    opener.focus()
    page.keyboard.press("Enter")
    page.locator("dialog rahdari-source mark").wait_for()
    assert focused(page) == page.locator("dialog h2").inner_text()
    told = page.locator("dialog mark").inner_text()
    assert opener.locator("b").inner_text() in told
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert focused(page) == opener.inner_text()
    page.get_by_role("button", name="Take away the filter Sector: water").press("Enter")
    expect(page.locator(".found")).to_have_text(f"{everything} facts")
    assert focused(page) == "Sector"


def test_a_fact_out_of_a_table_is_told_by_its_cells(explore: Any) -> None:
    page = explore("document=mwanjati-railway-fact-sheet&words=Baltrusch")
    told = page.locator("button.fact").all_inner_texts()
    assert "Kafumbwe – Mpulo · 168 km" in told
    assert not [text for text in told if "|" in text]


def test_a_fact_whose_unit_or_subject_stands_above_its_row_is_told_as_it_is_kept(explore: Any) -> None:
    page = explore()
    known = {
        "predicate": "cost", "status": "stated", "speaker": None, "as_of": None, "sectors": [], "document": "roads",
        "title": None, "publisher": None, "published": None, "start": 0, "end": 9,
    }  # fmt: skip
    rows = [
        {**known, "id": 1, "subject": "Velm ring", "object": "US$1,315 million", "text": "| Velm ring | 1,315 | 84 |"},
        {**known, "id": 2, "subject": "Roads Programme", "object": "204 km", "text": "| Total | 1,315 | 204 |"},
    ]
    page.route("**/explore/facts**", lambda route: route.fulfill(json={"total": 2, "offset": 0, "facts": rows}))
    page.get_by_label("Order").select_option("newest")
    expect(page.locator("button.fact")).to_have_count(2)
    told = page.locator("button.fact").all_inner_texts()
    assert told == ["Velm ring · US$1,315 million", "Roads Programme · 204 km"]


def test_a_link_holds_what_is_looked_at_and_back_leads_back(explore: Any, visit: Any) -> None:
    page = explore("status=planned&order=newest")
    assert page.get_by_label("Status", exact=True).input_value() == "planned"
    assert page.get_by_label("Order").input_value() == "newest"
    assert set(page.locator("td.is").all_inner_texts()) == {"Planned"}
    planned = page.locator(".found").inner_text()
    page.get_by_role("searchbox", name="Search").fill("tunnel")
    page.wait_for_url("**words=tunnel**")
    expect(page.locator(".found")).not_to_have_text(planned)
    fewer = count(page)
    again = visit(page.url, beside=page)
    again.locator("button.fact").first.wait_for()
    assert count(again) == fewer
    page.go_back()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("")
    page.get_by_role("link", name="Ask").click()
    page.locator("rahdari-chat .chip").first.wait_for()
    page.get_by_role("link", name="Explore").click()
    page.locator("button.fact").first.wait_for()


def test_facts_come_in_pages_and_what_fits_nothing_says_so(explore: Any) -> None:
    page = explore()
    first = page.locator("button.fact").first.inner_text()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text(re.compile("^51 to 100 of"))).to_be_visible()
    expect(page.locator("button.fact").first).not_to_have_text(first)
    page.get_by_role("button", name="Previous page").click()
    expect(page.locator("button.fact").first).to_have_text(first)
    page.get_by_role("searchbox", name="Search").fill("zzzz")
    page.get_by_text("No fact fits these filters").wait_for()
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator("button.fact").first).to_have_text(first)


def saved(page: Page, name: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ("timeline", "What happens when, by status"),
        ("charts", "Agreements by sector and status"),
        ("charts", "Projects by sector and status"),
        ("ties", "Who agreed with whom"),
    ],
)
def test_each_picture_can_be_had_as_a_picture_and_as_a_table(explore: Any, view: str, name: str) -> None:
    page = explore(f"view={view}")
    image = ElementTree.fromstring(saved(page, f"SVG: download “{name}”"))
    assert image.tag == f"{SVG}svg"
    assert (image.find(f"{SVG}title").text or "").startswith(name)  # type: ignore[union-attr]
    drawn = [one for one in image.iter() if one.tag in (f"{SVG}rect", f"{SVG}circle", f"{SVG}line", f"{SVG}path")]
    assert len(drawn) > 5
    assert all(one.get("fill", "").startswith(("rgb", "#")) for one in drawn)
    assert not [one for one in image.iter() if "class" in one.attrib or "style" in one.attrib]
    head, *body = rows(saved(page, f"CSV: download “{name}”"))
    assert body
    assert all(len(row) == len(head) for row in body)


def test_the_table_of_facts_can_be_had_whole(explore: Any) -> None:
    page = explore()
    head, *body = rows(saved(page, "CSV: download “Facts”"))
    assert len(body) == count(page) > 50
    assert head[:3] == ["subject", "predicate", "object"]


def test_a_picture_has_its_numbers_as_a_table_beside_it(explore: Any) -> None:
    page = explore("view=charts")
    page.get_by_text("The same as a table").first.click()
    table = page.get_by_role("region", name="Agreements by sector and status").get_by_role("table")
    cells = [row.split("\t") for row in table.inner_text().splitlines() if row]
    assert cells[0][0] == "Sector"
    assert all(sum(map(int, row[1:-1])) == int(row[-1]) for row in cells[1:])


def circles(page: Page) -> list[tuple[str, int]]:
    """Name and number of events of each circle of the timeline, from the first to the last."""
    page.locator("rahdari-facts button.fact").first.wait_for()
    drawn = page.locator("circle[role=button]").all()
    names = {int(one.get_attribute("data-order") or 0): one.get_attribute("aria-label") or "" for one in drawn}
    return [(names[order], int(names[order].rpartition(": ")[2])) for order in sorted(names)]


def test_a_circle_of_the_timeline_leads_to_its_events(explore: Any) -> None:
    page = explore("view=timeline")
    name, told = [one for one in circles(page) if one[1] > 1 and re.match("[A-Z].*, Planned: ", one[0])][-1]
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url("**status=planned**")
    expect(page.locator("rahdari-facts .fresh")).to_be_visible()
    events = page.locator("rahdari-facts button.fact")
    assert told <= events.count() < 50  # with those of which only the year is told
    assert set(page.locator("td.is").all_inner_texts()) == {"Planned"}


def test_a_single_event_of_the_timeline_is_one_step_from_its_passage(explore: Any) -> None:
    page = explore("view=timeline")
    name = next(name for name, told in circles(page) if told == 1 and name[0].isalpha())
    page.get_by_role("button", name=name, exact=True).click()
    page.locator("dialog rahdari-source mark").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert focused(page) == name


def test_the_keyboard_alone_leads_through_the_circles_to_a_passage(explore: Any) -> None:
    page = explore("view=timeline")
    all_circles = circles(page)
    names = [name for name, _ in all_circles]
    tab_to(page, names[0])
    for name in names[1:]:
        page.keyboard.press("ArrowRight")
        assert focused(page) == name
    page.keyboard.press("ArrowRight")
    assert focused(page) == names[-1]
    page.keyboard.press("Home")
    assert focused(page) == names[0]
    first, ring = page.locator("circle[data-order='0']").bounding_box(), page.locator(".ring").bounding_box()
    assert first is not None and ring is not None
    assert ring["x"] < first["x"] and first["x"] + first["width"] < ring["x"] + ring["width"]
    assert page.locator("svg.drawn > :last-child").get_attribute("class") == "ring", "it lies above all circles"
    page.keyboard.press("Tab")
    assert focused(page) not in names, "the circles are one stop of the Tab key"
    assert page.locator(".ring").get_attribute("r") == "0"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == names[0]
    single = next(place for place, (name, told) in enumerate(all_circles) if told == 1 and name[0].isalpha())
    for _ in range(single):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("dialog rahdari-source mark").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert focused(page) == names[single]
    several = next(place for place, (_, told) in enumerate(all_circles) if told > 1)
    page.keyboard.press("Home")
    for _ in range(several):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**status=**")
    expect(page.locator("button.fact").first).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("dialog rahdari-source mark").first.wait_for()


def test_who_goes_on_while_a_passage_closes_is_not_led_back(explore: Any) -> None:
    page = explore()
    page.locator("button.fact").first.click()
    page.locator("dialog rahdari-source mark").first.wait_for()
    gone_on = page.evaluate(
        """async () => {
          const root = document.querySelector("rahdari-explore").shadowRoot;
          const other = root.querySelectorAll("button.fact")[1];
          root.querySelector("dialog").close();
          other.focus();
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          return root.activeElement === other;
        }"""
    )
    assert gone_on


def test_the_keyboard_alone_leads_through_the_graph(explore: Any) -> None:
    page = explore("view=ties")
    party = page.locator("svg [role=button]").first.get_attribute("aria-label") or ""
    tab_to(page, party)
    assert party.endswith(": Show only what they agreed")
    page.keyboard.press("ArrowRight")
    other = focused(page)
    assert other != party
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Take away the filter Party: {other.partition(': ')[0]}")).to_be_visible()


def test_a_tie_has_its_passage_one_step_away(explore: Any) -> None:
    page = explore("view=ties")
    page.locator("table.ties td.what button.fact").first.click()
    page.locator("dialog rahdari-source mark").wait_for()
    page.get_by_role("button", name="Close the source").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_nothing_moves_in_the_graph(explore: Any) -> None:
    page = explore("view=ties")
    before = page.locator("svg.drawn").inner_html()
    page.wait_for_timeout(300)
    assert page.locator("svg.drawn").inner_html() == before


WIDE = """() => {
  const root = document.querySelector("rahdari-explore, rahdari-operator").shadowRoot;
  const boxes = [document.documentElement, ...root.querySelectorAll("main, figure, .filters, .viewer, dialog")];
  return boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className || box.tagName);
}"""


@pytest.mark.parametrize("view", ["facts", *LIMITS, "passage"])
def test_axe_finds_nothing_in_light_dark_or_on_a_phone_and_nothing_scrolls_sideways(explore: Any, view: str) -> None:
    page = explore("status=done" if view in ("facts", "passage") else f"view={view}", reduced_motion="reduce")
    if view == "passage":
        page.locator("button.fact").first.click()
        page.locator("dialog rahdari-source mark").wait_for()
    elif view == "charts":
        page.get_by_text("The same as a table").first.click()
    page.wait_for_timeout(100)
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert faults(page) == [], colours
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.wait_for_timeout(150)
    assert faults(page) == []
    for window in (PHONE, NARROW, ZOOMED):
        page.set_viewport_size(window)  # type: ignore[arg-type]
        page.wait_for_timeout(100)
        assert page.evaluate(WIDE) == [], window


def test_text_from_right_to_left_runs_so(explore: Any) -> None:
    page = explore()
    row = {
        "id": 1, "subject": "دونوں وزارتوں", "predicate": "دستخط", "object": "معاہدے", "status": "agreed",
        "speaker": None, "as_of": "2024-03", "sectors": ["ریلوے"], "document": "urdu-document", "title": TITLE,
        "publisher": None, "published": None, "start": len(BEFORE), "end": len(BEFORE) + len(QUOTE), "text": QUOTE,
    }  # fmt: skip
    text = BEFORE + QUOTE + AFTER
    passage = {
        "id": "urdu-document", "title": TITLE, "publisher": None, "published": None, "source": None, "place": None,
        "start": 0, "length": len(text), "end": len(text), "before": BEFORE, "passage": QUOTE, "after": AFTER,
    }  # fmt: skip
    page.route("**/explore/facts**", lambda route: route.fulfill(json={"total": 1, "offset": 0, "facts": [row]}))
    page.route("**/document/**", lambda route: route.fulfill(json=passage))
    page.get_by_label("Order").select_option("newest")
    expect(page.locator("button.fact")).to_have_count(1)
    direction = "(element) => getComputedStyle(element).direction"
    assert page.locator("button.fact span").evaluate(direction) == "rtl"
    page.locator("button.fact").click()
    page.locator("dialog mark").wait_for()
    assert page.locator("dialog .text").evaluate(direction) == "rtl"
    assert faults(page) == []


def test_where_the_server_is_gone_the_page_says_so_and_tries_again(explore: Any) -> None:
    page = explore()
    page.route("**/explore/**", lambda route: route.abort())
    page.get_by_label("Order").select_option("oldest")
    page.get_by_text("The bot cannot be reached just now.").wait_for()
    page.unroute("**/explore/**")
    page.get_by_role("button", name="Try again").click()
    page.locator("button.fact").first.wait_for()


def test_the_operators_page_shows_what_was_read_asked_and_thought(visit: Visit, server: Served) -> None:
    page = visit(f"{server.address}/operator", reduced_motion="reduce")
    page.get_by_role("heading", name="Documents (6)").wait_for()
    for name in ("Left out", "Unanswered questions", "Feedback"):
        assert page.get_by_role("heading", name=name).is_visible()
    head, *body = rows(saved(page, "CSV: download “Documents”"))
    assert (head[0], len(body)) == ("title", 6)
    for window in (None, PHONE):
        if window:
            page.set_viewport_size(window)  # type: ignore[arg-type]
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            assert faults(page) == []
    assert page.evaluate(WIDE) == []


def test_the_operators_page_is_closed_until_the_token_is_given_which_ends_with_the_tab(
    visit: Visit, server: Served
) -> None:
    page = visit(f"{server.address}/operator", extra_http_headers={"X-Forwarded-For": "203.0.113.7"})
    page.get_by_label("Operator's token").wait_for()
    assert page.locator("table").count() == 0
    assert focused(page) == "Operator's token"
    assert faults(page) == []
    page.keyboard.type("wrong-wrong-wrong")
    page.keyboard.press("Enter")
    page.get_by_text("That token does not open the page.").wait_for()
    empty = {
        "built": None, "documents": [], "left_out": [{"path": "a.odt", "reason": "no reader"}], "unanswered": [],
        "feedback": [], "problems": [], "keeps_unanswered": True,
    }  # fmt: skip
    given: list[str] = []

    def report(route: Any) -> None:
        given.append(route.request.headers.get("authorization", ""))
        route.fulfill(json=empty)

    page.route("**/operator/report", report)
    page.keyboard.type("the-right-token-of-theirs")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Left out (1)").wait_for()
    page.reload()
    page.get_by_text("no reader").wait_for()
    assert given == ["Bearer the-right-token-of-theirs"] * 2
    assert "token" not in page.url
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Forget the token").click()
    page.get_by_label("Operator's token").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
