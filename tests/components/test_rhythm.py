"""Three targets by building: what keeps them, what misses them, what is unknown."""

from typing import Any

import pandas as pd
import pytest

from components.figures.rhythm import rhythm_panels, targets_kept
from queries.activities import ACTIVITY_WEEKS
from queries.filters import Filters

NAN = float("nan")


def _frame(*rows: tuple[str, float, float, int, int]) -> pd.DataFrame:
    names = ["building_id", "typical", "themes", "active", "weeks"]
    df = pd.DataFrame(rows, columns=names)
    return df.assign(building=df["building_id"], sessions=3, recorded=2)


def _drawn(df: pd.DataFrame) -> dict[str, Any]:
    return rhythm_panels(df, ACTIVITY_WEEKS, Filters())


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (("A", 30.0, 3.0, 5, 10), 3),
        (("A", 30.5, 3.0, 5, 10), 2),
        (("A", 30.0, 2.99, 4, 10), 1),
        (("A", NAN, NAN, 0, 10), 0),
        (("A", 12.0, 5.0, 0, 0), 2),
    ],
)
def test_targets_at_their_edges(row: tuple[str, float, float, int, int], kept: int) -> None:
    """At most 30 people, at least 3 themes, half of the weeks; what is unknown keeps none."""
    assert list(targets_kept(_frame(row))) == [kept]


def test_whoever_keeps_fewest_stands_on_top_and_what_is_unknown_is_a_dash() -> None:
    drawn = _drawn(_frame(("A", 20.0, 4.0, 9, 10), ("B", NAN, NAN, 0, 10), ("C", 40.0, 4.0, 9, 10)))
    assert drawn["layout"]["yaxis"]["ticktext"] == ["B", "C", "A"]
    small, diverse, regular = drawn["data"]
    assert small["text"] == ["—", "40.0", "20.0"]
    assert diverse["text"] == ["—", "4.00", "4.00"]
    assert regular["text"] == ["0%", "90%", "90%"]
    assert small["marker"]["pattern"]["shape"] == ["/", "/", ""]
    assert [line["x0"] for line in drawn["layout"]["shapes"]] == [30, 3, 0.5]
    assert small["customdata"][0] == {"building": "B"}


def test_nothing_to_draw_says_so() -> None:
    assert _drawn(_frame())["layout"]["annotations"]
