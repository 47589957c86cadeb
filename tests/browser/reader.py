"""Someone who reads the dashboard, and notices everything that goes wrong meanwhile."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, StorageState

from data.access.viewer import COMMITTEE

DESK, PHONE, WALL = (
    {"width": width, "height": height} for width, height in ((1440, 900), (390, 844), (1920, 1080))
)
OURS = ("data", "blob")  # addresses of the page itself
COUNT_REQUESTS = """
(() => {
    const fetched = window.fetch;
    let open = 0, since = performance.now();
    window.fetch = async (...args) => {
        open += 1;
        try { return await fetched(...args); }
        finally { open -= 1; since = performance.now(); }
    };
    window.atRest = async (patience) => {
        const end = performance.now() + patience;
        while (open || performance.now() - since < 200) {
            if (performance.now() > end) throw new Error("the page never came to rest");
            await new Promise((wake) => setTimeout(wake, 20));
        }
    };
})()
"""


def settle(page: Page) -> None:
    """Wait until nothing is being fetched, nor about to be."""
    page.evaluate("window.atRest(10000)")


class Reader:
    """Opens pages as somebody, each in a browser that remembers nothing.

    Console errors and warnings, exceptions, failed requests, answers from 400 on and requests to
    other hosts are faults, unless `expected` has a pattern for them.
    """

    def __init__(self, browser: Browser, address: str, signed_in: dict[str, StorageState]) -> None:
        self.expected: list[str] = []
        self._browser, self._address, self._signed_in = browser, address, signed_in
        self._faults: list[str] = []
        self._reading = True

    def open(self, path: str = "/", role: str = COMMITTEE, **options: Any) -> Page:
        """A page at rest, in a new browser in which `role` has signed in; "" is nobody."""
        if role and role not in self._signed_in:
            self._signed_in[role] = self._sign_in(role)
        page = self._page(storage_state=self._signed_in.get(role), **options)
        page.goto(self._address + path)
        settle(page)
        return page

    def close(self) -> list[str]:
        """Stop reading; the faults nobody expected."""
        self._reading = False
        for context in self._browser.contexts:
            context.close()
        known = [re.compile(pattern) for pattern in self.expected]
        return [fault for fault in self._faults if not any(k.search(fault) for k in known)]

    def _sign_in(self, role: str) -> StorageState:
        page = self._page()
        page.goto(f"{self._address}/help")
        page.click(f"button[name=demo][value={role}]")
        settle(page)
        state = page.context.storage_state()
        page.context.close()
        return state

    def _page(self, **options: Any) -> Page:
        options = {"locale": "zh-CN", "viewport": DESK, "color_scheme": "light"} | options
        context = self._browser.new_context(**options)
        context.set_default_timeout(10_000)
        context.add_init_script(COUNT_REQUESTS)
        page = context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._fault(f"exception: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", lambda asked: self._fault(f"failed: {asked.failure} {asked.url}"))
        page.on("response", self._answered)
        return page

    def _fault(self, text: str) -> None:
        if self._reading:
            self._faults.append(text)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._fault(f"console: {message.text}")

    def _asked(self, asked: Request) -> None:
        if not asked.url.startswith(self._address) and urlsplit(asked.url).scheme not in OURS:
            self._fault(f"another host: {asked.url}")

    def _answered(self, answered: Response) -> None:
        if answered.status >= 400:
            self._fault(f"status: {answered.status} {answered.url}")
