"""A list as a picture: what PNG and SVG hold for blocks that are real text on the page."""

import pandas as pd

from components.block import Block
from components.figures.base import Figure, blank, figure
from components.figures.palette import INK, LINE
from components.tables import cell, values
from data.locale.translate import t

ROW, MOST = 28, 60


def listing(df: pd.DataFrame, block: Block) -> Figure:
    """The block's table, at most 60 rows; files with all rows are CSV and Excel."""
    if df.empty:
        return blank(t("没有数据"))
    shown = df.head(MOST)
    columns = [[cell(v, c.kind) for v in values(shown, c)] for c in block.columns]
    widths = [max(4, *(_width(v) for v in column)) for column in columns]
    table = {
        "type": "table",
        "columnwidth": widths,
        "header": {
            "values": [f"<b>{t(c.heading)}</b>" for c in block.columns],
            "align": "left",
            "fill": {"color": "#eef1f4"},
            "line": {"color": LINE},
            "font": {"color": INK, "size": 13},
            "height": ROW,
        },
        "cells": {
            "values": columns,
            "align": "left",
            "fill": {"color": "#ffffff"},
            "line": {"color": LINE},
            "font": {"color": INK, "size": 13},
            "height": ROW,
        },
    }
    height = ROW * (len(shown) + 2) + 24
    return figure([table], margin={"l": 8, "r": 8, "t": 8, "b": 8}, height=height)


def _width(text: str) -> int:
    """A Chinese character is as wide as two Latin ones."""
    return min(40, sum(2 if ord(c) > 0x2E80 else 1 for c in text))
