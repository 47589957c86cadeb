"""A scheme with two manual indicators, and ratings of the world's buildings in the ledger.

`station` (code st): two raters, at most 10 points apart; 优 95, 良 82, 差 50.
`groups` (code gr): two raters, at most 10 points apart; 自评 20, 专家 50, 学生 30.

    autumn  A st  R01 80, R02 90           exactly 10 apart: 85
            B st  R01 70, R02 85           15 apart: a third is needed
            C st  R01 70, R02 85, R03 80   the two closest: 82.5
            D st  R01 88                   one is missing
            A gr  自评 95, 专家 80 and 84, 学生 none: (20 x 95 + 50 x 82) / 70
            B gr  自评 95, 专家 70 and 90: the experts are 20 apart
            C gr  a rater without a group, a 部门: neither has a weight
    spring  A st  R01 60, R02 64: 62
            C st  R01 90                   one is missing
Besides: college X st R01 77; the laboratory L st R01 99; A other R01 1; R01 rated A's st twice in
the autumn, 40 first.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from data.models.evaluation import Rating
from data.schemes.scheme import (
    BUILDING,
    EXCLUDE,
    METRIC,
    RATING,
    TERM,
    Dimension,
    Indicator,
    Rule,
    Scheme,
    Source,
    SubDimension,
)
from tests.world import AUTUMN, SPRING, rows

RUBRIC = (("优", 95.0), ("良", 82.0), ("差", 50.0))
GROUPS = (("自评", 20.0), ("专家", 50.0), ("学生", 30.0))


def indicator(key: str, source: Source) -> Indicator:
    """An indicator whose value is its score."""
    return Indicator(
        key, f"指标{key}", 30.0, source, Rule("points"), EXCLUDE, "条款", "党建引领", "标准"
    )


STATION = indicator("station", Source(RATING, "st", RUBRIC, 2, 10.0))
BY_GROUP = indicator("groups", Source(RATING, "gr", (), 2, 10.0, GROUPS))
MEASURED = indicator("measured", Source(METRIC, "workstation_enrolment"))


def scheme(unit: str = BUILDING, **more: Any) -> Scheme:
    """The scheme of this module."""
    part = SubDimension("part", "二级", 90.0, (STATION, BY_GROUP, MEASURED))
    return Scheme(
        "hand", "1", "试评", unit, TERM, "", (Dimension("all", "一级", 90.0, (part,)),), **more
    )


def at(day: str, hour: int = 10) -> datetime:
    """A moment of a ledger."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00")


def fill(conn: Connection) -> None:
    """Put the ratings into the world's ledger."""
    autumn = [
        ("st", "A", None, "R01", None, 40.0, "2026-11-01"),
        ("st", "A", None, "R01", "专家", 80.0, "2026-11-10"),
        ("st", "A", None, "R02", None, 90.0, "2026-11-10"),
        ("st", "B", None, "R01", None, 70.0, "2026-11-10"),
        ("st", "B", None, "R02", None, 85.0, "2026-11-10"),
        ("st", "C", None, "R01", None, 70.0, "2026-11-10"),
        ("st", "C", None, "R02", None, 85.0, "2026-11-10"),
        ("st", "C", None, "R03", None, 80.0, "2026-11-11"),
        ("st", "D", None, "R01", None, 88.0, "2026-11-10"),
        ("gr", "A", None, "W", "自评", 95.0, "2026-11-10"),
        ("gr", "A", None, "R01", "专家", 80.0, "2026-11-10"),
        ("gr", "A", None, "R02", "专家", 84.0, "2026-11-10"),
        ("gr", "B", None, "W", "自评", 95.0, "2026-11-10"),
        ("gr", "B", None, "R01", "专家", 70.0, "2026-11-10"),
        ("gr", "B", None, "R02", "专家", 90.0, "2026-11-10"),
        ("gr", "C", None, "R01", None, 70.0, "2026-11-10"),
        ("gr", "C", None, "R02", "部门", 71.0, "2026-11-10"),
        ("st", None, "X", "R01", None, 77.0, "2026-11-10"),
        ("st", "L", None, "R01", None, 99.0, "2026-11-10"),
        ("other", "A", None, "R01", None, 1.0, "2026-11-10"),
    ]
    spring = [
        ("st", "A", None, "R01", None, 60.0, "2026-07-01"),
        ("st", "A", None, "R02", None, 64.0, "2026-07-01"),
        ("st", "C", None, "R01", None, 90.0, "2026-07-01"),
    ]
    given = [*((AUTUMN, *row) for row in autumn), *((SPRING, *row) for row in spring)]
    rows(
        conn,
        Rating,
        "id term_id indicator building_id college_id rater rater_group score rated evidence",
        *(
            (number, *row[:-1], at(row[-1]), f"依据{number}")
            for number, row in enumerate(given, start=1)
        ),
    )
