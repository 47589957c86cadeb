"""Where the forms beside warnings are sent: one note is kept, or a sentence says why not."""

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.panels.warnings import NOTE, PAGE, anchor
from data.access.gate import current_viewer
from data.errors import DashboardError, NotAllowed
from data.settings import settings
from queries.filters import Filters
from queries.warnings import say

TEXT = "text/plain; charset=utf-8"


def serve(server: Flask) -> None:
    """The address of the forms."""
    server.add_url_rule(NOTE, "keep_note", keep_note, methods=["POST"])


def keep_note() -> AnyResponse:
    """Keep what the form says, then lead back to the warning on its page."""
    sent = {name: request.form.get(name, "") for name in ("search", "key", "state", "note")}
    try:
        back = Filters.parse(sent["search"]).search
        viewer = current_viewer()
        url, search = settings().database_url, sent.pop("search")
        say(url, search, viewer, **sent)
    except DashboardError as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 400
        return Response(str(refusal), status, mimetype=TEXT)
    return redirect(f"{PAGE}{back}#warning-{anchor(sent['key'])}", 303)
