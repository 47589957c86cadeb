"""Time: terms with their teaching weeks and holidays, and key dates (关键节点)."""

from datetime import date

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import Contract, choice, column


class Term(Contract):
    """学期：报表按学期、学年或自然年取数。"""

    title = "学期台账"
    keeper = "教务部"
    __tablename__ = "term"

    id: Mapped[str] = column("学期编号", "如 2025-2026-1", String(16), primary_key=True)
    name: Mapped[str] = column("学期名称", "", String(64), aliases=("学期",))
    academic_year: Mapped[str] = column("学年", "如 2025-2026", String(16))
    starts: Mapped[date] = column("开始日期", "")
    ends: Mapped[date] = column("结束日期", "含当日；学期之间不重叠")
    teaching_starts: Mapped[date] = column("教学开始日期", "第一教学周的星期一")
    teaching_weeks: Mapped[int] = column("教学周数", "", Integer, unit="周")


class Holiday(Contract):
    """节假日：不计入教学日。"""

    title = "节假日台账"
    keeper = "教务部"
    __tablename__ = "holiday"

    term_id: Mapped[str] = column("学期编号", "", ForeignKey("campus.term.id"), primary_key=True)
    name: Mapped[str] = column("节假日名称", "", String(32), primary_key=True)
    starts: Mapped[date] = column("开始日期", "")
    ends: Mapped[date] = column("结束日期", "含当日")


class KeyNode(Contract):
    """关键节点：开学、考试周、节假日前后、毕业离校等时间窗口。"""

    title = "关键节点台账"
    keeper = "学生工作部"
    __tablename__ = "key_node"

    id: Mapped[str] = column("节点编号", "", String(32), primary_key=True)
    term_id: Mapped[str] = column("学期编号", "", ForeignKey("campus.term.id"), index=True)
    name: Mapped[str] = column("节点名称", "", String(64), aliases=("关键节点",))
    kind: Mapped[str] = column(
        "节点类别",
        "",
        choice("key_node_kind", "开学", "考试", "节假日", "毕业", "招聘", "心理", "天气", "其他"),
    )
    starts: Mapped[date] = column("开始日期", "")
    ends: Mapped[date] = column("结束日期", "含当日")
