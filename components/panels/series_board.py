"""Every weekly series as a small line: a row a college or building, a column a measure."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html

from components.figures.palette import ACCENT, TARGET
from components.panels.links import address
from components.panels.rosters import table
from data.locale.translate import t
from queries.control import RULES
from queries.filters import Filters
from queries.metric import Metric
from queries.series import BUILDING, BY_MEASURE, COLLEGE, MEASURES, SUBJECTS, UNIVERSITY

WIDTH, HEIGHT = 120, 28
HEADS = {UNIVERSITY: "全校", COLLEGE: "学院", BUILDING: "楼宇"}


def series_board(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """Colleges first, then buildings; a cell leads to its control chart."""
    if df.empty:
        return html.P(t("本学期还没有完整的教学周。"), className="empty")
    parts = []
    for subject in SUBJECTS:
        rows = df[df["subject"] == subject]
        if len(rows):
            parts += [
                html.H3(t(HEADS[subject])),
                _table(rows, filters),
            ]
    return html.Div(parts, className="series-board")


def _table(rows: pd.DataFrame, filters: Filters) -> Any:
    shown = [measure for measure in MEASURES if measure.key in set(rows["measure"])]
    head = [t("名称"), *(t(measure.name) for measure in shown)]
    body = []
    for _, cells in rows.groupby("subject_id", sort=False):
        by_measure = {row.measure: row for row in cells.itertuples()}
        first = html.Td(str(cells.iloc[0]["name"]))
        body.append(html.Tr([first, *(_cell(by_measure.get(m.key), filters) for m in shown)]))
    return table(head, body, t("全部序列"))


def _cell(row: Any, filters: Filters) -> html.Td:
    if row is None:
        return html.Td("—")
    measure = BY_MEASURE[row.measure]
    link = f"/warnings{replace(address(filters), series=row.series).search}#title-control_chart"
    rules = t("；").join(t(RULES[rule]) for rule in row.warned)
    marked = html.Span("◆", className="warned", title=rules) if rules else None
    few = "" if row.judged else html.Span(t("太少，不判断"), className="muted few")
    said = f"{row.name} {t(measure.name)} {measure.show(row.latest)}"
    shown = [_line(row, said), html.Span(measure.show(row.latest)), marked, few]
    return html.Td(html.A(shown, href=link, className="series-cell"))


def _line(row: Any, said: str) -> html.Img:
    """The weeks as a line, the centre as a dashed one; an image, so that it costs no chart."""
    known = [v for v in row.points if v is not None and not pd.isna(v)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    scale = (HEIGHT - 6) / (high - low) if high > low else 0.0

    def y(value: float) -> float:
        return HEIGHT - 3 - (value - low) * scale

    step = WIDTH / max(len(row.points) - 1, 1)
    path, pen = [], "M"
    for place, value in enumerate(row.points):
        if value is None or pd.isna(value):
            pen = "M"
            continue
        path.append(f"{pen}{place * step:.1f} {y(value):.1f}")
        pen = "L"
    middle = min(max(y(row.centre), 1), HEIGHT - 1) if known else HEIGHT / 2
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="M0 {middle:.1f}H{WIDTH}" stroke="{TARGET}" stroke-width="1" '
        f'stroke-dasharray="3 3"/><path d="{"".join(path)}" fill="none" stroke="{ACCENT}" '
        f'stroke-width="2"/></svg>'
    )
    return html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt=said, className="series-line")
