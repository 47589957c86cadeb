"""The dashboard as it is served, with one callback more that does nothing: the yardstick."""

from typing import Any

import dash
from dash import Input, Output, State

import app
from tests.benchmarks.server import NOTHING


def nothing(_search: str, _here: Any) -> str:
    """Through the same server, gate and callback machinery, to no work at all."""
    return ""


if __name__ == "__main__":  # `app.main`, but its workers load this module instead of `app`
    granian = app.Granian
    app.Granian = lambda _, **options: granian("tests.benchmarks.nothing:server", **options)
    app.main()
else:
    asked = Input(NOTHING, "search"), State(NOTHING, "id")
    dash.get_app().callback(Output(NOTHING, "children"), *asked)(nothing)
    server = app.server
