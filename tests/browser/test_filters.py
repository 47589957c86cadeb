"""The filter bar writes the address, and the address alone says what is shown."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import Reader, settle, visit

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


@pytest.mark.parametrize(
    ("name", "label", "search"),
    [
        ("counselor", "辅导员一", "?counselor=k1"),
        ("degree", "博士生", f"?{urlencode({'degree': '博士生'})}"),
    ],
)
def test_whose_students_are_counted_is_chosen_where_a_page_follows_it(
    reader: Reader, name: str, label: str, search: str
) -> None:
    page = reader.open("/counselors", role="college")
    badge = page.locator(f"#crumbs [data-extra={name}]")
    assert shown(page, name) == "全部"
    pick(page, name, label)
    assert page.url.endswith(f"/counselors{search}")
    assert shown(page, name) == label
    expect(badge).to_contain_text(label)
    page.go_back()
    settle(page)
    assert page.url.endswith("/counselors")
    assert shown(page, name) == "全部"
    expect(badge).to_have_count(0)


def test_the_bar_shows_what_the_page_follows_and_the_address_keeps_the_rest(
    reader: Reader,
) -> None:
    def fields(page: Page) -> list[str]:
        names = ("counselor", "degree", "metric")
        return [name for name in names if page.locator(f"#pick-{name}").is_visible()]

    page = reader.open("/counselors", role="college")
    assert fields(page) == ["counselor", "degree"]
    pick(page, "degree", "本科生")
    pick(page, "counselor", "辅导员一")
    degree = urlencode({"degree": "本科生"})
    visit(page, "阵地覆盖")
    assert page.url.endswith(f"/map?counselor=k1&{degree}")
    assert fields(page) == ["metric"]
    expect(page.locator("#crumbs [data-extra]")).to_have_count(2)
    expect(page.locator("#crumbs [data-extra]:visible")).to_have_count(0)
    page.locator(".places a", has_text="桃苑2号楼").first.click()  # a link that knows nothing of it
    settle(page)
    assert page.url.endswith(f"/map?building=B&counselor=k1&{degree}")
    visit(page, "辅导员 44023")
    assert (shown(page, "counselor"), shown(page, "degree")) == ("辅导员一", "本科生")
    page.click("#clear-filters")
    settle(page)
    assert page.url.endswith("/counselors")


def test_counselors_are_offered_to_those_who_may_look_at_one(reader: Reader) -> None:
    page = reader.open("/counselors", role="counselor")
    assert options(page, "counselor") == ["全部", "辅导员一"]
    page = reader.open("/counselors")
    expect(page.locator("#pick-degree")).to_be_visible()
    expect(page.locator("#pick-counselor")).to_be_hidden()
    assert options(page, "degree") == ["全部", "本科生", "硕士生", "博士生"]


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
        ("?degree=nope", "committee", "没有这个培养层次"),
        ("?counselor=nope", "college", "没有这位辅导员"),
        ("?counselor=k2", "college", "可以按辅导员查看"),
        ("?counselor=k1", "committee", "可以按辅导员查看"),
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
    expect(page.locator("[id*=coverage_cards] .card-box")).to_have_count(8)
    expect(notice).to_be_empty()
    settle(page)
    assert page.url.endswith("/")
