"""过程记录: what happened to a building, from its ledgers, by date; posts are named, people not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, String, and_, cast, func, literal, or_, select, union_all

from data.access.viewer import Viewer
from data.engine import Rows, latest
from data.models.activity import Brand, BrandOwner
from data.models.evaluation import Award, Publication
from data.models.party import FloorLeader, PartyOrganisation, PartyOrganisationScope
from data.models.people import College, Counselor, CounselorBuilding
from data.models.place import Building, BuildingLead, Floor
from data.models.service import CultureFeature, Space
from queries.filters import Filters
from queries.places import floor_name
from queries.slice import frame

KINDS = {
    "party": "党团组织",
    "post": "任职",
    "space": "空间与文化",
    "brand": "品牌",
    "honour": "获奖与报送",
    "place": "楼宇",
}
"""Kinds of records, by their name in the URL."""


@dataclass(frozen=True)
class Record:
    """Where one kind of dated fact stands: rows of the building, the day, and what it is."""

    kind: str
    event: str
    select: Callable[[], Rows]


def chronicle(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The building's dated facts up to the as-of day, newest first: `building_id, day, kind,
    event, subject`. `kind` and `event` are words of ours, `subject` is the ledger's."""
    chosen = [r for r in RECORDS if filters.kind in ("", r.kind)]
    parts = union_all(*(_part(record) for record in chosen)).subquery("parts")
    stmt = (
        select(*parts.c)
        .where(
            parts.c.building_id == filters.building,
            viewer.sees_building(parts.c.building_id),
            parts.c.day.is_not(None),
            parts.c.day <= filters.as_of,
        )
        .distinct()
        .order_by(parts.c.day.desc(), parts.c.kind, parts.c.event, parts.c.subject)
    )
    return frame(conn, stmt)


def _part(record: Record) -> Rows:
    rows = record.select().subquery("rows")
    return select(
        rows.c.building_id,
        rows.c.day,
        literal(KINDS[record.kind], String(16)).label("kind"),
        literal(record.event, String(16)).label("event"),
        cast(rows.c.subject, String(256)).label("subject"),
    )


def _rows(building: Any, day: Any, subject: Any) -> Rows:
    return select(building.label("building_id"), day.label("day"), subject.label("subject"))


def _serving(day: Any, *where: Any) -> Callable[[], Rows]:
    """Organisations that serve the building, one of its floors or its cluster."""
    group, scope = PartyOrganisation, PartyOrganisationScope

    def organisations() -> Rows:
        here = or_(
            scope.building_id == Building.id,
            scope.cluster_id == Building.cluster_id,
            Floor.building_id == Building.id,
        )
        return (
            _rows(Building.id, day, group.kind + "“" + group.name + "”")
            .select_from(scope)
            .join(group, group.id == scope.organisation_id)
            .outerjoin(Floor, Floor.id == scope.floor_id)
            .join(Building, here)
            .where(*where)
        )

    return organisations


def _leads() -> Rows:
    lead = BuildingLead
    leader = func.coalesce("，组长 " + lead.leader_name, "")
    return _rows(lead.building_id, lead.starts, College.name + leader).join(
        College, College.id == lead.college_id
    )


def _floor_leaders(day: Any) -> Callable[[], Rows]:
    return lambda: _rows(Floor.building_id, day, floor_name()).join(
        FloorLeader, FloorLeader.floor_id == Floor.id
    )


def _building_counselors(day: Any) -> Callable[[], Rows]:
    held = CounselorBuilding
    return lambda: _rows(held.building_id, day, Counselor.name).join(
        Counselor, Counselor.id == held.counselor_id
    )


def _brands(*, begun: bool) -> Callable[[], Rows]:
    owner = BrandOwner

    def brands() -> Rows:
        first = func.coalesce(Brand.founded, owner.starts)
        ends = func.coalesce(owner.ends, Brand.closed)
        day = latest(first, owner.starts) if begun else ends
        here = or_(owner.building_id == Building.id, owner.cluster_id == Building.cluster_id)
        return (
            _rows(Building.id, day, Brand.level + "“" + Brand.name + "”")
            .select_from(owner)
            .join(Brand, Brand.id == owner.brand_id)
            .join(Building, here)
        )

    return brands


def _honours() -> Rows:
    """Awards of the building, or of an organisation that serves it alone."""
    scope = PartyOrganisationScope
    served = and_(scope.organisation_id == Award.organisation_id, scope.building_id.is_not(None))
    building = func.coalesce(Award.building_id, scope.building_id)
    return _rows(building, Award.day, Award.level + " · " + Award.name).outerjoin(scope, served)


def _plain(model: Any, day: Any, subject: Any) -> Callable[[], Rows]:
    return lambda: _rows(model.building_id, day, subject)


def _of_building(day: Any) -> Callable[[], Rows]:
    return lambda: _rows(Building.id, day, Building.name)


FOUNDED, CLOSED = PartyOrganisation.founded, PartyOrganisation.closed
SERVES, LEAVES = PartyOrganisationScope.starts, PartyOrganisationScope.ends
SPACE = Space.name + "（" + Space.function + "）"
RECORDS = (
    Record("party", "成立", _serving(FOUNDED, SERVES <= FOUNDED)),
    Record("party", "扩大服务", _serving(SERVES, SERVES > FOUNDED)),
    Record("party", "撤销", _serving(CLOSED, or_(LEAVES.is_(None), LEAVES >= CLOSED))),
    Record("party", "停止服务", _serving(LEAVES, or_(CLOSED.is_(None), LEAVES < CLOSED))),
    Record("post", "楼宇工作组由其牵头", _leads),
    Record("post", "层长上任", _floor_leaders(FloorLeader.starts)),
    Record("post", "层长离任", _floor_leaders(FloorLeader.ends)),
    Record("post", "聘任楼宇辅导员", _building_counselors(CounselorBuilding.starts)),
    Record("post", "楼宇辅导员离任", _building_counselors(CounselorBuilding.ends)),
    Record("space", "空间启用", _plain(Space, Space.opened, SPACE)),
    Record("space", "空间停用", _plain(Space, Space.closed, SPACE)),
    Record(
        "space",
        "建成",
        _plain(
            CultureFeature,
            CultureFeature.opened,
            func.coalesce(CultureFeature.name, CultureFeature.kind),
        ),
    ),
    Record("brand", "品牌创建", _brands(begun=True)),
    Record("brand", "品牌停办", _brands(begun=False)),
    Record("honour", "获奖", _honours),
    Record(
        "honour",
        "经验报送",
        _plain(
            Publication, Publication.day, "《" + Publication.title_text + "》" + Publication.channel
        ),
    ),
    Record("place", "启用", _of_building(Building.opened)),
    Record("place", "试点升级完成", _of_building(Building.upgraded)),
    Record("place", "停用", _of_building(Building.closed)),
)
EVENTS = tuple(dict.fromkeys(record.event for record in RECORDS))
