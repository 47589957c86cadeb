"""Ratings of the demo campus counted anew, row by row, by other means than the query's."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import isnan
from statistics import mean, median, stdev

import pytest
from sqlalchemy import Connection, insert, select

from data.access.viewer import EVALUATOR, Viewer
from data.engine import engine, reading
from data.models.evaluation import Rating
from data.models.people import College
from data.models.place import Building
from data.schemes.scheme import BUILDING, COLLEGE_LEADS, RATING, Source
from queries.choices import resolve
from queries.evaluated_units import units_of
from queries.evaluation_period import period_of
from queries.filters import Filters
from queries.rating_items import BY_INDICATOR, BY_RATER, TOTAL, rating_progress, rating_states
from queries.source_rating import rating_values
from tests import rated

EVA = Viewer("eva", EVALUATOR)
CODES = ("station_organisation", "station_activity", "room_culture")


@pytest.fixture
def conn(demo: str) -> Iterator[Connection]:
    """The demo campus with a fourth rater here and there; nothing of it is kept."""
    with engine(demo).connect() as opened:
        first = opened.execute(select(Rating.__table__).order_by(Rating.id)).all()
        more = [
            dict(row._mapping) | {"id": 10**6 + n, "rater": "R09", "score": (n * 37) % 101}
            for n, row in enumerate(first)
            if n % 3 == 0
        ]
        opened.execute(insert(Rating), more)
        yield opened
        opened.rollback()


def by_hand(rows: list[Rating], threshold: float) -> tuple[float | None, int, int]:
    """The value, how many are in it, and how many there are: every pair is looked at."""
    last: dict[str, float] = {}
    for row in sorted(rows, key=lambda one: (one.rated, one.id)):
        last[row.rater] = row.score
    scores = list(last.values())
    if len(scores) < 2:
        return None, len(scores), max(2, len(scores))
    pairs = [(round(abs(a - b), 9), (a + b) / 2) for a, b in combinations(scores, 2)]
    if all(gap <= threshold for gap, _ in pairs):
        return mean(scores), len(scores), len(scores)
    if len(scores) == 2:
        return None, 2, 2
    least = min(gap for gap, _ in pairs)
    closest = [middle for gap, middle in pairs if gap == least]
    if len(closest) > 1:
        return median(scores), len(scores), len(scores)
    return closest[0], 2, len(scores)


@pytest.mark.parametrize("kind", ["term", "academic_year", "calendar_year"])
@pytest.mark.parametrize("term", ["2025-2026-2", "2026-2027-1"])
@pytest.mark.parametrize("threshold", [4.0, 10.0])
def test_every_building_by_brute_force(
    conn: Connection, kind: str, term: str, threshold: float
) -> None:
    filters = resolve(conn, Filters(term=term), EVA)
    period = period_of(conn, filters, kind)
    every = [Rating(**row._mapping) for row in conn.execute(select(Rating.__table__))]
    units = list(conn.scalars(select(Building.id).order_by(Building.id)))
    states = set()
    for code in CODES:
        indicator = rated.indicator(code, Source(RATING, code, (), 2, threshold))
        found = rating_values(conn, rated.scheme(), indicator, period, units).set_index("unit_id")
        for unit in units:
            of_unit = [r for r in every if r.building_id == unit and r.indicator == code]
            parts = [[r for r in of_unit if r.term_id == p.term] for p in period.parts]
            results = [by_hand(part, threshold) for part in parts if part]
            known = [one for one in results if one[0] is not None]
            row = found.loc[unit]
            states.add((len(results), len(known)))
            if not known:
                assert isnan(row["value"])
                assert row["why"]
                continue
            assert row["value"] == pytest.approx(mean(one[0] or 0 for one in known))
            assert row["numerator"] == sum(one[1] for one in known)
            assert row["denominator"] == sum(one[2] for one in known)
            assert row["why"] == ""
    assert max(states) > (0, 0)
    if kind == "term" and threshold < 10:
        assert {(1, 0), (1, 1)} <= states  # some are apart, some are not


def test_the_error_is_that_of_the_raters(conn: Connection) -> None:
    filters = resolve(conn, Filters(term="2025-2026-2"), EVA)
    indicator = rated.indicator("one", Source(RATING, CODES[0], (), 2, 100.0))
    units = list(conn.scalars(select(Building.id)))
    found = rating_values(
        conn, rated.scheme(), indicator, period_of(conn, filters, "term"), units
    ).set_index("unit_id")
    checked = 0
    for unit in units:
        stmt = select(Rating.score).where(
            Rating.building_id == unit,
            Rating.term_id == "2025-2026-2",
            Rating.indicator == CODES[0],
        )
        scores = list(conn.scalars(stmt))
        if scores:
            expected = stdev(scores) / len(scores) ** 0.5
            assert found.loc[unit, "error"] == pytest.approx(expected)
            checked += 1
    assert checked > 10


def test_colleges_have_one_mark_each(demo: str) -> None:
    """One rater: no value where two are asked for, the mark itself where one is."""
    with reading(demo) as conn:
        filters = resolve(conn, Filters(term="2025-2026-2"), EVA)
        period = period_of(conn, filters, "term")
        units = list(conn.scalars(select(College.id)))
        marks = {
            r.college_id: r.score
            for r in conn.execute(select(Rating.__table__).where(Rating.college_id.is_not(None)))
            if r.term_id == "2025-2026-2"
        }
        for raters in (1, 2):
            source = Source(RATING, "college_cooperation", (), raters, 10.0)
            found = rating_values(
                conn, rated.scheme(COLLEGE_LEADS), rated.indicator("c", source), period, units
            )
            known = {r.unit_id: r.value for r in found.itertuples() if not isnan(r.value)}
            assert known == (marks if raters == 1 else {})
    assert len(marks) > 10


def test_progress_is_the_sum_of_its_parts(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted anew from the ledger, and from the states of every item."""
    made = rated.scheme()
    station = replace(rated.STATION, source=Source(RATING, CODES[0], (), 2, 10.0))
    part = replace(made.dimensions[0].parts[0], indicators=(station, rated.MEASURED))
    made = replace(made, dimensions=(replace(made.dimensions[0], parts=(part,)),))
    monkeypatch.setattr("queries.schemes.schemes", lambda: {"building_year": made})
    filters = resolve(conn, Filters(term="2026-2027-1"), EVA)
    units = set(units_of(conn, period_of(conn, filters, "term"), BUILDING)["unit_id"])
    raters: dict[str, set[str]] = {}
    for row in conn.execute(select(Rating.__table__)):
        if (row.term_id, row.indicator) == ("2026-2027-1", CODES[0]) and row.building_id in units:
            raters.setdefault(row.building_id, set()).add(row.rater)
    found = rating_progress(conn, filters, EVA).set_index(["part", "key"])
    total = found.loc[(TOTAL, "")]
    assert total["numerator"] == sum(min(2, len(who)) for who in raters.values())
    assert total["denominator"] == 2 * len(units)
    assert list(found.loc[(BY_INDICATOR, "station")])[1:] == list(total)[1:]
    states = rating_states(conn, filters, EVA)["state"].value_counts()
    for state in ("apart", "short", "none", "done", "agreed"):
        assert total[state] == states.get(state, 0)
    assert total["none"] == len(units) - len(raters)
    of_r09 = sum("R09" in who for who in raters.values())
    assert found.loc[(BY_RATER, "r09"), "numerator"] == of_r09 > 0
