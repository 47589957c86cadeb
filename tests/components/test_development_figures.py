"""The drawings of 发展支持: nothing is a cross, unknown is no zero."""

from typing import Any

import pandas as pd
import pytest

from components.development_words import areas, seats, since
from components.figures.cells import EMPTY
from components.figures.pilots import pilot_change
from components.panels.development_cards import BLOCK_OF, development_cards
from components.panels.request_channels import request_channels
from components.panels.space_board import culture_board, space_board
from components.sentences_development import (
    of_cards,
    of_culture,
    of_functions,
    of_pilots,
    of_requests,
)
from pages.development import PAGE
from queries.filters import Filters
from queries.spaces import FUNCTION_COVERAGE

HERE = Filters(term="2026-2027-1", date="2026-11-20")
NOTHING = pd.DataFrame()


@pytest.mark.parametrize("draw", [development_cards, space_board, culture_board, request_channels])
def test_an_empty_panel_says_so(draw: Any) -> None:
    assert draw(NOTHING, FUNCTION_COVERAGE, HERE).className == "empty"


def test_an_empty_chart_says_so() -> None:
    assert pilot_change(NOTHING, FUNCTION_COVERAGE, HERE)["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("say", [of_cards, of_functions, of_culture, of_pilots, of_requests])
def test_an_empty_sentence_says_so(say: Any) -> None:
    assert say(NOTHING, FUNCTION_COVERAGE, HERE).endswith("。")


def test_cards_lead_to_blocks_of_the_page() -> None:
    assert set(BLOCK_OF.values()) <= {block.key for block in PAGE.blocks}


def cell(**known: Any) -> Any:
    """A row of the matrix: two spaces of which nothing is known but what is given."""
    row = {"spaces": 2, "area": None, "area_known": 0, "area_each": None}
    row |= {"seats": None, "seats_known": 0, "seats_each": None} | known
    return pd.Series(row, dtype="object")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (cell(), "面积未登记"),
        (cell(area=30.0, area_known=2, area_each=6.0), "6.0 ㎡"),
        (cell(area=30.0, area_known=1, area_each=6.0), "≥6.0 ㎡"),
        (cell(area=30.0, area_known=2), "30.0 ㎡，无人居住"),
    ],
)
def test_areas(row: Any, said: str) -> None:
    assert areas(row) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (cell(), "座位未登记"),
        (cell(seats=12, seats_known=1, seats_each=2.4), "≥2.4 座"),
        (cell(seats=12, seats_known=2), "12 座，无人居住"),
    ],
)
def test_seats(row: Any, said: str) -> None:
    assert seats(row) == said


def test_a_feature_without_a_day() -> None:
    assert since(None) == "建成日期未登记"


def test_an_empty_cell_is_a_cross_with_words() -> None:
    df = pd.DataFrame(
        {
            "building_id": ["A", "A"],
            "building": ["桃苑1号楼"] * 2,
            "kind": ["党建墙", "文化墙"],
            "features": [0, 1],
            "since": [None, None],
            "lacking": [1, 1],
        }
    )
    shown = str(culture_board(df, FUNCTION_COVERAGE, HERE))
    assert shown.count(EMPTY) == 1
    assert "没有" in shown
    assert "0/1 栋" in shown
    assert "1/1 栋" in shown
