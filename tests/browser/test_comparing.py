"""What is compared is chosen by buttons, is part of the address, and explains what cannot be."""

import pytest
from playwright.sync_api import expect

from data.access.viewer import COUNSELOR
from tests.browser.reader import PHONE, Reader, settle

pytestmark = pytest.mark.browser

UNITS = ".compare-choices:has([data-name='units'])"


def test_units_are_chosen_by_keyboard_and_go_into_the_address(reader: Reader) -> None:
    page = reader.open("/compare?measures=student_coverage,floor_coverage")
    page.locator(f"{UNITS} summary").press("Enter")
    for unit in "ABCD":
        button = page.locator(f"[data-name='units'][data-value='{unit}']")
        if (button.get_attribute("aria-pressed") == "true") != (unit in "BC"):
            button.press("Space")
    page.locator(".compare-form button[type=submit]").first.press("Enter")
    page.wait_for_url("**units=C%2CB**")
    settle(page)
    assert "measures=floor_coverage%2Cstudent_coverage" in page.url
    expect(page.locator(".multiple")).to_have_count(2)
    expect(page.locator(".multiple").first.locator("li")).to_have_count(2)
    page.go_back()
    settle(page)
    assert "units" not in page.url


def test_a_choice_that_cannot_be_says_why_and_offers_all(reader: Reader) -> None:
    page = reader.open("/compare?units=A,Z", viewport=PHONE)
    expect(page.locator(".compare-refusal")).to_contain_text("没有这个对比单位")
    expect(page.locator("[data-name='units']").first).to_be_visible()
    expect(page.locator(".block:visible")).to_have_count(1)
    page.locator(".compare-line .chip").first.click()
    page.wait_for_function("!window.location.search.includes('units')")
    settle(page)
    expect(page.locator(".compare-refusal")).to_have_count(0)
    expect(page.locator(".multiple").first).to_be_visible()


def test_another_day_is_compared_with(reader: Reader) -> None:
    page = reader.open("/compare?units=A,B")
    page.fill("#compare-day", "2026-07-05")
    page.press("#compare-day", "Enter")
    page.wait_for_url("**against=2026-07-05**")
    settle(page)
    expect(page.locator("#say-compare_change")).to_contain_text("2026-07-05 到 2026-11-20")


def test_a_portrait_leads_to_the_comparison_with_its_peers(reader: Reader) -> None:
    page = reader.open("/building?building=B")
    page.click("text=和同类楼宇对比")
    page.wait_for_url("**/compare?building=B**")
    settle(page)
    expect(page.locator(".multiple-unit").first).to_have_text("桃苑2号楼")


def test_counselors_are_not_offered_it(reader: Reader) -> None:
    page = reader.open("/", COUNSELOR)
    expect(page.locator(".nav-list a[href='/compare']")).to_have_count(0)
