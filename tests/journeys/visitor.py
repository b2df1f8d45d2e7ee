"""A visitor of the site in a browser, who notes everything that must never happen on any journey."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, Route, ViewportSize

from directory.web.templating import EXIT_URL

ELSEWHERE = "<!DOCTYPE html><html lang='en'><title>Weather</title><h1>Weather</h1></html>"
"""What stands in for the site that the exit leads to: tests ask nothing of the internet."""
ANSWERED_WITH_ERROR = "Failed to load resource: the server responded with a status of "
PATIENCE = 15_000
"""Milliseconds for which a condition is waited for; the machine may be busy."""
COMPUTER = ViewportSize(width=1280, height=800)
TABLET = ViewportSize(width=768, height=1024)
PHONE = ViewportSize(width=320, height=640)

STORED = """async () => [
  ...(document.cookie ? [document.cookie] : []),
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(held => held.name),
  ...await caches.keys(),
  ...await navigator.serviceWorker.getRegistrations(),
]"""
"""Everything that a page may have left in the browser."""


class Visitor:
    """One person with a fresh browser profile. `page` is their only tab."""

    def __init__(self, browser: Browser, origin: str, **options: Any) -> None:
        self.origin = origin
        self.requested: list[str] = []
        self.problems: list[str] = []
        self.context = browser.new_context(
            base_url=origin, **{"viewport": COMPUTER, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.route(re.compile(rf"^(?!{re.escape(origin)}/)https?://"), self._go_elsewhere)
        self.context.on("request", self._see_request)
        self.context.on("console", self._see_console)
        self.context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Response:
        """Open an address of the site."""
        response = self.page.goto(path)
        assert response is not None, path
        return response

    def search(self, words: str) -> None:
        """Type these words into the search box of the page and send them."""
        self.page.locator("#q").fill(words)
        self.follow(self.page.locator("form[role=search] button"))

    def follow(self, link: Locator) -> None:
        """Click a link or a button, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            link.click()

    @property
    def results(self) -> Locator:
        """The organisations that were found."""
        return self.page.locator("ol.results__cards > li")

    @property
    def names(self) -> list[str]:
        """Their names, in order."""
        return self.results.locator(".result__name").all_inner_texts()

    @property
    def text(self) -> str:
        """All that can be read on the screen."""
        return str(self.page.evaluate("() => document.documentElement ? document.documentElement.innerText : ''"))

    def history(self) -> list[tuple[str, str]]:
        """The addresses and titles that the browser's history of this tab holds."""
        session = self.context.new_cdp_session(self.page)
        entries = session.send("Page.getNavigationHistory")["entries"]
        session.detach()
        return [(entry["url"], entry["title"]) for entry in entries]

    def foreign_requests(self) -> list[str]:
        """What was asked of anybody but the site."""
        return [url for url in self.requested if not url.startswith((f"{self.origin}/", "data:", "about:"))]

    def kept(self) -> list[Any]:
        """What the site has left in the browser: cookies and every kind of storage."""
        return [*self.context.cookies(), *self.page.evaluate(STORED)]

    def leave(self) -> None:
        """Close the browser, and fail if anything went wrong on the way."""
        self.context.close()
        self.arrive()

    def arrive(self) -> None:
        """End one way and begin the next, and fail if anything went wrong on it."""
        problems = self.problems.copy()
        self.problems.clear()
        self.requested.clear()
        assert not problems, problems

    def _see_request(self, request: Request) -> None:
        self.requested.append(request.url)

    def _see_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        page_itself = message.text.startswith(ANSWERED_WITH_ERROR) and message.location["url"] == self.page.url
        if not page_itself:  # an error page that was asked for on purpose
            self.problems.append(f"console: {message.text}")

    def _go_elsewhere(self, route: Route) -> None:
        """The exit's target is played by a page of ours; anything else must not be asked for at all."""
        if urlsplit(route.request.url).netloc == urlsplit(EXIT_URL).netloc:
            route.fulfill(body=ELSEWHERE, content_type="text/html")
        else:
            self.problems.append(f"asked for {route.request.url}")
            route.abort()
