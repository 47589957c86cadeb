"""趋势预警: what is more than chance in the weekly series, since when, and what was said of it.

A warning is a signal of one series. Its key names series, rule and the week it began: while it goes
on it stays the same warning, so that what was explained is not told again.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from data.access import audit
from data.access.viewer import COLLEGE as COLLEGE_ROLE
from data.access.viewer import COMMITTEE, COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter, NotAllowed
from data.locale.translate import t
from data.models.contact import WarningNote
from queries.choices import resolve
from queries.control import RULES, Signal
from queries.control_chance import expected_by_chance
from queries.filters import Filters
from queries.series import BUILDING, COLLEGE, Series, every_series

NEW, SEEN, EXPLAINED = "new", "seen", "explained"
STATES = {NEW: "新的", SEEN: "已看", EXPLAINED: "已说明"}
MAY_NOTE = frozenset({COMMITTEE, COLLEGE_ROLE, WORK_GROUP, COUNSELOR})
LONGEST_NOTE = 500
NOTED = "warning_note"
"""The action in the audit log."""
COLUMNS = ["key", "series", "measure", "measure_name", "subject", "subject_id", "building_id"]
COLUMNS += ["college_id", "name", "rule", "rule_name", "side", "first_week", "last_week", "since"]
COLUMNS += ["value", "centre", "raw", "level", "points", "provisional", "good", "look", "state"]
COLUMNS += ["state_name", "note", "author", "at", "series_count", "by_chance", "week"]


def warnings(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per warning, new ones first, then the latest: `key, series, measure, measure_name,
    subject, subject_id, building_id, college_id, name, rule, rule_name, side, first_week,
    last_week, since, value, centre, raw, level, points, provisional, good, look, state,
    state_name, note, author, at, series_count, by_chance, week`.

    `value` is the mean of the weeks concerned, in the unit of the chart (`queries/series.py`) like
    `centre`; `raw` and `level` are the means of the measure itself and of the university's;
    `series_count` series were judged, of which about `by_chance` would warn by chance alone; `week`
    is the last that is over.
    """
    every = every_series(conn, filters, viewer)
    judged = [series for series in every if series.judged]
    rows = [_warning(filters, series, signal) for series in judged for signal in series.signals]
    found = pd.DataFrame(rows, columns=[c for c in COLUMNS if c not in LATER])
    found = found.merge(_notes(conn, list(found["key"])), on="key", how="left")
    found["state"] = found["state"].fillna(NEW)
    found["state_name"] = found["state"].map(STATES)
    chance = expected_by_chance(len(series.weeks) for series in judged)
    week = max((series.weeks[-1] for series in judged), default=0)
    found = found.assign(series_count=len(judged), by_chance=chance, week=week)[COLUMNS]
    rank = {NEW: 0, SEEN: 1, EXPLAINED: 2}
    order = found.assign(rank=found["state"].map(rank))
    order = order.sort_values(
        ["rank", "last_week", "first_week"], ascending=[True, False, True], kind="stable"
    )
    return order.drop(columns="rank").reset_index(drop=True)


LATER = ("state", "state_name", "note", "author", "at", "series_count", "by_chance", "week")


def _warning(filters: Filters, series: Series, signal: Signal) -> dict[str, Any]:
    first, last = series.weeks[signal.first], series.weeks[signal.last]
    measure = series.measure
    good = signal.side * measure.better.value
    return {
        "key": f"{filters.term}|{series.key}|{signal.rule}|{first}|{signal.side}",
        "series": series.key,
        "measure": measure.key,
        "measure_name": measure.name,
        "subject": series.subject,
        "subject_id": series.subject_id,
        "building_id": series.subject_id if series.subject == BUILDING else "",
        "college_id": series.subject_id if series.subject == COLLEGE else "",
        "name": series.name,
        "rule": signal.rule,
        "rule_name": RULES[signal.rule],
        "side": signal.side,
        "first_week": first,
        "last_week": last,
        "since": series.starts[signal.first],
        "value": series.chart.centre + signal.size,
        "centre": series.chart.centre,
        "raw": _mean(series.raw[signal.first : signal.last + 1]),
        "level": _mean(series.level[signal.first : signal.last + 1]),
        "points": len(series.weeks),
        "provisional": series.chart.provisional,
        "good": good,
        "look": measure.when_high if signal.side > 0 else measure.when_low,
    }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _notes(conn: Connection, keys: list[str]) -> pd.DataFrame:
    """The latest that was said of each warning."""
    columns = ["key", "state", "note", "author", "at"]
    newest = select(func.max(WarningNote.id)).where(WarningNote.key.in_(keys))
    rows = conn.execute(
        select(
            WarningNote.key,
            WarningNote.state,
            WarningNote.note,
            WarningNote.author_name,
            WarningNote.at,
        ).where(WarningNote.id.in_(newest.group_by(WarningNote.key)))
    )
    return pd.DataFrame([tuple(row) for row in rows], columns=columns)


def say(url: str, search: str, viewer: Viewer, *, key: str, state: str, note: str) -> None:
    """Keep what somebody says of a warning they see. Nothing is kept where it is refused.

    Raises NotAllowed for a role that only reads, InvalidFilter for a warning that is not there.
    """
    note = " ".join(note.split())
    if viewer.role not in MAY_NOTE:
        raise NotAllowed(t("你的角色只能查看预警，不能登记说明。"))
    if state not in STATES or len(note) > LONGEST_NOTE or not note.isprintable():
        raise InvalidFilter(t("说明最多 {count} 个字，请改短后再提交。", count=LONGEST_NOTE))
    if state == EXPLAINED and not note:
        raise InvalidFilter(t("登记为“已说明”时请写一句说明。"))
    with reading(url) as conn:
        seen = warnings(conn, resolve(conn, Filters.parse(search), viewer), viewer)
    if key not in set(seen["key"]):
        raise InvalidFilter(t("这条预警已经不在了：数据可能刚刚更新，请刷新页面。"))
    row = {"key": key, "state": state, "note": note, "author": viewer.name}
    with writing(url) as conn:
        conn.execute(
            insert(WarningNote).values(
                **row, author_name=viewer.display_name or viewer.name, at=audit.utc_now()
            )
        )
        audit.record(conn, account=viewer.name, action=NOTED, detail=f"{state} {key}")


def chart_rows(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The chosen series week by week, or the first one that warns: `series, measure,
    measure_name, subject, name, week, starts, part, whole, raw, level, value, centre, lower, upper,
    near_lower, near_upper, signal, rule_name, kind, provisional, building_id, college_id`. A count
    has a `whole` of 1."""
    every = every_series(conn, filters, viewer)
    warned = sorted(every, key=lambda series: not series.signals)
    chosen = next((s for s in every if s.key == filters.series), warned[0] if warned else None)
    if chosen is None:
        return pd.DataFrame([], columns=CHART_COLUMNS)
    chart = chosen.chart
    rule: dict[int, str] = {}
    for signal in reversed(chosen.signals):
        rule |= dict.fromkeys(range(signal.first, signal.last + 1), signal.rule)
    building = chosen.subject_id if chosen.subject == BUILDING else ""
    return pd.DataFrame(
        {
            "series": chosen.key,
            "measure": chosen.measure.key,
            "measure_name": chosen.measure.name,
            "name": chosen.name,
            "week": chosen.weeks,
            "starts": chosen.starts,
            "subject": chosen.subject,
            "part": chosen.parts,
            "whole": chosen.wholes,
            "raw": chosen.raw,
            "level": chosen.level,
            "value": list(chart.points),
            "centre": chart.centre,
            "lower": chart.lower,
            "upper": chart.upper,
            "near_lower": chart.near_lower,
            "near_upper": chart.near_upper,
            "signal": [rule.get(i, "") for i in range(len(chosen.weeks))],
            "rule_name": [RULES.get(rule.get(i, ""), "") for i in range(len(chosen.weeks))],
            "kind": chart.kind,
            "provisional": chart.provisional,
            "building_id": building,
            "college_id": "" if building else chosen.subject_id,
        },
        columns=CHART_COLUMNS,
    )


CHART_COLUMNS = ["series", "measure", "measure_name", "subject", "name", "week", "starts", "part"]
CHART_COLUMNS += ["whole", "raw", "level", "value", "centre", "lower", "upper", "near_lower"]
CHART_COLUMNS += ["near_upper", "signal", "rule_name", "kind", "provisional", "building_id"]
CHART_COLUMNS += ["college_id"]


def series_board(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per series: `series, measure, measure_name, subject, subject_id, name, building_id,
    college_id, weeks, points, latest, centre, warned, signals, judged`; `points` is a list,
    `warned` a list of the rules it breaks, `latest` the measure itself in the last week."""
    rows = [
        {
            "series": series.key,
            "measure": series.measure.key,
            "measure_name": series.measure.name,
            "subject": series.subject,
            "subject_id": series.subject_id,
            "name": series.name,
            "building_id": series.subject_id if series.subject == BUILDING else "",
            "college_id": series.subject_id if series.subject == COLLEGE else "",
            "weeks": len(series.weeks),
            "points": list(series.chart.points),
            "latest": series.raw[-1],
            "centre": series.chart.centre,
            "warned": list(dict.fromkeys(signal.rule for signal in series.signals)),
            "signals": len(series.signals),
            "judged": series.judged,
        }
        for series in every_series(conn, filters, viewer)
    ]
    return pd.DataFrame(rows, columns=BOARD_COLUMNS)


BOARD_COLUMNS = ["series", "measure", "measure_name", "subject", "subject_id", "name"]
BOARD_COLUMNS += ["building_id", "college_id", "weeks", "points", "latest", "centre"]
BOARD_COLUMNS += ["warned", "signals", "judged"]
