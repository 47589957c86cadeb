"""Pictures of the demo campus: those of the README, or every page in every guise for a look."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from data.demo.campus import build
from data.summaries.refresh import refresh
from tests import databases
from tests.browser import chromium
from tests.browser.reader import DESK, PHONE, Browsers, settle
from tests.browser.server import ROOT, served
from tests.browser.test_accessibility import whose

DEMO = ROOT / "var" / "community.db"
README = ROOT / "docs" / "screenshots"
LIGHT, DARK = "light", "dark"
PAGES = {
    "overview": "/",
    "map": "/map",
    "compare": "/compare",
    "party": "/party",
    "counselors": "/counselors",
    "worklist": "/worklist?college=01",
    "forces": "/forces",
    "development": "/development",
    "warnings": "/warnings",
    "activities": "/activities",
    "participation": "/participation",
    "brand": "/brand",
    "evaluation": "/evaluation?unit=tao3",
    "ratings": "/ratings",
    "ledger": "/ledger",
    "dictionary": "/dictionary",
    "help": "/help",
}


@contextmanager
def site(url: str) -> Iterator[Browsers]:
    """The dashboard on that database, and Chromium to look at it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(served(url or _demo(folder), folder))
        playwright = stack.enter_context(sync_playwright())
        browser: Browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.arguments()
        )
        stack.callback(browser.close)
        yield Browsers(browser, server.address)


def _demo(folder: Path) -> str:
    if DEMO.exists():
        return f"sqlite:///{DEMO}"
    url = f"sqlite:///{folder / 'demo.db'}"
    build(url, students=4000, terms=2, progress=_say)
    refresh(url, progress=_say)
    databases.release_connections()
    return url


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def places(page: Page, address: str) -> dict[str, str]:
    """A building of middling coverage and its portrait, a floor with a gap, a room there."""
    found = {}
    page.goto(f"{address}/map?metric=floor_coverage")
    steps = {"building": ".places li > a:first-child", "floor": "a.floor.gap", "room": ".room"}
    for level, links in steps.items():
        settle(page)
        offered = page.locator(links)
        offered.first.wait_for()
        middle = offered.nth(offered.count() // 2)
        found[level] = f"/map?{(middle.get_attribute('href') or '').partition('?')[2]}"
        page.goto(address + found[level])
    return found | {"portrait": found["building"].replace("/map", "/building")}


def for_readme(browsers: Browsers, folder: Path) -> None:
    """The README's pictures: what one sees without scrolling."""
    page = browsers.tab("committee", viewport=DESK)
    found = places(page, browsers.address)
    shots = (
        ("overview", "/", LIGHT, DESK),
        ("map", "/map", LIGHT, DESK),
        ("building", found["building"], LIGHT, DESK),
        ("floor", found["floor"], LIGHT, DESK),
        ("map-dark", "/map?metric=floor_coverage", DARK, DESK),
        ("party", "/party", LIGHT, DESK),
        ("counselors", "/counselors", LIGHT, DESK),
        ("worklist", PAGES["worklist"], LIGHT, DESK),
        ("warnings", "/warnings", LIGHT, DESK),
        ("portrait", found["portrait"], LIGHT, DESK),
        ("ledger", "/ledger", LIGHT, DESK),
        ("phone", "/", LIGHT, PHONE),
    )
    for name, path, theme, size in shots:
        page = browsers.tab(whose(path), viewport=size)
        _take(page, browsers.address + path, theme, folder / f"{name}.png")


def every_page(browsers: Browsers, folder: Path) -> None:
    """Every page and drill level, on a desk and on a phone, by day and by night, in full."""
    page = browsers.tab("committee", viewport=DESK)
    pages = PAGES | places(page, browsers.address)
    for (name, path), (device, size) in product(pages.items(), (("desk", DESK), ("phone", PHONE))):
        page = browsers.tab(whose(path), viewport=size)
        for theme in (LIGHT, DARK):
            target = folder / f"{name}-{device}-{theme}.png"
            _take(page, browsers.address + path, theme, target, whole=True)


def _take(page: Page, address: str, theme: str, target: Path, *, whole: bool = False) -> None:
    page.emulate_media(color_scheme="dark" if theme == DARK else "light", reduced_motion="reduce")
    page.goto(address)
    settle(page)
    page.wait_for_timeout(300)  # labels and fonts
    page.screenshot(path=target, full_page=whole)
    _say(f"{target} {target.stat().st_size // 1024} KB")


def main(argv: Sequence[str] | None = None) -> int:
    """Take them."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.screenshots", description=__doc__
    )
    add = parser.add_argument
    add("--out", type=Path, default=README, help="文件夹，默认 docs/screenshots")
    add("--url", default="", help="数据库，默认演示校园 var/community.db，没有时临时生成一个")
    add("--all", action="store_true", help="全部页面 × 桌面与手机 × 浅色与深色，整页")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    with site(args.url) as browsers:
        (every_page if args.all else for_readme)(browsers, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
