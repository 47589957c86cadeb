"""What student groups are made of, whether they cross colleges and majors; and every group.

What a group is made of is a fact about the group: all its members count, whatever slice asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Any

import pandas as pd
from sqlalchemy import Connection, distinct, func, select

from data.access.viewer import Viewer
from queries.activity_spread import effective_number
from queries.filters import Filters
from queries.slice import build_of, on_day
from queries.student_groups import MEMBER, One, groups, sessions

DORMANT, OUTSIDE, INSIDE, CLOSED = "范围内没有活动", "没有进楼", "进了社区", "已停办"
STATES = (DORMANT, OUTSIDE, INSIDE, CLOSED)
"""What a group did in the slice this term, the first to be asked about first."""


@dataclass(frozen=True)
class Mix:
    """What a group is made of: members by college, majors on record, members without one."""

    colleges: tuple[int, ...] = ()
    majors: int = 0
    unknown: int = 0

    @property
    def everyone(self) -> int:
        """All its members."""
        return sum(self.colleges)

    @property
    def crosses_majors(self) -> bool | None:
        """Whether they are of two majors or more; None where nobody can tell."""
        if self.majors > 1:
            return True
        return None if self.unknown or not self.majors else False


def evenness(counts: Iterable[int]) -> float | None:
    """How evenly members spread over the colleges there are, up to 1: the logarithm of the
    effective number of colleges by that of their number; None of fewer than two colleges.

    Pielou, E. C. (1966), The measurement of diversity in different types of biological
    collections, Journal of Theoretical Biology 13, 131–144.
    """
    some = [n for n in counts if n]
    number = effective_number(some)
    return None if number is None or len(some) < 2 else log(number) / log(len(some))


def mixes(conn: Connection, filters: Filters) -> dict[str, Mix]:
    """Group → what it is made of on the day, for every group with a member."""
    here = (MEMBER.build == build_of(filters.term), on_day(MEMBER, filters))
    people = func.count(distinct(MEMBER.student_id))
    group = MEMBER.group_id
    known = func.count(distinct(func.nullif(MEMBER.major, "")))
    unknown = people.filter(MEMBER.major == "")
    stmt = select(group, known, unknown).where(*here).group_by(group)
    majors = {one: (int(n), int(lacking)) for one, n, lacking in conn.execute(stmt)}
    by_college = select(group, MEMBER.college_id, people).where(*here)
    counts: dict[str, list[int]] = {}
    for one, _, n in conn.execute(by_college.group_by(group, MEMBER.college_id)):
        counts.setdefault(one, []).append(int(n))
    return {one: Mix(tuple(counts[one]), *majors[one]) for one in counts}


def group_list(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per group of the slice, those that did nothing first: `group_id, name, kind, state,
    members, everyone, colleges, evenness, majors, unknown, sessions, recorded, attended, homes,
    last`.

    `members` are those of the slice, `everyone` all of the group, of `colleges` colleges; `unknown`
    of them have no major on record. Groups since closed stand last.
    """
    found = groups(conn, filters, viewer, sessions(conn, filters, viewer))
    made = mixes(conn, filters) if found else {}
    found.sort(key=lambda group: (STATES.index(state_of(group)), len(group.held.lists)))
    rows = [_row(group, made.get(group.id, Mix())) for group in found]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"evenness": float})


COLUMNS = ["group_id", "name", "kind", "state", "members", "everyone", "colleges", "evenness"]
COLUMNS += ["majors", "unknown", "sessions", "recorded", "attended", "homes", "last"]


def _row(group: One, mix: Mix) -> dict[str, Any]:
    return {
        "group_id": group.id,
        "name": group.name,
        "kind": group.kind,
        "state": state_of(group),
        "members": group.members,
        "everyone": mix.everyone,
        "colleges": len(mix.colleges),
        "evenness": evenness(mix.colleges),
        "majors": mix.majors,
        "unknown": mix.unknown,
        **group.held.counts,
        "last": group.held.last,
    }


def state_of(group: One) -> str:
    """What a group did in the slice this term: one of STATES."""
    if not group.open:
        return CLOSED
    if not group.held.lists:
        return DORMANT
    return INSIDE if group.held.homes else OUTSIDE
