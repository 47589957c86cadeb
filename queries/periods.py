"""② 覆盖重要时段和关键节点: four periods a week, two fields, key dates.

A week counts once it is over: on its Monday nobody can have made its Friday. The running week is
shown apart from the rates.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import CounselorPeriod, NodeCoverage
from data.schemes.scheme import COLLEGE_BELONGS
from queries.contact_slice import ended, nodes, over, periods
from queries.contact_split import by_living, counselors
from queries.filters import Filters
from queries.metric import Metric
from queries.split import EACH, SLICE, UNSPLIT, Key, Split, by_college, of_slice
from queries.students_met import CLAUSE, count_of

SLOT_COVERAGE = Metric(
    key="slot_coverage",
    name="时段覆盖率",
    definition="已结束的教学周里，辅导员在各时段（上午、中午、下午、晚上）至少有一次满时长走访的比例；"
    "满时长为 40 分钟，一名辅导员一周四个时段计四格",
    numerator="有至少一次满时长走访的（辅导员，教学周，时段）",
    denominator="在岗整周、有带学生或负责楼宇的辅导员 × 已结束的教学周 × 四个时段",
    excluded="没有教学日的周、尚未结束的本周、没有登记起止时间的走访",
    unit="格",
    clause=CLAUSE,
    page="/counselors",
    target=1.0,
)
FIELD_COVERAGE = Metric(
    key="field_coverage",
    name="两场域覆盖率",
    definition="已结束的教学周里，辅导员既到过学生公寓、又到过课堂或实验室的周数比例",
    numerator="公寓、课堂或实验室都到过的（辅导员，教学周）",
    denominator="在岗整周、有带学生的辅导员 × 已结束的教学周",
    excluded="没有教学日的周、尚未结束的本周、没有带学生的楼宇辅导员",
    unit="周次",
    clause=CLAUSE,
    page="/counselors",
    target=1.0,
)
NODE_COVERAGE = Metric(
    key="node_coverage",
    name="关键节点覆盖率",
    definition="已经开始的关键节点里，窗口内至少有一次辅导员公寓走访的（楼宇，节点）比例",
    numerator="窗口内截至当日有公寓走访的（楼宇，关键节点）",
    denominator="在用住宿楼宇 × 本学期已经开始的关键节点",
    excluded="尚未开始的节点、非住宿楼宇",
    unit="楼次",
    clause=CLAUSE,
    page="/counselors",
    target=1.0,
)
PERIOD, PAIR = CounselorPeriod, NodeCoverage


def period_coverage(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Up to three rows, slot, field and node coverage: `metric, numerator, denominator, exempt`;
    none where nothing was due."""
    return of_slice(each_period_coverage(conn, filters, viewer, SLICE))


def each_period_coverage(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH. Where units are places a counselor works in several of them:
    the work is summed by counselor, then by the counselors of each."""
    of_places = split.kind not in ("", COLLEGE_BELONGS)
    key = Key(PERIOD.counselor_id) if of_places else by_college(split, PERIOD.college_id)
    work = [_slots(filters, viewer, key), _fields(filters, viewer, key)]
    slots, fields = ([tuple(row) for row in conn.execute(stmt)] for stmt in work)
    if of_places:
        own = counselors(conn, filters, split)
        slots, fields = _of_places(slots, own), _of_places(fields, own)
    nodes_ = [tuple(row) for row in conn.execute(_nodes(filters, viewer, split))]
    found = {SLOT_COVERAGE.key: slots, FIELD_COVERAGE.key: fields, NODE_COVERAGE.key: nodes_}
    rows = [(unit, key, made, due, 0) for key, each in found.items() for unit, made, due in each]
    return pd.DataFrame([row for row in rows if row[3]], columns=EACH)


def _of_places(
    found: list[tuple[Any, ...]], own: dict[str, frozenset[str]]
) -> list[tuple[Any, ...]]:
    """Counts by counselor, added up over the counselors of each place."""
    by_counselor = {counselor: counts for counselor, *counts in found}
    none = (0, 0)
    return [
        (unit, *(sum(by_counselor.get(one, none)[i] for one in ids) for i in range(2)))
        for unit, ids in own.items()
    ]


def fields_of_weeks(
    filters: Filters, viewer: Viewer, *, running: bool = False, by: tuple[Any, ...] = ()
) -> Rows:
    """One row per counselor with students and ended teaching week, `running` also of the one that
    is not over: `counselor_id, week, day, apartment, elsewhere` (`day` begins the week, the last
    two are visits), and the columns that weeks are split `by`. Visits without a starting time
    have a place all the same and count."""
    week = (PERIOD.counselor_id, PERIOD.week)
    where = [*periods(filters, viewer), PERIOD.listed == 1]
    if not running:
        where.append(over(filters))
    return (
        select(
            *week,
            func.min(PERIOD.starts).label("day"),
            func.sum(PERIOD.apartment).label("apartment"),
            func.sum(PERIOD.elsewhere).label("elsewhere"),
            *by,
        )
        .where(*where)
        .group_by(*week, *by)
        .having(func.sum(PERIOD.due) > 0)
    )


def _slots(filters: Filters, viewer: Viewer, key: Key) -> Rows:
    stmt = key.sums(count_of(PERIOD.long > 0), func.count())
    return stmt.where(*periods(filters, viewer), ended(filters))


def _fields(filters: Filters, viewer: Viewer, key: Key) -> Rows:
    by = (key.column.label("unit_id"),) if key.splits else ()
    weeks = fields_of_weeks(filters, viewer, by=by).subquery("weeks")
    both = count_of(weeks.c.apartment * weeks.c.elsewhere > 0)
    whose = Key(weeks.c.unit_id) if key.splits else UNSPLIT
    return whose.sums(both, func.count()).select_from(weeks)


def _nodes(filters: Filters, viewer: Viewer, split: Split) -> Rows:
    done = count_of(PAIR.first_visit <= filters.as_of)
    begun = PAIR.due <= filters.as_of
    key = by_living(split, PAIR.building_id, filters)
    return key.sums(done, func.count()).where(*nodes(filters, viewer), begun)
