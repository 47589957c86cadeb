"""New buildings from footprints: the rows of their clusters, themselves and their floors."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast

from sqlalchemy import Enum

from data.footprints.grouping import clusters
from data.footprints.matching import Match
from data.footprints.naming import natural_key, normalised
from data.footprints.reading import Feature, text
from data.footprints.report import CREATED, Finding, notes
from data.models.contract import Ledger
from data.models.place import Building

RESIDENTS = cast(Enum, Building.__table__.c.residents.type).enums
RESIDENTS_LEDGER: Ledger = Building.__table__.c.residents.info["ledger"]
UNDERGRADUATES = "本科生"
LEVEL_KEYS = ("building:levels", "levels", "层数")
HIGHEST = 60  # floors; more is a slip of the pen
LONGEST_ID, LONGEST_NAME = 24, 56  # characters; the columns leave room for what is appended


@dataclass(frozen=True)
class Existing:
    """What is taken: names within the campus (normalised), ids anywhere."""

    campus_id: str
    clusters: Mapping[str, tuple[str, str]]  # every normalised spelling → name, id
    names: Set[str]
    ids: Set[str]


@dataclass(frozen=True)
class Plan:
    """Rows to insert, table by table, and what to tell about them."""

    clusters: list[dict[str, Any]] = field(default_factory=list)
    buildings: list[dict[str, Any]] = field(default_factory=list)
    floors: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def free_ids(prefix: str, taken: Set[str], width: int = 1) -> Iterator[str]:
    """prefix1, prefix2, … without those in use."""
    return (name for n in count(1) if (name := f"{prefix}{n:0{width}}") not in taken)


def plan(new: Sequence[Match], existing: Existing) -> Plan:
    """Every row that new buildings need; ordinals in their ids follow the order of names."""
    made = Plan()
    grouped = clusters(new, {key: name for key, (name, _) in existing.clusters.items()})
    cluster_ids = _clusters(made, sorted(set(grouped.values()), key=natural_key), existing)
    names = _names(new, existing.names)
    ids = _building_ids(new, names, existing)
    for found in new:
        number = found.feature.number
        cluster, name = grouped[number], names[number]
        levels, level_note = _levels(found.feature)
        residents, residents_note = _residents(found.feature)
        row = _building(found, ids[number], name, residents)
        made.buildings.append({**row, "cluster_id": cluster_ids[cluster]})
        made.floors.extend(_floor(ids[number], level) for level in range(1, levels + 1))
        built = f"编号 {ids[number]}，楼群“{cluster}”，{residents}，{levels} 层"
        made.findings.append(Finding(CREATED, found.feature.label, built))
        said = (*_renamed(found.feature, ids[number], name), level_note, residents_note)
        remarks = (*found.feature.notes, *found.outline.notes, *said)
        made.findings.extend(notes(found.feature.label, remarks))
    return made


def _renamed(feature: Feature, building_id: str, name: str) -> Iterator[str]:
    if name != feature.name:
        yield f"{'重名' if feature.name else '没有名称'}，命名为“{name}”"
    if feature.building_id not in (None, building_id):
        yield f"编号 {feature.building_id} 过长或已被占用，改用 {building_id}"


def _clusters(made: Plan, wanted: Sequence[str], existing: Existing) -> dict[str, str]:
    free = free_ids(f"{existing.campus_id[:LONGEST_ID]}-k", existing.ids)
    cluster_ids = {}
    for name in wanted:
        if normalised(name) in existing.clusters:
            cluster_ids[name] = existing.clusters[normalised(name)][1]
            continue
        cluster_ids[name] = next(free)
        row = {"id": cluster_ids[name], "campus_id": existing.campus_id, "name": name}
        made.clusters.append(row)
        made.findings.append(Finding(CREATED, f"楼群“{name}”", f"编号 {row['id']}"))
    return cluster_ids


def _names(new: Sequence[Match], taken: Set[str]) -> dict[int, str]:
    """Namesakes are numbered in the order of the file, as names are unique within a campus."""
    used, serial, names = set(taken), Counter[str](), {}
    for found in new:
        name = original = found.feature.name
        while not name or normalised(name) in used:
            serial[original or ""] += 1
            n = serial[original or ""]
            name = f"{original}({n + 1})" if original else f"未命名{n}"
        used.add(normalised(name))
        names[found.feature.number] = name
    return names


def _building_ids(
    new: Sequence[Match], names: Mapping[int, str], existing: Existing
) -> dict[int, str]:
    """The file's own building_id where it can be had, else campus and ordinal."""
    own = {found.feature.number: found.feature.building_id for found in new}
    kept = {n: i for n, i in own.items() if i and len(i) <= LONGEST_ID and i not in existing.ids}
    free = free_ids(f"{existing.campus_id[: LONGEST_ID - 4]}-", existing.ids | {*kept.values()}, 3)
    ordered = sorted(names, key=lambda number: natural_key(names[number]))
    return {number: kept.get(number) or next(free) for number in ordered}


def _building(found: Match, building_id: str, name: str, residents: str) -> dict[str, Any]:
    original = found.feature.name
    return {
        "id": building_id,
        "name": name,
        "aliases": original if original != name else None,
        "residents": residents,
        "residential": True,
        **placed(found),
    }


def placed(found: Match) -> dict[str, Any]:
    """The columns of a building that a footprint fills."""
    outline = found.outline
    return {
        "longitude": outline.longitude,
        "latitude": outline.latitude,
        "footprint": outline.footprint,
    }


def _floor(building_id: str, level: int) -> dict[str, Any]:
    return {
        "id": f"{building_id}-{level:02}",
        "building_id": building_id,
        "wing": "",
        "level": level,
        "residential": True,
        "organisation_required": True,
    }


def _levels(feature: Feature) -> tuple[int, str | None]:
    written = next(filter(None, (text(feature.properties.get(k)) for k in LEVEL_KEYS)), None)
    if written is None:
        return 0, "没有层数(building:levels),没有建楼层"
    if written.isdecimal() and len(written) < 4 and 1 <= int(written) <= HIGHEST:
        return int(written), None
    return 0, f"层数“{written[:20]}”不是 1 至 {HIGHEST} 的整数，没有建楼层"


def _residents(feature: Feature) -> tuple[str, str | None]:
    written = (text(feature.properties.get(k)) for k in ("residents", RESIDENTS_LEDGER.heading))
    given = next(filter(None, written), None)
    if given is None or given in RESIDENTS:
        return given or UNDERGRADUATES, None
    return UNDERGRADUATES, f"居住对象“{given[:20]}”不认识，按本科生建立"
