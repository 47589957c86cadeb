"""Who came to brands: how often, of which colleges, and how many of those who live at the owner's.
For counting, never for showing."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.contact import StudentContact
from data.models.place import Building
from queries.activities import CAME, HELD
from queries.activity_spread import effective_number
from queries.brand_slice import OF_UNIVERSITY, in_term
from queries.contact_slice import enrolled
from queries.filters import Filters
from queries.slice import build_of
from queries.spaces import residents_on

NOBODY = {"participants": 0, "again": 0, "colleges": 0, "mixed": None}


class Guest(NamedTuple):
    """Somebody on a list of a brand: how often they came, and the college they belonged to on the
    day of the last time, "" for none. For counting, never for showing."""

    brand: str
    student: str
    college: str
    times: int


def guests(conn: Connection, filters: Filters, viewer: Viewer) -> list[Guest]:
    """Everybody on a list of the brands' sessions of the term up to the day, once per brand, in
    the viewer's scope."""
    there = select(HELD.activity_id, HELD.brand_id).where(*in_term(filters, viewer)).distinct()
    held = there.subquery("held")
    stmt = (
        select(held.c.brand_id, CAME.student_id, CAME.college_id)
        .join(CAME, CAME.activity_id == held.c.activity_id)
        .where(CAME.build == build_of(filters.term))
        .order_by(CAME.day, CAME.activity_id)
    )
    times: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    for brand, student, college in conn.execute(stmt).all():
        times[brand, student] += 1
        last[brand, student] = college or ""
    return [Guest(*key, last[key], number) for key, number in times.items()]


def mixed(came: list[Guest]) -> dict[str, dict[str, Any]]:
    """By brand: `participants, again, colleges, mixed`."""
    people = Counter(guest.brand for guest in came)
    again = Counter(guest.brand for guest in came if guest.times > 1)
    sizes: dict[str, list[int]] = {}
    pairs = Counter((guest.brand, guest.college) for guest in came if guest.college)
    for (brand, _), number in pairs.items():
        sizes.setdefault(brand, []).append(number)
    return {
        brand: {
            "participants": number,
            "again": again[brand],
            "colleges": len(sizes.get(brand, [])),
            "mixed": effective_number(sizes.get(brand, [])),
        }
        for brand, number in people.items()
    }


@dataclass(frozen=True)
class Near:
    """Who lives where, as (cluster, building) → people: everyone, and those who came to a brand."""

    everyone: Counter[tuple[str, str]]
    came: dict[str, Counter[tuple[str, str]]]

    def pair(self, row: Any) -> dict[str, float]:
        """How many of the residents of a brand's owner came (`numerator`), and how many there are
        (`denominator`); NaN where it has no owner in scope."""
        level, place = (1, row.building_id) if row.building_id else (0, row.cluster_id)
        if not place and (row.level != OF_UNIVERSITY or row.owner):
            return dict.fromkeys(("numerator", "denominator"), float("nan"))
        came = self.came.get(row.brand_id, Counter())
        pair = [
            float(sum(n for at, n in counts.items() if not place or at[level] == place))
            for counts in (came, self.everyone)
        ]
        return dict(zip(("numerator", "denominator"), pair, strict=True))


def reached(conn: Connection, came: list[Guest], filters: Filters, viewer: Viewer) -> Near:
    """Residents of the buildings the viewer may see on the day, and those of them who came."""
    living, building = StudentContact, StudentContact.building_id
    there = select(HELD.activity_id).where(*in_term(filters, viewer))
    coming = select(CAME.student_id).where(
        CAME.build == build_of(filters.term), CAME.activity_id.in_(there)
    )
    stmt = select(living.student_id, living.cluster_id, building).where(
        *enrolled(filters),
        viewer.sees_building(building),
        building != "",
        living.student_id.in_(coming),
    )
    home = {student: (cluster, at) for student, cluster, at in conn.execute(stmt).all()}
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for guest in came:
        if guest.student in home:
            counts.setdefault(guest.brand, Counter())[home[guest.student]] += 1
    seen = select(Building.cluster_id, Building.id).where(viewer.sees_building(Building.id))
    residents = residents_on(conn, filters)
    every = {(cluster, at): residents.get(at, 0) for cluster, at in conn.execute(seen).all()}
    return Near(Counter(every), counts)
