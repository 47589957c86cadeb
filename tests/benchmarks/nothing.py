"""The dashboard as it is served, with one callback more that does nothing: the yardstick."""

from functools import partial
from typing import Any

import dash
from dash import Input, Output, State

import app

NOTHING = "benchmark-nothing"


def nothing(_search: str, _here: Any) -> str:
    """Through the same server, gate and callback machinery, to no work at all."""
    return ""


dash.get_app().callback(
    Output(NOTHING, "children"), Input(NOTHING, "search"), State(NOTHING, "id")
)(nothing)
server = app.server

if __name__ == "__main__":
    granian = app.Granian
    app.Granian = lambda _target, **options: partial(granian, f"{__spec__.name}:server")(**options)
    app.main()
