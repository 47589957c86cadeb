"""On which workstation's roster each member, development target and activist stands, day by day."""

from collections.abc import Callable

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    String,
    and_,
    case,
    func,
    literal,
    select,
    union,
    union_all,
)

from data.engine import Rows, earliest, latest
from data.models.party import (
    WORKSTATION,
    PartyOrganisation,
    PartyOrganisationScope,
    WorkstationMember,
)
from data.models.people import PARTY_ROSTER, Enrolment
from data.models.place import Building, Cluster, Room
from data.models.time import Term
from data.summaries.intervals import until
from data.summaries.scratch import RESIDENT, TO_BUILDING, UNIT, Window, in_force

WHO = ("student_id", *TO_BUILDING, "college_id")


def enrolled_by_status(_: Window) -> Rows:
    """Residents on the roster of their own building's workstation, by political status."""
    home, unit = RESIDENT.c, UNIT.c
    starts, ends = latest(home.starts, unit.starts), earliest(home.until, unit.until)
    return (
        select(
            home.political_status.label("kind"),
            *(home[name] for name in (*TO_BUILDING, "college_id")),
            starts.label("starts"),
            ends.label("until"),
        )
        .join(UNIT, and_(unit.unit_id == home.student_id, unit.room_id == home.room_id))
        .where(
            unit.metric == "workstation_enrolment",
            unit.state == "覆盖",
            home.political_status.in_(PARTY_ROSTER),
            starts < ends,
        )
    )


def unhoused_by_status(window: Window) -> Rows:
    """Who is enrolled but away, without a room or not in a residence, by political status."""
    people = _people(window).add_columns(Enrolment.political_status.label("kind")).subquery()
    chosen = ("kind", *WHO[1:], "starts", "until")
    return select(*(people.c[name] for name in chosen)).where(people.c.building_id == "")


def station_of(status: str) -> Callable[[Window], Rows]:
    """Everyone enrolled with this status, by the workstation whose roster they stand on.

    `kind` is the workstation, "" for none; who is on two counts for the one of the own building.
    The building is where they live, "" for those away, without a room or not in a residence.
    """
    return lambda window: _by_station(window, status)


def _by_station(window: Window, status: str) -> Rows:
    people, rosters = (
        _people(window).where(Enrolment.political_status == status).cte("people"),
        _rosters().cte("rosters"),
    )
    spells = _spells(window, people, rosters)
    own = case((rosters.c.building_id == people.c.building_id, rosters.c.organisation_id))
    one = select(
        *(people.c[name] for name in WHO),
        spells.c.starts,
        spells.c.until,
        func.coalesce(func.min(own), func.min(rosters.c.organisation_id), "").label("kind"),
    )
    found = (
        one.join_from(spells, people, _during(spells, people))
        .outerjoin(rosters, _during(spells, rosters))
        .group_by(*(people.c[name] for name in WHO), spells.c.starts, spells.c.until)
        .subquery("placed")
    )
    return select(*(found.c[name] for name in ("kind", *WHO[1:], "starts", "until")))


def _people(window: Window) -> Rows:
    """Enrolments of the term, with the place of those who live in a residence."""
    starts, ends = in_force()
    lives = and_(Enrolment.away.is_(None), Building.residential)
    places = zip(TO_BUILDING, (Cluster.campus_id, Cluster.id, Building.id), strict=True)
    return (
        select(
            Enrolment.student_id,
            *(case((lives, column), else_=literal("")).label(name) for name, column in places),
            Enrolment.college_id,
            starts.label("starts"),
            ends.label("until"),
        )
        .join(Term, Term.id == Enrolment.term_id)
        .outerjoin(Room, Room.id == Enrolment.room_id)
        .outerjoin(Building, Building.id == Room.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .where(Enrolment.term_id == window.term, starts < ends)
    )


def _rosters() -> Rows:
    """Rosters of workstations in force: once as such, and once for each building served."""
    roster, scope = WorkstationMember, PartyOrganisationScope
    starts = latest(roster.starts, PartyOrganisation.founded)
    ends = earliest(until(roster.ends), until(PartyOrganisation.closed))
    listed = (
        select(
            roster.student_id,
            roster.organisation_id,
            literal("", String(32)).label("building_id"),
            starts.label("starts"),
            ends.label("until"),
        )
        .join(PartyOrganisation, PartyOrganisation.id == roster.organisation_id)
        .where(PartyOrganisation.kind == WORKSTATION)
    )
    begins, stops = latest(starts, scope.starts), earliest(ends, until(scope.ends))
    serving = (
        listed.with_only_columns(
            roster.student_id,
            roster.organisation_id,
            scope.building_id,
            begins.label("starts"),
            stops.label("until"),
        )
        .join(scope, scope.organisation_id == roster.organisation_id)
        .where(scope.building_id.is_not(None))
    )
    both = union_all(listed.where(starts < ends), serving.where(begins < stops)).subquery("both")
    return select(*both.c)


def _spells(window: Window, people: CTE, rosters: CTE) -> CTE:
    """Every stretch of days in which nothing changed for a student."""
    days = union(
        *(
            select(rows.c.student_id, rows.c[edge].label("day")).where(
                rows.c[edge] >= window.starts, rows.c[edge] < window.until
            )
            for rows in (people, rosters)
            for edge in ("starts", "until")
        )
    ).subquery("days")
    after = func.lead(days.c.day, 1, literal(window.until, Date)).over(
        partition_by=days.c.student_id, order_by=days.c.day
    )
    return select(days.c.student_id, days.c.day.label("starts"), after.label("until")).cte("spells")


def _during(spells: CTE, rows: CTE) -> ColumnElement[bool]:
    return and_(
        rows.c.student_id == spells.c.student_id,
        rows.c.starts <= spells.c.starts,
        rows.c.until > spells.c.starts,
    )
