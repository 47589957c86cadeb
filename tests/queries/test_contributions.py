"""What every indicator gave adds up to the total, in sums and in products, with parts missing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes.scheme import (
    ARITHMETIC,
    BUILDING,
    EXCLUDE,
    GEOMETRIC,
    METRIC,
    TERM,
    Dimension,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
)
from queries.aggregate import aggregate
from queries.contributions import contributions

HOW = st.sampled_from((ARITHMETIC, GEOMETRIC))
SCORE = st.one_of(st.none(), st.floats(0, 100))


def build(top: str, middle: str, low: str) -> Scheme:
    """Two dimensions, of two and one parts, of two, one and two indicators: 10 20 30 25 15."""
    held = [
        Indicator(f"i{n}", "", weight, Source(METRIC), Rule("points"), EXCLUDE, "", "", "")
        for n, weight in enumerate((10.0, 20.0, 30.0, 25.0, 15.0))
    ]
    first = SubDimension("p", "", 30, tuple(held[:2]), low)
    second, third = (
        SubDimension("q", "", 30, (held[2],)),
        SubDimension("r", "", 40, tuple(held[3:])),
    )
    dimensions = (
        Dimension("d", "", 60, (first, second), middle),
        Dimension("e", "", 40, (third,), middle),
    )
    return Scheme("s", "1", "", BUILDING, TERM, "", dimensions, top)


def test_a_sum_by_hand() -> None:
    """10 × 0.5 + 20 × 1 + 30 × 0.2 + 25 × 0 + 15 × 0.4."""
    scheme = build(ARITHMETIC, ARITHMETIC, ARITHMETIC)
    scores = np.array([[50.0, 100, 20, 0, 40]])
    full, points = contributions(scheme, scores, aggregate(scheme, scores))
    assert full[0] == pytest.approx([10, 20, 30, 25, 15])
    assert points[0] == pytest.approx([5, 20, 6, 0, 6])


def test_missing_weight_stays_in_the_part() -> None:
    """The first of its part is unknown: the second could give 30."""
    scheme = build(ARITHMETIC, ARITHMETIC, ARITHMETIC)
    scores = np.array([[np.nan, 50.0, 100, 100, 100]])
    full, points = contributions(scheme, scores, aggregate(scheme, scores))
    assert full[0, 1:] == pytest.approx([30, 30, 25, 15])
    assert points[0, 1] == pytest.approx(15)
    assert np.isnan(points[0, 0])


@given(st.tuples(HOW, HOW, HOW), st.lists(SCORE, min_size=5, max_size=5))
def test_contributions_add_up(how: tuple[str, str, str], given_scores: list[float | None]) -> None:
    scheme = build(*how)
    scores = np.array([[np.nan if s is None else s for s in given_scores]])
    totals = aggregate(scheme, scores)
    full, points = contributions(scheme, scores, totals)
    if np.isnan(totals.total[0]):
        assert np.isnan(points).all()
        return
    assert np.nansum(points) == pytest.approx(totals.total[0], abs=1e-6)
    assert np.nansum(full) == pytest.approx(100)
