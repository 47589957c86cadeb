"""Who has not come this term: kinds of person by college. Persons are counted, never listed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, or_, select

from data.access.viewer import Viewer
from data.engine import Rows
from data.models.dashboard import VersionTerm
from data.models.forces import ENGAGED
from data.models.people import College
from queries.filters import Filters
from queries.forces import SESSION, whose
from queries.slice import newest_version, open_on
from queries.teaching import term_before

TOTAL = "合计"
"""Stands for every college, and for every kind of person."""
COLUMNS = ["college_id", "college", "person_kind", "sessions", "last", "persons", "missing"]


def not_yet_come(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per college and kind of person: `college_id, college, person_kind, sessions, last,
    persons, missing`. TOTAL stands for all colleges (first) and for all kinds (last), `college_id`
    "" for people of no college.

    `sessions` of this term so far, `last` the latest day in any summarised term; `persons` came in
    the term before, `missing` of them nobody has seen in the slice this term. A person of two
    colleges or kinds is one in TOTAL.
    """
    if viewer.role == "":
        return pd.DataFrame([], columns=COLUMNS)
    before = term_before(conn, filters)
    rows = conn.execute(_every_session(filters, viewer)).all()
    found: dict[tuple[str, str], Came] = defaultdict(Came)
    for row in rows:
        for college in (row.college_id, TOTAL):
            for kind in (row.person_kind, TOTAL):
                found[college, kind].add(row, filters.term, before.term if before else "")
    here = {row.person_code for row in rows if row.term_id == filters.term}
    came = {college for (college, kind), one in found.items() if kind == TOTAL and one.lately}
    cells = [
        {"college_id": college, "college": name, "person_kind": kind}
        | found[college, kind].row(here)
        for college, name in _colleges(conn, filters, came)
        for kind in (*ENGAGED, TOTAL)
    ]
    return pd.DataFrame(cells, columns=COLUMNS)


@dataclass
class Came:
    """How people of one college and kind have come: this term, last, and who the term before."""

    sessions: int = 0
    last: date | None = None
    lately: bool = False
    persons: set[str] = field(default_factory=set)

    def add(self, session: Any, term: str, before: str) -> None:
        """Count a session of any term."""
        self.sessions += session.term_id == term
        self.last = max(self.last or session.day, session.day)
        self.lately |= session.term_id in (term, before)
        if session.term_id == before and session.person_code:
            self.persons.add(session.person_code)

    def row(self, here: set[str]) -> dict[str, Any]:
        """As in the frame; `here` are the persons seen this term."""
        persons, missing = len(self.persons), len(self.persons - here)
        return dict(zip(COLUMNS[3:], (self.sessions, self.last, persons, missing), strict=True))


def _colleges(conn: Connection, filters: Filters, came: set[str]) -> list[tuple[str, str]]:
    """All together, people of none, and every college that exists on the day or came in
    the two terms; a chosen one alone where it counts by belonging."""
    row = College
    if filters.belonging:
        chosen = row.id == filters.college
        return [
            (found.id, found.name) for found in conn.execute(select(row.id, row.name).where(chosen))
        ]
    there = or_(open_on(filters.as_of, row.starts, row.ends), row.id.in_(came))
    stmt = select(row.id, row.name).where(there).order_by(row.id)
    return [(TOTAL, TOTAL), ("", ""), *((found.id, found.name) for found in conn.execute(stmt))]


def _every_session(filters: Filters, viewer: Viewer) -> Rows:
    """Sessions of the slice in every summarised term up to the as-of day."""
    newest = newest_version()
    served = and_(VersionTerm.build == SESSION.build, VersionTerm.version_id == newest)
    columns = (SESSION.college_id, SESSION.person_kind, SESSION.person_code, SESSION.day)
    return (
        select(*columns, VersionTerm.term_id)
        .select_from(SESSION)
        .join(VersionTerm, served)
        .where(SESSION.day <= filters.as_of, *whose(filters, viewer))
    )
