"""A plan in hand: rooms are ticked in this browser only, the rules are part of the address."""

import pytest
from playwright.sync_api import expect

from data.access.viewer import COUNSELOR
from tests.browser.reader import PHONE, Reader, settle

pytestmark = pytest.mark.browser

SENT = "() => performance.getEntriesByType('resource').length"


def test_a_tick_stays_in_this_browser(reader: Reader) -> None:
    page = reader.open("/worklist", COUNSELOR, viewport=PHONE)
    sheet = page.locator(".sheet").first
    sheet.locator("summary").click()
    tile = sheet.locator(".tile").first
    expect(tile).to_have_attribute("aria-pressed", "false")
    before = page.evaluate(SENT)
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(SENT) == before
    page.reload()
    settle(page)
    sheet.locator("summary").click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "false")


def test_the_rules_are_part_of_the_address(reader: Reader) -> None:
    page = reader.open("/worklist?college=X")
    page.select_option("#plan-weeks", "2")
    page.click("[data-value='晚上']")
    page.click(".plan-rules button[type=submit]")
    page.wait_for_url("**weeks=2**")
    settle(page)
    assert "college=X" in page.url
    expect(page.locator("#plan-weeks")).to_have_value("2")
    expect(page.locator("[data-value='晚上']")).to_have_attribute("aria-pressed", "false")


def test_the_committee_chooses_first(reader: Reader) -> None:
    page = reader.open("/worklist")
    expect(page.locator(".block")).to_contain_text("先在上面选一个学院、楼宇或辅导员")
    expect(page.locator(".sheet")).to_have_count(0)
