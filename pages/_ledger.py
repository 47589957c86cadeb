"""What only the ledger page does: take a file in, follow its run, do what buttons say."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, html, no_update

from components.panels.ledger_history import ledger_history, state_name
from components.panels.ledger_preview import ledger_result
from components.panels.ledger_problems import UNDECIDED, asked
from components.panels.ledger_upload import ANY, REPLACE
from data.access.gate import current_viewer
from data.errors import DashboardError, NotAllowed
from data.ledger.imports.runs import DONE, READING, UNDONE, Run
from data.locale.translate import t
from data.settings import settings
from queries import ledger

WRITTEN = (DONE, UNDONE)
Shown = dict[str, Any]


def wire(app: Dash, badges: Callable[[], Any]) -> None:
    """The callbacks of the page; `badges` says anew how fresh the data is."""
    buttons = [
        Input({"ledger": act, "run": ALL}, "n_clicks") for act in ("confirm", "cancel", "answer")
    ]
    app.callback(Output("ledger-term", "options"), Input("ledger-form", "id"))(offer_terms)
    app.callback(Output("ledger-activities", "children"), Input("ledger-form", "id"))(
        offer_activities
    )
    app.callback(
        Output("ledger-upload", "contents"),
        Output("ledger-refusal", "children", allow_duplicate=True),
        Output("ledger-activity", "value"),
        Input("ledger-upload", "contents"),
        State("ledger-upload", "filename"),
        *(State(f"ledger-{name}", "value") for name in ("table", "term", "mode", "activity")),
        State("url", "search"),
        prevent_initial_call=True,
    )(take_in)
    app.callback(
        Output("ledger-acted", "data"),
        Output("ledger-refusal", "children"),
        *buttons,
        Input({"ledger": "undo", "run": ALL}, "submit_n_clicks"),
        State({"question": ALL}, "value"),
        State("url", "search"),
        prevent_initial_call=True,
    )(act)
    app.callback(
        Output("ledger-shown", "data"),
        Output("ledger-result", "children"),
        Output("ledger-history", "children"),
        Output("ledger-form", "hidden"),
        Output("ledger-tick", "disabled"),
        Output("ledger-progress", "hidden"),
        Output("ledger-bar", "value"),
        Output("ledger-stage", "children"),
        Output({"ledger": "cancel", "run": 0}, "disabled"),
        Input("url", "search"),
        Input("ledger-tick", "n_intervals"),
        Input("ledger-acted", "data"),
        State("ledger-shown", "data"),
    )(follow)
    app.callback(
        Output("badges", "children", allow_duplicate=True),
        Input("ledger-shown", "data"),
        prevent_initial_call=True,
    )(partial(badges_after, badges=badges))
    app.clientside_callback(
        ClientsideFunction("community", "arrived"),
        Output("ledger-result", "title"),
        Input("ledger-shown", "data"),
        prevent_initial_call=True,
    )


def offer_terms(_: str) -> list[dict[str, str]]:
    """The terms by which a date without a year can be understood."""
    found = ledger.terms(settings().database_url, current_viewer())
    return [{"value": ANY, "label": t("不指定")}] + [
        {"value": key, "label": name} for key, name in found
    ]


def offer_activities(_: str) -> list[html.Option]:
    """The activities a sign-in list can be of, the latest first."""
    found = ledger.activities(settings().database_url, current_viewer())
    return [
        html.Option(value=f"{number} {name}", label="" if listed else t("还没有名单"))
        for number, name, listed in found
    ]


def take_in(contents: str | None, name: str, *chosen: str | None) -> tuple[Any, ...]:
    """Start reading a file; the address then names its run, so that one may leave and return."""
    if not contents:
        raise dash.exceptions.PreventUpdate
    *options, search = ("" if value in (ANY, None) else value for value in chosen)
    table, term, mode, activity = options
    upload = ledger.Upload(name or "", contents, table, term, mode == REPLACE, activity)
    try:
        number = ledger.begin(settings().database_url, current_viewer(), upload)
    except NotAllowed:
        raise
    except DashboardError as refusal:
        return None, str(refusal), no_update
    turn_to(search, number)
    return None, "", ""  # the next list is of another activity


def act(*args: Any) -> tuple[Any, ...]:
    """Confirm, cancel, answer or undo, as the button that was pressed says."""
    pressed = ctx.triggered_id
    if not isinstance(pressed, dict) or not any(one["value"] for one in ctx.triggered):
        raise dash.exceptions.PreventUpdate
    url, viewer = settings().database_url, current_viewer()
    number = _number(str(pressed.get("run"))) or run_of(args[-1])
    try:
        match pressed.get("ledger"):
            case "confirm":
                ledger.confirm(url, viewer, number)
            case "cancel":
                ledger.cancel(url, viewer, number)
            case "undo":
                ledger.undo(url, viewer, number)
            case "answer":
                _answer(url, number, args[-2])
    except NotAllowed:
        raise
    except DashboardError as refusal:
        return no_update, str(refusal)
    turn_to(args[-1], number)
    return [pressed.get("ledger"), number, ctx.triggered[0]["value"]], ""


def _answer(url: str, number: int, values: list[str]) -> None:
    viewer = current_viewer()
    questions = asked(ledger.run(url, viewer, number).problems)
    answers = {
        f"{heading}:{value}": chosen
        for (heading, value), chosen in zip(questions, values, strict=False)
        if chosen != UNDECIDED
    }
    ledger.answer(url, viewer, number, answers)


def run_of(search: str) -> int:
    """The run an address names; 0 where it names none."""
    found = parse_qs(search.removeprefix("?")).get("run", [""])[0]
    return _number(found)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def turn_to(search: str, number: int) -> None:
    """Name the run in the address. Not as an output: blocks that wait for the address would wait
    for the buttons of this page, and never be filled."""
    if run_of(search) != number:
        rest = [(key, value) for key, value in parse_qsl(search[1:]) if key != "run"]
        dash.set_props("url", {"search": f"?{urlencode([*rest, ('run', number)])}"})


def follow(search: str, _ticks: int, _acted: Any, shown: Shown | None) -> tuple[Any, ...]:
    """How far the run in the address is; what stands on the page stays while nothing is new."""
    url, viewer, number = settings().database_url, current_viewer(), run_of(search)
    found: Run | None = None
    said: Any = None
    try:
        found = ledger.run(url, viewer, number) if number else None
    except NotAllowed:
        raise
    except DashboardError as missing:
        said = html.P(str(missing), className="bad")
    busy = found is not None and ledger.under_way(found)
    now: Shown = {"run": number, "state": found.state if found else "", "busy": busy}
    if ctx.triggered_id == "ledger-tick" and shown and shown | now == shown:
        return (*[no_update] * 4, *_progress(found))
    if found and not busy:
        said = ledger_result(found, written=ledger.was_written(found))
    known = shown if shown is not None and shown["run"] == number else None
    moved = known is not None and known | now != known and not busy
    past = ledger_history(*ledger.history(url, viewer))
    return now | {"moved": moved}, said, past, busy, *_progress(found)


def badges_after(shown: Shown | None, badges: Callable[[], Any]) -> Any:
    """The badges, once there is a new data version."""
    if shown is None or shown["busy"] or shown["state"] not in WRITTEN:
        return no_update
    return badges()


def _progress(found: Run | None) -> tuple[Any, ...]:
    """Whether to ask again, whether the bar is hidden, where it stands, what it says, whether
    the work can still be cancelled."""
    if found is None or not ledger.under_way(found):
        return True, True, "0", "", True
    said = f"{found.file_name}：{found.stage or state_name(found.state)}"
    part = f"{found.progress:.3f}" if found.progress else None  # no value: the bar only moves
    return False, False, part, said, found.state != READING
