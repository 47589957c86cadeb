"""Where the forms of 人工评分 are sent: a rating is kept, or a sentence says why not."""

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.panels.rating_form import GIVE
from components.rating_words import form_of
from data.access.gate import current_viewer
from data.settings import settings
from queries.filters import Filters
from queries.rating_giving import give

FIELDS = ("kind", "level", "score", "group", "evidence", "link")


def serve(server: Flask) -> None:
    """The address of the forms."""
    server.add_url_rule(GIVE, "give_rating", give_rating, methods=["POST"])


def give_rating() -> AnyResponse:
    """Keep what the form says, then lead back to it."""
    sent = {name: request.form.get(name, "") for name in FIELDS}
    search = request.form.get("search", "")
    filters = Filters.parse(search)
    give(settings().database_url, search, current_viewer(), sent)
    return redirect(form_of(filters, filters.unit, filters.indicator), 303)
