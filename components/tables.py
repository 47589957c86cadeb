"""A block's frame as rows people read: for the grid, for files and for pictures alike."""

from typing import Any

import pandas as pd

from components.block import COUNT, DAY, FLAG, RATE, Block, Column
from data.locale.translate import t


def values(df: pd.DataFrame, column: Column) -> list[Any]:
    """A column's plain values: numbers unrounded, dates as text, None where there is no value."""
    if column.kind == RATE:
        return _rates(df)
    found = [None if pd.isna(v) else v for v in df[column.key]] if column.key in df else []
    if column.kind == FLAG:
        return [t("是") if v else t("否") for v in found]
    if column.kind == DAY:
        return [None if v is None else str(v)[:10] for v in found]
    if column.kind == COUNT:
        return [None if v is None else int(v) for v in found]
    return [None if v is None else t(str(v)) if _is_term(v) else str(v) for v in found]


def _is_term(value: object) -> bool:
    """Words of ours that have an English form; names of places and people stay as they are."""
    return value in TERMS


TERMS = frozenset(
    {
        *("覆盖", "缺口", "不要求", "空", "未归属", "学生社区党工委"),
        *("成立", "撤销", "层长上任", "层长离任", "党员层长"),
    }
)


def _rates(df: pd.DataFrame) -> list[float | None]:
    pairs = zip(df["numerator"], df["denominator"], strict=True)
    return [float(n) / float(d) if d and not pd.isna(d) else None for n, d in pairs]


def records(df: pd.DataFrame, block: Block) -> list[dict[str, Any]]:
    """Rows for the grid; `row_id`, the row's place in the frame, is all a client sends back."""
    columns = {c.key: values(df, c) for c in block.columns}
    return [
        {"row_id": str(i), **{k: v[i] for k, v in columns.items()}} for i in range(len(df.index))
    ]


def definitions(block: Block) -> list[dict[str, Any]]:
    """Column definitions of the grid."""
    return [_definition(c) for c in block.columns]


def _definition(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"field": column.key, "headerName": t(column.heading)}
    if column.kind == RATE:
        shown = "params.value == null ? '—' : d3.format('.1%')(params.value)"
        return made | {
            "type": "rightAligned",
            "valueFormatter": {"function": shown},
            "filter": "agNumberColumnFilter",
        }
    if column.kind == COUNT:
        shown = "params.value == null ? '—' : d3.format(',')(params.value)"
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
    if kind == RATE:
        return f"{value:.1%}"
    if kind == COUNT:
        return f"{value:,}"
    return str(value)
