"""力量下沉: who came into the community, where they have been, and who has not come yet.

A session is one row of the ledger. How many students it reached is unknown where nobody counted:
unknown sessions stand beside the sum and are no zeros in it.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, distinct, func, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.contact import EngagementSession
from data.models.dashboard import DataVersion, VersionTerm
from data.models.forces import CARRIERS, ENGAGED
from data.models.people import College, Counselor, CounselorBuilding
from data.models.place import Building, Cluster
from data.models.time import Term
from data.summaries.method import method_of
from queries.contact_slice import students
from queries.counts import PLACES, residences
from queries.filters import BELONGS, LEADS, Filters
from queries.metric import Metric
from queries.slice import Where, build_of, frame, led_by, open_on, valid_on, within
from queries.students_met import CONTACT, count_of
from queries.teaching import progress, year_before

ENGAGEMENT_REACH = Metric(
    key="engagement_reach",
    name="力量下沉到楼率",
    definition="本学期截至当日，至少有一场领导面对面、教授沙龙、导师有约或春晖工作站的住宿楼宇比例",
    numerator="本学期截至当日至少有一场力量下沉活动的住宿楼宇",
    denominator="当日在用的住宿楼宇",
    excluded="非住宿楼宇、已停用的楼宇",
    unit="栋楼",
    clause="力量下沉：领导干部、专家学者、研究生导师、专职思政干部、五老",
    page="/forces",
    target=1.0,
)
BUILDING_COUNSELORS = Metric(
    key="building_counselors",
    name="楼宇辅导员到楼率",
    definition="聘任了楼宇辅导员的研究生楼宇，占在用研究生住宿楼宇的比例",
    numerator="当日有在任楼宇辅导员的研究生住宿楼宇",
    denominator="当日在用的研究生住宿楼宇",
    excluded="本科生楼宇、混合楼宇",
    unit="栋楼",
    clause="南湖研究生集中楼宇聘任楼宇辅导员",
    page="/forces",
    target=1.0,
)
FORCES = (ENGAGEMENT_REACH, BUILDING_COUNSELORS)
GRADUATES, MIXED = "研究生", "混合"
SESSION = EngagementSession


def sessions(filters: Filters, viewer: Viewer) -> list[Where]:
    """Sessions of the slice up to the as-of day; of a college those in buildings it leads, or those
    its own people held."""
    found = [SESSION.build == build_of(filters.term), SESSION.day <= filters.as_of]
    found += [viewer.sees_building(SESSION.building_id), *within(SESSION, filters, PLACES)]
    if filters.college and filters.college_as == LEADS:
        found.append(SESSION.building_id.in_(led_by(filters)))
    if filters.college and filters.college_as == BELONGS:
        found.append(SESSION.college_id == filters.college)
    return found


def places(filters: Filters, viewer: Viewer) -> list[Where]:
    """Residential buildings of the slice; whose people held the sessions makes no difference."""
    keep = filters.college if filters.college_as == LEADS else ""
    return residences(_of(filters, keep), viewer)


def _of(filters: Filters, college: str) -> Filters:
    return replace(filters, college=college)


def forces_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Up to two rows, `engagement_reach` and `building_counselors`: `metric, numerator,
    denominator, exempt`; none where there is no such building."""
    reached = select(SESSION.building_id).where(*sessions(filters, viewer))
    posted = select(CounselorBuilding.building_id).where(_in_office(filters))
    stmt = (
        select(
            count_of(Building.id.in_(reached)),
            func.count(),
            count_of(and_(Building.residents == GRADUATES, Building.id.in_(posted))),
            count_of(Building.residents == GRADUATES),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .where(*places(filters, viewer))
    )
    came, every, served, graduate = conn.execute(stmt).one()
    rows = [
        (ENGAGEMENT_REACH.key, came, every, 0),
        (BUILDING_COUNSELORS.key, served, graduate, 0),
    ]
    columns = ["metric", "numerator", "denominator", "exempt"]
    return pd.DataFrame([row for row in rows if row[2]], columns=columns)


def _in_office(filters: Filters) -> Where:
    return valid_on(filters.as_of, CounselorBuilding.starts, CounselorBuilding.ends)


def forces_cards(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row: `sessions, attended, counted, persons, unnamed, hours, reached, buildings`, and the
    same with `earlier_` before them for the same teaching week a year before."""
    if viewer.role == "":
        return pd.DataFrame([])
    now = _totals(conn, filters, viewer)
    before = year_before(conn, filters)
    then = _totals(conn, before, viewer) if before else dict.fromkeys(now)
    return pd.DataFrame([now | {f"earlier_{name}": value for name, value in then.items()}])


def _totals(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, Any]:
    named = SESSION.person_code != ""
    stmt = select(
        func.count().label("sessions"),
        func.coalesce(func.sum(SESSION.attended), 0).label("attended"),
        func.count(SESSION.attended).label("counted"),
        func.count(distinct(SESSION.person_code)).filter(named).label("persons"),
        count_of(SESSION.person_code == "").label("unnamed"),
        func.coalesce(func.sum(SESSION.hours), 0.0).label("hours"),
    ).where(*sessions(filters, viewer))
    found = dict(conn.execute(stmt).one()._mapping)
    rates = forces_rates(conn, filters, viewer).set_index("metric")
    reach = rates.reindex([ENGAGEMENT_REACH.key]).fillna(0).iloc[0]
    return found | {"reached": int(reach["numerator"]), "buildings": int(reach["denominator"])}


def by_carrier_and_kind(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per carrier and kind of person, also where nobody came: `carrier, person_kind,
    sessions, attended, counted`; empty where the viewer sees nothing at all."""
    key = (SESSION.carrier, SESSION.person_kind)
    stmt = select(
        *key,
        func.count().label("sessions"),
        func.coalesce(func.sum(SESSION.attended), 0).label("attended"),
        func.count(SESSION.attended).label("counted"),
    ).where(*sessions(filters, viewer))
    found = frame(conn, stmt.group_by(*key)).set_index(["carrier", "person_kind"])
    if viewer.role == "":
        return found.reset_index()
    every = pd.MultiIndex.from_product([CARRIERS, ENGAGED], names=["carrier", "person_kind"])
    return found.reindex(every).fillna(0).astype(int).reset_index()


def by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building, those not reached this term first, then the longest ago:
    `campus_id, cluster_id, cluster, building_id, building, sessions, kinds, attended, last,
    days`."""
    here = (
        select(
            SESSION.building_id,
            func.count().label("sessions"),
            func.count(distinct(SESSION.person_kind)).label("kinds"),
            func.coalesce(func.sum(SESSION.attended), 0).label("attended"),
            func.max(SESSION.day).label("last"),
        )
        .where(*sessions(filters, viewer))
        .group_by(SESSION.building_id)
        .subquery("here")
    )
    counts = ("sessions", "kinds", "attended")
    stmt = (
        select(
            Cluster.campus_id,
            Cluster.id.label("cluster_id"),
            Cluster.name.label("cluster"),
            Building.id.label("building_id"),
            Building.name.label("building"),
            *(func.coalesce(here.c[name], 0).label(name) for name in counts),
            here.c.last,
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(here, here.c.building_id == Building.id)
        .where(*places(filters, viewer))
        .order_by(here.c.last.is_not(None), here.c.last, Building.id)
    )
    found = frame(conn, stmt)
    days = [None if pd.isna(last) else (filters.as_of - last).days for last in found["last"]]
    return found.assign(days=pd.Series(days, index=found.index, dtype="object"))


def by_month(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per month of the term so far and carrier: `month, carrier, sessions, reached,
    buildings, weeks, weeks_with`; `reached` of `buildings` were reached in the month, in
    `weeks_with` of `weeks` ended teaching weeks there was a session."""
    stmt = select(SESSION.day, SESSION.carrier, SESSION.building_id, Building.residential)
    stmt = stmt.join(Building, Building.id == SESSION.building_id)
    rows = frame(conn, stmt.where(*sessions(filters, viewer)))
    columns = ["month", "carrier", "sessions", "reached", "buildings", "weeks", "weeks_with"]
    rates = forces_rates(conn, filters, viewer).set_index("metric")
    if ENGAGEMENT_REACH.key not in rates.index:
        return pd.DataFrame([], columns=columns)
    ended = progress(conn, filters).ended
    first = conn.execute(select(Term.starts).where(Term.id == filters.term)).scalar_one()
    months = [str(m) for m in pd.period_range(first, filters.as_of, freq="M")]
    month = rows["day"].astype(str).str[:7]
    counts = rows.groupby([month, rows["carrier"]]).size()
    homes = rows["building_id"].where(rows["residential"].astype(bool))
    reached = homes.groupby(month).nunique()
    with_one = sum(any(w.starts <= day < w.until for day in rows["day"]) for w in ended)
    found = [
        {
            "month": name,
            "carrier": carrier,
            "sessions": int(counts.get((name, carrier), 0)),
            "reached": int(reached.get(name, 0)),
            "buildings": int(rates.loc[ENGAGEMENT_REACH.key, "denominator"]),
            "weeks": len(ended),
            "weeks_with": with_one,
        }
        for name in months
        for carrier in CARRIERS
    ]
    return pd.DataFrame(found, columns=columns)


def building_counselors(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building for graduates or both, those without a building counselor
    first: `building_id, cluster, building, kind, counselors, since, number, residents, masters,
    doctors, norm`; `counselors` are names, `norm` is how many students one should have."""
    living = (
        select(
            CONTACT.building_id,
            func.count().label("residents"),
            count_of(CONTACT.degree_level == "硕士生").label("masters"),
            count_of(CONTACT.degree_level == "博士生").label("doctors"),
        )
        .where(*students(_of(filters, ""), viewer))
        .group_by(CONTACT.building_id)
        .subquery("living")
    )
    counts = ("residents", "masters", "doctors")
    stmt = (
        select(
            Building.id.label("building_id"),
            Cluster.name.label("cluster"),
            Building.name.label("building"),
            Building.residents.label("kind"),
            Counselor.name.label("counselor"),
            CounselorBuilding.starts,
            *(func.coalesce(living.c[name], 0).label(name) for name in counts),
        )
        .join(Cluster, Cluster.id == Building.cluster_id)
        .outerjoin(
            CounselorBuilding,
            and_(CounselorBuilding.building_id == Building.id, _in_office(filters)),
        )
        .outerjoin(Counselor, Counselor.id == CounselorBuilding.counselor_id)
        .outerjoin(living, living.c.building_id == Building.id)
        .where(*places(filters, viewer), Building.residents.in_((GRADUATES, MIXED)))
        .order_by(Building.id, CounselorBuilding.starts, Counselor.id)
    )
    rows, norm = frame(conn, stmt), method_of(conn, filters.term).students_per_counselor
    found = [_posts(part) | {"norm": norm} for _, part in rows.groupby("building_id", sort=False)]
    columns = ["building_id", "cluster", "building", "kind", "counselors", "since", "number"]
    made = pd.DataFrame(found, columns=[*columns, *counts, "norm"])
    order = made.assign(only=made["kind"] != GRADUATES)
    order = order.sort_values(["only", "number"], kind="stable", ignore_index=True)
    return order.drop(columns="only")


def _posts(part: pd.DataFrame) -> dict[str, Any]:
    """A building with everyone appointed to it."""
    first, known = part.iloc[0], part[part["counselor"].notna()]
    kept = ("building_id", "cluster", "building", "kind", "residents", "masters", "doctors")
    return {name: first[name] for name in kept} | {
        "counselors": "、".join(known["counselor"]),
        "since": known["starts"].min() if len(known) else None,
        "number": len(known),
    }


def not_yet_come(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per college that exists and kind of person, and for people of no college
    (`college_id` ""): `college_id, college, person_kind, sessions, last, persons, missing`.

    `sessions` of this term, `last` the last day in any term up to the as-of day; `persons` came in
    the term before, `missing` of them have not come yet. Persons are counted, never named.
    """
    columns = ["college_id", "college", "person_kind", "sessions", "last", "persons", "missing"]
    if viewer.role == "":
        return pd.DataFrame([], columns=columns)
    rows = frame(conn, _every_session(filters, viewer))
    terms = list(dict.fromkeys(rows.sort_values("starts")["term_id"]))
    earlier = terms[-2] if len(terms) > 1 and terms[-1] == filters.term else ""
    came = dict(list(rows.groupby(["college_id", "person_kind"])))
    none = rows.iloc[:0]
    found = [
        {"college_id": college, "college": name, "person_kind": kind}
        | _presence(came.get((college, kind), none), filters.term, earlier)
        for college, name in _colleges(conn, filters)
        for kind in ENGAGED
    ]
    return pd.DataFrame(found, columns=columns)


def _presence(rows: pd.DataFrame, term: str, earlier: str) -> dict[str, Any]:
    """How a college's people of one kind have come in this term, and in the one before."""
    named = rows[rows["person_code"] != ""]
    before = set(named.loc[named["term_id"] == earlier, "person_code"])
    now = set(named.loc[named["term_id"] == term, "person_code"])
    return {
        "sessions": int((rows["term_id"] == term).sum()),
        "last": rows["day"].max() if len(rows) else None,
        "persons": len(before),
        "missing": len(before - now),
    }


def _colleges(conn: Connection, filters: Filters) -> list[tuple[str, str]]:
    """Colleges that exist on the day, and "" for people of none; the chosen one alone where it
    counts by belonging."""
    stmt = select(College.id, College.name).where(
        open_on(filters.as_of, College.starts, College.ends)
    )
    if filters.college and filters.college_as == BELONGS:
        stmt = stmt.where(College.id == filters.college)
        return [(row.id, row.name) for row in conn.execute(stmt)]
    return [("", ""), *((row.id, row.name) for row in conn.execute(stmt.order_by(College.id)))]


def _every_session(filters: Filters, viewer: Viewer) -> Rows:
    """Sessions of the slice's places in every summarised term up to the as-of day."""
    newest = select(func.max(DataVersion.id)).scalar_subquery()
    served = and_(VersionTerm.build == SESSION.build, VersionTerm.version_id == newest)
    where = [SESSION.day <= filters.as_of, viewer.sees_building(SESSION.building_id)]
    where += within(SESSION, filters, PLACES)
    if filters.college and filters.college_as == LEADS:
        where.append(SESSION.building_id.in_(led_by(filters)))
    if filters.college and filters.college_as == BELONGS:
        where.append(SESSION.college_id == filters.college)
    return (
        select(
            SESSION.college_id,
            SESSION.person_kind,
            SESSION.person_code,
            SESSION.day,
            VersionTerm.term_id,
            Term.starts,
        )
        .select_from(SESSION)
        .join(VersionTerm, served)
        .join(Term, Term.id == VersionTerm.term_id)
        .where(*where)
    )
