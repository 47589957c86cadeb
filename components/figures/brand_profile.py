"""One brand in charts: its sessions week by week, the colleges it reached, opinions by term."""

from typing import Any

import pandas as pd

from components.brand_words import answers, missing, pick_one
from components.figures.base import Figure, axis, blank, figure
from components.figures.cells import heat, names, small
from components.figures.palette import ACCENT, INK
from components.forces_words import people
from data.locale.translate import t
from queries.brand_profile import NO_COLLEGE
from queries.fact import SMALL
from queries.filters import Filters
from queries.metric import Metric

ROW, HEAD, BAR = 52, 64, 30
APART = "#9aa5ae"
LOWEST, HIGHEST = 1, 5


def week_cells(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """Terms down, weeks across, the first teaching week of each beneath that of the others."""
    if df.empty:
        return blank(pick_one())
    terms, weeks = list(dict.fromkeys(df["term"])), sorted(set(df["week"]))
    said = dict(zip(df["term"], df["term_name"], strict=True))
    sums = df.groupby("term")["sessions"].sum()
    at = {(row.term, row.week): row for row in df.itertuples()}
    grid = [[at.get((term, week)) for week in weeks] for term in terms]
    trace = heat(
        [],
        z=[[None if cell is None else cell.sessions for cell in row] for row in grid],
        text=[[_mark(cell) for cell in row] for row in grid],
        hovertext=[["" if cell is None else _week(cell) for cell in row] for row in grid],
        x=list(range(len(weeks))),
        y=list(range(len(terms))),
    )
    heads = [str(week) if week > 0 else "–" for week in weeks]
    sides = [
        f"{_parted(said[term])}<br>{small(t('{count} 场', count=int(sums[term])))}"
        for term in terms
    ]
    return figure(
        [trace | {"xgap": 2, "ygap": 2, "textfont": {"size": 12, "color": INK}}],
        height=HEAD + ROW * len(terms),
        xaxis=names(heads, list(range(len(weeks))), side="top"),
        yaxis=names(sides, list(range(len(terms))), autorange="reversed"),
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        meta={"paper": 190 + 30 * len(weeks)},
        hovermode="closest",
        dragmode=False,
    )


def _parted(term: str) -> str:
    """A term's name on two lines, the academic year above."""
    return term.replace("学年", "学年<br>", 1)


def _mark(cell: Any) -> str:
    """The count; a point in a teaching week without any."""
    if cell is None:
        return ""
    return str(cell.sessions) if cell.sessions else "·" if cell.teaching else ""


def _week(cell: Any) -> str:
    said = t("没有活动")
    if cell.sessions:
        who = people(cell.attended, cell.recorded, cell.sessions)
        said = t("{count} 场，{people}", count=cell.sessions, people=who)
    return f"<b>{cell.term_name}</b><br>{t('{day} 起的一周', day=cell.starts)}<br>{said}"


def college_bars(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """People by college, most on top; small colleges as one, in grey."""
    if df.empty:
        return blank(t("本学期还没有参与名单，谁来过无从知道"))
    shares = df["people"] / df["total"]
    said = [f"{n:,}（{s:.1%}）" for n, s in zip(df["people"], shares, strict=True)]
    ours = (SMALL, NO_COLLEGE)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [t(str(name)) if name in ours else str(name) for name in df["college"]],
        "x": df["people"].tolist(),
        "text": said,
        "textposition": "outside",
        "cliponaxis": False,
        "outsidetextfont": {"color": INK},
        "hoverinfo": "y+text",
        "marker": {"color": [APART if name in ours else ACCENT for name in df["college"]]},
    }
    return figure(
        [bars],
        height=24 + BAR * max(len(df), 3),
        xaxis=axis(
            range=[0, int(df["people"].max()) * 1.6],
            fixedrange=True,
            showticklabels=False,
            showgrid=False,
        ),
        yaxis=axis(autorange="reversed", showgrid=False, fixedrange=True, dtick=1),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0.25,
    )


def score_marks(df: pd.DataFrame, _: Metric, __: Filters) -> Figure:
    """The mean of the answers of each term with its 95 % interval; a term without any has none."""
    if df.empty:
        return blank(pick_one())
    if not df["answers"].sum():
        return blank(t("各学期都没有反馈"))
    known = df[[not missing(score) for score in df["score"]]]
    ends = known[["score_low", "score_high"]].astype(float)
    above = (ends["score_high"] - known["score"]).fillna(0).tolist()
    below = (known["score"] - ends["score_low"]).fillna(0).tolist()
    places = list(range(len(df)))
    marks = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [place for place, row in zip(places, df["score"], strict=True) if not missing(row)],
        "y": known["score"].tolist(),
        "text": [f"  {score:.2f}" for score in known["score"]],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": INK},
        "marker": {"size": 11, "color": ACCENT, "line": {"width": 1, "color": INK}},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": above,
            "arrayminus": below,
            "color": ACCENT,
            "thickness": 2,
        },
        "hovertext": [
            f"<b>{row.term_name}</b><br>{row.score:.2f}，{answers(row)}"
            for row in known.itertuples()
        ],
        "hoverinfo": "text",
    }
    counts = [t("{count} 份反馈", count=int(n)) if n else t("没有反馈") for n in df["answers"]]
    heads = [
        f"{_parted(name)}<br>{small(said)}"
        for name, said in zip(df["term_name"], counts, strict=True)
    ]
    return figure(
        [marks],
        xaxis=names(heads, places, range=[-0.5, len(df) - 0.5]),
        yaxis=axis(range=[LOWEST - 0.1, HIGHEST + 0.1], dtick=1, fixedrange=True),
        margin={"l": 8, "r": 8, "t": 8, "b": 60},
        hovermode="closest",
    )
