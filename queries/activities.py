"""Activities: how many, how regular, in which fields; whom they reached and what people thought.

An activity that several buildings host is one activity, and one in each of them. Without a list of
names nobody knows who came: such an activity counts as a session, and in no sum of people.
"""

from collections import Counter
from math import sqrt
from typing import Any

import pandas as pd
from scipy.stats import t as student_t
from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.activity import COMMUNITY_TYPES, FIELDS
from data.models.participation import ActivitySession, Participation, ReachCount
from data.models.place import Building, Cluster
from queries.contact_slice import reached_rows
from queries.counts import PLACES, buildings, homes
from queries.filters import Filters
from queries.metric import Metric
from queries.slice import Where, build_of, frame, within
from queries.split import (
    EACH,
    SLICE,
    UNSPLIT,
    Key,
    Split,
    by_place,
    grouped,
    homes_by_unit,
    of_slice,
)
from queries.students_met import AWAY
from queries.teaching import progress, weeks_with_one, year_before

CLAUSE = "正其心、乐其学、健其体、和其群、雅其居；四季；小型化、多样化、常态化"
TYPES_CLAUSE = "六型社区：先锋、学习、活力、平安、美丽、特色"
FIELDS_CLAUSE = "七进社区（党建、思政、文化建设、学风建设、精神文明、劳动教育、安全稳定）"
ACTIVITY_REACH = Metric(
    key="activity_reach",
    name="活动参与面",
    definition="本学期截至当日，至少参加过一场社区活动的学生占在校学生的比例；"
    "在哪里参加都算，按学生当日住的楼计",
    numerator="本学期截至当日，在任一活动的参与名单上的在校学生",
    denominator="当日在籍且在校的学生",
    excluded=f"{AWAY}；没有名单的活动，谁来过无从知道",
    unit="人",
    clause=CLAUSE,
    page="/activities",
)
ACTIVITY_WEEKS = Metric(
    key="activity_weeks",
    name="活动常态化率",
    definition="本学期已结束的教学周中，至少有一场活动的周数比例",
    numerator="至少有一场活动的已结束教学周",
    denominator="本学期截至当日已结束的教学周",
    excluded="正在进行的一周、没有教学日的周",
    unit="周",
    clause=CLAUSE,
    page="/activities",
)
SEVEN_FIELDS_COVERAGE = Metric(
    key="seven_fields_coverage",
    name="七进覆盖率",
    definition="本学期截至当日，住宿楼宇与七进类别的组合中，至少办过一场活动的比例",
    numerator="本学期截至当日至少有一场活动的（楼宇，类别）组合",
    denominator="当日在用的住宿楼宇 × 七个类别",
    excluded="非住宿楼宇、没有登记类别的活动",
    unit="个组合",
    clause=FIELDS_CLAUSE,
    page="/activities",
)
ACTIVITY_RETURN = Metric(
    key="activity_return",
    name="回头率",
    definition="本学期截至当日，参加过本范围活动的人里，参加过不止一场的比例",
    numerator="本学期截至当日，在至少两场活动的参与名单上的人",
    denominator="本学期截至当日，在至少一场活动的参与名单上的人，包括住在别处的",
    excluded="没有名单的活动，谁来过无从知道",
    unit="人",
    clause=CLAUSE,
    page="/activities",
)
SIX_TYPES_COVERAGE = Metric(
    key="six_types_coverage",
    name="六型活动覆盖率",
    definition="本学期截至当日，住宿楼宇与社区类型的组合中，至少办过一场活动的比例",
    numerator="本学期截至当日至少有一场活动的（楼宇，社区类型）组合",
    denominator="当日在用的住宿楼宇 × 六个社区类型",
    excluded="非住宿楼宇；自己和所属品牌都没有登记社区类型的活动",
    unit="个组合",
    clause=TYPES_CLAUSE,
    page="/",
)
ACTIVITY_METRICS = (
    ACTIVITY_REACH,
    ACTIVITY_RETURN,
    ACTIVITY_WEEKS,
    SEVEN_FIELDS_COVERAGE,
    SIX_TYPES_COVERAGE,
)
HELD, CAME, REACH = ActivitySession, Participation, ReachCount
Count = ColumnElement[int]
LOWEST, HIGHEST = 1.0, 5.0
"""The ends of the scale on which people answer."""
LEAST = 1e-9
"""Squares of whole points add up exactly; a smaller spread is none."""


def held(filters: Filters, viewer: Viewer) -> list[Where]:
    """Sessions of the slice in the term up to the as-of day."""
    served = [HELD.build == build_of(filters.term), HELD.day <= filters.as_of]
    return [*served, *whose(filters, viewer)]


def whose(filters: Filters, viewer: Viewer) -> list[Where]:
    """Sessions in the slice's places; of a college those in buildings it leads, or those it held
    itself. What has no place on record is in the slice until a place is chosen."""
    found = [*buildings(HELD.building_id, filters, viewer), *within(HELD, filters, PLACES)]
    return [*found, HELD.college_id == filters.college] if filters.belonging else found


def sessions(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per activity and hosting building of the slice: `activity_id, day, building_id,
    theme, field, attended, answers, score_sum, score_squares, outsiders`; `attended` is
    NaN where there is no list."""
    names = ("activity_id", "day", "building_id", "theme", "field", "attended")
    columns = (*names, "answers", "score_sum", "score_squares", "outsiders")
    stmt = select(*(getattr(HELD, name) for name in columns)).where(*held(filters, viewer))
    found = frame(conn, stmt.order_by(HELD.day, HELD.activity_id, HELD.building_id))
    return found.astype({"attended": float})


def reach_sums(filters: Filters) -> tuple[Count, Count, Count]:
    """Sums over ReachCount: students who came to any activity of the term by the as-of day,
    students, and those away."""
    here, number = REACH.away == "", func.sum(REACH.number)
    parts = (and_(here, REACH.first <= filters.as_of), here, REACH.away != "")
    came, everyone, away = (func.coalesce(number.filter(part), 0) for part in parts)
    return came, everyone, away


def activity_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of ACTIVITY_METRICS that has a value: `metric, numerator, denominator,
    exempt`; `exempt` are students away. None of a slice within a building."""
    return of_slice(each_activity_rates(conn, filters, viewer, SLICE))


def each_activity_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH."""
    if viewer.role == "" or filters.floor or filters.room:
        return pd.DataFrame([], columns=EACH)
    reached = _by_unit(conn, _reach(filters, viewer, split))
    people = _by_unit(conn, _participants(filters, viewer, split))
    key = by_place(split, HELD, filters)
    what = (HELD.day, HELD.building_id, HELD.field, HELD.community_type)
    there = grouped(conn, key.rows(*what).where(*held(filters, viewer)))
    ended = progress(conn, filters).ended
    rows: list[tuple[Any, ...]] = []
    for unit, homes_ in homes_by_unit(conn, filters, viewer, split).items():
        came, everyone, away = reached.get(unit, (0, 0, 0))
        persons, again = people.get(unit, (0, 0))
        met, due = there.get(unit, ()), len(homes_)
        days = {day for day, *_ in met}
        fields = {(place, word) for _, place, word, _ in met if word and place in homes_}
        types = {(place, word) for _, place, _, word in met if word and place in homes_}
        rows += [
            (unit, ACTIVITY_REACH.key, int(came), int(everyone), int(away)),
            (unit, ACTIVITY_RETURN.key, again, persons, 0),
            (unit, ACTIVITY_WEEKS.key, weeks_with_one(ended, days), len(ended) if due else 0, 0),
            (unit, SEVEN_FIELDS_COVERAGE.key, len(fields), due * len(FIELDS), 0),
            (unit, SIX_TYPES_COVERAGE.key, len(types), due * len(COMMUNITY_TYPES), 0),
        ]
    return pd.DataFrame([row for row in rows if row[3]], columns=EACH)


def _by_unit(conn: Connection, stmt: Rows) -> dict[str, tuple[Any, ...]]:
    """Sums by unit."""
    return {unit: tuple(sums) for unit, *sums in conn.execute(stmt)}


def homes_of_types(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, Counter[str]]:
    """How many residential buildings the slice has, and how many of them had an activity of each
    community type in the term up to the as-of day."""
    word = HELD.community_type
    home = select(Building.id).join(Cluster, Cluster.id == Building.cluster_id)
    due = set(conn.scalars(home.where(*homes(filters, viewer))))
    pairs = select(HELD.building_id, word).where(*held(filters, viewer), word != "").distinct()
    return len(due), Counter(name for place, name in conn.execute(pairs) if place in due)


def reach(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, int, int]:
    """How many students of the slice came to any activity, how many there are, and those away."""
    _, reached, everyone, away = conn.execute(_reach(filters, viewer, SLICE)).one()
    return int(reached), int(everyone), int(away)


def _reach(filters: Filters, viewer: Viewer, split: Split) -> Rows:
    key = by_place(split, REACH, filters)
    return key.sums(*reach_sums(filters)).where(*reached_rows(filters, viewer))


def participants(conn: Connection, filters: Filters, viewer: Viewer) -> tuple[int, int]:
    """How many people are on the lists of the slice's sessions, and how many on several."""
    _, people, several = conn.execute(_participants(filters, viewer, SLICE)).one()
    return int(people), int(several)


def _participants(filters: Filters, viewer: Viewer, split: Split) -> Rows:
    """By unit, how many are on the lists of its sessions, and on several."""
    key = by_place(split, HELD, filters)
    there = key.rows(HELD.activity_id).where(*held(filters, viewer)).subquery("there").c
    came = (CAME.build == build_of(filters.term), CAME.activity_id == there.activity_id)
    times = func.count().label("times")
    stmt = select(there.unit_id, times).where(*came).group_by(there.unit_id, CAME.student_id)
    each = stmt.subquery("each").c
    whose = Key(each.unit_id) if key.splits else UNSPLIT
    return whose.sums(func.count(each.times), func.count(case((each.times > 1, 1))))


def satisfaction(rows: pd.DataFrame) -> dict[str, Any]:
    """`opinion` of the feedback on these activities; `rows` has a row an activity."""
    sums = [float(rows[name].sum()) for name in ("score_sum", "score_squares")]
    return opinion(int(rows["answers"].sum()), *sums)


def opinion(n: int, total: float, squares: float) -> dict[str, Any]:
    """`answers, score, score_low, score_high`: the mean of n answers (1–5) and its 95 % interval by
    Student's t, kept on the scale: None of no answers, and no interval of one, nor where all agree,
    since answers without a spread say nothing of how far others may lie.

    The sums travel and are divided last.
    """
    found: dict[str, Any] = {"answers": n, "score": total / n if n else None}
    spread = max(squares - total * total / n, 0.0) if n else 0.0
    if n < 2 or spread < LEAST:
        return found | {"score_low": None, "score_high": None}
    half = float(student_t.ppf(0.975, n - 1)) * sqrt(spread / (n - 1) / n)
    low, high = max(total / n - half, LOWEST), min(total / n + half, HIGHEST)
    return found | {"score_low": low, "score_high": high}


def activity_cards(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row: `sessions, recorded, attended, participants, again, reached, students, answers,
    score, score_low, score_high, outsiders`, and the same with `earlier_` before them for the same
    teaching week of the year before (`earlier_day`).

    `recorded` sessions have a list; `participants` are the people on these lists, `again` those on
    several, `reached` the students of the slice who came to any activity.
    """
    if viewer.role == "":
        return pd.DataFrame([])
    now, before = _totals(conn, filters, viewer), year_before(conn, filters)
    then = _totals(conn, before, viewer) if before else dict.fromkeys(now)
    row = now | {f"earlier_{name}": value for name, value in then.items()}
    return pd.DataFrame([row | {"earlier_day": before.as_of if before else None}])


def _totals(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, Any]:
    each = sessions(conn, filters, viewer).drop_duplicates("activity_id")
    people, again = participants(conn, filters, viewer)
    reached, everyone, _ = reach(conn, filters, viewer)
    return {
        "sessions": len(each),
        "recorded": int(each["attended"].notna().sum()),
        "attended": int(each["attended"].sum()),
        "participants": people,
        "again": again,
        "reached": reached,
        "students": everyone,
        "outsiders": int(each["outsiders"].sum()),
        **satisfaction(each),
    }
