"""Every metric's numerator and denominator in a slice, whichever module defines it."""

from collections.abc import Callable, Iterable

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.activities import ACTIVITY_METRICS, activity_rates
from queries.brand_coverage import BRAND_METRICS, brand_rates
from queries.concerns import CLOSED_LOOP, RESPONSE_IN_TIME, concern_rates
from queries.coverage import COVERAGE, FURTHER, coverage_rates
from queries.filters import Filters
from queries.forces import FORCES, forces_rates
from queries.group_rates import GROUP_METRICS, group_rates
from queries.key_groups import KEY_GROUP_CONTACT, key_group_rates
from queries.metric import Metric
from queries.peer_support import PEER_SUPPORT_REACH, peer_support_rates
from queries.periods import FIELD_COVERAGE, NODE_COVERAGE, SLOT_COVERAGE, period_coverage
from queries.service_requests import SERVICES, request_rates
from queries.spaces import SPACES, space_rates
from queries.students_met import STUDENT_COVERAGE, STUDENT_COVERAGE_ANY, student_coverage

Rates = Callable[[Connection, Filters, Viewer], pd.DataFrame]
STUDENTS = (STUDENT_COVERAGE, STUDENT_COVERAGE_ANY)
PERIODS = (SLOT_COVERAGE, FIELD_COVERAGE, NODE_COVERAGE)
CONCERNS = (RESPONSE_IN_TIME, CLOSED_LOOP)
GROUPS = (KEY_GROUP_CONTACT,)
GOALS = (*STUDENTS, *PERIODS, *CONCERNS, *GROUPS)
"""The metrics of 44023, goal by goal."""

DOMAINS: tuple[tuple[tuple[Metric, ...], Rates], ...] = (
    ((*COVERAGE, *FURTHER), coverage_rates),
    (STUDENTS, student_coverage),
    (PERIODS, period_coverage),
    (CONCERNS, concern_rates),
    (GROUPS, key_group_rates),
    (FORCES, forces_rates),
    (ACTIVITY_METRICS, activity_rates),
    (BRAND_METRICS, brand_rates),
    (SPACES, space_rates),
    (SERVICES, request_rates),
    (GROUP_METRICS, group_rates),
    ((PEER_SUPPORT_REACH,), peer_support_rates),
)
COLUMNS = ["metric", "numerator", "denominator", "exempt", "earlier_numerator"]
COLUMNS += ["earlier_denominator"]


def rates_of(
    conn: Connection, filters: Filters, viewer: Viewer, metrics: Iterable[Metric]
) -> pd.DataFrame:
    """One row per metric that has a value in the slice, in the order of DOMAINS: `metric,
    numerator, denominator, exempt, earlier_numerator, earlier_denominator`; the earlier pair only
    where the metric is compared with the end of the term before."""
    wanted = {metric.key for metric in metrics}
    parts = [
        rates(conn, filters, viewer)
        for held, rates in DOMAINS
        if wanted & {metric.key for metric in held}
    ]
    rows = [row for part in parts for row in part.to_dict("records") if row["metric"] in wanted]
    return pd.DataFrame(rows, columns=COLUMNS)


def named_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """`rates_of` every metric, with `name`."""
    every = [metric for held, _ in DOMAINS for metric in held]
    names = {metric.key: metric.name for metric in every}
    rates = rates_of(conn, filters, viewer, every)
    return rates.assign(name=rates["metric"].map(names))
