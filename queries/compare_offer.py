"""What can be compared: units by peer group and measures by policy work, with what is chosen."""

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from data.errors import InvalidFilter
from queries.compare_change import EARLIER, earlier_day
from queries.compare_choice import MEASURES, Choice, read
from queries.filters import Filters

UNIT, MEASURE = "unit", "measure"
WORKS = {
    "/map": "党团组织覆盖",
    "/party": "先锋矩阵",
    "/counselors": "44023",
    "/forces": "力量下沉",
    "/activities": "活动品牌",
    "/": "六型社区",
    "/development": "空间与服务",
    "/participation": "学生参与",
}
"""The work a measure belongs to, by the page it stands on."""
OFFER = ["kind", "part", "work", "key", "name", "chosen", "funnel", "problem", "asked"]


def offered(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit the viewer may choose and per measure: OFFER. `part` is UNIT or MEASURE,
    `work` the peer group or the work it belongs to, `chosen` 1 where it is compared, `funnel` 1 for
    the measure all units are held against. Where the choice cannot be, `problem` says why (a key of
    REFUSALS, or a sentence's own of the earlier day) and `asked` of what; the usual is marked."""
    choice, fault = read(conn, filters, viewer)
    if choice is None:
        return pd.DataFrame([], columns=OFFER)
    problem, asked = fault or _against(conn, filters, choice)
    head = {"kind": choice.kind, "problem": problem, "asked": asked}
    return pd.DataFrame(
        [head | row for row in [*_units(choice), *_measures(choice)]], columns=OFFER
    )


def _against(conn: Connection, filters: Filters, choice: Choice) -> tuple[str, str]:
    if filters.against in EARLIER:
        return "", ""
    try:
        earlier_day(conn, filters, choice.period.last)
    except InvalidFilter:
        return "against", filters.against
    return "", ""


def _units(choice: Choice) -> list[dict[str, object]]:
    return [
        {
            "part": UNIT,
            "work": row.peer_group,
            "key": row.unit_id,
            "name": row.unit,
            "chosen": int(row.unit_id in choice.chosen),
            "funnel": 0,
        }
        for row in choice.visible.itertuples()
    ]


def _measures(choice: Choice) -> list[dict[str, object]]:
    return [
        {
            "part": MEASURE,
            "work": WORKS[metric.page],
            "key": metric.key,
            "name": metric.name,
            "chosen": int(metric in choice.measures),
            "funnel": int(metric == choice.funnel),
        }
        for metric in MEASURES.values()
    ]
