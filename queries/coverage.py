"""Coverage of Party and League organisation: eight metrics, and one SELECT for each question.

What counts, and when, is SQL beside the same keys in `data/summaries/intervals.py`; the queries
here read the steps and units that a refresh made of it.
"""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
from sqlalchemy import Connection, Integer, and_, func, or_, select, union_all

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import CoverageEvent, CoverageStep, VersionTerm
from data.models.place import Building, Cluster, Floor
from data.models.time import Term
from queries.filters import Filters
from queries.metric import Metric
from queries.places import place_name
from queries.slice import build_of, frame, led_by, newest_version, on_day, parts, within
from queries.split import EACH, SLICE, Split, of_slice
from queries.split_steps import split_parts

CLUSTER_COVERAGE = Metric(
    key="cluster_coverage",
    name="楼群覆盖率",
    definition="设有党团联合工作室或其他楼群级党团组织的楼群，占全部住宿楼群的比例",
    numerator="当日有党团联合工作室或其他楼群级组织服务的楼群",
    denominator="有住宿楼宇的楼群",
    excluded="没有住宿楼宇的楼群",
    unit="个楼群",
    clause="党团组织对楼群、楼宇、楼层全覆盖",
    page="/map",
    target=1.0,
)
BUILDING_COVERAGE = Metric(
    key="building_coverage",
    name="楼宇覆盖率",
    definition="设有楼宇学生党员工作站且未撤销的楼宇，占全部住宿楼宇的比例",
    numerator="当日有存续的学生党员工作站服务的楼宇",
    denominator="在用的住宿楼宇",
    excluded="非住宿楼宇、已停用的楼宇",
    unit="栋楼",
    clause="楼宇学生党员工作站",
    page="/map",
    target=1.0,
)
FLOOR_COVERAGE = Metric(
    key="floor_coverage",
    name="楼层覆盖率",
    definition="由功能型党支部或党小组服务的楼层，占要求设组织的住宿楼层的比例",
    numerator="当日有存续的功能型党支部或党小组服务的楼层",
    denominator="要求设党组织的住宿楼层（有分区的楼，每个分区的一层算一层）",
    excluded="标为“不要求”的楼层、非住宿楼层",
    unit="个楼层",
    clause="楼层功能型党支部 / 党小组",
    page="/map",
    target=1.0,
)
FLOOR_LEADER = Metric(
    key="floor_leader",
    name="层长覆盖率",
    definition="有在任党员层长的楼层，占住宿楼层的比例；层长当日须在籍且为党员",
    numerator="当日有在任层长，且层长在籍并为中共党员或预备党员的楼层",
    denominator="住宿楼层",
    excluded="非住宿楼层",
    unit="个楼层",
    clause="先锋矩阵：党员责任区、党员层长、网格化",
    page="/map",
    target=1.0,
)
ROOM_RESPONSIBILITY = Metric(
    key="room_responsibility",
    name="责任区覆盖率",
    definition="划入党员责任区且责任党员在岗的房间，占有人居住的房间的比例",
    numerator="当日划入责任区，且责任党员在籍并为中共党员或预备党员的有人居住房间",
    denominator="当日有人居住的房间",
    excluded="空房间、只有休学、校外住宿、实习或交换学生的房间",
    unit="间宿舍",
    clause="先锋矩阵：党员责任区、党员层长、网格化",
    page="/map",
    target=1.0,
)
WORKSTATION_ENROLMENT = Metric(
    key="workstation_enrolment",
    name="应纳尽纳率",
    definition="已列入所住楼宇工作站名册的党员、发展对象和入党积极分子，占住在楼里的同类学生的比例",
    numerator="当日在所住楼宇存续工作站名册上的党员、预备党员、发展对象、入党积极分子",
    denominator="当日住在楼里的党员、预备党员、发展对象、入党积极分子",
    excluded="不在校（休学、校外住宿、实习、交换）或未安排住宿的学生",
    unit="人",
    clause="楼宇学生党员、发展对象、入党积极分子全部纳入",
    page="/map",
    target=1.0,
)
PLATE = Metric(
    key="plate",
    name="亮牌率",
    definition="挂出党员宿舍牌的党员宿舍，占全部党员宿舍的比例；党员搬走后留下的牌不计",
    numerator="当日挂有党员宿舍牌、且有党员居住的宿舍",
    denominator="当日有中共党员或预备党员居住的宿舍",
    excluded="没有党员居住的宿舍",
    unit="间宿舍",
    clause="双亮五带头 台账",
    page="/map",
    target=1.0,
)
IDENTITY = Metric(
    key="identity",
    name="亮身份率",
    definition="亮出党员身份的党员，占住在楼里的党员的比例",
    numerator="当日在双亮台账上亮出党员身份的党员",
    denominator="当日住在楼里的中共党员、预备党员",
    excluded="不在校或未安排住宿的党员",
    unit="人",
    clause="双亮五带头 台账",
    page="/party",
)
FIVE_LEAD = Metric(
    key="five_lead",
    name="五带头覆盖率",
    definition="本学期五个方面的带头台账都有记录的党员，占住在楼里的党员的比例",
    numerator="本学期截至当日，学习提高、联系学生、志愿服务、帮困助学、遵纪守法各至少一条记录的党员",
    denominator="当日住在楼里的中共党员、预备党员",
    excluded="不在校或未安排住宿的党员",
    unit="人",
    clause="双亮五带头 台账",
    page="/map",
    target=None,
)


def _one_lead(key: str, lead: str) -> Metric:
    return Metric(
        key=key,
        name=f"带头{lead}",
        definition=f"本学期带头{lead}台账有记录的党员，占住在楼里的党员的比例",
        numerator=f"本学期截至当日，带头{lead}至少一条记录的党员",
        denominator=FIVE_LEAD.denominator,
        excluded=FIVE_LEAD.excluded,
        unit="人",
        clause=FIVE_LEAD.clause,
        page="/map",
    )


FIVE_LEAD_STUDY = _one_lead("five_lead_study", "学习提高")
FIVE_LEAD_CONTACT = _one_lead("five_lead_contact", "联系学生")
FIVE_LEAD_VOLUNTEER = _one_lead("five_lead_volunteer", "志愿服务")
FIVE_LEAD_HELP = _one_lead("five_lead_help", "帮困助学")
FIVE_LEAD_DISCIPLINE = _one_lead("five_lead_discipline", "遵纪守法")

COVERAGE = (
    CLUSTER_COVERAGE,
    BUILDING_COVERAGE,
    FLOOR_COVERAGE,
    FLOOR_LEADER,
    ROOM_RESPONSIBILITY,
    WORKSTATION_ENROLMENT,
    PLATE,
    FIVE_LEAD,
)
SINGLE_LEADS = (
    FIVE_LEAD_STUDY,
    FIVE_LEAD_CONTACT,
    FIVE_LEAD_VOLUNTEER,
    FIVE_LEAD_HELP,
    FIVE_LEAD_DISCIPLINE,
)

FURTHER = (*SINGLE_LEADS, IDENTITY)
"""Metrics without a card of their own."""


def coverage_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric: `metric, numerator, denominator, exempt, earlier_numerator,
    earlier_denominator`; the earlier pair is the last day of the term before."""
    now = of_slice(each_coverage(conn, filters, viewer, SLICE))
    before = _term_before(conn, filters)
    then = of_slice(each_coverage(conn, before, viewer, SLICE)) if before else now.iloc[:0]
    earlier = then.set_index("metric").reindex(now["metric"])
    return now.assign(
        earlier_numerator=earlier["numerator"].to_numpy(),
        earlier_denominator=earlier["denominator"].to_numpy(),
    )


def each_coverage(conn: Connection, filters: Filters, viewer: Viewer, split: Split) -> pd.DataFrame:
    """`metric, numerator, denominator, exempt` of every unit: EACH."""
    return frame(conn, _sums(filters, viewer, split))[EACH]


def _named_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`coverage_rates` of every metric in their order, with `name`."""
    names = {m.key: m.name for m in (*COVERAGE, *FURTHER)}
    rates = coverage_rates(conn, filters, viewer).set_index("metric")
    rates = rates.loc[[key for key in names if key in rates.index]].reset_index()
    return rates.assign(name=rates["metric"].map(names))


def coverage_cards(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`coverage_rates` with `name` and `series`: a list of `(day, value)` over the term."""
    points: dict[str, list[tuple[str, float]]] = {}
    past = coverage_over_time(conn, filters, viewer)
    for metric, day, numerator, denominator in past.itertuples(index=False, name=None):
        if denominator:
            points.setdefault(metric, []).append((str(day), numerator / denominator))
    rates = _named_rates(conn, filters, viewer)
    return rates.assign(series=[points.get(key, []) for key in rates["metric"]])


def _sums(filters: Filters, viewer: Viewer, split: Split) -> Rows:
    step, counted = CoverageStep, ("numerator", "denominator", "exempt")
    rows = union_all(
        *(
            select(key.column.label("unit_id"), step.metric, *(getattr(step, c) for c in counted))
            .where(*key.where, *part)
            .where(on_day(step, filters))
            for key, part in split_parts(filters, viewer, split)
        )
    ).subquery("parts")
    key = (rows.c.unit_id, rows.c.metric)
    return (
        select(*key, *(func.sum(rows.c[c]).label(c) for c in counted)).group_by(*key).order_by(*key)
    )


def _term_before(conn: Connection, filters: Filters) -> Filters | None:
    """The slice at the end of the term before, where that term has been summarised."""
    this = select(Term.starts).where(Term.id == filters.term).scalar_subquery()
    newest = newest_version()
    earlier = conn.execute(
        select(Term.id, Term.ends)
        .join(VersionTerm, and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest))
        .where(Term.starts < this)
        .order_by(Term.starts.desc())
        .limit(1)
    ).first()
    return replace(filters, term=earlier.id, date=earlier.ends.isoformat()) if earlier else None


def coverage_over_time(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per metric and day of change up to the as-of day: `metric, day, numerator,
    denominator`, running totals of the slice."""
    return frame(conn, _running(filters, viewer))


def _running(filters: Filters, viewer: Viewer, *, metric: str = "") -> Rows:
    """Running totals day by day, of all metrics or of one."""
    step = CoverageStep
    chosen = [step.metric == metric] if metric else []
    edges = union_all(
        *(
            select(
                step.metric,
                edge.label("day"),
                (sign * func.sum(step.numerator)).label("numerator"),
                (sign * func.sum(step.denominator)).label("denominator"),
            )
            .where(*part, *chosen, edge <= filters.as_of)
            .group_by(step.metric, edge)
            for part in parts(filters, viewer)
            for edge, sign in ((step.starts, 1), (step.until, -1))
        )
    ).subquery("edges")
    totals = (
        func.sum(func.sum(edges.c[count]))
        .over(partition_by=edges.c.metric, order_by=edges.c.day)
        .cast(Integer)
        .label(count)
        for count in ("numerator", "denominator")
    )
    return (
        select(edges.c.metric, edges.c.day, *totals)
        .group_by(edges.c.metric, edges.c.day)
        .order_by(edges.c.metric, edges.c.day)
    )


def chosen_over_time(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The chosen metric over the term: `day, numerator, denominator, event`; `event` names what was
    founded or closed that day, "" on days when only residents changed."""
    series = frame(conn, _running(filters, viewer, metric=filters.metric)).drop(columns="metric")
    happened = frame(conn, _events(filters, viewer).where(CoverageEvent.metric == filters.metric))
    if happened.empty:
        return series.assign(event="")
    named = happened["kind"] + " " + happened["subject"]
    events = named.groupby(happened["day"]).agg("、".join)
    return series.assign(event=series["day"].map(events).fillna(""))


def coverage_events(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """What changed in the seven days up to the as-of day, newest first: `day, kind, subject,
    place, metric, campus_id, cluster_id, building_id, floor_id`."""
    event = CoverageEvent
    week = event.day > filters.as_of - timedelta(days=7)
    return frame(conn, _events(filters, viewer).where(week))


def _events(filters: Filters, viewer: Viewer) -> Rows:
    event = CoverageEvent
    where = [event.build == build_of(filters.term), event.day <= filters.as_of]
    where += within(event, filters)
    if filters.leading:
        where.append(event.building_id.in_(led_by(filters)))
    seen = or_(
        and_(event.building_id != "", viewer.sees_building(event.building_id)),
        and_(event.building_id == "", viewer.sees_cluster(event.cluster_id)),
    )
    return (
        select(
            event.day,
            event.kind,
            event.subject,
            place_name().label("place"),
            event.metric,
            event.campus_id,
            event.cluster_id,
            event.building_id,
            event.floor_id,
        )
        .join(Cluster, Cluster.id == event.cluster_id)
        .outerjoin(Building, Building.id == event.building_id)
        .outerjoin(Floor, Floor.id == event.floor_id)
        .where(seen, *where)
        .order_by(event.day.desc(), place_name(), event.kind, event.subject)
    )
