"""Members of student groups in a term, each with where they belonged at the time."""

from sqlalchemy import String, Table, cast, select

from data.engine import Rows, earliest, latest
from data.models.participation import GroupMembership
from data.summaries.contact_scratch import SLICE
from data.summaries.contacts import Maker
from data.summaries.group_spells import spells
from data.summaries.scratch import TO_BUILDING, Window


def group_memberships(window: Window) -> Rows:
    """Rows of GroupMembership: memberships beside the enrolments they overlap."""
    spell, own = spells(window).subquery("spell"), SLICE.c
    starts, until = latest(spell.c.starts, own.starts), earliest(spell.c.until, own.until)
    return (
        select(
            spell.c.group_id,
            cast(spell.c.kind, String(16)).label("kind"),
            spell.c.student_id,
            *(own[name] for name in (*TO_BUILDING, "college_id", "counselor_id", "major")),
            starts.label("starts"),
            until.label("until"),
        )
        .join(SLICE, own.student_id == spell.c.student_id)
        .where(starts < until)
    )


GROUPS: dict[str, tuple[Table, Maker]] = {
    "group_memberships": (GroupMembership.__table__, group_memberships),  # type: ignore[dict-item]
}
