"""From term slices to spells: how long something stayed true of a student without a break."""

import numpy as np
import pandas as pd

from data.demo.draws import Flags, Ints
from data.demo.terms import TermDates

ONE_DAY = np.timedelta64(1, "D")


def spells(
    slices: pd.DataFrame, terms: tuple[TermDates, ...], *, keep: Flags, key: Ints
) -> pd.DataFrame:
    """`s, key, starts, until` of each spell; `until` is NaT while it lasts.

    A summer between two terms is no break: nobody hands in a key for it.
    """
    kept = slices.assign(key=key)[keep].sort_values(["s", "starts"])
    before = kept.shift()
    goes_on = kept["until"].isna() & (kept["term"] == len(terms) - 1)
    seamless = np.where(
        before["until"].isna(),
        kept["term"] - before["term"] == 1,
        kept["starts"] == before["until"] + ONE_DAY,
    )
    same = (kept["s"] == before["s"]) & (kept["key"] == before["key"])
    spell = (~(same & seamless)).cumsum()
    term_ends = np.array([t.ends for t in terms], dtype="datetime64[D]")[kept["term"]]
    kept["until"] = kept["until"].fillna(pd.Series(term_ends, index=kept.index))
    kept["goes_on"] = goes_on
    found = kept.groupby(spell).agg(
        s=("s", "first"),
        key=("key", "first"),
        starts=("starts", "first"),
        until=("until", "last"),
        goes_on=("goes_on", "last"),
    )
    found["until"] = found["until"].mask(found["goes_on"])
    return found.drop(columns="goes_on").reset_index(drop=True)
