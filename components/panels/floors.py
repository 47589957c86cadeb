"""Inside a building: floors one above another as they stand, rooms as tiles, people of a room."""

from typing import Any

import pandas as pd
from dash import html

from components.icons import icon
from components.panels.links import drill
from components.panels.scrolling import rows_table, scrolling
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric

STATE_CSS = {"覆盖": "covered", "缺口": "gap", "不要求": "exempt", "空": "vacant"}
STATE_ICON = {
    "覆盖": "check-circle-fill",
    "缺口": "exclamation-triangle-fill",
    "不要求": "dash-circle",
}
AREA_COLOURS = 8


def floor_stack(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """One row a level, top floor first; a building's wings stand beside each other."""
    if df.empty:
        return html.P(t("这栋楼还没有楼层数据"), className="empty")
    unplaced = df[df["floor_id"] == ""]
    df = df[df["floor_id"] != ""]
    wings = sorted(df["wing"].unique())
    cells = {(row.level, row.wing): row for row in df.itertuples()}
    rows = []
    for level in sorted(df["level"].unique(), reverse=True):
        rows.append(html.Div(f"{level}F", className="level"))
        rows += [_floor(cells.get((level, wing)), filters) for wing in wings]
    rows += [_unplaced(row) for row in unplaced.itertuples()]
    stack = html.Div(rows, className="stack", style={"--wings": len(wings)})
    return scrolling(stack, t("楼层分布"))


def _floor(row: Any, filters: Filters) -> Any:
    if row is None:
        return html.Div(className="floor absent")
    if not row.residential:
        return html.Div([html.B(row.floor), html.Span(t("非住宿层"))], className="floor public")
    state = row.state if isinstance(row.state, str) else "缺口"
    lines = [
        html.Span([html.B(row.floor), _badge(state)], className="floor-head"),
        html.Span(_branch(row, state)),
        html.Span(_leader(row)),
        html.Span(_counts(row), className="floor-counts"),
    ]
    return drill(lines, filters, "floor", row.floor_id, className=f"floor {STATE_CSS[state]}")


def _unplaced(row: Any) -> html.Div:
    """Rooms whose code gives no floor: in the building's totals, on no floor."""
    said = t("房间号不能解析出楼层，请数据管理员核对编码规则")
    lines = [html.B(t(row.floor)), html.Span(said), html.Span(_counts(row))]
    return html.Div(lines, className="floor unplaced")


def _badge(state: str) -> html.Span:
    return html.Span([icon(STATE_ICON[state]), t(state)], className="state")


def _branch(row: Any, state: str) -> str:
    if isinstance(row.branch, str):
        return row.branch
    return t("不要求设组织") if state == "不要求" else t("没有党支部或党小组")


def _leader(row: Any) -> str:
    if row.leader_state != "覆盖":
        return t("层长：空缺")
    return t("层长：{name}", name=row.leader if isinstance(row.leader, str) else t("在任"))


def _counts(row: Any) -> str:
    rooms = "—" if pd.isna(row.rooms) else f"{int(row.rooms_in_charge)}/{int(row.rooms)}"
    plates = "—" if pd.isna(row.member_rooms) else f"{int(row.plates)}/{int(row.member_rooms)}"
    people = 0 if pd.isna(row.residents) else int(row.residents)
    return t(
        "责任区 {rooms} · 亮牌 {plates} · 居住 {people} 人",
        rooms=rooms,
        plates=plates,
        people=people,
    )


def room_tiles(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Rooms as tiles: the area by colour and name, the gap by pattern and word."""
    if df.empty:
        return html.P(t("这一层还没有房间数据"), className="empty")
    areas = {name: i for i, name in enumerate(sorted(df["area"].dropna().unique()))}
    return html.Div(
        [
            html.Div([_room(row, areas, filters) for row in df.itertuples()], className="tiles"),
            _area_legend(areas),
        ]
    )


def _room(row: Any, areas: dict[str, int], filters: Filters) -> html.A:
    area = row.area if isinstance(row.area, str) else None
    tone = f"area-{areas[area] % AREA_COLOURS}" if area else STATE_CSS[row.state]
    lines = [
        html.B(row.room),
        html.Span(t("{people}/{beds} 人", people=row.residents, beds=row.beds)),
        html.Span(
            area or (t("空房") if row.state == "空" else t("无责任区")), className="room-area"
        ),
    ]
    party = _party(row)
    if party:
        lines.append(html.Span(party, className="room-party"))
    return drill(
        lines,
        filters,
        "room",
        row.room_id,
        className=f"room {tone}",
        **{"aria-current": "true" if row.room_id == filters.room else "false"},
    )


def _party(row: Any) -> str:
    """Only of students the viewer may see; nothing is said of others."""
    if pd.isna(row.members):
        return ""
    if not row.members:
        return t("积极分子等 {count}", count=int(row.roster)) if row.roster else ""
    plate = t("已亮牌") if row.plate == "覆盖" else t("未亮牌")
    return t("党员 {count} · {plate}", count=int(row.members), plate=plate)


def _area_legend(areas: dict[str, int]) -> html.Ul:
    return html.Ul(
        [
            html.Li([html.Span(className=f"swatch area-{i % AREA_COLOURS}"), name])
            for name, i in areas.items()
        ],
        className="area-legend",
    )


def resident_list(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Who lives in the room, for those who may know."""
    if df.empty:
        return html.P(t("没有居住人员，或居住人员不在你的范围内。"), className="empty")
    head = [t("学号"), t("姓名"), t("学院"), t("年级"), t("政治面貌"), t("职务")]
    keys = ("student_id", "name", "college", "grade", "political_status", "duty")
    body = [
        html.Tr([html.Td("—" if pd.isna(getattr(row, k)) else str(getattr(row, k))) for k in keys])
        for row in df.itertuples()
    ]
    return html.Div(rows_table(head, body), className="scroll")
