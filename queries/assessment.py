"""考核表: a unit's evaluation as the sheet evaluators know, line by line with its basis."""

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.locale.translate import Phrase
from data.schemes.scheme import (
    ACADEMIC_YEAR,
    BUILDING,
    HEADINGS,
    SATISFACTION,
    TERM,
    Indicator,
    Scheme,
)
from queries.contributions import contributions
from queries.evaluation import Evaluation, evaluate
from queries.evaluation_basis import (
    NOTHING,
    answers_said,
    joined,
    records_said,
    remark_said,
    value_said,
)
from queries.evidence import COUNTED, evidence_of
from queries.filters import Filters
from queries.ranking import may_see, only_seen
from queries.scoring import EXACT, vetoed
from queries.unit_sessions import feedback_of

BY_SCHEME, BY_HEADINGS = "", "headings"
ORDERS = {BY_SCHEME: "按方案的指标体系", BY_HEADINGS: "按六项评价归类"}
LINE, TOTAL = "line", "total"
COLUMNS = ["unit_id", "unit", "building_id", "peer_group", "kind", "group", "part", "indicator"]
COLUMNS += ["name", "weight", "standard", "basis", "points", "score", "remark", "counted"]
COLUMNS += ["group_weight", "group_points", "scheme", "version", "period"]


def assessment(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per indicator of the chosen unit and one for the total, in the order of the scheme
    or of the provinces' six headings (`order`): COLUMNS.

    `weight` are the scheme's points, `points` those it gave of the total's 100, NaN without a
    score; `group_weight` and `group_points` add up the group's. The total is after vetoes, the
    lines before. `basis`, `remark` and `period` are phrases; `counted` records are its evidence.
    """
    none = pd.DataFrame([], columns=COLUMNS)
    if not may_see(viewer) or not filters.unit:
        return none
    now = evaluate(conn, filters)
    found = list(only_seen(conn, now, now.units, viewer)["unit_id"])
    if filters.unit not in found:
        return none
    rows = _lines(conn, now, filters.unit)
    rows = _ordered(rows, filters.order)
    return _named(now, filters.unit, [*rows, _total(now, filters.unit)])


def period_said(now: Evaluation) -> Phrase:
    """The period and the day it is seen from."""
    day, key = now.period.last.date, now.period.key
    if now.period.kind == TERM:
        return Phrase("{term} 学期（截至 {day}）", term=key, day=day)
    if now.period.kind == ACADEMIC_YEAR:
        return Phrase("{year} 学年（截至 {day}）", year=key, day=day)
    return Phrase("{year} 年（截至 {day}）", year=key, day=day)


def _lines(conn: Connection, now: Evaluation, unit: str) -> list[dict[str, Any]]:
    number = list(now.units["unit_id"]).index(unit)
    full, points = contributions(now.scheme, now.scored.scores, now.scored.before)
    raw = {row.indicator: row for row in now.raw[now.raw["unit_id"] == unit].itertuples()}
    proof = evidence_of(conn, now, unit)
    proof = proof[proof["state"].isin(COUNTED)]
    struck = _struck(now, number)
    rows = []
    for n, (group, part, one) in enumerate(_tree(now.scheme)):
        own = proof[proof["indicator"] == one.key]
        said = [value_said(one, raw[one.key])]
        if one.source.kind == SATISFACTION:
            said.append(answers_said(feedback_of(conn, now.scheme.unit, [unit], now.period)))
        rows.append(
            {
                "kind": LINE,
                "group": group,
                "part": part,
                "indicator": one.key,
                "name": one.name,
                "weight": one.weight,
                "standard": one.standard,
                "heading": one.heading,
                "points": round(points[number, n], EXACT) + 0.0,  # never minus nothing
                "score": now.scored.scores[number, n],
                "basis": joined([*said, records_said(own)]) or NOTHING,
                "remark": remark_said(one, raw[one.key], full[number, n], struck[one.key]),
                "counted": len(own),
            }
        )
    return rows


def _tree(scheme: Scheme) -> list[tuple[str, str, Indicator]]:
    return [
        (dimension.name, part.name, one)
        for dimension in scheme.dimensions
        for part in dimension.parts
        for one in part.indicators
    ]


def _struck(now: Evaluation, number: int) -> dict[str, list[str]]:
    """The reasons of the vetoes that each indicator caused."""
    hit = vetoed(now.scheme, now.values)[number]
    found: dict[str, list[str]] = {one.key: [] for one in now.scheme.indicators}
    for veto, struck in zip(now.scheme.vetoes, hit, strict=True):
        if struck:
            found[veto.indicator].append(veto.reason)
    return found


def _ordered(rows: list[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    """Under the provinces' headings where these are asked for; with what each group adds up to."""
    if order == BY_HEADINGS:
        place = {name: n for n, name in enumerate(HEADINGS)}
        rows = [{**row, "group": row["heading"]} for row in rows]
        rows = sorted(rows, key=lambda row: place.get(row["group"], len(place)))
    for row in rows:
        own = [other for other in rows if other["group"] == row["group"]]
        row["group_weight"] = sum(other["weight"] for other in own)
        row["group_points"] = _sum([other["points"] for other in own])
    return rows


def _sum(points: list[float]) -> float:
    known = [one for one in points if not np.isnan(one)]
    return float(sum(known)) if known else float("nan")


def _total(now: Evaluation, unit: str) -> dict[str, Any]:
    number = list(now.units["unit_id"]).index(unit)
    result = now.results.iloc[number]
    before, total = now.scored.before.total[number], result["total"]
    opened = str(result["opened"])
    said: list[str] = [Phrase("{day} 启用", day=opened)] if opened else []
    if result["veto"]:
        told = {"before": f"{before:.1f}", "total": f"{total:.1f}"}
        said.append(Phrase("一票否决前 {before} 分，之后 {total} 分", **told))
    weight = sum(now.scheme.weights)
    return {
        "kind": TOTAL,
        "group": "合计",
        "part": "",
        "indicator": "",
        "name": "",
        "weight": weight,
        "standard": "",
        "basis": "",
        "points": total,
        "score": total,
        "remark": joined(said),
        "counted": 0,
        "group_weight": weight,
        "group_points": total,
    }


def _named(now: Evaluation, unit: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    own = now.units[now.units["unit_id"] == unit].iloc[0]
    whole = {
        "unit_id": unit,
        "unit": own["unit"],
        "building_id": unit if now.scheme.unit == BUILDING else "",
        "peer_group": own["peer_group"],
        "scheme": now.scheme.name,
        "version": now.scheme.version,
        "period": period_said(now),
    }
    found = pd.DataFrame([{**row, **whole} for row in rows], columns=COLUMNS, dtype=object)
    numbers = ("weight", "points", "score", "group_weight", "group_points")
    return found.astype(dict.fromkeys(numbers, float) | {"counted": int})
