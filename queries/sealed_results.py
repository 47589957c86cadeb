"""What a seal held, unit by unit and line by line, beside today, and every difference between."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.filters import Filters
from queries.opened_seal import HEAD, Opened, opened, units_of_both
from queries.scoring_rules import RELATIVE
from queries.seal_changes import by, indicators, same, same_value
from queries.seal_words import DEFINITION, PROGRAM, SCHEME, UNIT, VALUE

OWN, OTHERS, SETTLED = "自身数据", "同类单位", "没有变化"
REASONS = (OWN, OTHERS, SETTLED, SCHEME, DEFINITION, PROGRAM, UNIT)
RESULTS = [*HEAD, "unit_id", "unit", "peer_group", "size", "opened", "total", "rank", "of", "veto"]
RESULTS += ["missing", "now_total", "now_rank", "now_of", "now_veto", "moved", "reasons"]
LINES = [*HEAD, "unit_id", "unit", "dimension", "part", "name", "standard", "weight", "numerator"]
LINES += ["denominator", "value", "score", "filled", "why", "now_numerator", "now_denominator"]
LINES += ["now_value", "now_score", "changed"]
CHANGES = [*HEAD, "difference", "unit_id", "unit", "subject", "field", "then", "now"]


def sealed_results(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit there was or is, peer group by peer group as sealed: RESULTS. `moved` values
    of its own changed, `reasons` say what moved its result. Units that are new have no `total`,
    those that went no `now_total`. One row with its `problem` where the seal is not what was
    sealed."""
    found = opened(conn, filters, viewer)
    if found is None:
        return pd.DataFrame([], columns=RESULTS)
    if not found.then:
        return pd.DataFrame([found.head], columns=RESULTS)
    rows = [_result(found, key) for key in units_of_both(found) if found.shows(key)]
    return pd.DataFrame(rows, columns=RESULTS).sort_values(
        ["peer_group", "rank"], kind="stable", na_position="last", ignore_index=True
    )


def _result(found: Opened, key: str) -> dict[str, Any]:
    then = by(found.then["results"], "unit_id").get(key, {})
    now = by(found.now["results"], "unit_id").get(key, {}) if found.now else {}
    missing = [r for r in found.then["data"]["raw"] if r["unit_id"] == key and r["value"] is None]
    unit = units_of_both(found)[key]
    row = {**found.head, **{name: unit[name] for name in ("unit_id", "unit", "peer_group")}}
    row |= {"size": unit["size"], "opened": unit["opened"], "missing": len(missing)}
    row |= {name: then.get(name) for name in ("total", "rank", "of", "veto")}
    row |= {f"now_{name}": now.get(name) for name in ("total", "rank", "of", "veto")}
    own = [one for one in found.differ if one.unit_id == key and one.kind == VALUE]
    reasons = "、".join(_reasons(found, key, then, now)) if found.now else ""
    return {**row, "moved": len(own), "reasons": reasons}


def _reasons(found: Opened, key: str, then: dict[str, Any], now: dict[str, Any]) -> tuple[str, ...]:
    """What moved a unit's result: its own data, what holds for all, or its peers. Its total has its
    own reasons; a place that changed beside the same total was changed by the others."""
    own = {one.kind for one in found.differ if one.unit_id == key}
    total, place = _moved(then, now)
    if not (own or total or place):
        return (SETTLED,)
    named = [word for kind, word in ((VALUE, OWN), (UNIT, UNIT)) if kind in own]
    if total:
        general = {one.kind for one in found.differ if not one.unit_id}
        named += [kind for kind in (SCHEME, DEFINITION, PROGRAM) if kind in general]
    others = (place and not total) or (total and _judged_by(found, key))
    return (*named, OTHERS) if others or not named else tuple(named)


def _judged_by(found: Opened, key: str) -> bool:
    """Whether a unit's scores depend on peers whose data changed: a rule looks at the others."""
    rules = {one["rule"]["kind"] for one in indicators(found.then["scheme"])}
    units = units_of_both(found)
    group = units[key]["peer_group"]
    changed = {one.unit_id for one in found.differ if one.unit_id} - {key}
    return bool(rules & RELATIVE) and any(units[one]["peer_group"] == group for one in changed)


def _moved(then: dict[str, Any], now: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the total, or a veto, is another; whether the place is. Of a unit that came or went
    nothing is compared."""
    if not (then and now):
        return False, False
    total = not same(then["total"], now["total"]) or then["veto"] != now["veto"]
    return total, any(then[name] != now[name] for name in ("rank", "of"))


def sealed_lines(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per sealed unit and indicator, of the chosen unit alone where one is chosen, in the
    order of the sealed scheme: LINES. `value`, `score` (of 100) and so on are as sealed, those with
    `now_` as worked out today; `changed` marks where they differ."""
    found = opened(conn, filters, viewer)
    if found is None or not found.then:
        return pd.DataFrame([], columns=LINES)
    held = by(found.then["data"]["units"], "unit_id")
    keys = [key for key in units_of_both(found) if key in held and found.shows(key)]
    wanted = [key for key in keys if key == filters.unit] if filters.unit else keys
    before, after = _Looked.at(found.then), _Looked.at(found.now)
    rows = [
        {**found.head, "unit_id": key, "unit": held[key]["unit"], **_line(line, key, before, after)}
        for key in wanted
        for line in _lines(found.then["scheme"])
    ]
    return pd.DataFrame(rows, columns=LINES)


@dataclass(frozen=True)
class _Looked:
    """A content by unit and indicator."""

    raw: dict[tuple[str, str], dict[str, Any]]
    results: dict[str, Any]

    @classmethod
    def at(cls, content: dict[str, Any] | None) -> "_Looked":
        if content is None:
            return cls({}, {})
        raw = {(row["unit_id"], row["indicator"]): row for row in content["data"]["raw"]}
        return cls(raw, by(content["results"], "unit_id"))


def _line(line: dict[str, Any], unit: str, then: _Looked, now: _Looked) -> dict[str, Any]:
    key = line["key"]
    raw, result = then.raw[unit, key], then.results[unit]
    new = now.raw.get((unit, key), {})
    score = now.results.get(unit, {}).get("scores", {}).get(key)
    return {
        **{name: line[name] for name in ("dimension", "part", "name", "standard", "weight")},
        **{name: raw[name] for name in ("numerator", "denominator", "value", "why")},
        "score": result["scores"][key],
        "filled": key in result["filled"],
        **{f"now_{name}": new.get(name) for name in ("numerator", "denominator", "value")},
        "now_score": score,
        "changed": bool(new) and not (same_value(raw, new) and same(result["scores"][key], score)),
    }


def _lines(scheme: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**one, "dimension": dimension["name"], "part": part["name"]}
        for dimension in scheme["dimensions"]
        for part in dimension["parts"]
        for one in part["indicators"]
    ]


def seal_differences(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per difference between the chosen seal and today, what concerns all units first:
    CHANGES."""
    found = opened(conn, filters, viewer)
    if found is None or not found.then:
        return pd.DataFrame([], columns=CHANGES)
    units = units_of_both(found)
    rows = [
        {
            **found.head,
            **{"difference": one.kind, "subject": one.subject, "field": one.field},
            **{"unit_id": one.unit_id, "unit": units[one.unit_id]["unit"] if one.unit_id else ""},
            **{"then": one.then, "now": one.now},
        }
        for one in found.differ
        if not one.unit_id or found.shows(one.unit_id)
    ]
    return pd.DataFrame(rows, columns=CHANGES)
