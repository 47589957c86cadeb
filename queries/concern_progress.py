"""How far concerns have come: from raised to confirmed, by category, and how long the open ones
have waited. Days are calendar days."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data.access.viewer import Viewer
from data.models.contact import ConcernStage
from data.summaries.method import method_of
from queries.concerns import in_slice
from queries.fact import SMALL, large_named
from queries.filters import Filters
from queries.slice import frame

STAGE = ConcernStage
STEPS = ("raised", "assigned", "responded", "resolved", "confirmed")
STEP_NAMES = ("提出", "受理", "首次答复", "解决", "学生确认")
WAITING = ("unassigned", "unanswered", "unresolved", "unconfirmed")
WAITING_NAMES = ("未受理", "已受理未答复", "已答复未解决", "已解决未确认")
"""How far an open concern has come: it has reached the step of its place, and not the next."""
AGES = (3, 7, 14, 30, 60)
AGE_NAMES = ("0–3 天", "4–7 天", "8–14 天", "15–30 天", "31–60 天", "60 天以上")
TOGETHER = "合计"
FEWEST_FOR_MOST = 10
"""Of fewer, nine in ten is not told: it would be the longest or nearly so."""
FUNNEL_COLUMNS = ["stage", "numerator", "denominator", "of_before", "days", "carried"]
CATEGORY_COLUMNS = ["category", "raised", "numerator", "denominator", "closed", "unresolved"]
CATEGORY_COLUMNS += ["answered", "answer_median", "answer_most"]
CATEGORY_COLUMNS += ["solved", "solution_median", "solution_most", "limit_days"]
AGE_COLUMNS = ["age", *WAITING, "total", "carried"]


def concern_funnel(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per step of concerns raised this term: `stage, numerator, denominator, of_before,
    days, carried`.

    `numerator` of `denominator` raised have reached it, `of_before` percent of those that reached
    the step before; `days` is the median from raised. `carried` counts those of earlier terms.
    """
    every = _concerns(conn, filters, viewer)
    if every.empty:
        return pd.DataFrame([], columns=FUNNEL_COLUMNS)
    own, carried = every[every["carried"] == 0], every[every["carried"] == 1]
    rows: list[tuple[Any, ...]] = []
    before = 0
    for name, step in zip(STEP_NAMES, STEPS, strict=True):
        number = int(own[step].notna().sum())
        share = 100 * number / before if before else None
        days = _median(_days(own, step)) if before else None
        rows.append((name, number, len(own), share, days, int(carried[step].notna().sum())))
        before = number
    return pd.DataFrame(rows, columns=FUNNEL_COLUMNS)


def concerns_by_category(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per category of concerns raised this term, the most first, those of fewer than five
    together, then all: `category, raised, numerator, denominator, closed, unresolved, answered,
    answer_median, answer_most, solved, solution_median, solution_most, limit_days`.

    `numerator` of `denominator` whose limit has passed were answered in time; `most` is the number
    of days within which nine in ten of those answered or solved were.
    """
    every = _concerns(conn, filters, viewer)
    own = every[every["carried"] == 0]
    limit = method_of(conn, filters.term).response_days
    rows = [
        (name, *_summed(own[own["category"].isin(kinds)], filters), limit)
        for name, kinds in _named(own["category"])
    ]
    return pd.DataFrame(rows, columns=CATEGORY_COLUMNS)


def concern_ages(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per span of days since concerns not yet confirmed were raised, carried ones too:
    `age, unassigned, unanswered, unresolved, unconfirmed, total, carried`."""
    every = _concerns(conn, filters, viewer)
    opened = every[every["confirmed"].isna()]
    if opened.empty:
        return pd.DataFrame([], columns=AGE_COLUMNS)
    days = (pd.Timestamp(filters.as_of) - opened["raised"]).dt.days
    span = np.searchsorted(AGES, days, side="left")
    come = opened[list(STEPS[1:4])].notna().sum(axis=1)
    rows = []
    for place, name in enumerate(AGE_NAMES):
        counts = [int(((span == place) & (come == far)).sum()) for far in range(len(WAITING))]
        carried = int(opened["carried"][span == place].sum())
        rows.append((name, *counts, sum(counts), carried))
    return pd.DataFrame(rows, columns=AGE_COLUMNS)


def _concerns(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """Every concern of the slice with the days of its steps up to the as-of day."""
    days = [getattr(STAGE, step) for step in STEPS]
    stmt = select(STAGE.category, STAGE.carried, STAGE.limit_day, *days)
    found = frame(conn, stmt.where(*in_slice(filters, viewer)))
    dated = found[["limit_day", *STEPS]].apply(pd.to_datetime)
    reached = dated[list(STEPS)].where(dated[list(STEPS)] <= pd.Timestamp(filters.as_of))
    return pd.concat([found[["category", "carried"]], dated["limit_day"], reached], axis=1)


def _named(category: pd.Series) -> Iterator[tuple[str, set[str]]]:
    """The categories that stand alone, the rest, and all of them where there is more than one."""
    counts = category.value_counts().to_dict()
    shown = [name for name, _ in large_named(counts)]
    rest = set(counts) - set(shown)
    named = [(name, rest if name == SMALL else {name}) for name in shown]
    if shown != [SMALL]:
        yield from named
    if len(shown) > 1 or shown == [SMALL]:
        yield TOGETHER, set(counts)


def _summed(rows: pd.DataFrame, filters: Filters) -> tuple[Any, ...]:
    due = rows[rows["limit_day"] < pd.Timestamp(filters.as_of)]
    in_time = int((due["responded"] <= due["limit_day"]).sum())
    closed, open_ = int(rows["confirmed"].notna().sum()), int(rows["resolved"].isna().sum())
    answers, solutions = _days(rows, "responded"), _days(rows, "resolved")
    return (
        len(rows),
        in_time,
        len(due),
        closed,
        open_,
        *(len(answers), _median(answers), _most(answers)),
        *(len(solutions), _median(solutions), _most(solutions)),
    )


def _days(rows: pd.DataFrame, step: str) -> pd.Series:
    """Days from raised to a step, of those that have reached it."""
    reached = rows[rows[step].notna()]
    return (reached[step] - reached["raised"]).dt.days


def _median(days: pd.Series) -> float | None:
    return float(days.median()) if len(days) else None


def _most(days: pd.Series) -> int | None:
    """Within how many days it was for nine in ten."""
    if len(days) < FEWEST_FOR_MOST:
        return None
    return int(np.percentile(days, 90, method="inverted_cdf"))
