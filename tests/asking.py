"""One person of each role in the world, and which students each may see."""

from dataclasses import dataclass
from typing import Any

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    STEWARD,
    WORK_GROUP,
    Viewer,
)
from queries.filters import DRILL, Filters
from tests.world import AUTUMN, SPRING

STUDENTS = frozenset(["a1", "a2", "a3", "a4", "a5", "b1", "b2", "c1", "c2", "d1", "z1", "g1"])
OF_X = frozenset(["a1", "a2", "a5", "c1", "d1", "z1"])
EVERYWHERE = frozenset("ABCD")


@dataclass(frozen=True)
class Asking:
    """A viewer with the buildings and students in scope, worked out by hand."""

    viewer: Viewer
    buildings: frozenset[str]
    students: frozenset[str]


def _viewer(role: str, *, may_export: bool = True, **scope: object) -> Viewer:
    return Viewer(f"demo-{role}", role, may_export=may_export, **scope)  # type: ignore[arg-type]


ROLES = {
    asking.viewer.role: asking
    for asking in (
        Asking(_viewer(COMMITTEE), EVERYWHERE, STUDENTS),
        Asking(_viewer(COLLEGE, college="X"), EVERYWHERE, OF_X),
        # b2 lived in B until 10-31, g1 in the spring
        Asking(
            _viewer(WORK_GROUP, buildings=frozenset("B")),
            frozenset("B"),
            frozenset({"b1", "b2", "g1"}),
        ),
        # k1 counsels the students of X, who live in A and D; c1, who is away, has a bed in C
        Asking(
            _viewer(COUNSELOR, counselor="k1", buildings=frozenset("ACD")), frozenset("ACD"), OF_X
        ),
        Asking(_viewer(EVALUATOR), EVERYWHERE, frozenset()),
        Asking(_viewer(STEWARD, may_export=False), EVERYWHERE, frozenset()),
    )
}
NOBODY = Asking(Viewer("nobody"), frozenset(), frozenset())


def _slice(path: str = "", *, date: str = "2026-11-20", **rest: Any) -> Filters:
    """A resolved slice drilled to a path such as `N P A`."""
    place: dict[str, Any] = dict(zip(DRILL, path.split(), strict=False))
    term = SPRING if date < "2026-08" else AUTUMN
    return Filters(term=term, date=date, **place, **rest)


WHOLE = _slice()
ROOM_OF_A1, ROOM_OF_B1 = _slice("N P A A1 A11"), _slice("N P B BE BE1", date="2026-10-31")
SLICES = (
    WHOLE,
    _slice(metric="plate", college="Y", college_as="belong"),
    _slice("S", metric="five_lead"),
    _slice("N P", metric="cluster_coverage"),
    _slice("N P A"),
    _slice("N P B", date="2026-07-05"),
    _slice("N P A A1", metric="workstation_enrolment"),
    ROOM_OF_A1,
    _slice("N P A A1 A12"),
    ROOM_OF_B1,
    _slice(brand="br"),
    _slice(unit="A"),
    _slice(seal="1"),
)
"""Every drill level, resolved, in and out of each scope."""
