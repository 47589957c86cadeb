"""The activity cards beside peers: the median of the buildings like it, or of the other colleges.

Buildings and colleges differ in size, so what is compared is per 100 students; the middle of fewer
than four others is not told.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, distinct, func, select

from data.access.viewer import COUNSELOR, Viewer
from data.models.place import BuildingLead
from queries.activities import CAME, HELD, REACH, activity_cards, reach_sums
from queries.filters import LEADS, Filters
from queries.peers import middle, peers_of
from queries.slice import build_of, frame, on_day, valid_on

BUILDINGS, COLLEGES = "楼宇", "学院"
EACH = ("sessions", "attended", "participants")
NAMES = [f"peer_{name}" for name in (*EACH, "reach", "score")]
COLUMNS = ["peers", "peer_kind", "peer_group", "peer_size", *NAMES]


def cards_beside_peers(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`activity_cards` with `peers, peer_kind, peer_group, peer_size` and medians: `peer_sessions,
    peer_attended, peer_participants` per 100 students, `peer_reach` (per cent) and `peer_score`.

    `peers` is how many others there are, `peer_kind` BUILDINGS or COLLEGES, `peer_group` their
    居住对象, `peer_size` "" of all sizes; NaN where fewer than four others have a value. Nothing
    stands beside a slice that is neither a building nor a college, nor beside a counselor's: their
    own students are no building.
    """
    found = activity_cards(conn, filters, viewer)
    beside: dict[str, Any] = dict.fromkeys(COLUMNS)
    if not found.empty and viewer.role != COUNSELOR and filters.level in ("", "building"):
        if filters.building and not filters.college:
            like = peers_of(conn, filters)
            others = _units(conn, filters).reindex(list(like.ids)).dropna(subset="students")
            beside = _medians(others, BUILDINGS, like.kind, like.size)
        elif filters.college and not filters.building:
            others = _units(conn, filters).drop(index=filters.college, errors="ignore")
            beside = _medians(others, COLLEGES)
    return found.assign(**beside)


def _medians(others: pd.DataFrame, kind: str, group: str = "", size: str = "") -> dict[str, Any]:
    hundred = others["students"] / 100
    values = [others[name] / hundred for name in EACH]
    values.append(others["reached"] / hundred)
    values.append(others["score_sum"] / others["answers"].where(others["answers"] > 0))
    row = (len(others), kind, group, size, *(middle(found) for found in values))
    return dict(zip(COLUMNS, row, strict=True))


def _units(conn: Connection, filters: Filters) -> pd.DataFrame:
    """Each building, or college in the meaning of the slice, that has students: `students, reached,
    sessions, attended, participants, answers, score_sum`, by its id; who came is NaN where there
    were sessions and no list. Who is asking makes no difference: only medians are told."""
    filters = replace(filters, building="")
    came, everyone, _ = reach_sums(filters)
    living = _of(REACH, filters, came.label("reached"), everyone.label("students"))
    living = living.where(REACH.build == build_of(filters.term), on_day(REACH, filters))
    names = ("attended", "answers", "score_sum")
    most = (func.max(getattr(HELD, name)).label(name) for name in names)
    each = _of(HELD, filters, HELD.activity_id, *most).group_by(HELD.activity_id)
    each = each.where(HELD.build == build_of(filters.term), HELD.day <= filters.as_of)
    once = each.subquery("once")
    sums = (func.sum(once.c[name]).label(name) for name in names)
    held = select(once.c.unit, func.count().label("sessions"), *sums).group_by(once.c.unit)
    who = (
        select(once.c.unit, func.count(distinct(CAME.student_id)).label("participants"))
        .join(CAME, CAME.activity_id == once.c.activity_id)
        .where(CAME.build == build_of(filters.term))
        .group_by(once.c.unit)
    )
    parts = [frame(conn, stmt).set_index("unit") for stmt in (living, held, who)]
    found = parts[0].join(parts[1:])
    found = found[found["students"] > 0]
    none = found["sessions"].isna()
    return found.mask(none, found.fillna(0))


def _of(rows: Any, filters: Filters, *columns: Any) -> Select[Any]:
    """These columns by unit: the building, the college that leads it, or the rows' own college."""
    if not filters.college:
        return select(rows.building_id.label("unit"), *columns).group_by(rows.building_id)
    if filters.college_as != LEADS:
        return select(rows.college_id.label("unit"), *columns).group_by(rows.college_id)
    lead = BuildingLead
    led = select(lead.college_id.label("unit"), *columns).join(
        lead, lead.building_id == rows.building_id
    )
    return led.where(valid_on(filters.as_of, lead.starts, lead.ends)).group_by(lead.college_id)
