"""Public spaces by function, culture features, and the requests that students hand in."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.draws import draws
from data.demo.places import UPGRADED, Places
from data.demo.terms import TODAY, TermDates
from data.models.service import CHANNELS, SPACE_FUNCTIONS

SPACE_NAMES = {
    "思想引领": "党建活动室",
    "学习发展": "自习室",
    "交流互动": "交流空间",
    "文体活动": "健身角",
    "生活服务": "便民服务站",
}
FEATURES = (("党建墙", 0.7), ("文化墙", 0.6), ("文化走廊", 0.4))
REQUESTS_PER_STUDENT = 0.35  # in a whole term
CATEGORIES = (
    "宿舍报修",
    "学籍证明",
    "请假销假",
    "水电充值",
    "场地预约",
    "调宿申请",
    "心理预约",
    "其他",
)
CATEGORY_SHARE = (0.34, 0.12, 0.14, 0.12, 0.10, 0.05, 0.03, 0.10)
CHANNEL_SHARE = (0.34, 0.22, 0.12, 0.18, 0.14)


def space_tables(seed: int, place: Places) -> dict[str, pd.DataFrame]:
    """Every building has a room to meet; upgraded ones have all five functions."""
    rng = draws(seed, "spaces")
    spaces, features = [], []
    for building, name in place.buildings[["id", "name"]].itertuples(index=False):
        upgraded = UPGRADED.get(building)
        has = [f for f in SPACE_FUNCTIONS if upgraded or rng.random() < 0.6] or ["交流互动"]
        for number, function in enumerate(has, start=1):
            area = round(float(rng.gamma(6, 9)), 1)
            opened = upgraded if number > 2 else date(2022, 9, 1)
            closed = date(2026, 5, 31) if building == "zhu1" and number == 2 else None
            seats = int(area / 2.2) if function != "生活服务" else None
            title = f"{name}{SPACE_NAMES[function]}"
            spaces.append(
                (f"{building}-s{number}", building, title, function, area, seats, opened, closed)
            )
        floors = place.floors.loc[place.floors["building_id"] == building, "id"].to_list()
        for kind, share in FEATURES:
            if rng.random() < share:
                opened = upgraded or date(2023, 9, 1) + timedelta(days=int(rng.integers(0, 900)))
                floor = floors[int(rng.integers(len(floors)))] if kind == "文化走廊" else None
                features.append((building, floor, kind, f"{name}{kind}", opened))
    columns = ["id", "building_id", "name", "function", "area", "seats", "opened", "closed"]
    found = pd.DataFrame(spaces, columns=columns).astype({"seats": "Int64"})
    walls = pd.DataFrame(features, columns=["building_id", "floor_id", "kind", "name", "opened"])
    return {"space": found, "culture_feature": walls.assign(id=np.arange(1, len(walls) + 1))}


def request_frame(
    seed: int, place: Places, students: int, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """One row a request; finished later or still open, rated by some."""
    rng = draws(seed, "requests")
    moments = []
    for dates in terms:
        share = dates.days / ((dates.ends - dates.starts).days + 1)
        count = int(students * REQUESTS_PER_STUDENT * share)
        day = np.datetime64(dates.starts, "s") + rng.integers(
            0, dates.days, count
        ) * np.timedelta64(1, "D")
        hour = np.clip(rng.normal(14.5, 4, count), 0, 23.9)
        moments.append(day + (hour * 3600).astype("timedelta64[s]"))
    submitted = np.sort(np.concatenate(moments))
    count = len(submitted)
    channel = rng.choice(len(CHANNELS), count, p=CHANNEL_SHARE)
    slow = np.array([1.0, 1.2, 1.5, 0.4, 0.1])[channel]
    finished = submitted + (rng.gamma(1.2, 20, count) * slow * 3600).astype("timedelta64[s]")
    open_still = (rng.random(count) < 0.02) | (finished > np.datetime64(TODAY, "s"))
    rated = ~open_still & (rng.random(count) < 0.4)
    rating = pd.Series(np.clip(np.round(rng.normal(4.3, 0.9, count)), 1, 5)).astype("Int64")
    building = rng.integers(0, len(place.buildings), count)
    building[rng.random(count) < 0.2] = -1
    return pd.DataFrame(
        {
            "id": np.arange(1, count + 1),
            "channel": pd.Categorical.from_codes(channel, CHANNELS),
            "category": rng.choice(np.array(CATEGORIES, dtype=object), count, p=CATEGORY_SHARE),
            "building_id": pd.Categorical.from_codes(building, place.buildings["id"]),
            "submitted": submitted,
            "finished": pd.Series(finished).mask(open_still),
            "rating": rating.where(rated),
        }
    )
