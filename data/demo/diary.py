"""When counselors go out: their zeal, the days and hours they choose, what they write down."""

from datetime import timedelta

import numpy as np
import pandas as pd

from data.demo.draws import Flags, Floats, Ints, Objects, draws, known
from data.demo.people import STUDENTS_PER_COUNSELOR, People
from data.demo.terms import TODAY, TermDates, holidays

COLLEGES_DIFFER = 0.3  # the spread of their logarithms
VISITS_A_TERM = 240  # of a usual college counselor over a whole term
DORMITORY, CLASSROOM, LABORATORY = "公寓", "课堂", "实验室"
CLOCK = np.array([f"{m // 60:02d}:{m % 60:02d}:00.000000" for m in range(24 * 60)], dtype=object)
# 上午, 中午, 下午, 晚上: first and last start, in minutes of the day
SLOT_FROM = np.array([8 * 60, 12 * 60, 14 * 60, 18 * 60])
SLOT_UNTIL = np.array([11 * 60, 13 * 60 + 20, 17 * 60, 21 * 60 + 30])
SLOT_SHARE = {DORMITORY: (0.10, 0.20, 0.18, 0.52), CLASSROOM: (0.52, 0.0, 0.40, 0.08)}
WEEKDAYS = np.array([1.0, 1.05, 1.1, 1.0, 0.8, 0.2, 0.4])
# Systems prefill half an hour and the policy asks for forty minutes: both are heaps.
MINUTES = np.array([30, 40, 45, 60, 20, 50, 90, 0])
MINUTES_SHARE = (0.33, 0.25, 0.07, 0.10, 0.04, 0.06, 0.03, 0.12)
LECTURE_HALLS = tuple(
    f"博学{n}号楼{w}区{r}" for n in (1, 2, 4, 5) for w in "ABC" for r in (203, 305)
)
LABORATORIES = tuple(f"实验楼{w}{r}" for w in "ABC" for r in (112, 218, 306, 410))
OPEN_ENDED, UNTIMED, LATE_ENTRY = 0.05, 0.01, 0.12
NIGHT, NIGHT_FROM, NIGHT_UNTIL = 0.004, 23 * 60, 23 * 60 + 55  # dormitory visits begun so late
DAY = len(CLOCK)
TOPICS = {
    DORMITORY: ("日常走访", "安全用电检查", "新生适应", "考前关怀", "心理状态", "宿舍关系", None),
    CLASSROOM: ("学风与课堂状态", "出勤情况", "随堂听课", None),
    LABORATORY: ("科研状态", "实验室安全", "导学关系", None),
}


def zeal(seed: int, crowd: People) -> Floats:
    """Counselors differ: some hardly go out, a few are there every evening; so do colleges."""
    rng = draws(seed, "zeal")
    found = rng.gamma(3.0, 1 / 3, len(crowd.counselors))
    found[rng.random(len(found)) < 0.05] *= 0.06
    college = crowd.counselors["college_id"].astype("category").cat.codes.to_numpy()
    custom = draws(seed, "custom").lognormal(0, COLLEGES_DIFFER, college.max() + 1)
    return np.where(college < 0, found, found * custom[college])


def visits_of(
    rng: np.random.Generator, zeal: Floats, listed: Ints, dates: TermDates
) -> pd.DataFrame:
    """One row a visit, by day: `counselor` position and `day`; more of them for longer lists."""
    weight = _day_weights(dates)
    happened = weight[: dates.days]
    load = np.clip(listed / STUDENTS_PER_COUNSELOR, 0, 2.0)
    mean = VISITS_A_TERM * zeal * load * happened.sum() / weight.sum()
    counselor = np.repeat(np.arange(len(zeal)), rng.poisson(mean))
    offset = rng.choice(len(happened), len(counselor), p=happened / happened.sum())
    order = np.argsort(offset, kind="stable")
    day = np.datetime64(dates.starts, "D") + offset[order]
    return pd.DataFrame({"counselor": counselor[order], "day": day})


def _day_weights(dates: TermDates) -> Floats:
    """How likely each day of the term is: weekdays, a slow start, quiet holidays."""
    count = (dates.ends - dates.starts).days + 1
    days = [dates.starts + timedelta(days=n) for n in range(count)]
    week = np.array([(d - dates.teaching).days / 7 for d in days])
    weight = WEEKDAYS[[d.weekday() for d in days]] * (0.05 + 1 / (1 + np.exp((0.3 - week) / 0.4)))
    weight[week >= dates.weeks] *= 0.1
    for _, first, last in holidays(dates):
        weight[[first <= d <= last for d in days]] *= 0.05
    return np.asarray(weight)


def written_down(rng: np.random.Generator, visits: pd.DataFrame) -> pd.DataFrame:
    """The hours, topic and time of entry, as far as the counselor noted them."""
    count = len(visits)
    late = _at_night(rng, visits)
    start = np.where(
        late,
        rng.integers(NIGHT_FROM // 5, NIGHT_UNTIL // 5, count) * 5,
        _starts(rng, visits["venue"].to_numpy(object)),
    )
    length = rng.choice(MINUTES, count, p=MINUTES_SHARE)
    length = np.where(length == 0, rng.integers(8, 95, count), length)
    end = np.where(late, start + length, np.minimum(start + length, DAY - 1))
    untimed = rng.random(count) < UNTIMED
    no_end = untimed | (rng.random(count) < OPEN_ENDED)
    topic = np.full(count, None, dtype=object)
    for venue, topics in TOPICS.items():
        mine = (visits["venue"] == venue).to_numpy()
        topic[mine] = rng.choice(np.array(topics, dtype=object), int(mine.sum()))
    return visits.assign(
        starts=known(~untimed, CLOCK[start]),
        ends=known(~no_end, CLOCK[end % DAY]),
        topic=topic,
        place=_place(rng, visits["venue"]),
        entered=_entered(rng, visits, end),
    )


def _at_night(rng: np.random.Generator, visits: pd.DataFrame) -> Flags:
    """A few in the dormitories just before midnight, and often over it; none on the last day."""
    dormitory = (visits["venue"] == DORMITORY).to_numpy()
    before_today = (visits["day"] < pd.Timestamp(TODAY)).to_numpy()
    return dormitory & before_today & (rng.random(len(visits)) < NIGHT)


def _starts(rng: np.random.Generator, venue: Objects) -> Ints:
    slot = np.where(
        venue == DORMITORY,
        rng.choice(4, len(venue), p=SLOT_SHARE[DORMITORY]),
        rng.choice(4, len(venue), p=SLOT_SHARE[CLASSROOM]),
    )
    start = SLOT_FROM[slot] + rng.random(len(venue)) * (SLOT_UNTIL - SLOT_FROM)[slot]
    step = np.where(rng.random(len(venue)) < 0.8, 10, 1)
    return (start // step * step).astype(np.int64)


def _place(rng: np.random.Generator, venue: pd.Series) -> pd.Series:
    halls = pd.Series(rng.choice(LECTURE_HALLS, len(venue)), index=venue.index, dtype=object)
    benches = pd.Series(rng.choice(LABORATORIES, len(venue)), index=venue.index, dtype=object)
    place = halls.where(venue == CLASSROOM, benches)
    return place.mask(venue == DORMITORY, None)


def _entered(rng: np.random.Generator, visits: pd.DataFrame, end: Ints) -> pd.Series:
    """Mostly the same day; a share is entered in one go on the last evening of the month."""
    midnight = visits["day"].astype("datetime64[s]")
    after = end + rng.integers(1, 180, len(end))
    same_day = midnight + pd.to_timedelta(np.where(end < DAY, np.minimum(after, 1438), after), "m")
    month_end = midnight + pd.offsets.MonthEnd(0)
    batch = month_end + pd.to_timedelta(21 * 60 + visits["counselor"] % 120, "m")
    late = (rng.random(len(end)) < LATE_ENTRY) & (month_end <= pd.Timestamp(TODAY))
    return same_day.where(~late, batch)
