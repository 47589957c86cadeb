"""The frame: pages in groups, fields that only some pages follow, whose students are shown."""

from pathlib import Path
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component

import app
from components.page import DATA, EVERYONE, PLACES, Group, Page
from components.shell import Choices, crumbs, filter_bar, navigation, shell
from data.access.viewer import COMMITTEE, STEWARD, Viewer
from queries.filters import ABOUT, ONLY_SOME_FOLLOW, Filters

CSS = Path(__file__).parents[2] / "components" / "assets" / "app.css"
OTHERS = Group("others", "菜单", "people")
PAGES = (
    Page("/", "总览", ""),
    Page("/a", "阵地覆盖", "", group=PLACES, filters=("metric",)),
    Page("/b", "台账", "", group=DATA, roles=EVERYONE - {COMMITTEE}),
    Page("/c", "楼宇画像", "", group=PLACES),
    Page("/d", "指标字典", "", group=DATA),
    Page("/e", "辅导员", "", group=OTHERS, filters=("counselor", "degree")),
)
CHOICES: Choices = {"counselor": [{"id": "k1", "name": "辅导员一"}], "degree": [{"id": "本科生"}]}


def found(root: Component, kind: type[Component], **wanted: Any) -> list[Any]:
    """Every component of a kind with these properties, in the order of the document."""
    every = [root, *root._traverse()]
    return [
        one
        for one in every
        if isinstance(one, kind) and all(getattr(one, k, None) == v for k, v in wanted.items())
    ]


def text(part: Any) -> str:
    """What is read of it."""
    if isinstance(part, list):
        return "".join(map(text, part))
    return text(getattr(part, "children", None)) if isinstance(part, Component) else part or ""


def entries(nav: Component) -> list[str | tuple[str, list[str]]]:
    """The bar from left to right: a page, or a group with its pages."""
    (listed,) = found(nav, html.Ul, id="nav-list")
    return [
        (text(one.children[0]), [text(link) for link in found(one, html.A)])
        if getattr(one, "className", "") == "nav-group"
        else text(one)
        for one in listed.children
    ]


def offered(role: str) -> Component:
    """The navigation as that role gets it."""
    (nav,) = found(shell(Viewer("v", role), PAGES, CHOICES), html.Nav, className="nav-links")
    return nav


def test_pages_of_a_group_stand_together_where_its_first_one_stands() -> None:
    assert entries(offered(STEWARD)) == [
        "总览",
        ("阵地", ["阵地覆盖", "楼宇画像"]),
        ("数据", ["台账", "指标字典"]),
        "辅导员",
    ]


def test_a_group_of_which_one_page_may_be_seen_is_that_page() -> None:
    assert entries(offered(COMMITTEE))[2:] == ["指标字典", "辅导员"]
    assert not found(offered(COMMITTEE), html.A, href="/b")


def test_a_button_says_what_it_opens_and_is_closed_at_first() -> None:
    nav = offered(STEWARD)
    buttons = found(nav, html.Button)
    assert len(buttons) == 3  # 菜单 on a phone, and two groups
    for button in buttons:
        assert getattr(button, "aria-expanded") == "false"
        assert len(found(nav, html.Ul, id=getattr(button, "aria-controls"))) == 1


def test_links_keep_the_slice_and_have_the_ids_of_their_pages() -> None:
    links = found(offered(STEWARD), html.A, className="nav-keep")
    assert [link.id for link in links] == [{"nav": f"/{name}"} for name in ("", *"acbde")]


def test_a_link_says_which_fields_its_page_follows() -> None:
    def follows(choices: Choices) -> dict[str, str]:
        links = found(navigation(list(PAGES), choices), html.A)
        return {link.href: getattr(link, "data-follows") for link in links}

    some = {path: said for path, said in follows(CHOICES).items() if said}
    assert some == {"/a": "metric", "/e": "counselor degree"}
    assert follows({**CHOICES, "counselor": []})["/e"] == "degree"  # nobody to choose


def test_fields_that_only_some_pages_follow_are_hidden_elsewhere() -> None:
    marked = [getattr(one, "data-extra", None) for one in found(filter_bar(), html.Div)]
    assert sorted(filter(None, marked)) == sorted(ONLY_SOME_FOLLOW)
    css = CSS.read_text("utf-8")
    for name in ONLY_SOME_FOLLOW:
        assert f'html:not([data-follows~="{name}"]) [data-extra="{name}"]' in css


def test_whose_students_stands_beside_the_path() -> None:
    people = {"college": "化工学院（学生所属）", "degree": "硕士生"}
    steps = found(crumbs([], Filters(), people), html.Li)
    said = [(text(one), getattr(one, "data-extra", None)) for one in steps[1:]]
    assert said == [("化工学院（学生所属）", None), ("硕士生", "degree")]


@pytest.mark.parametrize("shown", app.PAGES, ids=lambda shown: shown.path)
def test_a_page_follows_fields_that_there_are(shown: Page) -> None:
    assert set(shown.filters) <= {*ONLY_SOME_FOLLOW, *ABOUT}
    for other in app.PAGES:
        if set(shown.blocks) & set(other.blocks):
            assert shown.filters == other.filters, other.path


def test_no_two_pages_or_groups_are_called_alike() -> None:
    groups = {shown.group for shown in app.PAGES if shown.group}
    for names in ([g.key for g in groups], [g.name for g in groups], [p.path for p in app.PAGES]):
        assert len(names) == len(set(names))
