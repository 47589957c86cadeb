"""An evaluation: a scheme applied to every unit over a period, and all that a score came from."""

from dataclasses import dataclass
from functools import cached_property
from threading import Condition
from typing import Any

import numpy as np
import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from data.errors import InvalidFilter
from data.locale.translate import t
from data.schemes.scheme import PERIODS, Scheme
from queries.choices import latest_version
from queries.evaluated_units import units_of
from queries.evaluation_period import Period, period_before, period_of
from queries.filters import Filters
from queries.indicator_values import values_of
from queries.schemes import chosen_scheme
from queries.scoring import Scored, ranks, score_all, vetoed
from queries.scoring_rules import Values

KEPT = 16


@dataclass(frozen=True)
class Evaluation:
    """Units (rows of `units`, as `queries/evaluated_units.py` says) and indicators (in the order of
    the scheme) span every array. `raw` is long: `indicator, unit_id, numerator, denominator, value,
    error, why`."""

    scheme: Scheme
    period: Period
    units: pd.DataFrame
    raw: pd.DataFrame
    values: Values
    scored: Scored

    @property
    def groups(self) -> list[str]:
        """The peer group of each unit."""
        return list(self.units["peer_group"])

    @cached_property
    def results(self) -> pd.DataFrame:
        """One row a unit: `unit_id, unit, peer_group, size, opened, total, rank, of, veto` and a
        column for each dimension's key. `rank` is the place among the `of` of the peer group that
        have a total; `veto` the reasons that struck it, "" where none did."""
        totals = self.scored.totals
        names = [dimension.key for dimension in self.scheme.dimensions]
        found = self.units.assign(total=totals.total, veto=self._vetoes())
        found[names] = totals.dimensions
        in_group = found.groupby("peer_group")["total"]
        found["rank"] = in_group.transform(lambda one: ranks(one.to_numpy(float)))
        found["of"] = in_group.transform("count")
        return found

    def _vetoes(self) -> list[str]:
        reasons = [veto.reason for veto in self.scheme.vetoes]
        hit = vetoed(self.scheme, self.values)
        return [
            "；".join(reason for reason, struck in zip(reasons, row, strict=True) if struck)
            for row in hit
        ]


def evaluate(conn: Connection, filters: Filters) -> Evaluation:
    """The evaluation of the slice's scheme and period. Nothing else of the slice narrows it: a
    score is the same for whoever sees it; `seen` says whose a viewer sees."""
    scheme = chosen_scheme(filters)
    kind = filters.period or scheme.period
    if kind not in PERIODS:
        raise InvalidFilter(t("评价周期只有学期、学年和自然年，没有：{value}", value=kind))
    return evaluated(conn, scheme, period_of(conn, filters, kind))


def evaluate_before(conn: Connection, filters: Filters) -> Evaluation | None:
    """The same over the whole period before; None where nothing is known of it."""
    scheme = chosen_scheme(filters)
    now = period_of(conn, filters, filters.period or scheme.period)
    before = period_before(conn, filters, now)
    return evaluated(conn, scheme, before) if before else None


def _key(conn: Connection, scheme: Scheme, period: Period) -> Any:
    version, born, since = latest_version(conn)
    return str(conn.engine.url), version, born, since.rated, scheme, period


@cached(LRUCache(KEPT), key=_key, condition=Condition())
def evaluated(conn: Connection, scheme: Scheme, period: Period) -> Evaluation:
    """A scheme over a period; once for each data version in a process."""
    units = units_of(conn, period, scheme.unit)
    raw = values_of(conn, scheme, period, list(units["unit_id"]))
    shape = (len(scheme.indicators), len(units))
    values = raw["value"].to_numpy(float).reshape(shape).T if len(units) else np.empty(shape[::-1])
    scored = score_all(scheme, list(units["peer_group"]), values)
    return Evaluation(scheme, period, units, raw, values, scored)
