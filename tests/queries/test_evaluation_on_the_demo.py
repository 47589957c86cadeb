"""The shipped schemes on a demo campus of 1,500 students equal loops over each unit's own slice."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Connection

from data.access.viewer import COMMITTEE, EVALUATOR, Viewer
from data.engine import reading
from data.schemes.scheme import ARITHMETIC, METRIC, Scheme
from queries.catalog import BY_KEY
from queries.choices import resolve
from queries.evaluated_units import slice_of
from queries.evaluation import Evaluation, evaluate
from queries.filters import Filters
from queries.opened_score import opened_score
from queries.ranking import ranking
from queries.rates import rates_of
from queries.schemes import schemes

DEAN = Viewer("dean", COMMITTEE)
AS_TOTALS = Viewer("", EVALUATOR)


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """Reads the demo campus."""
    with reading(demo) as opened:
        yield opened


def chosen(conn: Connection, key: str) -> Filters:
    """The newest slice with a scheme."""
    return resolve(conn, Filters(scheme=key), DEAN)


@pytest.mark.parametrize("key", schemes())
def test_every_metric_is_the_unit_s_own(conn: Connection, key: str) -> None:
    """Numerator and denominator of every tenth unit, over all terms of the period."""
    made = evaluate(conn, chosen(conn, key))
    held = [one for one in made.scheme.indicators if one.source.kind == METRIC]
    raw = made.raw.set_index(["unit_id", "indicator"])
    for unit in list(made.units["unit_id"])[::10]:
        sums: dict[str, list[float]] = {one.source.key: [0.0, 0.0] for one in held}
        for part in made.period.parts:
            asked = [BY_KEY[name] for name in sums]
            own = slice_of(part, made.scheme.unit, unit)
            for row in rates_of(conn, own, AS_TOTALS, asked).itertuples():
                sums[row.metric][0] += row.numerator
                sums[row.metric][1] += row.denominator
        for one in held:
            upper, lower = sums[one.source.key]
            got = raw.loc[(unit, one.key)]
            if lower:
                assert (got["numerator"], got["denominator"]) == (upper, lower)
            else:
                assert np.isnan(got["value"])


def by_hand(scheme: Scheme, made: Evaluation, number: int) -> float:
    """A weighted mean written as loops: parts, then dimensions, then the whole."""
    scores = dict(zip([i.key for i in scheme.indicators], made.scored.scores[number], strict=True))
    upper = lower = 0.0
    for dimension in scheme.dimensions:
        inner_upper = inner_lower = 0.0
        for part in dimension.parts:
            known = [i for i in part.indicators if not np.isnan(scores[i.key])]
            weight = sum(i.weight for i in known)
            if weight:
                mean = sum(i.weight * scores[i.key] for i in known) / weight
                inner_upper += part.weight * mean
                inner_lower += part.weight
        if inner_lower:
            upper += dimension.weight * inner_upper / inner_lower
            lower += dimension.weight
    return upper / lower if lower else float("nan")


@pytest.mark.parametrize("key", schemes())
def test_totals_are_weighted_means(conn: Connection, key: str) -> None:
    """Before vetoes; every shipped scheme is a weighted sum."""
    made = evaluate(conn, chosen(conn, key))
    assert {made.scheme.aggregation, *(d.aggregation for d in made.scheme.dimensions)} == {
        ARITHMETIC
    }
    assert not made.units.empty
    totals = made.scored.before.total
    for number in range(len(made.units)):
        assert totals[number] == pytest.approx(by_hand(made.scheme, made, number), nan_ok=True)


@pytest.mark.parametrize("key", schemes())
def test_places_count_who_is_ahead(conn: Connection, key: str) -> None:
    found = ranking(conn, chosen(conn, key), DEAN).drop_duplicates("unit_id")
    for _, group in found.groupby("peer_group"):
        for row in group.dropna(subset="total").itertuples():
            ahead = (group["total"].round(9) > round(row.total, 9)).sum()
            assert row.rank == ahead + 1
            assert row.of == group["total"].notna().sum()


@pytest.mark.parametrize("key", schemes())
def test_the_points_of_a_unit_add_up(conn: Connection, key: str) -> None:
    asked = chosen(conn, key)
    made = evaluate(conn, asked)
    for number, unit in enumerate(made.units["unit_id"]):
        points = opened_score(conn, replace(asked, unit=unit), DEAN)["points"]
        assert points.sum() == pytest.approx(np.nan_to_num(made.scored.before.total[number]))


def test_what_is_missing_has_a_reason(conn: Connection) -> None:
    for key in schemes():
        raw = evaluate(conn, chosen(conn, key)).raw
        unknown = raw[raw["value"].isna()]
        assert unknown["why"].astype(bool).all()
