"""Community activities with the season in them, who came, and what they thought of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.colleges import COLLEGES, college_then
from data.demo.diary import CLOCK
from data.demo.draws import Floats, Ints, draws
from data.demo.people import People
from data.demo.places import Places
from data.demo.rosters import building_of
from data.demo.runs import Runs
from data.demo.terms import TermDates
from data.models.activity import COMMUNITY_TYPES, FESTIVALS, FIELDS, THEMES

PER_BUILDING = 15  # activities in a whole term
WITHOUT_LIST, WITHOUT_PLACE, WITHOUT_LABELS, JOINT, FROM_ELSEWHERE = 0.15, 0.05, 0.06, 0.12, 0.15
# What is held when: by month, the share of each of the five themes.
SEASONS = {
    2: (3, 3, 2, 2, 2), 3: (4, 2, 3, 3, 2), 4: (2, 3, 4, 3, 2), 5: (3, 2, 4, 3, 2),
    6: (2, 4, 1, 2, 3), 7: (2, 3, 1, 1, 2), 8: (2, 1, 2, 4, 3), 9: (3, 2, 3, 5, 3),
    10: (4, 2, 4, 3, 2), 11: (2, 4, 3, 2, 3), 12: (2, 5, 1, 2, 3), 1: (1, 6, 1, 1, 2),
}  # fmt: skip
FESTIVAL_MONTHS = {10: "文化节", 11: "艺术节", 4: "读书节", 5: "音乐节", 6: "风采展", 12: "成果展"}
TITLES = {
    "正其心": ("主题党日", "理论微宣讲", "红色观影", "廉洁文化沙龙"),
    "乐其学": ("学业辅导", "考研经验分享", "读书分享会", "英语角"),
    "健其体": ("楼宇羽毛球赛", "夜跑", "八段锦", "趣味运动会"),
    "和其群": ("邻里见面会", "新生破冰", "桌游之夜", "家乡味道分享"),
    "雅其居": ("寝室美化", "垃圾分类", "旧物改造", "文明寝室互学"),
}

Frames = Iterator[tuple[str, pd.DataFrame]]


@dataclass(frozen=True)
class Hosts:
    """Brands, groups and organisations that hold activities."""

    brands: pd.DataFrame
    owners: pd.DataFrame
    groups: pd.DataFrame
    organisations: pd.DataFrame


def activity_frames(
    seed: int,
    crowd: People,
    place: Places,
    slices: pd.DataFrame,
    terms: tuple[TermDates, ...],
    hosts: Hosts,
) -> Frames:
    """Activities, places, attendance and feedback, a term at a time."""
    vigour = draws(seed, "vigour").gamma(5, 0.2, len(place.buildings))
    first = 1
    reviews = 1
    for number, dates in enumerate(terms):
        rng = draws(seed, "activities", dates.id)
        here = slices[(slices["term"] == number) & (slices["room"] >= 0)].drop_duplicates("s")
        made = _activities(rng, dates, vigour, first)
        first += len(made)
        yield "activity", _activity_table(rng, made, place, hosts, dates)
        yield "activity_place", _places(rng, made, place)
        came = _came(rng, made, here, place)
        yield "attendance", _attendance_table(rng, came, made, crowd)
        opinions = _feedback(rng, came, made, crowd, reviews)
        reviews += len(opinions)
        yield "feedback", opinions


def _activities(
    rng: np.random.Generator, dates: TermDates, vigour: Floats, first: int
) -> pd.DataFrame:
    share = dates.days / ((dates.ends - dates.starts).days + 1)
    building = np.repeat(np.arange(len(vigour)), rng.poisson(vigour * PER_BUILDING * share))
    day = np.datetime64(dates.starts, "D") + np.sort(rng.integers(4, dates.days, len(building)))
    building = rng.permutation(building)
    month = (day.astype("datetime64[M]").astype(np.int64) % 12) + 1
    weights = np.array([SEASONS[m] for m in range(1, 13) if m in SEASONS], dtype=float)
    cumulative = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)[month - 1]
    theme = (rng.random(len(day))[:, None] > cumulative).sum(axis=1)
    theme = np.minimum(theme, len(THEMES) - 1)
    festival = pd.Series(month).map(FESTIVAL_MONTHS).where(rng.random(len(day)) < 0.12)
    evening = rng.random(len(day)) < 0.7
    start = np.where(
        evening, rng.integers(36, 40, len(day)) * 30, rng.integers(18, 33, len(day)) * 30
    )
    return pd.DataFrame(
        {
            "id": np.arange(first, first + len(day)),
            "day": day,
            "building": building,
            "theme": theme,
            "festival": festival.to_numpy(object),
            "start": start,
            "end": start + rng.choice([60, 90, 90, 120, 150], len(day)),
        }
    )


def _activity_table(
    rng: np.random.Generator, made: pd.DataFrame, place: Places, hosts: Hosts, dates: TermDates
) -> pd.DataFrame:
    count = len(made)
    theme = np.array(THEMES, dtype=object)[made["theme"]]
    titles = [TITLES[t][n] for t, n in zip(theme, rng.integers(0, 4, count), strict=True)]
    names = (
        place.buildings["name"].to_numpy(object)[made["building"]] + "·" + np.array(titles, object)
    )
    labelled = rng.random(count) >= WITHOUT_LABELS
    timed = rng.random(count) >= 0.05
    field = (made["theme"].to_numpy() + rng.integers(0, 3, count)) % len(FIELDS)
    kind = (made["theme"].to_numpy() + rng.integers(0, 3, count)) % len(COMMUNITY_TYPES)
    college = pd.Series(rng.choice(np.array([c.id for c in COLLEGES], dtype=object), count))
    return pd.DataFrame(
        {
            "id": made["id"],
            "name": names,
            "day": made["day"],
            "starts": np.where(timed, CLOCK[made["start"]], None),
            "ends": np.where(timed, CLOCK[made["end"]], None),
            "brand_id": _brands(rng, made, place, hosts),
            "group_id": _some(rng, hosts.groups[hosts.groups["closed"].isna()]["id"], count, 0.25),
            "organisation_id": _stations(rng, made, place, hosts),
            "college_id": college_then(college, dates.starts).where(rng.random(count) < 0.5, None),
            "theme": np.where(labelled, theme, None),
            "field": np.where(labelled, np.array(FIELDS, dtype=object)[field], None),
            "community_type": np.where(
                labelled, np.array(COMMUNITY_TYPES, dtype=object)[kind], None
            ),
            "festival": made["festival"],
            "cost": np.where(
                rng.random(count) < 0.4, np.round(rng.gamma(2, 150, count), 0), np.nan
            ),
        }
    )


def _some(rng: np.random.Generator, ids: pd.Series, count: int, share: float) -> Ints:
    chosen = rng.choice(ids.to_numpy(object), count)
    return np.where(rng.random(count) < share, chosen, None)


def _brands(rng: np.random.Generator, made: pd.DataFrame, place: Places, hosts: Hosts) -> pd.Series:
    """The brand of the building or of its cluster, if it had been founded and not given up."""
    owners = hosts.owners[hosts.owners["ends"].isna()]
    of_building = owners.dropna(subset="building_id").drop_duplicates("building_id")
    of_building = of_building.set_index("building_id")["brand_id"]
    of_cluster = owners.dropna(subset="cluster_id").set_index("cluster_id")["brand_id"]
    building = place.buildings["id"].map(of_building)
    cluster = place.buildings["cluster_id"].map(of_cluster)
    own = building.where(rng.random(len(building)) < 0.6, cluster).fillna(cluster)
    brand = pd.Series(own.to_numpy(object)[made["building"]])
    founded = pd.to_datetime(brand.map(hosts.brands.set_index("id")["founded"]))
    begun = (founded <= made["day"]).to_numpy()
    return brand.astype(object).where(begun & (rng.random(len(brand)) < 0.42), None)


def _stations(
    rng: np.random.Generator, made: pd.DataFrame, place: Places, hosts: Hosts
) -> pd.Series:
    stations = hosts.organisations[hosts.organisations["kind"] == "工作站"]
    stations = stations[stations["closed"].isna()].set_index("id")["founded"]
    id_ = pd.Series("ws-" + place.buildings["id"].to_numpy(object)[made["building"]])
    founded = pd.to_datetime(id_.map(stations))
    hosted = (founded <= made["day"]).to_numpy() & (rng.random(len(id_)) < 0.5)
    return id_.astype(object).where(hosted, None)


def _places(rng: np.random.Generator, made: pd.DataFrame, place: Places) -> pd.DataFrame:
    known = made[rng.random(len(made)) >= WITHOUT_PLACE]
    joint = known[rng.random(len(known)) < JOINT]
    beside = np.where(joint["building"] % 4 < 3, joint["building"] + 1, joint["building"] - 1)
    beside = np.clip(beside, 0, len(place.buildings) - 1)
    rows = pd.concat([known, joint.assign(building=beside)])[["id", "building"]].drop_duplicates()
    ids = place.buildings["id"].to_numpy(object)[rows["building"]]
    space = np.where(rng.random(len(rows)) < 0.7, ids + "-s1", None)
    return pd.DataFrame({"activity_id": rows["id"], "building_id": ids, "space_id": space})


def _came(
    rng: np.random.Generator, made: pd.DataFrame, here: pd.DataFrame, place: Places
) -> pd.DataFrame:
    """Activity row and student: mostly residents, the keen ones again and again."""
    listed = np.flatnonzero(rng.random(len(made)) >= WITHOUT_LIST)
    size = rng.lognormal(3.1, 0.55, len(listed)) * (len(here) / 20_000) ** 0.3
    size = size * np.where(made["festival"].notna().to_numpy()[listed], 3.5, 1.0)
    activity = np.repeat(listed, np.maximum(size, 4).astype(np.int64))
    mixed = here.iloc[rng.permutation(len(here))]
    residents = Runs.of(building_of(mixed, place), mixed["s"].to_numpy(), len(place.buildings))
    own = residents.one_of(made["building"].to_numpy()[activity], rng.random(len(activity)) ** 1.9)
    anyone = mixed["s"].to_numpy()[(rng.random(len(activity)) ** 1.9 * len(mixed)).astype(np.int64)]
    student = np.where(rng.random(len(activity)) < FROM_ELSEWHERE, anyone, own)
    return pd.DataFrame({"at": activity, "s": student}).drop_duplicates().sort_values(["at", "s"])


def _attendance_table(
    rng: np.random.Generator, came: pd.DataFrame, made: pd.DataFrame, crowd: People
) -> pd.DataFrame:
    start = made["day"].to_numpy().astype("datetime64[s]") + made["start"].to_numpy().astype(
        "timedelta64[m]"
    )
    signed = start[came["at"]] + rng.integers(-600, 900, len(came)).astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "activity_id": made["id"].to_numpy()[came["at"]],
            "student_id": pd.Categorical.from_codes(came["s"], crowd.students["id"]),
            "signed": pd.Series(signed).mask(rng.random(len(came)) < 0.3),
        }
    )


def _feedback(
    rng: np.random.Generator, came: pd.DataFrame, made: pd.DataFrame, crowd: People, first: int
) -> pd.DataFrame:
    """One in six answers, two in three of them without a name."""
    asked = came[rng.random(len(came)) < 0.17]
    mood = rng.normal(4.25, 0.3, len(made))[asked["at"]]
    named = np.where(rng.random(len(asked)) < 0.34, asked["s"], -1)
    ended = made["day"].to_numpy().astype("datetime64[s]") + made["end"].to_numpy().astype(
        "timedelta64[m]"
    )
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
