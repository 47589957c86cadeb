"""What is frozen reads as what Dash would have drawn, and what callbacks need stays alive."""

from typing import Any

import dash_bootstrap_components as dbc
import orjson
from dash import html
from plotly.io.json import to_json_plotly

from components.fields import field
from components.frozen import frozen


def thawed(part: Any) -> Any:
    """A component as sent: the HTML of its inside, or its parts where it has to stay."""
    drawn = frozen(orjson.loads(to_json_plotly(part)))
    return drawn["props"]


def test_the_inside_becomes_text_and_the_outside_keeps_its_properties() -> None:
    table = html.Table(html.Tr([html.Td("甲", className="num"), html.Td(None), html.Td(3)]))
    assert thawed(html.Div(table, className="scroll", tabIndex="0")) == {
        "className": "scroll",
        "tabIndex": "0",
        "data-html": '<table><tr><td class="num">甲</td><td></td><td>3</td></tr></table>',
    }


def test_text_from_a_ledger_cannot_become_markup() -> None:
    part = html.P([html.A('<b>"&', href='/x?a=1&b="><script>')])
    assert thawed(part)["data-html"] == (
        '<a href="/x?a=1&amp;b=&quot;&gt;&lt;script&gt;">&lt;b&gt;&quot;&amp;</a>'
    )


def test_attributes_are_written_as_html_has_them() -> None:
    part = html.Div(
        [
            html.Details(html.Summary("更多"), open=True),
            html.Details("不", open=False),
            html.Time("11-18", dateTime="2026-11-18", hidden=True),
            html.Label("楼", htmlFor="x"),
            html.Img(src="a.png", alt=""),
            html.Div(style={"width": "5%", "minHeight": "2px"}, **{"aria-hidden": True}),
        ]
    )
    assert thawed(part)["data-html"] == (
        "<details open><summary>更多</summary></details><details>不</details>"
        '<time datetime="2026-11-18" hidden>11-18</time><label for="x">楼</label>'
        '<img alt="" src="a.png"><div style="width:5%;min-height:2px" aria-hidden="true"></div>'
    )


def test_what_a_callback_may_ask_for_stays_a_component() -> None:
    for alive in (
        dbc.Input(id="search"),
        html.Button("写入", n_clicks=0),
        html.Div("x", id={"part": "panel", "block": "x"}),
    ):
        search, rest = thawed(html.Div([html.Div(alive), html.P([html.B("静"), "止"])]))["children"]
        kept = search["props"]["children"]
        assert kept["type"] == type(alive).__name__
        assert rest["props"] == {"data-html": "<b>静</b>止"}


def test_fields_of_a_form_are_written_as_html_has_them() -> None:
    part = html.Form(
        [
            field("radio", "level", value='优"<', checked=True, required=True),
            field("text", "score", value="", maxLength=6, checked=False),
        ]
    )
    assert thawed(part)["data-html"] == (
        '<input type="radio" name="level" value="优&quot;&lt;" checked required>'
        '<input type="text" name="score" value="" maxlength="6">'
    )
