"""How many of one brand's people also came to another: whether brands share an audience."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.brand_people import Guest, guests
from queries.brand_slice import brands
from queries.fact import FEWEST_NAMED
from queries.filters import Filters

MOST = 20
"""So many brands are compared, those with most people: a matrix of more cannot be read."""


def overlap(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per pair of brands with at least five people on their lists of the term, the largest
    MOST of the slice: `brand_id, brand, other_id, other, numerator, denominator, hidden`.

    `numerator` of the `denominator` people of the first brand also came to the other. One to four
    would point at single people: then it is NaN and `hidden` 1. A brand is not paired with itself.
    """
    columns = ["brand_id", "brand", "other_id", "other", "numerator", "denominator", "hidden"]
    each = brands(conn, filters, viewer).each
    if each.empty:
        return pd.DataFrame([], columns=columns)
    names = dict(zip(each["brand_id"], each["brand"], strict=True))
    came = [guest for guest in guests(conn, filters, viewer) if guest.brand in names]
    counts = Counter(guest.brand for guest in came)
    sizes = {brand: n for brand, n in counts.items() if n >= FEWEST_NAMED}
    chosen = sorted(sizes, key=lambda brand: (-sizes[brand], brand))[:MOST]
    if not chosen:
        return pd.DataFrame([], columns=columns)
    shared = _shared(came, chosen)
    rows = [
        (one, names[one], other, names[other], int(shared[i, j]), sizes[one])
        for i, one in enumerate(chosen)
        for j, other in enumerate(chosen)
        if one != other
    ]
    found = pd.DataFrame(rows, columns=columns[:-1]).astype({"numerator": float})
    few = (found["numerator"] > 0) & (found["numerator"] < FEWEST_NAMED)
    found["numerator"] = found["numerator"].where(~few)
    return found.assign(hidden=few.astype(int))


def _shared(came: list[Guest], chosen: list[str]) -> "np.ndarray[Any, np.dtype[np.int32]]":
    """How many people each two of the brands have in common."""
    columns = {brand: i for i, brand in enumerate(chosen)}
    rows: dict[str, int] = {}
    cells = [
        (rows.setdefault(guest.student, len(rows)), columns[guest.brand])
        for guest in came
        if guest.brand in columns
    ]
    there = np.zeros((len(rows), len(chosen)), dtype=np.int32)
    there[tuple(zip(*cells, strict=True))] = 1
    return there.T @ there
