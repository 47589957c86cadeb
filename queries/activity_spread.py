"""Where activities spread to: days, seasons and themes, fields and buildings, students."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from math import prod

import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.activity import FESTIVALS, FIELDS, THEMES
from data.models.dashboard import VersionTerm
from data.models.people import College
from data.models.place import Building, Cluster
from data.summaries import deeds
from queries.activities import HELD, REACH, reach_sums, satisfaction, sessions, whose
from queries.contact_slice import reached_rows
from queries.counts import homes, place_names
from queries.fact import SMALL, hidden_among
from queries.filters import Filters
from queries.slice import frame, newest_version
from queries.teaching import progress, weeks_with_one

NO_THEME = deeds.NO_THEME
SEASONS = ("春", "夏", "秋", "冬")
SPRING_MONTH = 3
"""Spring is March to May, and so on; winter begins in December."""
SMALL_MOST, THEMES_LEAST, WEEKS_LEAST = 30, 3, 0.5
"""Targets of the three qualities: at most a class of people at the median activity, at least three
of the five themes in effect, an activity in every second teaching week. The policy asks for
小型化, 多样化, 常态化 and sets no figure: these are proposals, and the chart says so."""
GRADE, COLLEGE, BUILDING = "年级", "学院", "楼宇"


def by_day(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per day of the term up to the as-of day: `day, sessions, recorded, attended, week,
    teaching`; `week` counts teaching weeks, `teaching` is 1 on a teaching day."""
    columns = ["day", "sessions", "recorded", "attended", "week", "teaching"]
    if viewer.role == "":
        return pd.DataFrame([], columns=columns)
    sums = _sums(sessions(conn, filters, viewer), ["day"])
    days = [
        (day.date(), week.number, int(day.date() in week.teaching_days))
        for week in progress(conn, filters).weeks
        for day in pd.date_range(week.starts, week.until, inclusive="left")
        if day.date() <= filters.as_of
    ]
    every = pd.DataFrame(days, columns=["day", "week", "teaching"])
    found = every.join(sums, on="day")
    counts = ["sessions", "recorded", "attended"]
    return found.assign(**found[counts].fillna(0).astype(int))[columns]


def _sums(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Activities by a key of theirs, each once: `sessions, recorded, attended`."""
    each = rows.drop_duplicates("activity_id").groupby(key)
    return each.agg(
        sessions=("activity_id", "size"),
        recorded=("attended", "count"),
        attended=("attended", "sum"),
    )


def by_season(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per theme and season of the last four, the running one included: `theme, season,
    starts, sessions, recorded, attended`, also where nothing was held; NO_THEME stands last.

    Seasons cross terms, so sessions of every summarised term count, those of terms that are not
    summarised are missing.
    """
    columns = ["theme", "season", "starts", "sessions", "recorded", "attended"]
    if viewer.role == "":
        return pd.DataFrame([], columns=columns)
    four = last_seasons(filters.as_of)
    rows = _since(four[0], conn, filters, viewer)
    rows = rows.assign(
        theme=rows["theme"].replace("", NO_THEME),
        starts=[max(start for start in four if start <= day) for day in rows["day"]],
    )
    every = pd.MultiIndex.from_product([(*THEMES, NO_THEME), four], names=["theme", "starts"])
    found = _sums(rows, ["theme", "starts"]).reindex(every).fillna(0).astype(int).reset_index()
    return found.assign(season=[season_of(day) for day in found["starts"]])[columns]


def _since(first: date, conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Sessions of the slice from a day on, of every summarised term."""
    newest = newest_version()
    served = select(VersionTerm.build).where(VersionTerm.version_id == newest)
    columns = (HELD.activity_id, HELD.day, HELD.building_id, HELD.theme, HELD.festival)
    stmt = select(*columns, HELD.attended).where(
        HELD.build.in_(served),
        HELD.day >= first,
        HELD.day <= filters.as_of,
        *whose(filters, viewer),
    )
    return frame(conn, stmt).astype({"attended": float})


def by_festival(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per festival (文化节 …) over the last four seasons, also where nothing was held:
    `festival, sessions, recorded, attended, buildings, last`; `buildings` hosted any of it, `last`
    is the day of the latest session."""
    columns = ["festival", "sessions", "recorded", "attended", "buildings", "last"]
    if viewer.role == "":
        return pd.DataFrame([], columns=columns)
    rows = _since(last_seasons(filters.as_of)[0], conn, filters, viewer)
    each = rows.groupby("festival")
    places = rows[rows["building_id"] != ""].groupby("festival")["building_id"].nunique()
    sums = _sums(rows, ["festival"]).reindex(list(FESTIVALS)).fillna(0).astype(int)
    last = each["day"].max().reindex(sums.index)
    found = sums.assign(buildings=places.reindex(sums.index).fillna(0).astype(int))
    found["last"] = last.astype(object).where(last.notna(), None)
    return found.rename_axis("festival").reset_index()[columns]


def last_seasons(day: date) -> list[date]:
    """The first days of the last four seasons, the one of the day last."""
    months = day.year * 12 + day.month - 1
    running = months - (months - (SPRING_MONTH - 1)) % 3
    return [date((m := running - 3 * back) // 12, m % 12 + 1, 1) for back in (3, 2, 1, 0)]


def season_of(day: date) -> str:
    """春 from March, 夏 from June, 秋 from September, 冬 from December."""
    return SEASONS[(day.month - SPRING_MONTH) % 12 // 3]


def by_field(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building and field: `campus_id, cluster_id, cluster, building_id,
    building, kind, field, sessions`; 0 where nothing was held. What has no field is counted nowhere
    here."""
    rows = sessions(conn, filters, viewer)
    counts = rows.groupby(["building_id", "field"]).size().rename("sessions")
    grid = _residential(conn, filters, viewer).merge(pd.DataFrame({"field": FIELDS}), how="cross")
    found = grid.join(counts, on=["building_id", "field"])
    return found.assign(sessions=found["sessions"].fillna(0).astype(int))


def by_building(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building: `campus_id, cluster_id, cluster, building_id, building,
    kind, sessions, recorded, attended, typical, themes, active, weeks, numerator, denominator,
    each, answers, score`.

    `typical` is the median of those who came to an activity with a list (小型化), `themes` the
    effective number of themes (多样化), `active` of `weeks` ended teaching weeks had an activity
    (常态化). `numerator` of `denominator` residents came to any activity, wherever it was; `each`
    is activities per 100 residents.
    """
    rows = sessions(conn, filters, viewer)
    weeks = progress(conn, filters).ended
    held = {str(home): part for home, part in rows.groupby("building_id")}
    found = _residential(conn, filters, viewer)
    parts = [held.get(home, rows.iloc[:0]) for home in found["building_id"]]
    stmt = select(REACH.building_id, *reach_sums(filters)[:2]).group_by(REACH.building_id)
    pairs = {home: pair for home, *pair in conn.execute(stmt.where(*reached_rows(filters, viewer)))}
    near = [pairs.get(home, [0, 0]) for home in found["building_id"]]
    said = [satisfaction(part) for part in parts]
    found = found.assign(
        sessions=[len(part) for part in parts],
        recorded=[int(part["attended"].notna().sum()) for part in parts],
        attended=[int(part["attended"].sum()) for part in parts],
        typical=[_middle(part["attended"]) for part in parts],
        themes=[_themes(part["theme"]) for part in parts],
        active=[weeks_with_one(weeks, set(part["day"])) for part in parts],
        weeks=len(weeks),
        numerator=[pair[0] for pair in near],
        denominator=[pair[1] for pair in near],
        answers=[one["answers"] for one in said],
        score=pd.Series([one["score"] for one in said], dtype=float),
    )
    return found.assign(each=_per_hundred(found["sessions"], found["denominator"]))


def beside_others(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`by_building` of the slice; of a chosen building with all others the viewer may see, since
    one alone is neither much nor little."""
    if filters.building:
        filters = replace(filters, campus="", cluster="", building="")
    return by_building(conn, filters, viewer)


def _residential(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    stmt = select(*place_names(), Building.residents.label("kind"))
    stmt = stmt.join(Cluster, Cluster.id == Building.cluster_id).where(*homes(filters, viewer))
    return frame(conn, stmt.order_by(Cluster.campus_id, Cluster.id, Building.id))


def _middle(people: pd.Series) -> float:
    """The median of what is known; NaN of nothing."""
    return float(people.median()) if people.notna().any() else float("nan")


def _themes(themes: pd.Series) -> float:
    found = effective_number(Counter(theme for theme in themes if theme).values())
    return float("nan") if found is None else found


def _per_hundred(above: pd.Series, below: pd.Series) -> pd.Series:
    return above * 100 / below.where(below > 0)


def effective_number(counts: Iterable[int]) -> float | None:
    """How many equally common kinds would be as diverse: the exponential of Shannon's entropy; None
    of nothing.

    Hill, M. O. (1973), Diversity and evenness: a unifying notation and its consequences, Ecology
    54, 427–432: the number of order 1.
    """
    found = [n for n in counts if n]
    total = sum(found)
    return prod((n / total) ** (-n / total) for n in found) if found else None


def never_reached(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """How many students of the slice came to any activity, by grade, college and building: `part,
    key, name, numerator, denominator, unreached`; numbers, never names. Within a part the largest
    share not reached comes first; key "" of a building is whoever has no room. Groups of fewer
    than five students would point at single ones: they stand together at the end, as SMALL."""
    key = (REACH.grade, REACH.college_id, REACH.building_id)
    came, everyone, _ = reach_sums(filters)
    sums = (
        select(*key, came.label("numerator"), everyone.label("denominator"))
        .where(*reached_rows(filters, viewer), REACH.away == "")
        .group_by(*key)
        .subquery("sums")
    )
    names = (College.name.label("college"), Building.name.label("building"))
    cells = frame(
        conn,
        select(*sums.c, *names)
        .outerjoin(College, College.id == sums.c.college_id)
        .outerjoin(Building, Building.id == sums.c.building_id),
    )
    sides = (
        ("grade", "grade", GRADE),
        ("college_id", "college", COLLEGE),
        ("building_id", "building", BUILDING),
    )
    return pd.concat([_side(cells, *side) for side in sides], ignore_index=True)


def _side(cells: pd.DataFrame, key: str, name: str, part: str) -> pd.DataFrame:
    bare = pd.DataFrame({"key": cells[key].astype(str), "name": cells[name].fillna("").astype(str)})
    counts = ["numerator", "denominator"]
    sums = bare.join(cells[counts]).groupby(["key", "name"], as_index=False)[counts].sum()
    sums = sums.sort_values(["denominator", "key"], ignore_index=True)
    few = hidden_among(sums["denominator"].tolist())
    if few:
        rest = pd.DataFrame([{"key": SMALL, "name": SMALL, **sums[counts].head(few).sum()}])
        sums = pd.concat([sums.iloc[few:], rest], ignore_index=True)
    left = sums["denominator"] - sums["numerator"]
    found = sums.assign(unreached=left, share=left / sums["denominator"], part=part)
    found["last"] = found["key"] == SMALL
    order = ["last", "share", "unreached", "key"]
    found = found.sort_values(order, ascending=[True, False, False, True])
    return found.drop(columns=["share", "last"])
