"""Forces: how counselors are to work, their visits, concerns, engagement of leaders and experts."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import CAMPUS, Contract, choice, column

MET = ("谈话", "在寝", "随堂")
CARRIERS = ("领导面对面", "教授沙龙", "导师有约", "春晖工作站")
ENGAGED = ("领导干部", "专家学者", "研究生导师", "专职思政干部", "五老")


class MethodSetting(Contract):
    """44023 工作设定：文件只定下四时段、40 分钟、2 场域、3 个全覆盖，其余由学校按学期设定。"""

    title = "44023 工作设定台账"
    keeper = "学生工作部"
    __tablename__ = "method_setting"

    term_id: Mapped[str] = column("学期编号", "", ForeignKey("campus.term.id"), primary_key=True)
    noon_starts: Mapped[time | None] = column("中午开始", "此前为上午；空为 12:00")
    afternoon_starts: Mapped[time | None] = column("下午开始", "空为 14:00")
    evening_starts: Mapped[time | None] = column("晚上开始", "空为 18:00")
    minutes: Mapped[int | None] = column("每次时长", "空为 40", Integer, unit="分钟")
    response_days: Mapped[int | None] = column(
        "首次答复时限", "从提出次日起算的工作日；空为 3", Integer, unit="个工作日"
    )
    students_per_counselor: Mapped[int | None] = column(
        "师生比", "一名辅导员带多少名学生；空为 200", Integer, unit="人"
    )
    student_target: Mapped[float | None] = column("学生覆盖目标", "0–1；空为 1", Float)
    slot_target: Mapped[float | None] = column("时段覆盖目标", "0–1；空为 1", Float)
    field_target: Mapped[float | None] = column("两场域覆盖目标", "0–1；空为 1", Float)
    node_target: Mapped[float | None] = column("关键节点覆盖目标", "0–1；空为 1", Float)
    response_target: Mapped[float | None] = column("按时答复目标", "0–1；空为 1", Float)
    closed_target: Mapped[float | None] = column("闭环目标", "0–1；空为 1", Float)
    group_target: Mapped[float | None] = column("重点群体联系目标", "0–1；空为 1", Float)


class Visit(Contract):
    """辅导员走访：44023 的一次深入公寓、课堂或实验室。"""

    title = "走访台账"
    keeper = "学院"
    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_counselor_day", "counselor_id", "day"),
        Index("ix_visit_day", "day"),
        CAMPUS,
    )

    id: Mapped[int] = column("走访编号", "", BigInteger, primary_key=True, autoincrement=False)
    counselor_id: Mapped[str] = column("工号", "", ForeignKey("campus.counselor.id"))
    day: Mapped[date] = column("走访日期", "", aliases=("日期",))
    starts: Mapped[time | None] = column("开始时间", "", aliases=("进入时间",))
    ends: Mapped[time | None] = column("结束时间", "未登记离开时为空", aliases=("离开时间",))
    venue: Mapped[str] = column("场域", "", choice("visit_venue", "公寓", "课堂", "实验室"))
    building_id: Mapped[str | None] = column(
        "楼宇编号", "公寓走访填写", ForeignKey("campus.building.id")
    )
    place: Mapped[str | None] = column("地点", "课堂、实验室的地点", String(64))
    topic: Mapped[str | None] = column("走访主题", "", String(64))
    entered: Mapped[datetime | None] = column("录入时间", "用于识别事后批量补录")


class VisitRoom(Contract):
    """走访经过的房间：一次走访多间。"""

    title = "走访房间台账"
    keeper = "学院"
    __tablename__ = "visit_room"
    __table_args__ = ({**CAMPUS, "sqlite_with_rowid": False},)

    visit_id: Mapped[int] = column(
        "走访编号", "", BigInteger, ForeignKey("campus.visit.id"), primary_key=True
    )
    room_id: Mapped[str] = column("房间编号", "", ForeignKey("campus.room.id"), primary_key=True)


class VisitStudent(Contract):
    """走访见到的学生：谈话、在寝或随堂。学期编号随行，便于按学期划分。"""

    title = "走访学生台账"
    keeper = "学院"
    __tablename__ = "visit_student"
    __table_args__ = (
        Index("ix_visit_student_visit", "visit_id"),  # a visit taken back looks for its students
        {**CAMPUS, "sqlite_with_rowid": False},
    )

    term_id: Mapped[str] = column("学期编号", "", ForeignKey("campus.term.id"), primary_key=True)
    student_id: Mapped[str] = column("学号", "", ForeignKey("campus.student.id"), primary_key=True)
    visit_id: Mapped[int] = column(
        "走访编号", "", BigInteger, ForeignKey("campus.visit.id"), primary_key=True
    )
    met: Mapped[str] = column("见面方式", "", choice("visit_student_met", *MET))


class Concern(Contract):
    """学生关切的重点难点问题：提出 → 受理 → 首次答复 → 解决 → 确认。"""

    title = "关切问题台账"
    keeper = "学院"
    __tablename__ = "concern"

    id: Mapped[int] = column("问题编号", "", Integer, primary_key=True)
    student_id: Mapped[str | None] = column("学号", "匿名提出为空", ForeignKey("campus.student.id"))
    building_id: Mapped[str | None] = column(
        "楼宇编号", "", ForeignKey("campus.building.id"), index=True
    )
    college_id: Mapped[str | None] = column(
        "学院编号", "", ForeignKey("campus.college.id"), index=True
    )
    counselor_id: Mapped[str | None] = column(
        "承办辅导员工号", "", ForeignKey("campus.counselor.id"), index=True
    )
    category: Mapped[str] = column(
        "问题类别",
        "",
        choice("concern_category", "学业", "就业", "经济", "心理", "宿舍", "后勤", "安全", "其他"),
    )
    raised: Mapped[date] = column("提出日期", "", index=True)
    assigned: Mapped[date | None] = column("受理日期", "")
    responded: Mapped[date | None] = column("首次答复日期", "")
    resolved: Mapped[date | None] = column("解决日期", "")
    confirmed: Mapped[date | None] = column("学生确认日期", "")


class Engagement(Contract):
    """力量下沉：领导干部、专家学者、导师等进社区的一场活动。"""

    title = "力量下沉台账"
    keeper = "学生工作部"
    __tablename__ = "engagement"

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    carrier: Mapped[str] = column("载体", "", choice("engagement_carrier", *CARRIERS))
    person_kind: Mapped[str] = column("人员类别", "", choice("engagement_person", *ENGAGED))
    person_code: Mapped[str | None] = column("人员编号", "用于区分不同的人", String(32))
    college_id: Mapped[str | None] = column("所在学院编号", "", ForeignKey("campus.college.id"))
    building_id: Mapped[str] = column("楼宇编号", "", ForeignKey("campus.building.id"), index=True)
    day: Mapped[date] = column("日期", "", index=True)
    hours: Mapped[float | None] = column("时长", "", Float, unit="小时")
    attended: Mapped[int | None] = column("参与学生数", "未统计为空", Integer, unit="人")
