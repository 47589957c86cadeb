"""朋辈互助 for 重点群体: how many students with a support need it reached, never who.

The same slices have an answer as for their contacts, at the ends of weeks: the lines of
`queries/key_groups.py` with another number in them. A total that stands hidden there is hidden
here, so that the two tables side by side tell no more than each alone.
"""

from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COUNSELOR, Viewer
from queries.filters import Filters
from queries.key_groups import (
    ANYONE,
    COLUMNS,
    GROUP,
    ONE_COLLEGE,
    WHOLE,
    Line,
    category_lines,
    college_lines,
    counted,
    line_of_slice,
    row_of,
    together,
    week_end,
)
from queries.metric import Metric
from queries.suppression import Group, Shown, alone, beside

PEER_SUPPORT_REACH = Metric(
    key="peer_support_reach",
    name="朋辈互助触达率",
    definition="学业、就业、经济、心理困难的学生里，本学期加入过朋辈互助团体或参加过其活动的比例；"
    "只给全校、学院和辅导员本人，按周末统计，不足 5 人的不显示",
    numerator="当周末在校、有重点群体登记，且本学期截至当周末在朋辈互助团体里、"
    "或在其活动参与名单上的学生",
    denominator="当周末在校、有重点群体登记的学生，有几类困难的只计一次",
    excluded="不在校的学生；朋辈互助活动没有名单的，谁来过无从知道",
    unit="人",
    clause="学业、就业、经济、心理 四类重点群体",
    page="/participation",
)


def peer_support_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row, `peer_support_reach`: `metric, numerator, denominator, exempt`; none where the slice
    has no answer, or where `peer_support` does not show both of its numbers."""
    rows = [
        (PEER_SUPPORT_REACH.key, line.group.met, line.group.total, 0)
        for line in _of_slice(conn, filters, viewer)
        if line.shown is Shown.ALL and line.group.total
    ]
    return pd.DataFrame(rows, columns=["metric", "numerator", "denominator", "exempt"])


def peer_support(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The columns and lines of `key_groups`, where `met` are those whom 朋辈互助 reached: the slice
    and, of the university, its categories and its colleges, of which a college sees its own."""
    lines = _of_slice(conn, filters, viewer)
    if lines and lines[0].section == WHOLE:
        own = viewer.college if viewer.role == COLLEGE else ""
        lines += _categories(conn, filters, lines[0].group)
        lines += [line for line in _colleges(conn, filters) if own in ("", line.key)]
    return pd.DataFrame([row_of(line, week_end(filters.as_of)) for line in lines], columns=COLUMNS)


def _of_slice(conn: Connection, filters: Filters, viewer: Viewer) -> list[Line]:
    found = line_of_slice(conn, filters, viewer)
    if found and found[0].section == ONE_COLLEGE:
        return [line for line in _colleges(conn, filters) if line.key == filters.college]
    if viewer.role == COUNSELOR:
        own = [GROUP.category == ANYONE, GROUP.counselor_id == viewer.counselor]
        reached = counted(conn, filters, GROUP.counselor_id, *own, first=GROUP.first_peer)
        return [_undivided(line, reached[line.key]) for line in found]
    return [_undivided(line, together(_by_college(conn, filters))) for line in found]


def _undivided(line: Line, group: Group) -> Line:
    return replace(line, group=group, shown=alone(group))


def _by_college(conn: Connection, filters: Filters) -> dict[str, Group]:
    anyone = GROUP.category == ANYONE
    return counted(conn, filters, GROUP.college_id, anyone, first=GROUP.first_peer)


def _colleges(conn: Connection, filters: Filters) -> list[Line]:
    groups, lines = _by_college(conn, filters), college_lines(conn, filters)
    known = {line.key: line.shown for line in lines}
    own = {key: groups[key] for key in known}
    shown = beside(together(groups), own, known, adding_up=True)
    return [replace(line, group=own[line.key], shown=shown[line.key]) for line in lines]


def _categories(conn: Connection, filters: Filters, whole: Group) -> list[Line]:
    met = together(counted(conn, filters, GROUP.college_id, GROUP.category == ANYONE))
    lines = category_lines(conn, filters, met)
    of_kinds = GROUP.category != ANYONE
    found = counted(conn, filters, GROUP.category, of_kinds, first=GROUP.first_peer)
    groups = {line.name: found.get(line.name, Group(0, 0)) for line in lines}
    known = {line.name: line.shown for line in lines}
    shown = beside(whole, groups, known, adding_up=False)
    return [replace(line, group=groups[line.name], shown=shown[line.name]) for line in lines]
