"""The portrait of a building: found by any name, walked from one to the next, printed on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.reader import Reader, settle

pytestmark = pytest.mark.browser
PORTRAIT = "/building?building=A"


def printed(page: Page, folder: Path) -> list[str]:
    """The text of each page on paper, without the blanks a PDF puts anywhere."""
    path = folder / "portrait.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    return ["".join(sheet.extract_text().split()) for sheet in PdfReader(path).pages]


def test_a_portrait_prints_on_two_pages_with_text_that_can_be_searched(
    reader: Reader, tmp_path: Path
) -> None:
    page = reader.open(PORTRAIT)
    said = page.locator("#say-portrait .say").inner_text()
    numbers = page.locator(".headline b").all_inner_texts()
    assert said.startswith("桃苑1号楼（桃苑，本科生）截至 2026-11-20 住 5 人")
    assert numbers[:3] == ["5", "31.2%", "20.0"]
    sheets = printed(page, tmp_path)
    assert len(sheets) == 2
    text = "".join(sheets)
    assert "桃苑1号楼" in text
    assert "".join(said.split()) in text
    for number in numbers[:3]:
        assert number in text
    assert "数据截至2026-11-20" in text
    assert "1/2" in sheets[0]
    assert "查找楼宇" not in text


def test_a_building_is_found_by_what_people_call_it(reader: Reader) -> None:
    page = reader.open("/building?metric=plate")
    expect(page.locator(".directory a")).to_have_text(
        ["桃苑1号楼", "桃苑2号楼", "松苑1号楼", "竹苑1号楼"]
    )
    page.fill("#find-building", "桃苑2栋")
    page.keyboard.press("Enter")
    expect(page.locator(".portrait-name")).to_have_text("桃苑2号楼")
    settle(page)
    expect(page).to_have_url(re.compile(r"/building\?building=B&metric=plate$"))


def test_an_alias_in_the_address_becomes_the_address_of_the_building(reader: Reader) -> None:
    page = reader.open("/building?id=p1")
    expect(page.locator(".portrait-name")).to_have_text("桃苑1号楼")
    expect(page).to_have_url(re.compile(r"/building\?building=A$"))


def test_from_one_building_to_the_next_by_keyboard(reader: Reader) -> None:
    page = reader.open(f"{PORTRAIT}&metric=plate")
    page.get_by_role("link", name="下一栋：桃苑2号楼").focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator(".portrait-name")).to_have_text("桃苑2号楼")
    expect(page).to_have_url(re.compile(r"/building\?building=B&metric=plate$"))
    settle(page)
    page.go_back()
    settle(page)
    expect(page.locator(".portrait-name")).to_have_text("桃苑1号楼")
    settle(page)


def test_the_time_line_is_narrowed_by_kind_and_by_words(reader: Reader) -> None:
    page = reader.open(PORTRAIT)
    records = page.locator(".chronicle li:visible")
    expect(records).to_have_count(8)
    page.fill("#chronicle-search", "党小组")
    expect(records).to_have_count(2)
    page.fill("#chronicle-search", "没有这样的")
    expect(page.locator("#chronicle-nothing")).to_be_visible()
    page.get_by_role("link", name="任职", exact=True).click()
    settle(page)
    expect(records).to_have_count(3)
    expect(page).to_have_url(re.compile("&kind=post$"))
    settle(page)


def test_the_map_leads_to_portraits(reader: Reader) -> None:
    page = reader.open("/map")
    page.locator(".places li", has_text="竹苑1号楼").get_by_role("link", name="画像").click()
    settle(page)
    expect(page.locator(".portrait-name")).to_have_text("竹苑1号楼")
    settle(page)
