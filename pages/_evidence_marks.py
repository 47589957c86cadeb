"""Where the forms beside evidence are sent: one decision is kept, or a sentence says why not."""

from dataclasses import replace

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.panels.evidence import MARK, PLACE
from components.panels.ranking import PAGE
from data.access.gate import current_viewer
from data.settings import settings
from queries.evidence_marks import Decision, mark
from queries.filters import Filters


def serve(server: Flask) -> None:
    """The address of the forms."""
    server.add_url_rule(MARK, "keep_mark", keep_mark, methods=["POST"])


def keep_mark() -> AnyResponse:
    """Keep what the form says, then lead back to the list."""
    names = ("indicator", "ledger", "record", "state", "reason")
    said = Decision(*(request.form.get(name, "") for name in names))
    search = request.form.get("search", "")
    back = replace(Filters.parse(search), find="").search
    mark(settings().database_url, search, current_viewer(), said)
    return redirect(f"{PAGE}{back}{PLACE}", 303)
