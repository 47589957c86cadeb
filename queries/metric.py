"""The vocabulary every query and component shares."""

from dataclasses import dataclass
from enum import Enum

import pandas as pd


class Better(Enum):
    """Which way is good news; cards take their colour from it."""

    HIGHER = 1
    LOWER = -1
    NEITHER = 0


@dataclass(frozen=True)
class Metric:
    """A number we publish. `key` is its one name in code, URLs, tests and exports.

    `numerator`, `denominator` and `excluded` are said in words; `unit` is what they count;
    `clause` is the policy's own phrase; `target` is a share, None where the policy sets none.
    """

    key: str
    name: str
    definition: str
    numerator: str
    denominator: str
    excluded: str
    unit: str
    clause: str
    page: str
    target: float | None = None
    better: Better = Better.HIGHER

    def value(self, numerator: float, denominator: float) -> float | None:
        """The rate, or None over nobody."""
        return numerator / denominator if denominator else None

    def total(self, df: pd.DataFrame) -> float | None:
        """Sum over sum, never a mean of rates; None when there is nobody to divide by."""
        return self.value(float(df["numerator"].sum()), float(df["denominator"].sum()))

    def show(self, value: float | None) -> str:
        """As written on cards and tables."""
        return "—" if value is None or pd.isna(value) else f"{value:.1%}"
