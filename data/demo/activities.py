"""Community activities with the season in them, and the brands and hosts behind them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo import changes
from data.demo.colleges import COLLEGES, college_then
from data.demo.diary import CLOCK
from data.demo.draws import Floats, Objects, draws, known
from data.demo.people import People
from data.demo.places import Places
from data.demo.terms import TermDates
from data.demo.turnout import attendance_frame, feedback_frame, turnout
from data.models.activity import COMMUNITY_TYPES, FIELDS, THEMES

PER_BUILDING = 15  # activities in a whole term
WITHOUT_PLACE, WITHOUT_LABELS, JOINT = 0.05, 0.06, 0.12
OWN_BRAND, CLUSTER_BRAND = 0.28, 0.18  # shares of activities that belong to a brand
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
    vigour *= place.buildings["id"].map(changes.LIVELY).fillna(1.0).to_numpy(float)
    keen = draws(seed, "keen").random(len(crowd.students))
    first, reviews = 1, 1
    for number, dates in enumerate(terms):
        rng = draws(seed, "activities", dates.id)
        here = slices[(slices["term"] == number) & (slices["room"] >= 0)].drop_duplicates("s")
        made = _held(seed, _activities(rng, dates, vigour), place, dates, first)
        first += len(made)
        yield "activity", _activity_table(rng, made, place, hosts, dates)
        yield "activity_place", _places(rng, made, place)
        keenest = here.iloc[np.argsort(keen[here["s"]])]
        came = turnout(rng, made, keenest, place)
        yield "attendance", attendance_frame(rng, came, made, crowd)
        opinions = feedback_frame(rng, came, made, crowd, reviews)
        reviews += len(opinions)
        yield "feedback", opinions


def _held(
    seed: int, made: pd.DataFrame, place: Places, dates: TermDates, first: int
) -> pd.DataFrame:
    """Those that take place, numbered on from `first`: one building gives it up in mid-term."""
    building = place.buildings["id"].to_numpy(object)[made["building"]]
    share = changes.times(
        changes.ACTIVITIES, changes.BUILDING, building, made["day"].to_numpy(), dates
    )
    held = made[changes.kept(draws(seed, "activities given up", dates.id), share)]
    held = held.reset_index(drop=True)
    return held.assign(id=np.arange(first, first + len(held)))


def _activities(rng: np.random.Generator, dates: TermDates, vigour: Floats) -> pd.DataFrame:
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
            "starts": known(timed, CLOCK[made["start"]]),
            "ends": known(timed, CLOCK[made["end"]]),
            "brand_id": _brands(rng, made, place, hosts),
            "group_id": _some(rng, hosts.groups[hosts.groups["closed"].isna()]["id"], count, 0.25),
            "organisation_id": _stations(rng, made, place, hosts),
            "college_id": college_then(college, dates.starts).where(rng.random(count) < 0.5, None),
            "theme": known(labelled, theme),
            "field": known(labelled, np.array(FIELDS, dtype=object)[field]),
            "community_type": known(labelled, np.array(COMMUNITY_TYPES, dtype=object)[kind]),
            "festival": made["festival"],
            "cost": np.where(
                rng.random(count) < 0.4, np.round(rng.gamma(2, 150, count), 0), np.nan
            ),
        }
    )


def _some(rng: np.random.Generator, ids: pd.Series, count: int, share: float) -> Objects:
    return known(rng.random(count) < share, rng.choice(ids.to_numpy(object), count))


def _brands(rng: np.random.Generator, made: pd.DataFrame, place: Places, hosts: Hosts) -> Objects:
    """The brand of the building or of its cluster, by whoever owned it on the day."""
    luck = rng.random(len(made))
    building = place.buildings["id"].to_numpy(object)[made["building"]]
    cluster = place.buildings["cluster_id"].to_numpy(object)[made["building"]]
    brand = np.full(len(made), None, dtype=object)
    for owner in hosts.owners.itertuples():
        mine = (building == owner.building_id) & (luck < OWN_BRAND)
        mine |= (cluster == owner.cluster_id) & (luck > 1 - CLUSTER_BRAND)
        mine &= (made["day"] >= pd.Timestamp(owner.starts)).to_numpy()
        if pd.notna(owner.ends):
            mine &= (made["day"] <= pd.Timestamp(owner.ends)).to_numpy()
        brand[mine] = owner.brand_id
    return brand


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
    placed = made[rng.random(len(made)) >= WITHOUT_PLACE]
    joint = placed[rng.random(len(placed)) < JOINT]
    beside = np.where(joint["building"] % 4 < 3, joint["building"] + 1, joint["building"] - 1)
    beside = np.clip(beside, 0, len(place.buildings) - 1)
    rows = pd.concat([placed, joint.assign(building=beside)])[["id", "building"]].drop_duplicates()
    ids = place.buildings["id"].to_numpy(object)[rows["building"]]
    space = known(rng.random(len(rows)) < 0.7, ids + "-s1")
    return pd.DataFrame({"activity_id": rows["id"], "building_id": ids, "space_id": space})
