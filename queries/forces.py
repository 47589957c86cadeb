"""力量下沉: how many sessions, of which carrier and kind of person, and the rates made of them.

A session is one row of the ledger. How many students it reached is unknown where nobody counted:
unknown sessions stand beside the sum and are no zeros in it.
"""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, distinct, func, select

from data.access.viewer import Viewer
from data.models.contact import EngagementSession
from data.models.forces import CARRIERS, ENGAGED
from data.models.people import CounselorBuilding
from data.models.place import Building
from queries.contact_slice import appointed
from queries.counts import PLACES
from queries.filters import Filters
from queries.metric import Metric
from queries.slice import Where, build_of, frame, led_by, within
from queries.split import EACH, SLICE, Split, by_place, grouped, homes_by_unit, of_slice
from queries.students_met import count_of
from queries.teaching import progress, term_before, weeks_with_one

CLAUSE = "力量下沉：领导干部、专家学者、研究生导师、专职思政干部、五老"
ENGAGEMENT_REACH = Metric(
    key="engagement_reach",
    name="力量下沉到楼率",
    definition="本学期截至当日，至少有一场领导面对面、教授沙龙、导师有约或春晖工作站的住宿楼宇比例",
    numerator="本学期截至当日至少有一场力量下沉活动的住宿楼宇",
    denominator="当日在用的住宿楼宇",
    excluded="非住宿楼宇、已停用的楼宇",
    unit="栋楼",
    clause=CLAUSE,
    page="/forces",
    target=1.0,
)
ENGAGEMENT_WEEKS = Metric(
    key="engagement_weeks",
    name="力量下沉常态化率",
    definition="本学期已结束的教学周中，至少有一场力量下沉活动的周数比例",
    numerator="至少有一场力量下沉活动的已结束教学周",
    denominator="本学期截至当日已结束的教学周",
    excluded="正在进行的一周、没有教学日的周",
    unit="周",
    clause=CLAUSE,
    page="/forces",
)
BUILDING_COUNSELOR_COVERAGE = Metric(
    key="building_counselor_coverage",
    name="楼宇辅导员覆盖率",
    definition="聘任了楼宇辅导员的研究生楼宇，占在用研究生住宿楼宇的比例",
    numerator="当日有在任楼宇辅导员的研究生住宿楼宇",
    denominator="当日在用的研究生住宿楼宇",
    excluded="本科生楼宇、混合楼宇",
    unit="栋楼",
    clause="南湖研究生集中楼宇聘任楼宇辅导员",
    page="/forces",
    target=1.0,
)
FORCES = (ENGAGEMENT_REACH, ENGAGEMENT_WEEKS, BUILDING_COUNSELOR_COVERAGE)
GRADUATES, MIXED = "研究生", "混合"
SESSION = EngagementSession


def sessions(filters: Filters, viewer: Viewer) -> list[Where]:
    """Sessions of the slice up to the as-of day."""
    served = [SESSION.build == build_of(filters.term), SESSION.day <= filters.as_of]
    return [*served, *whose(filters, viewer)]


def whose(filters: Filters, viewer: Viewer) -> list[Where]:
    """Sessions in the slice's places; of a college those in buildings it leads, or those its own
    people held."""
    found = [viewer.sees_building(SESSION.building_id), *within(SESSION, filters, PLACES)]
    if filters.leading:
        found.append(SESSION.building_id.in_(led_by(filters)))
    if filters.belonging:
        found.append(SESSION.college_id == filters.college)
    return found


def forces_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric of FORCES that has a value: `metric, numerator, denominator, exempt`; none
    where the viewer sees no residential building of the slice."""
    return of_slice(each_forces_rates(conn, filters, viewer, SLICE))


def each_forces_rates(
    conn: Connection, filters: Filters, viewer: Viewer, split: Split
) -> pd.DataFrame:
    """The same of every unit: EACH."""
    key = by_place(split, SESSION, filters)
    held = key.rows(SESSION.building_id, SESSION.day).where(*sessions(filters, viewer))
    came = grouped(conn, held)
    graduate = set(conn.scalars(select(Building.id).where(Building.residents == GRADUATES)))
    posted = set(conn.scalars(select(CounselorBuilding.building_id).where(appointed(filters))))
    ended = progress(conn, filters).ended
    rows: list[tuple[Any, ...]] = []
    for unit, every in homes_by_unit(conn, filters, viewer, split).items():
        pairs, due = came.get(unit, ()), every & graduate
        reached, days = {place for place, _ in pairs}, {day for _, day in pairs}
        weeks = ended if every else ()
        rows += [
            (unit, ENGAGEMENT_REACH.key, len(every & reached), len(every), 0),
            (unit, ENGAGEMENT_WEEKS.key, weeks_with_one(weeks, days), len(weeks), 0),
            (unit, BUILDING_COUNSELOR_COVERAGE.key, len(due & posted), len(due), 0),
        ]
    return pd.DataFrame([row for row in rows if row[3]], columns=EACH)


def forces_cards(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row: `sessions, attended, counted, persons, unnamed, hours, reached, buildings`, and the
    same with `earlier_` before them for as many days into the teaching of the term before
    (`earlier_day`); `counted` sessions know how many came."""
    if viewer.role == "":
        return pd.DataFrame([])
    now, before = _totals(conn, filters, viewer), term_before(conn, filters)
    then = _totals(conn, before, viewer) if before else dict.fromkeys(now)
    row = now | {f"earlier_{name}": value for name, value in then.items()}
    return pd.DataFrame([row | {"earlier_day": before.as_of if before else None}])


def _totals(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, Any]:
    named = SESSION.person_code != ""
    stmt = select(
        func.count().label("sessions"),
        *attendance(),
        func.count(distinct(SESSION.person_code)).filter(named).label("persons"),
        count_of(SESSION.person_code == "").label("unnamed"),
        func.coalesce(func.sum(SESSION.hours), 0.0).label("hours"),
    ).where(*sessions(filters, viewer))
    found = dict(conn.execute(stmt).one()._mapping)
    rates = forces_rates(conn, filters, viewer).set_index("metric")
    reach = rates.reindex([ENGAGEMENT_REACH.key]).fillna(0).iloc[0]
    return found | {"reached": int(reach["numerator"]), "buildings": int(reach["denominator"])}


def attendance() -> list[Any]:
    """How many came as far as anyone counted, and how many sessions were counted."""
    return [
        func.coalesce(func.sum(SESSION.attended), 0).label("attended"),
        func.count(SESSION.attended).label("counted"),
    ]


def by_carrier_and_kind(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per carrier and kind of person, also where nobody came: `carrier, person_kind,
    sessions, attended, counted`; empty where the viewer sees nothing at all."""
    key = (SESSION.carrier, SESSION.person_kind)
    stmt = select(*key, func.count().label("sessions"), *attendance())
    stmt = stmt.where(*sessions(filters, viewer)).group_by(*key)
    found = frame(conn, stmt).set_index(["carrier", "person_kind"])
    if viewer.role == "":
        return found.reset_index()
    every = pd.MultiIndex.from_product([CARRIERS, ENGAGED], names=["carrier", "person_kind"])
    return found.reindex(every).fillna(0).astype(int).reset_index()
