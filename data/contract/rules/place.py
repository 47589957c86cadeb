"""Rooms, floors and buildings fit into each other, and rooms hold whom they can hold."""

from sqlalchemy import Integer, and_, func, literal, select, union_all
from sqlalchemy.orm import aliased

from data.contract.declaration import Check, Severity
from data.engine import day_after
from data.models.people import Enrolment
from data.models.place import Building, BuildingLead, Floor, Room
from data.models.time import Term

_anyone = aliased(Enrolment)
LATEST_TERM = (  # the newest term in which anybody is enrolled
    select(Term.id)
    .where(Term.id.in_(select(_anyone.term_id)))
    .order_by(Term.starts.desc())
    .limit(1)
    .scalar_subquery()
)
_present = and_(
    Enrolment.term_id == LATEST_TERM, Enrolment.room_id.is_not(None), Enrolment.away.is_(None)
)
_moves = union_all(
    select(
        Enrolment.room_id,
        Enrolment.starts.label("day"),
        literal(1, Integer).label("change"),
    ).where(_present),
    select(Enrolment.room_id, day_after(Enrolment.ends), literal(-1, Integer)).where(
        _present, Enrolment.ends.is_not(None)
    ),
).subquery("moves")
_so_many = func.sum(_moves.c.change).over(
    partition_by=_moves.c.room_id,
    order_by=(_moves.c.day, _moves.c.change),  # who leaves makes room for who comes that day
    rows=(None, 0),
)
_days = select(_moves.c.room_id, _moves.c.day, _so_many.label("residents")).subquery("days")

CHECKS = (
    Check(
        "room_floor_elsewhere",
        "房间与它的楼层不在同一栋楼",
        Severity.ERROR,
        Room.floor_id,
        select(
            Room.id,
            Room.building_id,
            Room.floor_id,
            Floor.building_id.label("floor_building_id"),
        )
        .join(Floor, Floor.id == Room.floor_id)
        .where(Floor.building_id != Room.building_id),
        "同一间房会算进两栋楼，楼层合计与楼宇合计对不上",
        "更正楼层编号或楼宇编号",
    ),
    Check(
        "room_without_floor",
        "房间没有楼层(房间编码不能解析)",
        Severity.REMINDER,
        Room.floor_id,
        select(Room.id, Room.building_id, Room.code).where(Room.floor_id.is_(None)),
        "这些房间计入楼宇，但在楼层图上归入“未归属”",
        "填写楼层编号，或改进该楼的房间编码规则(room_code_pattern)",
    ),
    Check(
        "building_without_floors",
        "住宿楼宇没有楼层",
        Severity.REMINDER,
        Building.id,
        select(Building.id, Building.name)
        .outerjoin(Floor, Floor.building_id == Building.id)
        .where(Building.residential, Floor.id.is_(None)),
        "这些楼宇在地图上不能再向下看，楼层覆盖率里也没有它们",
        "补充楼层台账",
        faulty=(Floor.building_id,),
    ),
    Check(
        "room_over_capacity",
        "最近学期同一天的住宿人数超过床位数",
        Severity.REMINDER,
        Room.beds,
        select(
            Room.id,
            Room.code,
            Room.beds,
            func.max(_days.c.residents).label("residents"),
            func.min(_days.c.day).label("first_day"),
        )
        .join(_days, _days.c.room_id == Room.id)
        .where(_days.c.residents > Room.beds)
        .group_by(Room.id, Room.code, Room.beds),
        "多半有人已经搬走而没有记录，在寝人数会偏多",
        "给已搬走的学生填终止日期，或更正床位数",
        faulty=(Room.beds, Enrolment.room_id),
    ),
    Check(
        "building_without_lead",
        "住宿楼宇没有楼宇工作组",
        Severity.REMINDER,
        Building.id,
        select(Building.id, Building.name)
        .outerjoin(BuildingLead, BuildingLead.building_id == Building.id)
        .where(Building.residential, Building.closed.is_(None), BuildingLead.building_id.is_(None)),
        "这栋楼的缺口找不到牵头学院，按牵头学院汇总时没有它",
        "在楼宇工作组台账中补一行",
        faulty=(BuildingLead.college_id,),
    ),
    Check(
        "building_same_name",
        "不同编号的楼宇同名",
        Severity.REMINDER,
        Building.name,
        select(Building.name, func.count().label("times"), func.min(Building.id).label("first_id"))
        .group_by(Building.name)
        .having(func.count() > 1),
        "多半是一栋楼登记了两次；导入台账时按名称认不出是哪一栋",
        "删去重复的一行，确实是两栋的在名称中加上楼群",
    ),
)
