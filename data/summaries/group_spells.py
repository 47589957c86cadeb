"""When students were on the roll of a student group, and whom the peer support groups reached."""

from datetime import date

from sqlalchemy import Column, Date, func, literal, select, union_all

from data.engine import Rows, earliest, latest
from data.models.activity import GROUP_KINDS, Activity, Attendance, StudentGroup, StudentGroupMember
from data.summaries.intervals import clipped, until
from data.summaries.scratch import Window, scratch_table, words

PEER_SUPPORT = GROUP_KINDS[2]
"""朋辈互助, the groups whose work is to help others."""

PEER = scratch_table(
    "peer", *words("student_id"), Column("day", Date, nullable=False), index=("student_id",)
)
"""The first day of the term on which a student was in a peer support group, or came to an activity
of one."""


def spells(window: Window) -> Rows:
    """`group_id, kind, student_id, starts, until`: the part of each membership that lies within the
    term and the life of its group; a last day counts on either side."""
    member, group = StudentGroupMember, StudentGroup
    founded = func.coalesce(group.founded, literal(date.min, Date))
    last = earliest(until(member.ends), until(group.closed))
    starts, ends = clipped(window, latest(member.starts, founded), last)
    return (
        select(
            group.id.label("group_id"),
            group.kind,
            member.student_id,
            starts.label("starts"),
            ends.label("until"),
        )
        .join(group, group.id == member.group_id)
        .where(starts < ends)
    )


def peers(window: Window) -> Rows:
    """What fills PEER."""
    spell = spells(window).subquery("spell")
    joined = select(spell.c.student_id, spell.c.starts.label("day"))
    joined = joined.where(spell.c.kind == PEER_SUPPORT)
    came = (
        select(Attendance.student_id, Activity.day)
        .join(Activity, Activity.id == Attendance.activity_id)
        .join(StudentGroup, StudentGroup.id == Activity.group_id)
        .where(StudentGroup.kind == PEER_SUPPORT)
        .where(Activity.day >= window.starts, Activity.day < window.until)
    )
    every = union_all(joined, came).subquery("every")
    first = func.min(every.c.day).label("day")
    return select(every.c.student_id, first).group_by(every.c.student_id)
