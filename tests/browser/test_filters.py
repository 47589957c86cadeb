"""The filter bar writes the address, and the address alone says what is shown."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import Reader, settle

pytestmark = pytest.mark.browser


def options(page: Page, name: str) -> list[str]:
    """What a select of the bar offers."""
    return page.locator(f"#pick-{name} option:not([hidden])").all_inner_texts()


def shown(page: Page, name: str) -> str:
    """What a select of the bar says it has chosen."""
    return str(page.eval_on_selector(f"#pick-{name}", "s => s.selectedOptions[0].textContent"))


def pick(page: Page, name: str, label: str) -> None:
    """Choose in the bar and wait for everything to follow."""
    page.select_option(f"#pick-{name}", label=label)
    settle(page)


@pytest.mark.parametrize(
    ("name", "label", "search"),
    [
        ("term", "2026春", "?term=2025-2026-2"),
        ("campus", "南区", "?campus=S"),
        ("cluster", "桃苑", "?cluster=P"),
        ("building", "松苑1号楼", "?building=C"),
        ("college", "化工学院", "?college=Y"),
        ("college_as", "学生所属", "?college_as=belong"),
        ("metric", "亮牌率", "?metric=plate"),
    ],
)
def test_each_select_writes_the_address_and_back_undoes_it(
    reader: Reader, name: str, label: str, search: str
) -> None:
    page = reader.open("/map")
    before = shown(page, name)
    pick(page, name, label)
    assert page.url.endswith(f"/map{search}")
    assert shown(page, name) == label
    page.go_back()
    settle(page)
    assert page.url.endswith("/map")
    assert shown(page, name) == before


def test_nothing_chosen_reads_as_all(reader: Reader) -> None:
    page = reader.open("/")
    assert [shown(page, n) for n in ("campus", "cluster", "building", "college")] == ["全部"] * 4
    assert shown(page, "term") == "2026秋"
    expect(page.locator("#pick-date")).to_have_value("2026-11-20")


def test_places_cascade_and_only_the_deepest_is_named(reader: Reader) -> None:
    page = reader.open("/map")
    pick(page, "campus", "北区")
    assert options(page, "cluster") == ["全部", "桃苑", "松苑"]
    pick(page, "cluster", "桃苑")
    assert page.url.endswith("/map?cluster=P")
    assert options(page, "building") == ["全部", "桃苑1号楼", "桃苑2号楼"]
    pick(page, "building", "桃苑2号楼")
    assert page.url.endswith("/map?building=B")
    assert [shown(page, n) for n in ("campus", "cluster")] == ["北区", "桃苑"]
    pick(page, "building", "全部")
    assert page.url.endswith("/map?cluster=P")
    pick(page, "cluster", "全部")
    assert page.url.endswith("/map?campus=N")
    pick(page, "campus", "全部")
    assert page.url.endswith("/map")


def test_equal_slices_have_equal_addresses(reader: Reader) -> None:
    page = reader.open("/map")
    pick(page, "metric", "亮牌率")
    pick(page, "college", "矿业工程学院")
    pick(page, "campus", "北区")
    pick(page, "term", "2026春")
    assert page.url.endswith("/map?term=2025-2026-2&campus=N&college=X&metric=plate")
    pick(page, "term", "2026秋")
    pick(page, "metric", "楼宇覆盖率")
    assert page.url.endswith("/map?campus=N&college=X")


def test_a_day_can_be_chosen_within_the_term_and_its_last_one_is_the_default(
    reader: Reader,
) -> None:
    page = reader.open("/map")
    day = page.locator("#pick-date")
    assert (day.get_attribute("min"), day.get_attribute("max")) == ("2026-09-07", "2026-11-20")
    for chosen, search in (("2026-11-05", "?date=2026-11-05"), ("2026-11-20", "")):
        day.fill(chosen)
        day.press("Enter")
        settle(page)
        assert page.url.endswith(f"/map{search}")
        expect(day).to_have_value(chosen)


def test_the_button_clears_everything(reader: Reader) -> None:
    page = reader.open("/map?date=2026-11-05&cluster=P&college=X&metric=plate")
    page.click("#clear-filters")
    expect(page.locator("#pick-metric")).to_have_value("building_coverage")
    settle(page)
    assert page.url.endswith("/map")
    assert shown(page, "cluster") == "全部"


@pytest.mark.parametrize(
    ("search", "role", "said"),
    [
        ("?term=nope", "committee", "没有这个学期"),
        ("?building=nope", "committee", "没有这个地点"),
        ("?campus=S&building=A", "committee", "没有这个地点"),
        ("?date=2031-01-01", "committee", "2026-09-07 至 2026-11-20"),
        ("?date=yesterday", "committee", "日期应当写成"),
        ("?metric=nope", "committee", "没有这个指标"),
        ("?college=nope", "committee", "没有这个学院"),
        ("?building=D", "work_group", "不在你的范围内"),
    ],
)
def test_an_address_that_cannot_be_explains_itself_and_clears(
    reader: Reader, search: str, role: str, said: str
) -> None:
    page = reader.open(f"/{search}", role=role)
    notice = page.locator("#notice")
    expect(notice).to_contain_text(said)
    assert not re.search("Traceback|Error|Exception", page.inner_text("body"))
    expect(page.locator(".card-box")).to_have_count(0)
    notice.locator("text=清除").click()
    expect(page.locator(".card-box")).to_have_count(8)
    expect(notice).to_be_empty()
    settle(page)
    assert page.url.endswith("/")
