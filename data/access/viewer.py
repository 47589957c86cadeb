"""Who is asking: a viewer equals a WHERE clause, and sees nothing unless a role says so."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, or_, select, true

from data.models.people import Enrolment
from data.models.place import Building, Room

COMMITTEE, COLLEGE, WORK_GROUP = "committee", "college", "work_group"
COUNSELOR, EVALUATOR, STEWARD = "counselor", "evaluator", "steward"
ROLES = {
    COMMITTEE: "党工委",
    COLLEGE: "学院",
    WORK_GROUP: "楼宇工作组",
    COUNSELOR: "辅导员",
    EVALUATOR: "考核评价",
    STEWARD: "数据管理员",
}
SEES_EVERY_PLACE = frozenset({COMMITTEE, COLLEGE, EVALUATOR, STEWARD})


@dataclass(frozen=True)
class Viewer:
    """A signed-in person. Hashable, so it can be part of every cache key.

    `college`, `buildings` and `counselor` are the scope that goes with the role; `serves` are the
    buildings a counselor is appointed to (楼宇辅导员). The default sees no rows.
    """

    name: str
    role: str = ""
    college: str = ""
    buildings: frozenset[str] = frozenset()
    counselor: str = ""
    serves: frozenset[str] = frozenset()
    may_export: bool = False
    display_name: str = ""

    @property
    def scope(self) -> tuple[str, str, frozenset[str], str, frozenset[str]]:
        """What decides the rows: two viewers with one scope may share a cached answer."""
        return (self.role, self.college, self.buildings, self.counselor, self.serves)

    def sees_building(self, building_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Totals of these buildings: all for four roles, otherwise the viewer's own."""
        if self.role in SEES_EVERY_PLACE:
            return true()
        return building_id.in_(self.buildings) if self.buildings else false()

    def sees_cluster(self, cluster_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Totals of a cluster: as above, or it holds a building of the viewer's."""
        if self.role in SEES_EVERY_PLACE:
            return true()
        if not self.buildings:
            return false()
        return cluster_id.in_(select(Building.cluster_id).where(Building.id.in_(self.buildings)))

    def sees_whole(self) -> ColumnElement[bool]:
        """Facts about the data as a whole, in which nobody and no place is named: any role."""
        return true() if self.role in ROLES else false()

    def sees_enrolment(self, enrolment: Any = Enrolment) -> ColumnElement[bool]:
        """Rows about one student: by role all, own college's, own building's, own list's (and
        those of the buildings a counselor serves), none."""
        if self.role == COMMITTEE:
            return true()
        if self.role == COLLEGE and self.college:
            return enrolment.college_id == self.college
        if self.role == COUNSELOR and self.counselor:
            return or_(enrolment.counselor_id == self.counselor, _lives_in(self.serves, enrolment))
        if self.role == WORK_GROUP and self.buildings:
            return _lives_in(self.buildings, enrolment)
        return false()

    def sees_totals(self, rows: Any) -> ColumnElement[bool]:
        """Rows that are only ever summed, each of one building and one counselor: all for four
        roles, a work group's own buildings, a counselor's own list and the buildings they serve."""
        if self.role == COUNSELOR and self.counselor:
            served = rows.building_id.in_(self.serves) if self.serves else false()
            return or_(rows.counselor_id == self.counselor, served)
        return self.sees_building(rows.building_id)

    def sees_counselor(self, counselor_id: Any, college_id: Any) -> ColumnElement[bool]:
        """A counselor's work by name: a college's own counselors, or oneself. Nobody sees those of
        the whole university side by side."""
        if self.role == COLLEGE and self.college:
            return college_id == self.college
        if self.role == COUNSELOR and self.counselor:
            return counselor_id == self.counselor
        return false()

    def sees_case(self, rows: Any) -> ColumnElement[bool]:
        """Single concerns: those of the own college, building or list; all for the committee."""
        if self.role == COMMITTEE:
            return true()
        if self.role == COLLEGE and self.college:
            return rows.college_id == self.college
        if self.role in (COUNSELOR, WORK_GROUP):
            return self.sees_totals(rows)
        return false()


def _lives_in(buildings: frozenset[str], enrolment: Any) -> ColumnElement[bool]:
    if not buildings:
        return false()
    own = select(Room.id).where(Room.building_id.in_(buildings))
    return and_(enrolment.room_id.is_not(None), enrolment.room_id.in_(own))
