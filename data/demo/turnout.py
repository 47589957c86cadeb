"""Who came to an activity, and what they thought of it."""

import numpy as np
import pandas as pd

from data.demo.draws import Days
from data.demo.people import People
from data.demo.places import Places
from data.demo.rosters import building_of
from data.demo.runs import Runs

WITHOUT_LIST, FROM_ELSEWHERE = 0.15, 0.15
FESTIVAL_CROWD = 3.5  # times the usual number


def turnout(
    rng: np.random.Generator, made: pd.DataFrame, keenest: pd.DataFrame, place: Places
) -> pd.DataFrame:
    """Activity row and student: mostly residents, the keenest of them again and again."""
    listed = np.flatnonzero(rng.random(len(made)) >= WITHOUT_LIST)
    size = rng.lognormal(3.1, 0.55, len(listed)) * (len(keenest) / 20_000) ** 0.3
    size = size * np.where(made["festival"].notna().to_numpy()[listed], FESTIVAL_CROWD, 1.0)
    activity = np.repeat(listed, np.maximum(size, 4).astype(np.int64))
    residents = Runs.of(building_of(keenest, place), keenest["s"].to_numpy(), len(place.buildings))
    own = residents.one_of(made["building"].to_numpy()[activity], rng.random(len(activity)) ** 1.9)
    anyone = keenest["s"].to_numpy()[
        (rng.random(len(activity)) ** 1.9 * len(keenest)).astype(np.int64)
    ]
    student = np.where(rng.random(len(activity)) < FROM_ELSEWHERE, anyone, own)
    return pd.DataFrame({"at": activity, "s": student}).drop_duplicates().sort_values(["at", "s"])


def attendance_frame(
    rng: np.random.Generator, came: pd.DataFrame, made: pd.DataFrame, crowd: People
) -> pd.DataFrame:
    """Who came, most of them with the time they signed in."""
    start = _moment(made, "start")
    signed = start[came["at"]] + rng.integers(-600, 900, len(came)).astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "activity_id": made["id"].to_numpy()[came["at"]],
            "student_id": pd.Categorical.from_codes(came["s"], crowd.students["id"]),
            "signed": pd.Series(signed).mask(rng.random(len(came)) < 0.3),
        }
    )


def feedback_frame(
    rng: np.random.Generator, came: pd.DataFrame, made: pd.DataFrame, crowd: People, first: int
) -> pd.DataFrame:
    """One in six answers, two in three of them without a name."""
    asked = came[rng.random(len(came)) < 0.17]
    mood = rng.normal(4.25, 0.3, len(made))[asked["at"]]
    named = np.where(rng.random(len(asked)) < 0.34, asked["s"], -1)
    ended = _moment(made, "end")
    return pd.DataFrame(
        {
            "id": np.arange(first, first + len(asked)),
            "activity_id": made["id"].to_numpy()[asked["at"]],
            "student_id": pd.Categorical.from_codes(named, crowd.students["id"]),
            "score": np.clip(np.round(mood + rng.normal(0, 0.75, len(asked))), 1, 5).astype(int),
            "submitted": ended[asked["at"]]
            + rng.integers(1, 90, len(asked)).astype("timedelta64[m]"),
        }
    )


def _moment(made: pd.DataFrame, clock: str) -> Days:
    minutes = made[clock].to_numpy().astype("timedelta64[m]")
    return np.asarray(made["day"].to_numpy().astype("datetime64[s]") + minutes)
