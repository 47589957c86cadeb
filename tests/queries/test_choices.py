"""Which slices exist, and which a viewer may open."""

from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import Connection, delete

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, WORK_GROUP, Viewer
from data.engine import reading, writing
from data.errors import DashboardError, InvalidFilter, NoData, NotAllowed
from data.migrations.upgrading import create_tables
from data.models.dashboard import VersionTerm
from data.models.people import Counselor
from queries.choices import (
    breadcrumb,
    choices,
    latest_version,
    people_text,
    resolve,
    serving,
    slice_text,
)
from queries.filters import Filters
from tests.asking import ROLES
from tests.world import AUTUMN, SPRING, day, rows

DEAN = Viewer("dean", COMMITTEE)
GROUP = Viewer("group", WORK_GROUP, buildings=frozenset("B"))
OF_X, OF_Y = Viewer("x", COLLEGE, college="X"), Viewer("y", COLLEGE, college="Y")
MINE = {"college": {"k1"}, "counselor": {"k1"}}
"""The counselors by whom a role of the world may narrow: those of college X, or oneself."""


def test_an_empty_slice_is_the_newest_day_of_the_newest_term(conn: Connection) -> None:
    filters = resolve(conn, Filters(), DEAN)
    assert (filters.term, filters.date) == (AUTUMN, "2026-11-20")
    assert filters.search == ""


@pytest.mark.parametrize(
    ("asked", "search"),
    [
        (Filters(term=AUTUMN, date="2026-11-20"), ""),
        (Filters(date="2026-11-19"), "?date=2026-11-19"),
        (Filters(date="20261119"), "?date=2026-11-19"),
        (Filters(term=SPRING), f"?term={SPRING}"),
        (Filters(term=SPRING, date="2026-07-05"), f"?term={SPRING}"),
        (Filters(term=SPRING, date="2026-07-04"), f"?term={SPRING}&date=2026-07-04"),
    ],
)
def test_the_usual_term_and_day_are_left_out(conn: Connection, asked: Filters, search: str) -> None:
    resolved = resolve(conn, asked, DEAN)
    assert resolved.search == search
    assert resolve(conn, Filters.parse(search), DEAN) == resolved


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"cluster": "P"}, "N P"),
        ({"building": "D"}, "S R D"),
        ({"floor": "BE"}, "N P B BE"),
        ({"room": "A12"}, "N P A A1 A12"),
        ({"campus": "N", "room": "C11"}, "N Q C C1 C11"),
    ],
)
def test_places_above_the_chosen_one_are_filled_in(
    conn: Connection, asked: dict[str, Any], path: str
) -> None:
    resolved = asdict(resolve(conn, Filters(**asked), DEAN))
    places = [resolved[n] for n in ("campus", "cluster", "building", "floor", "room")]
    assert " ".join(filter(None, places)) == path


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Filters(term="1999-2000-1"), "没有这个学期.1999-2000-1"),
        (Filters(college="Z"), "没有这个学院.Z"),
        (Filters(degree="博士后"), "没有这个培养层次.博士后"),
        (Filters(counselor="k9"), "没有这位辅导员.k9"),
        (Filters(metric="likes"), "没有这个指标.likes"),
        (Filters(scheme="luck"), "没有这个评价方案.luck"),
        (Filters(period="week"), "评价周期只有学期、学年和自然年.没有.week"),
        (Filters(building="Z"), "没有这个地点.或它不在所选的上级地点之内.Z"),
        (Filters(cluster="Q", building="A"), "没有这个地点.或它不在所选的上级地点之内.Q / A"),
        (Filters(campus="S", room="A11"), "没有这个地点.或它不在所选的上级地点之内.S / A11"),
        (
            Filters(date="2026-11-21"),
            "日期 2026-11-21 不在本学期有数据的范围内.2026-09-07 至 2026-11-20",
        ),
        (
            Filters(date="2026-08-01"),
            "日期 2026-08-01 不在本学期有数据的范围内.2026-09-07 至 2026-11-20",
        ),
        (
            Filters(term=SPRING, date="2026-07-06"),
            "日期 2026-07-06 不在本学期有数据的范围内.2026-03-02 至 2026-07-05",
        ),
    ],
)
def test_a_slice_that_cannot_be_explains_itself(
    conn: Connection, asked: Filters, sentence: str
) -> None:
    with pytest.raises(InvalidFilter, match=f"^{sentence}$"):
        resolve(conn, asked, DEAN)


@pytest.mark.parametrize(
    "asked",
    [{"building": "A"}, {"floor": "A1"}, {"room": "C11"}, {"cluster": "Q"}, {"campus": "S"}],
)
def test_a_place_out_of_scope_is_refused(conn: Connection, asked: dict[str, Any]) -> None:
    for outsider in (GROUP, Viewer("nobody"), Viewer("new", COUNSELOR, counselor="k9")):
        with pytest.raises(NotAllowed, match="这个地点不在你的范围内"):
            resolve(conn, Filters(**asked), outsider)


def test_a_work_group_may_open_its_building_and_what_lies_around_it(conn: Connection) -> None:
    for asked in ("?room=BE1", "?building=B", "?cluster=P", "?campus=N"):
        assert resolve(conn, Filters.parse(asked), GROUP).campus == "N"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("counselor", ["k1", "k2"])
def test_by_a_counselor_only_their_college_or_oneself_may_narrow(
    conn: Connection, role: str, counselor: str
) -> None:
    viewer = ROLES[role].viewer
    if counselor in MINE.get(role, set()):
        assert resolve(conn, Filters(counselor=counselor), viewer).counselor == counselor
        return
    with pytest.raises(NotAllowed, match=f"可以按辅导员查看.{counselor}$"):
        resolve(conn, Filters(counselor=counselor), viewer)


@pytest.mark.parametrize("viewer", [Viewer("nobody"), Viewer("c", COLLEGE), Viewer("k", COUNSELOR)])
def test_whoever_has_no_scope_narrows_by_no_counselor(conn: Connection, viewer: Viewer) -> None:
    with pytest.raises(NotAllowed, match="可以按辅导员查看"):
        resolve(conn, Filters(counselor="k1"), viewer)


@pytest.mark.parametrize("role", ROLES)
def test_everyone_may_narrow_by_degree_level(conn: Connection, role: str) -> None:
    viewer = ROLES[role].viewer
    assert resolve(conn, Filters(degree="硕士生"), viewer).degree == "硕士生"
    assert [o["id"] for o in choices(conn, viewer)["degree"]] == ["本科生", "硕士生", "博士生"]


def test_the_bar_offers_counselors_in_scope(conn: Connection) -> None:
    found = {role: choices(conn, asking.viewer)["counselor"] for role, asking in ROLES.items()}
    one = [{"id": "k1", "name": "辅导员一", "within": "X"}]
    assert {role: offered for role, offered in found.items() if offered} == {
        "college": one,
        "counselor": one,
    }
    assert choices(conn, Viewer("nobody"))["counselor"] == []


def test_counselors_in_office_this_term_are_offered_by_name(world_copy: str) -> None:
    with writing(world_copy) as conn:
        rows(
            conn,
            Counselor,
            "id name kind employment college_id starts ends",
            *(
                (number, name, "学院辅导员", "专职", "Y", starts, ends)
                for number, name, starts, ends in (
                    ("y1", "张三", day("11-20"), None),  # on the last day of data
                    ("y2", "李四", None, day("09-07")),  # on the first day of the term
                    ("y3", "王五", day("11-21"), None),  # not yet
                    ("y4", "赵六", None, day("09-06")),  # no longer
                    ("y5", "李四", day("2020-09-01"), None),
                )
            ),
        )
    with reading(world_copy) as conn:
        offered = [o["id"] for o in choices(conn, OF_Y)["counselor"]]
        assert resolve(conn, Filters(counselor="y4"), OF_Y).counselor == "y4"  # in an earlier term
    assert [number for number in offered if number != "k2"] == ["y2", "y5", "y1"]


def test_without_terms_there_is_nobody_to_choose(world_copy: str) -> None:
    with writing(world_copy) as conn:
        conn.execute(delete(VersionTerm))
    with reading(world_copy) as conn:
        offered = choices(conn, OF_X)
    assert (offered["term"], offered["counselor"]) == ([], [])


def test_the_bar_offers_what_is_in_scope(conn: Connection) -> None:
    def ids(viewer: Viewer) -> str:
        offered = choices(conn, viewer)
        names = ("campus", "cluster", "building")
        return " | ".join("".join(o["id"] for o in offered[n]) for n in names)

    assert ids(DEAN) == "NS | PQR | ABCD"  # L is a laboratory
    assert ids(GROUP) == "N | P | B"
    assert ids(Viewer("nobody")) == " |  | "


def test_terms_are_offered_newest_first_up_to_the_last_day_of_data(conn: Connection) -> None:
    offered = [(o["id"], o["first"], o["last"]) for o in choices(conn, DEAN)["term"]]
    assert offered == [
        (AUTUMN, "2026-09-07", "2026-11-20"),
        (SPRING, "2026-03-02", "2026-07-05"),
    ]


def test_a_slice_is_said_in_words(conn: Connection) -> None:
    filters = resolve(conn, Filters(floor="BE", college="Y", college_as="belong"), DEAN)
    said = slice_text(conn, filters).split(" · ")
    assert said[:-1] == ["2026秋", "截至 2026-11-20", "北区", "桃苑", "桃苑2号楼", "E区1层"]
    assert "化工学院" in said[-1]
    assert "所属" in said[-1]
    assert [o.within for o in breadcrumb(conn, filters)] == [
        "campus",
        "cluster",
        "building",
        "floor",
    ]


def test_whose_students_are_looked_at_is_said_too(conn: Connection) -> None:
    asked = Filters(college="X", college_as="belong", counselor="k1", degree="本科生")
    filters = resolve(conn, asked, OF_X)
    assert people_text(conn, filters) == {
        "college": "矿业工程学院（学生所属）",
        "counselor": "辅导员：辅导员一",
        "degree": "本科生",
    }
    said = slice_text(conn, filters).split(" · ")
    assert said[2:] == ["全部校区", "矿业工程学院（学生所属）", "辅导员：辅导员一", "本科生"]
    assert people_text(conn, resolve(conn, Filters(), OF_X)) == {}


def test_a_database_never_refreshed_says_what_to_run(database: str) -> None:
    create_tables(database)
    with reading(database) as conn:
        for ask in (serving, latest_version, lambda c: resolve(c, Filters(), DEAN)):
            with pytest.raises(NoData, match="python -m data refresh") as refused:
                ask(conn)
            assert isinstance(refused.value, DashboardError)
