"""44023 for those who work it: what a counselor has reached, and what would help next."""

from dataclasses import replace
from math import inf
from typing import Any

import pandas as pd
from dash import html

from components.panels.shares import percent, share
from data.locale.translate import t
from queries.filters import DRILL, Filters
from queries.metric import Metric
from queries.plan_instance import ROOMS_PER_VISIT

ONLY_IN_SCOPE = "辅导员个人的情况只给本学院和辅导员本人，用来帮助安排工作；全校视图只看学院和楼宇。"


def counselor_cards(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """A card a counselor, by name."""
    if df.empty:
        return html.P(t(ONLY_IN_SCOPE), className="empty")
    return html.Div([_card(row, filters) for row in df.itertuples()], className="counselor-cards")


def _card(row: Any, filters: Filters) -> html.Article:
    kind = t("{kind} · {employment}", kind=t(row.kind), employment=t(row.employment))
    return html.Article(
        [
            html.H3([row.counselor, html.Span(kind, className="beneath")]),
            html.P(_charge(row), className="charge"),
            share(row.numerator, row.denominator, few=inf),
            html.P(_peers(row), className="beneath"),
            html.P([_next(row), " ", _worklist(row, filters)], className="next"),
            html.Dl(
                [part for name, said in _facts(row) for part in (html.Dt(name), html.Dd(said))]
            ),
        ],
        className="counselor-card",
    )


def _charge(row: Any) -> str:
    """Whom a counselor is in charge of, beside the norm."""
    if row.buildings and not row.listed:
        return t(
            "{buildings}，住 {count} 人", buildings=row.buildings, count=f"{row.denominator:,}"
        )
    said = t("带学生 {count} 人（师生比 1:{norm}）", count=f"{row.listed:,}", norm=f"{row.norm:,}")
    if row.buildings:
        more = f"{row.denominator - row.listed:,}"
        return said + t("；{buildings}，另住 {count} 人", buildings=row.buildings, count=more)
    return said


def _peers(row: Any) -> str:
    """How those with as many students stand, as a median over at least four."""
    if pd.isna(row.peer_median):
        return t("学生数相近的辅导员不足 4 名，不作对照")
    middle = percent(row.peer_median)
    return t("学生数相近的 {count} 名辅导员，覆盖率中位 {value}", count=row.peers, value=middle)


def _next(row: Any) -> str:
    """What would finish the first goal."""
    if not row.unmet:
        return t("带的学生都已见到。")
    said = t("还没见到 {count} 人", count=f"{row.unmet:,}")
    if row.visits_needed:
        said += t(
            "，住 {rooms} 间，约需 {visits} 次走访（一次一层楼、{each} 间）",
            rooms=f"{row.unmet_rooms:,}",
            visits=f"{row.visits_needed:,}",
            each=ROOMS_PER_VISIT,
        )
    if row.unhoused:
        said += t("；其中 {count} 人没有住处登记，另约时间", count=f"{row.unhoused:,}")
    return said + t("。")


def _worklist(row: Any, filters: Filters) -> html.A:
    bare: dict[str, Any] = dict.fromkeys((*DRILL, "college", "degree", "kind", "check"), "")
    chosen = replace(filters, **bare, counselor=row.counselor_id)
    return html.A(t("看走访单"), href=f"/worklist{chosen.search}")


def _facts(row: Any) -> list[tuple[str, Any]]:
    hours = f"{row.minutes / 60:,.1f}"
    visits = t("{count} 次，登记时长 {hours} 小时", count=f"{row.visits:,}", hours=hours)
    if row.apartment + row.elsewhere:
        elsewhere = percent(1 - row.apartment_share)
        visits += t(
            "；公寓 {home}，课堂或实验室 {elsewhere}",
            home=percent(row.apartment_share),
            elsewhere=elsewhere,
        )
    return [
        (t("走访"), visits),
        (t("按工作量"), _workload(row)),
        (t("时段覆盖率"), share(row.slots_made, row.slots_due)),
        (t("两场域覆盖率"), share(row.fields_made, row.fields_due)),
        (t("按时首次答复率"), share(row.answered, row.answers_due)),
    ]


def _workload(row: Any) -> str:
    """Visits for a hundred students in a week, and students first met on a visit."""
    said = []
    if not pd.isna(row.per_hundred):
        said.append(t("每百名学生每周 {count} 次", count=f"{row.per_hundred:.1f}"))
    if not pd.isna(row.new_per_visit):
        said.append(t("每次走访新见到 {count} 人", count=f"{row.new_per_visit:.1f}"))
    return t("，").join(said) or "—"
