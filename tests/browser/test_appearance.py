"""The same page on a desk, a wall, a phone and paper, by day and by night."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import PHONE, WALL, Reader, settle, visit
from tests.browser.test_accessibility import PAGES, whose

pytestmark = pytest.mark.browser

WIDTHS = "charts => charts.map((chart) => chart.clientWidth)"
FONT_SIZE = "node => parseFloat(getComputedStyle(node).fontSize)"


def overflow(page: Page) -> int:
    """Pixels that one would have to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def background(page: Page) -> str:
    """The colour behind everything."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_theme_is_switched_and_remembered(reader: Reader) -> None:
    page = reader.open("/")
    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "light")
    light = background(page)
    page.click("#theme-switch")
    expect(root).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    settle(page)
    expect(root).to_have_attribute("data-bs-theme", "dark")
    assert background(page) != light
    page.click("#theme-switch")
    assert background(page) == light


def test_whoever_prefers_dark_begins_with_dark(reader: Reader) -> None:
    page = reader.open("/help", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_language_is_switched_and_remembered(reader: Reader) -> None:
    page = reader.open("/")
    page.click("#language-switch")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    settle(page)
    assert {c["value"] for c in page.context.cookies() if c.get("name") == "language"} == {"en"}
    visit(page, "Coverage map")
    page.reload()
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("#language-switch")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    settle(page)


def test_meeting_mode_leaves_only_what_a_wall_needs(reader: Reader) -> None:
    page = reader.open("/", viewport=WALL)
    value = page.locator(".card-value").first
    size = value.evaluate(FONT_SIZE)
    page.click("#meeting-switch")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".tools").first).to_be_hidden()
    assert value.evaluate(FONT_SIZE) > size * 1.2
    assert overflow(page) <= 0
    page.goto(f"{page.url}map")
    settle(page)
    expect(page.locator("html")).to_have_attribute("data-mode", "meeting")
    assert overflow(page) <= 0
    page.click("#meeting-switch")
    expect(page.locator("#filters")).to_be_visible()


def test_a_phone_scrolls_in_one_direction_only(reader: Reader) -> None:
    for path in PAGES:
        page = reader.open(path, whose(path), viewport=PHONE, has_touch=True, is_mobile=True)
        assert overflow(page) <= 0, path
        expect(page.locator("#pick-term")).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
    page.tap("#filters summary")
    expect(page.locator("#pick-term")).to_be_visible()
    assert overflow(page) <= 0


def test_a_phone_keeps_the_headings_of_the_hierarchies(reader: Reader) -> None:
    page = reader.open("/party", viewport=PHONE, has_touch=True, is_mobile=True)
    for tree in page.locator("table.tree").all():
        expect(tree.locator("thead th").first).to_be_visible()
        name = tree.locator("tbody th").first
        left = name.bounding_box()
        box = tree.locator("xpath=..")
        box.evaluate("node => { node.scrollLeft = 900; }")
        assert box.evaluate("node => node.scrollLeft") > 0
        assert name.bounding_box() == left  # names stay while numbers move


def test_a_phone_drills_by_touch(reader: Reader) -> None:
    page = reader.open("/map", viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(".places a", has_text="桃苑2号楼").tap()
    expect(page.locator("a.floor")).to_have_count(2)
    settle(page)
    assert page.url.endswith("/map?building=B")


def test_paper_carries_the_content_and_not_the_controls(reader: Reader) -> None:
    page = reader.open("/")
    page.emulate_media(media="print")
    for gone in (".top", "#filters", ".tools >> nth=0", ".foot"):
        expect(page.locator(gone)).to_be_hidden()
    for kept in ("h1", ".card-value >> nth=0", ".badge-scope", "table.list"):
        expect(page.locator(kept)).to_be_visible()


@pytest.mark.parametrize("path", ["/map", "/party"])
def test_charts_are_as_wide_as_the_paper_while_it_prints(reader: Reader, path: str) -> None:
    page = reader.open(path)
    charts = page.locator(".js-plotly-plot .main-svg:first-child")
    before = charts.evaluate_all(WIDTHS)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    settle(page)
    assert max(before) > max(charts.evaluate_all(WIDTHS)) <= 660
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    settle(page)
    assert charts.evaluate_all(WIDTHS) == before
