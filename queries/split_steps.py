"""Coverage steps split by unit: what adds up to each, in parts as `slice.parts` has them."""

from sqlalchemy import false, select, true

from data.access.viewer import SEES_EVERY_PLACE, Viewer
from data.models.dashboard import CoverageStep
from data.models.place import Building
from data.schemes.scheme import BUILDING, COLLEGE_BELONGS
from queries.filters import Filters
from queries.slice import Where, build_of, cluster_steps, parts, steps
from queries.split import UNSPLIT, Key, Split, by_building, leads

STEP = CoverageStep


def split_parts(filters: Filters, viewer: Viewer, split: Split) -> list[tuple[Key, list[Where]]]:
    """Steps that, summed by metric, count every unit of coverage of each unit exactly once, in
    parts to be united."""
    if split.kind == "":
        return [(UNSPLIT, part) for part in parts(filters, viewer)]
    if split.kind == COLLEGE_BELONGS:
        return [(Key(STEP.college_id), _of_colleges(filters, viewer))]
    key = by_building(split, STEP.building_id, filters)
    around = _by_cluster(split, filters)
    return [
        (key, steps(filters, viewer, level="building")),
        (around, cluster_steps(filters, viewer)),
    ]


def _of_colleges(filters: Filters, viewer: Viewer) -> list[Where]:
    """What the students of each college live in, campus by campus: only for whoever sees every
    place."""
    term = STEP.build == build_of(filters.term)
    seen = true() if viewer.role in SEES_EVERY_PLACE else false()
    return [term, STEP.level == "campus", STEP.college_id != "", seen]


def _by_cluster(split: Split, filters: Filters) -> Key:
    """Cluster coverage of the clusters around a unit, each once."""
    if split.kind == BUILDING:
        return Key(Building.id, (Building.cluster_id == STEP.cluster_id,))
    led = leads(filters).subquery("lead")
    pairs = select(led.c.college_id, Building.cluster_id).distinct()
    around = pairs.where(Building.id == led.c.building_id).subquery("around")
    return Key(around.c.college_id, (around.c.cluster_id == STEP.cluster_id,))
