"""Blocks without the web: their query, their drawing, and what ten times the students cost."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from flask import g

import app
from components.block import Block
from data.access.viewer import Viewer
from data.engine import reading
from tests.benchmarks.slices import Drawn, Slices, demo_viewers
from tests.benchmarks.spread import Spread, seconds


def measure(url: str, blocks: Sequence[Block], each: int) -> dict[str, Any]:
    """Query and drawing of every block, over the demo account of every role."""
    slices, viewers = Slices(url), demo_viewers(url)
    found: dict[str, dict[str, list[float]]] = {
        block.key: {"query": [], "answer": [], "drawing": [], "rows": []} for block in blocks
    }
    for number in range(-1, each):  # the first round warms up
        for block in blocks:
            for viewer in viewers:
                sample = _sample(url, block, slices, viewer)
                for name, value in sample.items() if number >= 0 else ():
                    found[block.key][name].append(value)
    return {
        key: {name: Spread.of(values) for name, values in lists.items()}
        for key, lists in found.items()
    }


def _sample(url: str, block: Block, slices: Slices, viewer: Viewer) -> dict[str, float]:
    """One slice through the query alone, then through the door that callbacks use."""
    drawn = slices.draw(block, viewer)
    found = {"query": _query(url, block, drawn, viewer)}
    search = drawn.asked.search
    with app.server.test_request_context("/"):
        g.viewer = viewer
        found["answer"] = seconds(lambda: app.answer(block, search))
        found["drawing"] = seconds(lambda: app.drawing(block, search))
        found["rows"] = len(app.answer(block, search).frame)
    return found


def _query(url: str, block: Block, drawn: Drawn, viewer: Viewer) -> float:
    with reading(url) as conn:
        return seconds(lambda: block.query(conn, drawn.resolved, viewer))


def scaling(large: str, small: str, blocks: Sequence[Block], each: int) -> dict[str, Any]:
    """The same slices on two campuses in turn: medians, and how many times the small one's."""
    viewer = demo_viewers(large)[0]
    campuses = {"large": Slices(large), "small": Slices(small)}
    return {block.key: _compare(block, campuses, viewer, each) for block in blocks}


def _compare(block: Block, campuses: dict[str, Slices], viewer: Viewer, each: int) -> Any:
    times: dict[str, list[float]] = {name: [] for name in campuses}
    for number in range(-1, each):
        for name, slices in campuses.items():
            took = _query(slices.url, block, slices.draw(block, viewer), viewer)
            if number >= 0:
                times[name].append(took)
    middle = {name: median(taken) for name, taken in times.items()}
    return {**middle, "ratio": middle["large"] / middle["small"]}
