"""③ 覆盖关切的重点难点问题: answered in time, brought to an end.

A stage counts as reached on the earliest day that it or a later one is on record
(`data/models/contact.py`): an answer given before anybody took the concern up is an answer.
Concerns are counted down to the building: on a floor or in a room they would point at someone.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, false, func, tuple_

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import ConcernStage, StudentContact
from queries.contact_slice import concerns, living
from queries.filters import Filters
from queries.metric import Metric
from queries.slice import Where
from queries.split import EACH, SLICE, Split, by_place, of_slice
from queries.students_met import CLAUSE, count_of

RESPONSE_IN_TIME = Metric(
    key="response_in_time",
    name="按时首次答复率",
    definition="本学期提出、答复时限已过的关切问题里，在时限内首次答复的比例；"
    "时限从提出次日起算，按工作日（周一至周五，不含节假日），天数由学期设定",
    numerator="在时限内首次答复的关切问题",
    denominator="本学期提出、答复时限在当日之前已过的关切问题",
    excluded="时限未过的问题、以前学期提出的问题",
    unit="个",
    clause=CLAUSE,
    page="/counselors",
    target=1.0,
)
CLOSED_LOOP = Metric(
    key="closed_loop",
    name="闭环率",
    definition="本学期截至当日提出的关切问题里，已经解决并经学生确认的比例",
    numerator="截至当日已解决且学生已确认的关切问题",
    denominator="本学期截至当日提出的关切问题",
    excluded="以前学期提出的问题",
    unit="个",
    clause=CLAUSE,
    page="/counselors",
    target=1.0,
)
STAGE = ConcernStage
TOO_NEAR = ("floor", "room")


def concern_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Up to two rows, `response_in_time` and `closed_loop`: `metric, numerator, denominator,
    exempt`; `exempt` are concerns whose limit has not passed. None where nothing was raised."""
    return of_slice(each_concern_rates(conn, filters, viewer, SLICE))


def each_concern_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH."""
    past = STAGE.limit_day < filters.as_of
    in_time = and_(past, STAGE.responded <= STAGE.limit_day)
    counts = (count_of(in_time), count_of(past), count_of(STAGE.confirmed <= filters.as_of))
    key = by_place(split, STAGE, filters)
    stmt = key.sums(*counts, func.count()).where(*in_slice(filters, viewer), STAGE.carried == 0)
    if filters.degree and key.splits:
        stmt = stmt.where(tuple_(key.column, STAGE.student_id).in_(_people(split, filters)))
    rows: list[tuple[Any, ...]] = []
    for unit, answered, due, closed, raised in conn.execute(stmt):
        if raised:
            rows.append((unit, RESPONSE_IN_TIME.key, answered, due, raised - due))
            rows.append((unit, CLOSED_LOOP.key, closed, raised, 0))
    return pd.DataFrame(rows, columns=EACH)


def _people(split: Split, filters: Filters) -> Rows:
    """Units with their students of the slice: a concern counts where it was raised, as long as its
    student is still of the unit."""
    people = StudentContact
    return by_place(split, people, filters).rows(people.student_id).where(*living(filters))


def in_slice(filters: Filters, viewer: Viewer) -> list[Where]:
    """Concerns of the slice raised up to the day, carried ones too; none nearer than a building."""
    return [*concerns(filters, viewer), *([false()] if filters.level in TOO_NEAR else [])]
