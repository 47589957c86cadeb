"""Promises of test_every_block.py on a world that has brands; and what `id` means on a page."""

import re
from typing import Any

import pytest
from plotly.io.json import to_json_plotly

import app
from components.block import Block
from components.figures.listing import listing
from components.tables import records
from data.engine import reading
from pages import activities, brand
from queries.filters import Filters
from tests import branding, databases
from tests.asking import ROLES
from tests.test_every_block import mentioned, places
from tests.world import AUTUMN

BLOCKS = [*brand.PAGE.blocks, *(b for b in activities.PAGE.blocks if b.key.startswith("brand"))]
SLICES = [
    Filters(term=AUTUMN, date="2026-11-20", **chosen)  # type: ignore[arg-type]
    for chosen in (
        *({"brand": key} for key in ("b-a", "b-p", "b-c", "b-u", "b-n", "b-l")),
        *({}, {"campus": "S"}, {"campus": "N", "cluster": "P", "building": "B"}),
    )
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.kept(request, tmp_path_factory, "brands", branding.build)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.key)
@pytest.mark.parametrize("role", ROLES)
def test_everyone_sees_only_what_they_may(url: str, block: Block, role: str) -> None:
    asking = ROLES[role]
    metric: Any = block.metric
    for filters in filter(block.applies, SLICES):
        with reading(url) as conn:
            frame = block.query(conn, filters, asking.viewer)
        assert places(frame) <= asking.buildings, filters
        parts: list[Any] = [listing(frame, block), block.say(frame, metric, filters)]
        parts += [draw(frame, metric, filters) for draw in (block.panel, block.figure) if draw]
        shown = str(to_json_plotly([*parts, records(frame, block)]))
        assert not re.search(r"\b(nan|NaN|None|NaT)\b", shown), filters
        assert not mentioned(shown), filters


@pytest.mark.parametrize(
    ("path", "expected"), [("/brand", "brand"), ("/building", "building"), ("/map", "building")]
)
def test_what_an_id_stands_for(path: str, expected: str) -> None:
    assert app.id_of(path) == expected


def test_blocks_of_a_brand_wait_for_one() -> None:
    waiting = [block.key for block in brand.PAGE.blocks if not block.applies(Filters())]
    assert waiting == [block.key for block in brand.PAGE.blocks if block.needs == "brand"]
    assert len(waiting) == len(brand.PAGE.blocks) - 1
    assert app.ID_IS["brand_head"] == "brand"
    assert app.ID_IS["portrait"] == "building"
