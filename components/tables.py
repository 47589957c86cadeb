"""A block's frame as rows people read: for the grid, for files and for pictures alike."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from components.block import COUNT, DAY, FLAG, NUMBER, RATE, WORD, Block, Column
from data.locale.translate import t


def values(df: pd.DataFrame, column: Column) -> list[Any]:
    """A column's plain values: numbers unrounded, dates as text, None where there is no value."""
    if column.kind == RATE:
        return _rates(df)
    found = [None if pd.isna(v) else v for v in df[column.key]] if column.key in df else []
    if column.kind == FLAG:
        return [t("是") if v else t("否") for v in found]
    read = READ.get(column.kind, _text)
    return [None if v is None else read(v) for v in found]


def _text(value: object) -> str:
    return t(str(value)) if _is_term(value) else str(value)


READ: dict[str, Callable[[Any], Any]] = {
    DAY: lambda value: str(value)[:10],
    COUNT: int,
    NUMBER: float,
    WORD: t,
}


def _is_term(value: object) -> bool:
    """Words of ours that have an English form; names of places and people stay as they are."""
    return value in TERMS


TERMS = frozenset(
    {
        *("覆盖", "缺口", "不要求", "空", "未归属", "学生社区党工委"),
        *("成立", "撤销", "层长上任", "层长离任", "党员层长"),
        *("错误", "提醒", "学院", "楼宇工作组", "学生社区党工委办公室", "宿舍管理中心"),
        *("学生工作部", "研究生院", "教务部", "校团委"),
        *("中共党员", "预备党员", "发展对象", "入党积极分子"),
        *("学习提高", "联系学生", "志愿服务", "帮困助学", "遵纪守法"),
        *("空间", "组织", "合计", "其他楼宇的工作站", "没有上级组织的工作站"),
    }
)


def _rates(df: pd.DataFrame) -> list[float | None]:
    pairs = zip(df["numerator"], df["denominator"], strict=True)
    known = ((n, d) if d and not pd.isna(n) and not pd.isna(d) else None for n, d in pairs)
    return [float(pair[0]) / float(pair[1]) if pair else None for pair in known]


def records(df: pd.DataFrame, block: Block) -> list[dict[str, Any]]:
    """Rows for the grid; `row_id`, the row's place in the frame, is all a client sends back."""
    columns = {c.key: values(df, c) for c in block.columns}
    return [
        {"row_id": str(i), **{k: v[i] for k, v in columns.items()}} for i in range(len(df.index))
    ]


def definitions(block: Block) -> list[dict[str, Any]]:
    """Column definitions of the grid."""
    return [_definition(c) for c in block.columns]


IN_THE_GRID = {RATE: ".1%", COUNT: ",", NUMBER: ",.4~g"}
AS_TEXT = {RATE: ".1%", COUNT: ",", NUMBER: ",.4g"}
"""How numbers are written, for the grid and for Python."""


def _definition(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"field": column.key, "headerName": t(column.heading)}
    if column.kind in IN_THE_GRID:
        pattern = IN_THE_GRID[column.kind]
        shown = f"params.value == null ? '—' : d3.format('{pattern}')(params.value)"
        return made | {
            "type": "rightAligned",
            "valueFormatter": {"function": shown},
            "filter": "agNumberColumnFilter",
        }
    return made | {
        "valueFormatter": {"function": "params.value == null ? '—' : params.value"},
        "filter": "agTextColumnFilter",
    }


def cell(value: object, kind: str) -> str:
    """One value as text, the same in a picture, a list and a CSV file."""
    if value is None:
        return "—"
    return f"{value:{AS_TEXT[kind]}}" if kind in AS_TEXT else str(value)
