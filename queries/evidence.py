"""评价依据: the records that bear on each indicator of a unit, by the scheme's rules or by hand."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.locale.translate import Phrase
from data.schemes.scheme import BUILDING, EvidenceRule, Indicator
from queries.evaluation import Evaluation, evaluate
from queries.evidence_ledgers import CHOOSING, CLASS, LEDGERS, records_of
from queries.evidence_ledgers import COLUMNS as RECORD
from queries.evidence_marks import BY_RULE, MAY_MARK, PINNED, REJECTED, marks_of
from queries.filters import Filters
from queries.ranking import may_see, only_seen

FOUND, LOST = "found", "lost"
STATES = {
    BY_RULE: "按规则列入",
    PINNED: "人工列入",
    REJECTED: "人工排除",
    LOST: "已不在台账",
    FOUND: "查到的记录",
}
"""`lost` was pinned and is in no ledger any more; `found` is looked for by name. Neither counts."""
COUNTED = (BY_RULE, PINNED)
MOST, MOST_FOUND = 200, 30
"""So many records are listed of an indicator, and so many that a search finds."""
TOLD = [name for name in RECORD if name not in CHOOSING]
COLUMNS = ["unit_id", "unit", "building_id", "indicator", "indicator_name", *TOLD, "ledger_name"]
COLUMNS += ["state", "state_name", "reason", "who", "at", "counted", "ruled", "more", "may"]
GONE = Phrase("台账里已经没有这条记录")


def evidence(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per record and indicator of the chosen unit, of one indicator where one is chosen:
    COLUMNS.

    `counted` records stand as its evidence, of which the last `more` are not listed; `ruled` says
    whether the scheme has a rule that looks for any; `reason`,
    `who` and `at` say who pinned or rejected a record and why. What is looked for by name (`find`)
    comes last; `may` says whether the viewer may decide. An indicator with no record has a row of
    its own without a ledger.
    """
    none = pd.DataFrame([], columns=COLUMNS)
    if not may_see(viewer) or not filters.unit:
        return none
    evaluation = evaluate(conn, filters)
    units = only_seen(conn, evaluation, evaluation.units, viewer)
    units = units[units["unit_id"] == filters.unit]
    if units.empty:
        return none
    found = evidence_of(conn, evaluation, filters.unit, filters.find)
    if filters.indicator:
        found = found[found["indicator"] == filters.indicator]
    shown = _shortened(found)
    building = filters.unit if evaluation.scheme.unit == BUILDING else ""
    named = {"unit_id": filters.unit, "unit": units["unit"].iloc[0], "building_id": building}
    return shown.assign(**named, may=viewer.role in MAY_MARK)[COLUMNS]


def evidence_of(
    conn: Connection, evaluation: Evaluation, unit: str, find: str = ""
) -> pd.DataFrame:
    """Every record with its indicator, in the order of the scheme and of the list; one without a
    ledger where an indicator has none. As `evidence`, but for the unit's own columns and `more`."""
    records = records_of(conn, evaluation.scheme.unit, unit, evaluation.period)
    marks = marks_of(conn, evaluation, unit)
    parts = [
        _of_indicator(one, records, marks[marks["indicator"] == one.key], find)
        for one in evaluation.scheme.indicators
    ]
    return pd.concat(parts, ignore_index=True)


def by_rules(indicator: Indicator, records: pd.DataFrame) -> pd.Series:
    """Which records the rules of an indicator choose: any of the rules, all columns of one."""
    chosen = pd.Series(False, index=records.index)
    for rule in indicator.evidence:
        chosen |= _chosen(rule, records)
    return chosen


def _chosen(rule: EvidenceRule, records: pd.DataFrame) -> pd.Series:
    mask = records["ledger"] == rule.ledger
    for column, values in rule.where:
        if column not in CHOOSING:
            raise ValueError(f"evidence cannot be chosen by {column}")
        known = {CLASS if v in ("课堂", "实验室") else v for v in values}
        mask &= records[column].isin(known)
    return mask


def _of_indicator(
    indicator: Indicator, records: pd.DataFrame, marks: pd.DataFrame, find: str
) -> pd.DataFrame:
    ruled = records.assign(ruled=by_rules(indicator, records))
    found = ruled.merge(marks.drop(columns="indicator"), on=["ledger", "record_id"], how="left")
    found = pd.concat([found, _lost(records, marks)], ignore_index=True)
    states = [_state(row, find) for row in found.itertuples()]
    found = found.assign(state=pd.Series(states, index=found.index, dtype=object))
    listed, offered = found["state"].isin(STATES), found["state"] == FOUND
    found = pd.concat([found[listed & ~offered], found[offered].head(MOST_FOUND)])
    if found.empty:
        found = found.reindex([0])
    return found.assign(
        indicator=indicator.key,
        indicator_name=indicator.name,
        ledger_name=found["ledger"].map(LEDGERS),
        state_name=found["state"].map(STATES),
        counted=int(found["state"].isin(COUNTED).sum()),
        ruled=bool(indicator.evidence),
    )


def _lost(records: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Records that were pinned and stand in no ledger of the unit any more."""
    held = set(zip(records["ledger"], records["record_id"], strict=True))
    rows = [
        {**row, "title": GONE, "ruled": False, "mark": LOST}
        for row in marks[marks["mark"] == PINNED].to_dict("records")
        if (row["ledger"], row["record_id"]) not in held
    ]
    return pd.DataFrame(rows, columns=["title", "ruled", *marks.columns], dtype=object)


def _state(row: Any, find: str) -> str:
    """One of STATES, "" where a record has nothing to do with the indicator."""
    if row.mark in (PINNED, LOST):
        return str(row.mark)
    if row.ruled:
        return REJECTED if row.mark == REJECTED else BY_RULE
    return FOUND if find and _plain(find) in _plain(row.title) else ""


def _plain(text: object) -> str:
    return "".join(str(text).split()).casefold()


def _shortened(found: pd.DataFrame) -> pd.DataFrame:
    """At most so many counted records an indicator; what was decided by hand is always there."""
    ruled = found["state"] == BY_RULE
    place = found[ruled].groupby("indicator").cumcount().reindex(found.index)
    beyond = ruled & (place >= MOST)
    more = beyond.groupby(found["indicator"]).transform("sum")
    return found.assign(more=more.astype(int))[~beyond]
