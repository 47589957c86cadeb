"""Files say what the screen says: rows, order, numbers, and where they come from."""

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from tests.browser.reader import Reader, settle

pytestmark = pytest.mark.browser

TWIN = """node => [...node.querySelectorAll(".ag-center-cols-container .ag-row")]
    .sort((a, b) => a.getAttribute("row-index") - b.getAttribute("row-index"))
    .map((row) => [...row.querySelectorAll(".ag-cell")]
        .sort((a, b) => a.getAttribute("aria-colindex") - b.getAttribute("aria-colindex"))
        .map((cell) => cell.textContent))"""
STAMPED = ["标题", "筛选", "数据截至", "数据版本", "导出人", "校验码", "数据质量"]


def block(key: str) -> str:
    """The selector of a block's section."""
    return f".block[id*='\"{key}\"']"


def tool(page: Page, key: str, act: str) -> None:
    """Press a button of a block's menu."""
    page.click(f"{block(key)} .tools [id*='\"{act}\"']")


def twin(page: Page, key: str) -> list[list[str]]:
    """The rows of an open table twin as on screen."""
    settle(page)
    found: list[list[str]] = page.locator(f"{block(key)} .twin").evaluate(TWIN)
    return found


def fetched(page: Page, key: str, act: str) -> Download:
    """The file that a button of a block's menu gives."""
    with page.expect_download() as waiting:
        tool(page, key, act)
    settle(page)
    return waiting.value


def content(download: Download) -> bytes:
    """What is in it."""
    return Path(download.path()).read_bytes()


def sections(data: bytes) -> tuple[dict[str, str], list[str], list[list[str]]]:
    """The stamp, the heading and the rows of a CSV file, which begins with a byte order mark."""
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    gap = lines.index([])
    return {line[0]: line[1] for line in lines[:gap]}, lines[gap + 1], lines[gap + 2 :]


def test_the_twin_holds_the_rows_of_the_chart(reader: Reader) -> None:
    page = reader.open("/map")
    tool(page, "campus_map", "twin")
    expect(page.locator(".ag-row")).to_have_count(4)
    places = [(row[2], row[5], row[6], row[7]) for row in twin(page, "campus_map")]
    assert places == [
        ("桃苑1号楼", "1", "1", "100.0%"),
        ("桃苑2号楼", "0", "1", "0.0%"),
        ("松苑1号楼", "1", "1", "100.0%"),
        ("竹苑1号楼", "0", "1", "0.0%"),
    ]
    page.select_option("#pick-cluster", label="桃苑")
    expect(page.locator(".ag-row")).to_have_count(2)
    tool(page, "campus_map", "twin")
    expect(page.locator(".twin").first).to_be_hidden()


def test_csv_and_excel_hold_what_is_on_screen_in_its_order(reader: Reader) -> None:
    page = reader.open("/?date=2026-11-05")
    tool(page, "blind_spots", "twin")
    grid = page.locator(f"{block('blind_spots')} .twin")
    expect(grid.locator(".ag-row").first).to_be_visible()
    everything = twin(page, "blind_spots")
    grid.locator(".ag-header-cell[col-id=metric_name]").hover()
    grid.locator(".ag-header-cell[col-id=metric_name] .ag-header-cell-filter-button").click()
    page.locator(".ag-filter input[type=text] >> visible=true").first.fill("楼层")
    expect(page.locator(f"{block('blind_spots')} .twin .ag-row")).to_have_count(
        sum("楼层" in row[1] for row in everything)
    )
    page.keyboard.press("Escape")
    for _ in range(2):  # descending
        grid.locator(".ag-header-cell[col-id=place] .ag-header-cell-label").click()
    shown = twin(page, "blind_spots")
    assert 1 < len(shown) < len(everything)
    assert sorted(row[0] for row in shown) == sorted(r[0] for r in everything if "楼层" in r[1])
    assert shown == sorted(shown, key=lambda row: row[0], reverse=True)
    assert shown != [row for row in everything if "楼层" in row[1]]

    download = fetched(page, "blind_spots", "csv")
    assert download.suggested_filename == "blind_spots_all_2026-11-05.csv"
    stamp, heading, rows = sections(content(download))
    assert rows == shown
    assert heading == grid.locator(".ag-header-cell-text").all_inner_texts()
    assert list(stamp) == STAMPED
    assert stamp["标题"].startswith("覆盖盲区")
    assert "2026秋" in stamp["筛选"]
    assert (stamp["数据截至"], stamp["数据版本"], stamp["导出人"]) == ("2026-11-05", "1", "党工委")
    assert re.fullmatch("[0-9a-f]{64}", stamp["校验码"])

    book = load_workbook(io.BytesIO(content(fetched(page, "blind_spots", "xlsx"))))
    cells = list(book.active.iter_rows(values_only=True))
    assert {str(a): str(b) for a, b, *_ in cells[: len(STAMPED)]} == stamp
    assert list(cells[len(STAMPED) + 1]) == heading
    assert [[str(v) for v in row] for row in cells[len(STAMPED) + 2 :]] == shown


def test_a_closed_twin_exports_everything_with_real_numbers(reader: Reader) -> None:
    page = reader.open("/map")
    _, heading, rows = sections(content(fetched(page, "campus_map", "csv")))
    assert [row[heading.index("比率")] for row in rows] == ["100.0%", "0.0%", "100.0%", "0.0%"]
    book = load_workbook(io.BytesIO(content(fetched(page, "campus_map", "xlsx"))))
    last = list(book.active.iter_rows(values_only=True))[-1]
    assert last[heading.index("比率")] == 0
    assert last[heading.index("居住人数")] == 1


def test_pictures_are_titled_and_stamped(reader: Reader) -> None:
    page = reader.open("/map?cluster=P")
    stamp, _, _ = sections(content(fetched(page, "campus_map", "csv")))
    drawn = fetched(page, "campus_map", "svg")
    assert drawn.suggested_filename == "campus_map_P_2026-11-20.svg"
    words = re.sub("<[^>]+>", "", content(drawn).decode())
    for part in (stamp["标题"], stamp["筛选"], "数据版本 1", stamp["校验码"][:16], "桃苑"):
        assert part in words
    assert content(fetched(page, "campus_map", "png")).startswith(b"\x89PNG\r\n\x1a\n")


def test_text_blocks_give_their_table_as_a_picture(reader: Reader) -> None:
    page = reader.open("/")
    words = re.sub("<[^>]+>", "", content(fetched(page, "blind_spots", "svg")).decode())
    assert "学生社区党工委" in words
    assert "数据版本 1" in words


def test_the_number_explains_itself(reader: Reader) -> None:
    page = reader.open("/map?floor=C1&metric=room_responsibility")
    tool(page, "coverage_steps", "explain")
    panel = page.locator("#explanation")
    for part in ("责任区覆盖率", "数据版本 1", "2026秋", "分子", "分母", "不计入", "条款"):
        expect(panel).to_contain_text(part)
    assert panel.locator(".facts td.num").all_inner_texts()[:2] == ["0", "1"]  # room C11 alone
    expect(panel.locator("ol li")).to_have_count(1)
    expect(panel.locator("ol li")).to_contain_text("从未覆盖")
    page.keyboard.press("Escape")
    expect(page.locator(".offcanvas")).to_have_count(0)


def test_an_account_without_the_right_is_refused_in_a_sentence(reader: Reader) -> None:
    page = reader.open("/map", role="steward")
    for act in ("csv", "png"):
        tool(page, "campus_map", act)
        expect(page.locator("#notice")).to_contain_text("没有导出权限")
        settle(page)
