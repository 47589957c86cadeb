"""How visits are written down, and whether two records of one thing agree: the quality of data.

Habits of keeping a ledger, by the college of the counselors who keep it; never a person's conduct.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.access.viewer import Viewer
from data.models.dashboard import FlowCount
from data.models.people import College
from data.models.place import Building
from data.summaries.visit_records import (
    BUILDINGS,
    BULK,
    ELSEWHERE,
    ENDLESS,
    HOMES,
    JOINT,
    LONGEST,
    ROOMLESS,
    UNCLEAR,
    UNDATED,
)
from queries.counts import counted
from queries.filters import Filters
from queries.places import UNPLACED

FLOW = FlowCount
EVERYWHERE = "合计"
LONGEST_SHOWN = LONGEST
HEAPS = (30, 40)
"""Half an hour is what systems fill in, 40 minutes what 44023 asks for."""
NEAR = (-2, -1, 1, 2)
"""The minutes around a heap that say how many visits would last just so long by chance."""
NO_END, HALF_HOUR, FORTY = ENDLESS, "正好 30 分钟", "正好 40 分钟"
NO_ROOMS, IN_BULK = "公寓走访没有房间", "事后批量录入"
RECORD_CHECKS = (NO_END, HALF_HOUR, FORTY, NO_ROOMS, IN_BULK)
COMPARISONS = (HOMES, BUILDINGS, JOINT)
COLLEGE, BUILDING = "学院", "楼宇"
Kinds = Counter[tuple[str, ...]]


def visit_records(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per check of all visits, then of those of each college's counselors: `college_id,
    college, check, numerator, denominator, expected`.

    The denominator are the visits the check can speak of. `expected` is the share that minutes
    close by would lead one to expect; the other checks expect none.
    """
    kinds = _kinds(conn, filters, viewer)
    together: Kinds = Counter()
    for own in kinds.values():
        together.update(own)
    rows = [("", EVERYWHERE, *row) for row in _checks(together)] if together else []
    names = dict(conn.execute(select(College.id, College.name)).all())
    for college in sorted(kinds, key=last_without):
        own_rows = _checks(kinds[college])
        rows += [(college, names.get(college, UNPLACED), *row) for row in own_rows]
    columns = ["college_id", "college", "check", "numerator", "denominator", "expected"]
    return pd.DataFrame(rows, columns=columns)


def last_without(number: str) -> tuple[bool, str]:
    """The order of colleges and buildings: what belongs to none stands last."""
    return number == "", number


def _kinds(conn: Connection, filters: Filters, viewer: Viewer) -> dict[str, Kinds]:
    """Visits by college and by the three words of their kind: where, how entered, how long."""
    stmt = select(FLOW.college_id, FLOW.kind, func.sum(FLOW.number)).where(
        *counted(FLOW, filters, viewer), FLOW.metric == "visit_records", FLOW.day <= filters.as_of
    )
    found: dict[str, Kinds] = {}
    for college, kind, number in conn.execute(stmt.group_by(FLOW.college_id, FLOW.kind)):
        found.setdefault(college, Counter())[tuple(kind.split(" "))] += int(number)
    return found


def _checks(kinds: Kinds) -> Iterator[tuple[str, int, int, float | None]]:
    """Name, visits found, visits it can speak of, share expected, of every check."""
    place, entry, length = (_by_word(kinds, word) for word in range(3))
    every = kinds.total()
    timed = every - length[ENDLESS] - length[UNCLEAR]
    yield NO_END, length[ENDLESS], every, None
    for name, minutes in zip((HALF_HOUR, FORTY), HEAPS, strict=True):
        near = sum(length[f"{minutes + n:03d}"] for n in NEAR)
        yield name, length[f"{minutes:03d}"], timed, near / len(NEAR) / timed if timed else None
    yield NO_ROOMS, place[ROOMLESS], every - place[ELSEWHERE], None
    yield IN_BULK, entry[BULK], every - entry[UNDATED], None


def _by_word(kinds: Kinds, word: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for words, number in kinds.items():
        found[words[word]] += number
    return found


def visit_lengths(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per minute from 0 to the longest on record, LONGEST and above as one: `minutes,
    number, total`; none where no visit has a known length."""
    found: Counter[int] = Counter()
    for kinds in _kinds(conn, filters, viewer).values():
        for length, number in _by_word(kinds, 2).items():
            if length.isdigit():
                found[int(length)] += number
    every = range(max(found, default=-1) + 1)
    rows = [(minutes, found[minutes], found.total()) for minutes in every]
    return pd.DataFrame(rows, columns=["minutes", "number", "total"])


def source_agreement(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per comparison of two records: all that could be compared, then by college of the
    counselors, then by building: `source, by, college_id, building_id, name, numerator,
    denominator` (those that agree, those compared)."""
    agreed: Counter[tuple[str, str, str]] = Counter()
    compared: Counter[tuple[str, str, str]] = Counter()
    for source, college, building, same, number in conn.execute(_agreements(filters, viewer)):
        for by, place in (("", ""), (COLLEGE, college), (BUILDING, building)):
            agreed[source, by, place] += int(same)
            compared[source, by, place] += int(number)
    names = {
        COLLEGE: dict(conn.execute(select(College.id, College.name)).all()),
        BUILDING: dict(conn.execute(select(Building.id, Building.name)).all()),
    }
    rows = [
        {
            "source": source,
            "by": by,
            "college_id": place if by == COLLEGE else "",
            "building_id": place if by == BUILDING else "",
            "name": names[by].get(place, UNPLACED) if by else EVERYWHERE,
            "numerator": agreed[source, by, place],
            "denominator": compared[source, by, place],
        }
        for source, by, place in sorted(compared, key=_order)
    ]
    columns = ["source", "by", "college_id", "building_id", "name", "numerator", "denominator"]
    return pd.DataFrame(rows, columns=columns)


def _order(key: tuple[str, str, str]) -> tuple[int, int, bool, str]:
    source, by, place = key
    return COMPARISONS.index(source), ("", COLLEGE, BUILDING).index(by), *last_without(place)


def _agreements(filters: Filters, viewer: Viewer) -> Any:
    key = (FLOW.college_id, FLOW.building_id)
    return (
        select(
            FLOW.kind.label("source"),
            *key,
            func.sum(FLOW.amount).label("numerator"),
            func.sum(FLOW.number).label("denominator"),
        )
        .where(
            *counted(FLOW, filters, viewer),
            FLOW.metric == "source_agreement",
            FLOW.day <= filters.as_of,
        )
        .group_by(FLOW.kind, *key)
    )
