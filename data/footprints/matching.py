"""Which building a footprint belongs to: by id, by name or alias, between namesakes by place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry import shape as shape_of

from data.footprints.naming import normalised, spellings
from data.footprints.reading import Feature
from data.footprints.repairing import Outline, metres, same_place

FAR = 200  # metres; a wrong --crs moves a campus by 300 to 1000


@dataclass(frozen=True)
class Known:
    """A building of the database, as far as footprints are concerned."""

    id: str
    campus_id: str
    name: str
    aliases: str | None
    longitude: float | None
    latitude: float | None
    footprint: Mapping[str, Any] | None

    def holds(self, outline: Outline) -> bool:
        """Whether this outline is already what the database says."""
        position = (outline.longitude, outline.latitude)
        return self.footprint == outline.footprint and (self.longitude, self.latitude) == position


@dataclass(frozen=True)
class Match:
    """A usable footprint and its building, or what keeps us from choosing one; or neither."""

    feature: Feature
    outline: Outline
    building: Known | None = None
    doubt: str | None = None
    note: str | None = None


class Candidates:
    """The buildings footprints may belong to, found by id, spelling or place."""

    def __init__(self, buildings: Iterable[Known]) -> None:
        self.by_id = {building.id: building for building in buildings}
        self.by_spelling: dict[str, list[Known]] = defaultdict(list)
        for building in self.by_id.values():
            for spelling in spellings(building.name, building.aliases):
                self.by_spelling[spelling].append(building)
        self.drawn = [building for building in self.by_id.values() if building.footprint]
        self.shapes = [_shape(building.footprint) for building in self.drawn]
        self.tree = shapely.STRtree(self.shapes)

    def named(self, name: str | None) -> list[Known]:
        """Buildings that answer to this name."""
        return self.by_spelling.get(normalised(name or ""), [])

    def at(self, outline: Outline) -> list[Known]:
        """Buildings whose footprint is in the same place."""
        near = self.tree.query(outline.shape, predicate="intersects")
        return [self.drawn[i] for i in near if same_place(self.shapes[i], outline.shape)]


def match(usable: Sequence[tuple[Feature, Outline]], buildings: Iterable[Known]) -> list[Match]:
    """One match per footprint; two footprints never share a building."""
    candidates = Candidates(buildings)
    matches = [_match(feature, outline, candidates) for feature, outline in usable]
    claims = defaultdict(list)
    for found in matches:
        if found.building:
            claims[found.building.id].append(found.feature.number)
    return [_alone(found, claims[found.building.id]) if found.building else found
            for found in matches]  # fmt: skip


def overlaps(usable: Sequence[tuple[Feature, Outline]]) -> dict[int, int]:
    """Features that outline the same building as another of the file: number → other number."""
    if not usable:
        return {}  # a spatial index of nothing cannot be asked
    shapes = [outline.shape for _, outline in usable]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist()
    return {
        usable[one][0].number: usable[other][0].number
        for one, other in pairs
        if one != other and same_place(shapes[one], shapes[other])
    }


def _match(feature: Feature, outline: Outline, candidates: Candidates) -> Match:
    found = Match(feature, outline)
    known = next((candidates.by_id[i] for i in feature.ids if i in candidates.by_id), None)
    named = candidates.named(feature.name)
    if known:
        if named and known not in named:
            return replace(found, doubt=f"编号对上 {_list([known])}，名称却对上 {_list(named)}")
        return _placed(found, known)
    if len(named) == 1:
        note = f"库中没有编号 {feature.building_id}，按名称对上" if feature.building_id else None
        return _placed(replace(found, note=note), named[0])
    there = candidates.at(outline)
    if named or not feature.name:
        there = [building for building in there if building in named or not named]
        if len(there) == 1:
            return replace(found, building=there[0], note=f"按位置对上 {_list(there)}")
        several = named or there
        return replace(found, doubt=_several(several)) if several else found
    return replace(found, doubt=_elsewhere_named(there)) if there else found


def _placed(found: Match, building: Known) -> Match:
    """Matched; a footprint far from where the ledger says the building is deserves a look."""
    if building.longitude is None or building.latitude is None:
        return replace(found, building=building)
    here = (found.outline.longitude, found.outline.latitude)
    away = metres(here, (building.longitude, building.latitude))
    note = f"离台账中的位置 {away:,.0f} 米，请核对 --crs" if away > FAR else found.note
    return replace(found, building=building, note=note)


def _alone(found: Match, claimants: Sequence[int]) -> Match:
    if len(claimants) == 1 or not found.building:
        return found
    numbers = "、".join(f"第 {number} 个" for number in claimants)
    doubt = f"{numbers}都对上 {_list([found.building])}:请给各要素写上 building_id"
    return replace(found, building=None, doubt=doubt)


def _several(buildings: Sequence[Known]) -> str:
    return f"同时对上 {_list(buildings)}:请给要素写上 building_id,或用 --campus 限定校区"


def _elsewhere_named(buildings: Sequence[Known]) -> str:
    return f"名称对不上，位置却与 {_list(buildings)} 重合：请统一名称或补别名"


def _list(buildings: Sequence[Known]) -> str:
    return "、".join(f"{building.name}({building.id})" for building in buildings)


def _shape(footprint: Mapping[str, Any] | None) -> Any:
    """A stored footprint may come from elsewhere: one that cannot be read is nowhere."""
    try:
        return shapely.make_valid(shape_of(footprint))
    except (ValueError, TypeError, KeyError, AttributeError, shapely.GEOSException):
        return shapely.Point()
