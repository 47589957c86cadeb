"""People: colleges, counselors, students, and where each student belonged on each day."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import CAMPUS, Contract, choice, column

PARTY_MEMBERS = ("中共党员", "预备党员")
PARTY_ROSTER = (*PARTY_MEMBERS, "发展对象", "入党积极分子")
POLITICAL_STATUSES = (*PARTY_ROSTER, "共青团员", "群众", "其他")
AWAY = ("休学", "校外住宿", "实习", "交换")
DEGREE_LEVELS = ("本科生", "硕士生", "博士生")


class College(Contract):
    """学院：会拆分和更名，记起止日期与承接学院，历年才能比较。"""

    title = "学院台账"
    keeper = "学生工作部"
    __tablename__ = "college"

    id: Mapped[str] = column("学院编号", "", String(32), primary_key=True)
    name: Mapped[str] = column("学院名称", "", String(64), aliases=("学院", "单位", "所在学院"))
    aliases: Mapped[str | None] = column("学院别名", "多个别名用顿号隔开", String(256))
    starts: Mapped[date | None] = column("设立日期", "空为一直存在")
    ends: Mapped[date | None] = column("撤销日期", "含当日，空为至今")
    successor_id: Mapped[str | None] = column(
        "承接学院编号", "更名或拆分后由谁承接", ForeignKey("campus.college.id")
    )


class Counselor(Contract):
    """辅导员。"""

    title = "辅导员台账"
    keeper = "学生工作部"
    __tablename__ = "counselor"

    id: Mapped[str] = column("工号", "", String(32), primary_key=True, aliases=("职工号", "教工号"))
    name: Mapped[str] = column("姓名", "", String(32), aliases=("辅导员", "辅导员姓名"))
    kind: Mapped[str] = column("类别", "", choice("counselor_kind", "学院辅导员", "楼宇辅导员"))
    employment: Mapped[str] = column("专兼职", "", choice("counselor_employment", "专职", "兼职"))
    college_id: Mapped[str | None] = column(
        "学院编号", "", ForeignKey("campus.college.id"), index=True
    )
    starts: Mapped[date | None] = column("到岗日期", "")
    ends: Mapped[date | None] = column("离岗日期", "含当日，空为至今")


class CounselorBuilding(Contract):
    """楼宇辅导员聘任：研究生集中楼宇按楼聘任。"""

    title = "楼宇辅导员聘任台账"
    keeper = "研究生院"
    __tablename__ = "counselor_building"

    counselor_id: Mapped[str] = column(
        "工号", "", ForeignKey("campus.counselor.id"), primary_key=True
    )
    building_id: Mapped[str] = column(
        "楼宇编号", "", ForeignKey("campus.building.id"), primary_key=True
    )
    starts: Mapped[date] = column("起始日期", "", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")


class Student(Contract):
    """学生：汇总表中只出现编号，不出现姓名。"""

    title = "学生台账"
    keeper = "学生工作部"
    __tablename__ = "student"

    id: Mapped[str] = column("学号", "可为不透明编号", String(32), primary_key=True)
    name: Mapped[str | None] = column("姓名", "仅在最低层级、职责范围内显示", String(32))
    gender: Mapped[str | None] = column("性别", "", choice("student_gender", "男", "女"))


class Enrolment(Contract):
    """学籍住宿：学生每学期一行；学期中调宿舍、转学院或政治面貌变化时另起一行，前一行止于前一日。"""

    title = "学籍住宿台账"
    keeper = "学院"
    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_term_room", "term_id", "room_id"),
        Index("ix_enrolment_term_counselor", "term_id", "counselor_id"),
        Index("ix_enrolment_term_college", "term_id", "college_id"),
        CAMPUS,
    )

    student_id: Mapped[str] = column("学号", "", ForeignKey("campus.student.id"), primary_key=True)
    term_id: Mapped[str] = column("学期编号", "", ForeignKey("campus.term.id"), primary_key=True)
    starts: Mapped[date] = column("起始日期", "一般为学期第一天", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至学期末")
    college_id: Mapped[str] = column("学院编号", "", ForeignKey("campus.college.id"))
    grade: Mapped[int] = column("年级", "入学年份", Integer, unit="年")
    degree_level: Mapped[str] = column("培养层次", "", choice("enrolment_degree", *DEGREE_LEVELS))
    major: Mapped[str | None] = column("专业", "", String(64))
    class_name: Mapped[str | None] = column("班级", "", String(64), aliases=("行政班",))
    room_id: Mapped[str | None] = column("房间编号", "未安排住宿为空", ForeignKey("campus.room.id"))
    counselor_id: Mapped[str | None] = column("辅导员工号", "", ForeignKey("campus.counselor.id"))
    political_status: Mapped[str] = column(
        "政治面貌", "仅在职责范围内显示", choice("enrolment_political", *POLITICAL_STATUSES)
    )
    away: Mapped[str | None] = column(
        "不在校情况",
        "在校为空；不在校者不进入覆盖率分母，单列人数",
        choice("enrolment_away", *AWAY),
    )
