"""Everything can be reached and seen by keyboard, and axe finds nothing serious."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.access.viewer import COMMITTEE, STEWARD
from tests.browser.reader import Reader, settle

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = (
    "/",
    "/map",
    "/map?building=B",
    "/map?floor=A1",
    "/map?room=A11",
    "/party",
    "/party?floor=A1",
    "/counselors",
    "/counselors?college=X",
    "/counselors?building=A",
    "/counselors?floor=A1",
    "/worklist?college=X",
    "/forces",
    "/development",
    "/warnings",
    "/activities",
    "/activities?building=A",
    "/participation",
    "/participation?building=A",
    "/evaluation",
    "/evaluation?unit=A",
    "/brand",
    "/ratings",
    "/ratings?unit=A&indicator=station",
    "/building",
    "/building?building=A",
    "/compare",
    "/compare?compare_as=college_belong&units=X,Y",
    "/ledger",
    "/ledger?check=enrolment_without_counselor",
    "/dictionary",
    "/help",
)
STOPPED_AT = (
    "/",
    "/counselors",
    "/worklist?college=X",
    "/map",
    "/map?building=B",
    "/map?floor=A1",
    "/party",
    "/building?building=A",
)
BAD = ("serious", "critical")
RUN = "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)"
MARK = """() => {
    const stops = "a[href], button, select, input, summary, [tabindex='0']";
    const all = [...document.querySelectorAll(stops)]
        .filter((node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0);
    all.forEach((node, number) => { node.dataset.stop = number; });
    return all.map((node) => node.outerHTML.slice(0, 120));
}"""
HERE = """() => {
    const node = document.activeElement, style = getComputedStyle(node);
    return style.outlineStyle !== "none" || style.boxShadow !== "none" ? node.dataset.stop : null;
}"""


def whose(path: str) -> str:
    """Who reads a page: ledgers belong to the steward."""
    return STEWARD if path.startswith("/ledger") else COMMITTEE


def test_the_first_stop_skips_to_the_content(reader: Reader) -> None:
    page = reader.open("/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", [*STOPPED_AT, "/ledger"])
def test_every_control_is_a_visible_stop_of_the_keyboard(reader: Reader, path: str) -> None:
    page = reader.open(path, whose(path))
    wanted: list[str] = page.evaluate(MARK)
    visible = set()
    for _ in range(len(wanted) + 30):  # a date field alone is four stops
        page.keyboard.press("Tab")
        visible.add(page.evaluate(HERE))
    assert [html for number, html in enumerate(wanted) if str(number) not in visible] == []


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical, a line each."""
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in BAD
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_in_either_theme(reader: Reader, path: str) -> None:
    page = reader.open(path, whose(path), bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    assert violations(page) == []
    page.click("#theme-switch")
    settle(page)
    assert violations(page) == []


def test_axe_finds_nothing_serious_before_signing_in(reader: Reader) -> None:
    for scheme in ("light", "dark"):
        page = reader.open("/", role="", bypass_csp=True, color_scheme=scheme)
        page.evaluate(AXE.read_text("utf-8"))
        assert violations(page) == []


def test_axe_finds_nothing_serious_in_what_opens(reader: Reader) -> None:
    page = reader.open("/map", bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    page.click("[id*=campus_map] .tools [id*=twin]")
    expect(page.locator(".ag-row")).to_have_count(4)
    page.click("[id*=campus_map] .tools [id*=explain]")
    expect(page.locator("#explanation h3")).to_be_visible()
    page.wait_for_function("!document.querySelector('.offcanvas.showing')")
    assert violations(page) == []
