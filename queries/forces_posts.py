"""楼宇辅导员: which buildings for graduates have one, and how many students each serves."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, func, select

from data.access.viewer import Viewer
from data.models.dashboard import StandingCount
from data.models.people import DEGREE_LEVELS, Counselor, CounselorBuilding
from data.models.place import Building, Cluster
from data.summaries.method import method_of
from queries.contact_slice import appointed
from queries.counts import homes
from queries.filters import Filters
from queries.forces import GRADUATES, MIXED
from queries.held import RESIDENTS
from queries.slice import build_of, frame, on_day

LEVELS = dict(zip(("undergraduates", "masters", "doctors"), DEGREE_LEVELS, strict=True))
"""The column of each degree level's residents."""
COLUMNS = ["building_id", "cluster", "building", "kind", "counselors", "since", "number"]
COLUMNS += ["residents", *LEVELS, "each", "norm"]


def building_counselors(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per residential building for graduates, or for graduates too; those without a
    building counselor first, and of them those for graduates alone: `building_id, cluster,
    building, kind, counselors, since, number, residents, undergraduates, masters, doctors, each,
    norm`.

    `counselors` are the names of those in office on the day, `number` how many they are, `since`
    the first day of the earliest; `each` residents per building counselor stand beside `norm`, the
    number of students the term sets for one counselor.
    """
    post, rows = CounselorBuilding, Building
    stmt = (
        select(
            rows.id.label("building_id"),
            Cluster.name.label("cluster"),
            rows.name.label("building"),
            rows.residents.label("kind"),
            Counselor.id.label("counselor_id"),
            Counselor.name.label("counselor"),
            post.starts,
        )
        .join(Cluster, Cluster.id == rows.cluster_id)
        .outerjoin(post, and_(post.building_id == rows.id, appointed(filters)))
        .outerjoin(Counselor, Counselor.id == post.counselor_id)
        .where(*homes(filters, viewer), rows.residents.in_((GRADUATES, MIXED)))
        .order_by(Cluster.campus_id, Cluster.id, rows.id, post.starts, Counselor.id)
    )
    living = _living(conn, filters, viewer)
    norm = method_of(conn, filters.term).students_per_counselor
    parts = frame(conn, stmt).groupby("building_id", sort=False)
    found = [_posts(part, living.get(str(key), {})) | {"norm": norm} for key, part in parts]
    made = pd.DataFrame(found, columns=COLUMNS)
    order = made.assign(posted=made["number"] > 0, mixed=made["kind"] != GRADUATES)
    order = order.sort_values(["posted", "mixed"], kind="stable", ignore_index=True)
    return order[COLUMNS]


def _living(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, dict[str, int]]:
    """Building → degree level → residents on the day, whichever college they belong to."""
    rows = StandingCount
    stmt = (
        select(rows.building_id, rows.kind, func.sum(rows.number))
        .where(
            rows.build == build_of(filters.term),
            rows.metric == RESIDENTS,
            on_day(rows, filters),
            viewer.sees_building(rows.building_id),
        )
        .group_by(rows.building_id, rows.kind)
    )
    found: dict[str, dict[str, int]] = {}
    for building, kind, number in conn.execute(stmt):
        found.setdefault(building, {})[kind] = int(number)
    return found


def _posts(part: pd.DataFrame, living: dict[str, int]) -> dict[str, Any]:
    """A building with everyone appointed to it and everyone living in it."""
    first = part.iloc[0]
    known = part[part["counselor_id"].notna()].drop_duplicates("counselor_id")
    residents, number = sum(living.values()), len(known)
    return {
        **{name: first[name] for name in ("building_id", "cluster", "building", "kind")},
        "counselors": "、".join(known["counselor"]),
        "since": known["starts"].min() if number else None,
        "number": number,
        "residents": residents,
        **{name: living.get(level, 0) for name, level in LEVELS.items()},
        "each": residents / number if number else None,
    }
