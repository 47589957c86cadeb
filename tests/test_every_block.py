"""Promises every block on every page must keep, checked for all of them at once."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly
from sqlalchemy import Connection

import pages
from components.block import RATE, Block
from components.export.stamp import digest
from components.figures.listing import listing
from components.page import Page
from components.tables import definitions, records
from data.engine import reading
from queries.catalog import BY_KEY, METRICS
from queries.filters import Filters
from tests.asking import NOBODY, ROLES, SLICES, STUDENTS, Asking


def _pages() -> Iterator[Page]:
    for found in pkgutil.iter_modules(pages.__path__):
        if not found.name.startswith("_"):
            yield importlib.import_module(f"pages.{found.name}").PAGE


EVERY = [block for page in _pages() for block in page.blocks]
BLOCKS = pytest.mark.parametrize("block", dict.fromkeys(EVERY), ids=lambda block: block.key)


@pytest.fixture
def conn(world_database: str) -> Iterator[Connection]:
    """Reads the refreshed world."""
    with reading(world_database) as opened:
        yield opened


def drawn(block: Block, frame: pd.DataFrame, filters: Filters) -> str:
    """All that leaves the server of a block: drawing, sentence, table, and the printed table."""
    metric = block.metric or BY_KEY[filters.metric]
    draw = block.panel or block.figure
    parts = [draw(frame, metric, filters)] if draw else []
    if block.figure:
        parts.append(block.figure(frame, metric, filters))
    parts += [listing(frame, block), block.say(frame, metric, filters)]
    parts += [definitions(block), records(frame, block)]
    return str(to_json_plotly(parts))


def mentioned(text: str) -> set[str]:
    """The students whose name or number stands anywhere in a text."""
    return set(re.findall(r"(?<![\w#-])(?:学生)?([abcdgz]\d)(?![\w-])", text)) & STUDENTS


def test_a_key_names_one_block() -> None:
    assert len({block.key for block in EVERY}) == len(dict.fromkeys(EVERY))


def test_every_question_is_asked_on_a_page() -> None:
    assert len(EVERY) > 5


@BLOCKS
def test_its_metrics_are_in_the_catalog(block: Block) -> None:
    assert set(block.metrics) <= set(METRICS)
    assert block.metric is None or block.metric in METRICS


@BLOCKS
def test_its_query_takes_the_three_arguments(block: Block) -> None:
    assert list(inspect.signature(block.query).parameters) == ["conn", "filters", "viewer"]


@BLOCKS
def test_it_is_drawn_somewhere(block: Block) -> None:
    assert block.panel or block.figure
    assert block.title
    assert block.columns
    assert any(block.applies(filters) for filters in SLICES)


@BLOCKS
def test_nobody_gets_no_rows_and_still_a_drawing(block: Block, conn: Connection) -> None:
    for filters in SLICES:
        frame = block.query(conn, filters, NOBODY.viewer)
        assert frame.empty, filters
        if block.applies(filters):
            assert mentioned(drawn(block, frame, filters)) == set()
            assert digest(block.title, "", 1, frame, block)


@BLOCKS
def test_its_columns_are_in_the_frame(block: Block, conn: Connection) -> None:
    frame = block.query(conn, SLICES[0], ROLES["committee"].viewer)
    wanted = {column.key for column in block.columns if column.kind != RATE}
    if any(column.kind == RATE for column in block.columns):
        wanted |= {"numerator", "denominator"}
    assert wanted <= set(frame.columns)


@BLOCKS
def test_its_counts_make_sense(block: Block, conn: Connection) -> None:
    for filters in SLICES:
        frame = block.query(conn, filters, ROLES["committee"].viewer)
        if "numerator" in frame:
            counts = frame[["numerator", "denominator"]].dropna()
            assert (counts["numerator"] >= 0).all(), filters
            assert (counts["numerator"] <= counts["denominator"]).all(), filters


@BLOCKS
@pytest.mark.parametrize("role", ROLES)
def test_everyone_sees_only_what_they_may(block: Block, role: str, conn: Connection) -> None:
    """Also where the slice lies out of scope: that a page refuses it earlier is no excuse."""
    asking = ROLES[role]
    for filters in SLICES:
        frame = block.query(conn, filters, asking.viewer)
        assert places(frame) <= asking.buildings, filters
        if block.applies(filters):
            assert mentioned(drawn(block, frame, filters)) <= asking.students, filters


def places(frame: pd.DataFrame) -> set[str]:
    """The buildings of a frame's rows; in the world a floor's id begins with its building's."""
    columns = [c for c in ("building_id", "floor_id", "room_id") if c in frame]
    return {str(v)[0] for c in columns for v in frame[c].dropna() if v}


def test_names_are_seen_where_they_may_be(conn: Connection) -> None:
    """The test above can fail: it would see names that are there."""
    room = next(f for f in SLICES if f.room == "A11")
    earlier = next(f for f in SLICES if f.room == "BE1" and f.date == "2026-10-31")

    def seen(asking: Asking, filters: Filters) -> set[str]:
        found: set[str] = set()
        for block in dict.fromkeys(EVERY):
            if block.applies(filters):
                frame = block.query(conn, filters, asking.viewer)
                found |= mentioned(drawn(block, frame, filters))
        return found

    assert {role: seen(asking, room) for role, asking in ROLES.items()} == {
        "committee": {"a1", "a2"},
        "college": {"a1", "a2"},
        "counselor": {"a1", "a2"},
        "work_group": set(),
        "evaluator": set(),
        "steward": set(),
    }
    assert seen(ROLES["work_group"], earlier) == {"b1", "b2"}
    assert seen(ROLES["college"], earlier) == set()


@BLOCKS
def test_what_is_drawn_is_json(block: Block, conn: Connection) -> None:
    for filters in SLICES:
        if block.applies(filters):
            frame = block.query(conn, filters, ROLES["committee"].viewer)
            assert json.loads(drawn(block, frame, filters))
