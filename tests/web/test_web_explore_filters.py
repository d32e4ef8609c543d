"""Each filter of the Explore page, by itself and together, and the graph's and timeline's ways of choosing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browsing import Visit, faults, focused, tab_to
from playwright.sync_api import Page, expect
from served import Served

PHONE = {"width": 360, "height": 640}
COLUMNS = {"Sector": "td.sectors", "Status": "td.is", "Speaker": "td.who", "Document": "td.document-name"}


@pytest.fixture()
def explore(visit: Visit, server: Served) -> Any:
    def open_page(hash: str = "", **options: Any) -> Page:
        page = visit(f"{server.address}/explore#{hash}", **options)
        page.locator("button.fact, figure").first.wait_for()
        return page

    return open_page


def found(page: Page) -> int:
    return int(page.locator(".found").inner_text().split()[0].replace(",", ""))


def options(page: Page, name: str) -> list[tuple[str, str, int]]:
    """(value, name, facts left) of everything that can be chosen."""
    listed = page.get_by_label(name, exact=True).locator("option").all()
    told = [(one.get_attribute("value") or "", one.text_content() or "") for one in listed]
    parts = [(value, re.fullmatch(r"(.*) \((\d+)\)", text)) for value, text in told]
    return [(value, match[1], int(match[2])) for value, match in parts if match]


@pytest.mark.parametrize("name", ["Sector", "Project", "Party", "Status", "Speaker", "Document"])
def test_a_filter_leaves_as_many_facts_as_it_says_and_each_of_them_fits(explore: Any, name: str) -> None:
    page = explore()
    expect(page.get_by_label(name, exact=True).locator("option").nth(1)).to_be_attached()
    value, label, left = next(each for each in options(page, name) if each[2] < 50)
    page.get_by_label(name, exact=True).select_option(value)
    expect(page.locator(".found")).to_have_text("1 fact" if left == 1 else f"{left} facts")
    expect(page.locator("button.fact")).to_have_count(left)
    expect(page.get_by_role("button", name=f"Take away the filter {name}: {label}")).to_be_visible()
    if name in COLUMNS:
        assert all(label in text for text in page.locator(COLUMNS[name]).all_inner_texts())


def test_dates_are_a_filter_from_both_sides(explore: Any) -> None:
    page = explore("order=oldest")
    whole = found(page)
    page.get_by_label("From", exact=True).fill("2024-03-01")
    page.wait_for_url("**since=2024-03-01**")
    page.get_by_label("To", exact=True).fill("2024-03-31")
    page.wait_for_url("**until=2024-03-31**")
    expect(page.locator("td.date").first).to_have_text(re.compile("March 2024|2024$"))
    assert 0 < found(page) < whole
    assert all(re.search("March 2024|^2024$", text) for text in page.locator("td.date").all_inner_texts())


def test_filters_hold_for_all_views_and_are_taken_away_one_by_one_or_at_once(explore: Any) -> None:
    page = explore("status=planned&sector=sector-water")
    few = found(page)
    page.get_by_role("link", name="Charts").click()
    expect(page.get_by_role("heading", name="Projects by sector and status")).to_be_visible()
    assert page.get_by_label("Status", exact=True).input_value() == "planned"
    page.get_by_role("link", name="Facts").click()
    page.get_by_role("button", name="Take away the filter Sector: water").click()
    expect(page.locator(".found")).not_to_have_text(f"{few} facts")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator(".taken")).to_have_count(0)


def test_one_partys_ties_are_chosen_in_the_table_with_the_keyboard_and_in_the_graph(explore: Any) -> None:
    page = explore("view=ties")
    ties = page.get_by_role("table", name="Who agreed with whom").get_by_role("row")
    everything = ties.count()
    name = page.locator("td.who button").first.inner_text()
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Take away the filter Party: {name}").wait_for()
    expect(ties).not_to_have_count(everything)
    assert all(name in text for text in ties.all_inner_texts()[1:])
    page.get_by_role("button", name="Clear all filters").click()
    expect(ties).to_have_count(everything)
    page.locator("g.press .party").first.click()
    page.wait_for_url("**party=**")
    expect(ties).not_to_have_count(everything)


def test_the_timeline_counts_events(explore: Any) -> None:
    page = explore("view=timeline")
    expect(page.locator(".found")).to_have_text(re.compile(r"^\d+ events$"))


def test_on_a_phone_ties_are_cards_and_the_legend_is_whole(explore: Any) -> None:
    page = explore("view=ties", viewport=PHONE)
    card = page.get_by_role("table", name="Who agreed with whom").get_by_role("row").nth(1)
    assert "With whom" in card.inner_text()
    for box in [card, *page.locator("svg.drawn > text").all()]:
        place = box.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE["width"]
    assert faults(page) == []


def test_filters_are_folded_on_a_phone_and_open_with_the_keyboard(explore: Any) -> None:
    page = explore(viewport=PHONE)
    assert not page.get_by_label("Sector", exact=True).is_visible()
    tab_to(page, "Filters")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Sector", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "Sector"


def test_a_passage_on_a_phone_has_its_document_date_and_original(explore: Any) -> None:
    page = explore(viewport=PHONE)
    page.locator("button.fact").nth(3).click()
    viewer = page.locator("dialog rahdari-source")
    viewer.locator("mark").wait_for()
    expect(viewer.locator("mark")).to_be_in_viewport()
    assert "30 October 2024" in viewer.inner_text()
    assert str(viewer.get_by_role("link", name="Open the original").get_attribute("href")).startswith("https://")
