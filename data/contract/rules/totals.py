"""Totals by place and by organisation reconcile: what they differ by is named, place by place."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from data.contract.declaration import Check, Severity
from data.contract.rules.place import LATEST_TERM
from data.models.party import (
    FLOOR_ORGANISATIONS,
    WORKSTATION,
    PartyOrganisation,
    PartyOrganisationScope,
    ResponsibilityArea,
    ResponsibilityAreaMember,
    WorkstationMember,
)
from data.models.people import Enrolment
from data.models.place import Building, Floor, Room
from data.models.time import Term

_last_day = select(Term.ends).where(Term.id == LATEST_TERM).scalar_subquery()
_now = and_(
    Enrolment.term_id == LATEST_TERM,
    or_(Enrolment.ends.is_(None), Enrolment.ends >= _last_day),
)
_home = (
    select(
        Enrolment.student_id,
        Enrolment.college_id,
        Enrolment.room_id,
        Room.building_id,
        case((Floor.building_id == Room.building_id, 1), else_=0).label("on_floor"),
        case((Building.residential, 1), else_=0).label("housed"),
    )
    .outerjoin(Room, Room.id == Enrolment.room_id)
    .outerjoin(Floor, Floor.id == Room.floor_id)
    .outerjoin(Building, Building.id == Room.building_id)
    .where(_now, Enrolment.away.is_(None))
    .subquery("home")
)
_scope, _parent_scope = PartyOrganisationScope, aliased(PartyOrganisationScope)
_parent = aliased(PartyOrganisation)


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_off_floors = _count(_home.c.on_floor == 0)
_nowhere = _count(_home.c.housed == 0)
_serves = exists(
    select(_scope.id).where(
        _scope.organisation_id == WorkstationMember.organisation_id,
        _scope.building_id == _home.c.building_id,
        _scope.ends.is_(None),
    )
)
_elsewhere = _count(and_(_home.c.building_id.is_not(None), ~_serves))
_homeless = _count(and_(_home.c.student_id.is_not(None), _home.c.building_id.is_(None)))
_left = _count(_home.c.student_id.is_(None))
_away_from_area = _count(
    or_(_home.c.building_id.is_(None), _home.c.building_id != ResponsibilityArea.building_id)
)

CHECKS = (
    Check(
        "total_building_by_floor",
        "各层人数之和与全楼人数不符",
        Severity.REMINDER,
        Room.floor_id,
        select(
            _home.c.building_id,
            func.count().label("residents"),
            _count(_home.c.on_floor == 1).label("on_floors"),
            _off_floors.label("nowhere"),
        )
        .where(_home.c.building_id.is_not(None))
        .group_by(_home.c.building_id)
        .having(_off_floors > 0),
        "相差的人在楼层图上归入“未归属”",
        "给他们的房间补上或更正楼层编号",
        faulty=(),
    ),
    Check(
        "total_college_by_building",
        "学院在校人数与住进各楼的人数不符",
        Severity.REMINDER,
        Enrolment.room_id,
        select(
            _home.c.college_id,
            func.count().label("students"),
            _count(_home.c.housed == 1).label("housed"),
            _nowhere.label("nowhere"),
        )
        .group_by(_home.c.college_id)
        .having(_nowhere > 0),
        "相差的人没有房间，或住在非住宿楼宇，不计入任何楼宇",
        "补上房间编号；不住校的填写“不在校情况”",
        faulty=(),
    ),
    Check(
        "total_roster_by_residence",
        "工作站在站人数与其中住在本楼的人数不符",
        Severity.REMINDER,
        WorkstationMember.organisation_id,
        select(
            WorkstationMember.organisation_id,
            func.count().label("on_roster"),
            _count(_serves).label("living_here"),
            _elsewhere.label("living_elsewhere"),
            _homeless.label("without_room"),
            _left.label("not_here"),
        )
        .join(PartyOrganisation, PartyOrganisation.id == WorkstationMember.organisation_id)
        .outerjoin(_home, _home.c.student_id == WorkstationMember.student_id)
        .where(
            WorkstationMember.ends.is_(None),
            PartyOrganisation.kind == WORKSTATION,
            PartyOrganisation.closed.is_(None),
        )
        .group_by(WorkstationMember.organisation_id)
        .having(or_(_elsewhere > 0, _homeless > 0, _left > 0)),
        "按组织数和按楼宇数，入站人数相差这些人；应纳尽纳只认所住楼宇的工作站",
        "给已搬走或离校的人填离站日期，并列入现住楼宇的工作站",
    ),
    Check(
        "total_keepers_by_residence",
        "责任党员人数与其中住在本楼的人数不符",
        Severity.REMINDER,
        ResponsibilityAreaMember.student_id,
        select(
            ResponsibilityArea.building_id,
            func.count().label("in_charge"),
            _count(_home.c.building_id == ResponsibilityArea.building_id).label("living_here"),
            _away_from_area.label("living_elsewhere"),
        )
        .select_from(ResponsibilityAreaMember)
        .join(ResponsibilityArea, ResponsibilityArea.id == ResponsibilityAreaMember.area_id)
        .outerjoin(_home, _home.c.student_id == ResponsibilityAreaMember.student_id)
        .where(ResponsibilityAreaMember.ends.is_(None))
        .group_by(ResponsibilityArea.building_id)
        .having(_away_from_area > 0),
        "按责任区数和按住处数，这栋楼的责任党员人数不同",
        "给已搬走的责任党员填终止日期，另定一人",
        faulty=(),
    ),
    Check(
        "total_branch_by_workstation",
        "楼层组织的上级工作站不在它服务的楼",
        Severity.REMINDER,
        PartyOrganisation.parent_id,
        select(
            PartyOrganisation.id,
            PartyOrganisation.kind,
            PartyOrganisation.parent_id,
            Floor.building_id,
        )
        .join(_scope, _scope.organisation_id == PartyOrganisation.id)
        .join(Floor, Floor.id == _scope.floor_id)
        .outerjoin(_parent, _parent.id == PartyOrganisation.parent_id)
        .where(
            PartyOrganisation.kind.in_(FLOOR_ORGANISATIONS),
            PartyOrganisation.closed.is_(None),
            _scope.ends.is_(None),
            or_(
                _parent.id.is_(None),
                and_(
                    _parent.kind == WORKSTATION,
                    ~exists(
                        select(_parent_scope.id).where(
                            _parent_scope.organisation_id == _parent.id,
                            _parent_scope.building_id == Floor.building_id,
                        )
                    ),
                ),
            ),
        )
        .distinct(),
        "按组织隶属和按所在楼宇汇总，支部、小组的数目不同",
        "更正上级组织编号；没有上级的填所在楼宇的工作站",
    ),
)
