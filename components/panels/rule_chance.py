"""规则与偶然: which rules amplify noise, and how many points chance alone gives under each."""

from typing import Any

import pandas as pd
from dash import html

from components.icons import icon
from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.filters import Filters
from queries.metric import Metric
from queries.rule_chance import NO_CHANCE, NO_COUNTS, NOT_USED, RELATIVE_RULE, VOLUME

WHY = {
    NO_COUNTS: "没有分子分母，模拟不出偶然的幅度。",
    NO_CHANCE: "逐一清点的比例，没有抽样误差。",
}


def rule_chance_panel(df: pd.DataFrame, _: Metric, __: Filters) -> html.Div | html.P:
    """Cautions first, then the numbers behind them."""
    if df.empty:
        return html.P(nothing_to_warn_of(), className="empty")
    used, volume = df[df["use"] == RELATIVE_RULE], df[df["use"] == VOLUME]
    imagined = df[df["use"] == NOT_USED]
    parts: list[Any] = []
    if len(used):
        parts.append(_caution(t("下面的规则看别的单位：自己没变，分数也会变，偶然被放大。")))
        parts.append(_table(used))
    if len(volume):
        names = "、".join(t(name) for name in volume["name"])
        parts.append(
            _caution(t("{names}按次计分：鼓励凑次数，请看成效，不要只看次数。", names=names))
        )
    if len(imagined):
        name = t(imagined["name"].iloc[0])
        parts.append(
            html.P(
                t(
                    "这个方案没有看别的单位的规则。如果给“{name}”换成下面的规则，"
                    "各单位真实水平完全一样时，单凭偶然分数会差这么多：",
                    name=name,
                )
            )
        )
        parts.append(_table(imagined))
    return html.Div(parts, className="rule-chance")


def nothing_to_warn_of() -> str:
    """Where no rule needs a caution and none can be tried."""
    return t("没有要提醒的规则，或者没有可以查看的评价结果。")


def _caution(said: str) -> html.P:
    return html.P([icon("exclamation-triangle"), " ", said], className="caution", role="note")


def _table(df: pd.DataFrame) -> html.Div:
    heads = [
        *(t("指标"), t("规则"), t("单位数"), t("分母")),
        *(t("偶然的标准差"), t("偶然的 5–95% 范围"), t("按完成率计分时")),
    ]
    return table(heads, [_row(row) for row in df.itertuples()], t("规则与偶然"))


def _row(row: Any) -> html.Tr:
    name = t("{name}（{points} 分）", name=t(row.name), points=f"{row.weight:g}")
    start = [html.Td(name), html.Td(t(row.rule_name))]
    if row.why:
        blank = [html.Td("—", className="num") for _ in range(4)]
        return html.Tr([*start, *blank, html.Td(t(WHY[row.why]))])
    steady = t("标准差 {sd}，{low}–{high} 分", sd=_points(row.steady_sd), **_ends(row, "steady_"))
    return html.Tr(
        [
            *start,
            html.Td(int(row.units), className="num"),
            html.Td(f"{row.fewest:,.0f}–{row.most:,.0f}", className="num"),
            html.Td(html.B(t("{points} 分", points=_points(row.sd))), className="num"),
            html.Td(t("{low}–{high} 分", **_ends(row, "")), className="num"),
            html.Td(two_lines(steady, _times(row))),
        ]
    )


def _times(row: Any) -> str:
    """How much more the rule makes of chance."""
    if not row.steady_sd:
        return ""
    return t("这条规则把偶然放大到 {times} 倍", times=f"{row.sd / row.steady_sd:.0f}")


def _ends(row: Any, prefix: str) -> dict[str, str]:
    return {end: f"{getattr(row, prefix + end):.1f}" for end in ("low", "high")}


def _points(value: float) -> str:
    return f"{value:.2f}" if value < 1 else f"{value:.1f}"
