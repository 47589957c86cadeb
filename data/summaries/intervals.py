"""When each unit of a coverage metric was due, and when it was covered: the SQL behind design § 4.

A metric is two sets of intervals `starts` ≤ day < `until`. `DUE[key]` puts units in the
denominator, `COVERED[key]` says when and by what they are in the numerator; a unit counts on a day
that lies in both. Everything else (states, roll-ups, gaps) is the same for all metrics.

    DUE      unit_id, room_id, campus_id, cluster_id, building_id, floor_id, college_id,
             starts, until, exempt
    COVERED  unit_id, room_id, starts, until, cover
"""

from collections.abc import Callable
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    SQLColumnExpression,
    String,
    and_,
    case,
    false,
    func,
    literal,
    null,
    select,
)

from data.engine import Rows, day_after, earliest, latest
from data.models.party import (
    DISPLAY_IDENTITY,
    DISPLAY_PLATE,
    FIVE_LEADS,
    FLOOR_ORGANISATIONS,
    WORKSTATION,
    FiveLeadEntry,
    FloorLeader,
    MemberDisplay,
    PartyOrganisation,
    PartyOrganisationScope,
    ResponsibilityArea,
    ResponsibilityAreaMember,
    ResponsibilityAreaRoom,
    WorkstationMember,
)
from data.models.people import PARTY_MEMBERS, PARTY_ROSTER
from data.models.place import Building, Cluster, Floor
from data.summaries.scratch import MEMBER, RESIDENT, Window

FOREVER = date(9999, 12, 31)
FIVE_LEAD_METRICS = dict(
    zip(
        (
            "five_lead_study",
            "five_lead_contact",
            "five_lead_volunteer",
            "five_lead_help",
            "five_lead_discipline",
        ),
        FIVE_LEADS,
        strict=True,
    )
)
Intervals = Callable[[Window], Rows]


def until(ends: SQLColumnExpression[date | None]) -> ColumnElement[date]:
    """A ledger's last day, or nothing, as the first day it no longer holds."""
    return case((ends.is_(None), literal(FOREVER, Date)), else_=day_after(ends))


def clipped(
    window: Window, starts: SQLColumnExpression[date], ends: ColumnElement[date]
) -> tuple[ColumnElement[date], ColumnElement[date]]:
    """A span's part within a term."""
    first, last = literal(window.starts, Date), literal(window.until, Date)
    return latest(starts, first), earliest(ends, last)


def _nothing(length: int = 1) -> ColumnElement[str]:
    return literal("", String(length))


def _open(
    building: type[Building], window: Window
) -> tuple[ColumnElement[date], ColumnElement[date]]:
    opened = func.coalesce(building.opened, literal(window.starts, Date))
    return clipped(window, opened, until(building.closed))


# Due: who is in the denominator, and when


def _places(
    unit: SQLColumnExpression[str],
    starts: ColumnElement[date],
    ends: ColumnElement[date],
    *,
    building: SQLColumnExpression[str] | None = None,
    floor: SQLColumnExpression[str] | None = None,
    exempt: SQLColumnExpression[bool] | None = None,
) -> Rows:
    """Places as units; what lies below a unit's own level is ""."""
    return select(
        unit.label("unit_id"),
        _nothing().label("room_id"),
        Cluster.campus_id,
        Cluster.id.label("cluster_id"),
        (_nothing() if building is None else building).label("building_id"),
        (_nothing() if floor is None else floor).label("floor_id"),
        _nothing().label("college_id"),
        starts.label("starts"),
        ends.label("until"),
        (false() if exempt is None else exempt).label("exempt"),
    )


def clusters_due(window: Window) -> Rows:
    """Clusters with a residential building, from the day its first one opened."""
    starts, ends = _open(Building, window)
    return (
        _places(Cluster.id, func.min(starts), func.max(ends))
        .select_from(Cluster)
        .join(Building, Building.cluster_id == Cluster.id)
        .where(Building.residential, starts < ends)
        .group_by(Cluster.id, Cluster.campus_id)
    )


def buildings_due(window: Window) -> Rows:
    """Residential buildings while open."""
    starts, ends = _open(Building, window)
    return (
        _places(Building.id, starts, ends, building=Building.id)
        .select_from(Building)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(Building.residential, starts < ends)
    )


def _floors(window: Window, exempt: SQLColumnExpression[bool]) -> Rows:
    starts, ends = _open(Building, window)
    return (
        _places(Floor.id, starts, ends, building=Building.id, floor=Floor.id, exempt=exempt)
        .select_from(Floor)
        .join(Building, Building.id == Floor.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(Building.residential, Floor.residential, starts < ends)
    )


def floors_due(window: Window) -> Rows:
    """Residential floors; where no organisation is required they are exempt, not uncovered."""
    return _floors(window, ~Floor.organisation_required)


def leaders_due(window: Window) -> Rows:
    """Residential floors: each is to have a leader."""
    return _floors(window, false())


def _residents(unit: ColumnElement[str], among: tuple[str, ...] = ()) -> Rows:
    college = _nothing() if unit is RESIDENT.c.room_id else RESIDENT.c.college_id
    stmt = select(
        unit.label("unit_id"),
        RESIDENT.c.room_id,
        RESIDENT.c.campus_id,
        RESIDENT.c.cluster_id,
        RESIDENT.c.building_id,
        RESIDENT.c.floor_id,
        college.label("college_id"),
        RESIDENT.c.starts,
        RESIDENT.c.until,
        false().label("exempt"),
    )
    if among:
        stmt = stmt.where(RESIDENT.c.political_status.in_(among))
    return stmt.distinct()


def occupied_rooms_due(_: Window) -> Rows:
    """Rooms someone lives in."""
    return _residents(RESIDENT.c.room_id)


def member_rooms_due(_: Window) -> Rows:
    """Rooms a Party member lives in."""
    return _residents(RESIDENT.c.room_id, PARTY_MEMBERS)


def roster_due(_: Window) -> Rows:
    """Members, development targets and activists, where they live."""
    return _residents(RESIDENT.c.student_id, PARTY_ROSTER)


def members_due(_: Window) -> Rows:
    """Party members, where they live."""
    return _residents(RESIDENT.c.student_id, PARTY_MEMBERS)


# Covered: by what, and when


def _organisations(unit: SQLColumnExpression[str | None], kinds: tuple[str, ...] = ()) -> Rows:
    """Where organisations serve: while both the organisation and its scope are in force."""
    starts = latest(PartyOrganisation.founded, PartyOrganisationScope.starts)
    ends = earliest(until(PartyOrganisation.closed), until(PartyOrganisationScope.ends))
    stmt = (
        select(
            unit.label("unit_id"),
            _nothing().label("room_id"),
            starts.label("starts"),
            ends.label("until"),
            PartyOrganisation.name.label("cover"),
        )
        .join(PartyOrganisation, PartyOrganisation.id == PartyOrganisationScope.organisation_id)
        .where(unit.is_not(None), starts < ends)
    )
    return stmt.where(PartyOrganisation.kind.in_(kinds)) if kinds else stmt


def clusters_covered(_: Window) -> Rows:
    """By a joint studio or any other organisation at cluster level."""
    return _organisations(PartyOrganisationScope.cluster_id)


def buildings_covered(_: Window) -> Rows:
    """By an active workstation."""
    return _organisations(PartyOrganisationScope.building_id, (WORKSTATION,))


def floors_covered(_: Window) -> Rows:
    """By an active functional branch or Party group."""
    return _organisations(PartyOrganisationScope.floor_id, FLOOR_ORGANISATIONS)


def leaders_covered(_: Window) -> Rows:
    """By a leader in office who is enrolled and a Party member on that day."""
    starts = latest(FloorLeader.starts, MEMBER.c.starts)
    ends = earliest(until(FloorLeader.ends), MEMBER.c.until)
    return (
        select(
            FloorLeader.floor_id.label("unit_id"),
            _nothing().label("room_id"),
            starts.label("starts"),
            ends.label("until"),
            FloorLeader.student_id.label("cover"),
        )
        .join(MEMBER, MEMBER.c.student_id == FloorLeader.student_id)
        .where(starts < ends)
    )


def rooms_in_charge(_: Window) -> Rows:
    """By a responsibility area whose member in charge is enrolled and a Party member."""
    room, keeper = ResponsibilityAreaRoom, ResponsibilityAreaMember
    starts = latest(room.starts, keeper.starts, MEMBER.c.starts)
    ends = earliest(until(room.ends), until(keeper.ends), MEMBER.c.until)
    return (
        select(
            room.room_id.label("unit_id"),
            room.room_id,
            starts.label("starts"),
            ends.label("until"),
            ResponsibilityArea.name.label("cover"),
        )
        .join(ResponsibilityArea, ResponsibilityArea.id == room.area_id)
        .join(keeper, keeper.area_id == room.area_id)
        .join(MEMBER, MEMBER.c.student_id == keeper.student_id)
        .where(starts < ends)
    )


def plates_shown(_: Window) -> Rows:
    """By a plate on the door of that room; who lives behind it is the denominator's question."""
    return select(
        MemberDisplay.room_id.label("unit_id"),
        MemberDisplay.room_id,
        MemberDisplay.starts,
        until(MemberDisplay.ends).label("until"),
        literal(DISPLAY_PLATE).label("cover"),
    ).where(MemberDisplay.kind == DISPLAY_PLATE, MemberDisplay.room_id.is_not(None))


def identity_shown(_: Window) -> Rows:
    """By showing that one is a Party member, wherever one lives."""
    home = select(RESIDENT.c.student_id, RESIDENT.c.room_id).distinct().subquery("home")
    return (
        select(
            MemberDisplay.student_id.label("unit_id"),
            home.c.room_id,
            MemberDisplay.starts,
            until(MemberDisplay.ends).label("until"),
            literal(DISPLAY_IDENTITY).label("cover"),
        )
        .join(home, home.c.student_id == MemberDisplay.student_id)
        .where(MemberDisplay.kind == DISPLAY_IDENTITY)
    )


def roster_enrolled(_: Window) -> Rows:
    """By the roster of an active workstation that serves the building they live in."""
    roster, scope = WorkstationMember, PartyOrganisationScope
    starts = latest(roster.starts, scope.starts, PartyOrganisation.founded)
    ends = earliest(until(roster.ends), until(scope.ends), until(PartyOrganisation.closed))
    home = select(RESIDENT.c.student_id, RESIDENT.c.room_id, RESIDENT.c.building_id).distinct()
    homes = home.subquery("home")
    return (
        select(
            roster.student_id.label("unit_id"),
            homes.c.room_id,
            starts.label("starts"),
            ends.label("until"),
            PartyOrganisation.name.label("cover"),
        )
        .join(
            PartyOrganisation,
            and_(
                PartyOrganisation.id == roster.organisation_id,
                PartyOrganisation.kind == WORKSTATION,
            ),
        )
        .join(scope, scope.organisation_id == roster.organisation_id)
        .join(
            homes,
            and_(
                homes.c.student_id == roster.student_id,
                homes.c.building_id == scope.building_id,
            ),
        )
        .where(starts < ends)
    )


def _leads(window: Window, leads: tuple[str, ...]) -> Rows:
    """From the day the last of these leads was first entered, until the term ends."""
    first = (
        select(
            FiveLeadEntry.student_id, FiveLeadEntry.lead, func.min(FiveLeadEntry.day).label("day")
        )
        .where(
            FiveLeadEntry.lead.in_(leads),
            FiveLeadEntry.day >= window.starts,
            FiveLeadEntry.day < window.until,
        )
        .group_by(FiveLeadEntry.student_id, FiveLeadEntry.lead)
        .subquery("first_entry")
    )
    done = (
        select(first.c.student_id, func.max(first.c.day).label("day"))
        .group_by(first.c.student_id)
        .having(func.count() == len(leads))
        .subquery("done")
    )
    home = select(RESIDENT.c.student_id, RESIDENT.c.room_id).distinct().subquery("home")
    return select(
        done.c.student_id.label("unit_id"),
        home.c.room_id,
        done.c.day.label("starts"),
        literal(window.until, Date).label("until"),
        null().cast(String).label("cover"),
    ).join(home, home.c.student_id == done.c.student_id)


def all_leads(window: Window) -> Rows:
    """By at least one entry of the term in each of the five leads."""
    return _leads(window, FIVE_LEADS)


def one_lead(lead: str) -> Intervals:
    """By at least one entry of the term in this lead."""
    return lambda window: _leads(window, (lead,))


DUE: dict[str, Intervals] = {
    "cluster_coverage": clusters_due,
    "building_coverage": buildings_due,
    "floor_coverage": floors_due,
    "floor_leader": leaders_due,
    "room_responsibility": occupied_rooms_due,
    "workstation_enrolment": roster_due,
    "plate": member_rooms_due,
    "identity": members_due,
    "five_lead": members_due,
    **dict.fromkeys(FIVE_LEAD_METRICS, members_due),
}
COVERED: dict[str, Intervals] = {
    "cluster_coverage": clusters_covered,
    "building_coverage": buildings_covered,
    "floor_coverage": floors_covered,
    "floor_leader": leaders_covered,
    "room_responsibility": rooms_in_charge,
    "workstation_enrolment": roster_enrolled,
    "plate": plates_shown,
    "identity": identity_shown,
    "five_lead": all_leads,
    **{key: one_lead(lead) for key, lead in FIVE_LEAD_METRICS.items()},
}
