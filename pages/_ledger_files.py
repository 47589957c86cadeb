"""The files the ledger page gives out: templates, lists of problems, marked copies."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, Response

from data.access.gate import current_viewer
from data.access.viewer import Viewer
from data.errors import DashboardError, NotAllowed
from data.settings import settings
from queries import ledger

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain; charset=utf-8"


def serve(server: Flask) -> None:
    """The addresses of the files."""
    for rule, answer in (
        ("template/<name>.xlsx", send_template),
        ("problems/<int(max=999999999):number>.txt", send_problems),
        ("marked/<int(max=999999999):number>.xlsx", send_marked),
    ):
        server.add_url_rule(f"/ledger/{rule}", answer.__name__, answer)


def send_template(name: str) -> Response:
    """The empty Excel template of a ledger."""
    return _sent(lambda url, viewer: ledger.template_file(url, viewer, name), XLSX)


def send_problems(number: int) -> Response:
    """Every problem of a run, one a line."""
    return _sent(lambda url, viewer: ledger.problem_text(url, viewer, number), TEXT)


def send_marked(number: int) -> Response:
    """The file of a run with its faulty cells marked."""
    return _sent(lambda url, viewer: ledger.marked_file(url, viewer, number), XLSX)


def _sent(make: Callable[[str, Viewer], tuple[str, bytes]], kind: str) -> Response:
    """A download under its own name, or a sentence that says why there is none."""
    try:
        name, content = make(settings().database_url, current_viewer())
    except DashboardError as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 404
        return Response(str(refusal), status, mimetype=TEXT)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, headers=headers, mimetype=kind)
