"""Which college leads a building's work group, and who stood at its head when."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.colleges import BEFORE_SPLIT, ELECTRIC, ENERGY, SPLIT
from data.demo.draws import draws
from data.demo.names import names
from data.demo.places import Places
from data.demo.terms import TermDates

HANDED_OVER = {
    "tao3": date(2026, 9, 14),
    "zhu2": date(2026, 3, 9),
    "mei2": date(2026, 10, 12),
    "bei1": date(2026, 9, 1),
}
NOBODY_SINCE = {"dong3": date(2026, 10, 31)}


def lead_table(
    seed: int, slices: pd.DataFrame, place: Places, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """The college with most residents leads; some buildings were handed to the second largest."""
    rng = draws(seed, "leads")
    first = terms[0].starts - timedelta(days=400)
    rows: list[tuple[str, date, date | None, str]] = []
    for building, ranked in _largest(slices, place, len(terms) - 1).items():
        if not ranked:
            continue
        now, other = ranked[0], ranked[1 if len(ranked) > 1 else 0]
        changed = HANDED_OVER.get(building)
        if changed and changed > first:
            rows += _over(building, other, (first, changed - timedelta(days=1)))
            rows += _over(building, now, (changed, None))
        else:
            rows += _over(building, now, (first, NOBODY_SINCE.get(building)))
    frame = pd.DataFrame(rows, columns=["building_id", "starts", "ends", "college_id"])
    genders = np.where(rng.random(len(frame)) < 0.6, "男", "女")
    return frame.assign(leader_name=names(rng, genders).astype(object))


def _largest(slices: pd.DataFrame, place: Places, number: int) -> dict[str, list[str]]:
    here = slices[(slices["term"] == number) & (slices["room"] >= 0)]
    building = place.rooms["building_id"].to_numpy(object)[here["room"]]
    counts = here.groupby([building, here["college_id"].to_numpy(object)]).size()
    ranked = counts.sort_values(ascending=False, kind="stable")
    return {
        str(b): [college for lived_in, college in ranked.index if lived_in == b]
        for b in place.buildings["id"]
    }


def _over(
    building: str, college: str, period: tuple[date, date | None]
) -> list[tuple[str, date, date | None, str]]:
    """One row, or two where the college was another one before it was split."""
    starts, ends = period
    if college not in (ELECTRIC, ENERGY) or starts >= SPLIT:
        return [(building, starts, ends, college)]
    eve = SPLIT - timedelta(days=1)
    if ends and ends <= eve:
        return [(building, starts, ends, BEFORE_SPLIT)]
    return [(building, starts, eve, BEFORE_SPLIT), (building, SPLIT, ends, college)]
