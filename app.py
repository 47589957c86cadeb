"""Wiring: the server, the gate before it, the few callbacks, the downloads."""

import logging
import secrets
import socket
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import dash
import orjson
import pandas as pd
from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, no_update
from flask import Response, request
from granian import Granian
from granian.constants import Interfaces
from plotly.io.json import to_json_plotly
from sqlalchemy import Connection
from werkzeug.exceptions import InternalServerError
from werkzeug.middleware.proxy_fix import ProxyFix

from components.block import Block
from components.document import ELSEWHERE, INDEX, POLICY, STYLES, in_english
from components.export.calendar import to_ics
from components.export.files import to_csv, to_xlsx
from components.export.picture import picture
from components.export.stamp import Stamp, digest, heads
from components.figures.base import Figure
from components.figures.listing import listing
from components.frozen import frozen
from components.page import Page, grid, page
from components.panels import worklist as worklist_panel
from components.panels.explain import explanation, plain_explanation
from components.panels.marks import mark_text, quality_mark
from components.shell import badges, bug, bug_text, crumbs, missing_page, notice, shell, state_of
from components.sign_in import sign_in_page
from components.tables import definitions, records
from data.access import audit, gate
from data.access.gate import current_viewer
from data.access.viewer import COUNSELOR, Viewer
from data.engine import reading, writing
from data.errors import DashboardError, InvalidSetting, NotAllowed
from data.locale.translate import CHINESE, ENGLISH, language, t
from data.migrations.upgrading import ensure_tables
from data.settings import settings
from pages import (
    _award_decisions,
    _evidence_marks,
    _given_ratings,
    _ledger_files,
    _seal_routes,
    _warning_notes,
    activities,
    brand,
    building,
    compare,
    counselors,
    development,
    dictionary,
    evaluation,
    forces,
    ledger,
    overview,
    participation,
    party,
    ratings,
    warnings,
    worklist,
)
from pages import help as help_page
from pages import map as map_page
from pages._ledger import wire as wire_ledger
from pages._worklist_file import entries
from queries.choices import (
    METRIC_KEYS,
    Version,
    breadcrumb,
    choices,
    people_text,
    resolve,
    scope_text,
    serving,
    slice_text,
)
from queries.door import Answer, Cache, Question, ask
from queries.filters import Filters
from queries.ledgers import LIMIT
from queries.marks import Mark, quality_marks, together
from queries.rates import rates_of
from queries.schemes import schemes
from queries.units import units_behind

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    map_page.PAGE,
    party.PAGE,
    counselors.PAGE,
    worklist.PAGE,
    forces.PAGE,
    warnings.PAGE,
    activities.PAGE,
    brand.PAGE,
    development.PAGE,
    participation.PAGE,
    building.PAGE,
    evaluation.PAGE,
    compare.PAGE,
    ratings.PAGE,
    ledger.PAGE,
    dictionary.PAGE,
    help_page.PAGE,
)
ADDRESSES = gate.OPEN_PATHS | {shown.path for shown in PAGES}
BLOCKS: dict[str, Block] = {block.key: block for shown in PAGES for block in shown.blocks}
QUESTIONS = {
    block.key: Question(block.query, block.metric, shown.filters, block.personal)
    for shown in PAGES
    for block in shown.blocks
}
ID_IS = {block.key: shown.id_is for shown in PAGES for block in shown.blocks}
CACHE_BYTES = 64 * 2**20
LARGEST_REQUEST = LIMIT * 4 // 3 + 2**20  # a ledger as base64, and what is said beside it
log = logging.getLogger("dashboard")


@dataclass(frozen=True)
class Drawing:
    """An answer as the page shows it, ready to be sent."""

    shown: Any
    say: str
    mark: Any


cache = Cache(CACHE_BYTES)


def answer(block: Block, search: str) -> Answer:
    """A block's rows for whoever asks."""
    url, asked = settings().database_url, Filters.parse(search, ID_IS[block.key])
    found = ask(url, cache, QUESTIONS[block.key], asked, current_viewer())
    return replace(found, metric=block.shown_metric(found.metric))


def drawing(block: Block, search: str) -> Drawing | None:
    """A block as shown on the page; None where it has nothing to say at this drill level."""
    if not block.applies(Filters.parse(search, ID_IS[block.key])):
        return None
    found = answer(block, search)
    key = (
        "drawing",
        block.key,
        found.filters,
        found.filters.usual,
        current_viewer().scope,
        current_viewer().name if block.personal else "",
        language.get(),
        found.version,
        found.born,
        found.since,
    )
    kept: Drawing | None = cache.get(key)
    if kept is not None:
        return kept
    if block.panel:
        shown = block.panel(found.frame, found.metric, found.filters)
    else:
        shown = printed(block, found)
        shown["layout"].setdefault("height", block.height)
    text = to_json_plotly(shown)
    mark = None if "mark" in found.frame else quality_mark(_mark(block, found), found.filters)
    said = block.say(found.frame, found.metric, found.filters)
    made = Drawing(frozen(orjson.loads(text)), said, mark)
    return cache.keep(key, made, len(text) * 4)


def _mark(block: Block, found: Answer) -> Mark:
    """The findings that touch any metric a block shows; looked up once for all blocks."""
    viewer = current_viewer()
    key = ("marks", viewer.scope, found.version, found.born, found.since)
    marks: dict[str, Mark] | None = cache.get(key)
    if marks is None:
        with reading(settings().database_url) as conn:
            marks = cache.keep(key, quality_marks(conn, viewer), 20_000)
    return together(marks, [metric.key for metric in block.numbers(found.metric)])


def printed(block: Block, found: Answer) -> Figure:
    """The figure PNG and SVG hold: the block's own, or its table where it is text on the page."""
    if block.figure:
        return block.figure(found.frame, found.metric, found.filters)
    return listing(found.frame, block)


def create_app() -> Dash:
    """The application with its gate, ready to be served."""
    ensure_tables(settings().database_url)
    app = Dash(
        "app",
        assets_folder="components/assets",
        assets_ignore=ELSEWHERE,
        external_stylesheets=list(STYLES),
        suppress_callback_exceptions=True,
        compress=True,
        update_title="",
        title="学生社区驾驶舱",
        use_async=False,
        on_error=_on_error,
        index_string=INDEX,
    )
    if hops := settings().proxies:
        app.server.wsgi_app = ProxyFix(app.server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    gate.install(
        app.server,
        database_url=settings().database_url,
        settings=settings(),
        sign_in_page=sign_in_page,
    )
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.server.before_request(_choose_language)
    app.server.after_request(_secure)
    app.server.register_error_handler(InternalServerError, _broken)
    app.server.register_error_handler(DashboardError, _refused)
    app.layout = _layout
    _callbacks(app)
    wire_ledger(app, show_badges)
    _ledger_files.serve(app.server)
    _warning_notes.serve(app.server)
    _given_ratings.serve(app.server)
    _seal_routes.serve(app.server)
    _evidence_marks.serve(app.server)
    _award_decisions.serve(app.server)
    app.server.add_url_rule(worklist_panel.CALENDAR, "send_calendar", send_calendar)
    hashes = " ".join(f"'{h}'" if not h.startswith("'") else h for h in app.csp_hashes())
    app.server.config["POLICY"] = POLICY.format(hashes=hashes)
    # Dash registers its scripts during the first request, and a second one at the same moment
    # finds none: the first one is ours, before anyone else can ask.
    app.server.test_client().get(gate.HEALTH)
    return app


def _choose_language() -> None:
    language.set(ENGLISH if request.cookies.get("language") == ENGLISH else CHINESE)


def _secure(answered: Response) -> Response:
    """Headers for every answer; the sign-in page brings a stricter policy of its own."""
    answered.headers.setdefault("Content-Security-Policy", dash.get_app().server.config["POLICY"])
    answered.headers.setdefault("Referrer-Policy", "same-origin")
    answered.headers.setdefault("X-Content-Type-Options", "nosniff")
    if answered.mimetype == "text/html":
        if language.get() == ENGLISH:
            answered.set_data(in_english(answered.get_data(as_text=True)))
        if answered.status_code == HTTPStatus.OK and request.path not in ADDRESSES:
            answered.status_code = HTTPStatus.NOT_FOUND  # Dash answers every address with its shell
    return answered


def _layout() -> Any:
    """The shell for whoever asks; Dash also calls it once at start, when nobody does."""
    try:
        viewer = current_viewer()
        with reading(settings().database_url) as conn:
            offered = choices(conn, viewer)
    except DashboardError:
        viewer, offered = Viewer(""), {}
    return shell(viewer, PAGES, offered)


def _on_error(error: Exception) -> None:
    """Sentences go to the notice; anything else is a bug: logged with an id, shown as that id."""
    if isinstance(error, DashboardError):
        dash.set_props("notice", {"children": notice(str(error))})
        return
    dash.set_props("bug", {"children": bug(_logged(error))})


def _logged(error: BaseException | None) -> str:
    """The id under which a bug stands in the log."""
    number = secrets.token_hex(4)
    log.error("bug %s", number, exc_info=error)
    return number


def _refused(refusal: DashboardError) -> Response:
    """What a form or a file that cannot be answers: the sentence that says why."""
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.BAD_REQUEST
    return Response(str(refusal), status, mimetype="text/plain; charset=utf-8")


def _broken(error: InternalServerError) -> Response:
    """What a bug outside the callbacks shows: a page with the id, or the id alone to a script."""
    text = bug_text(_logged(error.original_exception))
    return Response(text, 500, mimetype="text/plain; charset=utf-8")


def _callbacks(app: Dash) -> None:
    search, path = Input("url", "search"), Input("url", "pathname")
    app.callback(Output("page", "children"), path)(show_page)
    app.callback(
        Output("slice", "data"),
        Output("crumbs", "children"),
        Output("badges", "children"),
        Output("notice", "children"),
        search,
        State("url", "pathname"),
    )(show_slice)
    for part, shown in (("graph", "figure"), ("panel", "children")):
        here = {"part": part, "block": MATCH}
        app.callback(
            Output(here, shown),
            Output({"part": f"{part}-say", "block": MATCH}, "children"),
            Output({"part": f"{part}-slot", "block": MATCH}, "hidden"),
            Output({"part": f"{part}-mark", "block": MATCH}, "children"),
            search,
            State(here, "id"),
        )(show_block)
    table = {"part": "table", "block": MATCH}
    app.callback(
        Output(table, "children"),
        Input(table, "hidden"),
        State(table, "children"),
        State(table, "id"),
        prevent_initial_call=True,
    )(open_table)
    app.callback(
        Output({"part": "grid", "block": MATCH}, "columnDefs"),
        Output({"part": "grid", "block": MATCH}, "rowData"),
        search,
        State({"part": "grid", "block": MATCH}, "id"),
    )(show_table)
    app.callback(
        Output("explain", "is_open"),
        Output("explanation", "children"),
        Input({"act": "explain", "block": ALL}, "n_clicks"),
        State("url", "search"),
        prevent_initial_call=True,
    )(explain)
    grids = State({"part": "grid", "block": ALL}, "virtualRowData")
    tables = State({"part": "table", "block": ALL}, "hidden")
    files = [Input({"act": act, "block": ALL}, "n_clicks") for act in ("csv", "xlsx")]
    app.callback(
        Output("download", "data"),
        *files,
        State("url", "search"),
        grids,
        tables,
        prevent_initial_call=True,
    )(download)
    pictures = [Input({"act": act, "block": ALL}, "n_clicks") for act in ("png", "svg")]
    app.callback(
        Output("picture", "data"), *pictures, State("url", "search"), prevent_initial_call=True
    )(take_picture)
    _in_the_browser(app)


DRILLED = (
    *("campus_map", "floor_heatmap", "unmet_map", "node_matrix"),
    *("activity_fields", "brand_portfolio", "brand_overlap"),
)
"""Charts on which a click goes on: to a place, or to a brand."""
PICKS = ("term", "date", "campus", "cluster", "building", "college", "counselor", "degree")


def _in_the_browser(app: Dash) -> None:
    def run(name: str, *parts: Any, initial: bool = False) -> None:
        app.clientside_callback(
            ClientsideFunction("community", name), *parts, prevent_initial_call=not initial
        )

    values: list[Any] = []
    for name in PICKS:
        kinds = ("value", "min", "max") if name == "date" else ("options", "value")
        values += [Output(f"pick-{name}", kind) for kind in kinds]
    values += [Output("pick-college_as", "value"), Output("pick-metric", "value")]
    picks = [Input(f"pick-{name}", "value") for name in (*PICKS, "college_as", "metric")]
    run("bar", *values, Input("slice", "data"), *picks, State("choices", "data"), initial=True)
    run("clear", Output("clear-filters", "title"), Input("clear-filters", "n_clicks"))
    run("mark", Output("url", "hash"), Input("url", "pathname"), initial=True)
    run("picture", Output("picture", "clear_data"), Input("picture", "data"))
    for key in DRILLED:
        graph = {"part": "graph", "block": key}
        run("drill", Output(graph, "clickData"), Input(graph, "clickData"), State(graph, "figure"))
    run(
        "toggle",
        Output({"part": "table", "block": MATCH}, "hidden"),
        Input({"act": "twin", "block": MATCH}, "n_clicks"),
        State({"part": "table", "block": MATCH}, "hidden"),
    )


def show_page(path: str) -> Any:
    """The page of an address, mounted once; its blocks then fill themselves."""
    viewer = current_viewer()
    for shown in PAGES:
        if shown.path == path and viewer.role in shown.roles:
            return page(shown, viewer)
    return missing_page()


def id_of(path: str) -> str:
    """The field that `id` stands for in the address of a page."""
    return next((shown.id_is for shown in PAGES if shown.path == path), Page.id_is)


def show_slice(search: str, path: str) -> tuple[Any, ...]:
    """Filter bar, drill path, badges; or a sentence where the address asks for the impossible."""
    viewer = current_viewer()
    with reading(settings().database_url) as conn:
        version = serving(conn)
        seen = _badges(conn, viewer, version)
        try:
            filters = resolve(conn, Filters.parse(search, id_of(path)), viewer)
        except DashboardError as error:
            return no_update, None, seen, notice(str(error))
        path = crumbs(breadcrumb(conn, filters), filters, people_text(conn, filters))
    return state_of(filters), path, seen, _banner(version)


def _badges(conn: Connection, viewer: Viewer, version: Version) -> Any:
    today = datetime.now(UTC).astimezone().date()
    return badges(viewer, version, scope_text(conn, viewer), settings().stale_days, today)


def show_badges() -> Any:
    """The badges alone, where the data version has changed under an open page."""
    with reading(settings().database_url) as conn:
        return _badges(conn, current_viewer(), serving(conn))


def _banner(version: Version) -> Any:
    said = [
        t("最近一次数据刷新失败，页面显示的是上一个版本。请数据管理员查看日志。")
        if version.problem
        else "",
        t("汇总是本软件的旧版本算的，缺少新指标。请数据管理员运行：python -m data refresh")
        if version.outdated
        else "",
    ]
    return notice("".join(said), clear=False) if any(said) else None


def show_block(search: str, here: dict[str, str]) -> tuple[Any, ...]:
    """What one slot holds. A slice that cannot be is explained once, above, not in every slot."""
    try:
        made = drawing(BLOCKS[here["block"]], search)
    except DashboardError:
        return no_update, "", True, no_update
    if made is None:
        return no_update, no_update, True, no_update
    return made.shown, made.say, False, made.mark


def open_table(hidden: bool, mounted: Any, here: dict[str, str]) -> Any:
    """The grid of a table twin, the first time it is opened."""
    return no_update if hidden or mounted else grid(BLOCKS[here["block"]])


def show_table(search: str, here: dict[str, str]) -> tuple[Any, ...]:
    """The rows of a table twin that has been opened."""
    block = BLOCKS[here["block"]]
    return definitions(block), records(answer(block, search).frame, block)


def explain(_: Any, search: str) -> tuple[bool, Any]:
    """Definition, fraction and list of every metric of the block whose button was pressed."""
    block, _kind = _pressed("explain")
    found, viewer = answer(block, search), current_viewer()
    metrics = block.numbers(found.metric)
    with reading(settings().database_url) as conn:
        rates = rates_of(conn, found.filters, viewer, metrics)
        listed = [m for m in metrics if m.key in METRIC_KEYS] if len(metrics) == 1 else []
        lists = {m.key: units_behind(conn, found.filters, viewer, m.key) for m in listed}
        said = slice_text(conn, found.filters)
        marks = quality_marks(conn, viewer)
    stamp = (said, t("数据版本 {version}", version=found.version))
    shown = explanation(metrics, rates, lists, stamp, marks)
    return True, [shown, plain_explanation(block.about, block.facts, found.frame)]


def _pressed(*acts: str) -> tuple[Block, str]:
    """The block and the act of the button that triggered this callback; a forged one has none."""
    pressed = ctx.triggered_id if isinstance(ctx.triggered_id, dict) else {}
    block, act = BLOCKS.get(pressed.get("block", "")), pressed.get("act", "")
    if block is None or act not in acts or not any(one["value"] for one in ctx.triggered):
        raise dash.exceptions.PreventUpdate
    return block, act


def _stamped(
    block: Block, found: Answer, frame: pd.DataFrame, kind: str, *, own: bool = False
) -> Stamp:
    """Check the right to export, write the audit log, and say what the file is. What is a person's
    `own` needs no such right."""
    viewer = current_viewer()
    if not (viewer.may_export or own):
        raise NotAllowed(t("你的账号没有导出权限。需要导出请联系数据管理员。"))
    with reading(settings().database_url) as conn:
        version, said = serving(conn), slice_text(conn, found.filters)
    title = t(block.title) if block.explained else f"{t(block.title)} · {t(found.metric.name)}"
    mark = digest(title, said, found.version, frame, block)
    with writing(settings().database_url) as conn:
        audit.record(
            conn,
            account=viewer.name,
            action="export",
            detail=f"{kind} {block.key}{found.filters.search}",
            data_version=found.version,
            file_hash=mark,
        )
    as_of, who = found.filters.date, viewer.display_name or viewer.name
    doubts = mark_text(_mark(block, found))
    more = heads(frame, block)
    return Stamp(title, said, as_of, found.version, who, mark, version.demo, doubts, more)


def _file_name(block: Block, found: Answer) -> str:
    scope = getattr(found.filters, found.filters.level) if found.filters.level else "all"
    return f"{block.key}_{scope}_{found.filters.date}"


def download(*args: Any) -> Any:
    """The table of a block as a file: the rows and the order on screen, read anew from the source.

    The browser says only which rows of the frame stand where; it cannot say what is in them.
    """
    block, kind = _pressed("csv", "xlsx")
    found = answer(block, args[-3])
    frame = found.frame.iloc[_on_screen(block, len(found.frame))]
    stamp = _stamped(block, found, frame, kind)
    write = {"csv": to_csv, "xlsx": to_xlsx}[kind]
    return dcc.send_bytes(write(frame, block, stamp), f"{_file_name(block, found)}.{kind}")


def _on_screen(block: Block, length: int) -> list[int]:
    """Places in the frame as the block's open grid filters and sorts them; all where closed."""
    grids, tables = ctx.states_list[-2:]
    closed = next((t["value"] for t in tables if t["id"]["block"] == block.key), True)
    rows = next((g.get("value") for g in grids if g["id"]["block"] == block.key), None)
    if closed or rows is None:
        return list(range(length))
    places = [int(row["row_id"]) for row in rows]
    if any(not 0 <= place < length for place in places):
        raise NotAllowed(t("表格已经更新，请再导出一次。"))
    return places


def send_calendar() -> Response:
    """The worklist on screen as a calendar file; a counselor's own needs no right to export."""
    block = BLOCKS["worklist"]
    found = answer(block, f"?{request.query_string.decode('utf-8', 'replace')}")
    visits = entries(found.frame)
    own = current_viewer().role == COUNSELOR
    stamp = _stamped(block, found, found.frame, "ics", own=own)
    name = f"{_file_name(block, found)}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = to_ics(visits, stamp, found.born.replace(tzinfo=UTC))
    return Response(content, headers=headers, mimetype="text/calendar")


def take_picture(*args: Any) -> Any:
    """A block's figure, titled and stamped, for the browser to turn into PNG or SVG."""
    block, kind = _pressed("png", "svg")
    found = answer(block, args[-1])
    stamp = _stamped(block, found, found.frame, kind)
    made = picture(printed(block, found), stamp, block.height)
    return {"figure": made, "format": kind, "name": _file_name(block, found)}


def refuse_taken_port(host: str, port: int) -> None:
    """Worker processes share a port, and would share it with another server just as silently."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise InvalidSetting(
                f"{host}:{port} 已有程序在用：请先停掉它，或用 DASHBOARD_PORT 另选一个端口"
            )


def main() -> None:
    """Serve with worker processes; each keeps only its cache."""
    chosen = settings()
    refuse_taken_port(chosen.host, chosen.port)
    schemes()  # one that cannot be carried out is refused before anything is served
    logging.basicConfig(level=logging.INFO)
    log.info("http://%s:%s", chosen.host, chosen.port)
    Granian(
        "app:server",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=2,
    ).serve()


if __name__ == "__main__":
    try:
        main()
    except DashboardError as refusal:
        sys.exit(f"错误：{refusal}")
else:
    server = create_app().server
