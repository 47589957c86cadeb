"""What happened in each building on each day: counts of events, which add up over days and places.

A measure is single events, those of no building under building "" (未归属):

    kind, campus_id, cluster_id, building_id, college_id, day, amount
"""

from collections.abc import Callable

from sqlalchemy import Float, String, func, literal, select

from data.engine import Rows
from data.models.party import FiveLeadEntry
from data.summaries.deeds import DEEDS
from data.summaries.scratch import RESIDENT, TO_BUILDING, Window
from data.summaries.visit_records import RECORDS

Measure = Callable[[Window], Rows]


def five_lead_entries(window: Window) -> Rows:
    """Five-lead ledger entries by lead, where the student lived on that day."""
    entry, home = FiveLeadEntry, RESIDENT.c
    return (
        select(
            entry.lead.label("kind"),
            *(func.coalesce(home[name], "").label(name) for name in (*TO_BUILDING, "college_id")),
            entry.day,
            literal(0.0, Float).label("amount"),
        )
        .outerjoin(
            RESIDENT,
            (home.student_id == entry.student_id)
            & (home.starts <= entry.day)
            & (home.until > entry.day),
        )
        .where(entry.day >= window.starts, entry.day < window.until)
    )


FLOWS: dict[str, Measure] = {
    "five_lead_entries": five_lead_entries,
    **DEEDS,
    **RECORDS,
}


def flow(key: str, window: Window) -> Rows:
    """The rows of FlowCount for one measure in one term."""
    found = FLOWS[key](window).subquery("found")
    cell = [found.c[name] for name in ("kind", *TO_BUILDING, "college_id", "day")]
    return select(
        literal(key, String(32)).label("metric"),
        *cell,
        func.count().label("number"),
        func.coalesce(func.sum(found.c.amount), 0.0).label("amount"),
    ).group_by(*cell)
