"""Which cluster a new building stands in: by the common prefix of names, else by neighbourhood."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import shapely

from data.footprints.matching import Match
from data.footprints.naming import normalised, stem
from data.footprints.repairing import METRES_PER_DEGREE

NEIGHBOURS = 150  # metres between one building and the next of a cluster without a prefix
UNNAMED, SCATTERED = "未命名楼群", "零散楼宇"


def clusters(new: Sequence[Match], existing: Mapping[str, str]) -> dict[int, str]:
    """The cluster's name for each new feature's number; `existing` are the campus's own.

    A prefix makes a cluster when two buildings share it or the campus has it already. Other
    buildings that stand together become 未命名楼群N, and single ones 零散楼宇.
    """
    stems = {found.feature.number: stem(found.feature.name or "") for found in new}
    shared = Counter(map(normalised, stems.values()))
    chosen: dict[int, str] = {}
    for number, prefix in stems.items():
        if prefix and (shared[normalised(prefix)] > 1 or normalised(prefix) in existing):
            chosen[number] = existing.get(normalised(prefix), prefix)
    rest = [found for found in new if found.feature.number not in chosen]
    free = (name for n in count(1) if normalised(name := f"{UNNAMED}{n}") not in existing)
    for together in _neighbourhoods(rest):
        name = next(free) if len(together) > 1 else SCATTERED
        chosen |= dict.fromkeys((found.feature.number for found in together), name)
    return chosen


def _neighbourhoods(buildings: Sequence[Match]) -> Iterator[list[Match]]:
    """Buildings that a chain of neighbours connects, in the order of the file."""
    if not buildings:
        return  # a spatial index of nothing cannot be asked
    shapes = [_in_metres(found.outline.shape) for found in buildings]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEIGHBOURS)
    near: dict[int, list[int]] = {}
    for one, other in pairs.T.tolist():
        near.setdefault(one, []).append(other)
    unseen = dict.fromkeys(range(len(shapes)))
    while unseen:
        together, frontier = set[int](), {next(iter(unseen))}
        while frontier:
            together |= frontier
            frontier = {other for one in frontier for other in near[one]} - together
        for one in together:
            del unseen[one]
        yield [buildings[one] for one in sorted(together)]


def _in_metres(shape: Any) -> Any:
    narrowing = math.cos(math.radians(shape.bounds[1]))
    scale = (METRES_PER_DEGREE * narrowing, METRES_PER_DEGREE)
    return shapely.transform(shape, lambda points: points * scale)
