"""Logs of doors, gates, faces and places are refused with a reason; what is like them is not."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from data.ledger.files.reading import read
from data.ledger.giving.sign_in import sign_in_template
from data.ledger.giving.template import template
from data.ledger.sheet import Book
from data.ledger.signing.columns import sign_in_list
from data.ledger.tables import tables
from data.ledger.traces import COORDINATES, INSTEAD, TRACES, RefusedByDesign, refuse
from data.models.contract import ledger
from tests.data.ledger.spreadsheets import saved, xlsx

GATE, FACE, TRACK = TRACES
PERSON: list[Any] = ["2026001", "张三", "2026-11-18 19:05"]
HEAD = ["学号", "姓名", "签到时间"]


def put(sheets: Mapping[str, Any], name: str = "名单.xlsx") -> Book:
    """A file as it is read."""
    return read(name, xlsx(sheets))


def judged(book: Book) -> None:
    """Refused or not, as an import does it."""
    lists = {n: sign_in_list(s, book.name, told=False) for n, s in enumerate(book.sheets)}
    refuse(book, {n: found.header for n, found in lists.items() if found})


def told(book: Book) -> str:
    """The sentence of the refusal."""
    with pytest.raises(RefusedByDesign) as refused:
        judged(book)
    return str(refused.value)


def with_column(heading: str, *cells: Any) -> Book:
    """A sign-in list with one more column."""
    rows = [[*PERSON, cell] for cell in cells or ("值",)]
    return put({"Sheet1": [[*HEAD, heading], *rows]})


GATES = (
    "门禁点", "门禁时间", "闸机", "闸机编号", "道闸", "通道", "通道名称", "通行时间", "通行方向",
    "进出方向", "进/出", "进出类型", "出入时间", "出入口", "晚归", "晚归次数", "是否未归",
    "归寝时间", "开门方式", "进楼时间", "出校时间", "入校时间", "Door", "Door Name", "Gate",
    "Turnstile", "Access Point", "In/Out",
)  # fmt: skip
FACES = (
    "人脸", "人脸照片", "人脸相似度", "相似度", "抓拍照片", "抓拍时间", "刷脸时间", "识别时间",
    "识别方式", "识别照片", "比对结果", "活体检测", "Face ID", "Face Score", "Similarity",
)  # fmt: skip
TRACKS = (
    "经度", "纬度", "经纬度", "GPS", "GPS坐标", "坐标", "定位", "签到定位", "定位地址", "轨迹",
    "基站", "基站编号", "信令", "WiFi", "Wi-Fi名称", "WLAN", "SSID", "BSSID", "MAC", "MAC地址",
    "AP", "AP名称", "AP MAC", "Latitude", "lng",
)  # fmt: skip


@pytest.mark.parametrize(
    ("trace", "heading"),
    [(t, h) for t, many in zip(TRACES, (GATES, FACES, TRACKS), strict=True) for h in many],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_heading_gives_it_away(trace: Any, heading: str) -> None:
    said = told(with_column(heading))
    assert f"工作表“Sheet1”D1 的列名“{heading}”说明这是{trace.kind}" in said
    assert trace.reason in said
    assert INSTEAD in said


@pytest.mark.parametrize(
    "heading",
    [
        "签到地点", "签到位置", "设备", "终端", "刷卡时间", "打卡时间", "刷卡机", "方式", "来自IP",
        "识别码", "绿色通道", "办理通道", "成长轨迹", "职业定位", "论文相似度",
        "晚归人数", "查寝日期", "通行证编号", "出入境情况", "进出口专业", "专业方向", "备注",
        "是否住宿", "热点话题", "收入支出", "方位", "Face to face", "Map", "Platform",
        "Gateway city", "Delegate", "Happy", "Machine", "方向",
    ],
)  # fmt: skip
def test_a_heading_that_is_only_like_it_does_not(heading: str) -> None:
    judged(with_column(heading, "活动中心签到机2", "图书馆报告厅"))


@pytest.mark.parametrize(
    ("heading", "cell", "quoted", "trace"),
    [
        ("设备名称", "3号楼门禁", "门禁", GATE),
        ("终端", "东门闸机01", "闸机", GATE),
        ("签到地点", "南门道闸", "道闸", GATE),
        ("刷卡设备", "Gate 3", "gate", GATE),
        ("验证方式", "人脸", "人脸", FACE),
        ("设备", "大厅抓拍机", "抓拍", FACE),
        ("来源", "WiFi探针", "wifi", TRACK),
    ],
)
def test_a_device_gives_it_away(heading: str, cell: str, quoted: str, trace: Any) -> None:
    said = told(with_column(heading, "签到机2", cell))
    assert f"工作表“Sheet1”D3({heading})的“{quoted}”说明这是{trace.kind}" in said
    assert cell not in said or cell == quoted


@pytest.mark.parametrize(
    "cell", ["117.1523,34.2146", "(34.2146° 117.1523)", "徐州 34.2146，117.15"]
)
def test_coordinates_are_refused_and_not_repeated(cell: str) -> None:
    said = told(with_column("签到地点", "图书馆", cell))
    assert COORDINATES in said
    assert "34.2146" not in said


def test_in_and_out_are_a_gate_and_signing_in_and_out_are_not() -> None:
    assert "的“in”说明这是" in told(with_column("方向", "in", "OUT"))
    assert GATE.kind in told(with_column("事件", "进门", "出门"))
    judged(with_column("类型", "签到", "签退"))
    judged(with_column("类型", "进", "签到"))


TITLES = (
    (GATE, "门禁记录"), (GATE, "学生公寓门禁系统导出数据"), (GATE, "闸机通行流水"),
    (GATE, "出入记录"), (GATE, "晚归学生名单"), (GATE, "学生进出校记录"),
    (GATE, "3号楼门禁"), (GATE, "access_log"),
    (GATE, "Door records"), (FACE, "人脸识别记录"), (FACE, "刷脸签到明细"), (FACE, "抓拍数据"),
    (TRACK, "学生轨迹"), (TRACK, "手机定位记录"), (TRACK, "WiFi日志"), (TRACK, "location history"),
)  # fmt: skip


@pytest.mark.parametrize(("trace", "title"), TITLES, ids=[t for _, t in TITLES])
def test_names_of_files_and_sheets_and_titles_give_it_away(trace: Any, title: str) -> None:
    rows = [HEAD, PERSON]
    assert f"文件名“{title}20261120.xlsx”说明这是{trace.kind}" in told(
        put({"Sheet1": rows}, f"{title}20261120.xlsx")
    )
    assert f"工作表名“{title}”说明" in told(put({"第一张": rows, title: [["x"]]}))
    assert f"的标题“{title}”说明" in told(put({"Sheet1": [[title], *rows]}))
    unknown = [[title, None], ["楼", "数"], ["桃3", 5]]
    assert f"的标题“{title}”说明" in told(put({"Sheet1": unknown}))


@pytest.mark.parametrize(
    "title",
    [
        "“人脸识别技术”讲座签到表", "门禁安全教育班会签到名单", "拒绝晚归主题班会名单",
        "出入境安全讲座签到记录", "进出口贸易讲座签到表", "资助绿色通道签到名单", "门禁改造台账",
        "定位数据分析大赛签到表", "活动签到记录", "刷卡签到名单", "Delegates log", "通行证发放名单",
        "Investigate records", "轨迹方程讲座签到表",
        "学生成长轨迹记录", "品牌定位",
    ],
)  # fmt: skip
def test_what_is_about_it_is_no_log(title: str) -> None:
    judged(put({"Sheet1": [[title], HEAD, PERSON]}, f"{title}.xlsx"))


def test_hidden_sheets_are_looked_at_too() -> None:
    book = openpyxl.load_workbook(
        BytesIO(xlsx({"签到": [HEAD, PERSON], "原始": [[*HEAD, "通道"], [*PERSON, "东门"]]}))
    )
    book["原始"].sheet_state = "hidden"
    assert "工作表“原始”D1 的列名“通道”" in told(read("名单.xlsx", saved(book)))


def test_logs_without_anybodys_number_and_unknown_ones_are_refused() -> None:
    assert GATE.kind in told(put({"Sheet1": [["闸机", "时段", "人次"], ["东门", "7:00", 90]]}))
    assert TRACK.kind in told(put({"Sheet1": [["手机", "时间", "基站"], ["138", "7:00", "B1"]]}))


def test_a_ledger_of_visits_with_a_track_is_refused() -> None:
    head = ["工号", "走访日期", "场域", "楼宇编号", "签到定位"]
    row = ["k1", "2026-11-18", "公寓", "A", "桃苑"]
    assert TRACK.kind in told(put({"走访台账": [head, row]}))
    judged(put({"走访台账": [[*head[:4], "进入", "离开"], [*row[:4], "19:00", "20:00"]]}))


def test_things_may_have_coordinates_and_doors() -> None:
    head = ["楼宇编号", "楼宇名称", "楼群编号", "居住对象", "经度", "纬度", "门禁安装时间", "WiFi"]
    judged(put({"楼宇台账": [head, ["A", "桃苑1号楼", "P", "本科生", 117.1, 34.2, "2020", "有"]]}))
    judged(put({"空间台账": [["空间编号", "空间名称", "设备"], ["s1", "研讨室", "投影、门禁"]]}))


def test_what_students_say_about_doors_is_no_log() -> None:
    head = ["学号", "提出日期", "问题类别", "问题内容", "地点"]
    row = ["2026001", "2026-11-18", "生活服务", "宿舍门禁坏了，晚归进不去", "3号楼门禁旁"]
    judged(put({"关切问题台账": [head, row]}))


@pytest.mark.parametrize("name", sorted(tables()))
def test_no_ledger_of_ours_is_refused(name: str) -> None:
    model, table = tables()[name]
    judged(read(f"{model.title}-模板.xlsx", template(name, None)))
    headings = [ledger(column).heading for column in table.columns]
    judged(put({model.title: [headings, ["x"] * len(headings)]}, f"{model.title}.xlsx"))
    aliases = [alias for column in table.columns for alias in ledger(column).aliases]
    judged(put({model.title: [[*headings, *aliases], ["x"] * len(headings + aliases)]}))


def test_the_template_of_a_list_is_one_and_is_not_refused() -> None:
    book = read("签到名单-模板.xlsx", sign_in_template())
    judged(book)
    assert sign_in_list(book.sheets[0], book.name, told=False) is not None
