"""What evaluators draw on: support needs, ratings with evidence, awards, publications."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.colleges import COLLEGES, college_then
from data.demo.draws import draws
from data.demo.people import People
from data.demo.places import Places
from data.demo.terms import TODAY, TermDates

# category, share of students, from which term of study on
NEEDS = (
    ("学业困难", 0.05, 1),
    ("就业困难", 0.06, 5),
    ("经济困难", 0.11, 0),
    ("心理困惑", 0.012, 0),
)
INDICATORS = (
    ("station_organisation", "制度健全、例会记录完整"),
    ("station_activity", "主题活动与七进社区开展情况"),
    ("room_culture", "楼宇文化与空间维护现场查看"),
)
RATERS = ("R01", "R02", "R03")
AWARDS = (
    ("先进楼宇学生党员工作站", "校级"),
    ("文明宿舍楼", "校级"),
    ("优秀党团联合工作室", "校级"),
    ("五四红旗团支部", "市级"),
    ("样板党支部培育", "省级"),
    ("优秀社团", "国家级"),
)
CHANNELS = ("高校思政网", "学校新闻网", "易班", "学习强国")
HEADLINES = (
    "把思政课开进楼道里",
    "一楼一品的三年",
    "党员层长的一天",
    "小空间里的大课堂",
    "夜跑跑出来的共同体",
)


def need_frame(
    seed: int, crowd: People, slices: pd.DataFrame, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """Who needs support stays the same from term to term, for the most part."""
    rng = draws(seed, "needs")
    fate = rng.random((len(crowd.students), len(NEEDS)))
    grade = crowd.students["grade"].to_numpy()
    frames = []
    for number, dates in enumerate(terms):
        s = slices.loc[slices["term"] == number, "s"].unique()
        stage = dates.index - grade[s] * 2
        for column, (category, share, since) in enumerate(NEEDS):
            chance = fate[s, column] * rng.uniform(0.85, 1.25, len(s))
            found = s[(chance < share) & (stage >= since)]
            frames.append(pd.DataFrame({"s": found, "term_id": dates.id, "category": category}))
    return pd.concat(frames, ignore_index=True)


def rating_frame(seed: int, place: Places, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    """Three indicators, two or three raters; this term's mid-term round is half done."""
    rng = draws(seed, "ratings")
    rows = []
    quality = rng.normal(84, 5, len(place.buildings))
    strictness = dict(zip(RATERS, (2.0, 0.0, -3.0), strict=True))
    for dates in terms:
        running = dates.ends > TODAY
        buildings = place.buildings["id"].iloc[::2] if running else place.buildings["id"]
        day = dates.last - timedelta(days=13 if running else 9)
        for position, building in buildings.items():
            for indicator, evidence in INDICATORS:
                for rater in RATERS[: 2 + (position % 2)]:
                    score = quality[position] + strictness[rater] + rng.normal(0, 4)
                    rows.append(
                        (
                            dates.id,
                            indicator,
                            building,
                            rater,
                            round(min(score, 100), 1),
                            evidence,
                            day,
                        )
                    )
    names = ["term_id", "indicator", "building_id", "rater", "score", "evidence", "rated"]
    frame = pd.concat([pd.DataFrame(rows, columns=names), _college_ratings(rng, terms)])
    minutes = pd.to_timedelta(rng.integers(9 * 60, 17 * 60, len(frame)), unit="m")
    frame["rated"] = pd.to_datetime(frame["rated"]).astype("datetime64[s]") + minutes
    return frame.assign(id=np.arange(1, len(frame) + 1), rater_group="专家")


def _college_ratings(rng: np.random.Generator, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    """One mark for each college after each finished term."""
    finished = [dates for dates in terms if dates.ends <= TODAY]
    frames = []
    for dates in finished:
        ids = college_then(pd.Series([c.id for c in COLLEGES]), dates.starts).drop_duplicates()
        marks = pd.DataFrame({"college_id": ids, "term_id": dates.id, "rater": RATERS[0]})
        marks["indicator"], marks["evidence"] = "college_cooperation", "楼宇协同与资源投入"
        marks["score"] = np.round(rng.normal(86, 4, len(marks)), 1).clip(0, 100)
        frames.append(marks.assign(rated=dates.last - timedelta(days=5)))
    return pd.concat(frames) if frames else pd.DataFrame({"college_id": []}, dtype=object)


def honour_tables(
    seed: int, place: Places, organisations: pd.DataFrame, terms: tuple[TermDates, ...]
) -> dict[str, pd.DataFrame]:
    """Awards and publications, of a building, a college or an organisation."""
    rng = draws(seed, "honours")
    awards = [row for dates in terms for row in _awards(rng, place, organisations, dates)]
    columns = ["name", "level", "day", "building_id", "college_id", "organisation_id"]
    won = pd.DataFrame(awards, columns=columns)
    papers = [row for dates in terms for row in _papers(rng, place, dates)]
    printed = pd.DataFrame(
        papers, columns=["title_text", "channel", "day", "building_id", "college_id"]
    )
    return {
        "award": won.assign(id=np.arange(1, len(won) + 1)),
        "publication": printed.assign(id=np.arange(1, len(printed) + 1)),
    }


def _day(rng: np.random.Generator, dates: TermDates) -> date:
    return dates.starts + timedelta(days=int(rng.integers(10, dates.days)))


def _college(rng: np.random.Generator, dates: TermDates) -> str:
    chosen = pd.Series([COLLEGES[int(rng.integers(len(COLLEGES)))].id])
    return str(college_then(chosen, dates.starts).iloc[0])


def _awards(
    rng: np.random.Generator, place: Places, organisations: pd.DataFrame, dates: TermDates
) -> list[tuple[str, str, date, str | None, str | None, str | None]]:
    rows: list[tuple[str, str, date, str | None, str | None, str | None]] = []
    for number in range(14):
        name, level = AWARDS[min(int(rng.exponential(1.6)), len(AWARDS) - 1)]
        day = _day(rng, dates)
        standing = organisations[organisations["founded"] < day]
        to = (
            (str(rng.choice(place.buildings["id"].to_numpy(object))), None, None),
            (None, _college(rng, dates), None),
            (None, None, str(rng.choice(standing["id"].to_numpy(object)))),
        )[number % 3]
        rows.append((name, level, day, *to))
    return rows


def _papers(
    rng: np.random.Generator, place: Places, dates: TermDates
) -> list[tuple[str, str, date, str | None, str | None]]:
    rows: list[tuple[str, str, date, str | None, str | None]] = []
    for number in range(9):
        building = place.buildings.iloc[int(rng.integers(len(place.buildings)))]
        title = f"{building['name']}：{HEADLINES[number % len(HEADLINES)]}"
        college = _college(rng, dates) if number % 2 else None
        rows.append((title, CHANNELS[number % 4], _day(rng, dates), building["id"], college))
    return rows
