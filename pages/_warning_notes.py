"""Where the forms beside warnings are sent: one note is kept, or a sentence says why not."""

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.panels.warnings import NOTE, PAGE, anchor
from data.access.gate import current_viewer
from data.settings import settings
from queries.filters import Filters
from queries.warnings import say


def serve(server: Flask) -> None:
    """The address of the forms."""
    server.add_url_rule(NOTE, "keep_note", keep_note, methods=["POST"])


def keep_note() -> AnyResponse:
    """Keep what the form says, then lead back to the warning on its page."""
    sent = {name: request.form.get(name, "") for name in ("search", "key", "state", "note")}
    back = Filters.parse(sent["search"]).search
    url, search = settings().database_url, sent.pop("search")
    say(url, search, current_viewer(), **sent)
    return redirect(f"{PAGE}{back}#warning-{anchor(sent['key'])}", 303)
