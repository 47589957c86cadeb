"""Promises every block on every page must keep, checked for all of them at once."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd
import pytest
from plotly.io.json import to_json_plotly
from sqlalchemy import Connection

import pages
from components.block import RATE, Block
from components.figures.listing import listing
from components.page import Page
from components.tables import definitions, records
from data.access.viewer import COMMITTEE, Viewer
from data.engine import reading
from queries.catalog import BY_KEY, METRICS
from queries.filters import Filters
from tests.asking import NOBODY, ROLES, ROOM_OF_A1, ROOM_OF_B1, SLICES, STUDENTS, WHOLE, Asking


def _pages() -> Iterator[Page]:
    for found in pkgutil.iter_modules(pages.__path__):
        if not found.name.startswith("_"):
            yield importlib.import_module(f"pages.{found.name}").PAGE


Ask = Callable[[Connection, Filters, Viewer], pd.DataFrame]
EVERY = [block for page in _pages() for block in page.blocks]
FOLLOWS = {block.key: page.filters for page in _pages() for block in page.blocks}
BLOCKS = pytest.mark.parametrize("block", dict.fromkeys(EVERY), ids=lambda block: block.key)


@cache
def answered(url: str, query: Ask, asking: Asking, filters: Filters) -> pd.DataFrame:
    """The rows of a query; the world does not change, so each question is asked once."""
    with reading(url) as conn:
        return query(conn, filters, asking.viewer)


def asked(url: str, block: Block, asking: Asking, filters: Filters) -> pd.DataFrame:
    """A block's rows."""
    return answered(url, block.query, asking, filters)


@cache
def drawn(url: str, block: Block, asking: Asking, filters: Filters) -> str:
    """All that leaves the server of a block: drawing, sentence, table, and the printed table."""
    frame, metric = asked(url, block, asking, filters), block.metric or BY_KEY[filters.metric]
    parts: list[object] = [listing(frame, block), block.say(frame, metric, filters)]
    parts += [draw(frame, metric, filters) for draw in (block.panel, block.figure) if draw]
    return str(to_json_plotly([*parts, definitions(block), records(frame, block)]))


def slices_of(block: Block) -> list[Filters]:
    """The slices in which a block has something to say, each once as its page follows it."""
    follows = FOLLOWS[block.key]
    return list(dict.fromkeys(one.followed(follows) for one in SLICES if block.applies(one)))


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
def test_nobody_gets_no_rows_and_still_a_drawing(block: Block, world_database: str) -> None:
    for filters in slices_of(block):
        assert asked(world_database, block, NOBODY, filters).empty, filters
        assert not mentioned(drawn(world_database, block, NOBODY, filters)), filters


@BLOCKS
def test_its_columns_are_in_the_frame(block: Block, world_database: str) -> None:
    frame = asked(world_database, block, ROLES[COMMITTEE], WHOLE)
    wanted = {column.key for column in block.columns if column.kind != RATE}
    if any(column.kind == RATE for column in block.columns):
        wanted |= {"numerator", "denominator"}
    assert wanted <= set(frame.columns)


@BLOCKS
def test_its_counts_make_sense(block: Block, world_database: str) -> None:
    for filters in slices_of(block):
        frame = asked(world_database, block, ROLES[COMMITTEE], filters)
        if "numerator" in frame:
            counts = frame[["numerator", "denominator"]].dropna()
            assert (counts["numerator"] >= 0).all(), filters
            assert (counts["numerator"] <= counts["denominator"]).all(), filters


@BLOCKS
@pytest.mark.parametrize("role", ROLES)
def test_everyone_sees_only_what_they_may(block: Block, role: str, world_database: str) -> None:
    """Also where the slice lies out of scope: that a page refuses it earlier is no excuse."""
    asking = ROLES[role]
    for filters in slices_of(block):
        assert places(asked(world_database, block, asking, filters)) <= asking.buildings, filters
        shown = drawn(world_database, block, asking, filters)
        assert json.loads(shown)
        assert not re.search(r"\b(nan|NaN|None|NaT)\b", shown), filters
        assert mentioned(shown) <= asking.students, filters


def places(frame: pd.DataFrame) -> set[str]:
    """The buildings of a frame's rows; in the world a floor's id begins with its building's."""
    columns = [c for c in ("building_id", "floor_id", "room_id") if c in frame]
    return {str(v)[0] for c in columns for v in frame[c].dropna() if v}


def test_names_are_seen_where_they_may_be(world_database: str) -> None:
    """The test above can fail: names that are there would be found."""

    def seen(role: str, filters: Filters) -> set[str]:
        at = [block for block in dict.fromkeys(EVERY) if block.applies(filters)]
        shown = (drawn(world_database, block, ROLES[role], filters) for block in at)
        return set().union(*(mentioned(text) for text in shown))

    assert {role: seen(role, ROOM_OF_A1) for role in ROLES} == {
        "committee": {"a1", "a2"},
        "college": {"a1", "a2"},
        "counselor": {"a1", "a2"},
        "work_group": set(),
        "evaluator": set(),
        "steward": set(),
    }
    assert seen("work_group", ROOM_OF_B1) == {"b1", "b2"}
    assert seen("college", ROOM_OF_B1) == set()
