"""What each building holds on a day: counts that stand for a while and add up over buildings.

A measure is the intervals of single things, each in one building, each one kind at a time:

    kind, campus_id, cluster_id, building_id, college_id, starts, until
"""

from collections.abc import Callable

from sqlalchemy import String, func, literal, select

from data.engine import Rows
from data.summaries.scratch import RESIDENT, Window

Measure = Callable[[Window], Rows]
PLACES = ("campus_id", "cluster_id", "building_id")


def residents_by_status(_: Window) -> Rows:
    """Residents in residence by political status."""
    return select(
        RESIDENT.c.political_status.label("kind"),
        *(RESIDENT.c[name] for name in (*PLACES, "college_id", "starts", "until")),
    )


STANDINGS: dict[str, Measure] = {
    "residents_by_status": residents_by_status,
}


def standing(key: str, window: Window) -> Rows:
    """The rows of StandingCount for one measure in one term."""
    found = STANDINGS[key](window).subquery("found")
    spell = [found.c[name] for name in ("kind", *PLACES, "college_id", "starts", "until")]
    return select(
        literal(key, String(32)).label("metric"), *spell, func.count().label("number")
    ).group_by(*spell)
