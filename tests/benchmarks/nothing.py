"""The dashboard as it is served, with one callback more that does nothing: the yardstick."""

from typing import Any

import dash
from dash import Input, Output, State

import app
from tests.benchmarks.server import NOTHING


def nothing(_search: str, _here: Any) -> str:
    """Through the same server, gate and callback machinery, to no work at all."""
    return ""


asked = Input(NOTHING, "search"), State(NOTHING, "id")
dash.get_app().callback(Output(NOTHING, "children"), *asked)(nothing)
server = app.server
