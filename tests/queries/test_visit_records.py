"""How visits are written down and where records agree, by hand.

First the counselors at work (tests/counseling.py), then what was written in a world of its own:

    1 (the world's) 11-20 k1 A, no times, no rooms, entered that day
    k1 in A through A11, each of 30 minutes; 2–6 on 09-08 to 09-12, entered on 09-21, so 13 to 9
    days late: five, a batch; 7 on 09-14, entered then too, but not over 7 days late
    8–11 k2 in B on 09-08 to 09-11, 29 minutes, through BE1, entered on 10-01: only four
    12 k2 class 10:00–12:30, entered never · 13 k2 laboratory 10:00–09:00 · 14 k2 class –10:00
    20 k1 B 10-12 10:00–10:40 through BE1 and A11: a1 present, b1 talk, a3 (of A12), z1 (no room)
    21 k2 B 10-12 10:40–11:10 through BE1, b1 b2: begins as 20 ends
    22 k2 B 10-12 10:39–11:20 through BE1, b1: within 20
    23 k3 B 10-12 10:00–10:40 through BE1, nobody on record
    24 k1 B 10-13 10:00–10:40 through BE1, b1: another day
    25 k1 B 11-25 10:00–10:40 through BE1, b1: after the day of the tests

Rooms lived in: 20 a1 A11 yes, b1 BE1 yes, a3 no; 21 b1 b2, 22 b1, 24 b1 yes = 6 of 7 (z1 has none).
Buildings: 20 went to A11 too: no; all others yes = 14 of 15 (2–11, 20–24).
At one time in one room: 20 and 22 in BE1: b1 by both. 20 lists b1 there (22: yes); 22 lists b1
(20: yes). 21 and 22 are k2's both. With 23 nobody is compared: it lists nobody.
"""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from data.access.viewer import COLLEGE, COUNSELOR, EVALUATOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.models.forces import Visit, VisitRoom, VisitStudent
from data.models.people import Counselor
from data.summaries.refresh import refresh
from data.summaries.visit_records import BULK_VISITS, LATE_DAYS
from pages._by_counselor import BY_COUNSELOR, SOURCE_AGREEMENT, VISIT_LENGTHS, VISIT_RECORDS
from queries.by_counselor import LIKE
from queries.filters import BELONGS, LEADS
from queries.peers import FEWEST
from queries.plan_instance import ROOMS_PER_VISIT
from queries.visit_records import (
    COMPARISONS,
    EVERYWHERE,
    LONGEST_SHOWN,
    NEAR,
    RECORD_CHECKS,
    source_agreement,
    visit_lengths,
    visit_records,
)
from tests import databases, world
from tests.queries.slices import EVERYONE, slice_of
from tests.world import AUTUMN, TODAY, day, rows

GROUP = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
K1 = Viewer("k1", COUNSELOR, counselor="k1", buildings=frozenset("ACD"))
NOBODY = Viewer("nobody")


@pytest.fixture
def conn(counseling_database: str) -> Iterator[Connection]:
    """Reads the world with counselors at work."""
    with reading(counseling_database) as opened:
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a world with the visits of this module: only to be read."""
    return databases.kept(request, tmp_path_factory, "records", _built)


@pytest.fixture
def ledger(written: str) -> Iterator[Connection]:
    """Reads that world."""
    with reading(written) as opened:
        yield opened


def _built(url: str) -> str:
    world.build(url)
    with writing(url) as conn:
        rows(
            conn,
            Counselor,
            "id name kind employment college_id",
            ("k3", "辅导员三", "楼宇辅导员", "专职", None),
        )
        rows(
            conn,
            Visit,
            "id counselor_id day starts ends venue building_id entered",
            *((n, *_visit(*about)) for n, *about in VISITS),
        )
        rows(conn, VisitRoom, "visit_id room_id", *ROOMS)
        rows(
            conn,
            VisitStudent,
            "term_id visit_id student_id met",
            *((AUTUMN, visit, student, how) for visit, student, how in MET),
        )
    refresh(url, today=TODAY)
    return url


def _visit(who: str, on: str, hours: str, venue: str, building: str | None, entered: str) -> Any:
    starts, ends = (time.fromisoformat(h) if h else None for h in hours.split("-"))
    at = datetime.combine(day(entered), time(21, 5)) if entered else None
    return who, day(on), starts, ends, venue, building, at


HOME, CLASS, LABORATORY = "公寓", "课堂", "实验室"
VISITS: tuple[tuple[Any, ...], ...] = (
    *((2 + n, "k1", f"09-{8 + n:02d}", "10:00-10:30", HOME, "A", "09-21") for n in range(5)),
    (7, "k1", "09-14", "10:00-10:30", HOME, "A", "09-21"),
    *((8 + n, "k2", f"09-{8 + n:02d}", "10:00-10:29", HOME, "B", "10-01") for n in range(4)),
    (12, "k2", "09-10", "10:00-12:30", CLASS, None, ""),
    (13, "k2", "09-11", "10:00-09:00", LABORATORY, None, "09-11"),
    (14, "k2", "09-14", "-10:00", CLASS, None, "09-14"),
    (20, "k1", "10-12", "10:00-10:40", HOME, "B", "10-12"),
    (21, "k2", "10-12", "10:40-11:10", HOME, "B", "10-12"),
    (22, "k2", "10-12", "10:39-11:20", HOME, "B", "10-12"),
    (23, "k3", "10-12", "10:00-10:40", HOME, "B", "10-12"),
    (24, "k1", "10-13", "10:00-10:40", HOME, "B", "10-13"),
    (25, "k1", "11-25", "10:00-10:40", HOME, "B", "11-25"),
)
ROOMS = (
    *((n, "A11") for n in (*range(2, 8), 20)),
    *((n, "BE1") for n in (*range(8, 12), *range(20, 26))),
)
TALK, PRESENT = "谈话", "在寝"
MET = (
    (20, "a1", PRESENT),
    *((20, student, TALK) for student in ("b1", "a3", "z1")),
    *((21, student, PRESENT) for student in ("b1", "b2")),
    *((visit, "b1", PRESENT) for visit in (22, 24, 25)),
)


def counts(frame: pd.DataFrame, owner: str) -> dict[str, str]:
    """By owner the counts of its rows, one after the other."""
    found: dict[str, list[str]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(row[owner], []).append(f"{row['numerator']}/{row['denominator']}")
    return {name: " ".join(shown) for name, shown in found.items()}


def test_each_check_by_college_of_the_counselor(conn: Connection) -> None:
    found = visit_records(conn, slice_of(), EVERYONE)
    assert list(found["check"][:5]) == list(RECORD_CHECKS)
    assert counts(found, "college") == {
        EVERYWHERE: "3/16 2/13 2/13 2/14 0/16",
        "矿业工程学院": "3/7 1/4 1/4 1/6 0/7",
        "化工学院": "0/7 1/7 0/7 1/6 0/7",
        "未归属": "0/2 0/2 1/2 0/2 0/2",
    }


def test_every_kind_of_record_is_told_apart(ledger: Connection) -> None:
    """Without an end 1; exactly 30 and 40 of the timed (8 + 4 + 1 + 5): 2–7 and 21, 20 23 24; no
    rooms only the world's own; a batch 2–6, of all but 12."""
    found = visit_records(ledger, slice_of(), EVERYONE)
    assert counts(found, "college_id")[""].startswith("1/19")
    assert counts(found, "college") == {
        EVERYWHERE: "1/19 7/16 3/16 1/16 5/18",
        "矿业工程学院": "1/9 6/8 2/8 1/9 5/9",
        "化工学院": "0/9 1/7 0/7 0/6 0/8",
        "未归属": "0/1 0/1 1/1 0/1 0/1",
    }
    expected = found[found["college"] == EVERYWHERE]["expected"]
    # beside 30 minutes four visits of 29, beside 40 one of 41
    assert expected.iloc[1] == pytest.approx(4 / len(NEAR) / 16)
    assert expected.iloc[2] == pytest.approx(1 / len(NEAR) / 16)
    assert expected.iloc[[0, 3, 4]].isna().all()


@pytest.mark.parametrize(
    ("viewer", "chosen", "total"),
    [
        (EVERYONE, {"on": "09-07"}, None),
        (EVERYONE, {"on": "09-12"}, "0/11 5/10 0/10 0/9 5/10"),
        (EVERYONE, {"building": "A"}, "1/7 6/6 0/6 1/7 5/7"),
        (EVERYONE, {"college": "Y", "college_as": BELONGS}, "0/9 1/7 0/7 0/6 0/8"),
        (EVERYONE, {"college": "Y", "college_as": LEADS}, "0/9 1/9 3/9 0/9 0/9"),
        (EVERYONE, {"campus": "S"}, None),
        (EVERYONE, {"counselor": "k1", "degree": "硕士生"}, "1/19 7/16 3/16 1/16 5/18"),
        (Viewer("judge", EVALUATOR), {}, "1/19 7/16 3/16 1/16 5/18"),
        (Viewer("x", COLLEGE, college="X"), {}, "1/19 7/16 3/16 1/16 5/18"),
        (GROUP, {}, "0/9 1/9 3/9 0/9 0/9"),
        (K1, {}, "1/7 6/6 0/6 1/7 5/7"),
        (NOBODY, {}, None),
    ],
)
def test_records_follow_the_slice_and_the_viewer(
    ledger: Connection, viewer: Viewer, chosen: dict[str, Any], total: str | None
) -> None:
    found = visit_records(ledger, slice_of(**chosen), viewer)
    assert counts(found, "college").get(EVERYWHERE) == total
    assert found.empty == (total is None)


def test_lengths_minute_by_minute(ledger: Connection) -> None:
    found = visit_lengths(ledger, slice_of(), EVERYONE)
    shown = {r.minutes: r.number for r in found.itertuples() if r.number}
    assert shown == {29: 4, 30: 7, 40: 3, 41: 1, LONGEST_SHOWN: 1}  # 150 minutes are 120+
    assert list(found["minutes"]) == list(range(LONGEST_SHOWN + 1))
    assert set(found["total"]) == {16}
    assert visit_lengths(ledger, slice_of("09-07"), EVERYONE).empty
    assert visit_lengths(ledger, slice_of(), NOBODY).empty


def test_records_of_one_thing_agree(conn: Connection) -> None:
    found = source_agreement(conn, slice_of(), EVERYONE)
    assert list(dict.fromkeys(found["source"])) == list(COMPARISONS)
    assert [counts(found[found["by"] == by], "name") for by in ("", "学院")] == [
        {EVERYWHERE: "14/14 12/12 2/3"},
        {"矿业工程学院": "6/6 5/5", "化工学院": "5/5 5/5 1/1", "未归属": "3/3 2/2 1/2"},
    ]
    assert counts(found[found["by"] == "楼宇"], "building_id") == {
        "A": "7/7 6/6",
        "B": "3/3 2/2",
        "C": "4/4 4/4 2/3",
    }


def test_what_does_not_agree_is_found(ledger: Connection) -> None:
    found = source_agreement(ledger, slice_of(), EVERYONE)
    assert counts(found[found["by"] == ""], "source") == dict(
        zip(COMPARISONS, ("6/7", "14/15", "2/2"), strict=True)
    )
    assert counts(found[found["by"] == "学院"], "college_id") == {
        "X": "3/4 7/8 1/1",
        "Y": "3/3 6/6 1/1",
        "": "1/1",
    }


@pytest.mark.parametrize(
    ("viewer", "chosen", "total"),
    [
        (EVERYONE, {"on": "10-11"}, "10/10"),
        (EVERYONE, {"on": "10-12"}, "5/6 13/14 2/2"),  # neither 24 nor, on the next day, 25
        (EVERYONE, {"building": "A"}, "6/6"),
        (EVERYONE, {"college": "Y", "college_as": BELONGS}, "3/3 6/6 1/1"),
        (GROUP, {}, "6/7 8/9 2/2"),
        (K1, {}, "6/6"),
        (NOBODY, {}, None),
    ],
)
def test_agreement_follows_the_slice_and_the_viewer(
    ledger: Connection, viewer: Viewer, chosen: dict[str, Any], total: str | None
) -> None:
    found = source_agreement(ledger, slice_of(**chosen), viewer)
    assert counts(found[found["by"] == ""], "name").get(EVERYWHERE) == total
    assert found.empty == (total is None)


def test_explanations_name_the_numbers_that_are_used() -> None:
    assert f"{BULK_VISITS} 次及以上" in VISIT_RECORDS.about
    assert f"超过 {LATE_DAYS} 天" in VISIT_RECORDS.about
    assert NEAR == (-2, -1, 1, 2)
    assert "前后各两分钟" in VISIT_RECORDS.about
    assert f"{LONGEST_SHOWN} 分钟及以上" in VISIT_LENGTHS.about
    assert f"每次走 {ROOMS_PER_VISIT} 间" in BY_COUNSELOR.about
    assert f"不足 {FEWEST} 名" in BY_COUNSELOR.about
    assert LIKE == 0.25
    assert "四分之一" in BY_COUNSELOR.about
    assert "值班室" in SOURCE_AGREEMENT.about
