"""What the blocks about seals show: every state in both languages, and nothing beyond the scope."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from plotly.io.json import to_json_plotly
from sqlalchemy import update

from components.block import Block
from components.figures.listing import listing
from components.tables import definitions, records
from data.access.viewer import EVALUATOR, Viewer
from data.engine import reading, writing
from data.locale.translate import CHINESE, ENGLISH, language
from data.models.place import Building
from data.summaries.refresh import refresh
from pages._seals import SEAL_DIFFERENCES, SEAL_NOW, SEALED_LINES, SEALED_RESULTS, SEALS
from queries.catalog import METRICS
from queries.seals import seal
from tests.data.seals.making import by_hand
from tests.queries.slices import EVERYONE
from tests.queries.test_seals import (
    EARLY,
    OF_B,
    SEARCH,
    known,
    one_more_on_the_roster,
    opening,
    small,
)
from tests.world import TODAY, build

BLOCKS = (SEALS, SEALED_RESULTS, SEALED_LINES, SEAL_DIFFERENCES, SEAL_NOW)


@pytest.fixture(autouse=True)
def _scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, small())


@pytest.fixture
def url(sqlite_database: str) -> str:
    """A world to change; one database is enough, what is drawn does not depend on it."""
    refresh(build(sqlite_database), today=TODAY)
    return sqlite_database


@pytest.fixture(params=[CHINESE, ENGLISH])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    token = language.set(request.param)
    yield request.param
    language.reset(token)


def drawn(url: str, block: Block, viewer: Viewer, number: int = 1, unit: str = "") -> str:
    """All that leaves the server of a block."""
    filters = opening(number, unit)
    with reading(url) as conn:
        frame = block.query(conn, filters, viewer)
    assert block.panel is not None
    parts: list[object] = [listing(frame, block), block.say(frame, METRICS[0], filters)]
    parts += [block.panel(frame, METRICS[0], filters), definitions(block), records(frame, block)]
    return str(to_json_plotly(parts)).replace("\\u002f", "/")


def words(url: str, number: int = 1, unit: str = "", viewer: Viewer = EVERYONE) -> str:
    shown = "".join(drawn(url, block, viewer, number, unit) for block in BLOCKS)
    assert not re.search(r"\b(nan|NaN|None|NaT)\b", shown)
    return shown


def test_no_seal_yet(url: str, spoken: str) -> None:
    shown = words(url)
    assert ("还没有封存" in shown) == (spoken == CHINESE)


def test_a_seal_and_what_changed(url: str, spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    words(url)
    one_more_on_the_roster(url)
    known(monkeypatch, small(50, "2"))
    shown = words(url, unit="A")
    assert "2/3 = 66.7%" in shown
    assert "3/3 = 100.0%" in shown
    seal(url, SEARCH, EVERYONE, replace(EARLY, supersedes="1"))
    assert ("已被封存 2取代" in words(url)) == (spoken == CHINESE)
    words(url, 2)
    words(url, 9)
    known(monkeypatch)
    shown = "".join(drawn(url, block, EVERYONE, 1) for block in BLOCKS[1:4])
    assert ("方案的文件已经不在" in shown) == (spoken == CHINESE)


@pytest.mark.usefixtures("spoken")
def test_units_that_went_and_came(url: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    with writing(url) as conn:
        conn.execute(update(Building).where(Building.id == "D").values(residential=False))
    refresh(url, today=TODAY)
    assert "竹苑1号楼" in words(url)
    seal(url, SEARCH, EVERYONE, replace(EARLY, supersedes="1"))
    with writing(url) as conn:
        conn.execute(update(Building).where(Building.id == "D").values(residential=True))
    refresh(url, today=TODAY)
    assert "竹苑1号楼" in words(url, 2)


def test_a_broken_seal_shows_red_words_and_no_numbers(url: str, spoken: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    by_hand(url, "UPDATE {seals} SET content = replace(CAST(content AS TEXT), '会议', '会谈')")
    shown = drawn(url, SEALED_RESULTS, EVERYONE)
    assert "verdict bad" in shown
    assert ("没有通过校验" in shown) == (spoken == CHINESE)
    assert "桃苑1号楼" not in words(url)
    assert "会谈" not in words(url)


def test_a_work_group_reads_of_its_own_building_only(url: str, spoken: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    one_more_on_the_roster(url)
    shown = words(url, unit="A", viewer=OF_B)
    assert "桃苑2号楼" in words(url, viewer=OF_B)
    for other in ("桃苑1号楼", "松苑1号楼", "竹苑1号楼"):
        assert other not in shown
    assert ("封存由学生社区党工委办理" in shown) == (spoken == CHINESE)


def test_the_file_is_offered_to_those_who_may_take_it(url: str) -> None:
    seal(url, SEARCH, EVERYONE, EARLY)
    shown = drawn(url, SEALS, Viewer("e", EVALUATOR))
    assert "/evaluation/seal/1.json" in shown
    assert '"download":"seal-1.json"' in shown  # else the script follows it as a page
    assert "/evaluation/seal/1.json" not in drawn(url, SEALS, OF_B)
