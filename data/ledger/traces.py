"""Door, gate, face and location logs: what tells them, and why they are never taken in."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from data.errors import DashboardError
from data.ledger.meaning.grid import Header
from data.ledger.meaning.recognising import Layout, recognise
from data.ledger.meaning.wording import compact, is_empty, shown
from data.ledger.problem import letters
from data.ledger.sheet import Book, Cell, Sheet

INSTEAD = "要登记谁参加了活动，请导入这场活动自己的签到名单（学号和签到时间）"
COORDINATES = "经纬度坐标"
ATTENDANCE = "attendance"
_LOG = r"(?:记录|日志|流水|明细|数据|名单|报表|统计表?)(?!安全|分析|库|讲座|培训|大赛|竞赛)"
_BETWEEN = (
    r"(?:系统|平台|设备|管理|学生|人员|宿舍|公寓|刷卡|通行|出入|进出|考勤|识别|比对|签到|打卡"
    r"|校|楼|导出|原始|异常|情况|的|\d)*"
)


@dataclass(frozen=True)
class Trace:
    """A kind of log that is not taken in.

    `headings` are looked for in a column's heading, `titles` in names of files and sheets and in
    what stands above a header, `cells` where a column names a device, a place or a method.
    """

    kind: str
    reason: str
    headings: re.Pattern[str]
    titles: re.Pattern[str]
    cells: re.Pattern[str]
    of_things: bool = False  # a building has coordinates too: only beside people they are a track


def _log_of(words: str, english: str) -> re.Pattern[str]:
    """A title that says it is such a log, or nothing but such a word; not one that is about it."""
    logs = rf"\b(?:{english})[ _-]*(?:logs?|records?|events?|history)\b"
    return re.compile(rf"(?:{words}){_BETWEEN}{_LOG}|(?:{words})$|{logs}")


_GATE = r"门禁|闸机|道闸|通道闸"
_FACE = r"人脸|刷脸|抓拍|人像"
_TRACK = (
    r"行踪|(?<!成长)(?<!发展)轨迹|(?<!功能)(?<!目标)(?<!职业)(?<!品牌)(?<!角色)定位|基站|信令|gps"
)
TRACES = (
    Trace(
        "门禁、闸机的出入记录",
        "谁在何时进出哪里属于行踪轨迹，是敏感个人信息，看社区建设用不着，本系统按设计不收",
        re.compile(
            rf"{_GATE}|^通道|通行(?!证)|进出(?!口)|出入(?!境)|[晚未]归(?!人数)|归寝"
            r"|[进出开]门|[进出入][校楼](?:时间|方向)"
            r"|^(?:door|gate|turnstile|entrance|access ?point|in ?out)(?: ?(?:name|no|id))?$"
        ),
        _log_of(rf"{_GATE}|出入|进出|通行|晚归|未归|归寝", "access|door|gate|turnstile"),
        re.compile(rf"{_GATE}|turnstile|\bgate\b|access ?control"),
    ),
    Trace(
        "人脸识别、抓拍记录",
        "人脸是生物识别信息，属于敏感个人信息，本系统按设计不收",
        re.compile(
            rf"{_FACE}|^相似度|比对|活体|识别(?:时间|结果|方式|照片|图片|设备|相机|记录|分数|率)"
            r"|(?<!to )\bface\b(?![ -]to)|\bsnapshot\b|\bsimilarity\b"
        ),
        _log_of(_FACE, "face|face ?recognition"),
        re.compile(rf"{_FACE}|摄像头|\bface\b|\bcamera\b"),
    ),
    Trace(
        "定位、轨迹记录",
        "人在哪里属于行踪轨迹，是敏感个人信息，本系统按设计不收",
        re.compile(
            rf"{_TRACK}|[经纬]度|坐标|wi-?fi|wlan|b?ssid|^mac$|mac ?(?:地址|address)"
            r"|^ap(?: ?(?:名称|编号|mac|name))?$|^(?:lat|lng|lon|latitude|longitude|geolocation)$"
        ),
        _log_of(rf"{_TRACK}|wi-?fi", "location|gps|track|wi-?fi"),
        re.compile(rf"{_TRACK}|wi-?fi|wlan"),
        of_things=True,
    ),
)
"""The one place where it is declared what is refused, with the reason that is given."""

_GATES, _FACES, _TRACKS = TRACES
_PEOPLE = re.compile(
    r"学号|工号|学工号|卡号|一卡通|姓名|人员|用户|账号|持卡|学生|辅导员|手机"
    r"|student|\bname\b|card|user|person|phone"
)
_WHERE = re.compile(
    r"设备|终端|读卡器|机具|位置|地点|地址|场所|方式|来源|device|terminal|reader|location|place|method"
)
_WAY = re.compile(r"方向|类型|事件|动作|状态|direction|type|event|action")
_IN_OUT = frozenset((
    "进", "出", "入", "进门", "出门", "进入", "离开", "进校", "出校", "入校", "进楼", "出楼",
    "in", "out", "entry", "exit",
))  # fmt: skip
_POINT = re.compile(r"-?\d{1,3}\.\d{2,}[°NSEW]?[,，;；/\s]+-?\d{1,3}\.\d{2,}")


class RefusedByDesign(DashboardError):
    """A log of where people were: not read, not kept."""


def refuse(book: Book, headers: Mapping[int, Header]) -> None:
    """RefusedByDesign where a file is such a log; `headers` are those of sheets, by place, that
    are read as sign-in lists. Every sheet is looked at, hidden ones too.
    """
    _titled(book.name, f"文件名“{book.name}”", _stem(book.name))
    for place, sheet in enumerate(book.sheets):
        _titled(book.name, f"工作表名“{sheet.name}”", sheet.name)
        _sheet(book.name, sheet, headers.get(place))


def _stem(name: str) -> str:
    """A file's name without its ending and the dates and numbers behind it."""
    return "、".join(re.sub(r"[\d\-_.()（） ]+$", "", PurePath(n).stem) for n in name.split("、"))


def _titled(book: str, where: str, text: str) -> None:
    for trace in TRACES:
        if any(trace.titles.search(form) for form in _forms(text)):
            raise _refusal(book, where, trace)


def _sheet(book: str, sheet: Sheet, signing: Header | None) -> None:
    layout = recognise(sheet)
    known = isinstance(layout, Layout) and not signing
    header = signing or (layout.header if isinstance(layout, Layout) else None)
    top, bottom = (header.top, header.bottom) if header else _first(sheet)
    for _, _, text in _headings(sheet, 0, top - 1):
        _titled(book, f"工作表“{sheet.name}”的标题“{text}”", text)
    headings = list(_headings(sheet, top, bottom))
    people = any(_PEOPLE.search(form) for _, _, text in headings for form in _forms(text))
    for row, column, text in headings:
        found = _told_by(text, people=people, known=known)
        if found:
            where = f"工作表“{sheet.name}”{letters(column + 1)}{row + 1} 的列名“{text}”"
            raise _refusal(book, where, found)
    told = isinstance(layout, Layout) and layout.table != ATTENDANCE
    if people and (signing or not told):
        _values(book, sheet, bottom, headings)


def _told_by(heading: str, *, people: bool, known: bool) -> Trace | None:
    """What a heading gives away. A ledger of ours without people may say which doors are locked."""
    for trace in TRACES:
        if people or not (known or trace.of_things):
            forms = {*_forms(heading), *(f.replace("/", "") for f in _forms(heading))}
            if any(trace.headings.search(form) for form in forms):
                return trace
    return None


def _first(sheet: Sheet) -> tuple[int, int]:
    """The first row that could be a header where no ledger of ours is recognised."""
    for number, row in enumerate(sheet.rows[:30]):
        texts = {cell for cell in row if isinstance(cell, str) and not is_empty(cell)}
        if len(texts) > 1 and not all(":" in compact(text) for text in texts):
            return number, number
    return 0, -1


def _headings(sheet: Sheet, top: int, bottom: int) -> Iterator[tuple[int, int, str]]:
    for number in range(top, bottom + 1):
        for column, cell in enumerate(sheet.rows[number]):
            if isinstance(cell, str) and not is_empty(cell):
                yield number, column, shown(cell)


def _values(book: str, sheet: Sheet, bottom: int, headings: list[tuple[int, int, str]]) -> None:
    for _, column, text in headings:
        forms = _forms(text)
        if any(_WHERE.search(form) for form in forms):
            _places(book, sheet, bottom, column, text)
        if any(_WAY.search(form) for form in forms):
            _ways(book, sheet, bottom, column, text)


def _places(book: str, sheet: Sheet, bottom: int, column: int, heading: str) -> None:
    """A door's own reader, a camera, coordinates: only what gives them away is quoted."""
    for number, cell in _below(sheet, bottom, column):
        where = f"工作表“{sheet.name}”{letters(column + 1)}{number + 1}({heading})的"
        if _POINT.search(shown(cell)):
            raise _refusal(book, f"{where}{COORDINATES}", _TRACKS)
        for trace in TRACES:
            found = next(filter(None, map(trace.cells.search, _forms(shown(cell)))), None)
            if found:
                raise _refusal(book, f"{where}“{found[0]}”", trace)


def _ways(book: str, sheet: Sheet, bottom: int, column: int, heading: str) -> None:
    said = {compact(shown(cell)).casefold() for _, cell in _below(sheet, bottom, column)}
    if said and said <= _IN_OUT:
        where = f"工作表“{sheet.name}”{letters(column + 1)} 列({heading})的“{min(said)}”"
        raise _refusal(book, where, _GATES)


def _below(sheet: Sheet, bottom: int, column: int) -> Iterator[tuple[int, Cell]]:
    for number in range(bottom + 1, len(sheet.rows)):
        row = sheet.rows[number]
        if column < len(row) and not is_empty(row[column]):
            yield number, row[column]


def _forms(text: str) -> tuple[str, str]:
    """Without blanks for Chinese, with them for English words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return compact(text).casefold(), " ".join(plain.replace("_", " ").split())


def _refusal(book: str, where: str, trace: Trace) -> RefusedByDesign:
    return RefusedByDesign(
        f"“{book}”没有导入，也没有保留：{where}说明这是{trace.kind}。{trace.reason}；{INSTEAD}。"
    )
