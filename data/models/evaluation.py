"""Evaluation and support: support needs (sensitive), ratings, awards, publications."""

from datetime import date, datetime

from sqlalchemy import Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import Contract, choice, column

RATER_GROUPS = ("自评", "学生", "学院", "部门", "专家")
SUPPORT_CATEGORIES = ("学业困难", "就业困难", "经济困难", "心理困惑")


class SupportNeed(Contract):
    """重点群体：敏感信息，页面上只有抑制后的人数。"""

    title = "重点群体台账"
    keeper = "学院"
    __tablename__ = "support_need"

    student_id: Mapped[str] = column("学号", "", ForeignKey("campus.student.id"), primary_key=True)
    term_id: Mapped[str] = column(
        "学期编号", "", ForeignKey("campus.term.id"), primary_key=True, index=True
    )
    category: Mapped[str] = column(
        "类别", "", choice("support_category", *SUPPORT_CATEGORIES), primary_key=True
    )


class Rating(Contract):
    """人工评分：评分人对一个单位的一项指标打分，附依据。"""

    title = "人工评分台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "rating"

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    term_id: Mapped[str] = column("学期编号", "", ForeignKey("campus.term.id"), index=True)
    indicator: Mapped[str] = column("指标编码", "", String(64))
    building_id: Mapped[str | None] = column("楼宇编号", "", ForeignKey("campus.building.id"))
    college_id: Mapped[str | None] = column("学院编号", "", ForeignKey("campus.college.id"))
    rater: Mapped[str] = column("评分人", "", String(32))
    rater_group: Mapped[str | None] = column(
        "评分人类别",
        "评价方案给各类评分人不同权重时按它分组",
        choice("rater_group", *RATER_GROUPS),
        aliases=("评分人类型", "评价主体"),
    )
    score: Mapped[float] = column("得分", "", Float, unit="分")
    evidence: Mapped[str | None] = column("评价依据", "", String(512))
    rated: Mapped[datetime] = column("评分时间", "")


class Award(Contract):
    """获奖与荣誉。"""

    title = "获奖台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "award"

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    name: Mapped[str] = column("奖项名称", "", String(96))
    level: Mapped[str] = column("级别", "", choice("award_level", "校级", "市级", "省级", "国家级"))
    day: Mapped[date] = column("获奖日期", "", index=True)
    building_id: Mapped[str | None] = column("楼宇编号", "", ForeignKey("campus.building.id"))
    college_id: Mapped[str | None] = column("学院编号", "", ForeignKey("campus.college.id"))
    organisation_id: Mapped[str | None] = column(
        "党团组织编号", "", ForeignKey("campus.party_organisation.id")
    )


class Publication(Contract):
    """经验做法报送与发表。"""

    title = "经验报送台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "publication"

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    title_text: Mapped[str] = column("标题", "", String(128))
    channel: Mapped[str] = column("发布渠道", "如 高校思政网", String(64))
    day: Mapped[date] = column("发布日期", "", index=True)
    building_id: Mapped[str | None] = column("楼宇编号", "", ForeignKey("campus.building.id"))
    college_id: Mapped[str | None] = column("学院编号", "", ForeignKey("campus.college.id"))
