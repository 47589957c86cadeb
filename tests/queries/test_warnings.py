"""Warnings by hand: series put into the world's summaries, what is said of them, and by whom.

Weeks 1–10 of the autumn (10 is the last that is over on 11-20), week 5 without teaching:

    visits    A 20 each week; B 20, but none in the last two; C 40 each week
    met share college X 40 of 50 each week, Y 40 of 50, but 10 of 50 in the last two
    concerns  A one a week: too few to be judged
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, delete, insert, select

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import DashboardError, InvalidFilter, NotAllowed
from data.models.contact import WarningNote, WeekCount
from data.models.dashboard import AuditEntry, VersionTerm
from data.models.time import Term
from queries.choices import latest_version
from queries.control_chance import expected_by_chance
from queries.filters import BELONGS, LEADS
from queries.series import every_series
from queries.warnings import EXPLAINED, NEW, SEEN, chart_rows, say, series_board, warnings
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN

WEEKS = (1, 2, 3, 4, 6, 7, 8, 9, 10)
OF_B = Viewer("group", WORK_GROUP, buildings=frozenset("B"), display_name="楼宇二组")
OF_X = Viewer("college", COLLEGE, college="X")
LAST = {9, 10}


@pytest.fixture
def url(world_copy: str) -> str:
    """A world whose weekly counts of the autumn are those above."""
    with writing(world_copy) as conn:
        build = conn.scalar(select(VersionTerm.build).where(VersionTerm.term_id == AUTUMN))
        first = conn.scalar(select(Term.teaching_starts).where(Term.id == AUTUMN))
        conn.execute(delete(WeekCount).where(WeekCount.build == build))
        assert first is not None
        for metric, subject, subject_id, part, whole in _counts():
            for week in WEEKS:
                starts = first + pd.Timedelta(weeks=week - 1).to_pytimedelta()
                row = {"metric": metric, "subject": subject, "subject_id": subject_id}
                row |= {"week": week, "starts": starts, "until": starts + pd.Timedelta(days=7)}
                row |= {"numerator": part(week), "denominator": whole, "build": build}
                conn.execute(insert(WeekCount).values(row))
    return world_copy


def _counts() -> Iterator[tuple[Any, ...]]:
    yield "visits", "building", "A", lambda _: 20, 1
    yield "visits", "building", "B", lambda week: 0 if week in LAST else 20, 1
    yield "visits", "building", "C", lambda _: 40, 1
    yield "met_share", "college", "X", lambda _: 40, 50
    yield "met_share", "college", "Y", lambda week: 10 if week in LAST else 40, 50
    yield "concerns", "building", "A", lambda _: 1, 100


@pytest.fixture
def conn(url: str) -> Iterator[Connection]:
    with reading(url) as opened:
        yield opened


def told(frame: pd.DataFrame) -> set[tuple[str, str, str, int, int, int]]:
    columns = ["measure", "subject_id", "rule", "first_week", "last_week", "side"]
    return set(frame[columns].itertuples(index=False, name=None))


def test_a_building_that_falls_behind_the_others_warns(conn: Connection) -> None:
    """B has had 140 of 680 visits; in weeks 9 and 10 it has 0 of the 12.4 its share would be."""
    found = warnings(conn, slice_of(), EVERYONE)
    assert ("visits", "B", "outside", 9, 10, -1) in told(found)
    row = found[(found["measure"] == "visits") & (found["subject_id"] == "B")].iloc[0]
    assert (row["value"], row["centre"], row["raw"]) == (0.0, pytest.approx(1.0), 0.0)
    assert row["since"] == "2026-11-02"
    assert (row["state"], row["good"], row["provisional"]) == (NEW, -1, True)


def test_a_share_is_held_against_the_universitys_of_the_week(conn: Connection) -> None:
    """Y: 20 % where the university has 50 %; X: 80 % — as always, but 1.6 times the university."""
    found = warnings(conn, slice_of(), EVERYONE)
    of_y = found[(found["measure"] == "met_share") & (found["subject_id"] == "Y")].iloc[0]
    assert (of_y["raw"], of_y["level"], of_y["value"]) == pytest.approx((0.2, 0.5, 0.4))
    of_x = found[(found["measure"] == "met_share") & (found["subject_id"] == "X")].iloc[0]
    assert (of_x["raw"], of_x["value"], of_x["side"]) == pytest.approx((0.8, 1.6, 1))
    whole = found[found["subject"] == "university"]
    assert ("met_share", "", "outside", 9, 10, -1) in told(whole)
    assert whole[whole["measure"] == "met_share"].iloc[0]["raw"] == pytest.approx(0.5)


def test_the_page_says_how_many_chance_would_bring(conn: Connection) -> None:
    """Judged: visits of A, B, C and all, shares of X, Y and all; concerns are too few."""
    found = warnings(conn, slice_of(), EVERYONE)
    assert set(found["series_count"]) == {7}
    assert found["by_chance"].iloc[0] == pytest.approx(expected_by_chance([9] * 7))
    board = series_board(conn, slice_of(), EVERYONE)
    assert len(board) == 9
    assert set(board.loc[~board["judged"], "measure"]) == {"concerns"}


def test_a_week_without_teaching_breaks_the_series(conn: Connection) -> None:
    series = next(s for s in every_series(conn, slice_of(), EVERYONE) if s.subject_id == "A")
    assert series.weeks == WEEKS
    assert series.chart.breaks == {4}


def test_only_weeks_that_are_over_count(conn: Connection) -> None:
    assert every_series(conn, slice_of("11-08"), EVERYONE)[0].weeks[-1] == 9
    assert every_series(conn, slice_of("11-07"), EVERYONE)[0].weeks[-1] == 8
    assert warnings(conn, slice_of("11-07"), EVERYONE).empty


@pytest.mark.parametrize(
    ("viewer", "chosen", "subjects"),
    [
        (EVERYONE, {}, {"A", "B", "C", "X", "Y", ""}),
        (EVERYONE, {"campus": "S"}, set()),
        (EVERYONE, {"building": "B"}, {"B"}),
        (EVERYONE, {"college": "Y", "college_as": LEADS}, {"B", "C"}),
        (EVERYONE, {"college": "Y", "college_as": BELONGS}, {"Y"}),
        (Viewer("e", EVALUATOR), {}, {"A", "B", "C", "X", "Y", ""}),
        (OF_B, {}, {"B"}),
        (Viewer("k", COUNSELOR, counselor="k1", buildings=frozenset("A")), {}, {"A"}),
        (Viewer("nobody"), {}, set()),
    ],
)
def test_everyone_sees_their_own_series(
    conn: Connection, viewer: Viewer, chosen: dict[str, str], subjects: set[str]
) -> None:
    assert {s.subject_id for s in every_series(conn, slice_of(**chosen), viewer)} == subjects


def test_the_chosen_series_is_drawn_else_the_first_that_warns(conn: Connection) -> None:
    first = chart_rows(conn, slice_of(), EVERYONE)
    assert set(first["series"]) == {"met_share.university."}
    chosen = chart_rows(conn, slice_of(series="visits.building.B"), EVERYONE)
    assert list(chosen["raw"]) == [20] * 7 + [0, 0]
    assert list(chosen["signal"]) == [""] * 7 + ["outside"] * 2
    assert set(chosen["building_id"]) == {"B"}
    hidden = chart_rows(conn, slice_of(series="visits.building.A"), OF_B)
    assert set(hidden["building_id"]) == {"B"}


def key_of(url: str, viewer: Viewer = EVERYONE) -> str:
    with reading(url) as conn:
        found = warnings(conn, slice_of(), viewer)
    return str(found.loc[found["subject_id"] == "B", "key"].iloc[0])


def states(url: str, viewer: Viewer = EVERYONE) -> dict[str, tuple[str, object]]:
    with reading(url) as conn:
        found = warnings(conn, slice_of(), viewer)
    return {row.key: (row.state, row.note) for row in found.itertuples()}


def test_what_is_said_of_a_warning_stays_and_the_latest_counts(url: str) -> None:
    key = key_of(url)
    with reading(url) as conn:
        before = latest_version(conn)
    say(url, "", OF_B, key=key, state=SEEN, note="")
    say(url, "", OF_B, key=key, state=EXPLAINED, note="  11 月初\n辅导员交接  ")
    assert states(url)[key] == (EXPLAINED, "11 月初 辅导员交接")
    with reading(url) as conn:
        assert latest_version(conn) != before
        assert conn.scalar(select(AuditEntry.account).where(AuditEntry.action == "warning_note"))
        row = conn.execute(select(WarningNote.author_name, WarningNote.state)).all()
        found = warnings(conn, slice_of(), EVERYONE)
    assert [tuple(r) for r in row] == [("楼宇二组", SEEN), ("楼宇二组", EXPLAINED)]
    assert found.iloc[-1]["key"] == key


def test_what_was_explained_is_not_told_again_while_it_goes_on(url: str) -> None:
    """A week earlier it was the same warning: the same week it began, the same rule."""
    key = key_of(url)
    say(url, "", OF_B, key=key, state=EXPLAINED, note="交接")
    assert states(url)[key][0] == EXPLAINED
    assert [state for state, _ in states(url).values()].count(NEW) == len(states(url)) - 1


@pytest.mark.parametrize(
    ("viewer", "key", "state", "note", "refusal"),
    [
        (Viewer("e", EVALUATOR), None, SEEN, "", NotAllowed),
        (Viewer("nobody"), None, SEEN, "", NotAllowed),
        (OF_B, "2026-2027-1|visits.building.A|outside|9|-1", SEEN, "", InvalidFilter),
        (OF_X, "no such key", SEEN, "", InvalidFilter),
        (OF_B, None, EXPLAINED, "  ", InvalidFilter),
        (OF_B, None, "deleted", "x", InvalidFilter),
        (OF_B, None, SEEN, "长" * 501, InvalidFilter),
        (OF_B, None, SEEN, "a\x07b", InvalidFilter),
    ],
)
def test_what_cannot_be_said_leaves_nothing_behind(
    url: str, viewer: Viewer, key: str | None, state: str, note: str, refusal: type[DashboardError]
) -> None:
    with pytest.raises(refusal):
        say(url, "", viewer, key=key or key_of(url), state=state, note=note)
    with reading(url) as conn:
        assert conn.scalar(select(WarningNote.id)) is None
