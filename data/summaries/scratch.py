"""Temporary tables of one refresh: they live on its connection and are seen by nobody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    case,
    insert,
    literal,
    select,
    text,
)

from data.engine import Rows, day_after, earliest, latest
from data.models.people import PARTY_MEMBERS, Enrolment
from data.models.place import Building, Cluster, Room
from data.models.time import Term
from data.summaries.method import DEFAULT, Method

SCRATCH = MetaData()


@dataclass(frozen=True)
class Window:
    """A term as half-open days."""

    term: str
    starts: date
    until: date
    as_of: date = date.max
    before: int = 0
    """The build of the term before; 0 where there is none."""
    method: Method = DEFAULT


def scratch_table(name: str, *columns: Column[Any], index: tuple[str, ...]) -> Table:
    """A temporary table with one index, made on every refresh."""
    table = Table(f"refresh_{name}", SCRATCH, *columns, prefixes=["TEMPORARY"])
    Index(f"ix_refresh_{name}", *(table.c[c] for c in index))
    return table


def words(*names: str) -> tuple[Column[str], ...]:
    """Columns of short text that are never empty."""
    return tuple(Column(name, String(32), nullable=False) for name in names)


def span() -> tuple[Column[date], Column[date]]:
    """Half-open days."""
    return Column("starts", Date, nullable=False), Column("until", Date, nullable=False)


TO_BUILDING = ("campus_id", "cluster_id", "building_id")
PLACE = (*TO_BUILDING, "floor_id")

MEMBER = scratch_table("member", *words("student_id"), *span(), index=("student_id",))
"""When each student was enrolled as a Party member, in every term."""

RESIDENT = scratch_table(
    "resident",
    *words("student_id", "room_id", *PLACE, "college_id", "political_status", "degree_level"),
    Column("grade", Integer, nullable=False),
    Column("counselor_id", String(32)),
    *span(),
    index=("student_id",),
)
"""Who lived where in the term, those away left out; `floor_id` "" where the code does not parse."""

DUE_ROWS = scratch_table(
    "due",
    *words("metric", "unit_id", "room_id", *PLACE, "college_id"),
    *span(),
    Column("exempt", Boolean, nullable=False),
    index=("metric", "unit_id", "room_id"),
)
COVERED_ROWS = scratch_table(
    "covered",
    *words("metric", "unit_id", "room_id"),
    *span(),
    Column("cover", String(128)),
    index=("metric", "unit_id", "room_id"),
)
UNIT = scratch_table(
    "unit",
    *words("metric", "unit_id", "room_id", *PLACE, "college_id"),
    *span(),
    Column("state", String(8), nullable=False),
    Column("cover", String(128)),
    Column("since", Date),
    Column("never", Boolean, nullable=False),
    index=("metric", "cluster_id", "building_id"),
)
SHARE = scratch_table(
    "share",
    *words("metric", "level", *PLACE, "college_id"),
    *span(),
    Column("covered", Integer, nullable=False),
    Column("gap", Integer, nullable=False),
    Column("exempt", Integer, nullable=False),
    Column("since", Date),
    Column("never", Integer, nullable=False),
    index=("metric", "level", *PLACE, "college_id"),
)
"""Each unit once for everyone (`college_id` "") and once for each college it concerns."""

STEP = scratch_table(
    "step",
    *words("metric", "level", *PLACE, "college_id"),
    *span(),
    Column("numerator", Integer, nullable=False),
    Column("denominator", Integer, nullable=False),
    Column("exempt", Integer, nullable=False),
    Column("since", Date),
    Column("never", Boolean, nullable=False),
    index=("metric", "cluster_id"),
)


def create(conn: Connection) -> None:
    """Empty scratch tables on this connection."""
    SCRATCH.create_all(conn, checkfirst=False)


def fill(conn: Connection, table: Table, stmt: Rows) -> None:
    """Append a SELECT to a scratch table, matching columns by name."""
    conn.execute(insert(table).from_select(list(stmt.selected_columns.keys()), stmt))


def empty(conn: Connection, *tables: Table) -> None:
    """Make scratch tables ready for the next term."""
    for table in tables:
        conn.execute(table.delete())


def analyse(conn: Connection, *tables: Table) -> None:
    """Tell the planner how large scratch tables have become; without it PostgreSQL guesses."""
    for table in tables:
        conn.execute(text(f"ANALYZE {table.name}"))


def in_force() -> tuple[Any, Any]:
    """From when until when an enrolment holds, within its term."""
    ends = case((Enrolment.ends.is_(None), Term.ends), else_=Enrolment.ends)
    return latest(Enrolment.starts, Term.starts), earliest(day_after(ends), day_after(Term.ends))


def party_members() -> Rows:
    """What fills MEMBER."""
    starts, ends = in_force()
    return (
        select(Enrolment.student_id, starts.label("starts"), ends.label("until"))
        .join(Term, Term.id == Enrolment.term_id)
        .where(Enrolment.political_status.in_(PARTY_MEMBERS), starts < ends)
    )


def residents(window: Window) -> Rows:
    """What fills RESIDENT for one term."""
    starts, ends = in_force()
    floor = case((Room.floor_id.is_(None), literal("")), else_=Room.floor_id)
    return (
        select(
            Enrolment.student_id,
            Enrolment.room_id,
            Cluster.campus_id,
            Building.cluster_id,
            Room.building_id,
            floor.label("floor_id"),
            Enrolment.college_id,
            Enrolment.political_status,
            Enrolment.degree_level,
            Enrolment.grade,
            Enrolment.counselor_id,
            starts.label("starts"),
            ends.label("until"),
        )
        .join(Term, Term.id == Enrolment.term_id)
        .join(Room, Room.id == Enrolment.room_id)
        .join(Building, Building.id == Room.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(
            Enrolment.term_id == window.term,
            Enrolment.away.is_(None),
            Building.residential,
            starts < ends,
        )
    )


def drop(conn: Connection) -> None:
    """Give the space back before the connection returns to its pool."""
    SCRATCH.drop_all(conn, checkfirst=False)
