"""Who is asking: a viewer equals a WHERE clause, and sees nothing unless a role says so."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, select, true

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

    `college`, `buildings` and `counselor` are the scope that goes with the role. The default
    sees no rows.
    """

    name: str
    role: str = ""
    college: str = ""
    buildings: frozenset[str] = frozenset()
    counselor: str = ""
    may_export: bool = False
    display_name: str = ""

    @property
    def scope(self) -> tuple[str, str, frozenset[str], str]:
        """What decides the rows: two viewers with one scope may share a cached answer."""
        return (self.role, self.college, self.buildings, self.counselor)

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
        """Rows about one student: by role all, own college's, own building's, own list's, none."""
        if self.role == COMMITTEE:
            return true()
        if self.role == COLLEGE and self.college:
            return enrolment.college_id == self.college
        if self.role == COUNSELOR and self.counselor:
            return enrolment.counselor_id == self.counselor
        if self.role == WORK_GROUP and self.buildings:
            own = select(Room.id).where(Room.building_id.in_(self.buildings))
            return and_(enrolment.room_id.is_not(None), enrolment.room_id.in_(own))
        return false()
