"""Activities as cards: sessions, attendances, people, reach and satisfaction, beside a year ago."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

from components.figures.palette import shade
from components.panels.rate_card import meter
from data.locale.translate import t
from queries.activities import ACTIVITY_RETURN
from queries.activity_peers import COLLEGES
from queries.filters import Filters
from queries.metric import Metric
from queries.peers import FEWEST


def activity_cards(df: pd.DataFrame, metric: Metric, _: Filters) -> html.Div | html.P:
    """Five cards; what no list or answer tells is said beneath, never added as a zero."""
    if df.empty:
        return html.P(t("你的范围内没有活动台账记录。"), className="empty")
    row = df.iloc[0]
    cards = (
        _card(
            t("活动场次"),
            _count("sessions"),
            row,
            [_note(_unlisted(row)), *_each(row, "sessions")],
        ),
        _card(
            t("参与人次"),
            _count("attended"),
            row,
            [
                _note(_typical(row)),
                *_each(row, "attended"),
            ],
        ),
        _card(
            t("参与人数"),
            _count("participants"),
            row,
            [
                _note(_again(row)),
                *_each(row, "participants"),
            ],
        ),
        _reach(metric, row),
        _card(t("满意度"), _score, row, [_note(_answers(row)), *_middle(row, "peer_score", ".2f")]),
    )
    board = html.Div(list(cards), className="cards forces-cards five-cards")
    said = peers_said(row)
    return html.Div([board, html.P(said, className="muted")]) if said else board


def peers_said(row: Any) -> str:
    """With whom the slice is compared; "" where with nobody."""
    if _missing(row["peers"]):
        return ""
    count = int(row["peers"])
    colleges = row["peer_kind"] == COLLEGES
    if count < FEWEST and colleges:
        return t("可比的学院不足 {count} 个，不给中位数。", count=FEWEST)
    if colleges:
        return t("中位数取自另外 {count} 个学院。", count=count)
    group = t(row["peer_group"])
    if row["peer_size"]:
        group += t("、{size}", size=t(row["peer_size"]))
    if count < FEWEST:
        return t("同类楼宇（{group}）不足 {count} 栋，不给中位数。", group=group, count=FEWEST)
    return t("中位数取自 {count} 栋同类楼宇（{group}）。", count=count, group=group)


def _each(row: Any, key: str) -> list[html.Div]:
    """Per 100 students beside the median of the peers."""
    median, known = row[f"peer_{key}"], row["recorded"] or not row["sessions"]
    if _missing(median) or not row["students"] or not (known or key == "sessions"):
        return []
    own = row[key] * 100 / row["students"]
    return [_note(t("每百人 {own}，中位数 {median}", own=f"{own:.1f}", median=f"{median:.1f}"))]


def _middle(row: Any, key: str, form: str, unit: str = "") -> list[html.Div]:
    median = row[key]
    return (
        [] if _missing(median) else [_note(t("中位数 {median}", median=f"{median:{form}}{unit}"))]
    )


def _note(text: str) -> html.Div:
    return html.Div(text, className="card-note")


def _unlisted(row: Any) -> str:
    missing = int(row["sessions"] - row["recorded"])
    if not missing:
        return t("每场都有参与名单")
    return t("其中 {count} 场没有名单，谁来过未知", count=f"{missing:,}")


def _typical(row: Any) -> str:
    if not row["recorded"]:
        return t("没有一场有名单")
    each = row["attended"] / row["recorded"]
    return t(
        "有名单的 {count} 场，场均 {each} 人次", count=int(row["recorded"]), each=f"{each:.1f}"
    )


def _again(row: Any) -> str:
    if not row["participants"]:
        return t("没有参与名单")
    return t(
        "人均 {times} 次，{again} 人来过不止一场（{share}）",
        times=f"{row['attended'] / row['participants']:.2f}",
        again=f"{int(row['again']):,}",
        share=ACTIVITY_RETURN.show(ACTIVITY_RETURN.value(row["again"], row["participants"])),
    )


def _answers(row: Any) -> str:
    if not row["answers"]:
        return t("还没有反馈")
    said = t("{count} 份反馈", count=f"{int(row['answers']):,}")
    if not pd.isna(row["score_low"]):
        ends = {"low": f"{row['score_low']:.2f}", "high": f"{row['score_high']:.2f}"}
        said = t("{said}，95% 区间 {low}–{high}", said=said, **ends)
    if not row["outsiders"]:
        return said
    return t("{said}；另有 {count} 份未参加者的反馈不计", said=said, count=int(row["outsiders"]))


def _reach(metric: Metric, row: Any) -> html.Div:
    value = metric.value(row["reached"], row["students"])
    left = int(row["students"] - row["reached"])
    said = t(
        "{part}/{all} 名在校学生，{left} 人一场也没有来过",
        part=f"{int(row['reached']):,}",
        all=f"{int(row['students']):,}",
        left=f"{left:,}",
    )
    beneath = [meter(value, metric.target), _note(said), *_middle(row, "peer_reach", ".1f", "%")]

    def share(row: Any, before: str = "") -> tuple[float | None, str]:
        found = metric.value(*(row[f"{before}{name}"] or 0 for name in ("reached", "students")))
        return None if found is None else found * 100, metric.show(found)

    return _card(t(metric.name), share, row, beneath, f"shade-{shade(value).css}")


Shown = Callable[..., tuple[float | None, str]]


def _count(key: str) -> Shown:
    def shown(row: Any, before: str = "") -> tuple[float | None, str]:
        found = row[f"{before}{key}"]
        return (None, "—") if _missing(found) else (float(found), f"{int(found):,}")

    return shown


def _score(row: Any, before: str = "") -> tuple[float | None, str]:
    found = row[f"{before}score"]
    return (None, "—") if _missing(found) else (float(found), f"{found:.2f}")


def _missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def _card(
    name: str, shown: Shown, row: Any, beneath: list[html.Div], look: str = "shade-none"
) -> html.Div:
    value, text = shown(row)
    head = [html.Span(text, className="card-value"), _change(value, shown(row, "earlier_"))]
    box = html.Div(
        [html.Div(name, className="card-name"), html.Div(head, className="card-line"), *beneath],
        className=f"card-box {look}",
    )
    return html.Div(box, className="card-slot")


def _change(value: float | None, earlier: tuple[float | None, str]) -> html.Span:
    """What it was in the same teaching week of the year before; more is not by itself better."""
    before, text = earlier
    if before is None:
        return html.Span(t("上年无数据"), className="change none")
    if value is None or abs(value - before) < 0.005:
        return html.Span(t("上年同周 {value}", value=text), className="change none")
    sign = "▲" if value > before else "▼"
    return html.Span(t("{sign} 上年同周 {value}", sign=sign, value=text), className="change none")
