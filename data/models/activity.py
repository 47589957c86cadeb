"""Activity: brands and their owners, activities, attendance, feedback, student groups."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import CAMPUS, Contract, choice, column

COMMUNITY_TYPES = ("先锋", "学习", "活力", "平安", "美丽", "特色")
THEMES = ("正其心", "乐其学", "健其体", "和其群", "雅其居")
FIELDS = ("学生党建", "学生思政", "文化建设", "学风建设", "精神文明", "劳动教育", "安全稳定")
FESTIVALS = ("文化节", "艺术节", "读书节", "音乐节", "风采展", "成果展")
GROUP_KINDS = ("社团", "勤工助学", "朋辈互助", "科研共同体", "就业创业共同体", "团学共同体")


class Brand(Contract):
    """活动品牌。"""

    title = "活动品牌台账"
    keeper = "楼宇工作组"
    __tablename__ = "brand"

    id: Mapped[str] = column("品牌编号", "", String(32), primary_key=True)
    name: Mapped[str] = column("品牌名称", "", String(64), aliases=("品牌",))
    level: Mapped[str] = column(
        "品牌级别", "", choice("brand_level", "一苑一品", "一楼一品", "校级")
    )
    community_type: Mapped[str | None] = column(
        "社区类型", "六型社区之一", choice("brand_community", *COMMUNITY_TYPES)
    )
    founded: Mapped[date | None] = column("创建日期", "")
    closed: Mapped[date | None] = column("停办日期", "含当日")


class BrandOwner(Contract):
    """品牌归属：一苑一品归楼群，一楼一品归楼宇；换归属时另起一行。"""

    title = "品牌归属台账"
    keeper = "楼宇工作组"
    __tablename__ = "brand_owner"

    brand_id: Mapped[str] = column("品牌编号", "", ForeignKey("campus.brand.id"), primary_key=True)
    starts: Mapped[date] = column("起始日期", "", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")
    cluster_id: Mapped[str | None] = column("楼群编号", "", ForeignKey("campus.cluster.id"))
    building_id: Mapped[str | None] = column("楼宇编号", "", ForeignKey("campus.building.id"))


class StudentGroup(Contract):
    """学生团体与共同体。"""

    title = "学生团体台账"
    keeper = "校团委"
    __tablename__ = "student_group"

    id: Mapped[str] = column("团体编号", "", String(32), primary_key=True)
    name: Mapped[str] = column("团体名称", "", String(64))
    kind: Mapped[str] = column("团体类别", "", choice("student_group_kind", *GROUP_KINDS))
    founded: Mapped[date | None] = column("成立日期", "")
    closed: Mapped[date | None] = column("停办日期", "含当日")


class StudentGroupMember(Contract):
    """学生团体成员。"""

    title = "学生团体成员台账"
    keeper = "校团委"
    __tablename__ = "student_group_member"

    group_id: Mapped[str] = column(
        "团体编号", "", ForeignKey("campus.student_group.id"), primary_key=True
    )
    student_id: Mapped[str] = column(
        "学号", "", ForeignKey("campus.student.id"), primary_key=True, index=True
    )
    starts: Mapped[date] = column("加入日期", "", primary_key=True)
    ends: Mapped[date | None] = column("退出日期", "含当日，空为在团")


class Activity(Contract):
    """社区活动。"""

    title = "社区活动台账"
    keeper = "楼宇工作组"
    __tablename__ = "activity"

    id: Mapped[int] = column("活动编号", "", Integer, primary_key=True)
    name: Mapped[str] = column("活动名称", "", String(96))
    day: Mapped[date] = column("活动日期", "", aliases=("活动时间", "日期"), index=True)
    starts: Mapped[time | None] = column("开始时间", "")
    ends: Mapped[time | None] = column("结束时间", "")
    brand_id: Mapped[str | None] = column("品牌编号", "", ForeignKey("campus.brand.id"), index=True)
    group_id: Mapped[str | None] = column(
        "主办团体编号", "", ForeignKey("campus.student_group.id"), index=True
    )
    organisation_id: Mapped[str | None] = column(
        "主办党团组织编号", "", ForeignKey("campus.party_organisation.id")
    )
    college_id: Mapped[str | None] = column("主办学院编号", "", ForeignKey("campus.college.id"))
    theme: Mapped[str | None] = column("主题", "五主题之一", choice("activity_theme", *THEMES))
    field: Mapped[str | None] = column(
        "七进类别", "七进社区之一", choice("activity_field", *FIELDS), aliases=("进社区类别",)
    )
    community_type: Mapped[str | None] = column(
        "社区类型", "六型社区之一", choice("activity_community", *COMMUNITY_TYPES)
    )
    festival: Mapped[str | None] = column("节庆系列", "", choice("activity_festival", *FESTIVALS))
    cost: Mapped[float | None] = column("经费", "", Float, unit="元")


class ActivityPlace(Contract):
    """活动举办地：多栋楼合办时多行。"""

    title = "活动地点台账"
    keeper = "楼宇工作组"
    __tablename__ = "activity_place"

    activity_id: Mapped[int] = column(
        "活动编号", "", ForeignKey("campus.activity.id"), primary_key=True
    )
    building_id: Mapped[str] = column(
        "楼宇编号", "", ForeignKey("campus.building.id"), primary_key=True, index=True
    )
    space_id: Mapped[str | None] = column("空间编号", "", ForeignKey("campus.space.id"))


class Attendance(Contract):
    """活动参与：没有名单的活动没有记录，按未知处理，不按零处理。"""

    title = "活动参与台账"
    keeper = "楼宇工作组"
    __tablename__ = "attendance"
    __table_args__ = (
        Index("ix_attendance_student", "student_id", "activity_id"),
        {**CAMPUS, "sqlite_with_rowid": False},
    )

    activity_id: Mapped[int] = column(
        "活动编号", "", ForeignKey("campus.activity.id"), primary_key=True
    )
    student_id: Mapped[str] = column("学号", "", ForeignKey("campus.student.id"), primary_key=True)
    signed: Mapped[datetime | None] = column("签到时间", "")


class Feedback(Contract):
    """活动反馈。"""

    title = "活动反馈台账"
    keeper = "楼宇工作组"
    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        CAMPUS,
    )

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    activity_id: Mapped[int] = column("活动编号", "", ForeignKey("campus.activity.id"), index=True)
    student_id: Mapped[str | None] = column("学号", "匿名为空", ForeignKey("campus.student.id"))
    score: Mapped[int] = column("满意度", "1–5", Integer, unit="分")
    submitted: Mapped[datetime | None] = column("提交时间", "")
