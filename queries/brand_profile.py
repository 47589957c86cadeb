"""One brand: its sessions by week and term, the colleges it reached, who has owned it."""

from collections import Counter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, select

from data.access.viewer import Viewer
from data.models.activity import BrandOwner
from data.models.dashboard import VersionTerm
from data.models.people import College
from data.models.place import Building
from data.models.time import Term
from data.summaries.weeks import weeks_of
from queries.activities import HELD
from queries.brand_people import guests
from queries.brand_slice import Brands, brands, owner_columns, owner_places, sees
from queries.brands import sums
from queries.fact import SMALL, hidden_among
from queries.filters import Filters
from queries.slice import frame, newest_version

NO_COLLEGE = "没有登记学院"


def chosen(conn: Connection, filters: Filters, viewer: Viewer) -> Brands | None:
    """The chosen brand; None where none is, or it is out of the viewer's scope."""
    found = brands(conn, filters, viewer) if filters.brand else None
    return None if found is None or found.each.empty else found


def by_week(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per week of every summarised term up to the as-of day, with or without a session:
    `term, term_name, week, starts, teaching, sessions, recorded, attended`; `week` 1 is the first
    teaching week, `teaching` is 1 where it has a teaching day."""
    columns = ["term", "term_name", "week", "starts", "teaching", "sessions", "recorded"]
    columns.append("attended")
    found = chosen(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=columns)
    held = found.by_brand().get(filters.brand, [])
    rows = []
    for term in _terms(conn, filters):
        for week in weeks_of(conn, term.id):
            if week.starts <= filters.as_of:
                part = sums([row for row in held if week.starts <= row.day < week.until])
                known = (week.number, week.starts, int(bool(week.teaching_days)))
                counts = (part[name] for name in ("sessions", "recorded", "attended"))
                rows.append((term.id, term.name, *known, *counts))
    return pd.DataFrame(rows, columns=columns)


def by_term(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per summarised term up to the as-of day, oldest first: `term, term_name, sessions,
    recorded, attended, answers, score, score_low, score_high`."""
    columns = ["term", "term_name", "sessions", "recorded", "attended", "answers", "score"]
    columns += ["score_low", "score_high"]
    found = chosen(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=columns)
    held = found.by_brand().get(filters.brand, [])
    rows = [
        {"term": term.id, "term_name": term.name} | sums([r for r in held if r.term == term.id])
        for term in _terms(conn, filters)
    ]
    return pd.DataFrame(rows, columns=columns)


def _terms(conn: Connection, filters: Filters) -> list[Any]:
    newest = newest_version()
    kept = and_(VersionTerm.term_id == Term.id, VersionTerm.version_id == newest)
    stmt = select(Term.id, Term.name).join(VersionTerm, kept)
    return list(conn.execute(stmt.where(Term.starts <= filters.as_of).order_by(Term.starts)))


def by_college(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """People on the lists of the term by the college of the day they last came, most first:
    `college, people, total`. Colleges of fewer than five stand together at the end, as SMALL."""
    columns = ["college", "people", "total"]
    if chosen(conn, filters, viewer) is None:
        return pd.DataFrame([], columns=columns)
    counts = Counter(guest.college for guest in guests(conn, filters, viewer))
    names = {row.id: row.name for row in conn.execute(select(College.id, College.name))}
    sizes = sorted((n, key) for key, n in counts.items())
    few = hidden_among([n for n, _ in sizes])
    named = [(names.get(key, NO_COLLEGE), n) for n, key in sorted(sizes[few:], key=_largest_first)]
    rest = [(SMALL, sum(n for n, _ in sizes[:few]))] if few else []
    total = sum(n for n, _ in sizes)
    return pd.DataFrame([(*row, total) for row in [*named, *rest]], columns=columns)


def _largest_first(one: tuple[int, str]) -> tuple[int, str]:
    return -one[0], one[1]


def session_list(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The brand's sessions up to the as-of day, the latest first: `day, term, name, place,
    attended, answers, score, score_low, score_high, cost`; `place` names every hosting building in
    scope, "" where none is on record; `attended` and `cost` are NaN where unknown."""
    columns = ["day", "term", "name", "place", "attended", "answers", "score", "score_low"]
    columns += ["score_high", "cost"]
    found = chosen(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=columns)
    builds = set(found.sessions["build"])
    stmt = (
        select(HELD.activity_id, Building.name)
        .join(Building, Building.id == HELD.building_id)
        .where(HELD.build.in_(builds), HELD.brand_id == filters.brand, sees(viewer, filters))
        .order_by(Building.id)
    )
    places: dict[int, list[str]] = {}
    for activity, name in conn.execute(stmt):
        places.setdefault(activity, []).append(name)
    rows = found.sessions.sort_values(["day", "activity_id"], ascending=False, ignore_index=True)
    said = [sums([row]) for row in rows.itertuples()]
    scores = ("score", "score_low", "score_high")
    made = rows.assign(
        place=["、".join(places.get(id_, [])) for id_ in rows["activity_id"]],
        name=rows["name"].fillna(""),
        **{key: pd.Series([one[key] for one in said], dtype=float) for key in scores},
    )
    return made[columns]


def owners(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Who has owned the brand up to the as-of day, the latest first: `owner, campus_id, cluster_id,
    building_id, starts, ends, now, sessions`; `sessions` in scope were held in that time, in
    summarised terms, wherever. `ends` is its last day, None while it goes on."""
    columns = ["owner", "campus_id", "cluster_id", "building_id", "starts", "ends", "now"]
    found = chosen(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=[*columns, "sessions"])
    stmt = select(*owner_columns(viewer), BrandOwner.starts, BrandOwner.ends)
    stmt = owner_places(stmt.select_from(BrandOwner))
    mine = (BrandOwner.brand_id == filters.brand, BrandOwner.starts <= filters.as_of)
    rows = frame(conn, stmt.where(*mine).order_by(BrandOwner.starts.desc()))
    days = found.sessions["day"]
    held = [
        sum(row.starts <= day and (row.ends is None or day <= row.ends) for day in days)
        for row in rows.itertuples()
    ]
    now = [int(row.ends is None or row.ends >= filters.as_of) for row in rows.itertuples()]
    return rows.assign(now=now, sessions=held)[[*columns, "sessions"]]
