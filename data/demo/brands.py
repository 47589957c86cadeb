"""Brands of clusters and buildings with their owners, and the student groups of the community."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.draws import draws
from data.demo.people import People
from data.demo.sites import CLUSTERS, SITES, building_names
from data.demo.terms import TODAY, TermDates
from data.models.activity import COMMUNITY_TYPES, GROUP_KINDS

CLUSTER_BRANDS = {
    "taoyuan": "桃李讲堂",
    "songyuan": "松风晨跑",
    "xingyuan": "杏坛互助",
    "zhuyuan": "竹韵书声",
    "meiyuan": "梅香年华",
    "yanyuan": "研途有光",
    "beiyuan": "北苑学术下午茶",
    "nanyuan": "南苑清风",
    "dongyuan": "东苑邻里节",
}
BUILDING_BRANDS = (
    "灯下书屋", "一平米花园", "楼道美术馆", "周三夜跑", "安全小课堂", "缝补小站", "棋逢对手",
    "英语角", "红色放映厅", "邻里厨房", "清晨朗读", "心语信箱", "旧书漂流", "寝室改造营",
    "篮球三人行", "数学茶座", "机器人工坊", "口琴社区", "光影走廊", "节能一小时", "家乡味道",
    "毕业生跳蚤集",
)  # fmt: skip
UNIVERSITY_BRANDS = ("芳菲四季社区行", "社区文化节", "朋辈领航计划")
MOVED_BRAND, MOVED_FROM, MOVED_TO, MOVED_ON = "b-tao4", "tao4", "tao5", date(2026, 3, 16)
GROUP_NAMES = {
    "社团": ("吉他社", "书法社", "羽毛球社", "天文社", "读书会", "摄影社", "话剧社", "轮滑社"),
    "勤工助学": ("社区服务岗", "图书角管理岗", "自习室管理岗", "打印服务岗"),
    "朋辈互助": ("学业帮扶队", "新生导航队", "心理委员联盟", "考研互助组"),
    "科研共同体": ("智慧矿山小组", "低碳能源小组", "遥感观测小组", "机器学习小组"),
    "就业创业共同体": ("简历门诊", "模拟面试团", "创业沙龙"),
    "团学共同体": ("社区学生会", "宿管会", "楼宇自管会", "志愿者服务队"),
}
USUAL_MEMBERS = 0.006  # share of all students in one group


def brand_tables(seed: int, terms: tuple[TermDates, ...]) -> dict[str, pd.DataFrame]:
    """Brands with their owners by date; one moved house, one was given up."""
    rng = draws(seed, "brands")
    rows: list[tuple[str, str, str, date, date | None]] = []
    owners: list[tuple[str, str | None, str | None, date, date | None]] = []
    for cluster, *_ in CLUSTERS:
        founded = terms[0].starts + timedelta(days=int(rng.integers(-700, 60)))
        rows.append((f"b-{cluster}", CLUSTER_BRANDS[cluster], "一苑一品", founded, None))
        owners.append((f"b-{cluster}", cluster, None, founded, None))
    for number, name in enumerate(BUILDING_BRANDS):
        site = SITES[(number * 3) % len(SITES)]
        founded = terms[0].starts + timedelta(days=int(rng.integers(-500, 80)))
        closed = date(2026, 6, 30) if number == 11 else None
        id_ = f"b-{site.id}"
        rows.append((id_, f"{building_names(site)[0]}·{name}", "一楼一品", founded, closed))
        moved = MOVED_ON - timedelta(days=1) if id_ == MOVED_BRAND else closed
        owners.append((id_, None, site.id, min(founded, date(2025, 9, 1)), moved))
    owners.append((MOVED_BRAND, None, MOVED_TO, MOVED_ON, None))
    rows += [
        (f"b-u{n}", name, "校级", terms[0].starts, None)
        for n, name in enumerate(UNIVERSITY_BRANDS, 1)
    ]
    brands = pd.DataFrame(rows, columns=["id", "name", "level", "founded", "closed"])
    brands["community_type"] = np.resize(np.array(COMMUNITY_TYPES, dtype=object), len(brands))
    columns = ["brand_id", "cluster_id", "building_id", "starts", "ends"]
    return {"brand": brands, "brand_owner": pd.DataFrame(owners, columns=columns)}


def group_tables(
    seed: int, crowd: People, slices: pd.DataFrame, terms: tuple[TermDates, ...]
) -> dict[str, pd.DataFrame]:
    """Student groups, and members who join in autumn and mostly leave when they graduate."""
    rng = draws(seed, "groups")
    rows = [
        (f"g-{kind_number}{number:02d}", name, kind)
        for kind_number, kind in enumerate(GROUP_KINDS, 1)
        for number, name in enumerate(GROUP_NAMES[kind], 1)
    ]
    groups = pd.DataFrame(rows, columns=["id", "name", "kind"])
    groups["founded"] = terms[0].starts - timedelta(days=365)
    groups["closed"] = [date(2026, 7, 1) if id_ == "g-108" else None for id_ in groups["id"]]
    spans = slices.groupby("s").agg(first=("term", "min"), last=("term", "max"))
    frames = [_members(rng, group, spans, terms) for group in groups["id"]]
    return {
        "student_group": groups,
        "student_group_member": pd.concat(frames, ignore_index=True)
        .assign(student_id=lambda f: pd.Categorical.from_codes(f["s"], crowd.students["id"]))
        .drop(columns="s"),
    }


def _members(
    rng: np.random.Generator, group: str, spans: pd.DataFrame, terms: tuple[TermDates, ...]
) -> pd.DataFrame:
    size = max(3, int(len(spans) * USUAL_MEMBERS * rng.gamma(2, 0.5)))
    joined = spans.iloc[np.sort(rng.choice(len(spans), min(size, len(spans)), replace=False))]
    starts = np.array([t.starts for t in terms], dtype="datetime64[D]")[joined["first"]]
    starts = starts + rng.integers(10, 60, len(joined))
    ends = np.array([t.ends for t in terms], dtype="datetime64[D]")[joined["last"]]
    stays = (joined["last"] == len(terms) - 1).to_numpy()
    ends = np.where(stays, np.datetime64("NaT", "D"), ends)
    rows = pd.DataFrame({"group_id": group, "s": joined.index, "starts": starts, "ends": ends})
    return rows[rows["starts"] <= pd.Timestamp(TODAY)]
