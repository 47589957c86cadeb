"""What was given for an item and what it was before: hidden until one has rated oneself."""

from typing import Any

import pandas as pd
from dash import html

from components.panels.rosters import table
from components.panels.shares import two_lines
from data.locale.translate import t
from queries.rating_giving import is_web_address
from queries.ratings import AGREE


def rating_history(row: Any, changes: pd.DataFrame) -> html.Div:
    """Every rating and agreement, the latest first, each with the score it took the place of."""
    parts: list[Any] = [html.H3(t("各人评分与更改记录")), html.P(_result(row), className="muted")]
    if changes.empty:
        said = t("还没有评分。") if row.shown or not row.given else t("你还没有评过这一项。")
        parts.append(html.P(said, className="empty"))
        return html.Div(parts, className="rating-history")
    heads = [t("评分人"), t("原分"), t("现分"), t("依据"), t("时间")]
    body = [_change(one) for one in changes.itertuples()]
    return html.Div([*parts, table(heads, body, t("更改记录"))], className="rating-history")


def _result(row: Any) -> str:
    if not row.shown:
        return t("为避免先入为主，你评分之后才显示别人的评分和结果。")
    if pd.isna(row.value):
        return t("还没有结果。")
    return t("现在的结果：{value} 分。", value=f"{row.value:.1f}")


def _change(row: Any) -> html.Tr:
    before = "—" if pd.isna(row.before) else f"{row.before:g}"
    now = f"{row.score:g}"
    return html.Tr(
        [
            html.Td(two_lines(_who(row), *_beneath(row))),
            html.Td(before, className="num"),
            html.Td(html.B(now) if row.counts else html.Del(now), className="num"),
            html.Td(_evidence(row)),
            html.Td(two_lines(str(row.at)[:16], t(row.origin))),
        ]
    )


def _who(row: Any) -> str:
    if row.kind == AGREE:
        return t("商定结论（{name} 登记）", name=row.rater)
    return t("{name}（你）", name=row.rater) if row.mine else row.rater


def _beneath(row: Any) -> list[str]:
    said = [t(row.group) if row.group else "", t("{term} 学期", term=row.term) if row.term else ""]
    if not row.weighed:
        said.append(t("不在方案的评分人类别里，不计入"))
    return [one for one in said if one]


def _evidence(row: Any) -> html.Div:
    """The line of the rubric, what was seen, and the link as one that tells nobody where it was
    followed from."""
    parts: list[Any] = [html.Span(t(row.level), className="tag plain"), " "] if row.level else []
    parts.append(row.evidence or "—")
    if row.link and is_web_address(row.link):
        away = {"target": "_blank", "rel": "noreferrer noopener nofollow"}
        parts += [" ", html.A(row.link, href=row.link, **away)]
    elif row.link:
        parts += [" ", row.link]
    return html.Div(parts, className="rating-evidence")
