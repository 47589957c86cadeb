"""六型社区: the policy's six community types, each by the metrics that speak for it.

A type's score is the plain mean of its indicators' shares, times 100. The policy names the types
and sets no indicator and no weight: which metrics stand here is our proposal, all of them shown.
"""

from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.models.activity import COMMUNITY_TYPES
from queries.activities import (
    ACTIVITY_REACH,
    ACTIVITY_RETURN,
    ACTIVITY_WEEKS,
    SEVEN_FIELDS_COVERAGE,
    SIX_TYPES_COVERAGE,
    homes_of_types,
)
from queries.brand_coverage import BUILDING_BRAND_COVERAGE, CLUSTER_BRAND_COVERAGE
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME
from queries.coverage import (
    BUILDING_COVERAGE,
    FLOOR_COVERAGE,
    FLOOR_LEADER,
    PLATE,
    ROOM_RESPONSIBILITY,
    WORKSTATION_ENROLMENT,
)
from queries.filters import Filters
from queries.forces import ENGAGEMENT_REACH, ENGAGEMENT_WEEKS
from queries.group_rates import GROUP_BUILDINGS
from queries.metric import Metric
from queries.periods import NODE_COVERAGE
from queries.rates import rates_of
from queries.service_requests import REQUESTS_FINISHED
from queries.spaces import CULTURE_COVERAGE, FUNCTION_COVERAGE
from queries.students_met import STUDENT_COVERAGE
from queries.teaching import year_before

PARTY = (BUILDING_COVERAGE, FLOOR_COVERAGE, FLOOR_LEADER, ROOM_RESPONSIBILITY)
INDICATORS: dict[str, tuple[Metric, ...]] = {
    "先锋": (*PARTY, WORKSTATION_ENROLMENT, PLATE),
    "学习": (ENGAGEMENT_REACH, ENGAGEMENT_WEEKS),
    "活力": (
        ACTIVITY_REACH,
        ACTIVITY_RETURN,
        ACTIVITY_WEEKS,
        SEVEN_FIELDS_COVERAGE,
        GROUP_BUILDINGS,
    ),
    "平安": (STUDENT_COVERAGE, NODE_COVERAGE, RESPONSE_IN_TIME, CLOSED_LOOP),
    "美丽": (FUNCTION_COVERAGE, CULTURE_COVERAGE, REQUESTS_FINISHED),
    "特色": (CLUSTER_BRAND_COVERAGE, BUILDING_BRAND_COVERAGE),
}
"""What speaks for each type, beside the buildings that had an activity of the type: those count for
all six, as SIX_TYPES_COVERAGE of one type."""
COLUMNS = ["type", "metric", "name", "numerator", "denominator", "earlier_numerator"]
COLUMNS += ["earlier_denominator", "earlier_day", "score", "earlier_score"]


def community_types(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per type and indicator, in the order of the policy: `type, metric, name, numerator,
    denominator, earlier_numerator, earlier_denominator, earlier_day, score, earlier_score`.

    An indicator without a value has NaN and no part in its type's `score` (0–100), which stands in
    each of its rows, NaN where none has a value. The earlier ones are those of the same teaching
    week of the year before. A floor or a room shows its building.
    """
    if viewer.role == "":
        return pd.DataFrame([], columns=COLUMNS)
    filters = replace(filters, floor="", room="")
    before = year_before(conn, filters)
    now = _values(conn, filters, viewer)
    then = _values(conn, before, viewer).add_prefix("earlier_") if before else None
    rows = pd.DataFrame(
        [
            (kind, metric.key, metric.name)
            for kind in COMMUNITY_TYPES
            for metric in (*INDICATORS[kind], SIX_TYPES_COVERAGE)
        ],
        columns=COLUMNS[:3],
    )
    found = rows.join(now, on=["type", "metric"])
    found = found if then is None else found.join(then, on=["type", "metric"])
    found = found.reindex(columns=COLUMNS)
    found["score"] = _scores(found, "")
    found["earlier_score"] = _scores(found, "earlier_")
    return found.assign(earlier_day=before.as_of if before else None)[COLUMNS]


def _values(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`numerator, denominator` by type and metric, of those that have a value."""
    every = [metric for held in INDICATORS.values() for metric in held]
    rates = rates_of(conn, filters, viewer, every).set_index("metric")
    due, types = homes_of_types(conn, filters, viewer)
    pairs = {
        (kind, metric.key): tuple(rates.loc[metric.key, ["numerator", "denominator"]])
        for kind, held in INDICATORS.items()
        for metric in held
        if metric.key in rates.index
    }
    if due:
        pairs |= {(kind, SIX_TYPES_COVERAGE.key): (types[kind], due) for kind in COMMUNITY_TYPES}
    index = pd.MultiIndex.from_tuples(list(pairs), names=["type", "metric"])
    return pd.DataFrame(list(pairs.values()), index, ["numerator", "denominator"], dtype=float)


def _scores(found: pd.DataFrame, before: str) -> pd.Series:
    shares = found[f"{before}numerator"] / found[f"{before}denominator"]
    return shares.groupby(found["type"]).transform("mean") * 100
