"""② 覆盖重要时段和关键节点: four periods a week, two fields, key dates.

A week counts once it is over: on its Monday nobody can have made its Friday. The running week is
shown apart from the rates.
"""

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import CounselorPeriod, NodeCoverage
from queries.contact_slice import ended, nodes, over, periods
from queries.filters import Filters
from queries.metric import Metric
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
    rows = [
        (SLOT_COVERAGE.key, *_slots(conn, filters, viewer)),
        (FIELD_COVERAGE.key, *_fields(conn, filters, viewer)),
        (NODE_COVERAGE.key, *_nodes(conn, filters, viewer)),
    ]
    due = [(key, made, all_, 0) for key, made, all_ in rows if all_]
    return pd.DataFrame(due, columns=["metric", "numerator", "denominator", "exempt"])


def fields_of_weeks(filters: Filters, viewer: Viewer, *, running: bool = False) -> Rows:
    """One row per counselor with students and ended teaching week, `running` also of the one that
    is not over: `counselor_id, week, day, apartment, elsewhere` (`day` begins the week, the last
    two are visits). Visits without a starting time have a place all the same and count."""
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
        )
        .where(*where)
        .group_by(*week)
        .having(func.sum(PERIOD.due) > 0)
    )


def _slots(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, int]:
    stmt = select(count_of(PERIOD.long > 0), func.count()).where(
        *periods(filters, viewer), ended(filters)
    )
    made, due = conn.execute(stmt).one()
    return made, due


def _fields(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, int]:
    weeks = fields_of_weeks(filters, viewer).subquery("weeks")
    both = count_of(weeks.c.apartment * weeks.c.elsewhere > 0)
    stmt = select(both, func.count()).select_from(weeks)
    made, due = conn.execute(stmt).one()
    return made, due


def _nodes(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, int]:
    done = count_of(PAIR.first_visit <= filters.as_of)
    begun = PAIR.due <= filters.as_of
    stmt = select(done, func.count()).where(*nodes(filters, viewer), begun)
    made, due = conn.execute(stmt).one()
    return made, due
