"""重点群体: how many students with a support need were met, as counts that give nobody away.

Only three slices have an answer: the university, one college by belonging, a counselor's own list;
and only the end of a week, so that two slices or two days side by side do not single anyone out.
The university is divided by category and by college, a college no further: one decision says which
of these numbers may stand, wherever one of them is shown (`queries/suppression.py`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, EVALUATOR, STEWARD, Viewer
from data.models.contact import KeyGroupCount
from data.models.evaluation import SUPPORT_CATEGORIES
from data.models.people import College
from data.models.time import Term
from queries.filters import Filters
from queries.metric import Metric
from queries.slice import Where, build_of
from queries.suppression import (
    Group,
    Groups,
    Shown,
    alone,
    overlapping,
    parts,
    share,
    sure_share,
    written,
)

KEY_GROUP_CONTACT = Metric(
    key="key_group_contact",
    name="重点群体联系率",
    definition="学业、就业、经济、心理困难的学生里，本学期被自己的辅导员或楼宇辅导员见到过的比例；"
    "只给全校、学院和辅导员本人，按周末统计，不足 5 人的不显示",
    numerator="当周末在校、有重点群体登记，且本学期已被见到过的学生",
    denominator="当周末在校、有重点群体登记的学生，有几类困难的只计一次",
    excluded="不在校的学生",
    unit="人",
    clause="学业、就业、经济、心理 四类重点群体",
    page="/counselors",
    target=1.0,
)
GROUP = KeyGroupCount
ANYONE = ""
"""The category of rows that count a student once, whatever their needs."""
WHOLE, CATEGORY, ONE_COLLEGE, OWN_LIST = "全校", "困难类别", "学院", "本人名单"
COLUMNS = ["section", "name", "total", "met", "unmet", "rate", "sure", "numerator", "denominator"]
COLUMNS += ["day"]


@dataclass(frozen=True)
class Line:
    """A line of the table: a group of a section, and what of it may be shown. `key` is the id of
    a college or counselor."""

    section: str
    key: str
    name: str
    group: Group
    shown: Shown


def answerable(filters: Filters, viewer: Viewer) -> bool:
    """Whether the slice is one of those that have an answer for this viewer."""
    narrowed = filters.level or filters.degree
    own = viewer.role == COUNSELOR and filters.counselor in ("", viewer.counselor)
    leads = filters.leading
    if narrowed or leads or (filters.counselor and not own):
        return False
    if viewer.role == COUNSELOR:
        return bool(viewer.counselor) and not filters.college
    if viewer.role == COLLEGE:
        return bool(viewer.college) and filters.college in ("", viewer.college)
    return viewer.role in (COMMITTEE, EVALUATOR, STEWARD)


def week_end(day: date) -> date:
    """The last Sunday up to a day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def key_group_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row, `key_group_contact`: `metric, numerator, denominator, exempt`; none where the slice
    has no answer, or where `key_groups` does not show both of its numbers."""
    rows = [
        (KEY_GROUP_CONTACT.key, line.group.met, line.group.total, 0)
        for line in line_of_slice(conn, filters, viewer)
        if line.shown is Shown.ALL and line.group.total
    ]
    return pd.DataFrame(rows, columns=["metric", "numerator", "denominator", "exempt"])


def key_groups(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The slice and, of the university, its categories and its colleges, of which a college sees
    its own: `section, name, total, met, unmet, rate, sure, numerator, denominator, day`.

    The four numbers are text as it may be shown; `sure` is the share certainly met, 0–1, numerator
    and denominator are the two numbers, all None where hidden. `day` is the end of the week.
    """
    lines = line_of_slice(conn, filters, viewer)
    if lines and lines[0].section == WHOLE:
        own = viewer.college if viewer.role == COLLEGE else ""
        lines += category_lines(conn, filters, lines[0].group)
        lines += [line for line in college_lines(conn, filters) if own in ("", line.key)]
    return pd.DataFrame([row_of(line, week_end(filters.as_of)) for line in lines], columns=COLUMNS)


def line_of_slice(conn: Connection, filters: Filters, viewer: Viewer) -> list[Line]:
    """The line of the slice itself; none where it has no answer."""
    if not answerable(filters, viewer) or not _has_ended_a_week(conn, filters):
        return []
    if viewer.role == COUNSELOR:
        own = [GROUP.category == ANYONE, GROUP.counselor_id == viewer.counselor]
        found = counted(conn, filters, GROUP.counselor_id, *own)
        return [Line(OWN_LIST, key, OWN_LIST, one, alone(one)) for key, one in found.items()]
    if filters.college:
        return [line for line in college_lines(conn, filters) if line.key == filters.college]
    whole = together(_by_college(conn, filters))
    return [Line(WHOLE, "", WHOLE, whole, alone(whole))] if whole.total else []


def _has_ended_a_week(conn: Connection, filters: Filters) -> bool:
    """Whether the end of a week lies in the term up to the day: before it nobody is counted."""
    starts = conn.execute(select(Term.starts).where(Term.id == filters.term)).scalar_one()
    return bool(starts <= week_end(filters.as_of))


def college_lines(conn: Connection, filters: Filters) -> list[Line]:
    """Every college with a register this term, in the order of their ids: one of their numbers
    would give away the others."""
    groups = _by_college(conn, filters)
    whole = together(groups)
    shown = parts(whole, groups)
    names = conn.execute(select(College.id, College.name).order_by(College.id))
    return [
        Line(ONE_COLLEGE, key, name, groups[key], shown[key])
        for key, name in names
        if key in groups and whole.total
    ]


def category_lines(conn: Connection, filters: Filters, whole: Group) -> list[Line]:
    """Every category, in the order of the register."""
    found = counted(conn, filters, GROUP.category, GROUP.category != ANYONE)
    groups = {name: found.get(name, Group(0, 0)) for name in SUPPORT_CATEGORIES}
    shown = overlapping(whole, groups)
    return [Line(CATEGORY, "", name, group, shown[name]) for name, group in groups.items()]


def _by_college(conn: Connection, filters: Filters) -> dict[str, Group]:
    return counted(conn, filters, GROUP.college_id, GROUP.category == ANYONE)


def counted(
    conn: Connection, filters: Filters, by: Any, *where: Where, first: Any = GROUP.first_own
) -> dict[str, Group]:
    """Students in force at the end of the week and those met by then (or for whom another `first`
    day had come), by a column; also what had some on another day of the term."""
    day = week_end(filters.as_of)
    now = and_(GROUP.starts <= day, GROUP.until > day)
    total, met = (
        func.coalesce(func.sum(GROUP.number).filter(*which), 0)
        for which in ((now,), (now, first <= day))
    )
    stmt = select(by, total, met).where(GROUP.build == build_of(filters.term), *where)
    return {key: Group(int(n), int(m)) for key, n, m in conn.execute(stmt.group_by(by))}


def together(groups: Groups) -> Group:
    """Groups that share nobody as one."""
    return Group(sum(g.total for g in groups.values()), sum(g.met for g in groups.values()))


def row_of(line: Line, day: date) -> tuple[Any, ...]:
    """A line as COLUMNS."""
    group, shown = line.group, line.shown
    numbers = (group.met, group.total) if shown is Shown.ALL else (None, None)
    text = (*written(group, shown), share(group, shown), sure_share(group, shown))
    return (line.section, line.name, *text, *numbers, day)
