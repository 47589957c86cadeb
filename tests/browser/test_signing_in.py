"""One click signs in; the page says through whose eyes one looks."""

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader, settle, visit

pytestmark = pytest.mark.browser

SCOPES = {  # k1 is the counselor of everyone of college X: they live in A, C and D
    "committee": ("党工委", "全校"),
    "college": ("学院", "矿业工程学院"),
    "work_group": ("楼宇工作组", "桃苑1号楼"),
    "counselor": ("辅导员", "桃苑1号楼、松苑1号楼、竹苑1号楼"),
    "evaluator": ("考核评价", "全校汇总"),
    "steward": ("数据管理员", "全校汇总"),
}


@pytest.mark.parametrize("role", SCOPES)
def test_a_role_signs_in_with_one_click_and_out_again(reader: Reader, role: str) -> None:
    page = reader.open("/", role="")
    page.click(f"button[name=demo][value={role}]")
    name, scope = SCOPES[role]
    badge = page.locator(".badge-scope")
    expect(badge).to_contain_text(name)
    assert badge.inner_text().endswith(scope)
    assert "2026-11-20" in page.inner_text(".badge-box >> nth=0")
    settle(page)
    page.click("text=退出")
    expect(page.locator("button[name=demo]")).to_have_count(6)
    page.wait_for_load_state()  # leaving earlier would break off its style sheets
    page.goto(f"{page.url.partition('/sign-in')[0]}/map")
    assert page.url.endswith("/sign-in?next=%2Fmap")


def test_the_address_someone_came_for_opens_after_signing_in(reader: Reader) -> None:
    page = reader.open("/map?building=A", role="")
    page.click("button[name=demo][value=committee]")
    expect(page.locator("#crumbs")).to_contain_text("桃苑1号楼")
    assert page.url.endswith("/map?building=A")
    settle(page)


def test_navigation_keeps_the_slice_and_marks_the_page(reader: Reader) -> None:
    page = reader.open("/?college=X")
    for name, path in (("阵地覆盖", "/map"), ("指标字典", "/dictionary"), ("总览", "/")):
        visit(page, name)
        assert page.url.endswith(f"{path}?college=X")
        expect(page.locator(".nav-links [aria-current=page]")).to_have_text(name)


def test_a_session_that_has_ended_leads_to_the_sign_in_page(reader: Reader) -> None:
    page = reader.open("/map")
    reader.expected = ["401", "ERR_ABORTED"]  # several answers, one way out
    page.context.clear_cookies()
    page.select_option("#pick-metric", "plate")
    expect(page.locator("button[name=demo]")).to_have_count(6)
