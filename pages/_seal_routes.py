"""Where the form of 封存 is sent, and where a sealed record is taken along as a file."""

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from components.panels.seals import EARLY, FILE, PAGE, SEAL
from data.access.gate import current_viewer
from data.settings import settings
from queries.filters import Filters
from queries.seals import Wish, seal, sealed_file

JSON = "application/json"


def serve(server: Flask) -> None:
    """The addresses: one adds a seal, one reads it; none changes or removes any."""
    server.add_url_rule(SEAL, "keep_seal", keep_seal, methods=["POST"])
    server.add_url_rule(FILE.replace("{id}", "<number>"), "send_seal", send_seal)


def keep_seal() -> AnyResponse:
    """Seal what the form says, then lead back to the page with the new seal open."""
    sent = {name: request.form.get(name, "") for name in ("note", "supersedes", "version")}
    search = Filters.parse(request.form.get("search", "")).search
    early = request.form.get(EARLY, "") == "yes"
    made = seal(settings().database_url, search, current_viewer(), Wish(**sent, early=early))
    joined = f"{search}&" if search else "?"
    return redirect(f"{PAGE}{joined}seal={made.id}#title-seals", 303)


def send_seal(number: str) -> AnyResponse:
    """The canonical bytes of a seal: SHA-256 of the file is the hash of the seal."""
    found = sealed_file(settings().database_url, number, current_viewer())
    name = f"seal-{found.id}_{found.scheme}_{found.period}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(found.content, headers=headers, mimetype=JSON)
