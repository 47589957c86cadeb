"""One person of each role in the world, and which students each may see."""

from dataclasses import dataclass

from data.access.viewer import (
    COLLEGE,
    COMMITTEE,
    COUNSELOR,
    EVALUATOR,
    STEWARD,
    WORK_GROUP,
    Viewer,
)
from queries.filters import Filters
from tests.world import AUTUMN, SPRING

STUDENTS = frozenset("a1 a2 a3 a4 a5 b1 b2 c1 c2 d1 z1 g1".split())
OF_X = frozenset("a1 a2 a5 c1 d1 z1".split())
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

PLACES = (
    {},
    {"campus": "S"},
    {"campus": "N", "cluster": "P"},
    {"campus": "N", "cluster": "P", "building": "A"},
    {"campus": "N", "cluster": "P", "building": "B"},
    {"campus": "N", "cluster": "P", "building": "A", "floor": "A1"},
    {"campus": "N", "cluster": "P", "building": "B", "floor": "BE"},
    {"campus": "N", "cluster": "P", "building": "A", "floor": "A1", "room": "A11"},
    {"campus": "N", "cluster": "P", "building": "A", "floor": "A1", "room": "A12"},
    {"campus": "N", "cluster": "P", "building": "B", "floor": "BE", "room": "BE1"},
    {"campus": "N", "cluster": "Q", "building": "C", "floor": "C1", "room": "C11"},
)
SLICES = (
    *(Filters(term=AUTUMN, date="2026-11-20", **place) for place in PLACES),
    *(Filters(term=AUTUMN, date="2026-11-20", metric="plate", **place) for place in PLACES[:6]),
    Filters(term=AUTUMN, date="2026-10-31", **PLACES[9]),
    Filters(term=SPRING, date="2026-07-05", **PLACES[4]),
    Filters(term=SPRING, date="2026-07-05", **PLACES[9]),
    Filters(term=AUTUMN, date="2026-11-20", college="Y", college_as="belong"),
)
"""Every drill level, resolved, in and out of each scope."""
