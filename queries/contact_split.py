"""Units and whom they have: counselors of places, and buildings where a college's students live."""

from sqlalchemy import Connection, select

from data.models.contact import StudentContact
from data.models.people import CounselorBuilding
from data.schemes.scheme import COLLEGE_BELONGS
from queries.contact_slice import appointed, living
from queries.filters import Filters
from queries.split import Key, Split, by_building, grouped

STUDENT = StudentContact


def counselors(conn: Connection, filters: Filters, split: Split) -> dict[str, frozenset[str]]:
    """Unit → counselors with a student in one of its buildings, or appointed to one where a student
    of the slice lives: those who look after it, as `contact_slice.periods` has them."""
    post = CounselorBuilding
    appointments = select(post.building_id, post.counselor_id).where(appointed(filters))
    posted: dict[str, set[str]] = {}
    for building, counselor in conn.execute(appointments):
        posted.setdefault(building, set()).add(counselor)
    key = by_building(split, STUDENT.building_id, filters)
    listed = key.rows(STUDENT.building_id, STUDENT.counselor_id).where(*living(filters))
    return {
        unit: frozenset(own for home, one in pairs for own in (one, *posted.get(home, ())))
        for unit, pairs in grouped(conn, listed).items()
    }


def by_living(split: Split, building_id: object, filters: Filters) -> Key:
    """Rows of buildings; a college that counts by belonging has those where its students live who
    are in the slice and not away."""
    if split.kind == COLLEGE_BELONGS:
        pairs = Key(STUDENT.college_id).rows(STUDENT.building_id).where(*living(filters))
        homes = pairs.subquery("homes")
        return Key(homes.c.unit_id, (homes.c.building_id == building_id,))
    return by_building(split, building_id, filters)
