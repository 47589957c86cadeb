"""What Party members show and do: identity, plates on doors, entries under the five leads."""

import numpy as np
import pandas as pd

from data.demo.career import MEMBER
from data.demo.draws import draws
from data.demo.places import Places
from data.demo.spells import spells
from data.demo.terms import TODAY, TermDates
from data.models.party import DISPLAY_IDENTITY, DISPLAY_PLATE, FIVE_LEADS

PLATE_STAYS = 0.1  # of those who moved out
USUAL_ENTRIES = (1.5, 1.1, 1.2, 0.5, 0.6)  # in a term, by lead
SUMMARIES = {
    "学习提高": ("组织宿舍理论学习", "参加主题党日并分享", "领学党的创新理论", "考研经验交流"),
    "联系学生": ("走访联系寝室", "与同学谈心谈话", "收集宿舍意见建议", "新生寝室结对"),
    "志愿服务": ("楼宇环境整治", "迎新志愿服务", "图书角值班", "垃圾分类引导"),
    "帮困助学": ("学业帮扶小组辅导", "高数答疑", "结对帮扶一名同学"),
    "遵纪守法": ("宿舍安全隐患自查", "反诈宣传进寝室", "文明用电倡议"),
}


def display_frame(
    seed: int, slices: pd.DataFrame, place: Places, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    """Identity shown by nearly all, plates by most; some plates stay after the member moved."""
    rng = draws(seed, "displays")
    member = (slices["rank"] >= MEMBER).to_numpy()
    nobody = np.zeros(len(slices), dtype=np.int64)
    shown = spells(slices, terms, keep=member, key=nobody).assign(kind=DISPLAY_IDENTITY)
    shown = shown[rng.random(len(shown)) < 0.92].assign(room_id=None)
    room = slices["room"].to_numpy()
    plates = spells(slices, terms, keep=member & (room >= 0), key=room)
    plates["room_id"] = place.rooms["id"].to_numpy(object)[plates["key"]]
    care = dict(
        zip(place.buildings["id"], rng.uniform(0.55, 0.96, len(place.buildings)), strict=True)
    )
    building = place.rooms["building_id"].to_numpy(object)[plates["key"]]
    plates = plates[rng.random(len(plates)) < pd.Series(building).map(care)]
    plates = plates.assign(kind=DISPLAY_PLATE)
    plates["until"] = plates["until"].mask(rng.random(len(plates)) < PLATE_STAYS)
    rows = pd.concat([shown, plates], ignore_index=True)
    rows["starts"] += pd.to_timedelta(rng.integers(2, 40, len(rows)), unit="D")
    kept = (rows["starts"] <= pd.Timestamp(TODAY)) & ~(rows["until"] < rows["starts"])
    rows = rows[kept].rename(columns={"until": "ends"}).drop(columns="key")
    return rows.drop_duplicates(["s", "kind", "starts"])


def five_lead_frame(seed: int, slices: pd.DataFrame, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    """Entries by Party members: a few lead in all five, many in one or two, some in none."""
    rng = draws(seed, "five leads")
    frames = []
    for number, term in enumerate(terms):
        mine = slices[(slices["term"] == number) & (slices["rank"] >= MEMBER)]
        members = mine.drop_duplicates("s")[["s"]].reset_index(drop=True)
        zeal = rng.gamma(1.1, 0.9, len(members)) * term.days / 150
        for lead, usual in zip(FIVE_LEADS, USUAL_ENTRIES, strict=True):
            count = rng.poisson(zeal * usual)
            rows = members.loc[members.index.repeat(count)].assign(lead=lead)
            rows["day"] = np.datetime64(term.starts, "D") + rng.integers(0, term.days, len(rows))
            rows["summary"] = rng.choice(np.array(SUMMARIES[lead], dtype=object), len(rows))
            rows["hours"] = rng.choice([0.5, 1.0, 1.0, 1.5, 2.0, 3.0], len(rows))
            frames.append(rows)
    entries = pd.concat(frames, ignore_index=True).sort_values(["day", "s"], kind="stable")
    member_since = slices[slices["rank"] >= MEMBER].groupby("s")["starts"].min()
    entries = entries[entries["day"] >= entries["s"].map(member_since)].reset_index(drop=True)
    return entries.assign(id=np.arange(1, len(entries) + 1))
