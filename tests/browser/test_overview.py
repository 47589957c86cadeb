"""The overview shows the values that tests/world.py worked out by hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import Reader, settle

pytestmark = pytest.mark.browser

TODAY = {
    "楼群覆盖率": ("33.3%", "1 / 3"),
    "楼宇覆盖率": ("50.0%", "2 / 4"),
    "楼层覆盖率": ("33.3%", "2 / 6"),
    "层长覆盖率": ("28.6%", "2 / 7"),
    "责任区覆盖率": ("25.0%", "2 / 8"),
    "应纳尽纳率": ("50.0%", "3 / 6"),
    "亮牌率": ("33.3%", "1 / 3"),
    "五带头覆盖率": ("25.0%", "1 / 4"),
}


def cards(page: Page) -> dict[str, tuple[str, str]]:
    """Name → rate and fraction, as on screen."""
    found = {}
    for card in page.locator("[id*=coverage_cards] .card-box").all():
        name, value, count = (card.locator(f".card-{part}") for part in ("name", "value", "count"))
        found[name.inner_text()] = (
            value.inner_text(),
            " ".join(count.inner_text().split()[:3]),
        )
    return found


def test_eight_cards_show_the_hand_worked_rates(reader: Reader) -> None:
    assert cards(reader.open("/")) == TODAY


@pytest.mark.parametrize(
    ("search", "building", "floor"),
    [
        ("?date=2026-11-05", ("75.0%", "3 / 4"), ("33.3%", "2 / 6")),  # B still open, C just so
        ("?date=2026-10-10", ("50.0%", "2 / 4"), ("50.0%", "3 / 6")),  # A2 not yet closed
        ("?date=2026-09-15", ("66.7%", "2 / 3"), ("40.0%", "2 / 5")),  # D not yet built
        ("?term=2025-2026-2", ("66.7%", "2 / 3"), ("40.0%", "2 / 5")),  # A1, A2 as term ended
        ("?term=2025-2026-2&date=2026-03-31", ("66.7%", "2 / 3"), ("20.0%", "1 / 5")),
    ],
)
def test_a_day_of_the_past_shows_the_truth_of_that_day(
    reader: Reader, search: str, building: tuple[str, str], floor: tuple[str, str]
) -> None:
    found = cards(reader.open(f"/{search}"))
    assert (found["楼宇覆盖率"], found["楼层覆盖率"]) == (building, floor)


def test_a_card_opens_the_map_coloured_by_its_metric(reader: Reader) -> None:
    page = reader.open("/?campus=N")
    page.click(".card-box:has-text('亮牌率')")
    expect(page.locator("h1")).to_have_text("阵地覆盖")
    settle(page)
    assert page.url.endswith("/map?campus=N&metric=plate")
    expect(page.locator("#pick-metric")).to_have_value("plate")


def test_the_heaviest_blind_spot_comes_first(reader: Reader) -> None:
    page = reader.open("/")
    rows = page.locator("[aria-label='覆盖盲区'] tbody tr")
    expect(rows).to_have_count(20)
    first = rows.first.inner_text()
    for part in ("松苑", "无楼群级组织", "从未覆盖", "263 天", "2 人", "学生社区党工委"):
        assert part in first
    rows.nth(1).locator("a").first.click()  # 松苑1号楼1层: one resident, without a Party group
    settle(page)
    assert page.url.endswith("/map?floor=C1&metric=floor_coverage")


def test_this_weeks_only_change_is_the_new_floor_leader(reader: Reader) -> None:
    change = reader.open("/").locator(".changes li")
    expect(change).to_have_count(1)
    for part in ("11-18", "层长上任", "竹苑1号楼1层"):
        assert part in change.inner_text()


def test_a_work_group_sees_its_own_building_only(reader: Reader) -> None:
    page = reader.open("/", role="work_group")
    assert cards(page)["楼宇覆盖率"] == ("100.0%", "1 / 1")
    assert page.locator("#pick-building option").all_inner_texts()[-1] == "桃苑1号楼"
    assert "竹苑" not in page.inner_text("main")
