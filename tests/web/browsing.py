"""What browser tests do with a page over and over: ask, read what was said, see where the focus is, ask axe."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable

from playwright.sync_api import Page
from served import ROOT

Visit = Callable[..., Page]
"""Opens a page of the server or of the other site in a browser of its own."""


def ask(page: Page, text: str) -> None:
    """Ask, and wait for the answer."""
    before = page.locator("rahdari-answer").count()
    page.get_by_label("Your question").fill(text)
    page.keyboard.press("Enter")
    page.locator("rahdari-answer").nth(before).wait_for()


def start_over(page: Page) -> None:
    """Press the button, and confirm it."""
    page.get_by_role("button", name="Start over", exact=True).click()
    page.get_by_role("button", name="Yes, start over").click()


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until what is named so has the focus."""
    for _ in range(60):
        if focused(page).startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} cannot be reached with {key}: the focus is at {focused(page)!r}")


def said(page: Page) -> list[str]:
    """Everything that was said since the greeting."""
    return [one.strip() for one in page.locator(".entry[data-id] .said").all_inner_texts()]


def focused(page: Page) -> str:
    """What has the focus, inside shadow trees too: its label, or else its text."""
    script = """() => {
      let now = document.activeElement;
      while (now && now.shadowRoot && now.shadowRoot.activeElement) now = now.shadowRoot.activeElement;
      const label = now.labels && now.labels[0] && now.labels[0].textContent;
      return now.getAttribute("aria-label") || label || now.innerText;
    }"""
    return str(page.evaluate(script)).strip()


def faults(page: Page) -> list[str]:
    """What axe finds, best practice included."""
    page.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {one['help']} {json.dumps([node['target'] for node in one['nodes']])}" for one in found]


@functools.lru_cache(maxsize=1)
def _axe() -> str:
    return (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
