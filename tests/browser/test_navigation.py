"""The bar of pages: groups open by mouse, keyboard and touch, and say where one is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.reader import DESK, PHONE, Reader, settle, visit
from tests.browser.test_accessibility import AXE, violations
from tests.browser.test_appearance import overflow

pytestmark = pytest.mark.browser

PLACES = ["阵地覆盖", "先锋矩阵", "楼宇画像"]
FOCUSED = "document.activeElement.textContent"


def group(page: Page, name: str) -> Locator:
    """The button of a group."""
    return page.locator(".nav-group > button", has_text=name)


def open_links(page: Page) -> list[str]:
    """What the lists that are open offer."""
    return page.locator(".nav-group a:visible").all_inner_texts()


def test_a_click_opens_a_group_and_another_one_elsewhere_closes_it(reader: Reader) -> None:
    page = reader.open("/")
    places, data = group(page, "阵地"), group(page, "数据")
    places.hover()
    assert open_links(page) == []
    places.click()
    expect(places).to_have_attribute("aria-expanded", "true")
    assert open_links(page) == PLACES
    data.click()
    expect(places).to_have_attribute("aria-expanded", "false")
    assert open_links(page) == ["台账", "指标字典", "使用说明"]
    data.click()
    assert open_links(page) == []
    places.click()
    page.click("h1")
    expect(places).to_have_attribute("aria-expanded", "false")


def test_a_choice_closes_the_group_which_then_says_where_one_is(reader: Reader) -> None:
    page = reader.open("/?college=X")
    places = group(page, "阵地")
    visit(page, "楼宇画像")
    assert page.url.endswith("/building?college=X")
    expect(places).to_have_attribute("aria-expanded", "false")
    expect(places).to_have_attribute("aria-current", "true")
    expect(places.locator(".nav-here")).to_have_text("楼宇画像")
    expect(page.locator(".nav-links [aria-current=page]")).to_have_text("楼宇画像")
    visit(page, "总览")
    expect(page.locator(".nav-here:not(:empty)")).to_have_count(0)
    expect(page.locator(".nav-group [aria-current]")).to_have_count(0)
    page.go_back()
    settle(page)
    expect(places.locator(".nav-here")).to_have_text("楼宇画像")


def test_arrows_move_and_escape_gives_the_focus_back(reader: Reader) -> None:
    page = reader.open("/")

    def press(*keys: str) -> str:
        for key in keys:
            page.keyboard.press(key)
        return str(page.evaluate(FOCUSED))

    places = group(page, "阵地")
    page.locator(".nav-list a", has_text="总览").focus()
    assert press("ArrowRight") == "阵地"
    assert press("ArrowDown") == "阵地覆盖"
    expect(places).to_have_attribute("aria-expanded", "true")
    assert press("ArrowDown") == "先锋矩阵"
    assert press("ArrowUp", "ArrowUp") == "楼宇画像"
    assert press("ArrowDown") == "阵地覆盖"
    assert press("Escape") == "阵地"
    assert open_links(page) == []
    assert press("ArrowUp") == "楼宇画像"
    assert press("ArrowLeft") == "总览"  # along the bar, from wherever one is in a list
    assert open_links(page) == []
    assert press("ArrowLeft") == "数据"  # and around its end
    assert press("ArrowRight") == "总览"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_button_is_pressed_and_tab_goes_on_through_its_list(reader: Reader, key: str) -> None:
    page = reader.open("/")
    places = group(page, "阵地")
    places.focus()
    page.keyboard.press(key)
    assert open_links(page) == PLACES
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "先锋矩阵"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("先锋矩阵")
    settle(page)
    expect(places).to_be_focused()
    expect(places).to_have_attribute("aria-expanded", "false")
    page.keyboard.press(key)
    for _ in range(len(PLACES) + 1):
        page.keyboard.press("Tab")
    expect(places).to_have_attribute("aria-expanded", "false")  # nothing stays open behind one


def test_a_page_nobody_offers_is_not_in_the_list(reader: Reader) -> None:
    page = reader.open("/", role="evaluator")
    group(page, "数据").click()
    assert open_links(page) == ["指标字典", "使用说明"]


def test_on_a_phone_one_button_opens_every_group(reader: Reader) -> None:
    page = reader.open("/map?campus=N", viewport=PHONE, has_touch=True, is_mobile=True)
    toggle = page.locator(".nav-toggle")
    expect(page.locator(".nav-list")).to_be_hidden()
    toggle.tap()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    listed = page.locator(".nav-list a:visible").all_inner_texts()
    assert [name for name in listed if name in PLACES] == PLACES
    assert len(listed) == page.locator(".nav-list a").count() > 7
    assert page.locator(".nav-heading:visible").all_inner_texts()[0] == "阵地"
    expect(page.locator(".nav-group > button").first).to_be_hidden()
    assert overflow(page) <= 0
    page.keyboard.press("Escape")
    expect(page.locator(".nav-list")).to_be_hidden()
    expect(toggle).to_be_focused()
    visit(page, "指标字典")
    assert page.url.endswith("/dictionary?campus=N")
    expect(page.locator(".nav-list")).to_be_hidden()


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_axe_finds_nothing_serious_in_an_open_list(
    reader: Reader, viewport: dict[str, int]
) -> None:
    page = reader.open("/building", viewport=viewport, bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    for _ in ("light", "dark"):
        (group(page, "阵地") if viewport is DESK else page.locator(".nav-toggle")).click()
        expect(page.locator(".nav-list a", has_text="楼宇画像")).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.click("#theme-switch")
        settle(page)


def test_the_bar_fits_a_desk_in_either_language(reader: Reader) -> None:
    page = reader.open("/building")
    for _ in ("zh-CN", "en"):
        assert overflow(page) <= 0
        end, switches = (
            page.locator(place).evaluate("node => node.getBoundingClientRect().toJSON()")
            for place in (".nav-list > li:last-child", ".switches")
        )
        assert end["right"] <= switches["left"]
        assert end["top"] == page.locator(".nav-list > li").first.evaluate(
            "node => node.getBoundingClientRect().top"
        )
        page.click("#language-switch")
        page.wait_for_load_state()
        settle(page)
