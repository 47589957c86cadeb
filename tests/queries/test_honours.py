"""Awards, publications and satisfaction as values, by hand (tests/honoured.py), on 11-20."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isnan, sqrt

import pandas as pd
import pytest
from sqlalchemy import Connection, delete, update

from data.access.viewer import COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.evaluation import Award, Publication
from data.models.participation import ActivitySession
from data.schemes.scheme import (
    BUILDING,
    CALENDAR_YEAR,
    COLLEGE_BELONGS,
    COLLEGE_LEADS,
    TERM,
    Indicator,
    Source,
)
from queries import evaluation
from queries.evaluation_period import period_of
from queries.honours import COLUMNS, building_honours, distinct_honours, honours_of
from queries.source_honours import (
    NO_ANSWERS,
    NO_AWARDS,
    NO_PAPERS,
    NOT_COUNTED,
    award_values,
    publication_values,
    satisfaction_values,
    standard_error,
)
from queries.unit_honours import unit_honours
from queries.unit_sessions import feedback_of
from tests import honoured as made
from tests import world
from tests.queries.slices import EVERYONE, slice_of

NOTHING = float("nan")
UNITS = {BUILDING: list("ABCD"), COLLEGE_LEADS: list("XY"), COLLEGE_BELONGS: list("XY")}


@pytest.fixture
def conn(honoured: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setattr(evaluation, "chosen_scheme", lambda _: made.scheme())
    with reading(honoured) as opened:
        yield opened


def indicator(key: str) -> Indicator:
    """One of the scheme's."""
    return next(one for one in made.scheme().indicators if one.key == key)


def values(
    conn: Connection, key: str, kind: str, period: str = TERM, unlike: Indicator | None = None
) -> dict[str, tuple[float, float]]:
    """Numerator and value of each unit."""
    find = {"honours": award_values, "papers": publication_values, "opinion": satisfaction_values}
    when, one = period_of(conn, slice_of(), period), unlike or indicator(key)
    found = find[key](conn, made.scheme(kind), one, when, UNITS[kind]).set_index("unit_id")
    assert list(found.index) == UNITS[kind]
    return {unit: (row["numerator"], row["value"]) for unit, row in found.iterrows()}


@pytest.mark.parametrize(
    ("kind", "period", "expected"),
    [
        # A: 文明楼 once, at its highest level, 5; the studio 3; the branch 8
        (BUILDING, TERM, {"A": (3, 16), "B": (3, 7), "C": (0, 0), "D": (0, 0)}),
        (BUILDING, CALENDAR_YEAR, {"A": (4, 18), "B": (3, 7), "C": (0, 0), "D": (0, 0)}),
        (COLLEGE_LEADS, TERM, {"X": (4, 21), "Y": (3, 7)}),
        (COLLEGE_BELONGS, TERM, {"X": (1, 5), "Y": (1, 3)}),
    ],
)
def test_awards(
    conn: Connection, kind: str, period: str, expected: dict[str, tuple[float, float]]
) -> None:
    assert values(conn, "honours", kind, period) == expected


def test_a_level_without_points_does_not_count(conn: Connection) -> None:
    only = replace(indicator("honours"), source=Source("awards", levels=(("国家级", 8.0),)))
    assert values(conn, "honours", BUILDING, unlike=only)["A"] == (1, 8)


@pytest.mark.parametrize(
    ("kind", "period", "expected"),
    [
        (BUILDING, TERM, {"A": (1, 1), "B": (1, 1), "C": (0, 0), "D": (0, 0)}),
        (BUILDING, CALENDAR_YEAR, {"A": (2, 2), "B": (1, 1), "C": (0, 0), "D": (0, 0)}),
        (COLLEGE_LEADS, TERM, {"X": (1, 1), "Y": (2, 2)}),
        (COLLEGE_BELONGS, TERM, {"X": (1, 1), "Y": (1, 1)}),
    ],
)
def test_publications(
    conn: Connection, kind: str, period: str, expected: dict[str, tuple[float, float]]
) -> None:
    assert values(conn, "papers", kind, period) == expected


@pytest.mark.parametrize(
    ("kind", "period", "expected"),
    [
        # A: 5 3 4 5 are 100 60 80 100
        (BUILDING, TERM, {"A": (340, 85), "B": (80, 80), "C": None, "D": None}),
        (BUILDING, CALENDAR_YEAR, {"A": (340, 85), "B": (80, 40), "C": None, "D": None}),
        (COLLEGE_LEADS, TERM, {"X": (340, 85), "Y": (80, 80)}),
        (COLLEGE_BELONGS, TERM, {"X": (160, 80), "Y": None}),
    ],
)
def test_satisfaction(
    conn: Connection, kind: str, period: str, expected: dict[str, tuple[float, float] | None]
) -> None:
    found = values(conn, "opinion", kind, period)
    known = {unit: None if isnan(pair[1]) else pair for unit, pair in found.items()}
    assert known == expected


def test_satisfaction_has_its_error_and_why_there_is_none(conn: Connection) -> None:
    when = period_of(conn, slice_of(), TERM)
    found = satisfaction_values(conn, made.scheme(), indicator("opinion"), when, list("ABC"))
    a, b, c = found.itertuples()
    assert a.error == pytest.approx(sqrt((15**2 + 25**2 + 5**2 + 15**2) / 3 / 4))
    assert (a.denominator, b.denominator) == (4, 1)
    assert isnan(b.error)
    assert (a.why, c.why) == ("", NO_ANSWERS)


def test_points_of_answers_are_the_scheme_s(conn: Connection) -> None:
    plain = tuple((str(n), float(n)) for n in range(1, 6))
    own = replace(indicator("opinion"), source=Source("satisfaction", levels=plain))
    assert values(conn, "opinion", BUILDING, unlike=own)["A"] == (17, 17 / 4)


def test_response_counts_only_activities_with_a_list(conn: Connection) -> None:
    found = feedback_of(conn, BUILDING, list("AB"), period_of(conn, slice_of(), TERM))
    assert [(r.unit_id, r.answers, r.answered, r.came) for r in found.itertuples()] == [
        ("A", 4, 3, 4),
        ("B", 1, 1, 2),
    ]


def test_no_error_without_a_spread() -> None:
    assert isnan(standard_error([0, 0, 0, 0, 3], [1, 2, 3, 4, 5]))
    assert isnan(standard_error([0, 0, 0, 0, 1], [1, 2, 3, 4, 5]))
    assert standard_error([1, 0, 0, 0, 1], [0, 0, 0, 0, 100]) == pytest.approx(50)


def test_two_buildings_of_one_college_have_two_awards_of_one_name() -> None:
    day = date(2026, 11, 2)
    rows = [
        ("Y", "award", "1", day, "文明楼", "校级", "", "B"),
        ("Y", "award", "2", day, "文明楼", "校级", "", "C"),
        ("Y", "award", "3", day, "文明楼", "市级", "", "C"),
        ("Y", "publication", "4", day, "文明楼", "易班", "", ""),
    ]
    kept = distinct_honours(pd.DataFrame(rows, columns=COLUMNS))
    assert list(kept["record_id"]) == ["1", "3", "4"]


def test_a_ledger_that_nobody_keeps_says_nothing(database: str) -> None:
    made.build(database)
    with writing(database) as conn:
        conn.execute(delete(Award))
        conn.execute(delete(Publication))
        conn.execute(update(ActivitySession).values(fives=None))
    with reading(database) as conn:
        when = period_of(conn, slice_of(), TERM)
        for key, find, why in (
            ("honours", award_values, NO_AWARDS),
            ("papers", publication_values, NO_PAPERS),
            ("opinion", satisfaction_values, NOT_COUNTED),
        ):
            (row,) = find(conn, made.scheme(), indicator(key), when, ["A"]).itertuples()
            assert (isnan(row.value), row.why) == (True, why)


def test_the_history_of_a_building(conn: Connection) -> None:
    found = building_honours(conn, slice_of(building="A"), EVERYONE)
    told = [(str(r.day), r.term, r.title, r.what, r.via) for r in found.itertuples()]
    assert told == [
        ("2026-11-12", "2026秋", "文明 楼", "校级", "桃1工作站"),
        ("2026-11-10", "2026秋", "文明楼", "省级", ""),
        ("2026-11-05", "2026秋", "楼里的 故事", "易班", ""),
        ("2026-11-03", "2026秋", "楼里的故事", "高校思政网", ""),
        ("2026-11-02", "2026秋", "文明楼", "校级", ""),
        ("2026-10-10", "2026秋", "样板支部", "国家级", "桃1一层党支部"),
        ("2026-10-01", "2026秋", "优秀工作室", "市级", "桃苑联合工作室"),
        ("2026-05-01", "2026春", "春奖", "校级", ""),
        ("2026-04-01", "2026春", "春", "易班", ""),
    ]
    assert building_honours(conn, slice_of("2026-04-15", building="A"), EVERYONE)[
        "title"
    ].to_list() == ["春"]


def test_who_sees_the_history(conn: Connection) -> None:
    group = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
    counselor = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("A"))
    for query, here in ((building_honours, {"building": "A"}), (unit_honours, {"unit": "A"})):
        assert query(conn, slice_of(**here), group).empty
        assert query(conn, slice_of(**here), Viewer("nobody")).empty
        assert len(query(conn, slice_of(**here), EVERYONE)) == 9
    assert len(building_honours(conn, slice_of(building="A"), counselor)) == 9
    assert unit_honours(conn, slice_of(unit="A"), counselor).empty


def test_honours_of_nobody(conn: Connection) -> None:
    assert honours_of(conn, BUILDING, [], world.TODAY).empty
