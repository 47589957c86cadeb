"""Organisations serve places of their kind, and those in charge are Party members."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from data.contract.declaration import Check, Severity
from data.contract.keys import FOREVER
from data.engine import earliest, latest
from data.models.party import (
    COMMITTEE,
    DISPLAY_PLATE,
    FLOOR_ORGANISATIONS,
    WORKSTATION,
    FloorLeader,
    MemberDisplay,
    PartyOrganisation,
    PartyOrganisationScope,
    ResponsibilityArea,
    ResponsibilityAreaMember,
    ResponsibilityAreaRoom,
    WorkstationMember,
)
from data.models.people import PARTY_MEMBERS, Enrolment
from data.models.place import Room
from data.models.time import Term

_scope = PartyOrganisationScope
_forever = literal(FOREVER, Date)

_membership = (
    select(
        Enrolment.student_id,
        func.min(Enrolment.starts).label("starts"),
        func.max(func.coalesce(Enrolment.ends, Term.ends)).label("ends"),
    )
    .join(Term, Term.id == Enrolment.term_id)
    .where(Enrolment.political_status.in_(PARTY_MEMBERS))
    .group_by(Enrolment.student_id)
    .subquery("membership")
)


def _no_member(
    starts: SQLColumnExpression[date], ends: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """Never a Party member between these days."""
    return or_(
        _membership.c.student_id.is_(None),
        _membership.c.starts > func.coalesce(ends, _forever),
        _membership.c.ends < starts,
    )


def _workstations(name: str) -> Subquery:
    """Each building with its workstation, and from when to when the two belonged together."""
    return (
        select(
            _scope.building_id,
            PartyOrganisation.id.label("organisation_id"),
            latest(_scope.starts, PartyOrganisation.founded).label("starts"),
            earliest(
                func.coalesce(_scope.ends, _forever),
                func.coalesce(PartyOrganisation.closed, _forever),
            ).label("ends"),
        )
        .join(_scope, _scope.organisation_id == PartyOrganisation.id)
        .where(PartyOrganisation.kind == WORKSTATION, _scope.building_id.is_not(None))
        .subquery(name)
    )


_one, _other = _workstations("one"), _workstations("other")
_filled = [
    case((column.is_(None), 0), else_=1)
    for column in (_scope.cluster_id, _scope.building_id, _scope.floor_id)
]

CHECKS = (
    Check(
        "scope_one_place",
        "服务范围没有恰好填一处",
        Severity.ERROR,
        _scope.id,
        select(
            _scope.id,
            _scope.organisation_id,
            _scope.cluster_id,
            _scope.building_id,
            _scope.floor_id,
        ).where(_filled[0] + _filled[1] + _filled[2] != 1),
        "这一行要么不覆盖任何地方，要么同时覆盖几处，覆盖率不可信",
        "楼群、楼宇、楼层三者只填一个；服务几处就写几行",
        faulty=(_scope.cluster_id, _scope.building_id, _scope.floor_id),
    ),
    Check(
        "organisation_without_scope",
        "组织没有服务范围",
        Severity.REMINDER,
        PartyOrganisation.id,
        select(PartyOrganisation.id, PartyOrganisation.kind, PartyOrganisation.name)
        .outerjoin(_scope, _scope.organisation_id == PartyOrganisation.id)
        .where(
            PartyOrganisation.kind != COMMITTEE,
            PartyOrganisation.closed.is_(None),
            _scope.id.is_(None),
        ),
        "这个组织不覆盖任何楼群、楼宇或楼层",
        "在党团组织服务范围台账中补一行；已撤销的填撤销日期",
    ),
    Check(
        "scope_kind",
        "组织类别与服务范围的层级不符",
        Severity.REMINDER,
        _scope.organisation_id,
        select(_scope.id, _scope.organisation_id, PartyOrganisation.kind)
        .join(PartyOrganisation, PartyOrganisation.id == _scope.organisation_id)
        .where(
            or_(
                and_(PartyOrganisation.kind == WORKSTATION, _scope.building_id.is_(None)),
                and_(PartyOrganisation.kind.in_(FLOOR_ORGANISATIONS), _scope.floor_id.is_(None)),
            )
        ),
        "工作站只在楼宇、功能型党支部和党小组只在楼层计入覆盖，其他层级不计",
        "工作站填楼宇编号；功能型党支部、党小组填楼层编号，服务几层就写几行",
    ),
    Check(
        "two_workstations",
        "一栋楼同时有两个工作站",
        Severity.REMINDER,
        _scope.building_id,
        select(
            _one.c.building_id,
            _one.c.organisation_id,
            _other.c.organisation_id.label("other_organisation_id"),
            latest(_one.c.starts, _other.c.starts).label("since"),
        ).join(
            _other,
            and_(
                _other.c.building_id == _one.c.building_id,
                _other.c.organisation_id > _one.c.organisation_id,
                _other.c.starts <= _one.c.ends,
                _one.c.starts <= _other.c.ends,
            ),
        ),
        "地图只显示其中一个，应纳尽纳按两份名册合并计算",
        "给已撤销的工作站填撤销日期，或终止其服务范围",
    ),
    *(
        Check(
            f"{model.__tablename__}_not_member",
            f"任职期间不是党员的{title}",
            Severity.REMINDER,
            model.student_id,
            select(*model.__table__.primary_key, model.ends)
            .select_from(model)
            .outerjoin(_membership, _membership.c.student_id == model.student_id)
            .where(_no_member(model.starts, model.ends)),
            "这些人不计入覆盖率",
            "核对政治面貌与起止日期；不再任职的填终止日期",
        )
        for model, title in ((FloorLeader, "层长"), (ResponsibilityAreaMember, "责任党员"))
    ),
    Check(
        "roster_elsewhere",
        "工作站名册挂在别的组织上",
        Severity.REMINDER,
        WorkstationMember.organisation_id,
        select(WorkstationMember.organisation_id, WorkstationMember.student_id)
        .add_columns(PartyOrganisation.kind)
        .join(PartyOrganisation, PartyOrganisation.id == WorkstationMember.organisation_id)
        .where(PartyOrganisation.kind != WORKSTATION),
        "这些人不算入站",
        "改为所住楼宇的工作站编号",
    ),
    Check(
        "area_room_elsewhere",
        "责任区的房间不在责任区所在的楼",
        Severity.REMINDER,
        ResponsibilityAreaRoom.room_id,
        select(
            ResponsibilityAreaRoom.area_id,
            ResponsibilityArea.building_id,
            ResponsibilityAreaRoom.room_id,
            Room.building_id.label("room_building_id"),
        )
        .join(ResponsibilityArea, ResponsibilityArea.id == ResponsibilityAreaRoom.area_id)
        .join(Room, Room.id == ResponsibilityAreaRoom.room_id)
        .where(Room.building_id != ResponsibilityArea.building_id),
        "责任区在楼宇页上画不完整",
        "更正房间编号，或按楼拆成两个责任区",
    ),
    Check(
        "plate_without_room",
        "宿舍亮牌没有房间",
        Severity.REMINDER,
        MemberDisplay.room_id,
        select(MemberDisplay.student_id, MemberDisplay.starts).where(
            MemberDisplay.kind == DISPLAY_PLATE, MemberDisplay.room_id.is_(None)
        ),
        "亮牌率按房间计算，没有房间的不计",
        "填写亮牌的房间编号",
    ),
)
