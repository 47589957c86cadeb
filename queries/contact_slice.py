"""From a slice and a viewer to rows of the 44023 summaries: students, periods, key dates, concerns.

A college that counts by belonging has its own students, counselors and concerns; one that leads
has the buildings it leads and whoever lives in them.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from data.access.viewer import COUNSELOR, SEES_EVERY_PLACE, Viewer
from data.models.contact import (
    ConcernStage,
    ContactTotal,
    CounselorPeriod,
    NodeCoverage,
    StudentContact,
)
from data.models.participation import GroupMembership, ReachCount
from data.models.people import CounselorBuilding
from queries.filters import Filters
from queries.slice import Where, build_of, led_by, on_day, valid_on, within

PLACES = ("campus", "cluster", "building")
STUDENT = StudentContact


def students(filters: Filters, viewer: Viewer, *, away: bool | None = False) -> list[Where]:
    """Students enrolled on the as-of day in the slice, each once; those away only if asked for,
    None being both."""
    return [*students_ever(filters, viewer, away=away), on_day(STUDENT, filters)]


def students_ever(filters: Filters, viewer: Viewer, *, away: bool | None = False) -> list[Where]:
    """Every enrolment slice of the term in the slice, on whatever day."""
    found = [STUDENT.build == build_of(filters.term), viewer.sees_totals(STUDENT)]
    if away is not None:
        found.append(STUDENT.away != "" if away else STUDENT.away == "")
    return [*found, *_narrowed(filters)]


def enrolled(filters: Filters) -> list[Where]:
    """Every student of the university enrolled on the day who is not away, whoever asks."""
    return [STUDENT.build == build_of(filters.term), STUDENT.away == "", on_day(STUDENT, filters)]


def reached_rows(filters: Filters, viewer: Viewer) -> list[Where]:
    """Rows of ReachCount that add up to the students of the slice, those away too. A slice narrower
    than a building counts as the building."""
    row = ReachCount
    found = [row.build == build_of(filters.term), viewer.sees_totals(row), on_day(row, filters)]
    found += _chosen(row, filters)
    return [*found, row.degree_level == filters.degree] if filters.degree else found


def _narrowed(filters: Filters) -> list[Where]:
    found = [*_chosen(STUDENT, filters), *within(STUDENT, filters, ("floor", "room"))]
    return [*found, STUDENT.degree_level == filters.degree] if filters.degree else found


def totals(filters: Filters, viewer: Viewer) -> list[Where] | None:
    """Rows of ContactTotal that add up to the students of the slice; None where they cannot: below
    a campus, for a counselor, or for whoever does not see the whole university."""
    row = ContactTotal
    if viewer.role not in SEES_EVERY_PLACE or filters.leading or filters.counselor:
        return None
    if filters.level not in ("", "campus"):
        return None
    found = [row.build == build_of(filters.term), *within(row, filters, ("campus",))]
    if filters.college:
        found.append(row.college_id == filters.college)
    if filters.degree:
        found.append(row.degree_level == filters.degree)
    return found


def members(filters: Filters, viewer: Viewer) -> list[Where]:
    """Members of student groups on the as-of day in the slice, those away too: a row a group."""
    rows = GroupMembership
    found = [rows.build == build_of(filters.term), viewer.sees_totals(rows), on_day(rows, filters)]
    return [*found, *_chosen(rows, filters)]


def concerns(filters: Filters, viewer: Viewer) -> list[Where]:
    """Concerns of the slice raised up to the as-of day, carried ones too."""
    stage = ConcernStage
    found = [stage.build == build_of(filters.term), viewer.sees_totals(stage)]
    found += [stage.raised <= filters.as_of, *_chosen(stage, filters)]
    if filters.degree or filters.floor or filters.room:
        found.append(stage.student_id.in_(_living(STUDENT.student_id, filters)))
    return found


def periods(filters: Filters, viewer: Viewer) -> list[Where]:
    """Counselors' periods of the slice in weeks counted up to the as-of day: ended ones, and the
    running one where the as-of day is the last there is."""
    row = CounselorPeriod
    found = [row.build == build_of(filters.term), row.through <= filters.as_of]
    found.append(_sees_periods(filters, viewer))
    if filters.counselor:
        found.append(row.counselor_id == filters.counselor)
    if filters.belonging:
        found.append(row.college_id == filters.college)
    if filters.leading or filters.level or filters.degree:
        bare = replace(filters, counselor="", college=filters.leading)
        found.append(_looks_after(row.counselor_id, bare))
    return found


def over(filters: Filters) -> Where:
    """Periods of a week that has ended by the as-of day."""
    return CounselorPeriod.until <= filters.as_of + timedelta(days=1)


def ended(filters: Filters) -> Where:
    """Periods that were due in a week that is over: the ones a rate is made of."""
    return and_(CounselorPeriod.due == 1, over(filters))


def nodes(filters: Filters, viewer: Viewer) -> list[Where]:
    """Pairs of building and key date in the slice, begun or not."""
    return in_homes(NodeCoverage, filters, viewer)


def in_homes(rows: Any, filters: Filters, viewer: Viewer) -> list[Where]:
    """Rows of buildings in the slice: of a counselor, a degree level or a college that counts by
    belonging those where its students live, whoever came there."""
    found = [rows.build == build_of(filters.term), viewer.sees_building(rows.building_id)]
    found += within(rows, filters, PLACES)
    if filters.leading:
        found.append(rows.building_id.in_(led_by(filters)))
    if filters.belonging or filters.counselor or filters.degree:
        found.append(rows.building_id.in_(_living(STUDENT.building_id, filters)))
    if viewer.role == COUNSELOR:
        own = _living(STUDENT.building_id, Filters(term=filters.term, date=filters.date))
        found.append(rows.building_id.in_(own.where(viewer.sees_totals(STUDENT))))
    return found


def _chosen(rows: Any, filters: Filters) -> list[Where]:
    """What any row with places, college and counselor is narrowed by."""
    found = within(rows, filters, PLACES)
    if filters.belonging:
        found.append(rows.college_id == filters.college)
    elif filters.college:
        found.append(rows.building_id.in_(led_by(filters)))
    if filters.counselor:
        served = rows.building_id.in_(served_by(filters, filters.counselor))
        found.append(or_(rows.counselor_id == filters.counselor, served))
    return found


def appointed(filters: Filters) -> Where:
    """Building counselors appointed on the as-of day."""
    return valid_on(filters.as_of, CounselorBuilding.starts, CounselorBuilding.ends)


def served_by(filters: Filters, counselor: str) -> Any:
    """Buildings a counselor is appointed to on the as-of day."""
    post = CounselorBuilding
    return select(post.building_id).where(post.counselor_id == counselor, appointed(filters))


def living(filters: Filters) -> list[Where]:
    """Students enrolled on the day in the slice who are not away, whoever asks."""
    return [*enrolled(filters), *_narrowed(filters)]


def _living(column: Any, filters: Filters) -> Any:
    """A column of these students: for semi-joins."""
    return select(column).where(*living(filters))


def _looks_after(counselor_id: Any, filters: Filters) -> Where:
    """Counselors with a student in the slice, or appointed to one of its buildings."""
    listed = counselor_id.in_(_living(STUDENT.counselor_id, filters))
    post = CounselorBuilding
    posted = select(post.counselor_id).where(
        appointed(filters),
        post.building_id.in_(_living(STUDENT.building_id, filters)),
    )
    return or_(listed, counselor_id.in_(posted))


def _sees_periods(filters: Filters, viewer: Viewer) -> Where:
    """Counselors' work is summed for four roles; a work group has those of its buildings, and a
    counselor their own."""
    row = CounselorPeriod
    if viewer.role in SEES_EVERY_PLACE:
        return viewer.sees_whole()
    if viewer.role == COUNSELOR:
        return and_(viewer.sees_whole(), row.counselor_id == viewer.counselor)
    here = Filters(term=filters.term, date=filters.date)
    living = _living(STUDENT.counselor_id, here).where(viewer.sees_building(STUDENT.building_id))
    return row.counselor_id.in_(living)
