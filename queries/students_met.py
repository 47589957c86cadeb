"""① 覆盖全体学生: who was met this term, day by day, and how.

What counts as met is decided when the summaries are made (`data/summaries/contact_scratch.py`):
talked with, present in a visited room, in a visited class. A room reached with nobody on record
stands beside it and is never counted.
"""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import ContactTotal, StudentContact
from data.models.time import Term
from data.schemes.scheme import COLLEGE_BELONGS
from queries.contact_slice import students, students_ever, totals
from queries.filters import Filters
from queries.metric import Metric
from queries.slice import frame, on_day
from queries.split import EACH, SLICE, Split, by_college, by_place, of_slice

CLAUSE = "44023：四时段各40分钟、公寓与课堂/实验室 2 场域、每学期 3 个全覆盖"
AWAY = "休学、校外住宿、实习、交换的学生，单列人数"

STUDENT_COVERAGE = Metric(
    key="student_coverage",
    name="学生覆盖率",
    definition="本学期截至当日，至少被自己的辅导员或所住楼宇的楼宇辅导员见到一次的学生，占在校学生的比例；"
    "谈话、走访时在寝、随堂见到都算见到，只走到房间、没有登记见到谁的不算",
    numerator="本学期截至当日，被当时的辅导员或所住楼宇的楼宇辅导员谈话、在寝或随堂见到过的学生",
    denominator="当日在籍且在校的学生",
    excluded=AWAY,
    unit="人",
    clause=CLAUSE,
    page="/counselors",
    target=1.0,
)
STUDENT_COVERAGE_ANY = Metric(
    key="student_coverage_any",
    name="学生被任一辅导员见到的比例",
    definition="本学期截至当日，至少被任何一名辅导员见到一次的学生，占在校学生的比例",
    numerator="本学期截至当日，被任何一名辅导员谈话、在寝或随堂见到过的学生",
    denominator=STUDENT_COVERAGE.denominator,
    excluded=AWAY,
    unit="人",
    clause=CLAUSE,
    page="/counselors",
)
CONTACT, TOTAL = StudentContact, ContactTotal
ONLY_ROOM = "只到房间"
WAYS = ("谈话", "在寝", "随堂", ONLY_ROOM)


def student_coverage(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Two rows, `student_coverage` and `student_coverage_any`: `metric, numerator, denominator,
    exempt`; `exempt` are those away."""
    return of_slice(each_student_coverage(conn, filters, viewer, SLICE))


def each_student_coverage(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH."""
    rows: list[tuple[Any, ...]] = []
    for unit, own, anyone, everyone, away in conn.execute(_sums(filters, viewer, split)):
        if everyone or away:
            rows.append((unit, STUDENT_COVERAGE.key, own, everyone, away))
            rows.append((unit, STUDENT_COVERAGE_ANY.key, anyone, everyone, away))
    return pd.DataFrame(rows, columns=EACH)


def _sums(filters: Filters, viewer: Viewer, split: Split) -> Rows:
    """By unit: met by their own, met by anyone, everyone, and those away."""
    added = totals(filters, viewer) if split.kind in ("", COLLEGE_BELONGS) else None
    if added is None:
        here = CONTACT.away == ""
        key = by_place(split, CONTACT, filters)
        return key.sums(
            count_of(and_(here, met_by(CONTACT.first_own, filters))),
            count_of(and_(here, met_by(CONTACT.first_any, filters))),
            count_of(here),
            count_of(CONTACT.away != ""),
        ).where(*students(filters, viewer, away=None))

    def number(way: str, *where: Any) -> ColumnElement[int]:
        return func.coalesce(func.sum(TOTAL.number).filter(TOTAL.way == way, *where), 0)

    met = TOTAL.first <= filters.as_of
    counts = number("own", met), number("any", met), number("own"), number("away")
    key = by_college(split, TOTAL.college_id)
    return key.sums(*counts).where(*added, on_day(TOTAL, filters))


def met_by(first: Any, filters: Filters) -> ColumnElement[bool]:
    """Whether a first contact lies on or before the as-of day."""
    return first <= filters.as_of


def not_yet_met(filters: Filters) -> ColumnElement[bool]:
    """Whether their own counselor or the building's has not met a student by the as-of day."""
    return or_(CONTACT.first_own.is_(None), CONTACT.first_own > filters.as_of)


def count_of(what: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows are so; 0 of none."""
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def by_home(filters: Filters, viewer: Viewer) -> Rows:
    """Students met by their own counselor or the building's, by where they live: `building_id,
    numerator, denominator`; "" is whoever has no room."""
    return (
        select(
            CONTACT.building_id,
            count_of(met_by(CONTACT.first_own, filters)).label("numerator"),
            func.count().label("denominator"),
        )
        .where(*students(filters, viewer))
        .group_by(CONTACT.building_id)
    )


def met_by_day(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per day of the term up to the as-of day: `day, numerator, anyone, denominator`; each
    row is what the rates would have been on that day."""
    spells = frame(conn, _spells(filters, viewer))
    if spells.empty:
        return pd.DataFrame([], columns=["day", "numerator", "anyone", "denominator"])
    first = conn.execute(select(Term.starts).where(Term.id == filters.term)).scalar_one()
    days = pd.date_range(min(first, filters.as_of), filters.as_of)
    by_way = dict(list(spells.groupby("way")))
    counts = {
        "numerator": _standing(by_way["own"], "first", days),
        "anyone": _standing(by_way["any"], "first", days),
        "denominator": _standing(by_way["own"], "starts", days),
    }
    return pd.DataFrame({"day": days.date, **counts})


def _spells(filters: Filters, viewer: Viewer) -> Rows:
    """How many enrolment slices share their days and the day first met, for both ways."""
    added = totals(filters, viewer)
    if added is not None:
        key = (TOTAL.way, TOTAL.starts, TOTAL.until, TOTAL.first)
        stmt = select(*key, func.sum(TOTAL.number).label("number")).group_by(*key)
        return stmt.where(*added, TOTAL.way != "away")
    here = students_ever(filters, viewer)
    parts = []
    for way, first in (("own", CONTACT.first_own), ("any", CONTACT.first_any)):
        name = literal(way, String(8)).label("way")
        days = (CONTACT.starts, CONTACT.until, first)
        stmt = select(name, *days[:2], first.label("first"), func.count().label("number"))
        parts.append(stmt.where(*here).group_by(*days))
    both = union_all(*parts).subquery("both")
    return select(*both.c)


def _standing(spells: pd.DataFrame, column: str, days: pd.DatetimeIndex) -> np.ndarray:
    """How many slices in force on each day had reached the day in a column."""
    known = spells[spells[column].notna()]
    starts, until, reached = (pd.to_datetime(known[c]) for c in ("starts", "until", column))
    since, number = np.maximum(reached.to_numpy(), starts.to_numpy()), known["number"].to_numpy(int)
    lasting = since < until.to_numpy()
    edges = np.concatenate([since[lasting], until.to_numpy()[lasting]])
    change = np.concatenate([number[lasting], -number[lasting]])
    order = np.argsort(edges, kind="stable")
    sums = np.concatenate([[0], change[order].cumsum()])
    return sums[np.searchsorted(edges[order], days.to_numpy(), side="right")]


def ways_met(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """How students were met by their own counselor or the building's: `way, numerator,
    denominator`. A student may stand under several ways; 只到房间 are those whose room was reached
    and who were not met in any way."""
    reached = and_(
        met_by(CONTACT.first_room, filters),
        not_yet_met(filters),
    )
    ways = (CONTACT.first_talk, CONTACT.first_present, CONTACT.first_class)
    counts = [*(count_of(met_by(first, filters)) for first in ways), count_of(reached)]
    stmt = select(*counts, func.count()).where(*students(filters, viewer))
    *met, total = conn.execute(stmt).one()
    rows = [(way, number, total) for way, number in zip(WAYS, met, strict=True)]
    return pd.DataFrame(rows if total else [], columns=["way", "numerator", "denominator"])
