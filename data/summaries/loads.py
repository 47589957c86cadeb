"""What each responsibility area holds on a day: its rooms, its members in charge, its residents."""

from typing import Any

from sqlalchemy import String, literal, select

from data.engine import Rows, earliest, latest
from data.models.party import (
    ResponsibilityArea,
    ResponsibilityAreaMember,
    ResponsibilityAreaRoom,
)
from data.models.place import Building, Cluster
from data.summaries.intervals import clipped, until
from data.summaries.scratch import MEMBER, RESIDENT, Window


def _areas(college: Any, starts: Any, ends: Any) -> Rows:
    """Spells of something in an area, to be joined to it; the area's id is the kind."""
    return (
        select(
            ResponsibilityArea.id.label("kind"),
            Cluster.campus_id,
            Building.cluster_id,
            ResponsibilityArea.building_id,
            college.label("college_id"),
            starts.label("starts"),
            ends.label("until"),
        )
        .select_from(ResponsibilityArea)
        .join(Building, Building.id == ResponsibilityArea.building_id)
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(starts < ends)
    )


def area_rooms(window: Window) -> Rows:
    """Rooms of each area."""
    room = ResponsibilityAreaRoom
    spell = clipped(window, room.starts, until(room.ends))
    return _areas(literal("", String(32)), *spell).join(room, room.area_id == ResponsibilityArea.id)


def area_keepers(window: Window) -> Rows:
    """Members in charge of each area, while enrolled and Party members."""
    keeper = ResponsibilityAreaMember
    spell = clipped(
        window,
        latest(keeper.starts, MEMBER.c.starts),
        earliest(until(keeper.ends), MEMBER.c.until),
    )
    return (
        _areas(literal("", String(32)), *spell)
        .join(keeper, keeper.area_id == ResponsibilityArea.id)
        .join(MEMBER, MEMBER.c.student_id == keeper.student_id)
    )


def area_residents(_: Window) -> Rows:
    """Who lives in the rooms of each area."""
    room, home = ResponsibilityAreaRoom, RESIDENT.c
    starts, ends = latest(room.starts, home.starts), earliest(until(room.ends), home.until)
    return (
        _areas(home.college_id, starts, ends)
        .join(room, room.area_id == ResponsibilityArea.id)
        .join(RESIDENT, home.room_id == room.room_id)
    )
