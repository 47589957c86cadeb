"""How far ranks are to be trusted: how much the weights are varied, and per peer group what can be
told apart and who stands within the uncertainty of the award's places."""

from dataclasses import replace

import pandas as pd
from dash import html

from components.panels.links import address
from components.panels.ranking import PAGE, nothing_to_see
from components.panels.rosters import table
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.trial import SPREAD_NAMES, SPREADS, USUAL, chosen_spread


def standing(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """The choice on top, then a line for each peer group."""
    if df.empty:
        return html.P(nothing_to_see(), className="empty")
    heads = [t("同类组"), t("分得开的段数"), t("第 1 段"), t("名额"), t("在名额线的不确定范围内")]
    body = [_group(str(name), rows) for name, rows in df.groupby("peer_group", sort=False)]
    return html.Div([_choice(filters), table(heads, body, t("分得开的段数"))], className="standing")


def _choice(filters: Filters) -> html.Div:
    """Each spread as a link, with what it means in points."""
    chosen = chosen_spread(filters)
    links = [
        html.A(
            _spread(key),
            href=f"{PAGE}{_with(filters, key).search}#title-standing",
            className="chip",
            **({"aria-current": "true"} if key == chosen else {}),
        )
        for key in SPREADS
    ]
    return html.Div([html.B(t("权重变动")), *links], className="choice-row", role="group")


def _spread(key: str) -> str:
    name = t(SPREAD_NAMES[key])
    if not SPREADS[key]:
        return name
    return t("{name}（10 分的指标 ±{points} 分）", name=name, points=f"{SPREADS[key]:g}")


def _with(filters: Filters, spread: str) -> Filters:
    return replace(address(filters), spread="" if spread == USUAL else spread)


def _group(name: str, rows: pd.DataFrame) -> html.Tr:
    first = rows[rows["band"] == rows["band"].min()]["unit"].tolist()
    near = rows[rows["near"].astype(bool)]
    said = "、".join(
        t("{unit}（{share}）", unit=row.unit, share=f"{row.inside:.0%}")
        for row in near.itertuples()
    )
    places = int(rows["places"].iloc[0])
    return html.Tr(
        [
            html.Td(t("{group}（{count} 个）", group=t(name), count=int(rows["of"].max()))),
            html.Td(int(rows["band"].nunique()), className="num"),
            html.Td("、".join(first)),
            html.Td(places or "—", className="num"),
            html.Td(said or (t("没有") if places else "—")),
        ]
    )
