"""How many cases stand behind a share of students who are visited a whole room at a time."""

from typing import Any

from sqlalchemy import Connection, case, func, select

from data.models.contact import StudentContact
from data.models.place import BuildingLead
from data.schemes.scheme import BUILDING, COLLEGE_LEADS
from queries.contact_slice import students
from queries.evaluated_units import WHOLE
from queries.filters import Filters
from queries.slice import Where, valid_on
from queries.students_met import STUDENT_COVERAGE, STUDENT_COVERAGE_ANY

BY_ROOM = frozenset({STUDENT_COVERAGE.key, STUDENT_COVERAGE_ANY.key})
"""Who shares a room is met together: students are no independent cases."""
CONTACT = StudentContact


def unit_of_student(kind: str, day: Filters) -> tuple[Any, list[Where]]:
    """The unit a row of StudentContact belongs to on a day, and what joins it."""
    if kind == COLLEGE_LEADS:
        lead = BuildingLead
        here = [lead.building_id == CONTACT.building_id]
        return lead.college_id, [*here, valid_on(day.as_of, lead.starts, lead.ends)]
    column = CONTACT.building_id if kind == BUILDING else CONTACT.college_id
    return column, [column != ""]


def room_trials(conn: Connection, kind: str, day: Filters) -> dict[str, int]:
    """Rooms with a counted student on the day, by unit; who has no room counts as one alone."""
    unit, joined = unit_of_student(kind, day)
    rooms = func.count(func.distinct(case((CONTACT.room_id != "", CONTACT.room_id))))
    alone = func.count().filter(CONTACT.room_id == "")
    stmt = select(unit, rooms + alone).where(*students(day, WHOLE), *joined).group_by(unit)
    return {str(key): int(number) for key, number in conn.execute(stmt)}
