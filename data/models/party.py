"""Party: organisations and the places they serve, rosters, leaders, areas, plates, five leads."""

from datetime import date

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from data.models.contract import CAMPUS, Contract, choice, column

COMMITTEE, WORKSTATION, STUDIO = "党工委", "工作站", "党团联合工作室"
FLOOR_ORGANISATIONS = ("功能型党支部", "党小组")
ORGANISATION_KINDS = (COMMITTEE, WORKSTATION, *FLOOR_ORGANISATIONS, "团支部", STUDIO)
DISPLAY_IDENTITY, DISPLAY_PLATE = "亮身份", "宿舍亮牌"
FIVE_LEADS = ("学习提高", "联系学生", "志愿服务", "帮困助学", "遵纪守法")


class PartyOrganisation(Contract):
    """党团组织：学生社区党工委 → 楼宇学生党员工作站 → 功能型党支部 → 党小组。"""

    title = "党团组织台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "party_organisation"

    id: Mapped[str] = column("组织编号", "", String(32), primary_key=True)
    kind: Mapped[str] = column(
        "组织类别", "", choice("party_organisation_kind", *ORGANISATION_KINDS)
    )
    name: Mapped[str] = column("组织名称", "", String(96), aliases=("党组织名称", "支部名称"))
    parent_id: Mapped[str | None] = column(
        "上级组织编号", "", ForeignKey("campus.party_organisation.id"), index=True
    )
    leader_name: Mapped[str | None] = column("负责人", "教师负责人", String(32))
    founded: Mapped[date] = column("成立日期", "")
    closed: Mapped[date | None] = column("撤销日期", "含当日，空为存续")


class PartyOrganisationScope(Contract):
    """党团组织服务范围：一行一处，楼群、楼宇、楼层三者填一。"""

    title = "党团组织服务范围台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "party_organisation_scope"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN cluster_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN building_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN floor_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_place",
        ),
        CAMPUS,
    )

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    organisation_id: Mapped[str] = column(
        "组织编号", "", ForeignKey("campus.party_organisation.id"), index=True
    )
    cluster_id: Mapped[str | None] = column(
        "楼群编号", "", ForeignKey("campus.cluster.id"), index=True
    )
    building_id: Mapped[str | None] = column(
        "楼宇编号", "", ForeignKey("campus.building.id"), index=True
    )
    floor_id: Mapped[str | None] = column("楼层编号", "", ForeignKey("campus.floor.id"), index=True)
    starts: Mapped[date] = column("起始日期", "")
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")


class JointStudioCollege(Contract):
    """党团联合工作室联结的学院。"""

    title = "联合工作室学院台账"
    keeper = "学生社区党工委办公室"
    __tablename__ = "joint_studio_college"

    organisation_id: Mapped[str] = column(
        "组织编号", "", ForeignKey("campus.party_organisation.id"), primary_key=True
    )
    college_id: Mapped[str] = column(
        "学院编号", "", ForeignKey("campus.college.id"), primary_key=True
    )
    starts: Mapped[date] = column("起始日期", "", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")


class WorkstationMember(Contract):
    """工作站名册：党员、发展对象、入党积极分子全部纳入，党组织关系不转入。"""

    title = "工作站名册"
    keeper = "楼宇工作组"
    __tablename__ = "workstation_member"

    organisation_id: Mapped[str] = column(
        "工作站编号", "", ForeignKey("campus.party_organisation.id"), primary_key=True
    )
    student_id: Mapped[str] = column(
        "学号", "", ForeignKey("campus.student.id"), primary_key=True, index=True
    )
    starts: Mapped[date] = column("入站日期", "", primary_key=True)
    ends: Mapped[date | None] = column("离站日期", "含当日，空为在站")
    duty: Mapped[str | None] = column("站内职务", "", String(32))


class FloorLeader(Contract):
    """党员层长。"""

    title = "党员层长台账"
    keeper = "楼宇工作组"
    __tablename__ = "floor_leader"

    floor_id: Mapped[str] = column("楼层编号", "", ForeignKey("campus.floor.id"), primary_key=True)
    student_id: Mapped[str] = column(
        "学号", "", ForeignKey("campus.student.id"), primary_key=True, index=True
    )
    starts: Mapped[date] = column("聘任日期", "", primary_key=True)
    ends: Mapped[date | None] = column("届满日期", "含当日，空为在任")


class ResponsibilityArea(Contract):
    """党员责任区：一名党员联系若干房间。"""

    title = "党员责任区台账"
    keeper = "楼宇工作组"
    __tablename__ = "responsibility_area"

    id: Mapped[str] = column("责任区编号", "", String(32), primary_key=True)
    building_id: Mapped[str] = column("楼宇编号", "", ForeignKey("campus.building.id"), index=True)
    name: Mapped[str] = column("责任区名称", "", String(64))


class ResponsibilityAreaMember(Contract):
    """责任区责任党员，按起止日期记录。"""

    title = "责任区责任党员台账"
    keeper = "楼宇工作组"
    __tablename__ = "responsibility_area_member"

    area_id: Mapped[str] = column(
        "责任区编号", "", ForeignKey("campus.responsibility_area.id"), primary_key=True
    )
    student_id: Mapped[str] = column(
        "责任党员学号", "", ForeignKey("campus.student.id"), primary_key=True, index=True
    )
    starts: Mapped[date] = column("起始日期", "", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")


class ResponsibilityAreaRoom(Contract):
    """责任区包含的房间，按起止日期记录。"""

    title = "责任区房间台账"
    keeper = "楼宇工作组"
    __tablename__ = "responsibility_area_room"

    area_id: Mapped[str] = column(
        "责任区编号", "", ForeignKey("campus.responsibility_area.id"), primary_key=True
    )
    room_id: Mapped[str] = column(
        "房间编号", "", ForeignKey("campus.room.id"), primary_key=True, index=True
    )
    starts: Mapped[date] = column("起始日期", "", primary_key=True)
    ends: Mapped[date | None] = column("终止日期", "含当日，空为至今")


class MemberDisplay(Contract):
    """双亮：党员亮身份、党员宿舍亮牌。"""

    title = "双亮台账"
    keeper = "楼宇工作组"
    __tablename__ = "member_display"

    student_id: Mapped[str] = column("学号", "", ForeignKey("campus.student.id"), primary_key=True)
    kind: Mapped[str] = column(
        "双亮类别",
        "",
        choice("member_display_kind", DISPLAY_IDENTITY, DISPLAY_PLATE),
        primary_key=True,
    )
    starts: Mapped[date] = column("亮出日期", "", primary_key=True)
    ends: Mapped[date | None] = column("撤下日期", "含当日，空为仍在")
    room_id: Mapped[str | None] = column(
        "房间编号", "宿舍亮牌必填", ForeignKey("campus.room.id"), index=True
    )


class FiveLeadEntry(Contract):
    """五带头台账：一行一次。"""

    title = "五带头台账"
    keeper = "楼宇工作组"
    __tablename__ = "five_lead_entry"
    __table_args__ = (
        Index("ix_five_lead_entry_day", "day", "student_id"),
        CAMPUS,
    )

    id: Mapped[int] = column("序号", "", Integer, primary_key=True)
    student_id: Mapped[str] = column("学号", "", ForeignKey("campus.student.id"), index=True)
    lead: Mapped[str] = column("带头类别", "", choice("five_lead", *FIVE_LEADS))
    day: Mapped[date] = column("日期", "")
    summary: Mapped[str | None] = column("事项", "", String(256))
    hours: Mapped[float | None] = column("时长", "", Float, unit="小时")
