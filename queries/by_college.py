"""44023 by college: the school-wide view, in the order of colleges, nobody ranked.

A college has the students who belong to it, the work of its own counselors and its own concerns.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.models.contact import ConcernStage, CounselorPeriod, StudentContact
from data.models.people import College
from data.summaries.method import method_of
from queries.contact_slice import concerns, periods, students
from queries.filters import Filters
from queries.intervals import bounds
from queries.places import UNPLACED
from queries.slice import frame
from queries.students_met import count_of, met_by
from queries.workload import ANSWERS, WORK, answers_by, work_by

CONTACT = StudentContact
PEOPLE = ["numerator", "denominator", "counselors", "without"]
COLUMNS = ["college_id", "college", *PEOPLE, "per_counselor", "norm", "low", "high", *WORK]
COLUMNS += [*ANSWERS, "per_week", "apartment_share", "fields_share", "slots_share"]
COLUMNS += ["answers_share", "slots_low", "slots_high", "answers_low", "answers_high"]


def by_college(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per college with anything in the slice, by its number: `college_id, college,
    numerator, denominator` (students met, enrolled), `counselors` with such students, `without`
    one; `per_counselor` beside the `norm`; WORK and ANSWERS of `queries/workload.py`; `per_week`
    visits of a counselor in a week due; shares, and 95 % bounds of each.

    What belongs to no college stands last, as 未归属 with `college_id` "".
    """
    parts = [
        _people(conn, filters, viewer),
        work_by(conn, CounselorPeriod.college_id, filters, periods(filters, viewer)),
        answers_by(conn, ConcernStage.college_id, ConcernStage, filters, concerns(filters, viewer)),
    ]
    found, *others = (part.set_index("owner") for part in parts)
    for other in others:
        found = found.join(other, how="outer")
    counts = whole(found, [*PEOPLE, *WORK, *ANSWERS])
    named = _named(conn, counts.rename_axis("college_id").reset_index())
    rates = with_rates(named.assign(norm=method_of(conn, filters.term).students_per_counselor))
    each = ratio(rates["denominator"], rates["counselors"])
    return rates.assign(per_counselor=each)[COLUMNS]


def _people(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """By college: students met, all, the counselors on whose lists they are, those on none."""
    pair = (CONTACT.college_id.label("owner"), CONTACT.counselor_id)
    stmt = select(
        *pair,
        count_of(met_by(CONTACT.first_own, filters)).label("met"),
        func.count().label("number"),
    )
    of = stmt.where(*students(filters, viewer)).group_by(*pair).subquery("of").c
    listed = of.counselor_id != ""
    return frame(
        conn,
        select(
            of.owner,
            func.sum(of.met).label("numerator"),
            func.sum(of.number).label("denominator"),
            count_of(listed).label("counselors"),
            func.coalesce(func.sum(of.number).filter(~listed), 0).label("without"),
        ).group_by(of.owner),
    )


def _named(conn: Connection, found: pd.DataFrame) -> pd.DataFrame:
    names = dict(conn.execute(select(College.id, College.name)).all())
    found = found.assign(college=[names.get(i, UNPLACED) for i in found["college_id"]])
    last = found["college_id"] == ""
    order = found.assign(last=last).sort_values(["last", "college_id"], ignore_index=True)
    return order.drop(columns="last")


def with_rates(found: pd.DataFrame) -> pd.DataFrame:
    """With the shares of WORK and ANSWERS, and the bounds of what is a share of cases."""
    places = found["apartment"] + found["elsewhere"]
    shares: dict[str, Any] = {
        "per_week": ratio(found["week_visits"], found["weeks"]),
        "apartment_share": ratio(found["apartment"], places),
        "fields_share": ratio(found["fields_made"], found["fields_due"]),
        "slots_share": ratio(found["slots_made"], found["slots_due"]),
        "answers_share": ratio(found["answered"], found["answers_due"]),
    }
    limits = bounds(found, "numerator", "denominator", "")
    limits |= bounds(found, "slots_made", "slots_due", "slots_")
    limits |= bounds(found, "answered", "answers_due", "answers_")
    return found.assign(**shares, **limits)


def whole(found: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The frame with these sums as whole numbers; 0 where a part has nothing of a row."""
    counts = found[columns].astype("float").fillna(0).astype("int64")
    return found.assign(**{name: counts[name] for name in columns})


def ratio(upper: pd.Series, lower: pd.Series) -> pd.Series:
    """One column by another; no value over nobody."""
    return upper / lower.where(lower > 0)
