"""A real server, a real browser, and another site; whatever a test does, nothing may go to a third party."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import Visit
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from served import OtherSite, Served, launch, served

DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, OtherSite]]:
    """The server over tests/corpus, and a site that it lets in."""
    with served(tmp_path_factory.mktemp("served")) as both:
        yield both


@pytest.fixture(scope="session")
def server(pair: tuple[Served, OtherSite]) -> Served:
    return pair[0]


@pytest.fixture()
def site(pair: tuple[Served, OtherSite]) -> Iterator[OtherSite]:
    """The other site, its page as it is at first."""
    pair[1].attributes = pair[1].widget = ""
    yield pair[1]
    pair[1].attributes = pair[1].widget = ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Of a module only: while Playwright runs, nothing else can run an event loop in this thread."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith("Failed to load resource"):
            self.complaints.append(text)


@pytest.fixture()
def visit(browser: Browser, pair: tuple[Served, OtherSite]) -> Iterator[Visit]:
    """Opens an address as a new visitor, or in another tab of a visitor who is there: `visit(address, beside=page)`.

    After the test: no page may have complained, broken a policy or asked anybody but the server and the other site.
    """
    watches: dict[BrowserContext, Watch] = {}

    def open_page(address: str, beside: Page | None = None, **options: Any) -> Page:
        if beside is not None:
            context = beside.context
        else:
            context = browser.new_context(**{"viewport": DESKTOP, **options})
            context.set_default_timeout(8000)
            watches[context] = Watch(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    own = tuple(f"{address}/" for address in (pair[0].address, pair[1].address))
    for context, watch in watches.items():
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
        assert watch.complaints == []
        assert [url for url in watch.requests if not url.startswith((*own, "data:", "blob:"))] == []


@pytest.fixture()
def chat(visit: Visit, server: Served) -> Page:
    """The page, opened by a new visitor."""
    page = visit(server.address)
    page.locator(".chip").first.wait_for()
    return page


@pytest.fixture()
def widget(visit: Visit, site: OtherSite) -> Page:
    """The widget, opened by a new visitor on the other site."""
    page = visit(site.address)
    page.get_by_role("button", name="Ask the documents").click()
    page.locator(".chip").first.wait_for()
    return page
