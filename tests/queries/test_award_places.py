"""How many awards, and whom the ranks propose: ties, vetoes, near misses, small groups."""

import numpy as np
import pandas as pd
import pytest

from queries.award_places import (
    NEAR,
    OUT,
    PROPOSED,
    TIED,
    UNSCORED,
    VETOED,
    cuts_of,
    places,
    proposed,
)


@pytest.mark.parametrize(
    ("count", "quota", "expected"),
    [(21, 0.2, 4), (15, 0.2, 3), (5, 0.2, 1), (4, 0.2, 0), (0, 0.2, 0), (10, 0.3, 3), (7, 1.0, 7)],
)
def test_a_share_is_rounded_down(count: int, quota: float, expected: int) -> None:
    """0.2 × 15 is a little less than 3 in binary, and 3 all the same."""
    assert places(count, quota) == expected


def results(totals: list[float], **columns: object) -> pd.DataFrame:
    """Units of one peer group, two places among them."""
    size = len(totals)
    base = {"peer_group": ["g"] * size, "veto": [""] * size, "places": 2, "near": [False] * size}
    return pd.DataFrame({"total": totals, **base, **columns})


def test_places_are_counted_over_units_with_a_total() -> None:
    found = results([1.0] * 5 + [np.nan], peer_group=["g"] * 5 + ["h"])
    assert cuts_of(0.4, found) == {"g": 2}


def test_the_first_are_proposed_and_near_misses_are_told() -> None:
    near = [True, False, True, False]
    assert list(proposed(results([90, 95, 80, 70], near=near))) == [PROPOSED, PROPOSED, NEAR, OUT]


def test_a_tie_that_does_not_fit_is_open_for_all_of_it() -> None:
    assert list(proposed(results([95, 80, 80, 70]))) == [PROPOSED, TIED, TIED, OUT]
    assert list(proposed(results([80, 80, 80]))) == [TIED, TIED, TIED]


def test_a_tie_that_fits_is_proposed() -> None:
    assert list(proposed(results([80, 80, 70]))) == [PROPOSED, PROPOSED, OUT]


def test_sums_in_another_order_are_equal_all_the_same() -> None:
    assert list(proposed(results([95, 80.1, 80.1 + 1e-12]))) == [PROPOSED, TIED, TIED]


def test_a_vetoed_unit_stands_aside_and_the_next_moves_up() -> None:
    found = results([95, 90, 80], veto=["", "事故", ""])
    assert list(proposed(found)) == [PROPOSED, VETOED, PROPOSED]


def test_without_a_total_or_without_places_nobody_is_proposed() -> None:
    assert list(proposed(results([np.nan, 80]))) == [UNSCORED, PROPOSED]
    assert list(proposed(results([80, 70], places=0))) == [OUT, OUT]
    assert list(proposed(results([]))) == []
