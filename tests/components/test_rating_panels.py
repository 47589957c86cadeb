"""What the page of ratings shows: every item a way to its form, what may be known, nothing run."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pandas as pd
import pytest
from plotly.io.json import to_json_plotly
from sqlalchemy import Connection

from components.block import Block
from components.figures.listing import listing
from components.frozen import frozen
from components.tables import definitions, records
from data.access.viewer import COMMITTEE, EVALUATOR, Viewer
from data.engine import reading, writing
from data.locale.translate import ENGLISH, language
from data.models.rating import GivenRating
from pages import _ratings
from queries.catalog import METRICS
from tests import rated
from tests.asking import ROLES
from tests.queries.slices import slice_of
from tests.world import AUTUMN, rows

EVA = Viewer("eva", EVALUATOR)
BLOCKS = [block for block in vars(_ratings).values() if isinstance(block, Block)]
EVIL = '<img src=x onerror="alert(1)">'
CHOSEN: dict[str, Any] = {"unit": "A", "indicator": "station"}


@pytest.fixture
def conn(world_copy: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """The world of tests/rated.py, where eva rated A's station with evil evidence."""
    with writing(world_copy) as opened:
        rated.fill(opened)
        rows(
            opened,
            GivenRating,
            "scheme scheme_version indicator unit_kind unit_id period kind rater rater_name score"
            " level evidence link at",
            *(
                (
                    *("hand", "1", "station", "building", "A", AUTUMN, "score", "eva", "评委甲"),
                    *(score, "良", EVIL, link, rated.at(day)),
                )
                for score, link, day in (
                    (70.0, "https://x.cn/a?b=1&c=2", "2026-11-12"),
                    (88.0, "javascript:alert(1)", "2026-11-13"),
                )
            ),
        )
    for name in ("queries.schemes", "components.panels.rating_board"):
        monkeypatch.setattr(f"{name}.schemes", lambda: {"building_year": rated.scheme()})
    with reading(world_copy) as opened:
        yield opened


def html_of(conn: Connection, block: Block, viewer: Viewer = EVA, **chosen: Any) -> str:
    """The HTML a browser puts in place."""
    filters = slice_of(**chosen)
    frame = block.query(conn, filters, viewer)
    assert block.panel is not None
    drawn = frozen(orjson.loads(to_json_plotly(block.panel(frame, METRICS[0], filters))))
    return str(drawn["props"]["data-html"])


def everything(conn: Connection, block: Block, viewer: Viewer, **chosen: str) -> str:
    """All that leaves the server."""
    filters = slice_of(**chosen)
    frame = block.query(conn, filters, viewer)
    assert block.panel is not None
    parts: list[Any] = [listing(frame, block), block.say(frame, METRICS[0], filters)]
    parts += [block.panel(frame, METRICS[0], filters), definitions(block), records(frame, block)]
    return str(to_json_plotly(parts))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.key)
@pytest.mark.parametrize("spoken", ["zh", ENGLISH])
def test_no_role_is_shown_what_is_no_value(conn: Connection, block: Block, spoken: str) -> None:
    token = language.set(spoken)
    try:
        for asking in ROLES.values():
            for chosen in ({}, {"unit": "B"}, CHOSEN, {"unit": "Z", "indicator": "station"}):
                shown = everything(conn, block, asking.viewer, **chosen)
                assert not re.search(r"\b(nan|NaN|None|NaT)\b", shown)
                rates = asking.viewer.role in (COMMITTEE, EVALUATOR)
                assert rates or "R01" not in shown
    finally:
        language.reset(token)


def test_every_item_leads_to_its_form(conn: Connection) -> None:
    shown = html_of(conn, _ratings.RATING_MATRIX, **CHOSEN)
    links = re.findall(r'href="/ratings\?([^"#]*)#title-rating_form"', shown)
    assert len(links) == 8
    assert all("unit=" in one and "indicator=" in one for one in links)
    assert shown.count('aria-current="true"') == 1
    assert "≠ 有分歧 2/2" in shown
    assert "✓ 已完成 3/2" in shown  # A: R01, R02 and eva


def test_no_score_is_in_what_one_chooses_from(conn: Connection) -> None:
    for block in (_ratings.RATING_MATRIX, _ratings.RATING_WAITING, _ratings.RATING_PROGRESS):
        frame = block.query(conn, slice_of(), Viewer("new", EVALUATOR))
        assert not {"score", "value", "evidence"} & set(frame.columns)


def test_the_form_shows_the_rubric_and_what_one_gave(conn: Connection) -> None:
    shown = html_of(conn, _ratings.RATING_FORM, **CHOSEN)
    radios = re.findall(r'<input type="radio" name="level" value="([^"]*)"( checked)?>', shown)
    assert radios == [("优", ""), ("良", " checked"), ("差", "")]
    assert 'name="score"' in shown
    assert 'value="88"' in shown
    assert 'required="true"' in shown or " required" in shown
    assert 'action="/ratings/give"' in shown
    assert "商议后登记结论" not in shown
    assert "商议后登记结论" in html_of(
        conn, _ratings.RATING_FORM, ROLES[COMMITTEE].viewer, **CHOSEN
    )


def test_what_was_written_runs_nothing(conn: Connection) -> None:
    shown = html_of(conn, _ratings.RATING_FORM, **CHOSEN)
    assert "<img" not in shown
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in shown
    assert re.findall(r'href="(javascript[^"]*)"', shown) == []
    assert 'href="https://x.cn/a?b=1&amp;c=2"' in shown
    assert 'rel="noreferrer noopener nofollow"' in shown
    assert "<del>70</del>" in shown


def test_others_are_hidden_until_one_has_rated(conn: Connection) -> None:
    shown = everything(conn, _ratings.RATING_FORM, Viewer("new", EVALUATOR), **CHOSEN)
    assert "R02" not in shown
    assert "alert(1)" not in shown
    assert "你评分之后才显示" in shown


def test_a_group_is_chosen_where_groups_count(conn: Connection) -> None:
    shown = html_of(conn, _ratings.RATING_FORM, unit="C", indicator="groups")
    assert re.findall(r'name="group" value="([^"]*)"', shown) == ["专家", "学生"]
    dean = ROLES[COMMITTEE].viewer
    filters = slice_of(unit="C", indicator="groups")
    frame = _ratings.RATING_FORM.query(conn, filters, replace(dean, name="r01"))
    told = frame[frame["part"] == "change"].set_index("rater")["weighed"]
    assert dict(told) == {"R01": False, "R02": False}


def test_nothing_chosen_says_what_to_do(conn: Connection) -> None:
    assert "在上面的总表里点一格" in html_of_plain(conn)
    assert "indicator=station#title-rating_form" in html_of(conn, _ratings.RATING_FORM, unit="B")
    wrong = everything(conn, _ratings.RATING_FORM, EVA, unit="Z", indicator="station")
    assert "没有这个评价单位或人工指标" in wrong


def html_of_plain(conn: Connection) -> str:
    return everything(conn, _ratings.RATING_FORM, EVA)


def test_a_scheme_rated_by_nobody_says_so(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rated.scheme()
    part = replace(made.dimensions[0].parts[0], indicators=(rated.MEASURED,))
    made = replace(made, dimensions=(replace(made.dimensions[0], parts=(part,)),))
    for name in ("queries.schemes", "components.panels.rating_board"):
        monkeypatch.setattr(f"{name}.schemes", lambda: {"building_year": made})
    for block in BLOCKS:
        frame = block.query(conn, slice_of(), EVA)
        assert frame.empty
        assert isinstance(frame, pd.DataFrame)
    assert "没有要评的人工指标" in html_of(conn, _ratings.RATING_PROGRESS)
