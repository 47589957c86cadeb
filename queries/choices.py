"""What can be chosen, and whether a URL chose something that exists."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from data.access.viewer import Viewer
from data.contract.quality import CHECKS
from data.errors import InvalidFilter, NoData, NotAllowed
from data.locale.translate import t
from data.models.activity import Brand
from data.models.contact import WarningNote
from data.models.dashboard import DataVersion, QualityCount, RefreshRun, VersionTerm
from data.models.evidence import EvidenceMark
from data.models.judging import AwardDecision
from data.models.people import DEGREE_LEVELS, College, Counselor
from data.models.place import Building, Campus, Cluster, Floor, Room
from data.models.rating import GivenRating
from data.models.seals import SealedEvaluation
from data.models.time import Term
from data.schemes.scheme import PERIODS
from data.summaries import shape
from queries.brand_slice import visible
from queries.called import building_called, close_buildings
from queries.chronicle import KINDS
from queries.coverage import COVERAGE, FURTHER
from queries.filters import DRILL, LEADS, Filters
from queries.places import floor_name
from queries.schemes import chosen_scheme
from queries.trial import chosen_spread, tried_points

NEVER_REFRESHED = "还没有可用的汇总数据，请数据管理员运行：python -m data refresh"
CHECKED = frozenset(check.key for check in CHECKS)
METRIC_KEYS = tuple(m.key for m in (*COVERAGE, *FURTHER))


@dataclass(frozen=True)
class Version:
    """The data version being served. `problem` is why the latest refresh failed, else "";
    `outdated` where another release made it, which counted less."""

    id: int
    as_of: date
    published: str
    demo: bool
    problem: str
    outdated: bool


class Since(NamedTuple):
    """The newest of what is written between refreshes: the version whose faults are counted, the
    notes on warnings, the ratings, the seals, the marks on evidence, the decisions on awards."""

    counted: int
    noted: int
    rated: int
    sealed: int
    marked: int
    decided: int


AFTER = (
    *(QualityCount.version_id, WarningNote.id, GivenRating.id, SealedEvaluation.id),
    *(EvidenceMark.id, AwardDecision.id),
)
"""Where `Since` is read, in its order."""


@dataclass(frozen=True)
class Option:
    """One thing to choose: its id, its name, and the id of what it lies in."""

    id: str
    name: str
    within: str = ""


def serving(conn: Connection) -> Version:
    """The newest data version; NoData tells what to run where there is none."""
    row = conn.execute(select(DataVersion).order_by(DataVersion.id.desc()).limit(1)).first()
    if row is None:
        raise NoData(t(NEVER_REFRESHED))
    problem = conn.scalar(
        select(RefreshRun.problem)
        .where(RefreshRun.finished.is_not(None))
        .order_by(RefreshRun.id.desc())
        .limit(1)
    )
    return Version(
        row.id,
        row.as_of,
        row.published.isoformat(" ", "minutes"),
        row.demo,
        problem or "",
        outdated=not shape.is_current(conn),
    )


def latest_version(conn: Connection) -> tuple[int, datetime, Since]:
    """Number and birth of the data version being served, and what came after it: the cheap half of
    every cache key.

    Birth too, since numbers begin anew where a demo campus is replaced under a running server;
    faults are counted when readers have the version already.
    """
    latest = [func.coalesce(func.max(column), 0) for column in AFTER]
    since = [select(newest).scalar_subquery() for newest in latest]
    newest = select(DataVersion.id, DataVersion.published, *since).order_by(DataVersion.id.desc())
    row = conn.execute(newest.limit(1)).first()
    if row is None:
        raise NoData(t(NEVER_REFRESHED))
    return row[0], row[1], Since(*row[2:])


def scope_text(conn: Connection, viewer: Viewer) -> str:
    """Whose rows the viewer sees, in words."""
    if viewer.role in ("committee", "evaluator", "steward"):
        return t("全校") if viewer.role == "committee" else t("全校汇总")
    if viewer.role == "college":
        return str(conn.scalar(select(College.name).where(College.id == viewer.college)))
    stmt = select(Building.name).where(Building.id.in_(viewer.buildings)).order_by(Building.id)
    names = list(conn.scalars(stmt))
    if not names:
        return t("没有楼宇")
    more = t(" 等 {count} 栋", count=len(names)) if len(names) > 3 else ""
    return "、".join(names[:3]) + more


def resolve(conn: Connection, filters: Filters, viewer: Viewer) -> Filters:
    """The slice with term and day filled in and every place above the chosen one; InvalidFilter
    where something does not exist, NotAllowed where it lies outside the viewer's scope."""
    version = serving(conn)
    term = _term(conn, filters, version)
    day = _day(filters, term, version)
    if filters.metric not in METRIC_KEYS:
        raise InvalidFilter(t("没有这个指标：{value}", value=filters.metric))
    if filters.kind not in ("", *KINDS):
        raise InvalidFilter(t("没有这一类记录：{value}", value=filters.kind))
    if filters.check and filters.check not in CHECKED:
        raise InvalidFilter(t("没有这项数据检查：{value}", value=filters.check))
    _check_evaluation(filters)
    _check_people(conn, filters, viewer)
    placed = _placed(conn, filters, viewer)
    newest = term.id if not filters.term else _term(conn, Filters(), version).id
    usual = (newest, min(term.ends, version.as_of).isoformat())
    found = replace(placed, term=term.id, date=day.isoformat(), usual=usual)
    _check_brand(conn, found, viewer)
    return found


def _check_evaluation(filters: Filters) -> None:
    """Refuse a scheme or a kind of period there is not, and what cannot be tried of it."""
    if filters.period not in ("", *PERIODS):
        raise InvalidFilter(
            t("评价周期只有学期、学年和自然年，没有：{value}", value=filters.period)
        )
    chosen_spread(filters)
    tried_points(chosen_scheme(filters), filters.weights)


def _check_people(conn: Connection, filters: Filters, viewer: Viewer) -> None:
    """Refuse a college, degree level or counselor that does not exist, and a counselor whose work
    the viewer may not look at by name."""
    if filters.college and not _exists(conn, College.id, filters.college):
        raise InvalidFilter(t("没有这个学院：{value}", value=filters.college))
    if filters.degree not in ("", *DEGREE_LEVELS):
        raise InvalidFilter(t("没有这个培养层次：{value}", value=filters.degree))
    if not (chosen := filters.counselor):
        return
    if not _exists(conn, Counselor.id, chosen):
        raise InvalidFilter(t("没有这位辅导员：{value}", value=chosen))
    seen = viewer.sees_counselor(Counselor.id, Counselor.college_id)
    if conn.scalar(select(Counselor.id).where(Counselor.id == chosen, seen)) is None:
        raise NotAllowed(t("只有本学院和辅导员本人可以按辅导员查看：{value}", value=chosen))


def _check_brand(conn: Connection, filters: Filters, viewer: Viewer) -> None:
    """Refuse a brand that does not exist, not yet on the day, or not for the viewer."""
    if not (chosen := filters.brand):
        return
    row = conn.execute(select(Brand.name, Brand.founded).where(Brand.id == chosen)).first()
    if row is None:
        raise InvalidFilter(t("没有这个品牌：{value}", value=chosen))
    if row.founded and row.founded > filters.as_of:
        day = row.founded.isoformat()
        raise InvalidFilter(t("这个品牌 {day} 才创建：{value}", day=day, value=row.name))
    if not visible(conn, filters, viewer):
        raise NotAllowed(t("这个品牌不在你的范围内：{value}", value=chosen))


def _exists(conn: Connection, column: Any, value: str) -> bool:
    return conn.scalar(select(column).where(column == value)) is not None


def _term(conn: Connection, filters: Filters, version: Version) -> Any:
    stmt = (
        select(Term.id, Term.starts, Term.ends)
        .join(
            VersionTerm,
            and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == version.id),
        )
        .order_by(Term.starts.desc())
        .limit(1)
    )
    if filters.term:
        stmt = stmt.where(Term.id == filters.term)
    row = conn.execute(stmt).first()
    if row is None:
        raise InvalidFilter(t("没有这个学期：{value}", value=filters.term))
    return row


def _day(filters: Filters, term: Any, version: Version) -> date:
    last = min(term.ends, version.as_of)
    if not filters.date:
        return last
    if not term.starts <= filters.as_of <= last:
        raise InvalidFilter(
            t(
                "日期 {value} 不在本学期有数据的范围内：{first} 至 {last}",
                value=filters.date,
                first=term.starts.isoformat(),
                last=last.isoformat(),
            )
        )
    return filters.as_of


def _placed(conn: Connection, filters: Filters, viewer: Viewer) -> Filters:
    """Fill in what lies above the deepest chosen place; a contradictory path is refused."""
    if not filters.level:
        return filters
    if filters.building:
        filters = replace(filters, building=building_called(conn, filters.building))
    names = DRILL[: DRILL.index(filters.level) + 1]
    stmt = _paths(names)
    for name in names:
        if chosen := getattr(filters, name):
            stmt = stmt.where(PLACE_IDS[name] == chosen)
    if conn.execute(stmt.limit(1)).first() is None:
        raise InvalidFilter(
            t("没有这个地点，或它不在所选的上级地点之内：{value}", value=_path(filters))
            + _close(conn, filters)
        )
    deep = "building" in names
    seen = viewer.sees_building(Building.id) if deep else viewer.sees_cluster(Cluster.id)
    row = conn.execute(stmt.where(seen).limit(1)).first()
    if row is None:
        raise NotAllowed(t("这个地点不在你的范围内：{value}", value=_path(filters)))
    return replace(filters, **row._asdict())


def _close(conn: Connection, filters: Filters) -> str:
    """Known buildings that are written nearly like the one asked for."""
    if not filters.building or _exists(conn, Building.id, filters.building):
        return ""
    names = close_buildings(conn, filters.building)
    return t("。写法相近的楼宇：{names}", names="、".join(names)) if names else ""


PLACE_IDS = {
    "campus": Campus.id,
    "cluster": Cluster.id,
    "building": Building.id,
    "floor": Floor.id,
    "room": Room.id,
}


def _paths(names: tuple[str, ...]) -> Any:
    """Every path through the places down to the last of `names`."""
    stmt = (
        select(*(PLACE_IDS[n].label(n) for n in names))
        .select_from(Campus)
        .outerjoin(Cluster, Cluster.campus_id == Campus.id)
        .outerjoin(Building, Building.cluster_id == Cluster.id)
    )
    if "floor" in names:
        stmt = stmt.outerjoin(Floor, Floor.building_id == Building.id)
    if "room" in names:
        stmt = stmt.outerjoin(Room, Room.floor_id == Floor.id)
    return stmt


def _path(filters: Filters) -> str:
    return " / ".join(v for n in DRILL if (v := getattr(filters, n)))


def terms(conn: Connection, version: Version) -> list[tuple[Option, date, date]]:
    """The terms that can be chosen, newest first, each with its first day and last day of data."""
    rows = conn.execute(
        select(Term.id, Term.name, Term.starts, Term.ends)
        .join(
            VersionTerm,
            and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == version.id),
        )
        .order_by(Term.starts.desc())
    )
    return [(Option(r.id, r.name), r.starts, min(r.ends, version.as_of)) for r in rows]


def choices(conn: Connection, viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """What the filter bar offers this viewer: terms, places, colleges, counselors, degree levels.

    A list is empty where there is nothing the viewer may choose.
    """
    version = serving(conn)
    offered = terms(conn, version)
    seen = and_(Building.residential, viewer.sees_building(Building.id))
    buildings = conn.execute(
        select(Building.id, Building.name, Building.cluster_id).where(seen).order_by(Building.id)
    ).all()
    clusters = conn.execute(
        select(Cluster.id, Cluster.name, Cluster.campus_id)
        .where(Cluster.id.in_([b.cluster_id for b in buildings]))
        .order_by(Cluster.id)
    ).all()
    campuses = conn.execute(
        select(Campus.id, Campus.name)
        .where(Campus.id.in_([c.campus_id for c in clusters]))
        .order_by(Campus.id)
    ).all()
    return {
        "term": [
            {**asdict(option), "first": first.isoformat(), "last": last.isoformat()}
            for option, first, last in offered
        ],
        "campus": [asdict(Option(c.id, c.name)) for c in campuses],
        "cluster": [asdict(Option(c.id, c.name, c.campus_id)) for c in clusters],
        "building": [asdict(Option(b.id, b.name, b.cluster_id)) for b in buildings],
        "college": [asdict(o) for o in colleges(conn, version.as_of)],
        "counselor": [
            asdict(option)
            for _, first, last in offered[:1]
            for option in counselors(conn, viewer, first, last)
        ],
        "degree": [asdict(Option(level, t(level))) for level in DEGREE_LEVELS],
    }


def colleges(conn: Connection, day: date) -> list[Option]:
    """Colleges that exist, or were given up less than three years ago."""
    recent = day - timedelta(days=3 * 365)
    rows = conn.execute(
        select(College.id, College.name, College.ends)
        .where(or_(College.ends.is_(None), College.ends >= recent))
        .order_by(College.ends.is_not(None), College.id)
    )
    return [Option(r.id, r.name) for r in rows]


def counselors(conn: Connection, viewer: Viewer, first: date, last: date) -> list[Option]:
    """Counselors in office on any of these days whose work the viewer may look at by name, in the
    order of their names; `within` is their college."""
    rows = conn.execute(
        select(Counselor.id, Counselor.name, Counselor.college_id).where(
            viewer.sees_counselor(Counselor.id, Counselor.college_id),
            or_(Counselor.starts.is_(None), Counselor.starts <= last),
            or_(Counselor.ends.is_(None), Counselor.ends >= first),
        )
    )
    found = [Option(r.id, r.name, r.college_id or "") for r in rows]
    return sorted(found, key=lambda one: (_by_sound(one.name), one.id))


def _by_sound(name: str) -> bytes:
    """Names in the order of a dictionary: GB 18030 keeps common characters in that of pinyin."""
    return name.encode("gb18030")


def breadcrumb(conn: Connection, filters: Filters) -> list[Option]:
    """The drilled path with names, from campus down; `within` is the level."""
    names = {
        "campus": select(Campus.name).where(Campus.id == filters.campus),
        "cluster": select(Cluster.name).where(Cluster.id == filters.cluster),
        "building": select(Building.name).where(Building.id == filters.building),
        "floor": select(floor_name()).where(Floor.id == filters.floor),
        "room": select(Room.code).where(Room.id == filters.room),
    }
    chosen = [(level, getattr(filters, level)) for level in DRILL if getattr(filters, level)]
    return [Option(place, str(conn.scalar(names[level])), level) for level, place in chosen]


def slice_text(conn: Connection, filters: Filters) -> str:
    """The slice in words, as printed on exports: term, day, places, whose students, which brand."""
    term = conn.scalar(select(Term.name).where(Term.id == filters.term))
    parts = [f"{term}", t("截至 {day}", day=filters.date)]
    parts += [option.name for option in breadcrumb(conn, filters)] or [t("全部校区")]
    parts += people_text(conn, filters).values()
    if filters.brand:
        named = conn.scalar(select(Brand.name).where(Brand.id == filters.brand))
        parts.append(t("品牌：{name}", name=named))
    return " · ".join(parts)


def people_text(conn: Connection, filters: Filters) -> dict[str, str]:
    """The chosen college, counselor and degree level in words, by field; only what is chosen."""
    found = {}
    if filters.college:
        found["college"] = _college_text(conn, filters)
    if filters.counselor:
        stmt = select(Counselor.name).where(Counselor.id == filters.counselor)
        found["counselor"] = t("辅导员：{name}", name=conn.scalar(stmt))
    if filters.degree:
        found["degree"] = t(filters.degree)
    return found


def _college_text(conn: Connection, filters: Filters) -> str:
    """The chosen college and which of its two meanings is shown."""
    name = conn.scalar(select(College.name).where(College.id == filters.college))
    how = t("牵头楼宇") if filters.college_as == LEADS else t("学生所属")
    return f"{name}（{how}）"
