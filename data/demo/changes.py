"""What changes in the running term, so that control charts have something to find; the rest of the
campus goes on as ever."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from data.demo.draws import Days, Flags, Floats, Objects
from data.demo.terms import TODAY, TermDates

BUILDING, COLLEGE = "building", "college"


@dataclass(frozen=True)
class Change:
    """From a teaching week on, one building or college has so many `times` what it had."""

    subject: str
    id: str
    week: int
    times: float


VISITS = (Change(COLLEGE, "03", 7, 0.4), Change(BUILDING, "zhu1", 5, 0.4))
CONCERNS = (Change(COLLEGE, "09", 5, 2.2),)
ACTIVITIES = (Change(BUILDING, "mei3", 5, 0.0),)
LIVELY = {"mei3": 9.0, "tao5": 4.0}
"""Buildings with so many times the usual number of activities, in every term."""
NEGLECTED = {"dong4": 0.03, "nan3": 0.05}
"""Buildings to which only this share of the usual visits go, in every term."""


def times(
    changes: Iterable[Change], subject: str, ids: Objects, day: Days, dates: TermDates
) -> Floats:
    """By how much each row of a building or college is to be multiplied on its day."""
    found = np.ones(len(ids))
    if dates.ends < TODAY:
        return found
    for change in changes:
        if change.subject == subject:
            since = np.datetime64(dates.week(change.week), "D")
            found[(ids == change.id) & (day >= since)] *= change.times
    return found


def kept(rng: np.random.Generator, share: Floats) -> Flags:
    """Which rows stay where only a share of them is to."""
    return rng.random(len(share)) < share
