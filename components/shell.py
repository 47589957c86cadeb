"""What stands around every page: navigation, filter bar, drill path, badges, switches."""

from dataclasses import asdict
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.icons import icon
from components.page import Group, Page, explanation
from components.panels.links import drill, to_portrait
from data.access.viewer import ROLES, Viewer
from data.locale.translate import CHINESE, ENGLISH, language, t
from queries.choices import Option, Version
from queries.coverage import COVERAGE, FURTHER
from queries.filters import BELONGS, LEADS, ONLY_SOME_FOLLOW, Filters

Choices = dict[str, list[dict[str, Any]]]


def shell(viewer: Viewer, pages: tuple[Page, ...], choices: Choices) -> html.Div:
    """The whole document: mounted once, with an empty place for the page."""
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="choices", data=choices),
            dcc.Store(id="slice"),
            dcc.Store(id="picture"),
            dcc.Download(id="download"),
            html.A(t("跳到正文"), href="#main", className="skip"),
            _top([p for p in pages if viewer.role in p.roles], choices),
            filter_bar(),
            html.Div(
                [
                    html.Nav(id="crumbs", **{"aria-label": t("下钻路径")}),
                    html.Div(id="badges", className="badges"),
                ],
                className="under-bar",
            ),
            html.Div(id="notice", role="alert"),
            html.Div(id="bug", role="alert"),
            html.Div(html.Main(id="main", tabIndex="-1"), id="page"),
            explanation(),
            html.Footer(
                t("学生社区驾驶舱 · 只读已有台账，不打卡、不积分、不给个人排名"), className="foot"
            ),
        ]
    )


def _top(pages: list[Page], choices: Choices) -> html.Header:
    return html.Header(
        [
            html.A(t("学生社区驾驶舱"), href="/", className="brand nav-keep"),
            navigation(pages, choices),
            html.Div(
                [
                    _language_switch(),
                    _tool("theme-switch", "circle-half", t("切换深色与浅色")),
                    _tool("meeting-switch", "display", t("大屏模式")),
                    _tool("print-page", "printer", t("打印本页")),
                    html.Form(
                        html.Button(
                            [icon("box-arrow-right"), html.Span(t("退出"))],
                            type="submit",
                            className="tool",
                            **{"aria-label": t("退出")},  # on a phone the words are hidden
                        ),
                        action="/sign-out",
                        method="post",
                    ),
                ],
                className="switches",
            ),
        ],
        className="top",
    )


def navigation(pages: list[Page], choices: Choices) -> html.Nav:
    """Links to pages, those of a group in a list that its button opens; on a phone one button
    opens them all. app.js moves the keyboard through it and marks the page one is on."""
    entries = [
        _page_group(place, found, choices)
        if isinstance(place, Group) and len(found) > 1
        else html.Li(_page_link(found[0], choices))
        for place, found in _by_place(pages).items()
    ]
    return html.Nav(
        [
            html.Button(
                [icon("list"), html.Span(t("菜单"))],
                type="button",
                className="nav-toggle",
                **{"aria-expanded": "false", "aria-controls": "nav-list"},
            ),
            html.Ul(entries, id="nav-list", className="nav-list"),
        ],
        className="nav-links",
        **{"aria-label": t("页面")},
    )


def _by_place(pages: list[Page]) -> dict[Group | str, list[Page]]:
    """Pages of one group together, where the first of them stands; the others by their path."""
    found: dict[Group | str, list[Page]] = {}
    for shown in pages:
        found.setdefault(shown.group or shown.path, []).append(shown)
    return found


def _page_group(group: Group, pages: list[Page], choices: Choices) -> html.Li:
    name, listed = t(group.name), f"nav-{group.key}"
    return html.Li(
        [
            html.Button(
                [
                    icon(group.icon),
                    html.Span(name),
                    html.Span(className="nav-here"),
                    icon("chevron-down"),
                ],
                type="button",
                **{"aria-expanded": "false", "aria-controls": listed},
            ),
            html.Span(name, className="nav-heading", **{"aria-hidden": "true"}),
            html.Ul(
                [html.Li(_page_link(shown, choices)) for shown in pages],
                id=listed,
                **{"aria-label": name},
            ),
        ],
        className="nav-group",
    )


def _page_link(shown: Page, choices: Choices) -> html.A:
    """A link that says which fields of the filter bar its page follows, as far as there is
    anything to choose."""
    follows = [f for f in shown.filters if choices.get(f, True)]
    return html.A(
        [icon(shown.icon), html.Span(t(shown.name))],
        href=shown.path,
        className="nav-keep",
        id={"nav": shown.path},
        **{"data-follows": " ".join(follows)},
    )


def _tool(name: str, symbol: str, label: str) -> html.Button:
    return html.Button(
        icon(symbol), id=name, type="button", className="tool", title=label, **{"aria-label": label}
    )


def _language_switch() -> html.Button:
    to, label = (CHINESE, "中文") if language.get() == ENGLISH else (ENGLISH, "English")
    return html.Button(label, id="language-switch", type="button", className="tool", lang=to)


def filter_bar() -> html.Details:
    """Selects whose options and values the browser keeps in step with the address."""
    metrics = {m.key: t(m.name) for m in (*COVERAGE, *FURTHER)}
    meanings = {LEADS: t("牵头楼宇"), BELONGS: t("学生所属")}
    return html.Details(
        [
            html.Summary([icon("funnel"), html.Span(t("筛选"))]),
            html.Div(
                [
                    _select("term", t("学期")),
                    _field(
                        t("截至日期"),
                        dbc.Input(id="pick-date", type="date", debounce=True, size="sm"),
                        "pick-date",
                    ),
                    _select("campus", t("校区")),
                    _select("cluster", t("楼群")),
                    _select("building", t("楼宇")),
                    _select("college", t("学院")),
                    _select("college_as", t("学院口径"), meanings),
                    _select("counselor", t("辅导员")),
                    _select("degree", t("培养层次")),
                    _select("metric", t("地图指标"), metrics),
                    html.Button(
                        [icon("x-circle"), html.Span(t("清除"))],
                        id="clear-filters",
                        type="button",
                        className="tool",
                    ),
                ],
                className="filter-bar",
            ),
        ],
        id="filters",
        className="filters",
        open=True,
    )


def _select(name: str, label: str, options: dict[str, str] | None = None) -> html.Div:
    made = [{"value": k, "label": v} for k, v in (options or {}).items()]
    return _field(label, _native_select(name, made), f"pick-{name}", **only_where_followed(name))


def _native_select(name: str, options: list[dict[str, str]]) -> Any:
    return dbc.Select(id=f"pick-{name}", options=options, size="sm")


def _field(label: str, control: Any, target: str, **more: Any) -> html.Div:
    return html.Div([html.Label(label, htmlFor=target), control], className="field", **more)


def only_where_followed(name: str) -> dict[str, str]:
    """The mark of what app.css hides on pages that do not follow this field."""
    return {"data-extra": name} if name in ONLY_SOME_FOLLOW else {}


def crumbs(path: list[Option], filters: Filters, people: dict[str, str]) -> html.Ol:
    """全部校区 › 校区 › 楼群 › 楼宇 › 楼层 › 房间; every step is a link but the last.

    `people` says, by field, whose students are looked at: a college in which of its two meanings,
    a counselor, a degree level.
    """
    home = html.A(t("全部校区"), href=f"/map{filters.at('campus', '').search}")
    above = [html.Li(drill(o.name, filters, o.within, o.id)) for o in path[:-1]]
    steps: list[Any] = [html.Li(home), *above]
    if path:
        steps.append(html.Li(path[-1].name, **{"aria-current": "page"}))
    if filters.building:
        link = to_portrait(t("画像"), filters, filters.building, className="portrait-link")
        steps.append(html.Li(link, className="apart"))
    for name, text in people.items():
        said = html.Span(text, className="badge-box")
        steps.append(html.Li(said, className="apart", **only_where_followed(name)))
    return html.Ol(steps)


def badges(
    viewer: Viewer, version: Version, scope: str, stale_days: int, today: date
) -> list[html.Span]:
    """Whether this is a demo, how fresh the data is, and whose eyes one looks through."""
    found = []
    if version.demo:
        found.append(_badge("flask", t("演示数据"), "demo"))
    age = (today - version.as_of).days
    stale = age > stale_days and not version.demo
    fresh = t("数据截至 {day} · 版本 {id}", day=version.as_of.isoformat(), id=version.id)
    if stale:
        fresh = t("{fresh} · 已 {age} 天未更新", fresh=fresh, age=age)
    found.append(_badge("clock-history", fresh, "stale" if stale else "fresh"))
    said = t("你的范围：{scope}", scope=scope)
    found.append(_badge("person-badge", f"{t(ROLES.get(viewer.role, ''))} · {said}", "scope"))
    return found


def _badge(symbol: str, text: str, kind: str) -> html.Span:
    return html.Span([icon(symbol), html.Span(text)], className=f"badge-{kind} badge-box")


def notice(sentence: str, *, clear: bool = True) -> html.Div:
    """Something the reader can act on."""
    more = [html.A(t("清除筛选"), href="?", className="clear")] if clear else []
    return html.Div([icon("exclamation-circle"), html.Span(sentence), *more], className="notice")


def missing_page() -> html.Main:
    """404 in our own words."""
    return html.Main(
        [
            html.H1(t("没有这个页面")),
            html.P([t("地址可能写错了，或者页面已经改名。"), html.A(t("回到总览"), href="/")]),
        ],
        id="main",
        tabIndex="-1",
        className="block",
    )


def bug(number: str) -> html.Div:
    """What a person sees of a bug on a page that otherwise works."""
    return notice(bug_text(number), clear=False)


def bug_text(number: str) -> str:
    """A bug's id, and nothing of its insides."""
    return t(
        "出了意料之外的问题，已经记录。请把编号 {number} 告诉数据管理员；其他内容不受影响。",
        number=number,
    )


def state_of(filters: Filters) -> dict[str, Any]:
    """What the filter bar shows, for the browser."""
    found = asdict(filters)
    found.pop("usual")
    return found
