"""Where the committee's form is sent: a decision on awards is kept, or a sentence says why not."""

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.panels.awards import DECIDE
from components.panels.ranking import PAGE
from data.access.gate import current_viewer
from data.settings import settings
from queries.awards import decide
from queries.filters import Filters


def serve(server: Flask) -> None:
    """The address of the form."""
    server.add_url_rule(DECIDE, "keep_decision", keep_decision, methods=["POST"])


def keep_decision() -> AnyResponse:
    """Keep what the form says, then lead back to what was decided."""
    search, note = (request.form.get(name, "") for name in ("search", "note"))
    units = request.form.getlist("unit")
    back = Filters.parse(search).search
    decide(settings().database_url, search, current_viewer(), units=units, note=note)
    return redirect(f"{PAGE}{back}#title-award_decisions", 303)
