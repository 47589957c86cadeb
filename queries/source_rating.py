"""The value of a manual indicator: what its raters' scores come to."""

import pandas as pd
from sqlalchemy import Connection

from data.schemes.scheme import Indicator, Scheme
from queries.evaluation_period import Period
from queries.ratings import items


def rating_values(
    conn: Connection, scheme: Scheme, indicator: Indicator, period: Period, units: list[str]
) -> pd.DataFrame:
    """The COLUMNS of `queries/indicator_values.py`: `value` is 0 to 100, `numerator` the ratings
    that are in it, `denominator` those asked for, `error` the standard error between raters."""
    found = [item.result for item in items(conn, scheme, period, units, [indicator])]
    return pd.DataFrame(
        {
            "unit_id": units,
            "numerator": [float(one.used) for one in found],
            "denominator": [float(one.asked) for one in found],
            "value": [one.value for one in found],
            "error": [one.error for one in found],
            # as objects: what is said later in the reader's language must stay what it is
            "why": pd.Series([one.why for one in found], dtype=object),
        }
    )
