"""What students are concerned about and how fast it is answered; who else comes to them."""

import numpy as np
import pandas as pd

from data.demo import changes
from data.demo.colleges import COLLEGES, college_then
from data.demo.draws import Floats, draws
from data.demo.people import People
from data.demo.places import Places
from data.demo.rosters import building_of
from data.demo.terms import TODAY, TermDates

CONCERNS_PER_STUDENT = 0.07  # in a whole term
CATEGORIES = ("学业", "就业", "经济", "心理", "宿舍", "后勤", "安全", "其他")
CATEGORY_SHARE = (0.18, 0.10, 0.08, 0.06, 0.24, 0.20, 0.08, 0.06)
ANONYMOUS, NOT_TAKEN_UP, UNANSWERED, UNRESOLVED, UNCONFIRMED = 0.15, 0.03, 0.05, 0.12, 0.2
# carrier, who usually comes, share of all sessions, usual number of listeners
CARRIERS = (
    ("领导面对面", ("领导干部",), 0.16, 30),
    ("教授沙龙", ("专家学者", "研究生导师"), 0.30, 24),
    ("导师有约", ("研究生导师", "专职思政干部"), 0.40, 12),
    ("春晖工作站", ("五老", "专职思政干部"), 0.14, 18),
)
SESSIONS_A_TERM = 230


def concern_frame(
    seed: int, crowd: People, place: Places, slices: pd.DataFrame, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """Raised → taken up → answered → resolved → confirmed, each step later or not at all."""
    rng = draws(seed, "concerns")
    frames = [_raised(rng, slices[slices["term"] == n], dates) for n, dates in enumerate(terms)]
    rows = pd.concat(frames).sort_values("raised", kind="stable").reset_index(drop=True)
    anonymous = rng.random(len(rows)) < ANONYMOUS
    buildings = place.buildings["id"].to_numpy(object)[building_of(rows, place)]
    concerns = pd.DataFrame(
        {
            "id": np.arange(1, len(rows) + 1),
            "student_id": pd.Categorical.from_codes(
                np.where(anonymous, -1, rows["s"]), crowd.students["id"]
            ),
            "building_id": buildings,
            "college_id": rows["college_id"],
            "counselor_id": rows["counselor_id"],
            "category": rng.choice(np.array(CATEGORIES, dtype=object), len(rows), p=CATEGORY_SHARE),
            "raised": rows["raised"],
        }
    )
    concerns.loc[rng.random(len(rows)) < 0.02, "building_id"] = None
    return concerns.assign(**_answers(rng, concerns))


def _raised(rng: np.random.Generator, here: pd.DataFrame, dates: TermDates) -> pd.DataFrame:
    """Who raised something on which day of a term: in one college, more and more from mid-term."""
    here = here[here["room"] >= 0]
    most = max(change.times for change in changes.CONCERNS)
    share = dates.days / ((dates.ends - dates.starts).days + 1)
    count = int(len(here) * CONCERNS_PER_STUDENT * share * most)
    asked = here.iloc[rng.integers(0, len(here), count)]
    raised = np.datetime64(dates.starts, "D") + rng.integers(0, dates.days, count)
    colleges = asked["college_id"].to_numpy(object)
    usual = changes.times(changes.CONCERNS, changes.COLLEGE, colleges, raised, dates)
    return asked.assign(raised=raised)[changes.kept(rng, usual / most)]


def _answers(rng: np.random.Generator, concerns: pd.DataFrame) -> dict[str, pd.Series]:
    """Slow colleges and slow counselors show: their days are stretched."""
    codes = concerns["counselor_id"].astype("category").cat.codes.to_numpy()
    slowness = rng.lognormal(0, 0.55, codes.max() + 1)[codes]
    count = len(concerns)
    steps = (
        ("assigned", rng.integers(0, 3, count) * 1.0, NOT_TAKEN_UP),
        ("responded", rng.lognormal(0.3, 0.8, count) * slowness, UNANSWERED),
        ("resolved", rng.lognormal(1.4, 0.8, count) * slowness, UNRESOLVED),
        ("confirmed", rng.exponential(3.0, count), UNCONFIRMED),
    )
    day, answers = concerns["raised"], {}
    for name, days, missing in steps:
        day = _later(rng, day, days, missing)
        answers[name] = day
    return answers


def _later(rng: np.random.Generator, day: pd.Series, days: Floats, missing: float) -> pd.Series:
    later = day + pd.to_timedelta(np.floor(days), unit="D")
    known = (later <= pd.Timestamp(TODAY)) & (rng.random(len(day)) >= missing)
    return later.where(known)


def engagement_frame(seed: int, place: Places, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    """Leaders, scholars, tutors and veterans; a few come again and again, some places see none."""
    rng = draws(seed, "engagements")
    favour = rng.gamma(1.2, 1.0, len(place.buildings))
    favour[[2, 13]] = 0
    frames = [_sessions(rng, dates, favour / favour.sum()) for dates in terms]
    rows = pd.concat(frames).sort_values("day", kind="stable").reset_index(drop=True)
    rows["building_id"] = place.buildings["id"].to_numpy(object)[rows["building"]]
    rows["college_id"] = _colleges(rows, terms)
    return rows.drop(columns=["building", "college"]).assign(id=np.arange(1, len(rows) + 1))


def _sessions(rng: np.random.Generator, dates: TermDates, favour: Floats) -> pd.DataFrame:
    share = dates.days / ((dates.ends - dates.starts).days + 1)
    count = int(SESSIONS_A_TERM * share)
    kind = rng.choice(len(CARRIERS), count, p=[share for _, _, share, _ in CARRIERS])
    person = (rng.random(count) ** 2 * 60).astype(np.int64)
    usual = np.array([size for *_, size in CARRIERS])[kind]
    attended = pd.Series(rng.poisson(usual * rng.gamma(4, 0.25, count)), dtype="Int64")
    return pd.DataFrame(
        {
            "carrier": np.array([name for name, *_ in CARRIERS], dtype=object)[kind],
            "person_kind": [_kind(k, p) for k, p in zip(kind, person, strict=True)],
            "person_code": [f"P{k + 1}{p:03d}" for k, p in zip(kind, person, strict=True)],
            "college": person % len(COLLEGES),
            "building": rng.choice(len(favour), count, p=favour),
            "day": np.datetime64(dates.starts, "D") + rng.integers(7, dates.days, count),
            "hours": rng.choice([1.0, 1.5, 1.5, 2.0, 2.5], count),
            "attended": attended.mask(rng.random(count) < 0.1),
        }
    )  # fmt: skip


def _kind(carrier: int, person: int) -> str:
    kinds = CARRIERS[carrier][1]
    return kinds[person % len(kinds)]


def _colleges(rows: pd.DataFrame, terms: tuple[TermDates, ...]) -> pd.Series:
    """The college as it was in that term; none for leaders of the university."""
    ids = pd.Series(np.array([c.id for c in COLLEGES], dtype=object)[rows["college"]])
    for dates in terms:
        during = (rows["day"] >= pd.Timestamp(dates.starts)) & (
            rows["day"] <= pd.Timestamp(dates.ends)
        )
        ids = ids.where(~during, college_then(ids, dates.starts))
    return ids.mask(rows["carrier"] == "领导面对面", None)
