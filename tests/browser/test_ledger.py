"""A ledger with faults is refused at its cells; mended it is written, shown, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, FileChooser, FilePayload, Page, expect

from data.access.viewer import COUNSELOR, STEWARD
from data.engine import writing
from data.models.activity import Activity
from tests import databases, world
from tests.browser.reader import Browsers, Reader, settle
from tests.browser.server import Server, served, small_world
from tests.browser.test_accessibility import AXE, violations

pytestmark = pytest.mark.browser

HEADING = "楼层编号,学号,聘任日期\n"
MENDED = HEADING + "BW,b1,2026-11-19\n"
FAULTY = HEADING + "BW,b1,2026-11-19\nXX9,b1,2026-13-40\n"
AMBIGUOUS = "奖项名称,级别,获奖日期,楼宇名称\n文明楼,校级,2026-11-19,1号楼\n"
PATIENCE = 30_000


@pytest.fixture(scope="module")
def server(
    browser: Browser,  # noqa: ARG001 - where there is none, no server is needed
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """A world of its own: what is imported here must not show in other tests."""
    folder = tmp_path_factory.mktemp("ledger")
    url = small_world(f"sqlite:///{folder / 'world.db'}")
    with writing(url) as conn:
        world.rows(conn, Activity, "id name day", (71, "读书会", world.day("11-18")))
    databases.release_connections()
    with served(url, folder) as running:
        yield running


@pytest.fixture(scope="module")
def browsers(browser: Browser, server: Server) -> Browsers:
    """Where each role is signed in."""
    return Browsers(browser, server.address)


def upload(page: Page, name: str, text: str) -> None:
    """Hand in a CSV file."""
    hand_in(page, name, text)
    page.wait_for_url("**run=*")


def hand_in(page: Page, name: str, text: str) -> None:
    """Choose a file, as in the dialog of the browser."""
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
    page.set_input_files("#ledger-upload input", files=file)


def result(page: Page, words: str) -> None:
    """Wait until the run has come to an end that says these words."""
    expect(page.locator("#ledger-result")).to_contain_text(words, timeout=PATIENCE)
    settle(page)


def floor_leaders(reader: Reader) -> str:
    """Numerator and denominator on the floor-leader card."""
    page = reader.open("/", STEWARD)
    card = page.locator(".card-box", has_text="层长覆盖率")
    return card.locator(".card-count").inner_text()


def problems(page: Page) -> list[list[str]]:
    """Cell, heading and value of every problem in the list."""
    rows = page.locator("#ledger-problems .ag-center-cols-container .ag-row")
    expect(rows.first).to_be_visible()
    return [
        [row.locator(f"[col-id={name}]").inner_text() for name in ("cell", "heading", "value")]
        for row in rows.all()
    ]


def test_faults_are_shown_at_their_cells_then_mended_written_and_undone(reader: Reader) -> None:
    assert "2 / 7" in floor_leaders(reader)
    page = reader.open("/ledger", STEWARD)
    upload(page, "层长.csv", FAULTY)
    result(page, "2 处问题，什么也没有写入")
    assert sorted(problems(page)) == [["A3", "楼层编号", "XX9"], ["C3", "聘任日期", "2026-13-40"]]
    assert page.evaluate("document.activeElement.id") == "ledger-result"
    for link, name in (("problems", "层长_问题.txt"), ("marked", "层长_已标注.xlsx")):
        with page.expect_download() as waiting:
            page.click(f"a[href^='/ledger/{link}']")
        assert waiting.value.suggested_filename == name
        assert Path(waiting.value.path()).stat().st_size > 100

    upload(page, "层长.csv", MENDED)
    result(page, "预览")
    assert page.locator(".ledger-tiles b").all_inner_texts() == ["1", "0", "0", "0"]
    expect(page.locator(".ledger-value", has_text="学号")).to_contain_text("b1")
    page.get_by_role("button", name="写入：新增 1、修改 0、删除 0").click()
    result(page, "数据版本 2")
    expect(page.locator("#badges")).to_contain_text("版本 2")
    assert "3 / 7" in floor_leaders(reader)

    page = reader.open("/ledger", STEWARD)
    upload(page, "层长.csv", MENDED)
    result(page, "没有要写入的")

    asked = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", agree)
    page.click("#ledger-history button")
    expect(page.locator("#badges")).to_contain_text("版本 3", timeout=PATIENCE)
    expect(page.locator("#ledger-history")).to_contain_text("已撤销")
    assert "新增 1" in asked[0]
    assert "2 / 7" in floor_leaders(reader)


def test_a_file_that_is_no_ledger_or_too_large_is_refused_in_a_sentence(reader: Reader) -> None:
    page = reader.open("/ledger", STEWARD)
    upload(page, "层长.xlsx", "MZ\x90")
    result(page, "什么也没有写入")
    page = reader.open("/ledger", STEWARD)
    page.evaluate("document.getElementById('ledger-drop').dataset.limit = '10'")
    hand_in(page, "大.csv", HEADING)
    expect(page.locator("#ledger-too-large")).to_contain_text("没有上传")
    assert page.url.endswith("/ledger")


def test_axe_finds_nothing_serious_where_names_are_asked_about(reader: Reader) -> None:
    page = reader.open("/ledger", STEWARD, bypass_csp=True)
    upload(page, "楼宇.csv", AMBIGUOUS)
    result(page, "请指明这些名称是哪一个")
    page.click(".ledger summary")
    page.evaluate(AXE.read_text("utf-8"))
    assert violations(page) == []
    page.click("#theme-switch")
    assert violations(page) == []
    page.select_option(".ledger-questions select", "A")
    page.click(".ledger-questions button")
    result(page, "预览")
    assert violations(page) == []
    page.get_by_role("button", name="放弃").click()
    result(page, "已取消，什么也没有写入")


SIGNED = (
    "学工号,姓名,刷卡时间\na1,学生a1,2026-11-18 19:05\na2,学生a2,2026-11-18 19:06\n"
    "a1,学生a1,2026-11-18 19:30\nT017,来宾,2026-11-18 19:07\n"
)
GATE = "卡号,时间,通道,方向\n1,2026-11-18 7:00,东门,进\n"


def tiles(page: Page) -> list[str]:
    """People matched, rows unmatched, repeated sign-ins, rows of who did not come."""
    return page.locator(".ledger-lists .ledger-tiles b").all_inner_texts()


def test_a_sign_in_list_says_who_matched_and_is_written_when_the_rest_may_stay_out(
    reader: Reader,
) -> None:
    page = reader.open("/ledger", STEWARD, bypass_csp=True)
    expect(page.locator("#ledger-activities option")).to_have_count(1)
    offered = page.locator("#ledger-activities option").first
    assert offered.get_attribute("value") == "71 2026-11-18 读书会"
    assert offered.get_attribute("label") == "还没有名单"
    page.fill("#ledger-activity", "71 2026-11-18 读书会")
    upload(page, "刷卡.csv", SIGNED)
    result(page, "请选定这些怎么算")
    assert tiles(page) == ["2", "1", "1", "0"]
    expect(page.locator(".ledger-reasons")).to_have_text("没有这个学号的学生：1 行")
    expect(page.locator("#ledger-activity")).to_have_value("")
    page.evaluate(AXE.read_text("utf-8"))
    assert violations(page) == []
    page.select_option(".ledger-questions select", label="不写入这 1 行，其余 2 人照写")
    page.click(".ledger-questions button")
    result(page, "预览")
    assert tiles(page) == ["2", "1", "1", "0"]
    for link, name in (("problems", "刷卡_问题.txt"), ("marked", "刷卡_已标注.xlsx")):
        with page.expect_download() as waiting:
            page.click(f"a[href^='/ledger/{link}']")
        assert waiting.value.suggested_filename == name
    page.get_by_role("button", name="写入：新增 2、修改 0、删除 0").click()
    result(page, "已写入")
    expect(page.locator(".ledger-lists")).to_contain_text("逐行的内容已随文件清除")
    assert "学生a1" not in page.locator(".ledger").inner_text()

    page = reader.open("/ledger", STEWARD)
    expect(page.locator("#ledger-activities option")).to_have_attribute("label", "")
    page.fill("#ledger-activity", "读书")
    hand_in(page, "刷卡.csv", SIGNED)
    expect(page.locator("#ledger-refusal")).to_contain_text("请从列表里选，或者填活动编号")


def test_a_gate_log_is_refused_with_the_reason(reader: Reader) -> None:
    page = reader.open("/ledger", STEWARD)
    expect(page.locator(".ledger-sign-in")).to_contain_text("门禁、闸机、人脸、定位记录不收")
    expect(page.locator(".ledger-sign-in a[href='/help']")).to_be_visible()
    upload(page, "东门.csv", GATE)
    result(page, "C1 的列名“通道”说明这是门禁、闸机的出入记录")
    expect(page.locator("#ledger-result")).to_contain_text("请导入这场活动自己的签到名单")
    expect(page.locator("#ledger-result a")).to_have_count(0)


def test_templates_come_by_keyboard(reader: Reader) -> None:
    page = reader.open("/ledger", STEWARD)
    asked: list[FileChooser] = []
    page.on("filechooser", lambda chooser: asked.append(chooser))  # noqa: PLW0108 - it is marked
    settle(page)  # listening begins in the browser a moment later
    page.focus("#ledger-upload button")
    page.keyboard.press("Enter")
    expect(page.locator("#ledger-upload button")).to_be_focused()
    settle(page)
    assert len(asked) == 1
    page.focus(".ledger summary")
    page.keyboard.press("Enter")
    page.focus("a[href='/ledger/template/floor_leader.xlsx']")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "党员层长台账模板.xlsx"


def test_a_counselor_finds_no_import(reader: Reader) -> None:
    page = reader.open("/ledger", COUNSELOR)
    expect(page.locator("h1")).to_have_text("台账")
    expect(page.locator("#ledger-upload")).to_have_count(0)
    reader.expected.append("status: 403|status of 40[34]")  # bare text has no icon either
    answered = page.goto(page.url + "/template/floor_leader.xlsx")
    assert answered is not None
    assert (answered.status, answered.text()) == (403, "只有数据管理员可以导入台账。")
