"""Which column of a sign-in list is which, whatever wrote it: card reader, form, 易班, 学习通."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from data.ledger.meaning.grid import Header, headers, titles
from data.ledger.meaning.wording import compact, heading_form
from data.ledger.sheet import Sheet

SIGN_IN, SIGN_IN_TITLE = "sign_in", "签到名单"
"""What a sign-in list is called where the table of a sheet is chosen."""


class Use(Enum):
    """What a column of a sign-in list is for."""

    NUMBER = "number"
    TIME = "time"
    DAY = "day"
    STATE = "state"
    NAME = "name"
    ACTIVITY = "activity"
    ACTIVITY_NAME = "activity_name"


# What comes first is taken where a list has several: 学工号 rather than the number of the card.
HEADINGS: Mapping[Use, tuple[str, ...]] = {
    Use.NUMBER: (
        "学号", "学生学号", "学工号", "学号工号", "工号学号", "人员编号", "studentid", "studentno",
        "studentnumber", "studentidnumber", "一卡通号", "校园卡号", "卡号", "账号", "cardno",
        "cardnumber",
    ),
    Use.TIME: (
        "签到时间", "签到时刻", "签入时间", "刷卡时间", "打卡时间", "扫码时间", "读卡时间",
        "报到时间", "到场时间", "签到日期时间", "提交答卷时间", "signintime", "signedin",
        "signedinat", "checkintime", "checkin", "timestamp", "时间戳", "时间戳记",
        "提交时间", "完成时间", "completiontime", "考勤时间", "记录时间", "日期时间", "时间",
        "time",
    ),
    Use.DAY: ("签到日期", "刷卡日期", "打卡日期", "日期", "date"),
    Use.STATE: (
        "签到状态", "签到情况", "签到结果", "是否签到", "到场情况", "出勤状态", "出勤情况",
        "考勤状态", "考勤结果", "状态", "signinstatus", "checkinstatus", "status", "attendance",
    ),
    Use.NAME: ("姓名", "学生姓名", "名字", "真实姓名", "name", "fullname", "studentname"),
    Use.ACTIVITY: ("活动编号", "activityid", "activityno"),
    Use.ACTIVITY_NAME: ("活动名称", "活动", "签到活动", "活动主题", "activity", "activityname"),
}  # fmt: skip
WEAK = frozenset((
    "提交时间", "完成时间", "completiontime", "考勤时间", "记录时间", "日期时间", "时间", "time",
    "日期", "date", "出勤状态", "出勤情况", "考勤状态", "考勤结果", "状态", "status", "attendance",
))  # fmt: skip
"""Headings that other ledgers have too: alone they make no sign-in list."""
_OPINION = re.compile(r"满意度|评分|打分|评价|score|rating")
_QUESTION = re.compile(r"^(?:q?\d+[、.．:)])?(?:请(?:填写|输入|选择|问))?(?:您|你)?的?")
_SAYS_SO = re.compile(r"签到|sign-?in|check-?in", re.IGNORECASE)
_LEDGER = "活动参与"
_OWN = frozenset((Use.ACTIVITY, Use.NUMBER, Use.TIME))


@dataclass(frozen=True)
class Columns:
    """Where a list's header stands, and the zero-based place and heading of what it holds."""

    header: Header
    at: Mapping[Use, tuple[int, str]]
    titles: tuple[str, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings of columns that are not read."""
        used = {index for index, _ in self.at.values()}
        every = enumerate(self.header.headings)
        return tuple(heading for index, heading in every if heading and index not in used)


def sign_in_list(sheet: Sheet, book: str, *, told: bool) -> Columns | None:
    """How to read a sheet as a sign-in list; None where it is none. `told`: somebody says it is.

    The attendance ledger itself (活动编号, 学号, 签到时间 and nothing else) is not one.
    """
    best = max(_read(sheet), key=_worth, default=None)
    if best is None or Use.NUMBER not in best.at:
        return None
    if told:
        return best
    said = compact("\n".join((book, sheet.name, *best.titles)))
    if _LEDGER in said or _is_the_ledger(best) or any(map(_OPINION.search, best.header.headings)):
        return None
    strong = [use for use, (_, h) in best.at.items() if heading(h) not in WEAK]
    signs = {Use.TIME, Use.STATE} & {*(best.at if _SAYS_SO.search(said) else strong)}
    return best if signs else None


def heading(text: str) -> str:
    """A heading as HEADINGS spells it: `1、您的学号` is 学号, `Student ID` is studentid."""
    plain = heading_form(text).casefold().rstrip("?？:：").replace("-", "").replace("_", "")
    return _QUESTION.sub("", plain.replace("/", "").replace("(", "").replace(")", "")) or plain


def _read(sheet: Sheet) -> Iterator[Columns]:
    for header in headers(sheet):
        ranks: dict[Use, tuple[int, int, str]] = {}
        for index, text in enumerate(header.headings):
            # 学(工)号 has its bracket inside; 学号(必填) behind.
            forms = (heading(text), heading(compact(text).replace("(", "").replace(")", "")))
            for use, known in HEADINGS.items():
                rank = min((known.index(f) for f in forms if f in known), default=-1)
                if rank >= 0 and (use not in ranks or rank < ranks[use][0]):
                    ranks[use] = (rank, index, text)
        at = {use: (index, text) for use, (_, index, text) in ranks.items()}
        if at:
            yield Columns(header, at, titles(sheet, header))


def _worth(columns: Columns) -> tuple[bool, int, int, int]:
    """More columns first, then the shallower and the earlier header."""
    header = columns.header
    return (
        Use.NUMBER in columns.at,
        len(columns.at),
        header.top - header.bottom,
        -header.bottom,
    )


def _is_the_ledger(columns: Columns) -> bool:
    filled = sum(map(bool, columns.header.headings))
    own = _OWN & columns.at.keys()
    return {Use.ACTIVITY, Use.NUMBER} <= own and len(own) == filled
