"""One drill path, campus to room, by mouse and by keyboard, with an address at every step."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import Reader, settle

pytestmark = pytest.mark.browser

# Inside every footprint of the small world: the corner of a triangle and the middle of a slab.
INSIDE = """name => {
    const plot = document.querySelector("[id*=campus_map] .js-plotly-plot");
    const uid = plot._fullData.find((trace) => trace.name === name).uid;
    const box = plot.querySelector(`.trace${uid} .js-fill`).getBoundingClientRect();
    return [box.x + box.width * 0.75, box.y + box.height * 0.75];
}"""
RANGES = """() => {
    const {xaxis, yaxis} = document.querySelector("[id*=campus_map] .js-plotly-plot")._fullLayout;
    return [...xaxis.range, ...yaxis.range].map(Math.round);
}"""

# Playwright would first scroll up to the bar, which a reader with the keyboard does not.
PICK_PLATE = """() => {
    const select = document.getElementById("pick-metric");
    select.value = "plate";
    select.dispatchEvent(new Event("change", {bubbles: true}));
}"""


def click_on(page: Page, building: str) -> None:
    """Click on a building's shape on the map."""
    shapes = page.locator("[id*=campus_map] .js-fill")
    shapes.first.wait_for()
    settle(page)
    x, y = page.evaluate(INSIDE, building)
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def crumbs(page: Page) -> list[str]:
    """The drill path as read."""
    return page.locator("#crumbs li:not(.apart)").all_inner_texts()


def at(page: Page, address: str, *path: str) -> None:
    """Wait until the page has come to that address and drill path."""
    expect(page.locator("#crumbs li:not(.apart)")).to_have_text(["全部校区", *path])
    assert page.url.endswith(address), page.url


def test_from_the_campus_to_a_room_and_back(reader: Reader) -> None:
    page = reader.open("/map")
    click_on(page, "桃苑1号楼")
    at(page, "/map?cluster=P", "北区", "桃苑")
    expect(page.locator("[id*=campus_map] .js-fill")).to_have_count(2)
    click_on(page, "桃苑1号楼")
    at(page, "/map?building=A", "北区", "桃苑", "桃苑1号楼")
    page.locator("a.floor", has_text="1层").focus()
    page.keyboard.press("Enter")
    at(page, "/map?floor=A1", "北区", "桃苑", "桃苑1号楼", "1层")
    page.click("a.room:has-text('101')")
    at(page, "/map?room=A11", "北区", "桃苑", "桃苑1号楼", "1层", "101")
    expect(page.locator("table.list tbody tr")).to_have_count(2)

    page.reload()
    at(page, "/map?room=A11", "北区", "桃苑", "桃苑1号楼", "1层", "101")
    expect(page.locator("table.list")).to_contain_text("学生a1")
    settle(page)

    page.go_back()
    at(page, "/map?floor=A1", "北区", "桃苑", "桃苑1号楼", "1层")
    page.go_back()
    at(page, "/map?building=A", "北区", "桃苑", "桃苑1号楼")
    expect(page.locator("a.floor")).to_have_count(3)
    page.go_back()
    at(page, "/map?cluster=P", "北区", "桃苑")
    page.go_back()
    at(page, "/map")
    expect(page.locator("[id*=campus_map] .js-fill")).to_have_count(4)
    settle(page)


def test_the_path_of_the_vanguard_page_stays_on_it(reader: Reader) -> None:
    page = reader.open("/party?building=B")
    page.click("#crumbs >> text=桃苑")
    at(page, "/party?cluster=P", "北区", "桃苑")
    settle(page)
    page.locator("table.tree a", has_text="桃苑2号楼").click()
    at(page, "/party?building=B", "北区", "桃苑", "桃苑2号楼")
    page.click("#crumbs >> text=画像")  # a page of many blocks is left for another slice
    expect(page.locator(".portrait-name")).to_have_text("桃苑2号楼")
    settle(page)
    page.go_back()
    at(page, "/party?building=B", "北区", "桃苑", "桃苑2号楼")
    settle(page)


def test_the_same_building_can_be_clicked_again_after_back(reader: Reader) -> None:
    page = reader.open("/map")
    for _ in range(2):
        click_on(page, "松苑1号楼")
        at(page, "/map?cluster=Q", "北区", "松苑")
        settle(page)
        page.go_back()
        at(page, "/map")


def test_a_step_of_the_path_leads_back_up(reader: Reader) -> None:
    page = reader.open("/map?room=BE1&metric=plate")
    page.click("#crumbs >> text=桃苑2号楼")
    at(page, "/map?building=B&metric=plate", "北区", "桃苑", "桃苑2号楼")
    expect(page.locator("a.floor")).to_have_count(2)
    page.click("#crumbs >> text=全部校区")
    at(page, "/map?metric=plate")
    settle(page)


def test_a_cell_of_the_heat_map_opens_its_floor(reader: Reader) -> None:
    page = reader.open("/map?cluster=P")
    plot = page.locator("[id*=floor_heatmap] .js-plotly-plot .nsewdrag")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + 12, box["y"] + 8)
    page.mouse.move(box["x"] + 15, box["y"] + 8)  # first column, first row: level 1 of building A
    page.mouse.click(box["x"] + 15, box["y"] + 8)
    at(page, "/map?floor=A1", "北区", "桃苑", "桃苑1号楼", "1层")
    settle(page)


def test_buildings_can_be_opened_from_the_list_by_keyboard(reader: Reader) -> None:
    page = reader.open("/map")
    links = page.locator(".places li > a:first-child")  # beside each, one to its portrait
    expect(links).to_have_count(4)
    assert [text.split()[0] for text in links.all_inner_texts()][:2] == ["桃苑2号楼", "竹苑1号楼"]
    page.locator("[id*=building_list] button").last.focus()
    for _ in range(3):  # past a scrolling list, where the browser makes it a stop
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.places a')"):
            break
    page.keyboard.press("Enter")
    at(page, "/map?building=B", "北区", "桃苑", "桃苑2号楼")
    settle(page)


def test_another_metric_changes_colours_and_nothing_else(reader: Reader) -> None:
    page = reader.open("/map")
    page.evaluate(
        "document.querySelectorAll('main, .block, .js-plotly-plot, .tools')"
        ".forEach((node) => { node.marked = true; })"
    )
    before = page.evaluate("[...document.querySelectorAll('*')].filter((n) => n.marked).length")
    page.evaluate("window.scrollTo(0, 120)")
    box = page.locator("[id*=campus_map] .js-plotly-plot .nsewdrag").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] - 30, box["y"] + box["height"] - 60  # open ground
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y - 30, steps=4)
    page.mouse.up()
    settle(page)
    panned = page.evaluate(RANGES)
    page.evaluate(PICK_PLATE)
    expect(page.locator("[id*=building_list]").first).to_contain_text("亮牌率")
    settle(page)
    assert page.evaluate(RANGES) == panned
    assert page.evaluate("window.scrollY") == 120
    after = page.evaluate("[...document.querySelectorAll('*')].filter((n) => n.marked).length")
    assert after == before > 5
