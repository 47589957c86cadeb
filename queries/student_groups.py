"""Student groups: which there are, who is in them, and whether they came into the community.

A group is the university's: it has no college and no building of its own. Chosen places or
colleges have the groups with a member there, or that held something there; a college that counts
by belonging those with a member of its own, wherever they hold their activities.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, distinct, func, or_, select

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.models.activity import GROUP_KINDS, StudentGroup
from data.models.participation import ActivitySession, GroupMembership
from data.models.place import Building, Cluster
from data.models.time import Term
from queries.contact_slice import members
from queries.counts import PLACES, buildings, homes
from queries.filters import Filters
from queries.slice import build_of, open_on, within
from queries.split import SLICE, Split, by_place
from queries.teaching import year_before

KINDS = GROUP_KINDS
GROUP, MEMBER, HELD = StudentGroup, GroupMembership, ActivitySession


@dataclass(frozen=True)
class Session:
    """An activity of a group in one of its places; `attended` is None without a list, `home` is a
    residential building of the slice."""

    activity: int
    day: date
    building: str
    group: str
    kind: str
    attended: int | None
    home: bool


@dataclass
class Tally:
    """Sessions added up, each activity once however many places it had."""

    lists: dict[int, int | None] = field(default_factory=dict)
    homes: set[str] = field(default_factory=set)
    last: date | None = None

    def add(self, session: Session) -> None:
        """Another session, no earlier than those before."""
        self.lists[session.activity] = session.attended
        self.last = session.day
        if session.home:
            self.homes.add(session.building)

    @property
    def counts(self) -> dict[str, int]:
        """How many, with how many lists and how many people on them, in how many homes."""
        known = [n for n in self.lists.values() if n is not None]
        counts = {"sessions": len(self.lists), "recorded": len(known), "attended": sum(known)}
        return counts | {"homes": len(self.homes)}


@dataclass(frozen=True)
class One:
    """A group of the slice with its members there and what it held there. Who is not `open` has
    held something in the term before it closed."""

    id: str
    name: str
    kind: str
    open: bool
    members: int
    held: Tally


def sessions(conn: Connection, filters: Filters, viewer: Viewer) -> list[Session]:
    """Activities of groups in the slice in the term up to the as-of day, in the order of days. A
    college that counts by belonging narrows the groups, not where they held something."""
    columns = (HELD.activity_id, HELD.day, HELD.building_id, HELD.group_id, GROUP.kind)
    stmt = (
        select(*columns, HELD.attended)
        .join(GROUP, GROUP.id == HELD.group_id)
        .where(HELD.build == build_of(filters.term), HELD.day <= filters.as_of)
        .where(*buildings(HELD.building_id, filters, viewer), *within(HELD, filters, PLACES))
        .order_by(HELD.day, HELD.activity_id, HELD.building_id)
    )
    here = homes_of(conn, filters, viewer)
    found = [Session(*row, home=row.building_id in here) for row in conn.execute(stmt)]
    if not filters.belonging:
        return found
    own = members_by(conn, filters, viewer, MEMBER.group_id)
    return [session for session in found if session.group in own]


def homes_of(conn: Connection, filters: Filters, viewer: Viewer) -> set[str]:
    """Residential buildings of the slice in use on the day."""
    stmt = select(Building.id).join(Cluster, Cluster.id == Building.cluster_id)
    return set(conn.scalars(stmt.where(*homes(filters, viewer))))


def members_by(conn: Connection, filters: Filters, viewer: Viewer, by: Any) -> dict[str, int]:
    """Members in the slice on the day, each once, by a column of GroupMembership."""
    return members_by_unit(conn, filters, viewer, by, SLICE).get("", {})


def members_by_unit(
    conn: Connection, filters: Filters, viewer: Viewer, by: Any, split: Split
) -> dict[str, dict[str, int]]:
    """The same of every unit with any."""
    people = func.count(distinct(MEMBER.student_id))
    stmt = by_place(split, MEMBER, filters).sums(by, people)
    found: dict[str, dict[str, int]] = {}
    for unit, key, n in conn.execute(stmt.where(*members(filters, viewer)).group_by(by)):
        found.setdefault(unit, {})[key] = int(n)
    return found


def tallies(held: Iterable[Session], by: str) -> defaultdict[str, Tally]:
    """Sessions added up by one of their attributes."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    key = attrgetter(by)
    for session in held:
        found[key(session)].add(session)
    return found


def groups(
    conn: Connection, filters: Filters, viewer: Viewer, held: Collection[Session]
) -> list[One]:
    """The groups of the slice whose sessions are given, in the order of kinds; none for a viewer
    without a role."""
    if viewer.role == "":
        return []
    own = members_by(conn, filters, viewer, MEMBER.group_id)
    return kept(register(conn, filters), own, held, narrow=is_narrow(filters, viewer))


def is_narrow(filters: Filters, viewer: Viewer) -> bool:
    """Whether a slice is less than the university: a group needs a member in it then."""
    return bool(filters.level or filters.college) or viewer.role not in SEES_EVERY_PLACE


def register(conn: Connection, filters: Filters) -> list[tuple[str, str, str, int]]:
    """Every group of the university there was in the term, in the order of kinds: `id, name, kind`
    and 1 where it is open on the day."""
    is_open = case((open_on(filters.as_of, GROUP.founded, GROUP.closed), 1), else_=0)
    starts = select(Term.starts).where(Term.id == filters.term).scalar_subquery()
    ever = or_(is_open == 1, GROUP.closed >= starts)
    stmt = select(GROUP.id, GROUP.name, GROUP.kind, is_open).where(ever).order_by(GROUP.id)
    found = [(id_, name, kind, is_open) for id_, name, kind, is_open in conn.execute(stmt)]
    return sorted(found, key=lambda group: GROUP_KINDS.index(group[2]))


def kept(
    every: Iterable[tuple[str, str, str, int]],
    own: Mapping[str, int],
    held: Iterable[Session],
    *,
    narrow: bool,
) -> list[One]:
    """Of every group those that held something, and open ones with an own member; with any or none
    where the slice is not narrow."""
    sums = tallies(held, "group")
    found = [
        One(id_, name, kind, bool(is_open), own.get(id_, 0), sums[id_])
        for id_, name, kind, is_open in every
    ]
    return [g for g in found if g.held.lists or (g.open and (g.members or not narrow))]


def by_kind(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per kind of group, also where there is none: `kind, numerator, denominator, dormant,
    members, sessions, recorded, attended, homes, every`, and the counts with `earlier_` before
    them for the same teaching week of the year before (`earlier_day`).

    `numerator` of `denominator` open groups held something in a residential building of the
    slice, `dormant` ones nothing at all; `members` are people, each once; `homes` of `every`
    residential building had a group of the kind. Sessions of groups since closed count too.
    """
    if viewer.role == "":
        return pd.DataFrame([], columns=["kind", *KIND_COUNTS])
    now, before = _kinds(conn, filters, viewer), year_before(conn, filters)
    then = _kinds(conn, before, viewer) if before else {}
    rows = [
        {"kind": kind, **counts, **_earlier(then.get(kind, {}))} for kind, counts in now.items()
    ]
    return pd.DataFrame(rows).assign(earlier_day=before.as_of if before else None)


KIND_COUNTS = (
    *("numerator", "denominator", "dormant", "members"),
    *("sessions", "recorded", "attended", "homes", "every"),
)


def _earlier(counts: dict[str, int]) -> dict[str, int | None]:
    return {f"earlier_{name}": counts.get(name) for name in KIND_COUNTS}


def _kinds(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, dict[str, int]]:
    held = sessions(conn, filters, viewer)
    every, sums = groups(conn, filters, viewer, held), tallies(held, "kind")
    people = members_by(conn, filters, viewer, MEMBER.kind)
    places = len(homes_of(conn, filters, viewer))
    found = {}
    for kind in GROUP_KINDS:
        own = [group for group in every if group.kind == kind and group.open]
        found[kind] = {
            "numerator": sum(bool(group.held.homes) for group in own),
            "denominator": len(own),
            "dormant": sum(not group.held.lists for group in own),
            "members": people.get(kind, 0),
            **sums[kind].counts,
            "every": places,
        }
    return found
