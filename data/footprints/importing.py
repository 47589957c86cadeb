"""Import building footprints from GeoJSON: all of a file, or nothing and the reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from data.engine import writing
from data.footprints.coordinates import Unrepairable
from data.footprints.creating import LONGEST_NAME, Plan, free_ids, plan
from data.footprints.crs import TO_WGS84, Conversion
from data.footprints.holdings import (
    Holdings,
    add_buildings,
    add_campus,
    holdings,
    place_outlines,
)
from data.footprints.matching import Match, match, overlaps
from data.footprints.reading import Feature, UnusableMap, read
from data.footprints.repairing import Outline, repair
from data.footprints.report import (
    AMBIGUOUS,
    CREATED,
    MATCHED,
    REFUSED,
    UNCHANGED,
    UNMATCHED,
    Finding,
    Report,
    notes,
)

Usable = list[tuple[Feature, Outline]]


@dataclass(frozen=True)
class Intention:
    """Everything that would be written."""

    matches: Sequence[Match]
    campus: tuple[str, str] | None  # id and name, where it is new
    plan: Plan


def import_map(
    url: str, path: Path, *, crs: str, create_buildings: bool, campus: str | None, dry_run: bool
) -> Report:
    """Match each footprint to a building and store it, in one transaction.

    A footprint that is refused, unmatched (unless buildings are created) or ambiguous stops the
    whole file: a map that is silently incomplete would look like a gap in coverage.
    """
    campus = " ".join((campus or "").split())
    if create_buildings and not 1 <= len(campus) <= LONGEST_NAME:
        raise UnusableMap("新建楼宇要说明建在哪个校区：请加 --campus 校区名称(不超过 56 字)")
    features = read(path)
    usable, refused = _repaired(features, TO_WGS84[crs])
    with writing(url) as conn:
        intention = _intention(holdings(conn), usable, campus, create_buildings)
        findings = (*refused, *_findings(intention))
        report = Report(path.name, len(features), findings, dry_run)
        if not report.refused and not dry_run:
            _write(conn, intention)
    return report


def _repaired(features: Sequence[Feature], to_wgs84: Conversion) -> tuple[Usable, list[Finding]]:
    usable: Usable = []
    reasons = {feature.number: feature.problem for feature in features if feature.problem}
    for feature in features:
        try:
            usable.append((feature, repair(feature.geometry, to_wgs84)))
        except Unrepairable as reason:
            reasons.setdefault(feature.number, str(reason))
    for number, other in overlaps(usable).items():
        reasons.setdefault(number, f"与第 {other} 个画的是同一处：请只留一个")
    refused = [
        Finding(REFUSED, f.label, reasons[f.number]) for f in features if f.number in reasons
    ]
    return [(f, outline) for f, outline in usable if f.number not in reasons], refused


def _intention(held: Holdings, usable: Usable, campus: str, create_buildings: bool) -> Intention:
    campus_id = held.campus_id(campus) if campus else None
    if campus and not campus_id and not create_buildings:
        known = "、".join(held.campuses.values()) or "(还没有校区)"
        raise UnusableMap(f"没有校区“{campus}”；现有校区：{known}")
    scope = [each for each in held.buildings if not campus or each.campus_id == campus_id]
    matches = match(usable, scope)
    if not create_buildings:
        return Intention(matches, None, Plan())
    target = campus_id or next(free_ids("c", held.campuses.keys()))
    new = [found for found in matches if not found.building and not found.doubt]
    made = plan([found for found in new if _nameable(found.feature)], held.of_campus(target))
    return Intention(matches, (target, campus) if made.buildings and not campus_id else None, made)


def _nameable(feature: Feature) -> bool:
    return len(feature.name or "") <= LONGEST_NAME


def _findings(intention: Intention) -> Iterator[Finding]:
    if intention.campus:
        campus_id, name = intention.campus
        yield Finding(CREATED, f"校区“{name}”", f"编号 {campus_id}")
    yield from intention.plan.findings
    created = {finding.label for finding in intention.plan.findings}
    for found in intention.matches:
        label = found.feature.label
        if label in created:
            continue
        yield Finding(*_verdict(found, label))
        yield from notes(label, (*found.feature.notes, *found.outline.notes, found.note))


def _verdict(found: Match, label: str) -> tuple[str, str, str]:
    building = found.building
    if building:
        where = f"{building.name}({building.id})"
        return UNCHANGED if building.holds(found.outline) else MATCHED, label, where
    if found.doubt:
        return AMBIGUOUS, label, found.doubt
    if not _nameable(found.feature):
        return REFUSED, label, f"名称超过 {LONGEST_NAME} 个字"
    named = "没有这个名称或别名的楼宇" if found.feature.name else "没有名称，也没有对得上的编号"
    return UNMATCHED, label, f"{named}；要新建楼宇请加 --create-buildings"


def _write(conn: Connection, intention: Intention) -> None:
    if intention.campus:
        add_campus(conn, *intention.campus)
    add_buildings(conn, intention.plan)
    changed = [f for f in intention.matches if f.building and not f.building.holds(f.outline)]
    place_outlines(conn, changed)
