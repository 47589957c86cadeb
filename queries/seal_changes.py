"""What differs between an evaluation as sealed and as worked out today: scheme, definitions,
program, units, values. Both are contents as `queries/seal_content.py` makes them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from queries.seal_words import (
    DEFINITION,
    FILES,
    LEVEL,
    LIBRARY,
    LINE,
    NAME,
    NOTHING,
    PEERS,
    PRESENT,
    PROGRAM,
    SCHEME,
    SIZE,
    TAKING_PART,
    THERE,
    UNIT,
    VALUE,
    VERSION,
    WHOLE,
    WORDS,
)

EXACT = 1e-9
SHORT = 12
FEW = 8


@dataclass(frozen=True)
class Change:
    """One difference: of what kind, of which unit ("" for none), what it is about (`subject`, an
    indicator, a metric, a unit), which side of it, and what it was and is."""

    kind: str
    unit_id: str
    subject: str
    field: str
    then: str
    now: str


def changes_of(then: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """Every difference, what concerns all units first, then by unit in the order they had."""
    return [
        *_scheme(then["scheme"], now["scheme"]),
        *_definitions(then["definitions"], now["definitions"]),
        *_program(then["code"], now["code"]),
        *_units(then["data"]["units"], now["data"]["units"]),
        *_values(then, now),
    ]


def _scheme(then: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    yield from _fields(SCHEME, then["name"], WHOLE, then, now)
    for one, fields in ((_dimensions, LEVEL), (_parts, LEVEL), (_indicators, LINE)):
        yield from _rows(SCHEME, one(then), one(now), fields)


def _dimensions(scheme: dict[str, Any]) -> dict[str, Any]:
    return {one["key"]: one for one in scheme["dimensions"]}


def _parts(scheme: dict[str, Any]) -> dict[str, Any]:
    return {f"{d['key']}.{p['key']}": p for d in scheme["dimensions"] for p in d["parts"]}


def _indicators(scheme: dict[str, Any]) -> dict[str, Any]:
    return {one["key"]: one for one in indicators(scheme)}


def indicators(scheme: dict[str, Any]) -> list[dict[str, Any]]:
    """Every indicator of a scheme as data, in its order."""
    return [i for d in scheme["dimensions"] for p in d["parts"] for i in p["indicators"]]


def _definitions(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[Change]:
    yield from _rows(DEFINITION, by(then, "key"), by(now, "key"), WORDS)


def _rows(
    kind: str, then: dict[str, Any], now: dict[str, Any], fields: dict[str, str]
) -> Iterator[Change]:
    """Rows that came or went, and the fields that changed in those there were and are."""
    for key in dict.fromkeys((*then, *now)):
        if key in then and key in now:
            yield from _fields(kind, then[key]["name"], fields, then[key], now[key])
        else:
            there = [PRESENT if key in rows else NOTHING for rows in (then, now)]
            yield Change(kind, "", (then.get(key) or now[key])["name"], THERE, *there)


def _fields(
    kind: str, subject: str, fields: dict[str, str], then: dict[str, Any], now: dict[str, Any]
) -> Iterator[Change]:
    for name, said in fields.items():
        before, after = then.get(name), now.get(name)
        if before != after:
            yield Change(kind, "", subject, said, *_apart(before, after))


def _apart(before: Any, after: Any) -> tuple[str, str]:
    """What two values are, of a table only the lines that differ."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return _text(before), _text(after)
    keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    first, second = (
        "，".join(f"{key}={_text(one.get(key))}" for key in keys) for one in (before, after)
    )
    return first, second


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key}={_text(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "、".join(_text(one) for one in value) or NOTHING
    return NOTHING if value in (None, "") else number(value)


def number(value: Any) -> str:
    """A number in as few digits as say it; other things as they are."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"


def _program(then: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    if then["version"] != now["version"]:
        yield Change(PROGRAM, "", "", VERSION, then["version"], now["version"])
    before, after = then["files"], now["files"]
    changed = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    for path in changed[:FEW]:
        hashes = [(files.get(path) or NOTHING)[:SHORT] for files in (before, after)]
        yield Change(PROGRAM, "", path, FILES, *hashes)
    if len(changed) > FEW:
        said = [f"{one['sha256'][:SHORT]}" for one in (then, now)]
        yield Change(PROGRAM, "", f"… +{len(changed) - FEW}", FILES, *said)
    for name in dict.fromkeys(("python", *then["libraries"], *now["libraries"])):
        pair = [_library(one, name) for one in (then, now)]
        if pair[0] != pair[1]:
            yield Change(PROGRAM, "", name, LIBRARY, *pair)


def _library(code: dict[str, Any], name: str) -> str:
    found = code["python"] if name == "python" else code["libraries"].get(name)
    return str(found or NOTHING)


def _units(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[Change]:
    before, after = by(then, "unit_id"), by(now, "unit_id")
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            there = [PRESENT if one else NOTHING for one in (old, new)]
            yield Change(UNIT, key, (old or new or {})["unit"], TAKING_PART, *there)
            continue
        for name, said in (("unit", NAME), ("peer_group", PEERS), ("size", SIZE)):
            if old[name] != new[name]:
                yield Change(UNIT, key, old["unit"], said, number(old[name]), number(new[name]))


def _values(then: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    """Values that changed of units and indicators there were and are."""
    names = {key: one["name"] for key, one in _indicators(then["scheme"]).items()}
    after = {(row["unit_id"], row["indicator"]): row for row in now["data"]["raw"]}
    order = list(names)
    rows = sorted(then["data"]["raw"], key=lambda row: order.index(row["indicator"]))
    for row in rows:
        new = after.get((row["unit_id"], row["indicator"]))
        if new is not None and not same_value(row, new):
            pair = value_text(row), value_text(new)
            if pair[0] == pair[1]:  # apart by less than six digits tell
                pair = str(row["value"]), str(new["value"])
            yield Change(VALUE, row["unit_id"], names[row["indicator"]], VALUE, *pair)


def same_value(row: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether numerator, denominator and value are the same."""
    return all(same(row[name], new[name]) for name in ("numerator", "denominator", "value"))


def same(before: float | None, after: float | None) -> bool:
    """Whether two numbers are equal, as far as adding up in another order allows."""
    if before is None or after is None:
        return before is after
    return abs(before - after) <= EXACT * max(1.0, abs(before))


def value_text(row: dict[str, Any]) -> str:
    """A value with what it is made of: `12/20 = 60.0%`, `85`, —."""
    part, whole, value = row["numerator"], row["denominator"], row["value"]
    if value is None:
        return NOTHING
    if part is None or not whole:
        return number(value)
    share = f"{value:.1%}" if same(part / whole, value) else number(value)
    return f"{number(part)}/{number(whole)} = {share}"


def by(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Rows by what names them."""
    return {row[name]: row for row in rows}
