"""The form of one item: the rubric, evidence, a link; beside it what was given and changed."""

from typing import Any

import pandas as pd
from dash import html

from components.fields import field
from components.panels.links import address
from components.panels.rating_history import rating_history
from components.rating_words import form_of, period_words
from data.locale.translate import t
from data.schemes.scheme import Indicator
from queries.filters import Filters
from queries.metric import Metric
from queries.rating_form import CHANGE, ITEM
from queries.rating_giving import LONGEST_EVIDENCE, LONGEST_LINK, groups_of, rubric
from queries.rating_result import STATES
from queries.ratings import AGREE, SCORE, manual
from queries.schemes import chosen_scheme

GIVE = "/ratings/give"
"""Where the forms are sent."""


def rating_form(df: pd.DataFrame, _: Metric, filters: Filters) -> html.Div | html.P:
    """What to do where no item is chosen; else its facts, the form, what was given."""
    if df.empty:
        return _choose(filters)
    row = next(df[df["part"] == ITEM].itertuples())
    indicator = next(one for one in manual(chosen_scheme(filters)) if one.key == row.indicator)
    changes = df[df["part"] == CHANGE]
    own = changes[changes["mine"].eq(True) & changes["counts"].eq(True)]
    mine = next(own.itertuples(), None)
    left: list[Any] = [_head(row, indicator)]
    if row.sealed:
        left.append(html.P(t("这一期评价已经封存，不能再评分。"), className="empty"))
    else:
        left.append(_score_form(indicator, mine, filters))
    if row.may_agree and not row.sealed:
        left.append(_agreement_form(filters))
    parts = [html.Div(left), rating_history(row, changes)]
    return html.Div(parts, className="rating-form-grid")


def _choose(filters: Filters) -> html.Div | html.P:
    """The indicators of a chosen unit, or where to choose one."""
    asked = manual(chosen_scheme(filters))
    if filters.unit and filters.indicator:
        said = t("这个方案没有这个评价单位或人工指标：{value}", value=_asked(filters))
        return html.P(said, className="empty")
    if not filters.unit or not asked:
        return html.P(t("在上面的总表里点一格，打开它的评分表。"), className="empty")
    links = [
        html.A(t(one.name), href=form_of(filters, filters.unit, one.key), className="chip choice")
        for one in asked
    ]
    return html.Div([html.P(t("选一项人工指标：")), html.Div(links, className="chips")])


def _asked(filters: Filters) -> str:
    return f"{filters.unit} {filters.indicator}"


def _head(row: Any, indicator: Indicator) -> html.Div:
    facts = [
        (t("周期"), period_words(row.period_kind, row.period)),
        (t("评分标准"), t(indicator.standard)),
        (t("政策依据"), t(indicator.clause)),
        (t("状态"), _state(row)),
    ]
    entries = [part for head, said in facts for part in (html.Dt(head), html.Dd(said))]
    title = t("{unit}：{indicator}", unit=row.unit, indicator=t(row.indicator_name))
    return html.Div([html.H3(title), html.Dl(entries)], className="rating-head")


def _state(row: Any) -> str:
    said = t(
        "{state}，已有 {given} 位评分人，要求 {raters} 位",
        state=t(STATES[row.state]),
        given=row.given,
        raters=row.raters,
    )
    return f"{said}；{t(row.why)}" if row.why else said


def _score_form(indicator: Indicator, mine: Any, filters: Filters) -> html.Form:
    """Prefilled with what the rater gave before: a change is a correction of it."""
    source = indicator.source
    level = mine.level if mine else ""
    lines = [_level(name, points, name == level) for name, points in rubric(indicator)]
    score = field(
        *("text", "score"),
        id="rating-score",
        inputMode="decimal",
        pattern=r"[0-9０-９]{1,3}([.．][0-9０-９]{1,2})?",
        maxLength=6,
        title=t("0 到 100 的数，最多两位小数"),
        value=_written(mine.score) if mine and not _is_level(mine, source.rubric) else "",
        className="form-control",
        autoComplete="off",
    )
    free = t("具体分数（0–100），填了以它为准") if lines else t("分数（0–100）")
    parts = [
        _kept(filters, SCORE),
        _set(t("评分标准，选一档"), lines) if lines else None,
        html.Label(free, htmlFor="rating-score"),
        score,
        _groups(groups_of(source), mine.group if mine else ""),
        *_grounds("rating", t("依据：看了什么材料、见了什么情况"), mine),
        html.Div(_button(t("更改评分") if mine else t("提交评分")), className="ledger-buttons"),
    ]
    return _form([part for part in parts if part is not None])


def _agreement_form(filters: Filters) -> html.Details:
    """What was settled in discussion, by the committee; it wins over all ratings."""
    score = field(
        *("text", "score"),
        id="agreed-score",
        inputMode="decimal",
        pattern=r"[0-9０-９]{1,3}([.．][0-9０-９]{1,2})?",
        maxLength=6,
        required=True,
        title=t("0 到 100 的数，最多两位小数"),
        className="form-control",
        autoComplete="off",
    )
    parts = [
        _kept(filters, AGREE),
        html.Label(t("商定的分数（0–100）"), htmlFor="agreed-score"),
        score,
        *_grounds("agreed", t("商议情况：谁参加，为什么是这个分数"), None),
        html.Div(_button(t("登记商定的结论")), className="ledger-buttons"),
    ]
    return html.Details([html.Summary(t("商议后登记结论（党工委）")), _form(parts)])


def _form(parts: list[Any]) -> html.Form:
    """Sent without leaving the page (`warning-form` in the script), so that nothing that was typed
    is lost where it is refused."""
    return html.Form(parts, action=GIVE, method="post", className="warning-form rating-form")


def _kept(filters: Filters, kind: str) -> html.Div:
    """What the form is about."""
    fields = [
        field("hidden", "search", value=address(filters).search),
        field("hidden", "kind", value=kind),
    ]
    return html.Div(fields, hidden=True)


def _set(name: str, lines: list[Any]) -> html.Fieldset:
    return html.Fieldset([html.Legend(name), *lines], className="rating-levels")


def _level(name: str, points: float, chosen: bool) -> html.Label:
    radio = field("radio", "level", value=name, checked=chosen)
    worth = html.Span(t("{points} 分", points=f"{points:g}"), className="num")
    return html.Label([radio, html.Span(t(name)), worth])


def _is_level(mine: Any, lines: tuple[tuple[str, float], ...]) -> bool:
    """Whether the score is just that of the chosen line."""
    return dict(lines).get(mine.level) == mine.score


def _written(score: float) -> str:
    return f"{score:g}"


def _groups(names: tuple[str, ...], chosen: str) -> html.Fieldset | None:
    if not names:
        return None
    lines = [
        html.Label(
            [
                field("radio", "group", value=name, checked=name == chosen, required=True),
                html.Span(t(name)),
            ]
        )
        for name in names
    ]
    return _set(t("以哪一类评分人的身份评分"), lines)


def _grounds(prefix: str, name: str, mine: Any) -> list[Any]:
    """Evidence, which is needed, and a link, which is not."""
    text, link = f"{prefix}-evidence", f"{prefix}-link"
    return [
        html.Label(t("{name}（最多 {count} 字）", name=name, count=LONGEST_EVIDENCE), htmlFor=text),
        html.Textarea(
            mine.evidence if mine else "",
            name="evidence",
            id=text,
            maxLength=LONGEST_EVIDENCE,
            required=True,
            rows=3,
            className="form-control",
        ),
        html.Label(t("材料链接（可不填，http:// 或 https:// 开头）"), htmlFor=link),
        field(
            *("url", "link"),
            id=link,
            pattern="https?://.+",
            maxLength=LONGEST_LINK,
            value=mine.link if mine else "",
            className="form-control",
            autoComplete="off",
        ),
    ]


def _button(label: str) -> html.Button:
    return html.Button(label, type="submit", className="tool strong")
