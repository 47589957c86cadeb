"""The blocks of goal ③ in the world of tests/counseling.py, to every role: no student is named."""

from collections.abc import Iterator

import pytest
from plotly.io.json import to_json_plotly
from sqlalchemy import Connection

from components.block import Block
from components.figures.listing import listing
from components.tables import definitions, records
from data.engine import reading
from pages import _concerns
from queries.catalog import BY_KEY
from queries.filters import Filters
from tests.asking import ROLES, SLICES, WHOLE
from tests.test_every_block import mentioned, places
from tests.world import SPRING

BLOCKS = [block for block in vars(_concerns).values() if isinstance(block, Block)]
DAYS = (Filters(term=SPRING, date="2026-07-05"), *SLICES)


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    """Reads the world with counselors at work."""
    with reading(counseling_database) as opened:
        yield opened


def said(block: Block, conn: Connection, role: str, filters: Filters) -> str:
    """All that leaves the server: drawing, sentence, table, and the printed table."""
    asking, metric = ROLES[role], block.metric or BY_KEY[filters.metric]
    frame = block.query(conn, filters, asking.viewer)
    assert places(frame) <= asking.buildings, filters
    parts: list[object] = [listing(frame, block), block.say(frame, metric, filters)]
    parts += [draw(frame, metric, filters) for draw in (block.panel, block.figure) if draw]
    return str(to_json_plotly([*parts, definitions(block), records(frame, block)]))


def test_there_are_five() -> None:
    assert len(BLOCKS) == 5


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.key)
def test_no_student_is_named_whoever_asks(conn: Connection, block: Block, role: str) -> None:
    for filters in filter(block.applies, DAYS):
        assert not mentioned(said(block, conn, role, filters)), filters


def test_the_list_is_not_empty_where_there_is_something(conn: Connection) -> None:
    """The test above sees concerns."""
    seen = {role: "#8" in said(_concerns.OVERDUE_CONCERNS, conn, role, DAYS[0]) for role in ROLES}
    assert seen == {
        "committee": True,
        "college": True,
        "work_group": False,  # 8 is in A
        "counselor": True,
        "evaluator": False,
        "steward": False,
    }
    assert "本学期提出 5 个问题" in said(_concerns.CONCERN_FUNNEL, conn, "committee", WHOLE)
