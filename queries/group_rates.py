"""学生参与 in four rates: groups that came into the community, and those that cross boundaries."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.models.place import Building
from data.schemes.scheme import COLLEGE_BELONGS
from queries.filters import Filters
from queries.group_mix import mixes
from queries.metric import Metric
from queries.split import EACH, SLICE, Split, by_building, grouped, homes_by_unit, of_slice
from queries.student_groups import (
    MEMBER,
    Session,
    is_narrow,
    kept,
    members_by_unit,
    register,
    sessions,
)
from queries.teaching import year_before

CLAUSE = "社团、勤工助学进社区；朋辈互助；科研/就业创业/团学共同体"
GROUPS_IN_COMMUNITY = Metric(
    key="groups_in_community",
    name="团体进社区率",
    definition="本学期截至当日，至少在一栋住宿楼宇办过一场活动的学生团体，占当日在办团体的比例",
    numerator="本学期截至当日，在住宿楼宇办过活动的在办团体",
    denominator="当日在办的学生团体；选定范围后，是有成员在其中、或来办过活动的团体",
    excluded="已停办的团体；没有登记地点和不在住宿楼宇的活动",
    unit="个团体",
    clause=CLAUSE,
    page="/participation",
)
GROUP_BUILDINGS = Metric(
    key="group_buildings",
    name="团体到楼率",
    definition="本学期截至当日，至少有一场学生团体活动的住宿楼宇比例",
    numerator="本学期截至当日，有学生团体来办过活动的住宿楼宇",
    denominator="当日在用的住宿楼宇",
    excluded="非住宿楼宇、已停用的楼宇",
    unit="栋楼",
    clause=CLAUSE,
    page="/participation",
)
CROSS_COLLEGE = Metric(
    key="cross_college_groups",
    name="跨学院团体率",
    definition="当日成员来自两个及以上学院的学生团体比例；按成员当日所在学院",
    numerator="当日成员来自两个及以上学院的在办团体",
    denominator="当日在办、名册上有在籍成员的学生团体",
    excluded="没有在籍成员的团体",
    unit="个团体",
    clause=CLAUSE,
    page="/participation",
)
CROSS_MAJOR = Metric(
    key="cross_major_groups",
    name="跨专业团体率",
    definition="当日成员来自两个及以上专业的学生团体比例；按成员当日登记的专业",
    numerator="当日成员登记了两个及以上专业的在办团体",
    denominator="当日在办、能判断是否跨专业的学生团体",
    excluded="没有在籍成员的团体；只登记了一个专业、另有成员没有登记专业的团体，无从判断",
    unit="个团体",
    clause=CLAUSE,
    page="/participation",
)
GROUP_METRICS = (GROUPS_IN_COMMUNITY, GROUP_BUILDINGS, CROSS_COLLEGE, CROSS_MAJOR)


def group_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of GROUP_METRICS that has a value: `metric, numerator, denominator,
    exempt`; `exempt` are groups whose members, or their majors, are not known."""
    return of_slice(each_group_rates(conn, filters, viewer, SLICE))


def each_group_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH. What a group is made of is the same whoever asks."""
    if viewer.role == "":
        return pd.DataFrame([], columns=EACH)
    every, made = register(conn, filters), mixes(conn, filters)
    own = members_by_unit(conn, filters, viewer, MEMBER.group_id, split)
    held = _sessions_by_unit(conn, filters, viewer, split, own)
    narrow = bool(split.kind) or is_narrow(filters, viewer)
    rows: list[tuple[Any, ...]] = []
    for unit, homes in homes_by_unit(conn, filters, viewer, split).items():
        there = held.get(unit, [])
        found = [g for g in kept(every, own.get(unit, {}), there, narrow=narrow) if g.open]
        known = [made[group.id] for group in found if group.id in made]
        told = [m.crosses_majors for m in known if m.crosses_majors is not None]
        reached, due = {session.building for session in there if session.home}, len(found)
        crossing = sum(len(m.colleges) > 1 for m in known)
        rows += [
            (unit, GROUPS_IN_COMMUNITY.key, sum(bool(g.held.homes) for g in found), due, 0),
            (unit, GROUP_BUILDINGS.key, len(reached), len(homes), 0),
            (unit, CROSS_COLLEGE.key, crossing, len(known), due - len(known)),
            (unit, CROSS_MAJOR.key, sum(told), len(told), due - len(told)),
        ]
    return pd.DataFrame([row for row in rows if row[3]], columns=EACH)


def _sessions_by_unit(
    conn: Connection,
    filters: Filters,
    viewer: Viewer,
    split: Split,
    own: dict[str, dict[str, int]],
) -> dict[str, list[Session]]:
    """Sessions in the slice by unit; of a college that counts by belonging those of groups with a
    member of its own, wherever they were held."""
    held = sessions(conn, filters, viewer)
    if split.kind == "":
        return {"": held}
    if split.kind == COLLEGE_BELONGS:
        return {unit: [one for one in held if one.group in own[unit]] for unit in own}
    key = by_building(split, Building.id, filters)
    places = grouped(conn, key.rows(Building.id))
    return {unit: [one for one in held if one.building in here] for unit, here in places.items()}


EARLIER = {"numerator": "earlier_numerator", "denominator": "earlier_denominator"}


def group_cards(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The rows of `group_rates` with `name`, `earlier_numerator` and `earlier_denominator` (None
    without a value then) and `earlier_day`."""
    now, before = group_rates(conn, filters, viewer), year_before(conn, filters)
    then = group_rates(conn, before, viewer) if before else now.iloc[:0]
    kept = then[["metric", *EARLIER]].rename(columns=EARLIER)
    found = now.merge(kept, how="left", on="metric")
    values = list(EARLIER.values())
    found[values] = found[values].astype(object).where(found[values].notna(), None)
    names = {metric.key: metric.name for metric in GROUP_METRICS}
    return found.assign(
        name=found["metric"].map(names), earlier_day=before.as_of if before else None
    )
