"""Someone who reads the dashboard, and notices everything that goes wrong meanwhile."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from data.access.viewer import COMMITTEE

DESK, PHONE, WALL = (
    {"width": width, "height": height} for width, height in ((1440, 900), (390, 844), (1920, 1080))
)
OURS = ("data", "blob", "about")  # addresses of the page itself
BLANK = "about:blank"
COUNT_REQUESTS = """
(() => {
    const fetched = window.fetch;
    let open = 0, since = performance.now();
    window.fetch = async (...args) => {
        open += 1;
        try { return await fetched(...args); }
        finally { open -= 1; since = performance.now(); }
    };
    const waiting = "._dash-loading, .dash-graph--pending, .block .say:empty";
    const unfinished = () => !document.querySelector("h1")
        || [...document.querySelectorAll(waiting)].some((node) => node.offsetParent);
    window.atRest = async (patience) => {
        const begun = performance.now();
        since = begun;
        while (open || unfinished() || performance.now() - since < 100) {
            if (unfinished()) since = performance.now();
            if (performance.now() - begun > patience) throw new Error("the page never rests");
            await new Promise((wake) => setTimeout(wake, 10));
        }
    };
})()
"""


def settle(page: Page) -> None:
    """Wait until nothing is being fetched or drawn, nor about to be."""
    page.evaluate("window.atRest(15000)")


def visit(page: Page, name: str) -> None:
    """Go to a page by the navigation, opening what holds its link, and wait until it is there."""
    named = page.locator("a", has_text=re.compile(f"^{re.escape(name)}$"))
    link, toggle = page.locator(".nav-list").locator(named), page.locator(".nav-toggle")
    if not link.is_visible():
        group = page.locator(".nav-group", has=named)
        (toggle if toggle.is_visible() else group.locator("button")).click()
    link.click()
    expect(page.locator("h1")).to_have_text(name)
    settle(page)


def _nobody_listens(_: str) -> None:
    pass


class Browsers:
    """A browser for each role, signed in once. Its one tab stays: what it has loaded it keeps.

    `hear` is told of console errors and warnings, exceptions, failed requests, answers from 400
    on and requests to other hosts.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.hear: Callable[[str], None] = _nobody_listens
        self._browser = browser
        self._kept: dict[str, tuple[Page, list[Any]]] = {}
        self._signed_in: dict[str, list[Any]] = {}  # the cookies of each role

    def tab(self, role: str, **options: Any) -> Page:
        """Where that role has signed in; "" is nobody yet. Options are those of a context."""
        key = f"{role} {sorted(options.items())}"
        if key not in self._kept:
            page = self._new(**options)
            if role in self._signed_in:
                page.context.add_cookies(self._signed_in[role])
            elif role:
                self._sign_in(page, role)
                self._signed_in[role] = list(page.context.cookies())
            self._listen(page)
            self._kept[key] = (page, list(page.context.cookies()))
        return self._kept[key][0]

    def finish(self) -> None:
        """Let pages load to the end: leaving earlier would look like failed requests."""
        for page, _ in self._kept.values():
            page.wait_for_load_state()

    def forget(self) -> None:
        """Leave every page and drop what it stored: the next test begins like the first."""
        for page, cookies in self._kept.values():
            if page.url == BLANK:
                continue
            page.unroute_all()
            page.emulate_media(media="null")  # "screen" would print the screen
            page.evaluate("localStorage.clear()")
            page.goto(BLANK)
            page.context.clear_cookies()
            page.context.add_cookies(cookies)

    def _new(self, **options: Any) -> Page:
        options = {"locale": "zh-CN", "viewport": DESK, "color_scheme": "light"} | options
        context = self._browser.new_context(**options)
        context.set_default_timeout(15_000)
        context.add_init_script(COUNT_REQUESTS)
        return context.new_page()

    def _sign_in(self, page: Page, role: str) -> None:
        page.goto(f"{self.address}/help")
        page.click(f"button[name=demo][value={role}]")
        page.locator("h1", has_text="使用说明").wait_for()
        settle(page)

    def _listen(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.hear(f"exception: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.hear(f"console: {message.text}")

    def _asked(self, asked: Request) -> None:
        here = asked.url.startswith(f"{self.address}/")
        if not here and urlsplit(asked.url).scheme not in OURS:
            self.hear(f"another host: {asked.url}")

    def _failed(self, asked: Request) -> None:
        if not asked.url.endswith("/_favicon.ico"):  # given up when one moves on at once
            self.hear(f"failed: {asked.failure} {asked.url}")

    def _answered(self, answered: Response) -> None:
        if answered.status >= 400:
            self.hear(f"status: {answered.status} {answered.url}")


class Reader:
    """Opens pages as somebody; what goes wrong is a fault, unless a pattern of `expected` fits."""

    def __init__(self, browsers: Browsers) -> None:
        self.expected: list[str] = []
        self._browsers = browsers
        self._faults: list[str] = []
        browsers.hear = self._faults.append

    def open(self, path: str = "/", role: str = COMMITTEE, **options: Any) -> Page:
        """A page at rest, read as `role`; "" is nobody yet. Options are those of a context."""
        page = self._browsers.tab(role, **options)
        page.goto(self._browsers.address + path)
        settle(page)
        return page

    def close(self) -> list[str]:
        """Stop reading; the faults nobody expected."""
        self._browsers.finish()
        self._browsers.hear = _nobody_listens
        self._browsers.forget()
        known = [re.compile(pattern) for pattern in self.expected]
        return [fault for fault in self._faults if not any(k.search(fault) for k in known)]
